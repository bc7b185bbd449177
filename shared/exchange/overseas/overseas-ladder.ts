/** The valid prices of a foreign issue on a day, numbered from the lowest, by tables of either rule. */
import { tickRuns, type OverseasTicks } from '../../market/index.ts';
import type { PriceLadder } from '../book/ladder.ts';

/** Widest ladder allowed; each step takes about 50 bytes of the book. */
export const MAX_OVERSEAS_STEPS = 400_000;

/** Largest scaled price: columns of the book are 32-bit. */
const MAX_PRICE = 2_147_483_647;

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly tick: number;
  /** Step of `from`. */
  readonly index: number;
}

function steps(segment: { readonly from: number; readonly to: number; readonly tick: number }): number {
  return (segment.to - segment.from) / segment.tick + 1;
}

export class TableLadder implements PriceLadder {
  readonly size: number;
  readonly #segments: readonly Segment[];

  /** Valid prices between two scaled prices. Throws RangeError where none or too many lie between them. */
  constructor(table: OverseasTicks, limits: { readonly lower: number; readonly upper: number }) {
    const segments: Segment[] = [];
    let index = 0;
    for (const run of tickRuns(table)) {
      const { tick } = run;
      const from = Math.max(run.from, Math.ceil(limits.lower / tick) * tick);
      const top = Math.min(run.to ?? MAX_PRICE, limits.upper, MAX_PRICE);
      const to = Math.floor(top / tick) * tick;
      if (from > to) continue;
      const segment = { from, to, tick, index };
      segments.push(segment);
      index += steps(segment);
    }
    if (index === 0 || index > MAX_OVERSEAS_STEPS) {
      throw new RangeError(`${index} valid prices from ${limits.lower} to ${limits.upper}`);
    }
    this.size = index;
    this.#segments = segments;
  }

  indexOf(price: number): number {
    const at = this.#segments.find(({ to }) => price <= to);
    if (!at) return -1;
    const step = (price - at.from) / at.tick;
    return step >= 0 && Number.isInteger(step) ? at.index + step : -1;
  }

  priceAt(index: number): number {
    for (const segment of this.#segments) {
      const step = index - segment.index;
      if (step < steps(segment)) return segment.from + step * segment.tick;
    }
    throw new RangeError(`step ${index} of ${this.size}`);
  }

  ceilIndex(price: number): number {
    const at = this.#segments.find(({ to }) => price <= to);
    return at ? at.index + Math.max(0, Math.ceil((price - at.from) / at.tick)) : this.size;
  }

  floorIndex(price: number): number {
    const above = this.ceilIndex(price);
    return above < this.size && this.priceAt(above) === price ? above : above - 1;
  }
}
