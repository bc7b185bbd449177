/** Orders and changes asked a short while ago, for the rules of pace. */

/** One verb: a new order, or a change to one. */
export interface RecentOrder {
  /** Wall time. */
  readonly ts: number;
  readonly orderId: string;
  readonly isNew: boolean;
}

export class RecentOrders {
  readonly #limit: number;
  #entries: RecentOrder[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: RecentOrder): void {
    this.#entries.push(entry);
    if (this.#entries.length > this.#limit) this.#entries = this.#entries.slice(-Math.floor(this.#limit / 2));
  }

  /** Those after an instant, oldest first. */
  since(ts: number): readonly RecentOrder[] {
    return this.#entries.filter((entry) => entry.ts > ts);
  }
}
