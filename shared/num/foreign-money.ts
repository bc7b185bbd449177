/** Money abroad as whole numbers of 1/10,000 of its currency: prices, amounts and figures of a foreign account (docs/adr/0008). */
import { decimalText, scaledFrom } from './decimal.ts';

/** Decimal places of foreign figures. */
export const FOREIGN_DIGITS = 4;
/** Minor units of one dollar, yen, yuan or dong. */
export const FOREIGN_ONE = 10_000;

/** "1,234.50", or "0.1234" where there are finer parts: at least `least` places, at most four. */
export function foreignText(minor: number, least = 2): string {
  const [whole = '', fraction = ''] = decimalText(Math.abs(minor), FOREIGN_DIGITS, least).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${minor < 0 ? '−' : ''}${grouped}${fraction === '' ? '' : `.${fraction}`}`;
}

/** "190.25" as minor units; null where it is no plain decimal with at most four places. */
export function foreignFrom(text: string): number | null {
  return scaledFrom(text, FOREIGN_DIGITS);
}
