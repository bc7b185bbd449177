/** Orders at the counter of the exchange: taken under a number or refused, changed, canceled. */
import { assert } from '../../errors/index.ts';
import { amendment } from './amend.ts';
import type { Board } from './board.ts';
import type { Floor } from './floor.ts';
import type { IssueState } from './issue-state.ts';
import type { Matcher } from './matcher.ts';
import { formOf, isProgram, isSor, typeOf } from '../book/order-form.ts';
import { BUY, SELL } from '../book/order-pool.ts';
import type { OrderRules } from './order-types.ts';
import type { Router } from './router.ts';
import type { Sidecars } from './sidecar.ts';
import type { CancelResult, OrderChange, OrderEntry, RejectCode, SubmitResult } from '../types.ts';

/** Owners and order numbers are 32-bit. */
const MAX_NUMBER = 2_147_483_647;

export class Intake {
  readonly #floor: Floor;
  readonly #rules: OrderRules;
  readonly #matcher: Matcher;
  readonly #router: Router;
  readonly #sidecars: Sidecars;

  constructor(parts: {
    readonly floor: Floor;
    readonly rules: OrderRules;
    readonly matcher: Matcher;
    readonly router: Router;
    readonly sidecars: Sidecars;
  }) {
    this.#floor = parts.floor;
    this.#rules = parts.rules;
    this.#matcher = parts.matcher;
    this.#router = parts.router;
    this.#sidecars = parts.sidecars;
  }

  /** Takes an order of a listed issue or refuses it. */
  submit(issue: IssueState, entry: OrderEntry): SubmitResult {
    const { route, date } = entry;
    if (date !== undefined && date !== this.#floor.options.date) {
      return this.refuse(this.#floor.boardOf(issue, 'KRX'), entry, 'OTHER_DAY');
    }
    if (route !== undefined && route !== 'KRX') {
      const destination = this.#router.destination(issue, entry);
      if ('reason' in destination) return this.refuse(destination.board, entry, destination.reason);
      return this.#submitTo(destination.board, entry);
    }
    return this.#submitTo(this.#floor.boardOf(issue, 'KRX') as Board, entry);
  }

  /** Changes an open order or refuses the change. */
  replace(owner: number, orderNo: number, change: OrderChange): SubmitResult {
    const slot = this.#slotOf(owner, orderNo);
    if (slot < 0) return this.refuse(undefined, { code: '', owner }, 'UNKNOWN_ORDER', orderNo);
    const board = this.#boardOf(slot);
    const answer = amendment(this.#floor, this.#rules, { slot, board, change });
    if ('reason' in answer) return this.refuse(board, { code: board.code, owner }, answer.reason, orderNo);
    this.#floor.shrink(slot, answer.entry.quantity, 'replaced');
    return { orderNo: this.#accept(board, answer.entry, orderNo) };
  }

  /** Withdraws an order, or so many units of it; allowed during a halt. */
  cancel(owner: number, orderNo: number, quantity?: number): CancelResult {
    const slot = this.#slotOf(owner, orderNo);
    if (slot < 0) return this.refuse(undefined, { code: '', owner }, 'UNKNOWN_ORDER', orderNo);
    if (quantity === undefined) return { quantity: this.#floor.withdraw(slot, 'user') };
    const board = this.#boardOf(slot);
    const whole = Number.isInteger(quantity) && quantity > 0 && quantity % board.issue.lotSize === 0;
    const reason = !whole ? 'QUANTITY' : quantity > (this.#floor.pool.open[slot] as number) ? 'AMEND_QUANTITY' : null;
    if (reason !== null) return this.refuse(board, { code: board.code, owner }, reason, orderNo);
    return { quantity: this.#floor.shrink(slot, quantity, 'user') };
  }

  /** Tells that something is refused. `orderNo`: the order a change or cancel named. */
  refuse(
    board: Board | undefined,
    { code, owner }: { readonly code: string; readonly owner: number },
    reason: RejectCode,
    orderNo = 0,
  ): { readonly reason: RejectCode } {
    this.#floor.events.rejected(board, { code, orderNo, owner, reason });
    return { reason };
  }

  /** A frozen program order enters now. */
  unpark(orderNo: number): void {
    const { pool } = this.#floor;
    const slot = pool.slotOf(orderNo);
    if (slot < 0) return;
    const board = this.#boardOf(slot);
    const price = pool.price[slot] as number;
    const outside = price !== 0 && board.issue.ladder.indexOf(price) < 0;
    if (outside || board.phase === 'closed') {
      this.#floor.withdraw(slot, outside ? 'limits' : 'expired');
      return;
    }
    this.#matcher.reload(slot);
    const { form } = this.#matcher.order;
    if (typeOf(form) === 'stopLimit') this.#matcher.enterStop(board);
    else if (isSor(form)) this.#router.enter(board);
    else this.#matcher.enter(board);
  }

  #submitTo(board: Board, entry: OrderEntry): SubmitResult {
    const reason = this.#rules.check(entry, board);
    return reason === null ? { orderNo: this.#accept(board, entry, 0) } : this.refuse(board, entry, reason);
  }

  /** Gives a checked order its number and lets it in. */
  #accept(board: Board, entry: OrderEntry, originalOrderNo: number): number {
    const { events } = this.#floor;
    assert(this.#floor.lastOrderNo < MAX_NUMBER, 'order numbers are used up');
    this.#floor.lastOrderNo += 1;
    const orderNo = this.#floor.lastOrderNo;
    const { type, side, quantity, owner } = entry;
    const best = type === 'bestOpposite' || type === 'bestSame';
    const price = best ? this.#router.bestQuote(board, entry) : entry.price;
    const form = formOf(entry);
    events.accepted(board, entry, form, orderNo, originalOrderNo, price);
    const { order } = this.#matcher;
    order.orderNo = orderNo;
    order.owner = owner;
    order.side = side === 'buy' ? BUY : SELL;
    order.price = price;
    order.stopPrice = entry.stopPrice ?? 0;
    order.quantity = quantity;
    order.open = quantity;
    order.form = form;
    if (type === 'limit' && entry.route !== 'SOR' && entry.program !== true) this.#matcher.enter(board);
    else this.#enter(board, entry);
    return orderNo;
  }

  #enter(board: Board, entry: OrderEntry): void {
    const { order } = this.#matcher;
    const { market } = board.issue.listed;
    const day = this.#floor.dayOf(board);
    if (isProgram(order.form) && this.#sidecars.freezes(market, entry.side)) {
      this.#matcher.park(board);
      this.#sidecars.stateOf(market)?.parked.push(order.orderNo);
    } else if (entry.type === 'stopLimit') this.#matcher.enterStop(board);
    else if (entry.type === 'preClose') {
      this.#matcher.enterFixed(board, { home: 'preClose', on: day.preCloseOn, price: board.issue.basePrice });
    } else if (entry.type === 'postClose') {
      this.#matcher.enterFixed(board, { home: 'postClose', on: day.postCloseOn, price: board.close });
    } else if (entry.route === 'SOR') this.#router.enter(board);
    else this.#matcher.enter(board);
  }

  #boardOf(slot: number): Board {
    return this.#floor.boardAt(this.#floor.pool.issue[slot] as number);
  }

  /** The slot of an owner's open order, else −1. */
  #slotOf(owner: number, orderNo: number): number {
    const { pool } = this.#floor;
    const slot = pool.slotOf(orderNo);
    return slot >= 0 && pool.owner[slot] === owner ? slot : -1;
  }
}
