/** One listed issue during the day: the rules that hold for it on both venues. */
import { hasNoLimits, priceLimits, quantityCap, tickTable, type TickTable } from '../../market/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { BandLadder, type PriceLadder } from '../book/ladder.ts';
import type { ListedIssue } from '../types.ts';

/** Highest price an order may carry where there is no daily limit, won. */
const HIGHEST_PRICE = 100_000_000;

export class IssueState {
  readonly listed: ListedIssue;
  readonly code: string;
  /** Place in the listing. */
  readonly place: number;
  readonly table: TickTable;
  readonly lotSize: number;
  readonly quantityCap: number | null;
  readonly #date: SessionDate;
  ladder: PriceLadder;
  basePrice: number;
  /** true until the first price of a relisted issue has become its base. */
  baseOpen: boolean;

  constructor(listed: ListedIssue, place: number, date: SessionDate) {
    const { code, market, basePrice, lotSize } = listed;
    if (!Number.isSafeInteger(basePrice) || basePrice <= 0) throw new RangeError(`${code}: base price ${basePrice}`);
    if (!Number.isSafeInteger(lotSize) || lotSize <= 0) throw new RangeError(`${code}: lot size ${lotSize}`);
    this.listed = listed;
    this.code = code;
    this.place = place;
    this.#date = date;
    this.table = tickTable(market, date, listed.product ?? 'stock');
    this.basePrice = basePrice;
    this.lotSize = lotSize;
    this.quantityCap = quantityCap(listed);
    this.baseOpen = listed.firstPrice !== undefined;
    this.ladder = new BandLadder(this.table, listed.firstPrice ?? listed.limits ?? this.#dayLimits(basePrice));
  }

  /** false: ETF, ETN and the like, which have neither an after-market nor NXT. */
  get isStock(): boolean {
    return (this.listed.product ?? 'stock') === 'stock';
  }

  /** Won. */
  get upperLimit(): number {
    return this.ladder.priceAt(this.ladder.size - 1);
  }

  /** Won. */
  get lowerLimit(): number {
    return this.ladder.priceAt(0);
  }

  /** The first price becomes the base, and the limits are drawn from it. */
  rebase(price: number): void {
    this.baseOpen = false;
    this.basePrice = price;
    this.ladder = new BandLadder(this.table, this.#dayLimits(price));
  }

  #dayLimits(basePrice: number): { readonly upper: number; readonly lower: number } {
    const { market, product = 'stock', multiple = 1, newListing = false, unlimited = false } = this.listed;
    if (unlimited || hasNoLimits(product)) return { lower: 1, upper: HIGHEST_PRICE };
    return priceLimits({ market, date: this.#date, basePrice, product, multiple, newListing });
  }
}
