/** The day's list of an account as one round of questions asks for it: fetched once, and each question of the round answered from it once. */
import type { SessionDate } from '#shared/time/index.ts';
import type { BrokerExecution, BrokerOrder } from '../../broker.ts';
import type { ListedOrders, OrderClock } from './listed-orders.ts';

interface ListedDayParts {
  readonly orders: ListedOrders;
  readonly clock: OrderClock;
  /** Brings the list of a day into `orders`. */
  readonly fetch: (date: SessionDate) => Promise<void>;
}

/** A question that the list of a day answers. */
type DayQuestion = 'orders' | 'executions';

export class ListedDay {
  readonly #parts: ListedDayParts;
  /** The list that is here, and what of the round it still answers. */
  #held: { readonly date: SessionDate; readonly left: readonly DayQuestion[] } | null = null;

  constructor(parts: ListedDayParts) {
    this.#parts = parts;
  }

  /** What waits today; begins a round. `fetch`: where what waits has an inquiry of its own besides. */
  async open(fetch = this.#parts.fetch): Promise<readonly BrokerOrder[]> {
    const date = this.#parts.clock.date();
    await fetch(date);
    this.#held = { date, left: ['orders', 'executions'] };
    return this.#parts.orders.open;
  }

  async orders(date: SessionDate): Promise<readonly BrokerOrder[]> {
    if (!this.#takes(date, 'orders')) {
      await this.#parts.fetch(date);
      this.#held = { date, left: ['executions'] };
    }
    return this.#parts.orders.orders(date);
  }

  async executions(date: SessionDate): Promise<readonly BrokerExecution[]> {
    if (!this.#takes(date, 'executions')) await this.#parts.fetch(date);
    return this.#parts.orders.executions(date);
  }

  /** An open order of today, looked for in the broker's list where it is not known; undefined: none waits under the number. */
  async waiting(no: string): Promise<BrokerOrder | undefined> {
    if (!this.#parts.orders.find(no)) await this.#parts.fetch(this.#parts.clock.date());
    const order = this.#parts.orders.find(no);
    return order?.status === 'open' ? order : undefined;
  }

  /** What was asked before an order verb says nothing about after it. */
  forget(): void {
    this.#held = null;
  }

  /** Whether the list that is here answers; then it does no more. */
  #takes(date: SessionDate, what: DayQuestion): boolean {
    const held = this.#held;
    if (held?.date !== date || !held.left.includes(what)) return false;
    this.#held = { date, left: held.left.filter((each) => each !== what) };
    return true;
  }
}
