/** A market maker's orders on one side of a venue: one a level, on neighbouring price steps, best first. */
import type { OrderSession, Side, VenueName } from '../../domain/index.ts';
import type { Exchange } from '../exchange.ts';
import type { PriceLadder } from '../book/ladder.ts';
import { PARTICIPANTS } from '../types.ts';

/** How much longer than wanted a ladder may grow before its far end is withdrawn. */
const LADDER_EXTRA = 4;
/** Ring size: a power of two above the longest ladder. */
const RING = 32;

/** Plain data: `front` is the best step, `orderNos` run from it outwards. */
export interface LadderSnapshot {
  readonly front: number;
  readonly orderNos: readonly number[];
}

/** Where the ladder stands and how large its orders are. */
export interface LadderOptions {
  readonly exchange: Exchange;
  readonly code: string;
  readonly venue: VenueName;
  readonly side: Side;
  readonly grid: PriceLadder;
  /** Shares for a new order so many levels behind the front. */
  readonly size: (level: number) => number;
}

/** Keeps its orders by step in a ring; what is filled is found by looking from the best outwards. */
export class MakerLadder {
  readonly #options: LadderOptions;
  /** Step outwards: −1 for bids, +1 for asks. */
  readonly #out: 1 | -1;
  readonly #orderNos = new Float64Array(RING);
  #front = 0;
  #count = 0;

  constructor(options: LadderOptions) {
    this.#options = options;
    this.#out = options.side === 'buy' ? -1 : 1;
  }

  /** Drops orders that are no longer in the book and gives their number; the best go first. */
  dropFilled(): number {
    const { exchange } = this.#options;
    let dropped = 0;
    while (this.#count > 0 && !exchange.isOpen(this.#orderNos[this.#front & (RING - 1)] as number)) {
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

  /** true: an order at `step` would be the ladder's best. */
  improvesTo(step: number): boolean {
    return this.#count === 0 || (this.#front - step) * this.#out > 0;
  }

  /** Adds at most `most` orders: towards `step` in front, then behind until there are `levels`. */
  fill(step: number, how: { readonly most: number; readonly levels: number; readonly session: OrderSession }): void {
    const { levels, session } = how;
    const top = this.#options.grid.size - 1;
    // What stands too far behind is no beginning: the best price comes first.
    if ((this.#front - step) * this.#out > how.most) this.withdrawAll();
    if (this.#count === 0) this.#front = step + this.#out;
    let left = how.most;
    if (this.#count === 0 && (step < 0 || step > top)) return;
    while (left > 0 && this.#front !== step && (this.#front - step) * this.#out > 0) {
      const better = this.#front - this.#out;
      if (better < 0 || better > top || !this.#submit(better, 0, session)) return;
      this.#front = better;
      this.#count += 1;
      left -= 1;
    }
    while (left > 0 && this.#count < levels) {
      const behind = this.#front + this.#count * this.#out;
      if (behind < 0 || behind > top || !this.#submit(behind, this.#count, session)) return;
      this.#count += 1;
      left -= 1;
    }
    while (this.#count > levels + LADDER_EXTRA) {
      this.#count -= 1;
      this.#cancel(this.#front + this.#count * this.#out);
    }
  }

  /** Replaces the order of a level by a fresh one at the end of its queue. */
  refresh(level: number, session: OrderSession): void {
    if (level >= this.#count) return;
    const step = this.#front + level * this.#out;
    this.#cancel(step);
    this.#submit(step, level, session);
  }

  /** Knows nothing of its orders any more: the session they were for has ended. */
  forget(): void {
    this.#count = 0;
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

  /** Withdraws every order. */
  withdrawAll(): void {
    for (let i = 0; i < this.#count; i += 1) this.#cancel(this.#front + i * this.#out);
    this.#count = 0;
  }

  #submit(step: number, level: number, session: OrderSession): boolean {
    const { exchange, code, venue, side, grid, size } = this.#options;
    const result = exchange.submit({
      owner: PARTICIPANTS,
      code,
      side,
      type: 'limit',
      timeInForce: 'day',
      price: grid.priceAt(step),
      quantity: size(level),
      route: venue,
      session,
    });
    if (!('orderNo' in result)) return false;
    this.#orderNos[step & (RING - 1)] = result.orderNo;
    return true;
  }

  #cancel(step: number): void {
    const orderNo = this.#orderNos[step & (RING - 1)] as number;
    if (this.#options.exchange.isOpen(orderNo)) this.#options.exchange.cancel(PARTICIPANTS, orderNo);
  }
}
