/** Trading at one known price before the opening and after the close (시간외종가): only time decides. */
import { LevelQueues } from './level-queues.ts';
import type { CrossSink, FillSink } from './match-sink.ts';
import { BUY, SELL, type OrderPool, type SideCode } from './order-pool.ts';

const LEVEL = 0;

/**
 * Orders of both sides for one issue. While orders are only collected both sides wait; `uncross` then trades them, and
 * from there on an incoming order is matched by `take`.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 34
 */
export class FixedPriceQueue {
  readonly #pool: OrderPool;
  readonly #queues: LevelQueues;

  constructor(pool: OrderPool) {
    this.#pool = pool;
    this.#queues = new LevelQueues(pool, 1);
  }

  /** The oldest order's slot of a side; −1 for none. */
  front(side: SideCode): number {
    return this.#queues.head(side, LEVEL);
  }

  /** Units waiting. */
  quantity(side: SideCode): number {
    return this.#queues.quantity(side, LEVEL);
  }

  /** Slots of a side in time order. */
  slots(side: SideCode): Generator<number> {
    return this.#queues.slots(side, LEVEL);
  }

  append(slot: number): void {
    this.#queues.append(slot, LEVEL);
  }

  /** Takes a whole order out and frees its slot. */
  remove(slot: number): void {
    this.#queues.detach(slot);
    this.#pool.release(slot);
  }

  /** Fills or withdraws units of an order; it keeps its place, and leaves when none are left. */
  shrink(slot: number, quantity: number): void {
    if (quantity === this.#pool.open[slot]) this.remove(slot);
    else this.#queues.shrink(slot, quantity);
  }

  /** Matches an incoming order at a price in won; returns what is left. */
  take(order: { readonly side: SideCode; readonly quantity: number; readonly price: number }, sink: FillSink): number {
    const pool = this.#pool;
    const other = (1 - order.side) as SideCode;
    let left = order.quantity;
    for (let slot = this.front(other); left > 0 && slot >= 0; slot = this.front(other)) {
      const fill = Math.min(left, pool.open[slot] as number);
      const restingNo = pool.orderNo[slot] as number;
      const restingOwner = pool.owner[slot] as number;
      this.shrink(slot, fill);
      left -= fill;
      sink.filled(order.price, fill, restingNo, restingOwner);
    }
    return left;
  }

  /** Trades all that waits on both sides at a price in won. */
  uncross(price: number, sink: CrossSink): void {
    const pool = this.#pool;
    for (let buy = this.front(BUY), sell = this.front(SELL); buy >= 0 && sell >= 0;) {
      const quantity = Math.min(pool.open[buy] as number, pool.open[sell] as number);
      const match = {
        price,
        quantity,
        buyNo: pool.orderNo[buy] as number,
        buyOwner: pool.owner[buy] as number,
        sellNo: pool.orderNo[sell] as number,
        sellOwner: pool.owner[sell] as number,
      };
      this.shrink(buy, quantity);
      this.shrink(sell, quantity);
      sink.crossed(match);
      [buy, sell] = [this.front(BUY), this.front(SELL)];
    }
  }
}
