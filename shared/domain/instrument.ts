/** Instrument (종목): what can be traded, with what is known of it. */
import { z } from 'zod';

/**
 * Market and symbol: "KRX:005930" with the six-character short code, which may hold letters (0193T0), or an American
 * exchange by the order code of KIS with its symbol: "NASD:AAPL", "NYSE:BRK/B".
 */
export const InstrumentId = z
  .string()
  .regex(/^(?:KRX:[0-9A-Z]{6}|(?:NASD|NYSE|AMEX):[A-Z0-9]{1,6}(?:[/.][A-Z0-9]{1,4})?)$/);
export type InstrumentId = z.infer<typeof InstrumentId>;

/** The markets of KRX: what the Korean tables of ticks, limits and costs are about. */
export const Market = z.enum(['KOSPI', 'KOSDAQ', 'KONEX']);
export type Market = z.infer<typeof Market>;

/** NASDAQ 나스닥 · NYSE 뉴욕 · AMEX 아멕스 */
export const UsMarket = z.enum(['NASDAQ', 'NYSE', 'AMEX']);
export type UsMarket = z.infer<typeof UsMarket>;

/** The currencies an account may be in. */
export const AccountCurrency = z.enum(['KRW', 'USD']);
export type AccountCurrency = z.infer<typeof AccountCurrency>;

/** A civil date "YYYY-MM-DD": in Korea, and for an American issue in New York. */
export const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const known = {
  id: InstrumentId,
  nameKo: z.string(),
  /** null: not known, never guessed. */
  nameEn: z.string().nullable(),
  lotSize: z.int().positive(),
  listedShares: z.int().positive().nullable(),
  /** true where the last known day had no trading because of a suspension (거래정지). */
  suspended: z.boolean(),
  /** Membership of the KOSPI 200; null: not known, or no Korean issue. */
  kospi200: z.boolean().nullable(),
  /** stock if absent. */
  product: z.enum(['stock', 'etp']).optional(),
  /** Traded on NXT; absent: not known. */
  nxt: z.boolean().optional(),
  /** Date of these facts. */
  asOf: IsoDate,
};

export const KrxInstrument = z.strictObject({
  ...known,
  code: z.string().length(6),
  market: Market,
  /** Decimal places of prices: won have none. */
  priceScale: z.literal(0),
  /** won if absent. */
  currency: z.literal('KRW').optional(),
  /** Base price (기준가격) of the next session in won. */
  basePrice: z.int().positive(),
});
export type KrxInstrument = z.infer<typeof KrxInstrument>;

export const UsInstrument = z.strictObject({
  ...known,
  code: z.string().min(1).max(12),
  market: UsMarket,
  /** Prices are whole numbers of 1/10,000 dollar. */
  priceScale: z.literal(4),
  currency: z.literal('USD'),
  /** Previous close in 1/10,000 dollar; 0: not known until the broker has told it. */
  basePrice: z.int().nonnegative(),
});
export type UsInstrument = z.infer<typeof UsInstrument>;

export const Instrument = z.discriminatedUnion('priceScale', [KrxInstrument, UsInstrument]);
export type Instrument = z.infer<typeof Instrument>;

/** The exchanges of American issues by the order code of KIS: NASD 나스닥 · NYSE 뉴욕 · AMEX 아멕스 */
export const US_EXCHANGES = ['NASD', 'NYSE', 'AMEX'] as const;
export type UsExchange = (typeof US_EXCHANGES)[number];

const US_MARKETS: Readonly<Record<UsExchange, UsMarket>> = { NASD: 'NASDAQ', NYSE: 'NYSE', AMEX: 'AMEX' };

/** The market whose order code an exchange is. */
export function usMarketOf(exchange: UsExchange): UsMarket {
  return US_MARKETS[exchange];
}

/** The id of a KRX short code. */
export function krxId(code: string): InstrumentId {
  return `KRX:${code}`;
}

/** The id of an American symbol. */
export function usId(exchange: UsExchange, symbol: string): InstrumentId {
  return `${exchange}:${symbol}`;
}

/** The short code or symbol of an id. */
export function codeOf(id: InstrumentId): string {
  return id.slice(id.indexOf(':') + 1);
}

/** The American exchange of an id; null for a Korean issue. */
export function usExchangeOf(id: InstrumentId): UsExchange | null {
  return US_EXCHANGES.find((exchange) => id.startsWith(`${exchange}:`)) ?? null;
}

/** What an issue is traded in, by its id. */
export function currencyOf(id: InstrumentId): AccountCurrency {
  return usExchangeOf(id) === null ? 'KRW' : 'USD';
}
