/** Lets orders into the books: they trade, trigger what waits for their prices, and their rest waits. */
import type { Board } from './board.ts';
import { NO_CEIL, NO_FLOOR } from '../book/book.ts';
import type { Floor } from './floor.ts';
import { beginVi } from './vi-start.ts';
import type { CrossMatch, CrossSink, FillSink } from '../book/match-sink.ts';
import { crossMids } from '../book/mid-cross.ts';
import { FOK, HOME, IOC, MID, timeNo, typeNo, withHome, withType, type Home } from '../book/order-form.ts';
import { BUY, SELL, type SideCode } from '../book/order-pool.ts';
import { rebase } from './rebase.ts';

/** An order about to enter; one object is used again and again, so that a match makes none. */
export class Entering {
  orderNo = 0;
  owner = 0;
  side: SideCode = BUY;
  /** Won; 0 for market and mid. */
  price = 0;
  stopPrice = 0;
  /** Units as placed, and those not traded yet. */
  quantity = 0;
  open = 0;
  form = 0;
}

/** The order in the form the book wants it. */
interface BookOrder {
  side: SideCode;
  limit: number | null;
  quantity: number;
  floor: number;
  ceil: number;
  mid: boolean;
}

export class Matcher implements FillSink, CrossSink {
  readonly #floor: Floor;
  readonly #order = new Entering();
  readonly #asked: BookOrder = { side: BUY, limit: 0, quantity: 0, floor: NO_FLOOR, ceil: NO_CEIL, mid: false };
  #board: Board | undefined;

  constructor(floor: Floor) {
    this.#floor = floor;
  }

  /** The order that `enter` takes; fill it in first. */
  get order(): Entering {
    return this.#order;
  }

  /** Fills the order in from one that waits outside the book, and frees its slot. */
  reload(slot: number): void {
    const { pool } = this.#floor;
    const order = this.#order;
    order.orderNo = pool.orderNo[slot] as number;
    order.owner = pool.owner[slot] as number;
    order.side = pool.side[slot] as SideCode;
    order.price = pool.price[slot] as number;
    order.stopPrice = pool.stop[slot] as number;
    order.quantity = pool.quantity[slot] as number;
    order.open = pool.open[slot] as number;
    order.form = withHome(pool.form[slot] as number, HOME.book);
    pool.release(slot);
  }

  /** Lets the order wait outside the book until a sidecar lets it go. */
  park(board: Board): void {
    const slot = this.#pool(board, HOME.parked);
    this.#floor.pool.stop[slot] = this.#order.stopPrice;
  }

  /** Lets the order in and everything it triggers. */
  enter(board: Board): void {
    this.enterAlone(board);
    if (board.printHigh !== 0) this.settle(board);
  }

  /** Lets the order in; what it triggers is left to `settle`. */
  enterAlone(board: Board): void {
    this.#board = board;
    this.#enter(board);
  }

  /**
   * A stop order waits for its price, unless the last trade (the base price before the first) has reached it already.
   * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 4-3
   */
  enterStop(board: Board): void {
    const order = this.#order;
    const last = board.reference;
    const reached = order.side === BUY ? last >= order.stopPrice : last <= order.stopPrice;
    board.stops.add(this.#pool(board, HOME.stop), order.stopPrice);
    if (!reached) return;
    board.printLow = last;
    board.printHigh = last;
    this.settle(board);
  }

  /** A fixed-price order trades at once where trading is on, else it waits for it. */
  enterFixed(
    board: Board,
    fixed: { readonly home: 'preClose' | 'postClose'; readonly on: boolean; readonly price: number },
  ): void {
    const order = this.#order;
    const queue = board[fixed.home];
    this.#board = board;
    let { open } = order;
    if (fixed.on) {
      const { side } = order;
      open = queue.take({ side, quantity: open, price: fixed.price }, this.#fixedSink(board));
    }
    order.open = open;
    if (open > 0) queue.append(this.#pool(board, HOME[fixed.home]));
  }

  /** Trades both sides of a fixed-price queue. */
  uncrossFixed(board: Board, home: 'preClose' | 'postClose', price: number): void {
    board[home].uncross(price, this.#fixedSink(board));
  }

  /** Units that would trade at once on a board within its bounds, no more than `need`. */
  matchable(board: Board, side: SideCode, limit: number | null, need: number): number {
    return board.book.matchable(this.#ask(board, side, limit, need, false));
  }

  /** Takes from a board up to a step without letting the rest wait, and without passing a VI threshold; returns what was taken. */
  takeUpTo(board: Board, limit: number): number {
    const order = this.#order;
    this.#board = board;
    const asked = this.#ask(board, order.side, limit, order.open, false);
    const left = board.book.take(asked, this);
    const taken = order.open - left;
    order.open = left;
    return taken;
  }

  /** Mids meet what the end of an auction or new quotes brought them. */
  crossMids(board: Board): void {
    const { book } = board;
    if (!board.trades || book.midQuantity(BUY) + book.midQuantity(SELL) === 0) return;
    this.#board = board;
    crossMids(book, this.#floor.pool, board.measured(), this);
    if (book.blockedAt !== 0) beginVi(this.#floor, board, book.blockedAt);
  }

  /** Lets in the stop orders that trades have triggered, one by one, and those that they trigger. */
  settle(board: Board): void {
    const { stops } = board;
    while (stops.size > 0 && board.printHigh !== 0) {
      // A sweep prints away from where it began: what its first prints trigger comes first.
      const rising = board.last === board.printHigh;
      let slot = stops.due(rising ? board.printLow : board.printHigh);
      if (slot < 0) slot = stops.due(rising ? board.printHigh : board.printLow);
      if (slot < 0) break;
      this.#fire(board, slot);
    }
    if (board.issue.baseOpen && board.last > 0) rebase(this.#floor, board);
    board.printLow = 0;
    board.printHigh = 0;
  }

  filled(price: number, quantity: number, restingNo: number, restingOwner: number): void {
    const board = this.#board as Board;
    const { side, orderNo, owner } = this.#order;
    board.record(price, quantity);
    if (side === BUY) {
      this.#floor.events.trade(board, price, quantity, orderNo, owner, restingNo, restingOwner, 'buy');
    } else {
      this.#floor.events.trade(board, price, quantity, restingNo, restingOwner, orderNo, owner, 'sell');
    }
  }

  crossed({ price, quantity, buyNo, buyOwner, sellNo, sellOwner }: CrossMatch): void {
    const board = this.#board as Board;
    board.record(price, quantity);
    this.#floor.events.trade(board, price, quantity, buyNo, buyOwner, sellNo, sellOwner, null);
  }

  /** Where the matches of a board's auction go. */
  sinkOf(board: Board): CrossSink {
    this.#board = board;
    return this;
  }

  #enter(board: Board): void {
    const order = this.#order;
    const time = timeNo(order.form);
    const mid = typeNo(order.form) === MID;
    const limit = order.price === 0 ? null : board.issue.ladder.indexOf(order.price);
    if (board.trades) {
      const asked = this.#ask(board, order.side, limit, order.open, mid);
      if (time === FOK && board.book.matchable(asked) < order.open) {
        this.#floor.events.canceled(board, order.orderNo, order.owner, order.open, 'fok');
        return;
      }
      order.open = board.book.take(asked, this);
      if (board.book.blockedAt !== 0) beginVi(this.#floor, board, board.book.blockedAt);
    }
    if (order.open === 0) return;
    if (time === IOC || time === FOK) {
      this.#floor.events.canceled(board, order.orderNo, order.owner, order.open, time === IOC ? 'ioc' : 'fok');
      return;
    }
    const slot = this.#pool(board, HOME.book);
    if (mid) board.book.appendMid(slot);
    else {
      board.book.append(slot, limit);
      this.crossMids(board);
    }
  }

  /** A triggered stop order enters as a limit order with the time of this moment. */
  #fire(board: Board, slot: number): void {
    const { events } = this.#floor;
    const order = this.#order;
    this.reload(slot);
    order.form = withType(order.form, 'limit');
    events.triggered(board, { orderNo: order.orderNo, owner: order.owner, last: board.reference });
    this.#board = board;
    this.#enter(board);
  }

  #pool(board: Board, home: Home): number {
    const { pool } = this.#floor;
    const order = this.#order;
    const slot = pool.claim(order.orderNo);
    pool.owner[slot] = order.owner;
    pool.issue[slot] = board.place;
    pool.side[slot] = order.side;
    pool.price[slot] = order.price;
    pool.quantity[slot] = order.quantity;
    pool.open[slot] = order.open;
    pool.form[slot] = home === HOME.book ? order.form : withHome(order.form, home);
    return slot;
  }

  /** Positional, because it is called for every order. */
  #ask(board: Board, side: SideCode, limit: number | null, quantity: number, mid: boolean): BookOrder {
    const asked = this.#asked;
    const { floor, ceil } = board.measured();
    asked.side = side;
    asked.limit = limit;
    asked.quantity = quantity;
    asked.mid = mid;
    asked.floor = floor;
    asked.ceil = ceil;
    return asked;
  }

  #fixedSink(board: Board): FillSink & CrossSink {
    const { events } = this.#floor;
    const { side, orderNo, owner } = this.#order;
    return {
      filled: (price, quantity, no, by) => {
        board.recordFixed(price, quantity);
        if (side === BUY) events.trade(board, price, quantity, orderNo, owner, no, by, null);
        else events.trade(board, price, quantity, no, by, orderNo, owner, null);
      },
      crossed: ({ price, quantity, buyNo, buyOwner, sellNo, sellOwner }) => {
        board.recordFixed(price, quantity);
        events.trade(board, price, quantity, buyNo, buyOwner, sellNo, sellOwner, null);
      },
    };
  }
}
