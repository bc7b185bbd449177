/** Mandates at a desk under test: placed, shown trades, and looked at. */
import type { Mandate, MandateOrder, MandateTerms } from '#shared/domain/index.ts';
import { DeskStand, issueFacts, SAMSUNG } from './desk-stand.ts';

export const TODAY = '2025-02-11';

export function leg(change: Partial<MandateTerms> = {}): MandateTerms {
  return {
    accountId: 'A1',
    instrumentId: SAMSUNG,
    side: 'sell',
    trigger: { kind: 'price', when: 'atOrBelow', price: 9_500 },
    type: 'market',
    price: null,
    quantity: 10,
    route: 'KRX',
    expires: TODAY,
    ...change,
  };
}

export const TARGET = leg({ trigger: { kind: 'price', when: 'atOrAbove', price: 10_500 } });

export async function place(stand: DeskStand, ...legs: MandateTerms[]) {
  return put(stand, { requestId: 'gesture-01', entry: null, legs });
}

export async function put(stand: DeskStand, order: MandateOrder) {
  const placed = stand.desk.mandates.place(order);
  placed.catch(() => undefined);
  await stand.time.advance(10);
  return placed;
}

/** A trade of the market at a price. */
export async function tick(stand: DeskStand, price: number, venue: 'KRX' | 'NXT' = 'KRX'): Promise<void> {
  stand.market.set(SAMSUNG, { ...(stand.market.get(SAMSUNG) ?? issueFacts()), last: price });
  stand.trade({ instrumentId: SAMSUNG, venue, price });
  await stand.time.advance(10);
}

export const mandates = (stand: DeskStand): readonly Mandate[] =>
  stand.desk.snapshot().flatMap((delta) => (delta.kind === 'mandate' ? [delta.mandate] : []));
export const states = (stand: DeskStand): readonly string[] => mandates(stand).map((mandate) => mandate.state);
export const sells = (stand: DeskStand) => stand.orders().filter((order) => order.side === 'sell');

export async function holding(quantity = 10): Promise<DeskStand> {
  const stand = await DeskStand.open();
  await stand.buy(quantity);
  return stand;
}
