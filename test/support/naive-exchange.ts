/** The rules of matching written as plainly as they read, with sorted lists and no cleverness: what the engine is checked against. */

export interface NaiveOrder {
  readonly no: number;
  readonly side: 'buy' | 'sell';
  /** Won; null for a market order. */
  readonly price: number | null;
  open: number;
}

export interface NaiveTrade {
  readonly price: number;
  readonly quantity: number;
  readonly buyNo: number;
  readonly sellNo: number;
}

const sum = (orders: readonly NaiveOrder[]): number => orders.reduce((total, order) => total + order.open, 0);
const limits = (orders: readonly NaiveOrder[]): number[] => orders.flatMap((o) => (o.price === null ? [] : [o.price]));

/** Market orders first, then price, then number (time). */
export function byPriority(a: NaiveOrder, b: NaiveOrder): number {
  if (a.price === null || b.price === null) {
    if (a.price === b.price) return a.no - b.no;
    return a.price === null ? -1 : 1;
  }
  const better = a.side === 'buy' ? b.price - a.price : a.price - b.price;
  return better !== 0 ? better : a.no - b.no;
}

/** The auction price and quantity by trying every valid price against the words of the rule. `prices` ascend. */
export function naiveAuction(
  orders: readonly NaiveOrder[],
  prices: readonly number[],
  last: number,
): { price: number; quantity: number } | null {
  const buys = orders.filter((o) => o.side === 'buy');
  const sells = orders.filter((o) => o.side === 'sell');
  if (buys.length === 0 || sells.length === 0) return null;
  const [lowest, highest] = [prices[0] as number, prices.at(-1) as number];
  const up = (price: number): number => prices.find((p) => p > price) ?? highest;
  const down = (price: number): number => prices.findLast((p) => p < price) ?? lowest;
  if (limits(orders).length === 0) {
    const [b, s] = [sum(buys), sum(sells)];
    return { price: b > s ? up(last) : b < s ? down(last) : last, quantity: Math.min(b, s) };
  }
  const buyLimits = limits(buys);
  const sellLimits = limits(sells);
  const marketBuy = Math.max(...(buyLimits.length ? [up(Math.max(...buyLimits))] : []), ...sellLimits, last);
  const marketSell = Math.min(...(sellLimits.length ? [down(Math.min(...sellLimits))] : []), ...buyLimits, last);
  const priceOf = (o: NaiveOrder): number => o.price ?? (o.side === 'buy' ? marketBuy : marketSell);
  const candidates = prices.flatMap((price) => {
    const dearer = sum(buys.filter((o) => priceOf(o) > price));
    const cheaper = sum(sells.filter((o) => priceOf(o) < price));
    const demand = dearer + sum(buys.filter((o) => priceOf(o) === price));
    const supply = cheaper + sum(sells.filter((o) => priceOf(o) === price));
    const quantity = Math.min(demand, supply);
    const betterAllFill = dearer <= quantity && cheaper <= quantity;
    return quantity > 0 && betterAllFill ? [{ price, quantity }] : [];
  });
  const [first, final] = [candidates[0], candidates.at(-1)];
  if (!first || !final) return null;
  const same = candidates.find((c) => c.price === last);
  if (same) return same;
  if (last > final.price) return final;
  if (last < first.price) return first;
  return candidates.find((c) => c.price > last) ?? null;
}

/** Pairs orders off at one price in the order of priority. */
export function naiveUncross(orders: readonly NaiveOrder[], price: number, quantity: number): NaiveTrade[] {
  const buys = orders.filter((o) => o.side === 'buy').sort(byPriority);
  const sells = orders.filter((o) => o.side === 'sell').sort(byPriority);
  const trades: NaiveTrade[] = [];
  let left = quantity;
  while (left > 0) {
    const buy = buys.find((o) => o.open > 0) as NaiveOrder;
    const sell = sells.find((o) => o.open > 0) as NaiveOrder;
    const fill = Math.min(left, buy.open, sell.open);
    buy.open -= fill;
    sell.open -= fill;
    left -= fill;
    trades.push({ price, quantity: fill, buyNo: buy.no, sellNo: sell.no });
  }
  return trades;
}

/** One issue in continuous trading. */
export class NaiveBook {
  orders: NaiveOrder[] = [];
  readonly trades: NaiveTrade[] = [];
  last: number;
  readonly #prices: readonly number[];

  constructor(prices: readonly number[], last: number) {
    this.#prices = prices;
    this.last = last;
  }

  submit(order: NaiveOrder, time: 'day' | 'ioc' | 'fok'): void {
    if (time === 'fok' && this.#reach(order) < order.open) return;
    for (let rest = this.#next(order); order.open > 0 && rest; rest = this.#next(order)) {
      const price = this.#tradePrice(rest, order);
      const quantity = Math.min(order.open, rest.open);
      order.open -= quantity;
      rest.open -= quantity;
      this.last = price;
      const [buy, sell] = order.side === 'buy' ? [order, rest] : [rest, order];
      this.trades.push({ price, quantity, buyNo: buy.no, sellNo: sell.no });
      this.#sweep();
    }
    if (order.open > 0 && time === 'day') this.orders.push(order);
  }

  cancel(no: number): void {
    this.orders = this.orders.filter((o) => o.no !== no);
  }

  auction(): void {
    const outcome = naiveAuction(this.orders, this.#prices, this.last);
    if (!outcome) return;
    this.trades.push(...naiveUncross(this.orders, outcome.price, outcome.quantity));
    this.last = outcome.price;
    this.#sweep();
  }

  #sweep(): void {
    this.orders = this.orders.filter((o) => o.open > 0);
  }

  #meets(resting: NaiveOrder, incoming: NaiveOrder): boolean {
    if (resting.side === incoming.side) return false;
    if (resting.price === null || incoming.price === null) return true;
    return incoming.side === 'buy' ? resting.price <= incoming.price : resting.price >= incoming.price;
  }

  #next(incoming: NaiveOrder): NaiveOrder | undefined {
    return this.orders.filter((o) => this.#meets(o, incoming)).sort(byPriority)[0];
  }

  #reach(incoming: NaiveOrder): number {
    return sum(this.orders.filter((o) => this.#meets(o, incoming)));
  }

  /** The resting order's price; a waiting market order is a tick better than its side's best limit, or meets the newcomer. */
  #tradePrice(resting: NaiveOrder, incoming: NaiveOrder): number {
    if (resting.price !== null) return resting.price;
    const own = limits(this.orders.filter((o) => o.side === resting.side));
    const newcomer = incoming.price === null ? [] : [incoming.price];
    if (resting.side === 'buy') {
      const best = own.length ? (this.#prices.find((p) => p > Math.max(...own)) ?? Math.max(...own)) : this.last;
      return Math.max(best, ...newcomer);
    }
    const best = own.length ? (this.#prices.findLast((p) => p < Math.min(...own)) ?? Math.min(...own)) : this.last;
    return Math.min(best, ...newcomer);
  }
}
