/**
 * One issue on one venue of a real market, with orders that it does not see: judges when they would have traded. Careful
 * where nothing is known: an order waits behind all that is shown at its price, what it took stays taken as long as the
 * level stands, and in an auction only a better price than the one found is filled.
 */
import type { Side } from '../../domain/index.ts';
import type { LiquidityRole } from '../../market/index.ts';

export interface ShownLevel {
  readonly price: number;
  readonly qty: number;
}

/** What the market shows, best first. */
export interface ShownDepth {
  readonly asks: readonly ShownLevel[];
  readonly bids: readonly ShownLevel[];
}

/** `limit` null: at any price. */
export interface ShadowOrder {
  readonly no: string;
  readonly side: Side;
  readonly limit: number | null;
  readonly quantity: number;
}

export interface ShadowFill {
  readonly no: string;
  readonly price: number;
  readonly quantity: number;
  readonly role: LiquidityRole;
}

/** A trade of the real market; `aggressor` null: an auction found its price. */
export interface ShownTrade {
  readonly price: number;
  readonly quantity: number;
  readonly aggressor: Side | null;
}

interface Waiting {
  readonly no: string;
  readonly side: Side;
  readonly limit: number | null;
  left: number;
  /** Units that stand before it at its price; null: not known yet, because its level has not been shown. */
  ahead: number | null;
}

/** Levels that a market shows of each side. */
const LEVELS = 10;

const OTHER = { buy: 'sell', sell: 'buy' } as const satisfies Record<Side, Side>;

/** true where `price` is at least as good for the owner of a limit as the limit itself. */
function within(side: Side, limit: number | null, price: number): boolean {
  if (limit === null) return true;
  return side === 'buy' ? price <= limit : price >= limit;
}

/** true where `limit` is strictly better for the market than `price`: such an order goes before. */
function beyond(side: Side, limit: number | null, price: number): boolean {
  if (limit === null) return true;
  return side === 'buy' ? limit > price : limit < price;
}

export class ShadowBook {
  readonly #waiting: Waiting[] = [];
  /** Units of a shown level that orders here have taken already, by side and price. */
  readonly #taken: Readonly<Record<Side, Map<number, number>>> = { buy: new Map(), sell: new Map() };
  #shown: Readonly<Record<Side, readonly ShownLevel[]>> = { buy: [], sell: [] };
  #seen = false;

  /** true while no order waits. */
  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Best price of a side as shown, null where there is none. */
  best(side: Side): number | null {
    return this.#shown[side][0]?.price ?? null;
  }

  /**
   * What the market shows now. Waiting orders that it has come to meet are filled, at their own price: they stood there
   * before; `matches` false while an auction collects: then nothing trades.
   */
  show(depth: ShownDepth, matches: boolean): ShadowFill[] {
    this.#shown = { buy: depth.bids, sell: depth.asks };
    this.#seen = true;
    for (const side of ['buy', 'sell'] as const) this.#forget(side);
    for (const order of this.#waiting) this.#queue(order);
    if (!matches) return [];
    const fills: ShadowFill[] = [];
    for (const order of this.#ranked()) fills.push(...this.#meet(order, 'maker'));
    this.#sweep();
    return fills;
  }

  /** What an order would get at once from the shown book, up to its limit. */
  take(order: ShadowOrder): ShadowFill[] {
    const taking: Waiting = { ...order, left: order.quantity, ahead: null };
    return this.#meet(taking, 'taker');
  }

  /** How much of an order the shown book could fill at once. */
  available(side: Side, limit: number | null): number {
    let units = 0;
    for (const { price, qty } of this.#shown[OTHER[side]]) {
      if (!within(side, limit, price)) break;
      units += this.#free(OTHER[side], price, qty);
    }
    return units;
  }

  /** An order begins to wait, behind what is shown at its price. */
  rest(order: ShadowOrder): void {
    const waiting: Waiting = { ...order, left: order.quantity, ahead: null };
    this.#queue(waiting);
    this.#waiting.push(waiting);
  }

  withdraw(no: string): void {
    const place = this.#waiting.findIndex((order) => order.no === no);
    if (place >= 0) this.#waiting.splice(place, 1);
  }

  /** A trade of the real market: what passes the queue before them goes to the orders here, best limit and oldest first. */
  trade(trade: ShownTrade): ShadowFill[] {
    const { price, aggressor } = trade;
    const fills: ShadowFill[] = [];
    if (aggressor === null) {
      // Whoever was willing to pay more than the price found has traded at it; at the price itself nobody knows.
      for (const order of this.#ranked()) {
        if (!beyond(order.side, order.limit, price)) continue;
        fills.push({ no: order.no, price, quantity: order.left, role: 'auction' });
        order.left = 0;
      }
      this.#sweep();
      return fills;
    }
    const side = OTHER[aggressor];
    let units = trade.quantity;
    for (const order of this.#ranked()) {
      if (order.side !== side || units === 0) continue;
      const through = beyond(side, order.limit, price);
      if (!through && order.limit !== price) continue;
      if (!through) {
        // Behind a queue of unknown length nothing is filled.
        if (order.ahead === null) break;
        const passed = Math.min(order.ahead, units);
        order.ahead -= passed;
        units -= passed;
      }
      const quantity = Math.min(order.left, units);
      if (quantity === 0) continue;
      order.left -= quantity;
      units -= quantity;
      fills.push({ no: order.no, price: order.limit ?? price, quantity, role: 'maker' });
    }
    this.#sweep();
    return fills;
  }

  /** Waiting orders in the order in which a market serves them. */
  #ranked(): readonly Waiting[] {
    const worth = ({ side, limit }: Waiting): number => {
      if (limit === null) return Number.POSITIVE_INFINITY;
      return side === 'buy' ? limit : -limit;
    };
    // The sort is stable: of one price, the older goes first.
    return this.#waiting.toSorted((a, b) => (worth(a) === worth(b) ? 0 : worth(b) - worth(a)));
  }

  #meet(order: Waiting, role: 'maker' | 'taker'): ShadowFill[] {
    const side = OTHER[order.side];
    const fills: ShadowFill[] = [];
    for (const { price, qty } of this.#shown[side]) {
      if (order.left === 0 || !within(order.side, order.limit, price)) break;
      const quantity = Math.min(order.left, this.#free(side, price, qty));
      if (quantity === 0) continue;
      this.#taken[side].set(price, (this.#taken[side].get(price) ?? 0) + quantity);
      order.left -= quantity;
      const at = role === 'maker' ? (order.limit ?? price) : price;
      fills.push({ no: order.no, price: at, quantity, role });
    }
    return fills;
  }

  #free(side: Side, price: number, qty: number): number {
    return Math.max(0, qty - (this.#taken[side].get(price) ?? 0));
  }

  /** A level that is gone owes nothing when it comes again; one that has shrunk owes at most what is left of it. */
  #forget(side: Side): void {
    const taken = this.#taken[side];
    for (const [price, units] of taken) {
      const shown = this.#shown[side].find((level) => level.price === price);
      if (!shown) taken.delete(price);
      else if (shown.qty < units) taken.set(price, shown.qty);
    }
  }

  /** The queue before an order never grows, and is never longer than what its level shows. */
  #queue(order: Waiting): void {
    if (order.limit === null) {
      order.ahead = 0;
      return;
    }
    const levels = this.#shown[order.side];
    const shown = levels.find((level) => level.price === order.limit);
    const worst = levels.at(-1);
    if (shown) order.ahead = Math.min(order.ahead ?? shown.qty, shown.qty);
    // Inside the levels shown an absent price has nobody waiting; beyond the last of a full side nothing is known.
    else if (!this.#seen) return;
    else if (!worst || levels.length < LEVELS || !beyond(order.side, worst.price, order.limit)) order.ahead = 0;
  }

  #sweep(): void {
    for (let place = this.#waiting.length - 1; place >= 0; place -= 1) {
      if (this.#waiting[place]?.left === 0) this.#waiting.splice(place, 1);
    }
  }
}
