/** One participant's resting orders on one side of a book, by price step, oldest first. */

/** Plain data: step, order number and open quantity of every order, by step and age. */
export type RestingSnapshot = Int32Array;

interface Resting {
  readonly orderNo: number;
  qty: number;
}

const NONE: readonly Resting[] = [];

/** The participant's own list; the exchange is asked only where something may have been filled. */
export class RestingOrders {
  readonly #levels = new Map<number, Resting[]>();
  /** Steps outside low..high hold nothing; inside they may be empty. */
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;

  get low(): number {
    return this.#low;
  }

  get high(): number {
    return this.#high;
  }

  at(step: number): readonly Resting[] {
    return this.#levels.get(step) ?? NONE;
  }

  qtyAt(step: number): number {
    let sum = 0;
    for (const order of this.at(step)) sum += order.qty;
    return sum;
  }

  add(step: number, orderNo: number, qty: number): void {
    const level = this.#levels.get(step);
    if (level) level.push({ orderNo, qty });
    else this.#levels.set(step, [{ orderNo, qty }]);
    if (step < this.#low) this.#low = step;
    if (step > this.#high) this.#high = step;
  }

  /** Takes the order at a position of a step off the list and gives its number. */
  remove(step: number, position: number): number {
    const level = this.#levels.get(step) as Resting[];
    const [order] = level.splice(position, 1) as [Resting];
    if (level.length === 0) this.#levels.delete(step);
    return order.orderNo;
  }

  /** Takes units off the order at a position of a step, fewer than it has. */
  reduce(step: number, position: number, qty: number): void {
    const order = this.#levels.get(step)?.[position];
    if (order) order.qty -= qty;
  }

  /** Takes a whole step off the list and gives its order numbers. */
  clear(step: number): number[] {
    const level = this.#levels.get(step);
    if (!level) return [];
    this.#levels.delete(step);
    return level.map((order) => order.orderNo);
  }

  /** Everything outside from..to is known to be gone. */
  narrow(from: number, to: number): void {
    if (from > this.#low) this.#low = from;
    if (to < this.#high) this.#high = to;
  }

  /**
   * Compares a step with the exchange, oldest first, and gives the quantity that has gone since. With `all` false it
   * stops at the first order that is untouched: fills come in order of age.
   */
  refresh(step: number, openQty: (orderNo: number) => number, all: boolean): number {
    const level = this.#levels.get(step);
    if (!level) return 0;
    let gone = 0;
    let kept = 0;
    for (let i = 0; i < level.length; i += 1) {
      const order = level[i] as Resting;
      const open = openQty(order.orderNo);
      const untouched = open === order.qty;
      gone += order.qty - open;
      order.qty = open;
      if (open > 0) level[kept++] = order;
      if (untouched && !all) {
        for (let j = i + 1; j < level.length; j += 1) level[kept++] = level[j] as Resting;
        break;
      }
    }
    level.length = kept;
    if (kept === 0) this.#levels.delete(step);
    return gone;
  }

  /** Steps that hold orders, ascending. */
  steps(): number[] {
    return [...this.#levels.keys()].sort((a, b) => a - b);
  }

  snapshot(): RestingSnapshot {
    const steps = this.steps();
    const saved = new Int32Array(steps.reduce((sum, step) => sum + 3 * this.at(step).length, 0));
    let at = 0;
    for (const step of steps) {
      for (const { orderNo, qty } of this.at(step)) {
        saved[at] = step;
        saved[at + 1] = orderNo;
        saved[at + 2] = qty;
        at += 3;
      }
    }
    return saved;
  }

  static restore(saved: RestingSnapshot): RestingOrders {
    const orders = new RestingOrders();
    for (let at = 0; at < saved.length; at += 3) {
      orders.add(saved[at] as number, saved[at + 1] as number, saved[at + 2] as number);
    }
    return orders;
  }
}
