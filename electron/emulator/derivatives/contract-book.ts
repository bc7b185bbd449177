/** The order book of one contract at the offline KIS: price before time, one price at the end of an auction. */

export interface BookOrder {
  readonly no: number;
  /** 0: the market's own people · 1: the customer. */
  readonly owner: number;
  readonly side: 'buy' | 'sell';
  /** 1/100; Infinity and 0 of a market order that waits for an auction. */
  price: number;
  left: number;
}

export interface BookLevel {
  readonly price: number;
  readonly qty: number;
}

/** One match: who bought and who sold, and who came last. */
export interface Match {
  readonly price: number;
  readonly quantity: number;
  readonly buy: BookOrder;
  readonly sell: BookOrder;
  readonly aggressor: 'buy' | 'sell' | null;
}

export class ContractBook {
  #bids: BookOrder[] = [];
  #asks: BookOrder[] = [];

  /** Resting orders of a side, best first. */
  side(side: 'buy' | 'sell'): readonly BookOrder[] {
    return side === 'buy' ? this.#bids : this.#asks;
  }

  best(side: 'buy' | 'sell'): number {
    const price = this.side(side)[0]?.price ?? 0;
    return Number.isFinite(price) ? price : 0;
  }

  /** Levels best first; market orders that wait have none. */
  levels(side: 'buy' | 'sell', most: number): readonly BookLevel[] {
    const levels = new Map<number, number>();
    for (const { price, left } of this.side(side)) {
      if (price > 0 && Number.isFinite(price)) levels.set(price, (levels.get(price) ?? 0) + left);
    }
    return [...levels].slice(0, most).map(([price, qty]) => ({ price, qty }));
  }

  total(side: 'buy' | 'sell'): number {
    return this.side(side).reduce((sum, { left }) => sum + left, 0);
  }

  /** Units that an order would find at its price or better. */
  matchable(order: Pick<BookOrder, 'side' | 'price'>): number {
    return this.side(order.side === 'buy' ? 'sell' : 'buy')
      .filter((each) => (order.side === 'buy' ? each.price <= order.price : each.price >= order.price))
      .reduce((sum, { left }) => sum + left, 0);
  }

  /** Trades an order that comes against what waits; its rest does not wait. */
  take(order: BookOrder): readonly Match[] {
    const matches: Match[] = [];
    const others = order.side === 'buy' ? this.#asks : this.#bids;
    while (order.left > 0) {
      const [other] = others;
      if (!other || (order.side === 'buy' ? other.price > order.price : other.price < order.price)) break;
      const quantity = Math.min(order.left, other.left);
      order.left -= quantity;
      other.left -= quantity;
      if (other.left === 0) others.shift();
      const [buy, sell] = order.side === 'buy' ? [order, other] : [other, order];
      matches.push({ price: other.price, quantity, buy, sell, aggressor: order.side });
    }
    return matches;
  }

  rest(order: BookOrder): void {
    const list = order.side === 'buy' ? this.#bids : this.#asks;
    const place = list.findIndex((each) =>
      order.side === 'buy' ? each.price < order.price : each.price > order.price,
    );
    list.splice(place < 0 ? list.length : place, 0, order);
  }

  remove(order: BookOrder): boolean {
    const list = order.side === 'buy' ? this.#bids : this.#asks;
    const place = list.indexOf(order);
    if (place >= 0) list.splice(place, 1);
    return place >= 0;
  }

  /** Takes the orders of an owner out. */
  clear(owner: number): void {
    this.#bids = this.#bids.filter((order) => order.owner !== owner);
    this.#asks = this.#asks.filter((order) => order.owner !== owner);
  }

  /** Everything that can trade at one price does: the one at which most does, nearest to `near`. */
  uncross(near: number): readonly Match[] {
    const prices = [...this.#bids, ...this.#asks]
      .map(({ price }) => price)
      .filter((price) => price > 0 && price < Infinity);
    const volumeAt = (price: number): number =>
      Math.min(this.matchable({ side: 'sell', price }), this.matchable({ side: 'buy', price }));
    const [best] = [...new Set(prices)]
      .map((price) => ({ price, volume: volumeAt(price) }))
      .sort((a, b) => b.volume - a.volume || Math.abs(a.price - near) - Math.abs(b.price - near));
    const matches: Match[] = [];
    let left = best?.volume ?? 0;
    while (best && left > 0) {
      const [[buy], [sell]] = [this.#bids, this.#asks];
      if (!buy || !sell) break;
      const quantity = Math.min(buy.left, sell.left, left);
      left -= quantity;
      for (const order of [buy, sell]) order.left -= quantity;
      if (buy.left === 0) this.#bids.shift();
      if (sell.left === 0) this.#asks.shift();
      matches.push({ price: best.price, quantity, buy, sell, aggressor: null });
    }
    return matches;
  }
}
