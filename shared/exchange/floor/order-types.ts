/** Which order the exchange takes when, and the order in which it looks: type and hours, quantity, tick, limits, cap, bans. */
import {
  exchangeFee,
  isOnTick,
  noCodeReason,
  offHoursLimits,
  orderCodeRow,
  takenWhen,
  typeBan,
  type KindIssue,
  type OrderCode,
  type VenueMoment,
} from '../../market/index.ts';
import type { VenueName } from '../../domain/index.ts';
import type { Phase } from '../../time/index.ts';
import type { Board } from './board.ts';
import type { Floor } from './floor.ts';
import { formOf, isAfter, ORDER_TYPES, KINDS, kindOf, TIMES, timeOf, typeOf } from '../book/order-form.ts';
import { BUY, SELL } from '../book/order-pool.ts';
import { bestOppositePrice, bestSamePrice } from '../book/pegged-price.ts';
import type { OrderEntry, RejectCode } from '../types.ts';

/** Units any order may carry at most: columns of the book are 32-bit. */
const MAX_ORDER_QUANTITY = 1_000_000_000;

/** Rows of the table of order types by kind; null for a combination that no code stands for. */
const ROWS: readonly (OrderCode | null)[] = Array.from({ length: KINDS }, (_, kind) => {
  const timeInForce = timeOf(kind);
  if ((kind & 15) >= ORDER_TYPES.length) return null;
  return orderCodeRow({ type: typeOf(kind), timeInForce, session: isAfter(kind) ? 'after' : 'regular' });
});

/** The bit of a limit order's time in force and session; 0 for other types and short sales, which depend on more. */
function limitBit({ type, timeInForce, session, shortSale }: OrderEntry): number {
  if (type !== 'limit' || shortSale === true) return 0;
  return (session === 'after' ? 16 : 1) << (timeInForce === 'day' ? 0 : TIMES.indexOf(timeInForce));
}

/** Auctions that interrupt continuous trading. */
const WITHIN: ReadonlySet<Phase> = new Set(['viAuction', 'reopenAuction', 'periodicAuction']);

export class OrderRules {
  readonly #floor: Floor;
  /** Asked about every order that is no plain limit; changed in place. */
  readonly #moment: { -readonly [K in keyof VenueMoment]: VenueMoment[K] };

  constructor(floor: Floor) {
    this.#floor = floor;
    this.#moment = { venue: 'KRX', venuePhase: 'closed', phase: 'closed' };
  }

  /**
   * Why a board refuses an order, or null if it takes it. `price`: won, as asked or taken from the book.
   * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 13, 14, 32, 33
   */
  check(entry: OrderEntry, board: Board): RejectCode | null {
    return this.hours(entry, board) ?? this.form(entry, board) ?? this.#bans(entry, board) ?? this.#last(entry, board);
  }

  /** Step 1: whether the venue takes the type of the issue now. */
  hours(entry: OrderEntry, board: Board): RejectCode | null {
    if ((board.limitsTaken & limitBit(entry)) !== 0) return null;
    return this.#hours(kindOf(formOf(entry)), entry, board);
  }

  /** Steps 2 to 5: quantity, tick, limits, cap. */
  form(entry: OrderEntry, board: Board): RejectCode | null {
    const { quantity, price } = entry;
    const { issue } = board;
    if (!Number.isInteger(quantity) || quantity <= 0 || quantity > MAX_ORDER_QUANTITY) return 'QUANTITY';
    if (quantity % issue.lotSize !== 0) return 'QUANTITY';
    if (entry.type === 'limit' || isPriced(entry)) {
      const wrong = checkPrice(price, board);
      if (wrong !== null) return wrong;
      if (entry.type === 'offHours' && !this.#inOffHours(price, board)) return 'LIMIT';
    } else if (price !== 0) return 'PRICE';
    return issue.quantityCap !== null && quantity > issue.quantityCap ? 'QUANTITY_CAP' : null;
  }

  /** Step 6: bans by type. A limit order's depend on the phase alone, unless it is a short sale. */
  #bans(entry: OrderEntry, board: Board): RejectCode | null {
    const bit = limitBit(entry);
    if ((board.limitsTaken & bit) !== 0) return null;
    const reason = typeBan(ROWS[kindOf(formOf(entry))] as OrderCode, this.momentOf(board), this.kindIssue(board), {
      side: entry.side,
      price: entry.price,
      limits: { upper: board.issue.upperLimit, lower: board.issue.lowerLimit },
      shortSale: entry.shortSale === true,
      hasBid: board.book.bestIndex(BUY) >= 0,
      hasAsk: board.book.bestIndex(SELL) >= 0,
    });
    if (reason === null) board.limitsTaken |= bit;
    return reason;
  }

  /** Step 7: stop price, short sale, and whether there is room. */
  #last(entry: OrderEntry, board: Board): RejectCode | null {
    if (!validStop(entry.type, entry.stopPrice, board)) return 'STOP_PRICE';
    if (entry.shortSale === true && !validShort(entry, board)) return 'SHORT_PRICE';
    return this.#floor.pool.full ? 'FULL' : null;
  }

  /** Whether SOR takes the type at all. */
  takesSor(entry: OrderEntry): boolean {
    return ROWS[kindOf(formOf(entry))]?.SOR?.taken === true;
  }

  /** Of two venues the one whose taker pays the exchange less; KRX where it is the same. */
  get cheaper(): VenueName {
    const { date } = this.#floor.options;
    const fee = (venue: VenueName): number => exchangeFee(date, { venue, role: 'taker' }).ppb;
    return this.#floor.days.NXT !== null && fee('NXT') < fee('KRX') ? 'NXT' : 'KRX';
  }

  /** A board at this moment in the words of the table of types. */
  momentOf(board: Board): VenueMoment {
    const day = this.#floor.dayOf(board);
    const { now } = this.#floor;
    const moment = this.#moment;
    moment.venue = board.venue;
    // A board whose opening or closing auction is extended is still in that part of its day.
    const part = board.own?.kind === 'extension' || board.phase === 'closed' ? board.phase : day.phase;
    // Set by hand for a whole venue, an auction in the middle of the day still belongs to continuous trading.
    moment.venuePhase = WITHIN.has(part) ? 'continuous' : part;
    moment.phase = board.phase;
    moment.preCloseOpen = day.accepts('preClose', now);
    moment.postCloseOpen = day.accepts('postClose', now);
    moment.marketHalted = board.own?.kind === 'circuitBreaker';
    return moment;
  }

  /** An issue in the words of the table of types. */
  kindIssue(board: Board): KindIssue {
    const { listed } = board.issue;
    return {
      date: this.#floor.options.date,
      product: listed.product ?? 'stock',
      nxt: listed.nxt === true,
      singlePrice: listed.singlePrice ?? null,
      firstPricePending: (listed.newListing === true && board.open === 0) || board.issue.baseOpen,
      noReference: noReference(board),
    };
  }

  #hours(kind: number, entry: OrderEntry, board: Board): RejectCode | null {
    const row = ROWS[kind] ?? null;
    if (row === null) {
      const { type, timeInForce, session = 'regular' } = entry;
      return noCodeReason({ type, timeInForce, session });
    }
    return takenWhen(row, this.momentOf(board), this.kindIssue(board));
  }

  #inOffHours(price: number, board: Board): boolean {
    const { listed, upperLimit, lowerLimit } = board.issue;
    const { market, product = 'stock' } = listed;
    const day = { upper: upperLimit, lower: lowerLimit };
    const { date } = this.#floor.options;
    const { upper, lower } = offHoursLimits({ market, date, close: closeOf(board), day, product });
    return price >= lower && price <= upper;
  }
}

/** Official close in won, or the base price of a day without one. */
function closeOf(board: Board): number {
  return board.close > 0 ? board.close : board.issue.basePrice;
}

/** A limit price must lie on its tick, then within the day's limits. */
function checkPrice(price: number, board: Board): RejectCode | null {
  if (board.issue.ladder.indexOf(price) >= 0) return null;
  return isOnTick(board.issue.table, price) ? 'LIMIT' : 'TICK';
}

/** true where the order says its limit price itself. */
function isPriced(entry: OrderEntry): boolean {
  return ROWS[kindOf(formOf(entry))]?.price === 'required';
}

/** true: there is no trade in the session whose close 05 and 06 trade at. */
function noReference(board: Board): boolean {
  const { listed } = board.issue;
  if (board.ended) return board.open === 0;
  return listed.newListing === true || listed.firstPrice !== undefined;
}

function validStop(type: OrderEntry['type'], stopPrice: number | undefined, board: Board): boolean {
  if (type !== 'stopLimit') return stopPrice === undefined || stopPrice === 0;
  return stopPrice !== undefined && board.issue.ladder.indexOf(stopPrice) >= 0;
}

/**
 * A covered short sale asks the last price or more, and exactly the last price only after a rise; before the first price
 * of the day it is free, as it is for ETF and ETN.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 18
 */
function validShort(entry: OrderEntry, board: Board): boolean {
  const { side, type, price } = entry;
  if (side === 'buy' || !board.issue.isStock || board.last === 0) return true;
  const asks =
    type === 'limit' || type === 'conditionalLimit' || type === 'stopLimit' ? price : shortQuote(entry, board);
  return asks === null || asks > board.last || (asks === board.last && board.move > 0);
}

/** The price a best order would take; null for types that name none. */
function shortQuote({ type }: OrderEntry, { book }: Board): number | null {
  if (type === 'bestOpposite') return bestOppositePrice(book, SELL);
  return type === 'bestSame' ? bestSamePrice(book, SELL) : null;
}
