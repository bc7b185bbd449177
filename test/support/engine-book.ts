/** The engine's parts for one issue put together as the exchange does it, with the commands of the slow book. */
import { auctionOutcome, specialQuote, uncross } from '#shared/exchange/book/auction.ts';
import { Book, NO_CEIL, NO_FLOOR, type Incoming } from '#shared/exchange/book/book.ts';
import type { PriceLadder } from '#shared/exchange/book/ladder.ts';
import type { CrossMatch, CrossSink, FillSink } from '#shared/exchange/book/match-sink.ts';
import { crossMids } from '#shared/exchange/book/mid-cross.ts';
import { BUY, OrderPool, SELL, type SideCode } from '#shared/exchange/book/order-pool.ts';
import { bestOppositePrice, bestSamePrice } from '#shared/exchange/book/pegged-price.ts';
import { StopBook } from '#shared/exchange/book/stops.ts';
import type { SlowEntry, SlowTrade } from '#test/support/slow-exchange.ts';

export const sideCode = (side: 'buy' | 'sell'): SideCode => (side === 'buy' ? BUY : SELL);
const NO_BOUNDS = { floor: NO_FLOOR, ceil: NO_CEIL };

export class EngineBook implements FillSink, CrossSink {
  readonly ladder: PriceLadder;
  readonly trades: SlowTrade[] = [];
  pool = new OrderPool();
  book: Book;
  #stops: StopBook;
  readonly #conditional = new Set<number>();
  #entry: SlowEntry | undefined;
  /** Lowest and highest price printed since stop orders were last looked at. */
  #prints: [low: number, high: number] | undefined;

  constructor(ladder: PriceLadder, last: number) {
    this.ladder = ladder;
    this.book = new Book(this.pool, ladder, last);
    this.#stops = new StopBook(this.pool);
  }

  submit(entry: SlowEntry): void {
    if (entry.stop !== undefined) this.#wait(entry, entry.stop);
    else this.#enter(entry);
    this.#fireStops();
  }

  collect(entry: SlowEntry): void {
    if (entry.stop === undefined) {
      this.#rest(entry, entry.open);
      return;
    }
    this.#wait(entry, entry.stop);
    this.#fireStops((fired) => this.#rest(fired, fired.open));
  }

  cancel(no: number, quantity: number): void {
    const slot = this.pool.slotOf(no);
    const whole = this.pool.open[slot] === quantity;
    if ((this.pool.stop[slot] as number) === 0) this.book.shrink(slot, quantity);
    else if (whole) this.#stops.remove(slot);
    else this.pool.open[slot] = (this.pool.open[slot] as number) - quantity;
  }

  convert(): void {
    for (const side of [BUY, SELL] as const) {
      const mine = [...this.book.slots(side)].filter((slot) =>
        this.#conditional.has(this.pool.orderNo[slot] as number),
      );
      const price = (slot: number): number => this.pool.price[slot] as number;
      for (const slot of mine.sort((a, b) => (side === BUY ? price(b) - price(a) : price(a) - price(b)))) {
        this.book.detach(slot);
        this.pool.price[slot] = 0;
        this.book.append(slot, null);
      }
    }
    this.#conditional.clear();
  }

  voidMids(): void {
    this.book.voidMids(() => undefined);
  }

  auction(rule: { readonly inside: 'above' | 'nearest'; readonly sizeFirst: 'no' | 'once' | 'lasting' }): void {
    const outcome = auctionOutcome(this.book, this.book.last, rule.inside);
    const sizeFirst = rule.sizeFirst === 'no' ? null : { unit: 1, lasting: rule.sizeFirst === 'lasting' };
    if (outcome) uncross(this.book, this.pool, outcome, this, sizeFirst);
  }

  price(inside: 'above' | 'nearest'): { price: number; quantity: number } | null {
    const outcome = auctionOutcome(this.book, this.book.last, inside);
    return outcome && { price: outcome.price, quantity: outcome.quantity };
  }

  resume(): void {
    crossMids(this.book, this.pool, NO_BOUNDS, this);
    this.#fireStops();
  }

  bestOpposite(side: 'buy' | 'sell'): number {
    return bestOppositePrice(this.book, sideCode(side));
  }

  bestSame(side: 'buy' | 'sell'): number {
    return bestSamePrice(this.book, sideCode(side));
  }

  specialQuote(base: number): number {
    return specialQuote(this.book, base);
  }

  /** Number and rest of every open order, waiting stops included, by number. */
  rests(): [number, number][] {
    const slots = [...this.book.slots(BUY), ...this.book.slots(SELL), ...this.#stops.slots()];
    const rows = slots.map((slot): [number, number] => [
      this.pool.orderNo[slot] as number,
      this.pool.open[slot] as number,
    ]);
    return rows.sort((a, b) => a[0] - b[0]);
  }

  /** Builds everything anew from what a snapshot keeps, and goes on with that. */
  rebuild(): void {
    const [old, stops, pool] = [this.book, this.#stops, this.pool];
    this.pool = new OrderPool();
    this.book = new Book(this.pool, this.ladder, old.last);
    this.#stops = new StopBook(this.pool);
    const copy = (slot: number): number =>
      this.pool.add({
        orderNo: pool.orderNo[slot] as number,
        owner: 1,
        issue: 0,
        side: pool.side[slot] as SideCode,
        price: pool.price[slot] as number,
        quantity: pool.quantity[slot] as number,
        open: pool.open[slot] as number,
      });
    const mids = new Set([...old.queue(BUY, 'mid'), ...old.queue(SELL, 'mid')]);
    for (const slot of [...old.slots(BUY), ...old.slots(SELL)]) {
      const price = pool.price[slot] as number;
      if (mids.has(slot)) this.book.appendMid(copy(slot));
      else this.book.append(copy(slot), price === 0 ? null : this.ladder.indexOf(price));
    }
    for (const slot of stops.slots()) this.#stops.add(copy(slot), pool.stop[slot] as number);
    this.book.allocation = structuredClone(old.allocation);
  }

  filled(price: number, quantity: number, restingNo: number): void {
    const { no, side } = this.#entry as SlowEntry;
    this.#print(price);
    const [buyNo, sellNo] = side === 'buy' ? [no, restingNo] : [restingNo, no];
    this.trades.push({ price, quantity, buyNo, sellNo });
  }

  crossed({ price, quantity, buyNo, sellNo }: CrossMatch): void {
    this.#print(price);
    this.trades.push({ price, quantity, buyNo, sellNo });
  }

  #enter(entry: SlowEntry): void {
    this.#entry = entry;
    const incoming: Incoming = {
      side: sideCode(entry.side),
      limit: entry.price === null ? null : this.ladder.indexOf(entry.price),
      quantity: entry.open,
      mid: entry.kind === 'mid',
      ...NO_BOUNDS,
    };
    if (entry.time === 'fok' && this.book.matchable(incoming) < entry.open) return;
    const left = this.book.take(incoming, this);
    if (left > 0 && entry.time === 'day') this.#rest(entry, left);
    crossMids(this.book, this.pool, NO_BOUNDS, this);
  }

  #pooled(entry: SlowEntry, open = entry.open): number {
    const { no, side, price, open: quantity } = entry;
    return this.pool.add({ orderNo: no, owner: 1, issue: 0, side: sideCode(side), price: price ?? 0, quantity, open });
  }

  #rest(entry: SlowEntry, open: number): void {
    const slot = this.#pooled(entry, open);
    if (entry.kind === 'conditional') this.#conditional.add(entry.no);
    if (entry.kind === 'mid') this.book.appendMid(slot);
    else this.book.append(slot, entry.price === null ? null : this.ladder.indexOf(entry.price));
  }

  #wait(entry: SlowEntry, stop: number): void {
    this.#stops.add(this.#pooled(entry), stop);
    const { last } = this.book;
    if (entry.side === 'buy' ? last >= stop : last <= stop) this.#print(last);
  }

  #print(price: number): void {
    this.#prints = this.#prints ? [Math.min(this.#prints[0], price), Math.max(this.#prints[1], price)] : [price, price];
  }

  #fireStops(enter = (fired: SlowEntry): void => this.#enter(fired)): void {
    while (this.#prints) {
      const [low, high] = this.#prints;
      const rising = this.book.last === high;
      let slot = this.#stops.due(rising ? low : high);
      if (slot < 0) slot = this.#stops.due(rising ? high : low);
      if (slot < 0) break;
      const entry: SlowEntry = {
        no: this.pool.orderNo[slot] as number,
        side: this.pool.side[slot] === BUY ? 'buy' : 'sell',
        kind: 'limit',
        price: this.pool.price[slot] as number,
        open: this.pool.open[slot] as number,
        time: 'day',
      };
      this.pool.release(slot);
      enter(entry);
    }
    this.#prints = undefined;
  }
}
