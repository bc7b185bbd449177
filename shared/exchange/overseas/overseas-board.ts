/** One foreign issue on its exchange: its book, its book of odd lots, and the orders that wait for a cross. */
import {
  onOverseasTick,
  overseasLimits,
  overseasLot,
  overseasTicks,
  toOverseasTick,
  type OverseasExchangeCode,
  type OverseasLimits,
  type OverseasLot,
  type OverseasOrderCode,
  type OverseasTicks,
} from '../../market/index.ts';
import type { SessionDate } from '../../time/index.ts';
import type { Side } from '../../domain/index.ts';
import { Book } from '../book/book.ts';
import type { OrderPool } from '../book/order-pool.ts';
import { MAX_OVERSEAS_STEPS, TableLadder } from './overseas-ladder.ts';
import type { OverseasEntry, OverseasIssue, OverseasView } from './overseas-terms.ts';
import { BUY, SELL } from '../book/order-pool.ts';
import type { RejectCode } from '../types.ts';

/** Units any order may carry at most: columns of the book are 32-bit. */
const MAX_ORDER_QUANTITY = 1_000_000_000;

/** How far from the base price orders are taken where a market has no limits: a tenth to ten times. */
const REACH = 10;

/** Orders without a price. */
const UNPRICED: readonly OverseasOrderCode[] = ['31', '33'];
/** Orders for the opening cross, and for the closing cross. */
export const ON_OPEN: readonly OverseasOrderCode[] = ['31', '32'];
export const ON_CLOSE: readonly OverseasOrderCode[] = ['33', '34'];

export class OverseasBoard {
  readonly issue: OverseasIssue;
  readonly index: number;
  readonly book: Book;
  /** Quantities below a lot trade apart; null where the market has no such orders. */
  readonly odd: Book | null;
  readonly limits: OverseasLimits | null;
  readonly lot: OverseasLot;
  readonly table: OverseasTicks;
  last = 0;
  #open = 0;
  #high = 0;
  #low = 0;
  #volume = 0;

  constructor(
    pool: OrderPool,
    listing: {
      readonly issue: OverseasIssue;
      readonly index: number;
      readonly exchange: OverseasExchangeCode;
      readonly date: SessionDate;
      readonly flags: readonly string[];
    },
  ) {
    const { issue, index, exchange, date, flags } = listing;
    const { segment, basePrice, daysListed } = issue;
    const at = { exchange, date, flags, ...(segment === undefined ? {} : { segment }) };
    this.issue = issue;
    this.index = index;
    this.table = overseasTicks(at);
    if (!onOverseasTick(this.table, basePrice))
      throw new RangeError(`base price ${basePrice} of ${issue.code} is off tick`);
    this.lot = overseasLot(at, issue.lotSize);
    this.limits = overseasLimits({ ...at, basePrice, ...(daysListed === undefined ? {} : { daysListed }) });
    const ladder = new TableLadder(this.table, this.limits ?? reach(this.table, basePrice));
    this.book = new Book(pool, ladder, basePrice);
    this.odd = this.lot.oddLots ? new Book(pool, ladder, basePrice) : null;
  }

  /** The book an order belongs to. */
  bookOf(odd: boolean): Book {
    return odd && this.odd ? this.odd : this.book;
  }

  /** true for an order of the odd-lot market: by its code, or below a lot where odd lots need none. */
  isOdd(entry: Pick<OverseasEntry, 'orderCode' | 'quantity'>): boolean {
    if (this.odd === null) return false;
    return entry.orderCode === '50' || (this.issue.lotSize === undefined && entry.quantity < this.lot.buyUnit);
  }

  /** Why an order's figures are refused; null where they are not. Session and kind are looked at before. */
  refuse(entry: OverseasEntry): RejectCode | null {
    const { side, price, quantity, orderCode } = entry;
    if (!Number.isInteger(quantity) || quantity <= 0 || quantity > MAX_ORDER_QUANTITY) return 'QUANTITY';
    if (!this.#takes(side, quantity, this.isOdd(entry))) return 'QUANTITY';
    return this.refusePrice({ price, ...(orderCode === undefined ? {} : { orderCode }) });
  }

  refusePrice({ orderCode = '00', price }: Pick<OverseasEntry, 'orderCode' | 'price'>): RejectCode | null {
    if (UNPRICED.includes(orderCode)) return price === 0 ? null : 'PRICE';
    if (!onOverseasTick(this.table, price)) return 'TICK';
    return this.book.ladder.indexOf(price) < 0 ? 'LIMIT' : null;
  }

  traded(price: number, quantity: number, odd: boolean): void {
    this.#volume += quantity;
    // Trades in odd lots make no price.
    if (odd) return;
    this.last = price;
    if (this.#open === 0) this.#open = this.#high = this.#low = price;
    if (price > this.#high) this.#high = price;
    if (price < this.#low) this.#low = price;
  }

  view(): OverseasView {
    const { book } = this;
    const best = (side: typeof BUY | typeof SELL): number => {
      const index = book.bestIndex(side);
      return index < 0 ? 0 : book.ladder.priceAt(index);
    };
    return {
      code: this.issue.code,
      basePrice: this.issue.basePrice,
      upperLimit: this.limits?.upper ?? 0,
      lowerLimit: this.limits?.lower ?? 0,
      last: this.last,
      open: this.#open,
      high: this.#high,
      low: this.#low,
      volume: this.#volume,
      bestBid: best(BUY),
      bestAsk: best(SELL),
    };
  }

  #takes(side: Side, quantity: number, odd: boolean): boolean {
    const { buyUnit, buyLeast, sellUnit } = this.lot;
    if (odd) return quantity < (side === 'buy' ? buyUnit : sellUnit);
    return side === 'buy' ? quantity >= buyLeast && quantity % buyUnit === 0 : quantity % sellUnit === 0;
  }
}

/** Prices taken of an issue without limits: within a tenth and ten times the base, and 50,000 ticks either way. */
function reach(table: OverseasTicks, basePrice: number): { readonly lower: number; readonly upper: number } {
  const lowest = toOverseasTick(table, 1, 'up');
  const tick = table.bands.at(-1)?.tick ?? 1;
  const half = Math.floor(MAX_OVERSEAS_STEPS / 8) * tick;
  const lower = Math.max(lowest, Math.ceil(basePrice / REACH), basePrice - half);
  return { lower, upper: Math.min(basePrice * REACH, basePrice + half) };
}
