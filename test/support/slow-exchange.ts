/** The rules of matching written as plainly as they read, with arrays and sorting and no cleverness: what the engine is checked against. */
// Article numbers: R1 is the KRX KOSPI Market Business Regulation of 2026-04-15, R2 its Enforcement Rules of 2026-04-27.

type SlowSide = 'buy' | 'sell';

/** An open order. `price` in won: of a limit; null for market and mid orders, which carry none. */
export interface SlowOrder {
  readonly no: number;
  readonly side: SlowSide;
  readonly kind: 'limit' | 'market' | 'mid' | 'conditional';
  readonly price: number | null;
  open: number;
}

/** What a member sends. `stop` in won: waits for that price first. */
export interface SlowEntry extends SlowOrder {
  readonly time: 'day' | 'ioc' | 'fok';
  readonly stop?: number;
}

export interface SlowTrade {
  readonly price: number;
  readonly quantity: number;
  readonly buyNo: number;
  readonly sellNo: number;
}

interface Turn {
  readonly no: number;
  left: number;
}

const sum = (orders: readonly SlowOrder[]): number => orders.reduce((total, order) => total + order.open, 0);
const opposite = (side: SlowSide): SlowSide => (side === 'buy' ? 'sell' : 'buy');
/** Whether price `a` is better than price `b` for the one who trades with the order. */
const better = (side: SlowSide, a: number, b: number): boolean => (side === 'buy' ? a > b : a < b);

/** One issue. Orders stand in the order in which they came (a fired stop: in which it fired). */
export class SlowBook {
  orders: SlowOrder[] = [];
  stops: SlowEntry[] = [];
  readonly trades: SlowTrade[] = [];
  last: number;
  readonly #prices: readonly number[];
  /** Who is served next in a size-first allocation, and on which side. */
  #turns: Turn[] = [];
  #turnSide: SlowSide = 'buy';
  /** Prices printed since stop orders were last looked at. */
  #prints: number[] = [];

  /** `prices`: all valid prices of the day, ascending; `last`: won. */
  constructor(prices: readonly number[], last: number) {
    this.#prices = prices;
    this.last = last;
  }

  /** R1 art. 24: continuous trading. */
  submit(entry: SlowEntry): void {
    if (entry.stop !== undefined) this.#wait(entry);
    else this.#enter(entry);
    this.#fireStops();
  }

  /** R1 art. 23(2): collected for an auction. */
  collect(entry: SlowEntry): void {
    if (entry.stop === undefined) {
      this.orders.push(orderOf(entry));
      return;
    }
    this.#wait(entry);
    this.#fireStops((fired) => this.orders.push(orderOf(fired)));
  }

  cancel(no: number, quantity: number): void {
    const order = [...this.orders, ...this.stops].find((o) => o.no === no) as SlowOrder;
    order.open -= quantity;
    this.#sweep();
  }

  /** R2 art. 15: at the start of the closing auction conditional limits become market orders, the better price first. */
  convert(): void {
    const conditional = this.orders.filter((o) => o.kind === 'conditional');
    const converted = (['buy', 'sell'] as const).flatMap((side) =>
      conditional
        .filter((o) => o.side === side)
        .sort((a, b) => (side === 'buy' ? 1 : -1) * ((b.price as number) - (a.price as number)))
        .map((o): SlowOrder => ({ ...o, kind: 'market', price: null })),
    );
    this.orders = [...this.orders.filter((o) => o.kind !== 'conditional'), ...converted];
  }

  /** R2 art. 13(1)4-2: mids that have not traded by the closing auction are void. */
  voidMids(): void {
    this.orders = this.orders.filter((o) => o.kind !== 'mid');
  }

  /** R1 art. 23 and, at a limit price, art. 22(3): the orders collected trade at one price. */
  auction(rule: { readonly inside: 'above' | 'nearest'; readonly sizeFirst: 'no' | 'once' | 'lasting' }): void {
    const outcome = this.price(rule.inside);
    if (!outcome) return;
    const { price } = outcome;
    const edge = (['buy', 'sell'] as const).find((side) => price === this.#edge(side));
    if (rule.sizeFirst !== 'no' && edge) this.#deal(edge);
    this.last = price;
    for (let left = outcome.quantity; left > 0;) {
      const buy = this.#first('buy', this.#auctionable()) as SlowOrder;
      const sell = this.#first('sell', this.#auctionable()) as SlowOrder;
      const quantity = Math.min(left, this.#most(buy), this.#most(sell));
      left -= quantity;
      this.#trade(buy, sell, { price, quantity });
    }
    if (rule.sizeFirst === 'once') this.#turns = [];
  }

  /** What follows when continuous trading starts, or orders go on being collected. */
  resume(continuous = true): void {
    if (continuous) this.#crossMids();
    this.#fireStops(continuous ? undefined : (fired) => this.orders.push(orderOf(fired)));
  }

  /** The auction price by trying every valid price against the words of R1 art. 23(3) to (5). */
  price(inside: 'above' | 'nearest'): { price: number; quantity: number } | null {
    const orders = this.#auctionable();
    const [buys, sells] = [orders.filter((o) => o.side === 'buy'), orders.filter((o) => o.side === 'sell')];
    if (buys.length === 0 || sells.length === 0) return null;
    const priceOf = this.#auctionPrices(buys, sells);
    const candidates = this.#prices.flatMap((price) => {
      const dearer = sum(buys.filter((o) => priceOf(o) > price));
      const cheaper = sum(sells.filter((o) => priceOf(o) < price));
      const demand = dearer + sum(buys.filter((o) => priceOf(o) === price));
      const supply = cheaper + sum(sells.filter((o) => priceOf(o) === price));
      const quantity = Math.min(demand, supply);
      const betterAllFill = dearer <= quantity && cheaper <= quantity;
      return quantity > 0 && betterAllFill ? [{ price, quantity }] : [];
    });
    const [lowest, highest] = [candidates[0], candidates.at(-1)];
    if (!lowest || !highest) return null;
    const same = candidates.find((c) => c.price === this.last);
    if (same) return same;
    if (this.last > highest.price) return highest;
    if (this.last < lowest.price) return lowest;
    const above = candidates.find((c) => c.price > this.last) as { price: number; quantity: number };
    const below = candidates.findLast((c) => c.price < this.last) as { price: number; quantity: number };
    return inside === 'nearest' && this.last - below.price < above.price - this.last ? below : above;
  }

  /** R2 art. 4-2: the mean of the best quotes that are not mids, fractions dropped; null where one side has none. */
  mid(): number | null {
    const [bid, ask] = [this.best('buy'), this.best('sell')];
    return bid === null || ask === null ? null : Math.floor((bid + ask) / 2);
  }

  /** The best limit of a side. */
  best(side: SlowSide): number | null {
    const prices = this.orders.flatMap((o) => (o.side === side && o.price !== null ? [o.price] : []));
    if (prices.length === 0) return null;
    return side === 'buy' ? Math.max(...prices) : Math.min(...prices);
  }

  /** R2 art. 3: the price of a best-opposite order. */
  bestOpposite(side: SlowSide): number {
    const [other, own] = [this.best(opposite(side)), this.best(side)];
    if (other !== null) return other;
    if (side === 'buy') return own === null ? this.#up(this.last) : this.#above(own);
    return own === null ? this.#down(this.last) : this.#below(own);
  }

  /** R2 art. 4: the price of a best-same order. */
  bestSame(side: SlowSide): number {
    return this.best(side) ?? (side === 'buy' ? this.#down(this.last) : this.#up(this.last));
  }

  /** R1 art. 2(9): the special quote of a day without a trade; null where there is none. */
  specialQuote(base: number): number | null {
    const priceOf = this.#auctionPrices(
      this.orders.filter((o) => o.side === 'buy'),
      this.orders.filter((o) => o.side === 'sell'),
    );
    const of = (side: SlowSide): number[] => this.#auctionable().flatMap((o) => (o.side === side ? [priceOf(o)] : []));
    const [offer, bid] = [Math.min(...of('sell')), Math.max(...of('buy'))];
    return offer < base ? offer : bid > base ? bid : null;
  }

  #enter(entry: SlowEntry): void {
    if (entry.time === 'fok' && !this.#fills(entry)) return;
    const order = orderOf(entry);
    for (let rest = this.#next(order); order.open > 0 && rest; rest = this.#next(order)) {
      const quantity = Math.min(order.open, this.#most(rest));
      const price = this.#restingPrice(rest, order);
      if (order.side === 'buy') this.#trade(order, rest, { price, quantity });
      else this.#trade(rest, order, { price, quantity });
    }
    if (order.open > 0 && entry.time === 'day') this.orders.push(order);
    this.#crossMids();
  }

  /** Whether all of it would trade: tried out on a copy. */
  #fills(entry: SlowEntry): boolean {
    const copy = new SlowBook(this.#prices, this.last);
    copy.orders = this.orders.map((o) => ({ ...o }));
    copy.#turns = this.#turns.map((turn) => ({ ...turn }));
    copy.#turnSide = this.#turnSide;
    copy.#enter({ ...entry, time: 'ioc' });
    return copy.trades.reduce((total, trade) => total + trade.quantity, 0) === entry.open;
  }

  /** The resting order an incoming one trades with next. */
  #next(incoming: SlowOrder): SlowOrder | undefined {
    const mid = this.mid();
    const limit = incoming.kind === 'mid' ? mid : incoming.price;
    if (incoming.kind === 'mid' && mid === null) return undefined;
    const reached = this.orders.filter((o) => {
      if (o.side === incoming.side || (o.kind === 'mid' && mid === null)) return false;
      const price = o.kind === 'mid' ? mid : o.price;
      return price === null || limit === null || price === limit || better(o.side, price, limit);
    });
    return this.#first(opposite(incoming.side), reached);
  }

  /**
   * R1 art. 22(2): the better price first, market orders ahead of all but of limits at the day's limit, which are the same
   * price; then the earlier. R2 art. 34: the turns of a size-first allocation come first.
   */
  #first(side: SlowSide, orders: readonly SlowOrder[]): SlowOrder | undefined {
    const mine = orders.filter((o) => o.side === side);
    const turn = side === this.#turnSide ? this.#turn() : undefined;
    const served = turn && mine.find((o) => o.no === turn.no);
    if (served) return served;
    const rank = (o: SlowOrder): number => (o.kind === 'mid' ? (this.mid() as number) : (o.price ?? this.#edge(side)));
    // Sorting keeps the order of equals, and orders stand by time.
    return mine.sort((a, b) => (side === 'buy' ? rank(b) - rank(a) : rank(a) - rank(b)))[0];
  }

  /** R1 art. 24(2), (3): the price of the order that was there first. */
  #restingPrice(rest: SlowOrder, incoming: SlowOrder): number {
    if (rest.kind === 'mid') return this.mid() as number;
    if (rest.price !== null) return rest.price;
    const own = this.#deemed(rest.side);
    const newcomer = incoming.kind === 'mid' ? this.mid() : incoming.price;
    if (newcomer === null) return own;
    // An off-tick mid newcomer counts at the valid price within its reach.
    const valid = incoming.side === 'buy' ? this.#down(newcomer) : this.#up(newcomer);
    return rest.side === 'buy' ? Math.max(own, valid) : Math.min(own, valid);
  }

  /** R1 art. 24(2): one tick better than its side's best limit; with none, the last price. */
  #deemed(side: SlowSide): number {
    const best = this.best(side);
    if (side === 'buy') return best === null ? this.#up(this.last) : this.#above(best);
    return best === null ? this.#down(this.last) : this.#below(best);
  }

  /** R1 art. 23(3): the prices at which orders stand in an auction. */
  #auctionPrices(buys: readonly SlowOrder[], sells: readonly SlowOrder[]): (order: SlowOrder) => number {
    const limits = (orders: readonly SlowOrder[]): number[] => orders.flatMap((o) => o.price ?? []);
    const [bids, offers] = [limits(buys), limits(sells)];
    if (bids.length === 0 && offers.length === 0 && buys.length > 0 && sells.length > 0) {
      const [more, less] = [sum(buys) > sum(sells), sum(buys) < sum(sells)];
      const price = more
        ? this.#above(this.#down(this.last))
        : less
          ? this.#below(this.#up(this.last))
          : this.#up(this.last);
      return () => price;
    }
    const buy = Math.max(...bids.map((p) => this.#above(p)), ...offers, this.#up(this.last));
    const sell = Math.min(...offers.map((p) => this.#below(p)), ...bids, this.#down(this.last));
    return (order) => order.price ?? (order.side === 'buy' ? buy : sell);
  }

  /** R2 art. 13(2): mids take no part in an auction. */
  #auctionable(): SlowOrder[] {
    return this.orders.filter((o) => o.kind !== 'mid');
  }

  /** R2 art. 34: larger first (of equals the earlier) 100 units each, then half of each one's rest, then what is left. */
  #deal(side: SlowSide): void {
    const edge = this.#edge(side);
    const group = this.#auctionable().filter((o) => o.side === side && (o.price === null || o.price === edge));
    const bySize = group.sort((a, b) => b.open - a.open);
    const left = new Map(bySize.map((o) => [o.no, o.open]));
    const round = (share: (rest: number) => number): void => {
      for (const { no } of bySize) {
        const rest = left.get(no) as number;
        if (rest === 0) continue;
        this.#turns.push({ no, left: share(rest) });
        left.set(no, rest - share(rest));
      }
    };
    this.#turns = [];
    this.#turnSide = side;
    round((rest) => Math.min(rest, 100));
    round((rest) => Math.ceil(rest / 2));
    round((rest) => rest);
  }

  /** The turn now; none once the group is filled, or holds market orders only that no longer stand at the limit price. */
  #turn(): Turn | undefined {
    this.#turns = this.#turns.filter((turn) => turn.left > 0 && this.orders.some((o) => o.no === turn.no));
    const edge = this.#edge(this.#turnSide);
    const holds = this.best(this.#turnSide) === edge || this.#deemed(this.#turnSide) === edge;
    if (!holds) this.#turns = [];
    return this.#turns[0];
  }

  /** Units an order may take in one match. */
  #most(order: SlowOrder): number {
    const turn = order.side === this.#turnSide ? this.#turn() : undefined;
    return turn?.no === order.no ? Math.min(order.open, turn.left) : order.open;
  }

  #trade(buy: SlowOrder, sell: SlowOrder, at: { readonly price: number; readonly quantity: number }): void {
    for (const order of [buy, sell]) {
      const turn = order.side === this.#turnSide ? this.#turns[0] : undefined;
      if (turn?.no === order.no) turn.left -= at.quantity;
      order.open -= at.quantity;
    }
    this.last = at.price;
    this.#prints.push(at.price);
    this.trades.push({ ...at, buyNo: buy.no, sellNo: sell.no });
    this.#sweep();
  }

  /** A mid sell that stands on the best bid, or meets a mid buy, trades with it. */
  #crossMids(): void {
    for (;;) {
      const price = this.mid();
      const sell = this.orders.find((o) => o.side === 'sell' && o.kind === 'mid');
      if (price === null || !sell) return;
      const buys = this.orders.filter(
        (o) => o.side === 'buy' && (o.kind === 'mid' || o.price === null || o.price >= price),
      );
      const buy = this.#first('buy', buys);
      if (!buy) return;
      this.#trade(buy, sell, { price, quantity: Math.min(this.#most(buy), sell.open) });
    }
  }

  /** R2 art. 4-3: a stop order waits; the last price (or the base) may have reached it already. */
  #wait(entry: SlowEntry): void {
    this.stops.push(entry);
    if (reaches(entry, this.last)) this.#prints.push(this.last);
  }

  /** All prices printed since the last look trigger, those of the start of a sweep first; `enter` lets a fired one in. */
  #fireStops(enter = (fired: SlowEntry): void => this.#enter(fired)): void {
    while (this.#prints.length > 0) {
      const [low, high] = [Math.min(...this.#prints), Math.max(...this.#prints)];
      const [early, late] = this.last === high ? [low, high] : [high, low];
      const fired = this.#due(early) ?? this.#due(late);
      if (!fired) break;
      this.stops = this.stops.filter((o) => o !== fired);
      enter(fired);
    }
    this.#prints = [];
  }

  /** R2 art. 15-2: buys from the lowest stop up, sells from the highest down, then by time. */
  #due(print: number): SlowEntry | undefined {
    const first = (['buy', 'sell'] as const).flatMap((side) => {
      const reached = this.stops.filter((o) => o.side === side && reaches(o, print));
      const ranked = reached.sort((a, b) => (side === 'buy' ? 1 : -1) * ((a.stop as number) - (b.stop as number)));
      return ranked.slice(0, 1);
    });
    return first.sort((a, b) => this.stops.indexOf(a) - this.stops.indexOf(b))[0];
  }

  #sweep(): void {
    this.orders = this.orders.filter((o) => o.open > 0);
    this.stops = this.stops.filter((o) => o.open > 0);
  }

  /** The day's limit on a side's aggressive end. */
  #edge(side: SlowSide): number {
    return (side === 'buy' ? this.#prices.at(-1) : this.#prices[0]) as number;
  }

  #above(price: number): number {
    return this.#prices.find((p) => p > price) ?? this.#edge('buy');
  }

  #below(price: number): number {
    return this.#prices.findLast((p) => p < price) ?? this.#edge('sell');
  }

  /** The price itself where it is valid, else the next above (below); within the limits. */
  #up(price: number): number {
    return this.#prices.find((p) => p >= price) ?? this.#edge('buy');
  }

  #down(price: number): number {
    return this.#prices.findLast((p) => p <= price) ?? this.#edge('sell');
  }
}

/** R2 art. 4-3: a buy at or above its stop, a sell at or below. */
const reaches = ({ side, stop = 0 }: SlowEntry, print: number): boolean =>
  side === 'buy' ? print >= stop : print <= stop;

const orderOf = ({ no, side, kind, price, open }: SlowEntry): SlowOrder => ({ no, side, kind, price, open });
