/** Candles of the running session from trades: minutes of the whole day and ten-second ones of the last hours, for every issue. */
import type { Interval } from '#shared/domain/index.ts';
import { epochMs, HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '#shared/time/index.ts';

/** Intervals within a day, in milliseconds. */
export const INTERVAL_MS: Readonly<Record<Exclude<Interval, '1d'>, number>> = {
  '10s': 10 * SECOND_MS,
  '1m': MINUTE_MS,
  '3m': 3 * MINUTE_MS,
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '60m': HOUR_MS,
};

/** Ten-second candles kept of an issue: the newest, at least one hour of unbroken trading. */
const MAX_TEN_SECONDS = 720;
/** Minutes of a day. */
const MAX_MINUTES = 1_440;
const FIRST_CAPACITY = 16;

/** One candle without its issue; `openTs` in exchange time, prices in won. */
export interface Bar {
  readonly openTs: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Candles of one length in columns, oldest first; stretches without a trade have none. */
class BarSeries {
  readonly #stepMs: number;
  readonly #max: number;
  #openTs = new Float64Array(FIRST_CAPACITY);
  // Prices of futures abroad go beyond 32 bits.
  #open = new Float64Array(FIRST_CAPACITY);
  #high = new Float64Array(FIRST_CAPACITY);
  #low = new Float64Array(FIRST_CAPACITY);
  #close = new Float64Array(FIRST_CAPACITY);
  #volume = new Float64Array(FIRST_CAPACITY);
  #count = 0;
  /** true: older candles than the first have been dropped. */
  #dropped = false;

  constructor(stepMs: number, max: number) {
    this.#stepMs = stepMs;
    this.#max = max;
  }

  get count(): number {
    return this.#count;
  }

  add(ts: number, price: number, quantity: number): void {
    const openTs = ts - (ts % this.#stepMs);
    let at = this.#count - 1;
    if (at < 0 || this.#openTs[at] !== openTs) {
      if (this.#count === this.#openTs.length) this.#makeRoom();
      at = this.#count;
      this.#count += 1;
      this.#openTs[at] = openTs;
      this.#open[at] = price;
      this.#high[at] = price;
      this.#low[at] = price;
      this.#volume[at] = 0;
    } else if (price > (this.#high[at] as number)) this.#high[at] = price;
    else if (price < (this.#low[at] as number)) this.#low[at] = price;
    this.#close[at] = price;
    this.#volume[at] = (this.#volume[at] as number) + quantity;
  }

  bar(at: number): Bar {
    return {
      openTs: epochMs(this.#openTs[at] as number),
      open: this.#open[at] as number,
      high: this.#high[at] as number,
      low: this.#low[at] as number,
      close: this.#close[at] as number,
      volume: this.#volume[at] as number,
    };
  }

  /** Place of the first candle that opens at `ts` or later. */
  placeFrom(ts: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#openTs[middle] as number) < ts) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Appends a whole candle, as when restoring. */
  push(bar: Bar): void {
    if (this.#count === this.#openTs.length) this.#makeRoom();
    const at = this.#count;
    this.#count += 1;
    this.#openTs[at] = bar.openTs;
    this.#open[at] = bar.open;
    this.#high[at] = bar.high;
    this.#low[at] = bar.low;
    this.#close[at] = bar.close;
    this.#volume[at] = bar.volume;
  }

  /** The candles of both, oldest first; of two of the same time the one with more volume, which has heard more. */
  merge(bars: readonly Bar[]): void {
    const all = new Map<number, Bar>(bars.map((bar) => [bar.openTs, bar]));
    for (let at = 0; at < this.#count; at += 1) {
      const own = this.bar(at);
      if (own.volume >= (all.get(own.openTs)?.volume ?? 0)) all.set(own.openTs, own);
    }
    this.#count = 0;
    for (const bar of [...all.values()].sort((a, b) => a.openTs - b.openTs)) this.push(bar);
  }

  /** Whether all that was kept by `ts` is still there, or at least what reaches back to `from`. */
  reaches(from: number): boolean {
    return !this.#dropped || (this.#count > 0 && (this.#openTs[0] as number) <= from);
  }

  /** Older candles than the first to come are not made. */
  beginLate(): void {
    this.#dropped = true;
  }

  /** Takes over the candles of another that open before `ts`; into an empty series of the same length. */
  takeOver(other: BarSeries, ts: number): void {
    const count = other.placeFrom(ts);
    this.#dropped = other.#dropped;
    if (count > this.#openTs.length) {
      let capacity = this.#openTs.length;
      while (capacity < count) capacity *= 2;
      this.#widen(Math.min(this.#max, capacity));
    }
    this.#openTs.set(other.#openTs.subarray(0, count));
    this.#open.set(other.#open.subarray(0, count));
    this.#high.set(other.#high.subarray(0, count));
    this.#low.set(other.#low.subarray(0, count));
    this.#close.set(other.#close.subarray(0, count));
    this.#volume.set(other.#volume.subarray(0, count));
    this.#count = count;
  }

  /** Doubles the columns; at the bound, drops the older half instead. */
  #makeRoom(): void {
    const length = this.#openTs.length;
    if (length >= this.#max) {
      const from = length >>> 1;
      for (const column of [this.#openTs, this.#open, this.#high, this.#low, this.#close, this.#volume])
        column.copyWithin(0, from);
      this.#count = length - from;
      this.#dropped = true;
      return;
    }
    this.#widen(Math.min(this.#max, length * 2));
  }

  #widen(capacity: number): void {
    const floats = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const wider = new Float64Array(capacity);
      wider.set(column);
      return wider;
    };
    this.#openTs = floats(this.#openTs);
    this.#volume = floats(this.#volume);
    this.#open = floats(this.#open);
    this.#high = floats(this.#high);
    this.#low = floats(this.#low);
    this.#close = floats(this.#close);
  }
}

/** All minute candles of a session, as plain data: [seconds since `from`, open, high, low, close] and the volumes. */
export interface SavedCandles {
  readonly from: number;
  readonly counts: Int32Array;
  readonly figures: Float64Array;
  readonly volumes: Float64Array;
}

const FIGURES = 5;

export class CandleBuilder {
  readonly #minutes: readonly BarSeries[];
  readonly #tens: readonly BarSeries[];
  /** From when on trades are to be counted again; of each issue for the ten-second candles. */
  #again: { readonly minutes: number; readonly tens: Float64Array } | null = null;

  /** `issues`: how many; they are known by their place. */
  constructor(issues: number) {
    this.#minutes = Array.from({ length: issues }, () => new BarSeries(MINUTE_MS, MAX_MINUTES));
    this.#tens = Array.from({ length: issues }, () => new BarSeries(INTERVAL_MS['10s'], MAX_TEN_SECONDS));
  }

  add(issue: number, ts: number, price: number, quantity: number): void {
    (this.#minutes[issue] as BarSeries).add(ts, price, quantity);
    (this.#tens[issue] as BarSeries).add(ts, price, quantity);
  }

  /**
   * A builder as this one was at `ts`, but for the candles that were forming then, and ten-second ones that are gone by now:
   * `addAgain` tells it of the trades.
   */
  before(ts: number): CandleBuilder {
    const issues = this.#minutes.length;
    const then = new CandleBuilder(issues);
    then.#again = { minutes: ts - (ts % MINUTE_MS), tens: new Float64Array(issues) };
    const { minutes, tens } = then.#again;
    const ten = ts - (ts % INTERVAL_MS['10s']);
    for (let issue = 0; issue < issues; issue += 1) {
      (then.#minutes[issue] as BarSeries).takeOver(this.#minutes[issue] as BarSeries, minutes);
      const present = this.#tens[issue] as BarSeries;
      const there = present.reaches(ten - HOUR_MS);
      const tensThen = then.#tens[issue] as BarSeries;
      if (there) tensThen.takeOver(present, ten);
      else tensThen.beginLate();
      tens[issue] = there ? ten : ten - MAX_TEN_SECONDS * INTERVAL_MS['10s'];
    }
    return then;
  }

  /** Counts a trade that was there before, where its candles are still to be made. */
  addAgain(issue: number, ts: number, price: number, quantity: number): void {
    const again = this.#again;
    if (again === null) return;
    if (ts >= again.minutes) (this.#minutes[issue] as BarSeries).add(ts, price, quantity);
    if (ts >= (again.tens[issue] as number)) (this.#tens[issue] as BarSeries).add(ts, price, quantity);
  }

  /** Candles that open at `from` or later, oldest first; longer ones are put together from minutes. */
  bars(issue: number, interval: Exclude<Interval, '1d'>, from: number): Bar[] {
    const stepMs = INTERVAL_MS[interval];
    const series = (interval === '10s' ? this.#tens : this.#minutes)[issue];
    if (!series) return [];
    const bars: Bar[] = [];
    for (let at = series.placeFrom(from); at < series.count; at += 1) {
      const bar = series.bar(at);
      const openTs = epochMs(bar.openTs - (bar.openTs % stepMs));
      const last = bars.at(-1);
      if (last?.openTs === openTs) bars[bars.length - 1] = joined(last, bar);
      else bars.push(openTs === bar.openTs ? bar : { ...bar, openTs });
    }
    return bars;
  }

  /** Minutes of an issue that somebody else knows. */
  merge(issue: number, minutes: readonly Bar[]): void {
    this.#minutes[issue]?.merge(minutes);
  }

  /** Minutes only: the ten-second candles of a few hours are not worth their weight. */
  save(): SavedCandles {
    const counts = Int32Array.from(this.#minutes, (series) => series.count);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const figures = new Float64Array(total * FIGURES);
    const volumes = new Float64Array(total);
    const from = this.#minutes.reduce(
      (least, series) => (series.count > 0 ? Math.min(least, series.bar(0).openTs) : least),
      Number.MAX_SAFE_INTEGER,
    );
    let row = 0;
    for (const series of this.#minutes) {
      for (let at = 0; at < series.count; at += 1, row += 1) {
        const bar = series.bar(at);
        figures.set([(bar.openTs - from) / SECOND_MS, bar.open, bar.high, bar.low, bar.close], row * FIGURES);
        volumes[row] = bar.volume;
      }
    }
    return { from, counts, figures, volumes };
  }

  /** Into an empty builder of as many issues. */
  restore({ from, counts, figures, volumes }: SavedCandles): void {
    let row = 0;
    for (const [issue, series] of this.#minutes.entries()) {
      for (let left = counts[issue] ?? 0; left > 0; left -= 1, row += 1) {
        const [seconds = 0, open = 0, high = 0, low = 0, close = 0] = figures.subarray(
          row * FIGURES,
          (row + 1) * FIGURES,
        );
        series.push({ openTs: epochMs(from + seconds * SECOND_MS), open, high, low, close, volume: volumes[row] ?? 0 });
      }
    }
  }
}

function joined(first: Bar, second: Bar): Bar {
  return {
    openTs: first.openTs,
    open: first.open,
    high: Math.max(first.high, second.high),
    low: Math.min(first.low, second.low),
    close: second.close,
    volume: first.volume + second.volume,
  };
}
