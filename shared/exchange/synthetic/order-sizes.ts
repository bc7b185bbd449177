/** How large orders are: a lognormal body, a heavy tail, and the sizes that people like. */
import type { Rng } from '../../rng/index.ts';
import { expOf, exponentialAt, normalAt } from './quantiles.ts';

/** Spread of the logarithm in the body, in standard deviations where the tail begins, and the tail's exponent. @source resources/krx/market-bands.json (SIZE_TAIL) */
const BODY_SD = 0.85;
const TAIL_FROM = 1.88;
const TAIL_EXPONENT = 2;
/** Mean of a draw whose median is 1: body and tail. */
const MEAN_OF_MEDIAN = 1.51;
/** Part of the sizes that are rounded to what people like. */
const ROUNDED = 0.42;
/** Single shares among all orders: many where a share is dear. Prices in won. */
const DEAR = 100_000;
const SINGLE_DEAR = 0.2;
const SINGLE_CHEAP = 0.04;
/** From how many shares sizes are rounded, and to what. */
const LIKED = [
  { from: 3_000, step: 1_000 },
  { from: 700, step: 500 },
  { from: 300, step: 100 },
  { from: 75, step: 50 },
  { from: 7, step: 10 },
] as const;

/** Draws sizes around a mean; 1 … `cap` shares. */
export class OrderSizes {
  readonly #cap: number;
  readonly #single: number;

  constructor(options: { readonly price: number; readonly cap: number }) {
    this.#cap = options.cap;
    this.#single = options.price >= DEAR ? SINGLE_DEAR : SINGLE_CHEAP;
  }

  /** A size as takers send it. */
  draw(mean: number, rng: Rng): number {
    if (rng.chance(this.#single)) return 1;
    const z = normalAt(rng.u32());
    const log = z < TAIL_FROM ? BODY_SD * z : BODY_SD * TAIL_FROM + exponentialAt(rng.u32()) / TAIL_EXPONENT;
    return this.#liked((mean / MEAN_OF_MEDIAN / (1 - this.#single)) * expOf(log), rng);
  }

  /** A size as resting orders have it: narrower. */
  drawResting(mean: number, rng: Rng): number {
    return this.#liked(mean * expOf(0.6 * normalAt(rng.u32()) - 0.18), rng);
  }

  #liked(size: number, rng: Rng): number {
    let whole = Math.max(1, Math.round(size));
    if (rng.chance(ROUNDED)) {
      const liked = LIKED.find(({ from }) => whole >= from);
      if (liked) whole = Math.max(liked.step, Math.round(whole / liked.step) * liked.step);
    }
    return Math.min(this.#cap, whole);
  }
}
