/** Instrument (종목): what can be traded, with what is known of it. */
import { z } from 'zod';

/** "KRX:005930": venue and the six-character short code, which may hold letters (0193T0). */
export const InstrumentId = z.string().regex(/^KRX:[0-9A-Z]{6}$/);
export type InstrumentId = z.infer<typeof InstrumentId>;

export const Market = z.enum(['KOSPI', 'KOSDAQ', 'KONEX']);
export type Market = z.infer<typeof Market>;

/** A civil date "YYYY-MM-DD" in Korea. */
export const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const Instrument = z.strictObject({
  id: InstrumentId,
  code: z.string().length(6),
  nameKo: z.string(),
  /** null: not known, never guessed. */
  nameEn: z.string().nullable(),
  market: Market,
  /** Decimal places of prices; 0 for won. */
  priceScale: z.literal(0),
  lotSize: z.int().positive(),
  /** Base price (기준가격) of the next session in won. */
  basePrice: z.int().positive(),
  listedShares: z.int().positive().nullable(),
  /** true where the last known day had no trading because of a suspension (거래정지). */
  suspended: z.boolean(),
  /** Membership of the KOSPI 200; null: not known. */
  kospi200: z.boolean().nullable(),
  /** stock if absent. */
  product: z.enum(['stock', 'etp']).optional(),
  /** Traded on NXT; absent: not known. */
  nxt: z.boolean().optional(),
  /** Date of these facts. */
  asOf: IsoDate,
});
export type Instrument = z.infer<typeof Instrument>;

/** The id of a KRX short code. */
export function krxId(code: string): InstrumentId {
  return `KRX:${code}`;
}

/** The short code of an id. */
export function codeOf(id: InstrumentId): string {
  return id.slice(4);
}
