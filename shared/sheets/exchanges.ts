/** Exchanges abroad, as orders name them and as quotes do. @source KIS protocol, other orders */
import type { ForeignExchange } from '../domain/index.ts';

const QUOTE_CODES: Readonly<Record<ForeignExchange, string>> = {
  NASD: 'NAS',
  NYSE: 'NYS',
  AMEX: 'AMS',
  SEHK: 'HKS',
  TKSE: 'TSE',
  SHAA: 'SHS',
  SZAA: 'SZS',
  HASE: 'HNX',
  VNSE: 'HSX',
};
const ORDER_CODES = new Map(Object.entries(QUOTE_CODES).map(([order, quote]) => [quote, order]));
const KNOWN: ReadonlyMap<string, string> = new Map(Object.entries(QUOTE_CODES));

/** "NASD" or "NAS" → "NAS"; null: no exchange that we know. */
export function quoteExchange(code: string): string | null {
  return KNOWN.get(code) ?? (ORDER_CODES.has(code) ? code : null);
}

/** "NAS" or "NASD" → "NASD"; null: no exchange that we know. */
export function orderExchange(code: string): string | null {
  return ORDER_CODES.get(code) ?? (KNOWN.has(code) ? code : null);
}
