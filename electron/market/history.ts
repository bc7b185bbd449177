/** Daily history: candles for charts, rows and days for replays. */
import type { CandleStore, DailyBar } from '#core/storage/index.ts';
import { CANDLE_COLUMNS, codeOf, type CandleColumn, type InstrumentId, type Market } from '#shared/domain/index.ts';
import type { ReplayRow } from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { kstInstant, type SessionDate } from '#shared/time/index.ts';

/** Daily candles, oldest first, one exact-integer array a column; `openTs` is the start of the day in Korea. */
export interface DailyColumns {
  readonly length: number;
  readonly columns: Readonly<Record<CandleColumn, Float64Array>>;
  /** The newest day; null where there is none. */
  readonly lastDate: SessionDate | null;
}

/** A day that may be replayed; prices in won, volume in units. */
export interface ReplayDay {
  readonly date: SessionDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly suspended: boolean;
}

/** The session before; undefined outside the years of the calendar. */
function sessionBefore(date: SessionDate): SessionDate | undefined {
  try {
    return krxCalendar.addSessions(date, -1);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Days looked through for the next one; at 245 sessions a year, more than forty years. */
const MAX_DAYS = 10_000;

export class DailyHistory {
  readonly #candles: CandleStore;
  readonly #marketOf: (id: InstrumentId) => Market | undefined;

  /** `marketOf`: the market where an issue is listed, for sources that do not say. */
  constructor(parts: { readonly candles: CandleStore; readonly marketOf: (id: InstrumentId) => Market | undefined }) {
    this.#candles = parts.candles;
    this.#marketOf = parts.marketOf;
  }

  /** The newest `limit` daily candles. */
  dailyCandles(id: InstrumentId, limit: number): DailyColumns {
    const bars = this.#candles.bars({ code: codeOf(id), limit }).toReversed();
    const columns = Object.fromEntries(CANDLE_COLUMNS.map((name) => [name, new Float64Array(bars.length)])) as Record<
      CandleColumn,
      Float64Array
    >;
    for (const [i, bar] of bars.entries()) {
      columns.openTs[i] = kstInstant(bar.date, 0);
      columns.open[i] = bar.open;
      columns.high[i] = bar.high;
      columns.low[i] = bar.low;
      columns.close[i] = bar.close;
      columns.volume[i] = bar.volume;
    }
    return { length: bars.length, columns, lastDate: bars.at(-1)?.date ?? null };
  }

  /** A day as the replay reads it; undefined where it was not imported or its market is not known. */
  dailyRow(id: InstrumentId, date: SessionDate): ReplayRow | undefined {
    const bar = this.#candles.bar(codeOf(id), date);
    const market = bar?.market ?? this.#marketOf(id);
    if (!bar || !market) return undefined;
    const { code, open, high, low, close, volume, value, listedShares } = bar;
    // A value that the source did not give is 0: the replay counts its own.
    return {
      code,
      market,
      date,
      open,
      high,
      low,
      close,
      volume,
      value: value ?? 0,
      base: this.#base(bar),
      listedShares,
    };
  }

  /** Days of an issue, newest first. */
  replayDays(id: InstrumentId, limit: number): ReplayDay[] {
    return this.#candles
      .bars({ code: codeOf(id), limit })
      .map(({ date, open, high, low, close, volume, suspended }) => ({
        date,
        open,
        high,
        low,
        close,
        volume,
        suspended,
      }));
  }

  /** The first imported day after `date` on which the issue was traded; undefined after the last. */
  nextDate(id: InstrumentId, date: SessionDate): SessionDate | undefined {
    const later = this.#candles.bars({ code: codeOf(id), limit: MAX_DAYS }).filter((bar) => bar.date > date);
    return later.findLast((bar) => !bar.suspended)?.date;
  }

  /** The day's base price; without one in the source, the close of the session before; 0 where that is not known either. */
  #base(bar: DailyBar): number {
    if (bar.base !== null) return bar.base;
    const before = sessionBefore(bar.date);
    return (before && this.#candles.bar(bar.code, before)?.close) ?? 0;
  }
}
