/** Queues of orders in time order, by side and level, linked through the pool's columns: no object is made for an order. */
import type { OrderPool, SideCode } from './order-pool.ts';

/** An order stands in one queue at a time; `level` of the pool says in which. */
export class LevelQueues {
  readonly #pool: OrderPool;
  /** Columns of both sides: buys first, then sells at `#width`. */
  readonly #width: number;
  /** Slot + 1, so that a fresh array says "none": its pages are touched only where orders stand. */
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  readonly #quantity: Float64Array;
  #arrivals = 0;

  /** For levels 0 … levels − 1 on both sides. */
  constructor(pool: OrderPool, levels: number) {
    this.#pool = pool;
    this.#width = levels;
    const cells = levels * 2;
    // One piece of memory: hundreds of books are made at once when a day is taken back.
    const memory = new ArrayBuffer(cells * 16);
    this.#quantity = new Float64Array(memory, 0, cells);
    this.#head = new Int32Array(memory, cells * 8, cells);
    this.#tail = new Int32Array(memory, cells * 12, cells);
  }

  /** Slot of the oldest order of a level; −1 for none. */
  head(side: SideCode, level: number): number {
    return (this.#head[side * this.#width + level] as number) - 1;
  }

  /** Slot of the youngest order of a level; −1 for none. */
  tail(side: SideCode, level: number): number {
    return (this.#tail[side * this.#width + level] as number) - 1;
  }

  /** Units waiting at a level. */
  quantity(side: SideCode, level: number): number {
    return this.#quantity[side * this.#width + level] as number;
  }

  /** Slots of a level in time order; the one told may be removed. */
  *slots(side: SideCode, level: number): Generator<number> {
    let slot = this.head(side, level);
    while (slot >= 0) {
      const next = this.#pool.next[slot] as number;
      yield slot;
      slot = next;
    }
  }

  /** Whether order `a` came before order `b`. */
  earlier(a: number, b: number): boolean {
    return (this.#pool.arrival[a] as number) < (this.#pool.arrival[b] as number);
  }

  /** Puts an order at the end of a level; true: it is the first there. */
  append(slot: number, level: number): boolean {
    const pool = this.#pool;
    const at = (pool.side[slot] as number) * this.#width + level;
    const tail = (this.#tail[at] as number) - 1;
    this.#arrivals += 1;
    pool.arrival[slot] = this.#arrivals;
    pool.level[slot] = level;
    pool.prev[slot] = tail;
    pool.next[slot] = -1;
    if (tail >= 0) pool.next[tail] = slot;
    else this.#head[at] = slot + 1;
    this.#tail[at] = slot + 1;
    this.#quantity[at] = (this.#quantity[at] as number) + (pool.open[slot] as number);
    return tail < 0;
  }

  /** Takes an order out of its level, but not out of the pool; true: the level is empty now. */
  detach(slot: number): boolean {
    const pool = this.#pool;
    const at = (pool.side[slot] as number) * this.#width + (pool.level[slot] as number);
    const prev = pool.prev[slot] as number;
    const next = pool.next[slot] as number;
    if (prev >= 0) pool.next[prev] = next;
    else this.#head[at] = next + 1;
    if (next >= 0) pool.prev[next] = prev;
    else this.#tail[at] = prev + 1;
    this.#quantity[at] = (this.#quantity[at] as number) - (pool.open[slot] as number);
    return prev < 0 && next < 0;
  }

  /** Takes units off an order that keeps some. */
  shrink(slot: number, quantity: number): void {
    const pool = this.#pool;
    pool.open[slot] = (pool.open[slot] as number) - quantity;
    const at = (pool.side[slot] as number) * this.#width + (pool.level[slot] as number);
    this.#quantity[at] = (this.#quantity[at] as number) - quantity;
  }
}
