/** Candles of foreign issues from the broker's charts, page by page; longer intervals are made of minutes. */
import { CANDLE_COLUMNS, type CandleColumn, type Interval } from '#shared/domain/index.ts';
import { addDays, MINUTE_MS, sessionDate } from '#shared/time/index.ts';
import { dateText } from '../domestic/wire/fields.ts';
import type { KisRest } from '../ports.ts';
import {
  foreignDaily,
  foreignDailyBars,
  foreignMinuteBars,
  foreignMinutes,
  FOREIGN_MINUTES,
  type ForeignBar,
} from './wire/candles.ts';
import type { ForeignSymbol } from './wire/exchange.ts';

/** Pages of one request at most: a year of days, a day of minutes. */
const MAX_PAGES = { days: 8, minutes: 10 } as const;
/** Minutes of an interval; 10 seconds and whole days are not made of minutes. */
const MINUTES: Readonly<Partial<Record<Interval, number>>> = { '1m': 1, '3m': 3, '5m': 5, '15m': 15, '60m': 60 };

interface CandleWish {
  readonly interval: Interval;
  readonly limit: number;
  readonly at: ForeignSymbol;
  readonly rest: KisRest;
  readonly signal: AbortSignal;
}

/** "YYYYMMDD" one day earlier. */
function dayBefore(told: string): string {
  return dateText(addDays(sessionDate(`${told.slice(0, 4)}-${told.slice(4, 6)}-${told.slice(6, 8)}`), -1));
}

async function days({ at, rest, limit, signal }: CandleWish): Promise<readonly ForeignBar[]> {
  const bars: ForeignBar[] = [];
  let until = '';
  for (let page = 0; page < MAX_PAGES.days && bars.length < limit; page += 1) {
    const rows = foreignDailyBars(await rest.call({ ...foreignDaily(at, until), signal }));
    const oldest = rows.at(-1);
    // A server that gives the same page again has nothing older.
    const before = bars.at(-1)?.openTs;
    const news = rows.filter(({ openTs }) => before === undefined || openTs < before);
    if (!oldest || news.length === 0) break;
    bars.push(...news);
    until = dayBefore(oldest.date);
  }
  return bars;
}

async function minutes({ at, rest, limit, signal }: CandleWish): Promise<readonly ForeignBar[]> {
  const bars: ForeignBar[] = [];
  let key = '';
  for (let page = 0; page < MAX_PAGES.minutes && bars.length < limit; page += 1) {
    const rows = foreignMinuteBars(await rest.call({ ...foreignMinutes(at, key), signal }));
    const oldest = rows.at(-1);
    const before = bars.at(-1)?.openTs;
    const news = rows.filter(({ openTs }) => before === undefined || openTs < before);
    if (!oldest || news.length === 0) break;
    bars.push(...news);
    key = oldest.key;
  }
  return bars;
}

/** Bars of `size` minutes, oldest first, of minutes oldest first. */
function merged(bars: readonly ForeignBar[], size: number): readonly ForeignBar[] {
  const span = size * MINUTE_MS;
  const sums: ForeignBar[] = [];
  for (const bar of bars) {
    const openTs = (bar.openTs - (bar.openTs % span)) as ForeignBar['openTs'];
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

/** The newest candles, oldest first; none where the environment has no such chart. */
export async function foreignCandles(
  wish: CandleWish,
): Promise<{ readonly length: number; readonly columns: Readonly<Record<CandleColumn, Float64Array>> }> {
  const size = MINUTES[wish.interval];
  let bars: readonly ForeignBar[] = [];
  if (wish.interval === '1d') bars = (await days(wish)).toReversed();
  else if (size !== undefined && wish.rest.offers(FOREIGN_MINUTES))
    bars = merged((await minutes({ ...wish, limit: wish.limit * size })).toReversed(), size);
  const newest = bars.slice(-wish.limit);
  const columns = Object.fromEntries(
    CANDLE_COLUMNS.map((name) => [name, Float64Array.from(newest, (bar) => bar[name])]),
  ) as Record<CandleColumn, Float64Array>;
  return { length: newest.length, columns };
}
