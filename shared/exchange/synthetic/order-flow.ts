/** Who takes next, and on which side: large orders are worked in pieces, so the signs of trades remember for long. */
import type { Side } from '../../domain/index.ts';
import type { Rng } from '../../rng/index.ts';
import { expOf, exponentialAt } from './quantiles.ts';

/** Large orders worked at a time, and the exponent of their lengths: signs are remembered by lag^(1 − exponent). */
const PARENTS = 3;
const LENGTH_EXPONENT = 1.55;
const LONGEST = 400;

/** Plain data: side (1 buys) and pieces left of each large order. */
export interface FlowSnapshot {
  readonly sides: readonly number[];
  readonly left: readonly number[];
}

/** The large orders at work in one issue. */
export class OrderFlow {
  readonly #sides = new Uint8Array(PARENTS);
  readonly #left = new Int32Array(PARENTS);

  /** The side of the next piece; a large order that begins now buys with chance `buys` (0 … 1). */
  next(buys: number, rng: Rng): Side {
    const at = rng.int(PARENTS);
    if ((this.#left[at] as number) <= 0) {
      this.#sides[at] = rng.chance(buys) ? 1 : 0;
      this.#left[at] = Math.min(LONGEST, Math.floor(expOf(exponentialAt(rng.u32()) / LENGTH_EXPONENT)));
    }
    this.#left[at] = (this.#left[at] as number) - 1;
    return this.#sides[at] === 1 ? 'buy' : 'sell';
  }

  snapshot(): FlowSnapshot {
    return { sides: [...this.#sides], left: [...this.#left] };
  }

  restore({ sides, left }: FlowSnapshot): void {
    this.#sides.set(sides);
    this.#left.set(left);
  }
}
