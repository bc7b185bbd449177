/** One listed issue during the day: its rules, its book and its figures. */
import { priceLimits, quantityCap, tickTable, type TickTable } from '../market/index.ts';
import type { SessionDate } from '../time/index.ts';
import { Book } from './book.ts';
import { BandLadder, type PriceLadder } from './ladder.ts';
import { BUY, SELL, type OrderPool, type SideCode } from './order-pool.ts';
import type { IssueRules } from './order-types.ts';
import type { DepthLevel, IssueView, ListedIssue } from './types.ts';

/** Figures kept per issue, in the order a snapshot stores them. */
const FIGURES = 7;

export class IssueState implements IssueRules {
  readonly code: string;
  /** Place in the listing. */
  readonly place: number;
  readonly table: TickTable;
  readonly ladder: PriceLadder;
  readonly book: Book;
  readonly basePrice: number;
  readonly lotSize: number;
  readonly quantityCap: number | null;
  readonly halted: boolean;
  readonly #newListing: boolean;
  last = 0;
  open = 0;
  high = 0;
  low = 0;
  volume = 0;
  value = 0;

  constructor(listed: ListedIssue, place: number, date: SessionDate, pool: OrderPool) {
    const { code, market, basePrice, lotSize } = listed;
    if (!Number.isSafeInteger(basePrice) || basePrice <= 0) throw new RangeError(`${code}: base price ${basePrice}`);
    if (!Number.isSafeInteger(lotSize) || lotSize <= 0) throw new RangeError(`${code}: lot size ${lotSize}`);
    this.code = code;
    this.place = place;
    this.table = tickTable(market, date);
    this.ladder = new BandLadder(
      this.table,
      listed.limits ?? priceLimits({ market, date, basePrice, newListing: listed.newListing ?? false }),
    );
    this.basePrice = basePrice;
    this.lotSize = lotSize;
    this.quantityCap = quantityCap(listed);
    this.halted = listed.halted ?? false;
    this.#newListing = listed.newListing ?? false;
    const base = this.ladder.ceilIndex(basePrice);
    this.book = new Book(pool, this.ladder, Math.min(base, this.ladder.size - 1));
  }

  get takesMarket(): boolean {
    return !this.#newListing || this.open > 0;
  }

  /** Won: the last trade, or the base price before the first. */
  get reference(): number {
    return this.last > 0 ? this.last : this.basePrice;
  }

  /** Counts a trade. */
  record(price: number, quantity: number): void {
    this.last = price;
    if (this.open === 0) this.open = price;
    if (price > this.high) this.high = price;
    if (this.low === 0 || price < this.low) this.low = price;
    this.volume += quantity;
    this.value += price * quantity;
  }

  view(): IssueView {
    const { book, ladder } = this;
    const bid = book.bestIndex(BUY);
    const ask = book.bestIndex(SELL);
    return {
      code: this.code,
      basePrice: this.basePrice,
      upperLimit: ladder.priceAt(ladder.size - 1),
      lowerLimit: ladder.priceAt(0),
      halted: this.halted,
      last: this.last,
      open: this.open,
      high: this.high,
      low: this.low,
      volume: this.volume,
      value: this.value,
      bestBid: bid < 0 ? 0 : ladder.priceAt(bid),
      bestBidQty: bid < 0 ? 0 : book.quantityAt(BUY, bid),
      bestAsk: ask < 0 ? 0 : ladder.priceAt(ask),
      bestAskQty: ask < 0 ? 0 : book.quantityAt(SELL, ask),
    };
  }

  /** Limit levels of a side, best first. */
  depth(side: SideCode, levels: number): DepthLevel[] {
    const { book, ladder } = this;
    const out: DepthLevel[] = [];
    for (let index = book.bestIndex(side); index >= 0 && out.length < levels; index = book.nextIndex(side, index)) {
      out.push({ price: ladder.priceAt(index), qty: book.quantityAt(side, index) });
    }
    return out;
  }

  /** All open units of a side, market orders included. */
  totalQuantity(side: SideCode): number {
    let sum = this.book.marketQuantity(side);
    for (let index = this.book.bestIndex(side); index >= 0; index = this.book.nextIndex(side, index)) {
      sum += this.book.quantityAt(side, index);
    }
    return sum;
  }

  /** Open slots of a side in the order in which they would be served. */
  *slots(side: SideCode): Generator<number> {
    const { book } = this;
    yield* book.queue(side, null);
    for (let index = book.bestIndex(side); index >= 0; index = book.nextIndex(side, index)) {
      yield* book.queue(side, index);
    }
  }

  /** Writes the figures at the issue's place in a snapshot's column. */
  saveFigures(column: Float64Array): void {
    const { last, open, high, low, volume, value, book } = this;
    column.set([last, open, high, low, volume, value, book.lastIndex], this.place * FIGURES);
  }

  loadFigures(column: Float64Array): void {
    const [last, open, high, low, volume, value, lastIndex] = column.subarray(
      this.place * FIGURES,
    ) as unknown as number[];
    Object.assign(this, { last, open, high, low, volume, value });
    this.book.lastIndex = lastIndex ?? 0;
  }

  /** Length of the column for a number of issues. */
  static figures(issues: number): Float64Array {
    return new Float64Array(issues * FIGURES);
  }
}
