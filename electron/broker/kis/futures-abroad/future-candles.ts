/** Candles of a future abroad from the broker's charts, page by page; longer intervals are made of minutes. */
import type { Interval } from '#shared/domain/index.ts';
import { kstDate, type EpochMs } from '#shared/time/index.ts';
import type { FeedCandles } from '../../../market/index.ts';
import { INTERVAL_MINUTES, mergedMinutes, newestCandles, type ChartBar } from '../joint/index.ts';
import type { KisRest } from '../ports.ts';
import { futureBarPage, futureBars, type BarKind } from './wire/candles.ts';

/** Pages of one request at most. */
const MAX_PAGES = 10;

interface CandleWish {
  readonly interval: Interval;
  readonly limit: number;
  readonly code: string;
  readonly exchange: string;
  readonly shift: number;
  readonly rest: KisRest;
  /** The server's clock. */
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

/** Bars until there are enough or nothing older comes, oldest first, each once. */
async function barsOf(wish: CandleWish, kind: BarKind, enough: number): Promise<readonly ChartBar[]> {
  const { code, exchange, shift, rest, now, signal } = wish;
  const found = new Map<number, ChartBar>();
  let key = '';
  for (let page = 0; page < MAX_PAGES && found.size < enough; page += 1) {
    const call = futureBars(kind, { code, exchange, date: kstDate(now), key });
    const told = futureBarPage(kind, await rest.call({ ...call, signal }), shift);
    const before = found.size;
    for (const bar of told.bars) found.set(bar.openTs, bar);
    // A server that gives the same page again has nothing older.
    if (found.size === before || told.key === '' || told.key === key) break;
    ({ key } = told);
  }
  return [...found.values()].sort((a, b) => a.openTs - b.openTs);
}

/** The newest candles, oldest first; none of an interval that no chart has. */
export async function futureCandles(wish: CandleWish): Promise<FeedCandles> {
  const { interval, limit } = wish;
  const size = INTERVAL_MINUTES[interval];
  if (interval === '1d') return newestCandles(await barsOf(wish, 'days', limit), limit);
  const minutes = size === undefined ? [] : await barsOf(wish, 'minutes', limit * size);
  return newestCandles(size === undefined ? minutes : mergedMinutes(minutes, size), limit);
}
