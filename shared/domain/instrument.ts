/** Instrument (종목): what can be traded, with what is known of it. */
import { z } from 'zod';
import { futuresProductOf, isFutureAbroad } from './futures-abroad.ts';
import { MasterFacts } from './masters.ts';

/**
 * Market and symbol: "KRX:005930" with the six-character short code, which may hold letters (0193T0); a foreign exchange
 * by the order code of KIS with its symbol: "NASD:AAPL", "NYSE:BRK/B", "SEHK:00700"; "BOND:" with the standard code of a
 * listed bond; "KRXF:", "KRXJ:", "KRXC:" with the short code of a future or option on an index, a stock, a commodity;
 * "OVF:" with the series code of a future of a foreign exchange (ESZ26).
 */
export const InstrumentId = z
  .string()
  .regex(
    /^(?:KRX:[0-9A-Z]{6}|(?:NASD|NYSE|AMEX|SEHK|TKSE|SHAA|SZAA|HASE|VNSE):[A-Z0-9]{1,6}(?:[/.][A-Z0-9]{1,4})?|BOND:[0-9A-Z]{12}|KRX[FJC]:[0-9A-Z]{6,9}|OVF:[0-9A-Z]{4,7})$/,
  );
export type InstrumentId = z.infer<typeof InstrumentId>;

/** The markets of KRX: what the Korean tables of ticks, limits and costs are about. */
export const Market = z.enum(['KOSPI', 'KOSDAQ', 'KONEX']);
export type Market = z.infer<typeof Market>;

/** NASDAQ 나스닥 · NYSE 뉴욕 · AMEX 아멕스 · HKEX 홍콩 · TSE 도쿄 · SSE 상하이 · SZSE 선전 · HNX 하노이 · HOSE 호찌민 */
export const ForeignMarket = z.enum(['NASDAQ', 'NYSE', 'AMEX', 'HKEX', 'TSE', 'SSE', 'SZSE', 'HNX', 'HOSE']);
export type ForeignMarket = z.infer<typeof ForeignMarket>;

/** The currencies that foreign issues are traded in. */
export const ForeignCurrency = z.enum(['USD', 'HKD', 'JPY', 'CNY', 'VND']);
export type ForeignCurrency = z.infer<typeof ForeignCurrency>;

/** The currencies an account may be in. */
export const AccountCurrency = z.enum(['KRW', ...ForeignCurrency.options]);
export type AccountCurrency = z.infer<typeof AccountCurrency>;

/** A civil date "YYYY-MM-DD": in Korea, and for a foreign issue where its exchange is. */
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
  /** Of the broker's symbol master; absent: none was imported, or it does not name the issue. */
  master: MasterFacts.optional(),
});
export type KrxInstrument = z.infer<typeof KrxInstrument>;

export const ForeignInstrument = z.strictObject({
  ...known,
  code: z.string().min(1).max(12),
  market: ForeignMarket,
  /** Prices are whole numbers of 1/10,000 of the currency. */
  priceScale: z.literal(4),
  currency: ForeignCurrency,
  /** Units of a purchase; 0: not known until the broker has told it. */
  lotSize: z.int().nonnegative(),
  /** Previous close in 1/10,000 of the currency; 0: not known until the broker has told it. */
  basePrice: z.int().nonnegative(),
});
export type ForeignInstrument = z.infer<typeof ForeignInstrument>;

export const BondInstrument = z.strictObject({
  ...known,
  /** Standard code. */
  code: z.string().length(12),
  market: z.literal('BOND'),
  /** Won per 10,000 won of face amount, in 1/100. */
  priceScale: z.literal(2),
  currency: z.literal('KRW').optional(),
  /** Previous close in 1/100 won; 0: not known until the broker has told it. */
  basePrice: z.int().nonnegative(),
  /** When it is redeemed (만기일); null: not known. */
  maturity: IsoDate.nullable(),
  /** Coupon in millionths (표면금리): 3.25 % is 32,500; null: not known. */
  couponPpm: z.int().nonnegative().nullable(),
});
export type BondInstrument = z.infer<typeof BondInstrument>;

/** What a future or option of KRX is on: index 지수 · stock 주식 · commodity 금리, 통화, 상품. */
export const DerivativeFamily = z.enum(['index', 'stock', 'commodity']);
export type DerivativeFamily = z.infer<typeof DerivativeFamily>;

export const DerivativeInstrument = z.strictObject({
  ...known,
  /** Short code: six letters of a future, nine of an option. */
  code: z.string().min(6).max(9),
  market: z.literal('KRX_DERIVATIVES'),
  /** Points or won in 1/100. */
  priceScale: z.literal(2),
  currency: z.literal('KRW').optional(),
  /** Base price in 1/100; 0: not known until the broker has told it. */
  basePrice: z.int().nonnegative(),
  family: DerivativeFamily,
  kind: z.enum(['future', 'call', 'put']),
  /** Of an option in 1/100; null for a future, or not known. */
  strike: z.int().positive().nullable(),
  /** Last day of trading (최종거래일); null: not known until the broker has told it. */
  lastDay: IsoDate.nullable(),
  /** Korean name of what it is on. */
  underlyingKo: z.string(),
});
export type DerivativeInstrument = z.infer<typeof DerivativeInstrument>;

export const FutureAbroadInstrument = z.strictObject({
  ...known,
  /** Series code of the broker. */
  code: z.string().min(4).max(7),
  market: z.literal('FUTURES_ABROAD'),
  /** Points in 1/10^8. */
  priceScale: z.literal(8),
  currency: ForeignCurrency,
  /** Previous settlement in 1/10^8; 0: not known until the broker has told it. */
  basePrice: z.int().nonnegative(),
  /** The exchange as the broker writes it. */
  exchange: z.string(),
  /** Places by which the broker's quotes are shifted (sCalcDesz): 6882.5 with 4 is 0.68825; null: not known, so they cannot be read. */
  quoteShift: z.int().min(0).max(8).nullable(),
  /** Last day of trading; null: not known until the broker has told it. */
  lastDay: IsoDate.nullable(),
});
export type FutureAbroadInstrument = z.infer<typeof FutureAbroadInstrument>;

export const Instrument = z.discriminatedUnion('market', [
  KrxInstrument,
  ForeignInstrument,
  BondInstrument,
  DerivativeInstrument,
  FutureAbroadInstrument,
]);
export type Instrument = z.infer<typeof Instrument>;

/** Kinds of things that are traded from accounts of their own: stock 주식·ETF (home and abroad) · bond 장내채권 · derivative 선물옵션 (at home, and abroad in accounts of a foreign currency) */
export const AccountProduct = z.enum(['stock', 'bond', 'derivative']);
export type AccountProduct = z.infer<typeof AccountProduct>;

/** The exchanges abroad by the order code of KIS: NASD 나스닥 · NYSE 뉴욕 · AMEX 아멕스 · SEHK 홍콩 · TKSE 도쿄 · SHAA 상하이 · SZAA 선전 · HASE 하노이 · VNSE 호찌민 */
export const FOREIGN_EXCHANGES = ['NASD', 'NYSE', 'AMEX', 'SEHK', 'TKSE', 'SHAA', 'SZAA', 'HASE', 'VNSE'] as const;
export type ForeignExchange = (typeof FOREIGN_EXCHANGES)[number];

const FOREIGN_MARKETS: Readonly<Record<ForeignExchange, readonly [ForeignMarket, ForeignCurrency]>> = {
  NASD: ['NASDAQ', 'USD'],
  NYSE: ['NYSE', 'USD'],
  AMEX: ['AMEX', 'USD'],
  SEHK: ['HKEX', 'HKD'],
  TKSE: ['TSE', 'JPY'],
  SHAA: ['SSE', 'CNY'],
  SZAA: ['SZSE', 'CNY'],
  HASE: ['HNX', 'VND'],
  VNSE: ['HOSE', 'VND'],
};

/** The market whose order code an exchange is. */
export function foreignMarketOf(exchange: ForeignExchange): ForeignMarket {
  return FOREIGN_MARKETS[exchange][0];
}

/** What an exchange abroad trades in. */
export function foreignCurrencyOf(exchange: ForeignExchange): ForeignCurrency {
  return FOREIGN_MARKETS[exchange][1];
}

/** The id of a KRX short code. */
export function krxId(code: string): InstrumentId {
  return `KRX:${code}`;
}

/** The id of a listed bond by its standard code. */
export function bondId(code: string): InstrumentId {
  return `BOND:${code}`;
}

const DERIVATIVE_PREFIX = { index: 'KRXF', stock: 'KRXJ', commodity: 'KRXC' } as const;

/** The id of a future or option of KRX by its short code. */
export function derivativeId(family: DerivativeFamily, code: string): InstrumentId {
  return `${DERIVATIVE_PREFIX[family]}:${code}`;
}

/** What a future or option is on, by its id; null for anything else. */
export function derivativeFamilyOf(id: InstrumentId): DerivativeFamily | null {
  // Asked of every order: most ids are of shares.
  if (!id.startsWith('KRX') || id.startsWith('KRX:')) return null;
  return DerivativeFamily.options.find((family) => id.startsWith(DERIVATIVE_PREFIX[family])) ?? null;
}

/** Which kind of account trades an issue, by its id. */
export function productOf(id: InstrumentId): AccountProduct {
  if (id.startsWith('KRX:')) return 'stock';
  if (id.startsWith('BOND:')) return 'bond';
  return derivativeFamilyOf(id) === null && !isFutureAbroad(id) ? 'stock' : 'derivative';
}

/** The id of a foreign symbol. */
export function foreignId(exchange: ForeignExchange, symbol: string): InstrumentId {
  return `${exchange}:${symbol}`;
}

/** The short code or symbol of an id. */
export function codeOf(id: InstrumentId): string {
  return id.slice(id.indexOf(':') + 1);
}

/** The foreign exchange of an id; null for a Korean issue. */
export function foreignExchangeOf(id: InstrumentId): ForeignExchange | null {
  if (id.startsWith('KRX')) return null;
  return FOREIGN_EXCHANGES.find((exchange) => id.startsWith(exchange) && id.charAt(exchange.length) === ':') ?? null;
}

/** What an issue is traded in, by its id. */
export function currencyOf(id: InstrumentId): AccountCurrency {
  const exchange = foreignExchangeOf(id);
  if (exchange !== null) return foreignCurrencyOf(exchange);
  return futuresProductOf(id)?.currency ?? 'KRW';
}
