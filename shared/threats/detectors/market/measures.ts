/** Small bounded measures: a trail of points for the picture, a median that learns as it goes, figures of a row of numbers. */
import type { ThreatPicture } from '../../../domain/index.ts';

const POINTS = 60;

/** The last points of a measure, taken at most once in `everyMs`. */
export class Trail {
  readonly #points = new Float32Array(POINTS);
  readonly #everyMs: number;
  #count = 0;
  #next = 0;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** Cheap while the time for the next point has not come. */
  add(ts: number, value: number): void {
    if (ts < this.#next) return;
    this.#next = ts + this.#everyMs;
    this.#points[this.#count % POINTS] = value;
    this.#count += 1;
    if (this.#count >= 2 * POINTS) this.#count -= POINTS;
  }

  /** The points with `last` behind them, oldest first, and the line. What is no finite number is left out. */
  picture(last: number, line: number): ThreatPicture {
    const points: number[] = [];
    for (let i = Math.max(0, this.#count - POINTS); i < this.#count; i += 1) {
      const point = this.#points[i % POINTS] as number;
      if (Number.isFinite(point)) points.push(Number(point.toPrecision(6)));
    }
    if (Number.isFinite(last)) points.push(last);
    return { points, line: Number.isFinite(line) ? line : null };
  }
}

/** How far one sample moves a learned median. */
const STEP = 0.01;

/** A median of positive samples without keeping them: of the first ones exactly, then one small step at a time towards what comes. */
export class LearnedMedian {
  readonly #first: Float64Array;
  #count = 0;
  #median = 0;

  constructor(warmUp: number) {
    this.#first = new Float64Array(warmUp);
  }

  /** 0 until it has been warmed up. */
  get value(): number {
    return this.#median;
  }

  add(sample: number): void {
    if (!(sample >= 0 && sample < Infinity)) return;
    if (this.#count < this.#first.length) {
      this.#first[this.#count] = sample;
      this.#count += 1;
      if (this.#count === this.#first.length) this.#median = medianOf(this.#first);
    } else if (sample > this.#median) this.#median *= 1 + STEP;
    else if (sample < this.#median) this.#median *= 1 - STEP;
  }
}

/** Median of numbers, 0 of none; they stay as they are. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  const high = sorted[middle] as number;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] as number) + high) / 2;
}

/** Day to day returns of closes; a close that cannot be used gives a return of 0. */
export function returnsOf(closes: readonly number[]): Float64Array {
  const returns = new Float64Array(Math.max(0, closes.length - 1));
  for (let i = 1; i < closes.length; i += 1) {
    const [from, to] = [closes[i - 1] as number, closes[i] as number];
    const change = from > 0 && to > 0 ? to / from - 1 : 0;
    returns[i - 1] = Number.isFinite(change) ? change : 0;
  }
  return returns;
}

/** Root mean square of the last `count` values. */
export function sizeOfLast(values: Float64Array, count: number): number {
  const last = values.subarray(Math.max(0, values.length - count));
  let sum = 0;
  for (const value of last) sum += value * value;
  return last.length === 0 ? 0 : Math.sqrt(sum / last.length);
}
