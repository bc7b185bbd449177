/** One issue on one venue: its book, its phase, what holds it up, its reference prices and its figures. */
import type { Interruption, Side, VenueName } from '../../domain/index.ts';
import { isContinuous, type EpochMs, type Phase } from '../../time/index.ts';
import type { TieBreak } from '../book/auction.ts';
import { Book } from '../book/book.ts';
import { FixedPriceQueue } from '../book/fixed-price.ts';
import type { IssueState } from './issue-state.ts';
import type { MarketCap } from './market-cap.ts';
import { BUY, SELL, type OrderPool, type SideCode } from '../book/order-pool.ts';
import { StopBook } from '../book/stops.ts';
import type { DepthLevel, IssueView } from '../types.ts';
import { NO_CEIL, NO_FLOOR } from '../book/book.ts';
import type { ViGauge, ViOccasion, ViReferences } from './vi-gauge.ts';

/** What a board does of its own while its venue's day goes on. */
export interface OwnWay extends Readonly<Interruption> {
  /** Names the occasion for the agenda. */
  readonly n: number;
}

/** Numbers kept per board, in the order in which a snapshot stores them. */
export const FIGURES = 12;

export class Board {
  readonly venue: VenueName;
  readonly issue: IssueState;
  /** Place among all boards: two per issue, KRX first. */
  readonly place: number;
  readonly gauge: ViGauge;
  readonly stops: StopBook;
  readonly preClose: FixedPriceQueue;
  readonly postClose: FixedPriceQueue;
  /** The index this board's trades move; null where they move none. */
  readonly cap: MarketCap | null;
  book: Book;
  #phase: Phase;
  own: OwnWay | null = null;
  /** Own ways and random ends so far: each draws from its own stream. */
  occasions = 0;
  /** true: orders trade as they come. */
  trades = false;
  /** true: `gauge` is behind the references. */
  #stale = true;
  /** Kinds of limit order found to be taken in this phase, a bit each: they are asked about all the time. */
  limitsTaken = 0;
  last = 0;
  open = 0;
  high = 0;
  low = 0;
  close = 0;
  volume = 0;
  value = 0;
  /** Won: the latest call-auction price of the day, 0 before the first. */
  auctionPrice = 0;
  /** Direction of the last change of price: 1 up, −1 down, 0 none yet. */
  move = 0;
  /** Lowest and highest price printed since the stop orders were last looked at; 0 for none. */
  printLow = 0;
  printHigh = 0;
  /** true while one order trades here in several goes: its bounds are those of its receipt. */
  held = false;
  /** true once the regular session has ended here: trades make no open, high or low any more and do not move the index. */
  ended = false;

  constructor(parts: {
    readonly venue: VenueName;
    readonly issue: IssueState;
    readonly place: number;
    readonly gauge: ViGauge;
    readonly cap: MarketCap | null;
    readonly pool: OrderPool;
    readonly phase: Phase;
  }) {
    const { venue, issue, place, gauge, cap, pool, phase } = parts;
    this.venue = venue;
    this.issue = issue;
    this.place = place;
    this.gauge = gauge;
    this.cap = cap;
    this.book = new Book(pool, issue.ladder, issue.basePrice);
    this.stops = new StopBook(pool);
    this.preClose = new FixedPriceQueue(pool);
    this.postClose = new FixedPriceQueue(pool);
    this.#phase = phase;
    this.phase = phase;
  }

  get code(): string {
    return this.issue.code;
  }

  get phase(): Phase {
    return this.#phase;
  }

  set phase(phase: Phase) {
    this.#phase = phase;
    this.trades = isContinuous(phase);
    this.limitsTaken = 0;
  }

  /** true: the issue is stopped for its own sake, by a circuit breaker, or after one for the day. */
  get halted(): boolean {
    return this.#phase === 'halted';
  }

  /** Won: the last trade, or the base price before the first. */
  get reference(): number {
    return this.last > 0 ? this.last : this.issue.basePrice;
  }

  /**
   * Which of two auction prices around the reference is taken: the nearest while the issue has no market price yet.
   * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 36
   */
  get tieBreak(): TieBreak {
    const first = this.last === 0 && (this.issue.baseOpen || this.issue.listed.newListing === true);
    return first ? 'nearest' : 'above';
  }

  /** What a VI is measured from. */
  get references(): ViReferences {
    return { last: this.reference, auction: this.auctionPrice > 0 ? this.auctionPrice : this.issue.basePrice };
  }

  /** The gauge with its bounds of continuous trading up to date. */
  measured(): ViGauge {
    if (this.#stale && !this.held) {
      this.gauge.measure(this.references);
      this.#stale = false;
    }
    return this.gauge;
  }

  /** The references have changed by something other than a trade. */
  stale(): void {
    this.#stale = true;
  }

  /** Counts a trade of the book. */
  record(price: number, quantity: number): void {
    this.volume += quantity;
    this.value += price * quantity;
    if (price > this.printHigh) this.printHigh = price;
    if (this.printLow === 0 || price < this.printLow) this.printLow = price;
    if (!this.ended) {
      if (price > this.high) this.high = price;
      if (this.low === 0 || price < this.low) this.low = price;
      if (this.open === 0) this.open = price;
    }
    if (price === this.last) return;
    const before = this.reference;
    if (price !== before) this.move = price > before ? 1 : -1;
    if (!this.ended && this.cap !== null)
      this.cap.now += (this.cap.weights[this.issue.place] as number) * (price - before);
    this.last = price;
    this.#stale = true;
  }

  /** Counts a trade at a fixed price, which moves nothing else. */
  recordFixed(price: number, quantity: number): void {
    this.volume += quantity;
    this.value += price * quantity;
  }

  /** Best limit price of a side, won; 0 where there is none. */
  bestPrice(side: Side): number {
    const index = this.book.bestIndex(side === 'buy' ? BUY : SELL);
    return index < 0 ? 0 : this.book.ladder.priceAt(index);
  }

  view(): IssueView {
    const { book, issue, own } = this;
    const bid = book.bestIndex(BUY);
    const ask = book.bestIndex(SELL);
    const { up, down } = this.#viPrices();
    return {
      code: issue.code,
      venue: this.venue,
      phase: this.#phase,
      interruption: own === null ? null : interruptionOf(own),
      basePrice: issue.basePrice,
      upperLimit: issue.upperLimit,
      lowerLimit: issue.lowerLimit,
      halted: this.halted,
      last: this.last,
      open: this.open,
      high: this.high,
      low: this.low,
      close: this.close,
      volume: this.volume,
      value: this.value,
      bestBid: bid < 0 ? 0 : issue.ladder.priceAt(bid),
      bestBidQty: bid < 0 ? 0 : book.quantityAt(BUY, bid),
      bestAsk: ask < 0 ? 0 : issue.ladder.priceAt(ask),
      bestAskQty: ask < 0 ? 0 : book.quantityAt(SELL, ask),
      viUp: up,
      viDown: down,
    };
  }

  /** How a price would be judged now; null where no VI can come of it. */
  get viOccasion(): ViOccasion | null {
    if (isContinuous(this.#phase)) return 'continuous';
    if (this.own !== null) return null;
    if (this.#phase === 'openAuction') return 'opening';
    return this.#phase === 'closeAuction' ? 'closing' : null;
  }

  /** Nearest prices at which a VI would be triggered, 0 where none applies. */
  #viPrices(): { readonly up: number; readonly down: number } {
    const occasion = this.viOccasion;
    if (occasion === null || !this.gauge.applies) return { up: 0, down: 0 };
    const { up, down } = occasion === 'continuous' ? this.#bounds() : this.gauge.bounds(occasion, this.references);
    const { upperLimit, lowerLimit } = this.issue;
    return { up: up === NO_CEIL || up > upperLimit ? 0 : up, down: down === NO_FLOOR || down < lowerLimit ? 0 : down };
  }

  #bounds(): { readonly up: number; readonly down: number } {
    const { ceil, floor } = this.measured();
    return { up: ceil, down: floor };
  }

  /** Limit levels of a side, best first. */
  depth(side: SideCode, levels: number): DepthLevel[] {
    const { book } = this;
    const out: DepthLevel[] = [];
    for (let index = book.bestIndex(side); index >= 0 && out.length < levels; index = book.nextIndex(side, index)) {
      out.push({ price: book.ladder.priceAt(index), qty: book.quantityAt(side, index) });
    }
    return out;
  }

  /** All open units of a side that can be seen: limits and market orders. */
  totalQuantity(side: SideCode): number {
    let sum = this.book.marketQuantity(side);
    for (let index = this.book.bestIndex(side); index >= 0; index = this.book.nextIndex(side, index)) {
      sum += this.book.quantityAt(side, index);
    }
    return sum;
  }

  /** Writes the figures at the board's place in a snapshot's column. */
  saveFigures(column: Float64Array): void {
    const { last, open, high, low, close, volume, value, auctionPrice, move, occasions, ended, book } = this;
    const row = [last, open, high, low, close, volume, value, auctionPrice, move, occasions, ended ? 1 : 0, book.last];
    column.set(row, this.place * FIGURES);
  }

  loadFigures(column: Float64Array): void {
    const at = (n: number): number => column[this.place * FIGURES + n] as number;
    this.last = at(0);
    this.open = at(1);
    this.high = at(2);
    this.low = at(3);
    this.close = at(4);
    this.volume = at(5);
    this.value = at(6);
    this.auctionPrice = at(7);
    this.move = at(8);
    this.occasions = at(9);
    this.ended = at(10) === 1;
    this.book.last = at(11);
    this.#stale = true;
  }
}

function interruptionOf({ kind, level, sinceTs, untilTs, reference, price, note }: OwnWay): Interruption {
  return { kind, level, sinceTs, untilTs, reference, price, note };
}

/** An interruption that begins now. */
export function ownWay(
  kind: Interruption['kind'],
  facts: { readonly n: number; readonly since: EpochMs } & Partial<Interruption>,
): OwnWay {
  const { n, since, level = null, untilTs = null, reference = null, price = null, note = '' } = facts;
  return { kind, n, sinceTs: since, untilTs, level, reference, price, note };
}
