/** Credit of domestic shares at KIS: its orders, what may be bought, and the loans. */
export { KisCredit, type CreditQuestion, type KisCreditParts } from './kis-credit.ts';
