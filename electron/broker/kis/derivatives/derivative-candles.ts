/** Candles of futures and options from the broker's charts, page by page; longer intervals are made of minutes. */
import { CANDLE_COLUMNS, type Interval } from '#shared/domain/index.ts';
import type { DerivativeNight } from '#shared/market/index.ts';
import { addDays, kstDate, kstTimeText, MINUTE_MS, type EpochMs } from '#shared/time/index.ts';
import type { FeedCandles } from '../../../market/index.ts';
import type { KisCall, KisRest } from '../ports.ts';
import {
  derivativeDayBars,
  derivativeDays,
  derivativeMinuteBars,
  derivativeMinutes,
  DERIVATIVE_MINUTES,
  type DerivativeBar,
} from './wire/candles.ts';
import { nightContract, type Contract } from './wire/names.ts';

/** Pages of one request at most: a year and a half of days, two days of minutes. */
const MAX_PAGES = { days: 5, minutes: 10 } as const;
/** Days of a page: a hundred rows, with the weekends between them. */
const DAYS_SPAN = 140;
/** Minutes of an interval; 10 seconds and whole days are not made of minutes. */
const MINUTES: Readonly<Partial<Record<Interval, number>>> = { '1m': 1, '3m': 3, '5m': 5, '15m': 15, '60m': 60 };

interface CandleWish {
  readonly interval: Interval;
  readonly limit: number;
  /** As the day names it. */
  readonly at: Contract;
  /** The night that is open now; null: none. Its minutes come before those of the day that it followed. */
  readonly night: DerivativeNight | null;
  readonly rest: KisRest;
  /** The server's clock. */
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

/** Pages back in time until there is enough or nothing older comes; newest first. */
async function paged(
  { rest, signal }: CandleWish,
  {
    first,
    read,
    after,
    most,
    enough,
  }: {
    readonly first: KisCall;
    readonly read: (answer: Awaited<ReturnType<KisRest['call']>>) => readonly DerivativeBar[];
    readonly after: (oldest: DerivativeBar) => KisCall;
    readonly most: number;
    readonly enough: number;
  },
): Promise<readonly DerivativeBar[]> {
  const bars: DerivativeBar[] = [];
  let call = first;
  for (let page = 0; page < most && bars.length < enough; page += 1) {
    const rows = read(await rest.call({ ...call, signal }));
    const before = bars.at(-1)?.openTs;
    // A server that gives the same page again has nothing older.
    const news = rows.filter(({ openTs }) => before === undefined || openTs < before);
    const oldest = news.at(-1);
    if (!oldest) break;
    bars.push(...news);
    call = after(oldest);
  }
  return bars;
}

function days(wish: CandleWish): Promise<readonly DerivativeBar[]> {
  const { at, now, limit } = wish;
  const span = (to: ReturnType<typeof kstDate>): KisCall => derivativeDays(at, { from: addDays(to, -DAYS_SPAN), to });
  return paged(wish, {
    first: span(kstDate(now)),
    read: derivativeDayBars,
    after: ({ date }) => span(addDays(date, -1)),
    most: MAX_PAGES.days,
    enough: limit,
  });
}

/** Minutes of one market up to an instant, newest first. */
function minutesOf(
  wish: CandleWish,
  of: { readonly at: Contract; readonly until: number; readonly enough: number },
): Promise<readonly DerivativeBar[]> {
  const { at, enough } = of;
  const until = (ts: number): KisCall => {
    const date = kstDate(ts as EpochMs);
    return derivativeMinutes(at, { date, time: kstTimeText(ts as EpochMs).replaceAll(':', '') });
  };
  return paged(wish, {
    first: until(of.until),
    read: derivativeMinuteBars,
    after: ({ openTs }) => until(openTs - MINUTE_MS),
    most: MAX_PAGES.minutes,
    enough,
  });
}

/** The newest minutes, newest first: those of the night that is open, and before them those of the day. */
async function minutes(wish: CandleWish, enough: number): Promise<readonly DerivativeBar[]> {
  const { at, night, now } = wish;
  if (night === null) return minutesOf(wish, { at, until: now, enough });
  const told = await minutesOf(wish, { at: nightContract(at), until: now, enough });
  const own = told.filter(({ openTs }) => openTs >= night.startTs);
  if (own.length >= enough) return own;
  const day = await minutesOf(wish, { at, until: night.startTs, enough: enough - own.length });
  return [...own, ...day.filter(({ openTs }) => openTs < night.startTs)];
}

/** Bars of `size` minutes, oldest first, of minutes oldest first. */
function merged(bars: readonly DerivativeBar[], size: number): readonly DerivativeBar[] {
  const span = size * MINUTE_MS;
  const sums: DerivativeBar[] = [];
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

/** The newest candles, oldest first; none where the environment has no such chart. */
export async function derivativeCandles(wish: CandleWish): Promise<FeedCandles> {
  const size = MINUTES[wish.interval];
  let bars: readonly DerivativeBar[] = [];
  if (wish.interval === '1d') bars = (await days(wish)).toReversed();
  else if (size !== undefined && wish.rest.offers(DERIVATIVE_MINUTES))
    bars = merged((await minutes(wish, wish.limit * size)).toReversed(), size);
  const newest = bars.slice(-wish.limit);
  const columns = Object.fromEntries(
    CANDLE_COLUMNS.map((name) => [name, Float64Array.from(newest, (bar) => bar[name])]),
  ) as FeedCandles['columns'];
  return { length: newest.length, columns };
}
