/** How the server writes times, numbers and messages. */
import { kstDate, kstTimeText, type EpochMs, type SessionDate } from '#shared/time/index.ts';

/** "20261126" */
export function ymd(date: SessionDate | string): string {
  return date.replaceAll('-', '');
}

/** "2026-11-26" of "20261126"; the text itself where it is none. */
export function isoOf(text: string): string {
  return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}` : text;
}

/** "20261126" in Korea. */
export function dateText(at: EpochMs): string {
  return ymd(kstDate(at));
}

/** "093000" in Korea. */
export function timeText(at: EpochMs): string {
  return kstTimeText(at).replaceAll(':', '');
}

/** "20261126093000" in Korea. */
export function stampText(at: EpochMs): string {
  return dateText(at) + timeText(at);
}

/** "2026-11-27 09:30:00" in Korea. */
export function longStampText(at: EpochMs): string {
  return `${kstDate(at)} ${kstTimeText(at)}`;
}

/** prdy_vrss_sign: 1 upper limit, 2 up, 3 flat, 4 lower limit, 5 down. @source protocol.md §9 */
export function signOf(
  price: number,
  base: number,
  limits?: { readonly upperLimit: number; readonly lowerLimit: number },
): string {
  if (limits && price > base && price === limits.upperLimit) return '1';
  if (limits && price < base && price === limits.lowerLimit) return '4';
  return price > base ? '2' : price < base ? '5' : '3';
}

/** A quotient with fixed decimal places, "0.00" where nothing can be divided by. */
export function ratio(part: number, whole: number, places = 2): string {
  return (whole === 0 ? 0 : part / whole).toFixed(places);
}

/** Change from base to price in percent, "-1.23". */
export function percent(price: number, base: number, places = 2): string {
  return ratio((price - base) * 100, base, places);
}

/** Digits with zeroes in front. */
export function zeroed(value: number | string, width: number): string {
  return String(value).padStart(width, '0');
}

/** A message as the ledger's server pads it: to 80 bytes of its own encoding, where a Korean letter takes two. */
export function padded(text: string): string {
  let bytes = 0;
  for (const letter of text) bytes += letter.charCodeAt(0) > 127 ? 2 : 1;
  return text + ' '.repeat(Math.max(0, 80 - bytes));
}
