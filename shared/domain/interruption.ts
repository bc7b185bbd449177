/** Interruptions of trading (매매거래정지, 변동성완화장치, 서킷브레이커, 사이드카): what stopped, why, since when, until when. */
import { z } from 'zod';
import { Market } from './instrument.ts';

/**
 * viStatic 정적VI · viDynamic 동적VI · halt 종목 매매거래정지 · circuitBreaker 서킷브레이커 · reopening 재개 단일가 ·
 * extension 시가·종가 단일가 연장
 */
export const InterruptionKind = z.enum(['viStatic', 'viDynamic', 'halt', 'circuitBreaker', 'reopening', 'extension']);
export type InterruptionKind = z.infer<typeof InterruptionKind>;

/** What holds up one issue on one venue now. Prices in won. */
export const Interruption = z.strictObject({
  kind: InterruptionKind,
  /** 1 … 3 of a circuit breaker, else null. */
  level: z.int().min(1).max(3).nullable(),
  sinceTs: z.int(),
  /** Scheduled end; an auction ends up to 30 s later. null: not known. */
  untilTs: z.int().nullable(),
  /** VI: the price it was measured from, and the price that would have traded. */
  reference: z.int().positive().nullable(),
  price: z.int().positive().nullable(),
  /** Plain Korean reason given by whoever halted the issue; empty where the kind says all. */
  note: z.string(),
});
export type Interruption = z.infer<typeof Interruption>;

/** A market's index and what is in force there now. */
export const MarketState = z.strictObject({
  market: Market,
  /** Change of the index from the previous close, parts per million; null where no index is known. */
  indexChangePpm: z.int().nullable(),
  breaker: z.strictObject({ level: z.int().min(1).max(3), untilTs: z.int().nullable() }).nullable(),
  /** Levels already used today. */
  breakersUsed: z.array(z.int().min(1).max(3)),
  /** Program orders of this side are frozen until then. */
  sidecar: z.strictObject({ side: z.enum(['buy', 'sell']), untilTs: z.int() }).nullable(),
});
export type MarketState = z.infer<typeof MarketState>;
