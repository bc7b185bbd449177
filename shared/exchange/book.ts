/** The limit order book of one issue: strict price-time priority, market orders ahead of all limits. */
import type { PriceLadder } from './ladder.ts';
import { BUY, type OrderPool, type SideCode } from './order-pool.ts';

/** Told of each match, after the book has changed. Price in won. */
export interface FillSink {
  filled(price: number, quantity: number, restingNo: number, restingOwner: number): void;
}

/**
 * Levels are numbered by the ladder; number `ladder.size` is the queue of market orders. Orders of a level form a
 * linked queue through the pool's columns. A bit per level tells which hold orders, so the next best one is found by
 * counting zeros. The opposite of side s is 1 − s.
 */
export class Book {
  readonly ladder: PriceLadder;
  readonly #pool: OrderPool;
  readonly #marketLevel: number;
  /** Columns of both sides: buys first, then sells at `#width`. */
  readonly #width: number;
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  readonly #quantity: Float64Array;
  readonly #words: number;
  readonly #bits: Int32Array;
  /** Highest step with a buy limit, −1 for none; lowest step with a sell limit, `size` for none. */
  #bestBuy = -1;
  #bestSell: number;
  /** Step of the last trade, or of the base price before the first. */
  lastIndex: number;

  constructor(pool: OrderPool, ladder: PriceLadder, lastIndex: number) {
    this.#pool = pool;
    this.ladder = ladder;
    this.lastIndex = lastIndex;
    this.#marketLevel = ladder.size;
    this.#width = ladder.size + 1;
    this.#head = new Int32Array(this.#width * 2).fill(-1);
    this.#tail = new Int32Array(this.#width * 2).fill(-1);
    this.#quantity = new Float64Array(this.#width * 2);
    this.#words = (ladder.size + 31) >>> 5;
    this.#bits = new Int32Array(this.#words * 2);
    this.#bestSell = ladder.size;
  }

  /** Best step of a side's limits; −1 where there are none. */
  bestIndex(side: SideCode): number {
    if (side === BUY) return this.#bestBuy;
    return this.#bestSell === this.ladder.size ? -1 : this.#bestSell;
  }

  /** The step farthest from the market on a side; −1 where there are none. */
  worstIndex(side: SideCode): number {
    return side === BUY ? this.#atOrAbove(side, 0) : this.#atOrBelow(side, this.ladder.size - 1);
  }

  /** The next step with orders behind a step (lower for buys, higher for sells); −1 after the last. */
  nextIndex(side: SideCode, index: number): number {
    return side === BUY ? this.#atOrBelow(side, index - 1) : this.#atOrAbove(side, index + 1);
  }

  /** Units waiting at a step. */
  quantityAt(side: SideCode, index: number): number {
    return this.#quantity[side * this.#width + index] as number;
  }

  /** Units of market orders waiting. */
  marketQuantity(side: SideCode): number {
    return this.#quantity[side * this.#width + this.#marketLevel] as number;
  }

  /** The slot served next on a side: market orders, then the best level, oldest first; −1 for an empty side. */
  front(side: SideCode): number {
    const market = this.#head[side * this.#width + this.#marketLevel] as number;
    if (market >= 0) return market;
    const best = this.bestIndex(side);
    return best < 0 ? -1 : (this.#head[side * this.#width + best] as number);
  }

  /** Slots of a level in time order; `null` for the market queue. For views and snapshots. */
  *queue(side: SideCode, index: number | null): Generator<number> {
    let slot = this.#head[side * this.#width + (index ?? this.#marketLevel)] as number;
    while (slot >= 0) {
      const next = this.#pool.next[slot] as number;
      yield slot;
      slot = next;
    }
  }

  /** Puts an order at the end of its level's queue: a step, or `null` for a market order. */
  append(slot: number, index: number | null): void {
    const pool = this.#pool;
    const side = pool.side[slot] as SideCode;
    const level = index ?? this.#marketLevel;
    const at = side * this.#width + level;
    const tail = this.#tail[at] as number;
    pool.level[slot] = level;
    pool.prev[slot] = tail;
    pool.next[slot] = -1;
    if (tail >= 0) pool.next[tail] = slot;
    else {
      this.#head[at] = slot;
      if (index !== null) this.#opened(side, index);
    }
    this.#tail[at] = slot;
    this.#quantity[at] = (this.#quantity[at] as number) + (pool.open[slot] as number);
  }

  /** Takes a whole order out and frees its slot. */
  remove(slot: number): void {
    const pool = this.#pool;
    const side = pool.side[slot] as SideCode;
    const level = pool.level[slot] as number;
    const at = side * this.#width + level;
    const prev = pool.prev[slot] as number;
    const next = pool.next[slot] as number;
    if (prev >= 0) pool.next[prev] = next;
    else this.#head[at] = next;
    if (next >= 0) pool.prev[next] = prev;
    else this.#tail[at] = prev;
    this.#quantity[at] = (this.#quantity[at] as number) - (pool.open[slot] as number);
    if (prev < 0 && next < 0 && level !== this.#marketLevel) this.#emptied(side, level);
    pool.release(slot);
  }

  /** Fills part or all of an order; a full one leaves the book. */
  reduce(slot: number, quantity: number): void {
    const pool = this.#pool;
    const open = pool.open[slot] as number;
    if (quantity === open) {
      this.remove(slot);
      return;
    }
    pool.open[slot] = open - quantity;
    const at = (pool.side[slot] as number) * this.#width + (pool.level[slot] as number);
    this.#quantity[at] = (this.#quantity[at] as number) - quantity;
  }

  /**
   * Matches an incoming order of `side` against the other side, at best down (up) to step `limit`; `limit` null for a
   * market order. Returns what is left.
   */
  take(side: SideCode, limit: number | null, quantity: number, sink: FillSink): number {
    const pool = this.#pool;
    const other = (1 - side) as SideCode;
    let left = quantity;
    while (left > 0) {
      const index = this.#matchIndex(other, limit);
      if (index < 0) break;
      const slot = this.front(other);
      const open = pool.open[slot] as number;
      const fill = open < left ? open : left;
      const restingNo = pool.orderNo[slot] as number;
      const restingOwner = pool.owner[slot] as number;
      this.reduce(slot, fill);
      left -= fill;
      this.lastIndex = index;
      sink.filled(this.ladder.priceAt(index), fill, restingNo, restingOwner);
    }
    return left;
  }

  /** Units an incoming order could match at once, counted no further than `need`. */
  matchable(side: SideCode, limit: number | null, need: number): number {
    const other = (1 - side) as SideCode;
    let sum = this.marketQuantity(other);
    for (let index = this.bestIndex(other); index >= 0 && sum < need; index = this.nextIndex(other, index)) {
      if (limit !== null && (side === BUY ? index > limit : index < limit)) break;
      sum += this.quantityAt(other, index);
    }
    return sum < need ? sum : need;
  }

  /** The step at which the resting front of `resting` trades with an incoming limit; −1 where they do not meet. */
  #matchIndex(resting: SideCode, limit: number | null): number {
    if ((this.#head[resting * this.#width + this.#marketLevel] as number) >= 0)
      return this.#deemedIndex(resting, limit);
    const best = this.bestIndex(resting);
    if (best < 0 || limit === null) return best;
    if (resting === BUY) return best >= limit ? best : -1;
    return best <= limit ? best : -1;
  }

  /**
   * The price a waiting market order is taken to carry: one tick better than the best limit of its own side (within
   * the limits; the last price if there is none), or the incoming limit if that is better for the other side.
   * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 24(2)
   */
  #deemedIndex(side: SideCode, incoming: number | null): number {
    const top = this.ladder.size - 1;
    if (side === BUY) {
      const own = this.#bestBuy < 0 ? this.lastIndex : Math.min(this.#bestBuy + 1, top);
      return incoming === null ? own : Math.max(own, incoming);
    }
    const own = this.#bestSell > top ? this.lastIndex : Math.max(this.#bestSell - 1, 0);
    return incoming === null ? own : Math.min(own, incoming);
  }

  #opened(side: SideCode, index: number): void {
    const word = side * this.#words + (index >>> 5);
    this.#bits[word] = (this.#bits[word] as number) | (1 << (index & 31));
    if (side === BUY) {
      if (index > this.#bestBuy) this.#bestBuy = index;
    } else if (index < this.#bestSell) this.#bestSell = index;
  }

  #emptied(side: SideCode, index: number): void {
    const word = side * this.#words + (index >>> 5);
    this.#bits[word] = (this.#bits[word] as number) & ~(1 << (index & 31));
    if (side === BUY) {
      if (index === this.#bestBuy) this.#bestBuy = this.#atOrBelow(side, index - 1);
    } else if (index === this.#bestSell) {
      const next = this.#atOrAbove(side, index + 1);
      this.#bestSell = next < 0 ? this.ladder.size : next;
    }
  }

  #atOrBelow(side: SideCode, index: number): number {
    if (index < 0) return -1;
    const base = side * this.#words;
    let word = index >>> 5;
    let bits = (this.#bits[base + word] as number) & (-1 >>> (31 - (index & 31)));
    while (bits === 0) {
      if (word === 0) return -1;
      word -= 1;
      bits = this.#bits[base + word] as number;
    }
    return (word << 5) + 31 - Math.clz32(bits);
  }

  #atOrAbove(side: SideCode, index: number): number {
    if (index >= this.ladder.size) return -1;
    const base = side * this.#words;
    let word = index >>> 5;
    let bits = (this.#bits[base + word] as number) & (-1 << (index & 31));
    while (bits === 0) {
      word += 1;
      if (word === this.#words) return -1;
      bits = this.#bits[base + word] as number;
    }
    return (word << 5) + 31 - Math.clz32(bits & -bits);
  }
}
