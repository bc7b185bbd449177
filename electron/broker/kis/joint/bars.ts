/** Bars of a chart: longer ones made of minutes, and the newest of them as the feed's columns. */
import { CANDLE_COLUMNS, type Interval } from '#shared/domain/index.ts';
import { MINUTE_MS, type EpochMs } from '#shared/time/index.ts';
import type { FeedCandles } from '../../../market/index.ts';

/** Prices in the scale of the issue. */
export interface ChartBar {
  readonly openTs: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Minutes of an interval; 10 seconds and whole days are not made of minutes. */
export const INTERVAL_MINUTES: Readonly<Partial<Record<Interval, number>>> = {
  '1m': 1,
  '3m': 3,
  '5m': 5,
  '15m': 15,
  '60m': 60,
};

/** Bars of `size` minutes, oldest first, of minutes oldest first. */
export function mergedMinutes<Bar extends ChartBar>(bars: readonly Bar[], size: number): readonly Bar[] {
  const span = size * MINUTE_MS;
  const sums: Bar[] = [];
  for (const bar of bars) {
    const openTs = (bar.openTs - (bar.openTs % span)) as EpochMs;
    const last = sums.at(-1);
    if (last?.openTs !== openTs) {
      sums.push({ ...bar, openTs });
      continue;
    }
    const [high, low] = [Math.max(last.high, bar.high), Math.min(last.low, bar.low)];
    sums[sums.length - 1] = { ...last, high, low, close: bar.close, volume: last.volume + bar.volume };
  }
  return sums;
}

/** The newest bars as columns; `bars` oldest first, without a turnover where none is told. */
export function newestCandles(
  bars: readonly (ChartBar & Partial<Record<(typeof CANDLE_COLUMNS)[number], number>>)[],
  limit: number,
): FeedCandles {
  const newest = bars.slice(-limit);
  const columns = Object.fromEntries(
    CANDLE_COLUMNS.map((name) => [name, Float64Array.from(newest, (bar) => bar[name])]),
  ) as FeedCandles['columns'];
  return { length: newest.length, columns };
}
