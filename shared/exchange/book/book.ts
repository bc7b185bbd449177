/** The order book of one issue on one venue: strict price-time priority, with market and mid-price orders. */
import { Allocation, type AllocationState } from './allocation.ts';
import { deemedIndex } from './deemed-price.ts';
import type { PriceLadder } from './ladder.ts';
import { LevelQueues } from './level-queues.ts';
import type { FillSink } from './match-sink.ts';
import { BUY, SELL, type OrderPool, type SideCode } from './order-pool.ts';
import { StepSet } from './step-set.ts';

/** Bounds that no price reaches. */
export const NO_FLOOR = 0;
export const NO_CEIL = 2_147_483_647;

/** An order that is about to match. */
export interface Incoming {
  readonly side: SideCode;
  /** Step; null for a market order. Not looked at where `mid` is true. */
  readonly limit: number | null;
  readonly quantity: number;
  /** Won: matching stops before a trade at this price or below; NO_FLOOR for none. */
  readonly floor: number;
  /** Won: matching stops before a trade at this price or above; NO_CEIL for none. */
  readonly ceil: number;
  /** true: a mid-price order. */
  readonly mid?: boolean;
}

/**
 * Levels are numbered by the ladder; number `ladder.size` is the queue of market orders, the next one the hidden queue of
 * mid-price orders. Orders of a level form a linked queue through the pool's columns. The opposite of side s is
 * 1 − s.
 */
export class Book {
  readonly ladder: PriceLadder;
  readonly #pool: OrderPool;
  readonly #top: number;
  readonly #marketLevel: number;
  readonly #midLevel: number;
  readonly #queues: LevelQueues;
  /** Steps that hold orders, buys and sells. */
  readonly #steps: readonly [StepSet, StepSet];
  /** Highest step with a buy limit, −1 for none; lowest step with a sell limit, `size` for none. */
  #bestBuy = -1;
  #bestSell: number;
  /** Orders per side that are not plain limits: market and mid. While there is none the front is the best level's. */
  readonly #special = new Int32Array(2);
  #allocation: Allocation | null = null;
  /** Won at which the resting order found last would trade. */
  #meetPrice = 0;
  /** Won: the last trade, or the base price before the first. Off tick after a mid-price trade. */
  last: number;
  /** Won at which the last `take` (or `crossMids`) was stopped by a bound; 0 where it was not. */
  blockedAt = 0;

  /** `last`: won, the base price before the first trade. */
  constructor(pool: OrderPool, ladder: PriceLadder, last: number) {
    this.#pool = pool;
    this.ladder = ladder;
    this.last = last;
    this.#top = ladder.size - 1;
    this.#marketLevel = ladder.size;
    this.#midLevel = ladder.size + 1;
    this.#queues = new LevelQueues(pool, ladder.size + 2);
    this.#steps = [new StepSet(ladder.size), new StepSet(ladder.size)];
    this.#bestSell = ladder.size;
  }

  /** Best step of a side's limits; −1 where there are none. */
  bestIndex(side: SideCode): number {
    if (side === BUY) return this.#bestBuy;
    return this.#bestSell > this.#top ? -1 : this.#bestSell;
  }

  /** The step farthest from the market on a side; −1 where there are none. */
  worstIndex(side: SideCode): number {
    return side === BUY ? this.#steps[BUY].atOrAbove(0) : this.#steps[SELL].atOrBelow(this.#top);
  }

  /** The next step with orders behind a step (lower for buys, higher for sells); −1 after the last. */
  nextIndex(side: SideCode, index: number): number {
    return side === BUY ? this.#steps[BUY].atOrBelow(index - 1) : this.#steps[SELL].atOrAbove(index + 1);
  }

  /** Units waiting at a step. */
  quantityAt(side: SideCode, index: number): number {
    return this.#queues.quantity(side, index);
  }

  /** Units of market orders waiting. */
  marketQuantity(side: SideCode): number {
    return this.#queues.quantity(side, this.#marketLevel);
  }

  /** Units of mid-price orders waiting, suspended or not. */
  midQuantity(side: SideCode): number {
    return this.#queues.quantity(side, this.#midLevel);
  }

  /** The oldest mid-price order's slot of a side; −1 for none. */
  midFront(side: SideCode): number {
    return this.#queues.head(side, this.#midLevel);
  }

  /**
   * Won: the mean of the best limit quotes, fractions dropped, possibly off tick; 0 (mids are suspended) while a side has none.
   * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 4-2
   */
  get midPrice(): number {
    return this.#midOf(this.#bestBuy, this.bestIndex(SELL));
  }

  /**
   * The slot served next on a side among market and limit orders: the better price, then the earlier; market orders stand
   * ahead of all limits but those at the day's limit price, which count as the same price. −1 for an empty side.
   * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 22(2)
   */
  front(side: SideCode): number {
    const best = this.bestIndex(side);
    const limit = best < 0 ? -1 : this.#queues.head(side, best);
    if (this.#allocation?.side === side) {
      const slot = this.#allocated();
      if (slot >= 0) return slot;
    }
    const market = this.#queues.head(side, this.#marketLevel);
    if (market < 0) return limit;
    const same = limit >= 0 && best === (side === BUY ? this.#top : 0);
    return same && this.#queues.earlier(limit, market) ? limit : market;
  }

  /** Units the front of a side may take in one match: its rest, or its turn of a size-first allocation. */
  frontQuantity(side: SideCode, slot: number): number {
    const open = this.#pool.open[slot] as number;
    const allocation = this.#allocation;
    if (allocation?.side !== side || allocation.slot() !== slot) return open;
    return Math.min(open, allocation.quantity);
  }

  /** Slots of a level in time order: a step, `null` for the market queue, 'mid' for the mid-price queue. */
  queue(side: SideCode, level: number | null | 'mid'): Generator<number> {
    const at = level === null ? this.#marketLevel : level === 'mid' ? this.#midLevel : level;
    return this.#queues.slots(side, at);
  }

  /** All slots of a side, such that entering them again in this order keeps who was first. For snapshots and expiry. */
  *slots(side: SideCode): Generator<number> {
    if ((this.#special[side] as number) === 0) {
      yield* this.#limits(side);
      return;
    }
    const all = [...this.queue(side, null), ...this.queue(side, 'mid'), ...this.#limits(side)];
    const { arrival } = this.#pool;
    yield* all.sort((a, b) => (arrival[a] as number) - (arrival[b] as number));
  }

  /** Puts an order at the end of its level's queue: a step, or `null` for a market order. */
  append(slot: number, index: number | null): void {
    if (index === null) this.#appendSpecial(slot, this.#marketLevel);
    else if (this.#queues.append(slot, index)) this.#opened(this.#pool.side[slot] as SideCode, index);
  }

  /** Puts a mid-price order at the end of the hidden queue. */
  appendMid(slot: number): void {
    this.#appendSpecial(slot, this.#midLevel);
  }

  /** Takes a whole order out and frees its slot. */
  remove(slot: number): void {
    this.detach(slot);
    this.#pool.release(slot);
  }

  /** Takes a whole order out but keeps its slot, to enter it again elsewhere. */
  detach(slot: number): void {
    const side = this.#pool.side[slot] as SideCode;
    const level = this.#pool.level[slot] as number;
    const emptied = this.#queues.detach(slot);
    if (level > this.#top) this.#special[side] = (this.#special[side] as number) - 1;
    else if (emptied) this.#emptied(side, level);
  }

  /** Takes units off an order without a trade and without loss of time priority; a full one leaves the book. */
  shrink(slot: number, quantity: number): void {
    if (quantity === this.#pool.open[slot]) this.remove(slot);
    else this.#queues.shrink(slot, quantity);
  }

  /** Fills part or all of an order; a full one leaves the book. */
  reduce(slot: number, quantity: number): void {
    const allocation = this.#allocation;
    if (allocation !== null && allocation.slot() === slot) allocation.served(quantity);
    this.shrink(slot, quantity);
  }

  /** Matches an incoming order against the other side; returns what is left, and tells in `blockedAt` what stopped it. */
  take(order: Incoming, sink: FillSink): number {
    const pool = this.#pool;
    const { side, limit, floor, ceil } = order;
    const other = (1 - side) as SideCode;
    const plain = order.mid !== true;
    let left = order.quantity;
    this.blockedAt = 0;
    while (left > 0) {
      let slot: number;
      let price: number;
      let most: number;
      if (plain && this.#special[other] === 0 && this.#allocation === null) {
        const best = side === BUY ? this.#bestSell : this.#bestBuy;
        if (best < 0 || best > this.#top) break;
        if (limit !== null && (side === BUY ? best > limit : best < limit)) break;
        price = this.ladder.priceAt(best);
        slot = this.#queues.head(other, best);
        most = pool.open[slot] as number;
      } else {
        slot = this.#meet(order);
        if (slot < 0) break;
        price = this.#meetPrice;
        most = this.frontQuantity(other, slot);
      }
      if (price <= floor || price >= ceil) {
        this.blockedAt = price;
        break;
      }
      const fill = most < left ? most : left;
      const restingNo = pool.orderNo[slot] as number;
      const restingOwner = pool.owner[slot] as number;
      this.reduce(slot, fill);
      left -= fill;
      this.last = price;
      sink.filled(price, fill, restingNo, restingOwner);
    }
    return left;
  }

  /** Units of an order that could match at once, within its bounds. */
  matchable(order: Incoming): number {
    const { side, quantity } = order;
    const other = (1 - side) as SideCode;
    const own = this.bestIndex(side);
    const limit = this.#limitOf(order);
    const free = (price: number): boolean => price > order.floor && price < order.ceil;
    let sum = this.marketQuantity(other);
    if (sum > 0 && !free(this.ladder.priceAt(this.#deemedIndex(other, limit)))) return 0;
    let mids = this.midQuantity(other);
    let index = this.bestIndex(other);
    while (sum < quantity) {
      const mid = mids > 0 ? (side === BUY ? this.#midOf(own, index) : this.#midOf(index, own)) : 0;
      const step = index < 0 ? 0 : this.ladder.priceAt(index);
      const reached = index >= 0 && (limit === null || (side === BUY ? index <= limit : index >= limit));
      if (mid > 0 && mid !== step && this.#reachesMid(order, limit, mid)) {
        if (!free(mid)) break;
        sum += mids;
        mids = 0;
        continue;
      }
      if (!reached || !free(step)) break;
      // At one price the mids that came before the level's last order are served before the level is used up.
      const early = mid === step && mid > 0 ? this.#midsBefore(other, index) : 0;
      mids -= early;
      sum += early + this.quantityAt(other, index);
      index = this.nextIndex(other, index);
    }
    return Math.min(sum, quantity);
  }

  /** Ends all mid-price orders, buys first, each side by time; `voided` is told of each before it leaves. */
  voidMids(voided: (slot: number) => void): void {
    for (const side of [BUY, SELL] as const) {
      for (const slot of this.queue(side, 'mid')) {
        voided(slot);
        this.remove(slot);
      }
    }
  }

  /** Deals a side's orders at its limit price and its market orders out by size; `unit` is the trading unit. */
  allocate(side: SideCode, unit: number): void {
    const edge = side === BUY ? this.#top : 0;
    const { arrival } = this.#pool;
    const slots = [...this.queue(side, null), ...this.queue(side, edge)];
    slots.sort((a, b) => (arrival[a] as number) - (arrival[b] as number));
    this.#allocation = Allocation.deal(this.#pool, side, slots, unit);
  }

  /** The size-first allocation in force, null for none; for snapshots. */
  get allocation(): AllocationState | null {
    return this.#allocation?.state() ?? null;
  }

  set allocation(state: AllocationState | null) {
    this.#allocation = state && Allocation.restore(this.#pool, state);
  }

  *#limits(side: SideCode): Generator<number> {
    for (let index = this.bestIndex(side); index >= 0; index = this.nextIndex(side, index)) {
      yield* this.queue(side, index);
    }
  }

  /** The slot whose turn it is in the allocation; −1, and the allocation forgotten, once it no longer holds. */
  #allocated(): number {
    const allocation = this.#allocation as Allocation;
    const slot = allocation.slot();
    const edge = allocation.side === BUY ? this.#top : 0;
    // Market orders keep their turns only as long as they are taken to stand at the limit price.
    const holds =
      slot >= 0 && (this.bestIndex(allocation.side) === edge || this.#deemedIndex(allocation.side, null) === edge);
    if (!holds) this.#allocation = null;
    return holds ? slot : -1;
  }

  /** The resting slot an incoming order meets, its price in `#meetPrice`; −1 where they do not meet. */
  #meet(order: Incoming): number {
    const other = (1 - order.side) as SideCode;
    const limit = this.#limitOf(order);
    let front = this.front(other);
    let price = 0;
    if (front >= 0) {
      const level = this.#pool.level[front] as number;
      const index = level === this.#marketLevel ? this.#deemedIndex(other, limit) : level;
      if (limit !== null && (order.side === BUY ? index > limit : index < limit)) front = -1;
      else price = this.ladder.priceAt(index);
    }
    const mid = this.midFront(other);
    const midPrice = mid < 0 ? 0 : this.midPrice;
    if (midPrice > 0 && this.#reachesMid(order, limit, midPrice) && this.#midFirst(mid, midPrice, front, price)) {
      this.#meetPrice = midPrice;
      return mid;
    }
    this.#meetPrice = price;
    return front;
  }

  /** Whether a reached mid is served before the front of its side (−1: none). */
  #midFirst(mid: number, midPrice: number, front: number, price: number): boolean {
    if (front < 0) return true;
    if (this.#pool.level[front] === this.#marketLevel) return false;
    return midPrice !== price || this.#queues.earlier(mid, front);
  }

  /** The step down (up) to which an incoming order matches limits; null for all. */
  #limitOf(order: Incoming): number | null {
    if (order.mid !== true) return order.limit;
    const price = this.midPrice;
    if (order.side === BUY) return price > 0 ? this.ladder.floorIndex(price) : -1;
    return price > 0 ? this.ladder.ceilIndex(price) : this.ladder.size;
  }

  #reachesMid(order: Incoming, limit: number | null, mid: number): boolean {
    const price = order.mid === true || limit === null ? mid : this.ladder.priceAt(limit);
    return order.side === BUY ? price >= mid : price <= mid;
  }

  /** Units of mids that came before the last order of a step. */
  #midsBefore(side: SideCode, index: number): number {
    const last = this.#queues.tail(side, index);
    let sum = 0;
    for (const slot of this.queue(side, 'mid')) {
      if (!this.#queues.earlier(slot, last)) break;
      sum += this.#pool.open[slot] as number;
    }
    return sum;
  }

  #midOf(buy: number, sell: number): number {
    if (buy < 0 || sell < 0) return 0;
    return Math.floor((this.ladder.priceAt(buy) + this.ladder.priceAt(sell)) / 2);
  }

  /** The step at which a market order of a side waits; an incoming limit may be better for the newcomer. */
  #deemedIndex(side: SideCode, incoming: number | null): number {
    const own = deemedIndex(this.ladder, { side, best: this.bestIndex(side), last: this.last });
    if (incoming === null) return own;
    const within = Math.min(Math.max(incoming, 0), this.#top);
    return side === BUY ? Math.max(own, within) : Math.min(own, within);
  }

  #appendSpecial(slot: number, level: number): void {
    const side = this.#pool.side[slot] as SideCode;
    this.#special[side] = (this.#special[side] as number) + 1;
    this.#queues.append(slot, level);
  }

  #opened(side: SideCode, index: number): void {
    this.#steps[side].add(index);
    if (side === BUY) {
      if (index > this.#bestBuy) this.#bestBuy = index;
    } else if (index < this.#bestSell) this.#bestSell = index;
  }

  #emptied(side: SideCode, index: number): void {
    const steps = this.#steps[side];
    steps.remove(index);
    if (side === BUY) {
      if (index === this.#bestBuy) this.#bestBuy = steps.atOrBelow(index - 1);
    } else if (index === this.#bestSell) {
      const next = steps.atOrAbove(index + 1);
      this.#bestSell = next < 0 ? this.ladder.size : next;
    }
  }
}
