/** Bringing the desk's record and the broker's together after an inquiry: links, missed fills, ends, differences. */
import { isResting, type Account, type Environment } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { BrokerAccount, BrokerExecution, BrokerOrder } from '../broker/index.ts';
import { takeAdjustment } from './adjustment-intake.ts';
import { isFirstSight, OpeningWatch, settleOpening, takeByHand, takeOpening } from './adoption.ts';
import { inBookingOrder } from './booking-order.ts';
import type { BrokerLane } from './broker-lane.ts';
import type { Cancellation } from './cancellation.ts';
import { takeExecution } from './fill-intake.ts';
import type { AccountInquiry, Inquiry } from './inquiry.ts';
import { matchOrders, type MatchWindow } from './order-match.ts';
import { relink, takeReplacement, takeStanding, termsOf } from './order-intake.ts';
import type { OrderRecord } from './order-record.ts';
import { PositionCheck } from './position-check.ts';
import type { TradingSettings } from './settings.ts';
import type { Step } from './step.ts';

/** An order of ours that the broker does not show in so many inquiries in a row is a broken invariant. */
const MISSES_TO_HALT = 3;
/** And for fills that notices told and the broker's list does not show: it may follow its notices by seconds. */
const AHEAD_TO_HALT = 4;

interface ReconcilerParts {
  readonly lane: BrokerLane;
  readonly cancellation: Cancellation;
  readonly environment: Environment;
  readonly settings: () => TradingSettings;
}

/** The broker's account figures as the screens know them; `startingKrw`: what it began with, where the broker keeps no such figure. */
export function accountOf(account: BrokerAccount, environment: Environment, startingKrw: number | null): Account {
  return { ...account, startingCashKrw: startingKrw ?? account.startingCashKrw ?? 0, environment };
}

export class Reconciler {
  readonly #parts: ReconcilerParts;
  readonly #misses = new Map<string, number>();
  readonly #positions = new PositionCheck();
  /** Orders that had filled more by their notices than the broker's list says, by how often in a row. */
  readonly #ahead = new Map<string, number>();
  readonly #told = new Set<string>();
  readonly #openings = new OpeningWatch();
  /** What the newest inquiry said of each account, and when it began. */
  readonly #newest = new Map<string, { readonly answer: AccountInquiry; readonly startedAt: number }>();

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
  }

  /** Takes an inquiry in; returns how many things it left unsettled. */
  run(step: Step, inquiry: Inquiry): number {
    const unsettled = inquiry.accounts.reduce((sum, account) => sum + this.#account(step, inquiry, account), 0);
    for (const orderId of [...this.#told, ...this.#misses.keys(), ...this.#ahead.keys()]) {
      if (step.state.open.has(orderId)) continue;
      this.#told.delete(orderId);
      this.#ahead.delete(orderId);
      this.#misses.delete(orderId);
    }
    return unsettled;
  }

  /**
   * The user's word that the broker's holdings are right, given while trading is halted. Only over an answer that knows
   * everything the desk knows, and with no order whose outcome is open; returns how many issues differed.
   */
  adopt(step: Step, accountId: string): number {
    const newest = this.#newest.get(accountId);
    const { state } = step;
    const open = state.openRecords().filter(({ order }) => order.accountId === accountId);
    const doubtful = open.filter(({ order }) => !isResting(order.state)).length;
    const isOld = !newest || state.book(accountId).filledAt > newest.startedAt;
    if (isOld || doubtful > 0) throw new AppError('RESUME_NOT_RECONCILED', { count: Math.max(doubtful, 1) });
    const differing = takeByHand(step, newest.answer);
    this.#booked(step, newest.answer);
    this.#positions.forget(accountId);
    return differing;
  }

  #account(step: Step, inquiry: Inquiry, answer: AccountInquiry): number {
    const { accountId } = answer.account;
    this.#newest.set(accountId, { answer, startedAt: inquiry.startedAt });
    const isFirst = isFirstSight(step.state.book(accountId), answer);
    if (isFirst) takeOpening(step, answer);
    const eventsBefore = step.events.length;
    const mine = step.state.openRecords().filter(({ order }) => order.accountId === accountId);
    // Told apart now: whatever has changed since the inquiry began may not be in it.
    const settled = new Set(mine.filter((record) => record.changedAt <= inquiry.startedAt));
    const rows = [...answer.orders].sort(byTime);
    const unlinked = this.#link(step, rows);
    let unsettled = this.#match(step, unlinked);
    unsettled += this.#booked(step, answer);
    for (const record of mine) {
      const row = rows.find(
        (each) => each.brokerOrderNo === record.order.brokerOrderNo && each.sessionDate === record.order.sessionDate,
      );
      const facts = { row, inquiry, answer, settled: settled.has(record) };
      unsettled += isResting(record.order.state)
        ? this.#resting(step, record, facts)
        : this.#unconfirmed(step, record, facts);
    }
    const { startingKrw } = step.state.book(accountId);
    step.state.setAccount(accountOf(answer.account, this.#parts.environment, startingKrw), inquiry.startedAt);
    const { askAgain } = step.state.book(accountId);
    for (const session of answer.sessions) {
      if ((askAgain.get(session) ?? Infinity) <= inquiry.startedAt) askAgain.delete(session);
    }
    const { sessionDate } = answer.account;
    const untouched = settled.size === mine.length && step.state.book(accountId).filledAt <= inquiry.startedAt;
    const isStill = step.events.length === eventsBefore && untouched && unsettled === 0;
    // A new account stays one until an inquiry found it at rest: fills may have come between two of its answers.
    if (isFirst && !isStill) return unsettled + 1;
    if (isFirst && this.#openings.isNews(step, answer)) return unsettled + 1;
    if (isFirst) settleOpening(step, answer);
    if (step.state.book(accountId).reconciledTo !== sessionDate)
      step.emit({ kind: 'sessionReconciled', accountId, sessionDate, ts: step.now });
    const quiet = isStill && step.events.length === eventsBefore;
    return unsettled + (quiet ? this.#positions.run(step, answer) : 0);
  }

  /** Numbers that follow a known one are the next link of its chain; returns the rows whose order is not known. */
  #link(step: Step, rows: readonly BrokerOrder[]): readonly BrokerOrder[] {
    const unlinked: BrokerOrder[] = [];
    for (const row of rows) {
      const known = step.state.byNumber(row.accountId, row.brokerOrderNo);
      if (known?.order.sessionDate === row.sessionDate) continue;
      const origin = row.originalOrderNo === null ? undefined : step.state.byNumber(row.accountId, row.originalOrderNo);
      if (origin?.order.sessionDate !== row.sessionDate) unlinked.push(row);
      else if (row.status !== 'rejected') takeReplacement(step, origin, row);
    }
    return unlinked;
  }

  #match(step: Step, rows: readonly BrokerOrder[]): number {
    const window = this.#window();
    // An order still on its way is a rival: its number comes with its answer, so it is never linked here.
    const rivals = step.state.openRecords().filter(({ order }) => !isResting(order.state));
    const { pairs: all, ambiguous, strangers } = matchOrders(rivals, rows, window);
    const pairs = all.filter(({ record }) => record.order.state === 'unconfirmed');
    for (const { record, row } of pairs) {
      step.advance(record, 'accept', acceptedEvent(step, record, row.brokerOrderNo));
      takeStanding(step, record, row);
    }
    for (const { record, count } of ambiguous) {
      if (record.order.state !== 'unconfirmed') continue;
      this.#tellOnce(record, () => step.alert('high', 'ORDER_AMBIGUOUS', { name: step.nameOf(record.order), count }));
    }
    for (const row of strangers) {
      // Its predecessor may have become known just now.
      for (const unknown of this.#link(step, [row])) this.stranger(step, unknown);
    }
    // Linked orders may have been asked to be cancelled while their number was not known.
    for (const { record } of pairs) if (record.cancelWanted) this.#parts.cancellation.send(step, record);
    return ambiguous.length + strangers.length;
  }

  /** An order that we did not send, or sent and gave up. */
  stranger(step: Step, row: BrokerOrder): void {
    const { state } = step;
    const window = this.#window();
    // One that may be on its way right now is left until its answer is here.
    const sending = state
      .openRecords()
      .filter(({ order }) => order.state === 'submitting' || order.state === 'unconfirmed');
    if (matchOrders(sending, [row], window).strangers.length === 0) return;
    const givenUp = [...state.orders.values()].filter(({ order }) => order.reason?.code === 'NEVER_ARRIVED');
    const [found] = matchOrders(givenUp, [row], window).pairs;
    if (found) {
      const { record } = found;
      relink(step, record, row.brokerOrderNo);
      return;
    }
    const nothingLeft = row.status !== 'open' && row.filledQty === 0;
    if (nothingLeft && row.status !== 'replaced') return;
    const orderId = step.ids.next();
    step.emit({ kind: 'externalSeen', orderId, ...termsOf(row), brokerOrderNo: row.brokerOrderNo, ts: step.now });
    const record = state.record(orderId);
    if (!record) return;
    takeStanding(step, record, row);
    // What had ended before the account was ever seen is history, not news.
    if (row.status !== 'open' && state.book(row.accountId).reconciledTo === null) return;
    step.alert('caution', 'ORDER_EXTERNAL', { name: step.nameOf(record.order) });
  }

  /**
   * Missed fills and corporate actions, day by day: what a day began with comes before what was traded on it. An
   * adjustment that does not fit what the desk holds is left, and the positions tell.
   */
  #booked(step: Step, { executions, adjustments }: AccountInquiry): number {
    let gaps = 0;
    const days = new Set([...adjustments, ...executions].map(({ sessionDate }) => sessionDate));
    for (const day of [...days].sort()) {
      for (const adjustment of adjustments) {
        if (adjustment.sessionDate === day) takeAdjustment(step, adjustment, true);
      }
      gaps += this.#fills(
        step,
        executions.filter(({ sessionDate }) => sessionDate === day),
      );
    }
    return gaps;
  }

  #fills(step: Step, executions: readonly BrokerExecution[]): number {
    let gaps = 0;
    const recordOf = (execution: BrokerExecution): OrderRecord | undefined => {
      const record = step.state.byNumber(execution.accountId, execution.brokerOrderNo);
      return record?.order.sessionDate === execution.sessionDate ? record : undefined;
    };
    const [any] = executions;
    const sorted = inBookingOrder(executions, {
      held: (id) => step.state.holding(any?.accountId ?? '', id).quantity,
      isKnown: (execution) => {
        const known = recordOf(execution)?.numbers.get(execution.brokerOrderNo);
        return known === undefined || execution.cumulativeQty <= known.cumulativeQty;
      },
    });
    for (const execution of sorted) {
      const record = recordOf(execution);
      if (!record) continue;
      if (takeExecution(step, record, execution, true) === 'gap') gaps += 1;
    }
    return gaps;
  }

  #resting(step: Step, record: OrderRecord, facts: RowFacts): number {
    const { row, settled, answer } = facts;
    const { order } = record;
    if (!row) {
      if (!settled) return 1;
      if (!answer.sessions.some((session) => session === order.sessionDate)) return this.#untold(step, record, answer);
      const misses = (this.#misses.get(order.orderId) ?? 0) + 1;
      this.#misses.set(order.orderId, misses);
      if (misses === MISSES_TO_HALT)
        step.broken('DESK_ORDER_MISSING', { no: order.brokerOrderNo ?? '', name: step.nameOf(order) });
      return 1;
    }
    this.#misses.delete(order.orderId);
    takeStanding(step, record, row);
    const filled = record.numbers.get(row.brokerOrderNo)?.cumulativeQty ?? 0;
    if (filled > row.filledQty && settled) {
      // A notice may be ahead of the list that is asked for; one that stays ahead is a difference.
      const times = (this.#ahead.get(order.orderId) ?? 0) + 1;
      this.#ahead.set(order.orderId, times);
      if (times === AHEAD_TO_HALT)
        step.broken('DESK_FILL_DIFFERS', { name: step.nameOf(order), ours: filled, theirs: row.filledQty });
      return 1;
    }
    this.#ahead.delete(order.orderId);
    // Its executions come with the next inquiry; an end is not believed before the money is.
    if (filled < row.filledQty) return 1;
    if (row.status === 'open' && !settled) return order.pending === 'none' ? 0 : 1;
    if (row.status === 'open') return this.#stillOpen(step, record, facts);
    return this.#end(step, record, row);
  }

  /** A broker that tells of the present day only: an order of a day before rests no more, and the positions tell what it did. */
  #untold(step: Step, record: OrderRecord, { account }: AccountInquiry): number {
    const { orderId, sessionDate, quantity, filledQty } = record.order;
    if (sessionDate >= account.sessionDate) return 1;
    step.advance(record, 'expire', { kind: 'orderExpired', orderId, quantity: quantity - filledQty, ts: step.now });
    step.alert('caution', 'ORDER_DAY_UNTOLD', { name: step.nameOf(record.order), date: sessionDate });
    return 0;
  }

  #stillOpen(step: Step, record: OrderRecord, { inquiry }: RowFacts): number {
    const { order, lastCancelTs, replaceTs } = record;
    const { lane, cancellation } = this.#parts;
    if (record.cancelWanted && !lane.isUnderWay('cancel', order.orderId)) {
      if (lastCancelTs === null || lastCancelTs < inquiry.startedTs) cancellation.resend(step, record);
      return 1;
    }
    if (order.pending !== 'replace' || replaceTs === null || lane.isUnderWay('replace', order.orderId))
      return order.pending === 'none' ? 0 : 1;
    if (inquiry.startedTs - replaceTs < this.#parts.settings().answerTimeoutMs) return 1;
    step.emit({
      kind: 'replaceRefused',
      orderId: order.orderId,
      code: 'REPLACE_LOST',
      params: { name: step.nameOf(order) },
      ts: step.now,
    });
    step.alert('caution', 'REPLACE_LOST', { name: step.nameOf(order) });
    return 0;
  }

  #end(step: Step, record: OrderRecord, row: BrokerOrder): number {
    const { orderId } = record.order;
    const quantity = row.quantity - row.filledQty;
    const ts = step.now;
    switch (row.status) {
      case 'canceled': {
        const { timeInForce } = row;
        const byItself = timeInForce === 'ioc' || timeInForce === 'fok' ? timeInForce : 'exchange';
        const cause = record.cancelWanted ? 'user' : byItself;
        step.advance(record, 'cancel', { kind: 'orderCanceled', orderId, quantity, cause, ts });
        return 0;
      }
      case 'expired':
        step.advance(record, 'expire', { kind: 'orderExpired', orderId, quantity, ts });
        return 0;
      case 'rejected':
        step.advance(record, 'reject', { kind: 'orderRejected', orderId, code: 'EXCH_REFUSED', params: {}, ts });
        return 0;
      default:
        // filled is told by its executions, replaced by the order that follows it: neither is here yet.
        return 1;
    }
  }

  #unconfirmed(step: Step, record: OrderRecord, { answer, inquiry, settled }: RowFacts): number {
    const { order, sentTs } = record;
    if (order.state !== 'unconfirmed') return order.state === 'submitting' ? 1 : 0;
    const sessionOver = answer.account.sessionDate !== order.sessionDate;
    const asked = answer.sessions.some((session) => session === order.sessionDate);
    const sending = this.#parts.lane.isUnderWay('submit', order.orderId);
    const candidates = matchOrders([record], answer.orders, this.#window());
    const fitsNone = candidates.strangers.length === answer.orders.length;
    if (settled && sessionOver && asked && fitsNone && !sending) {
      if (
        step.advance(record, 'neverArrive', {
          kind: 'orderNeverArrived',
          orderId: order.orderId,
          by: 'session',
          ts: step.now,
        })
      ) {
        step.alert('caution', 'NEVER_ARRIVED');
      }
      return 0;
    }
    const waited = inquiry.startedTs - (sentTs ?? inquiry.startedTs);
    if (fitsNone && waited >= this.#parts.settings().notFoundAfterMs) {
      const seconds = Math.floor(waited / 1_000);
      this.#tellOnce(record, () => step.alert('high', 'ORDER_NOT_FOUND', { name: step.nameOf(order), seconds }));
    }
    return 1;
  }

  #tellOnce(record: OrderRecord, tell: () => void): void {
    if (this.#told.has(record.order.orderId)) return;
    this.#told.add(record.order.orderId);
    tell();
  }

  #window(): MatchWindow {
    const { matchBeforeMs, matchAfterMs } = this.#parts.settings();
    return { beforeMs: matchBeforeMs, afterMs: matchAfterMs };
  }
}

interface RowFacts {
  readonly row: BrokerOrder | undefined;
  readonly inquiry: Inquiry;
  readonly answer: AccountInquiry;
  /** Nothing happened to the order since the inquiry began. */
  readonly settled: boolean;
}

function byTime(a: BrokerOrder, b: BrokerOrder): number {
  return (
    a.exchangeTs - b.exchangeTs ||
    a.brokerOrderNo.length - b.brokerOrderNo.length ||
    (a.brokerOrderNo < b.brokerOrderNo ? -1 : 1)
  );
}

function acceptedEvent(step: Step, record: OrderRecord, brokerOrderNo: string) {
  return { kind: 'orderAccepted', orderId: record.order.orderId, brokerOrderNo, via: 'inquiry', ts: step.now } as const;
}
