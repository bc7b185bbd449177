/** The simulated foreign exchange: one day of one exchange as a continuous book with that market's hours, ticks, lots and crosses. */
import type { Side } from '../../domain/index.ts';
import { assert } from '../../errors/index.ts';
import { overseasDay, overseasMarket, type OverseasDay, type OverseasExchangeCode } from '../../market/index.ts';
import { hash32 } from '../../rng/index.ts';
import { epochMs, isAuction, isContinuous, type EpochMs, type Phase, type SessionDate } from '../../time/index.ts';
import { auctionOutcome, uncross } from '../book/auction.ts';
import { NO_CEIL, NO_FLOOR, type Book } from '../book/book.ts';
import { BUY, MAX_OPEN_ORDERS, OrderPool, SELL, type SideCode } from '../book/order-pool.ts';
import { ON_CLOSE, ON_OPEN, OverseasBoard } from './overseas-board.ts';
import { OverseasStream } from './overseas-stream.ts';
import type { OverseasEntry, OverseasOptions, OverseasSink, OverseasView } from './overseas-terms.ts';
import type { CancelCause, CancelResult, DepthLevel, RejectCode, SubmitResult } from '../types.ts';

/** What is known of an open order beside its place in the book. */
interface OpenOrder extends OverseasEntry {
  readonly orderNo: number;
  readonly odd: boolean;
  /** Slot in the pool; −1 while it waits for a cross. */
  slot: number;
  open: number;
}

const sideCode = (side: Side): SideCode => (side === 'buy' ? BUY : SELL);

/** Exchange of one day abroad. Its clock never goes back; times are instants, shown by the exchange's own zone. */
export class OverseasExchange {
  readonly exchange: OverseasExchangeCode;
  readonly date: SessionDate;
  readonly day: OverseasDay;
  readonly #boards = new Map<string, OverseasBoard>();
  readonly #byIndex: OverseasBoard[] = [];
  readonly #pool: OrderPool;
  readonly #maxOpenOrders: number;
  readonly #stream: OverseasStream;
  readonly #orders = new Map<number, OpenOrder>();
  #orderNo = 0;
  /** Place in the day's parts; −1 before the first, the number of parts after the last. */
  #part = -1;
  #phase: Phase = 'preOpen';

  constructor(options: OverseasOptions, sink: OverseasSink) {
    const { exchange, date, issues, flags = [], maxOpenOrders = MAX_OPEN_ORDERS } = options;
    this.exchange = exchange;
    this.date = date;
    this.day = overseasDay(exchange, date);
    this.#maxOpenOrders = maxOpenOrders;
    this.#pool = new OrderPool(maxOpenOrders);
    this.#stream = new OverseasStream(this.day.parts[0]?.startTs ?? epochMs(0), sink);
    if (this.day.parts.length === 0) this.#phase = 'closed';
    issues.forEach((issue, index) => {
      if (this.#boards.has(issue.code)) throw new RangeError(`${issue.code} is listed twice`);
      const board = new OverseasBoard(this.#pool, { issue, index, exchange, date, flags });
      this.#boards.set(issue.code, board);
      this.#byIndex.push(board);
    });
  }

  get codes(): readonly string[] {
    return [...this.#boards.keys()];
  }

  get now(): EpochMs {
    return this.#stream.now;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Events so far. */
  get events(): number {
    return this.#stream.seq;
  }

  hash(): string {
    return this.#stream.hash;
  }

  /** Brings the clock forward; parts of the day end and begin on the way. */
  advanceTo(ts: EpochMs): void {
    assert(ts >= this.now || this.#part < 0, `clock cannot go back to ${ts}`);
    const { parts } = this.day;
    for (;;) {
      const current = parts[this.#part];
      const due = current === undefined ? parts[this.#part + 1]?.startTs : current.endTs;
      if (due === undefined || due > ts) break;
      this.#stream.now = due;
      if (current) this.#end(current.phase, current.closeCross);
      this.#part += 1;
      const next = parts[this.#part];
      this.#enter(next ? next.phase : 'closed');
      if (next?.openCross) this.#cross('openAuction', ON_OPEN);
      if (!next) this.#expireAll();
    }
    if (ts > this.now) this.#stream.now = ts;
  }

  submit(entry: OverseasEntry): SubmitResult {
    const board = this.#boards.get(entry.code);
    const reason = board ? this.#refuse(board, entry) : 'UNKNOWN_ISSUE';
    if (reason !== null || !board) return this.#reject(entry, 0, reason ?? 'UNKNOWN_ISSUE');
    return { orderNo: this.#accept(board, entry, 0) };
  }

  /** Moves the whole rest to another price under a new number, at the end of the queue. */
  replace(owner: number, orderNo: number, change: { readonly price: number }): SubmitResult {
    const order = this.#orders.get(orderNo);
    const named = { owner, code: order?.code ?? '' };
    if (order?.owner !== owner) return this.#reject(named, orderNo, 'UNKNOWN_ORDER');
    const board = this.#board(order.code);
    const entry: OverseasEntry = { ...order, price: change.price, quantity: order.open };
    // The rest keeps whatever quantity it has: only the moment and the price are judged.
    const reason =
      this.#refuseNow(entry) ??
      board.refusePrice(entry) ??
      (change.price === order.price ? ('SAME_PRICE' as const) : null);
    if (reason !== null) return this.#reject(named, orderNo, reason);
    this.#drop(order, 'replaced');
    return { orderNo: this.#accept(board, entry, orderNo) };
  }

  cancel(owner: number, orderNo: number): CancelResult {
    const order = this.#orders.get(orderNo);
    if (order?.owner !== owner) return this.#reject({ owner, code: order?.code ?? '' }, orderNo, 'UNKNOWN_ORDER');
    const quantity = order.open;
    this.#drop(order, 'user');
    return { quantity };
  }

  has(code: string): boolean {
    return this.#boards.has(code);
  }

  issue(code: string): OverseasView {
    return this.#board(code).view();
  }

  /** Best levels of a side, best first; scaled prices. Orders that wait for a cross are not shown. */
  depth(ask: {
    readonly code: string;
    readonly side: Side;
    readonly levels: number;
    readonly odd?: boolean;
  }): DepthLevel[] {
    const book = this.#board(ask.code).bookOf(ask.odd ?? false);
    const side = sideCode(ask.side);
    const levels: DepthLevel[] = [];
    for (let at = book.bestIndex(side); at >= 0 && levels.length < ask.levels; at = book.nextIndex(side, at)) {
      levels.push({ price: book.ladder.priceAt(at), qty: book.quantityAt(side, at) });
    }
    return levels;
  }

  /** The price and units at which the auction would match now; null outside one and where nothing would. */
  expected(code: string): { readonly price: number; readonly qty: number } | null {
    if (!isAuction(this.#phase)) return null;
    const { book } = this.#board(code);
    const outcome = auctionOutcome(book, book.last);
    return outcome && { price: outcome.price, qty: outcome.quantity };
  }

  /** Open orders of an owner, by number. */
  openOrders(owner: number): readonly (OverseasEntry & { readonly orderNo: number; readonly openQty: number })[] {
    return [...this.#orders.values()]
      .filter((order) => order.owner === owner)
      .map(({ orderNo, open, code, side, price, quantity, orderCode = '00' }) => {
        return { orderNo, openQty: open, owner, code, side, price, quantity, orderCode };
      });
  }

  #refuse(board: OverseasBoard, entry: OverseasEntry): RejectCode | null {
    const reason = this.#refuseNow(entry) ?? board.refuse(entry);
    return reason ?? (this.#orders.size >= this.#maxOpenOrders ? 'FULL' : null);
  }

  /** Whether orders of this kind are taken at this moment. */
  #refuseNow(entry: OverseasEntry): RejectCode | null {
    const { side, orderCode = '00' } = entry;
    const { orders } = overseasMarket(this.exchange);
    const phase = this.#phase;
    if (!isContinuous(phase) && !isAuction(phase)) return 'SESSION';
    if (!orders[side].includes(orderCode)) return 'VENUE_TYPE';
    if (ON_OPEN.includes(orderCode) && !this.#before(this.day.onOpenUntil)) return 'TYPE_HOURS';
    if (ON_CLOSE.includes(orderCode) && !this.#before(this.day.onCloseUntil)) return 'TYPE_HOURS';
    return null;
  }

  #before(until: EpochMs | null): boolean {
    return until !== null && this.now < until;
  }

  #accept(board: OverseasBoard, entry: OverseasEntry, originalOrderNo: number): number {
    this.#orderNo += 1;
    const orderNo = this.#orderNo;
    const { owner, code, side, orderCode = '00', price, quantity } = entry;
    const order: OpenOrder = {
      orderNo,
      owner,
      code,
      side,
      orderCode,
      price,
      quantity,
      open: quantity,
      odd: board.isOdd(entry),
      slot: -1,
    };
    this.#orders.set(orderNo, order);
    this.#stream.accepted(board.index, { code, orderNo, originalOrderNo, owner, side, orderCode, price, quantity });
    if (ON_OPEN.includes(orderCode) || ON_CLOSE.includes(orderCode)) return orderNo;
    if (isContinuous(this.#phase)) this.#match(board, order);
    if (order.open > 0) this.#rest(board, order);
    return orderNo;
  }

  #match(board: OverseasBoard, order: OpenOrder): void {
    const book = board.bookOf(order.odd);
    const limit = book.ladder.indexOf(order.price);
    const { side, orderNo, owner, code, odd } = order;
    const incoming = { side: sideCode(side), limit, quantity: order.open, floor: NO_FLOOR, ceil: NO_CEIL };
    book.take(incoming, {
      filled: (price, quantity, restingNo, restingOwner) => {
        this.#filled(order, quantity);
        this.#filledNo(restingNo, quantity);
        board.traded(price, quantity, odd);
        const mine = { no: orderNo, owner };
        const theirs = { no: restingNo, owner: restingOwner };
        const [buy, sell] = side === 'buy' ? [mine, theirs] : [theirs, mine];
        this.#stream.trade(board.index, {
          code,
          price,
          quantity,
          buyOrderNo: buy.no,
          buyOwner: buy.owner,
          sellOrderNo: sell.no,
          sellOwner: sell.owner,
          aggressor: side,
        });
      },
    });
  }

  #rest(board: OverseasBoard, order: OpenOrder): void {
    const { orderNo, owner, side, price, quantity, open } = order;
    const book = board.bookOf(order.odd);
    order.slot = this.#pool.add({ orderNo, owner, issue: board.index, side: sideCode(side), price, quantity, open });
    book.append(order.slot, price === 0 ? null : book.ladder.indexOf(price));
  }

  #filledNo(orderNo: number, quantity: number): void {
    const order = this.#orders.get(orderNo);
    assert(order, `order ${orderNo} is not known`);
    this.#filled(order, quantity);
  }

  #filled(order: OpenOrder, quantity: number): void {
    order.open -= quantity;
    if (order.open === 0) this.#orders.delete(order.orderNo);
  }

  #drop(order: OpenOrder, cause: CancelCause): void {
    const board = this.#board(order.code);
    this.#orders.delete(order.orderNo);
    if (order.slot >= 0) board.bookOf(order.odd).remove(order.slot);
    const { code, orderNo, owner, open: quantity } = order;
    this.#stream.canceled(board.index, { code, orderNo, owner, quantity, cause });
  }

  #enter(phase: Phase): void {
    const previous = this.#phase;
    this.#phase = phase;
    this.#stream.phase({ code: '', phase, previous });
  }

  #end(phase: Phase, closeCross: boolean): void {
    if (closeCross) this.#cross('closeAuction', ON_CLOSE);
    else if (isAuction(phase)) for (const board of this.#byIndex) this.#uncross(board, phase);
  }

  /** Brings the orders kept for a cross into their books, matches all that waits at one price, and lets their rest go. */
  #cross(phase: Phase, codes: readonly string[]): void {
    const kept = [...this.#orders.values()].filter((order) => codes.includes(order.orderCode ?? '00'));
    for (const order of kept) this.#rest(this.#board(order.code), order);
    for (const board of this.#byIndex) this.#uncross(board, phase);
    for (const order of kept) if (order.open > 0) this.#drop(order, 'expired');
  }

  #uncross(board: OverseasBoard, phase: Phase): void {
    const books: readonly (Book | null)[] = [board.book, board.odd];
    for (const book of books) {
      if (!book) continue;
      const outcome = auctionOutcome(book, book.last);
      const { code } = board.issue;
      if (outcome) {
        uncross(book, this.#pool, outcome, {
          crossed: ({ price, quantity, buyNo, buyOwner, sellNo, sellOwner }) => {
            this.#filledNo(buyNo, quantity);
            this.#filledNo(sellNo, quantity);
            board.traded(price, quantity, book === board.odd);
            const sides = { buyOrderNo: buyNo, buyOwner, sellOrderNo: sellNo, sellOwner };
            this.#stream.trade(board.index, { code, price, quantity, ...sides, aggressor: null });
          },
        });
      }
      if (book === board.book) {
        this.#stream.auction(board.index, {
          code,
          phase,
          price: outcome?.price ?? 0,
          quantity: outcome?.quantity ?? 0,
        });
      }
    }
  }

  #expireAll(): void {
    for (const order of [...this.#orders.values()]) this.#drop(order, 'expired');
  }

  #reject(
    named: { readonly owner: number; readonly code: string },
    orderNo: number,
    reason: RejectCode,
  ): { readonly reason: RejectCode } {
    const { owner, code } = named;
    const index = this.#boards.get(code)?.index ?? -1;
    this.#stream.rejected(index, { code, orderNo, owner, reason }, index < 0 ? hash32(code) : 0);
    return { reason };
  }

  #board(code: string): OverseasBoard {
    const board = this.#boards.get(code);
    assert(board, `${code} is not listed on ${this.exchange}`);
    return board;
  }
}
