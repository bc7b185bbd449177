/** Stop-limit orders of one issue on one venue that wait for their price. */
import { BUY, SELL, type OrderPool, type SideCode } from './order-pool.ts';

/**
 * A buy fires when the last price is at or above its stop, the lowest stop first; a sell when it is at or below, the
 * highest first; of one stop the earlier. Slots stay in the pool; a fired order then enters the book with the time of
 * that moment.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 4-3, 15-2
 */
export class StopBook {
  readonly #pool: OrderPool;
  /** Slots of a side in the order in which they fire. */
  readonly #waiting: readonly [number[], number[]] = [[], []];
  #arrivals = 0;

  constructor(pool: OrderPool) {
    this.#pool = pool;
  }

  /** Orders waiting. */
  get size(): number {
    return this.#waiting[BUY].length + this.#waiting[SELL].length;
  }

  /** Lets an order of the pool wait for its `stop` in won. */
  add(slot: number, stop: number): void {
    this.#arrivals += 1;
    this.#pool.stop[slot] = stop;
    this.#pool.arrival[slot] = this.#arrivals;
    const side = this.#pool.side[slot] as SideCode;
    this.#waiting[side].splice(this.#placeOf(side, stop), 0, slot);
  }

  /** Takes a waiting order out, but not out of the pool. */
  detach(slot: number): void {
    const queue = this.#waiting[this.#pool.side[slot] as SideCode];
    const place = queue.indexOf(slot);
    if (place < 0) throw new RangeError(`slot ${slot} waits for no stop price`);
    queue.splice(place, 1);
    this.#pool.stop[slot] = 0;
  }

  /** Takes a waiting order out and frees its slot. */
  remove(slot: number): void {
    this.detach(slot);
    this.#pool.release(slot);
  }

  /**
   * Takes out the next order that fires at a last price in won and returns its slot; −1 for none. To be asked again until
   * it says −1, and after every trade, since a fired order may trade and move the last price. With orders of both sides
   * due, the earlier.
   */
  due(last: number): number {
    const { stop, arrival } = this.#pool;
    const [buy = -1] = this.#waiting[BUY];
    const [sell = -1] = this.#waiting[SELL];
    const buys = buy >= 0 && last >= (stop[buy] as number);
    const sells = sell >= 0 && last <= (stop[sell] as number);
    if (!buys && !sells) return -1;
    const first = !sells || (buys && (arrival[buy] as number) < (arrival[sell] as number)) ? buy : sell;
    this.detach(first);
    return first;
  }

  /** All slots by time: added again in this order they stand as now. For snapshots and expiry. */
  slots(): number[] {
    const { arrival } = this.#pool;
    const all = [...this.#waiting[BUY], ...this.#waiting[SELL]];
    return all.sort((a, b) => (arrival[a] as number) - (arrival[b] as number));
  }

  /** Behind all that fire before it or at the same stop. */
  #placeOf(side: SideCode, stop: number): number {
    const queue = this.#waiting[side];
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#pool.stop[queue[middle] as number] as number;
      if (side === BUY ? other <= stop : other >= stop) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
