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
  #open = new Int32Array(FIRST_CAPACITY);
  #high = new Int32Array(FIRST_CAPACITY);
  #low = new Int32Array(FIRST_CAPACITY);
  #close = new Int32Array(FIRST_CAPACITY);
  #volume = new Float64Array(FIRST_CAPACITY);
  #count = 0;

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

  /** Doubles the columns; at the bound, drops the older half instead. */
  #makeRoom(): void {
    const length = this.#openTs.length;
    if (length >= this.#max) {
      const from = length >>> 1;
      for (const column of [this.#openTs, this.#open, this.#high, this.#low, this.#close, this.#volume])
        column.copyWithin(0, from);
      this.#count = length - from;
      return;
    }
    const capacity = Math.min(this.#max, length * 2);
    const floats = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const wider = new Float64Array(capacity);
      wider.set(column);
      return wider;
    };
    const ints = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const wider = new Int32Array(capacity);
      wider.set(column);
      return wider;
    };
    this.#openTs = floats(this.#openTs);
    this.#volume = floats(this.#volume);
    this.#open = ints(this.#open);
    this.#high = ints(this.#high);
    this.#low = ints(this.#low);
    this.#close = ints(this.#close);
  }
}

/** All minute candles of a session, as plain data: [seconds since `from`, open, high, low, close] and the volumes. */
export interface SavedCandles {
  readonly from: number;
  readonly counts: Int32Array;
  readonly figures: Int32Array;
  readonly volumes: Float64Array;
}

const FIGURES = 5;

export class CandleBuilder {
  readonly #minutes: readonly BarSeries[];
  readonly #tens: readonly BarSeries[];

  /** `issues`: how many; they are known by their place. */
  constructor(issues: number) {
    this.#minutes = Array.from({ length: issues }, () => new BarSeries(MINUTE_MS, MAX_MINUTES));
    this.#tens = Array.from({ length: issues }, () => new BarSeries(INTERVAL_MS['10s'], MAX_TEN_SECONDS));
  }

  add(issue: number, ts: number, price: number, quantity: number): void {
    (this.#minutes[issue] as BarSeries).add(ts, price, quantity);
    (this.#tens[issue] as BarSeries).add(ts, price, quantity);
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

  /** Minutes only: the ten-second candles of a few hours are not worth their weight. */
  save(): SavedCandles {
    const counts = Int32Array.from(this.#minutes, (series) => series.count);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const figures = new Int32Array(total * FIGURES);
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
