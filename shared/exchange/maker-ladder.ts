/** A market maker's orders on one side: one a level, on neighbouring price steps, best first. */
import type { Side } from '../domain/index.ts';
import type { PriceLadder } from './ladder.ts';
import { PARTICIPANTS } from './types.ts';
import type { Venue } from './venue.ts';

/** Levels kept; ten are shown. */
const LADDER_LEVELS = 14;
/** Longest ladder before its far end is withdrawn. */
const LADDER_LIMIT = 18;
/** Ring size: a power of two above the limit. */
const RING = 32;

/** Plain data: `front` is the best step, `orderNos` run from it outwards. */
export interface LadderSnapshot {
  readonly front: number;
  readonly orderNos: readonly number[];
}

/** Where the ladder stands and how large its orders are. */
export interface LadderOptions {
  readonly venue: Venue;
  readonly code: string;
  readonly side: Side;
  readonly grid: PriceLadder;
  /** Shares for a new order so many levels behind the front. */
  readonly size: (level: number) => number;
}

/** Keeps its orders by step in a ring; what is filled is found by looking from the best outwards. */
export class MakerLadder {
  readonly #venue: Venue;
  readonly #code: string;
  readonly #side: Side;
  readonly #grid: PriceLadder;
  readonly #size: (level: number) => number;
  /** Step outwards: −1 for bids, +1 for asks. */
  readonly #out: 1 | -1;
  readonly #orderNos = new Float64Array(RING);
  #front = 0;
  #count = 0;

  constructor(options: LadderOptions) {
    this.#venue = options.venue;
    this.#code = options.code;
    this.#side = options.side;
    this.#grid = options.grid;
    this.#size = options.size;
    this.#out = options.side === 'buy' ? -1 : 1;
  }

  /** Drops orders that are no longer in the book and gives their number; the best go first. */
  dropFilled(): number {
    let dropped = 0;
    while (this.#count > 0 && this.#venue.order(this.#orderNos[this.#front & (RING - 1)] as number) === undefined) {
      this.#front += this.#out;
      this.#count -= 1;
      dropped += 1;
    }
    return dropped;
  }

  /** Withdraws every order better than `step`. Call on both sides before either is filled. */
  retreat(step: number): void {
    while (this.#count > 0 && (step - this.#front) * this.#out > 0) {
      this.#cancel(this.#front);
      this.#front += this.#out;
      this.#count -= 1;
    }
  }

  /** Adds at most `most` orders: towards `step` in front, then behind until the ladder is long enough. */
  fill(step: number, most: number): void {
    const top = this.#grid.size - 1;
    if (this.#count === 0) this.#front = step + this.#out;
    let left = most;
    if (this.#count === 0 && (step < 0 || step > top)) return;
    while (left > 0 && this.#front !== step && (this.#front - step) * this.#out > 0) {
      const better = this.#front - this.#out;
      if (better < 0 || better > top || !this.#submit(better, 0)) return;
      this.#front = better;
      this.#count += 1;
      left -= 1;
    }
    while (left > 0 && this.#count < LADDER_LEVELS) {
      const behind = this.#front + this.#count * this.#out;
      if (behind < 0 || behind > top || !this.#submit(behind, this.#count)) return;
      this.#count += 1;
      left -= 1;
    }
    while (this.#count > LADDER_LIMIT) {
      this.#count -= 1;
      this.#cancel(this.#front + this.#count * this.#out);
    }
  }

  /** Replaces the order of a level by a fresh one at the end of its queue. */
  refresh(level: number): void {
    if (level >= this.#count) return;
    const step = this.#front + level * this.#out;
    this.#cancel(step);
    this.#submit(step, level);
  }

  snapshot(): LadderSnapshot {
    const orderNos: number[] = [];
    for (let i = 0; i < this.#count; i += 1) {
      orderNos.push(this.#orderNos[(this.#front + i * this.#out) & (RING - 1)] as number);
    }
    return { front: this.#front, orderNos };
  }

  restore(snapshot: LadderSnapshot): void {
    this.#front = snapshot.front;
    this.#count = snapshot.orderNos.length;
    snapshot.orderNos.forEach((orderNo, i) => {
      this.#orderNos[(this.#front + i * this.#out) & (RING - 1)] = orderNo;
    });
  }

  #submit(step: number, level: number): boolean {
    const result = this.#venue.submit({
      owner: PARTICIPANTS,
      code: this.#code,
      side: this.#side,
      type: 'limit',
      timeInForce: 'day',
      price: this.#grid.priceAt(step),
      quantity: this.#size(level),
    });
    if (!('orderNo' in result)) return false;
    this.#orderNos[step & (RING - 1)] = result.orderNo;
    return true;
  }

  #cancel(step: number): void {
    const orderNo = this.#orderNos[step & (RING - 1)] as number;
    if (this.#venue.order(orderNo) !== undefined) this.#venue.cancel(PARTICIPANTS, orderNo);
  }
}
