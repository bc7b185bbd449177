/** Candles as columns, as they travel, and back. */
import { CANDLE_COLUMNS, type CandleColumn, type InstrumentId, type Interval } from '#shared/domain/index.ts';
import { epochMs, type SessionDate } from '#shared/time/index.ts';
import type { FeedBar, FeedCandles } from './feed.ts';

/** Largest number of candles of one request. */
export const MAX_CANDLES = 120_000;

/** Candles as columns, with what they are of. */
export interface CandleTable {
  readonly header: {
    readonly instrumentId: InstrumentId;
    readonly interval: Interval;
    readonly sessionDate: SessionDate;
  };
  readonly length: number;
  readonly columns: Readonly<Record<CandleColumn, Float64Array>>;
}

/** Which candles are asked for. */
export interface CandleWish {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly limit: number;
}

/** The newest of the bars, as many as were asked for. */
export function candleTable(about: {
  readonly wish: CandleWish;
  readonly bars: readonly FeedBar[];
  readonly sessionDate: SessionDate;
}): CandleTable {
  const { wish, bars, sessionDate } = about;
  const { instrumentId, interval, limit } = wish;
  const newest = bars.slice(-Math.min(limit, MAX_CANDLES));
  return { header: { instrumentId, interval, sessionDate }, ...columnsOf(newest) };
}

/** Bars as columns. */
export function columnsOf(bars: readonly FeedBar[]): FeedCandles {
  const columns = Object.fromEntries(
    CANDLE_COLUMNS.map((name) => [name, Float64Array.from(bars, (bar) => bar[name])]),
  ) as Record<CandleColumn, Float64Array>;
  return { length: bars.length, columns };
}

/** Columns as bars. */
export function barsOf(columns: FeedCandles['columns'], length: number): FeedBar[] {
  return Array.from({ length }, (_, row) => ({
    openTs: epochMs(columns.openTs[row] as number),
    open: columns.open[row] as number,
    high: columns.high[row] as number,
    low: columns.low[row] as number,
    close: columns.close[row] as number,
    volume: columns.volume[row] as number,
  }));
}
