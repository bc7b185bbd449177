/** The prices of an issue on a day, numbered from the lowest: the book counts in these steps, not in won. */
import { isOnTick, roundToTick, tickAt, type TickTable } from '../../market/index.ts';

/** What the book needs of prices. An issue without limits would bring another implementation. */
export interface PriceLadder {
  /** Number of steps. */
  readonly size: number;
  /** The step of a price in won, −1 for a price that is not valid. */
  indexOf(price: number): number;
  /** Won at a step 0 … size − 1. */
  priceAt(index: number): number;
  /** First step at or above a price; `size` above the highest. */
  ceilIndex(price: number): number;
  /** Last step at or below a price; −1 below the lowest. */
  floorIndex(price: number): number;
}

/** Widest ladder allowed: a base price of 100,000,000 won has 60,000 steps. */
const MAX_STEPS = 400_000;

/** A run of equal steps. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly tick: number;
  readonly index: number;
}

/** All valid prices between two limits. */
export class BandLadder implements PriceLadder {
  readonly size: number;
  readonly #prices: Int32Array;
  readonly #segments: readonly Segment[];
  #askedPrice = 0;
  #askedIndex = -1;

  /** Limits in won; they are drawn in to valid prices. Throws RangeError where none or too many lie between them. */
  constructor(table: TickTable, limits: { readonly lower: number; readonly upper: number }) {
    const lower = roundToTick(table, limits.lower, 'up');
    const upper = roundToTick(table, limits.upper, 'down');
    if (!isOnTick(table, lower) || lower > upper || upper > 2_147_483_647) {
      throw new RangeError(`no valid prices from ${limits.lower} to ${limits.upper}`);
    }
    const segments: Segment[] = [];
    let size = 0;
    for (let from = lower; from <= upper;) {
      const tick = tickAt(table, from);
      const band = table.find((b) => b.lt === null || from < b.lt);
      const to = band && band.lt !== null && band.lt <= upper ? band.lt - tick : upper;
      segments.push({ from, to, tick, index: size });
      size += (to - from) / tick + 1;
      from = to + tick;
    }
    if (size > MAX_STEPS) throw new RangeError(`more than ${MAX_STEPS} prices from ${lower} to ${upper}`);
    this.size = size;
    this.#segments = segments;
    this.#prices = new Int32Array(size);
    for (const { from, to, tick, index } of segments) {
      for (let price = from, i = index; price <= to; price += tick, i += 1) this.#prices[i] = price;
    }
  }

  indexOf(price: number): number {
    // Whoever checks a price soon asks for its step again.
    if (price !== this.#askedPrice) {
      this.#askedIndex = this.#find(price);
      this.#askedPrice = price;
    }
    return this.#askedIndex;
  }

  #find(price: number): number {
    for (const segment of this.#segments) {
      if (price <= segment.to) {
        const steps = (price - segment.from) / segment.tick;
        return steps >= 0 && Number.isInteger(steps) ? segment.index + steps : -1;
      }
    }
    return -1;
  }

  priceAt(index: number): number {
    return this.#prices[index] as number;
  }

  ceilIndex(price: number): number {
    for (const segment of this.#segments) {
      if (price <= segment.to) {
        return segment.index + Math.max(0, Math.ceil((price - segment.from) / segment.tick));
      }
    }
    return this.size;
  }

  floorIndex(price: number): number {
    const above = this.ceilIndex(price);
    return above < this.size && this.#prices[above] === price ? above : above - 1;
  }
}
