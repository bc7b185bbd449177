/** Dollars as whole numbers of 1/10,000: prices, amounts and figures of a dollar account (docs/adr/0008). */
import { decimalText, scaledFrom } from './decimal.ts';

/** Decimal places of dollar figures. */
export const USD_DIGITS = 4;
/** Minor units of one dollar, and of one cent. */
export const USD_ONE = 10_000;
export const USD_CENT = 100;

/** "1,234.50", or "0.1234" where there are parts of a cent: at least two places, at most four. */
export function usdText(minor: number): string {
  const [whole = '', fraction = ''] = decimalText(Math.abs(minor), USD_DIGITS, 2).split('.');
  return `${minor < 0 ? '−' : ''}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${fraction}`;
}

/** "190.25" as 1/10,000 dollar; null where it is no plain decimal with at most four places. */
export function usdFrom(text: string): number | null {
  return scaledFrom(text, USD_DIGITS);
}
