/** What an order carries beside its type where a test is about none of it: KRX, its regular session, no stop. */

export const PLAIN = { session: 'regular', route: 'KRX', stopPrice: null } as const;
