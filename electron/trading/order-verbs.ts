/** What a hand or an automation asks of the desk, one verb at a time: judged, recorded, sent. */
import {
  isOpen,
  isResting,
  type CancelOrder,
  type NewOrder,
  type OrderCredit,
  type ReplaceOrder,
  type TradingStateName,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { OrderAck } from '#shared/contract/index.ts';
import type { Receipt } from '../broker/index.ts';
import type { BrokerLane, NoAnswer } from './broker-lane.ts';
import type { Cancellation } from './cancellation.ts';
import type { Guard } from './guard.ts';
import { ackOf, type OrderRecord } from './order-record.ts';
import type { Observers } from './observers.ts';
import type { Protections } from './protections.ts';
import type { RequestRecord } from './request-log.ts';
import type { Step } from './step.ts';
import type { Sweeper } from './sweep.ts';

interface VerbParts {
  readonly guard: Guard;
  readonly lane: BrokerLane;
  readonly cancellation: Cancellation;
  readonly sweeper: Sweeper;
  readonly protections: Protections;
  readonly observers: Observers;
}

/** The answer at once, or null: it comes when the broker has answered. */
export type FirstAnswer = OrderAck | null;

export class OrderVerbs {
  readonly #parts: VerbParts;

  constructor(parts: VerbParts) {
    this.#parts = parts;
  }

  /** The first answer of an equal request that was here before, null while it is still to come; undefined for a new one. */
  repeatedSubmit(step: Step, order: NewOrder): FirstAnswer | undefined {
    return this.#repeated(step, order.requestId, ({ verb }, record) => verb === 'submit' && isSameOrder(record, order));
  }

  repeatedReplace(step: Step, change: ReplaceOrder): FirstAnswer | undefined {
    const { requestId, orderId, price } = change;
    return this.#repeated(
      step,
      requestId,
      (first) => first.verb === 'replace' && first.orderId === orderId && first.price === price,
    );
  }

  repeatedCancel(step: Step, request: CancelOrder): FirstAnswer | undefined {
    const { requestId, orderId } = request;
    return this.#repeated(step, requestId, (first) => first.verb === 'cancel' && first.orderId === orderId);
  }

  #repeated(
    step: Step,
    requestId: string,
    isSame: (first: RequestRecord, record: OrderRecord) => boolean,
  ): FirstAnswer | undefined {
    const first = step.state.requests.get(requestId);
    if (!first) return undefined;
    const record = known(step, first.orderId);
    if (!isSame(first, record)) throw new AppError('REQUEST_REUSED', { requestId });
    if (first.ack) return first.ack;
    const { lane } = this.#parts;
    // With no call under way nobody owes the answer any more (a restart): where the order stands is the answer.
    return lane.isUnderWay(first.verb, first.orderId) ? null : ackOf(record.order);
  }

  /** Judges and records an order; what the guard passes leaves after the step. */
  submit(step: Step, order: NewOrder, automated: boolean): FirstAnswer {
    const { guard, lane, protections, observers } = this.#parts;
    const orderId = step.ids.next();
    const ts = step.now;
    const account = step.state.account(order.accountId);
    if (!account) throw new AppError('ACCOUNT_UNKNOWN', { accountId: order.accountId });
    const sessionDate = guard.sessionOf(order.instrumentId) ?? account.sessionDate;
    // What sees a threat in it may shut the gate or stand against it before it is judged.
    observers.asked({ orderId, order, automated });
    const verdict = guard.checkSubmit(order, { now: ts, automated, orderId });
    const exchangeTs = guard.exchangeNow();
    step.emit({ kind: 'orderCreated', orderId, ...order, automated, sessionDate, exchangeTs, ts });
    if ('denial' in verdict) {
      step.emit({ kind: 'orderDenied', orderId, code: verdict.denial.code, params: verdict.denial.params, ts });
    } else {
      protections.passed(order);
      step.emit({ kind: 'orderSubmitting', orderId, epoch: verdict.cleared.epoch, ts });
      step.after(() => lane.submit(orderId, verdict.cleared));
    }
    return step.state.requests.get(order.requestId)?.ack ?? null;
  }

  /** The same for a new price of the whole rest. */
  replace(step: Step, change: ReplaceOrder): FirstAnswer {
    const { guard, lane, observers, protections } = this.#parts;
    const record = known(step, change.orderId);
    const { orderId, state, pending, brokerOrderNo } = record.order;
    if (!isOpen(state)) throw new AppError('ORDER_NOT_OPEN', { orderId });
    if (!isResting(state) || brokerOrderNo === null) throw new AppError('ORDER_UNCONFIRMED', { orderId });
    if (pending !== 'none') throw new AppError('ORDER_PENDING', { orderId });
    const { requestId, price } = change;
    observers.changeAsked(record.order, 'replace');
    const verdict = guard.checkReplace(record, { price, brokerOrderNo, now: step.now });
    if ('denial' in verdict) {
      const { code, params } = verdict.denial;
      step.emit({ kind: 'replaceDenied', orderId, requestId, price, code, params, ts: step.now });
    } else {
      protections.passed(record.order);
      step.emit({ kind: 'replaceAsked', orderId, requestId, price, ts: step.now });
      step.after(() => lane.replace(orderId, verdict.cleared));
    }
    return step.state.requests.get(requestId)?.ack ?? null;
  }

  /** Withdraws the whole rest. */
  cancel(step: Step, request: CancelOrder): FirstAnswer {
    const record = known(step, request.orderId);
    this.#parts.observers.changeAsked(record.order, 'cancel');
    this.#parts.cancellation.ask(step, record, request.requestId);
    return step.state.requests.get(request.requestId)?.ack ?? null;
  }

  /** Asks for the cancel of every order that is open now; goes on until each has ended. */
  cancelAll(step: Step, accountId: string | null): { readonly asked: number } {
    const { sweeper } = this.#parts;
    const orderIds = step.state
      .openRecords()
      .filter(({ order }) => accountId === null || order.accountId === accountId)
      .map(({ order }) => order.orderId);
    if (orderIds.length === 0) return { asked: 0 };
    step.emit({ kind: 'sweepStarted', sweepId: step.ids.next(), accountId, orderIds, ts: step.now });
    sweeper.ask(step);
    step.inquire(0);
    return { asked: orderIds.length };
  }

  /** The user's word that an order never reached the broker. */
  resolveUnconfirmed(step: Step, orderId: string): OrderAck {
    const record = known(step, orderId);
    if (record.order.state !== 'unconfirmed') throw new AppError('ORDER_NOT_OPEN', { orderId });
    step.advance(record, 'neverArrive', { kind: 'orderNeverArrived', orderId, by: 'user', ts: step.now });
    step.inquire(0);
    return ackOf(record.order);
  }

  /** Stops everything: shuts the gate and withdraws what is open. Said twice, it is done once. */
  halt(step: Step, note: string, cause: 'user' | 'play'): void {
    const count = step.state.open.size;
    if (step.halt({ cause, note })) step.alert('critical', 'TRADING_STOPPED', { count });
  }

  /** What a restart makes of the record: orders that were leaving may have left, and a halt stays a halt. */
  recover(step: Step): void {
    const { tradingState } = step.state;
    for (const record of step.state.openRecords()) {
      const { orderId, state } = record.order;
      if (state === 'submitting')
        step.advance(record, 'lose', { kind: 'orderUnconfirmed', orderId, cause: 'crash', ts: step.now });
    }
    if (tradingState.sinceTs === 0) step.setTradingState({ state: 'active', cause: 'start', note: '' });
    if (tradingState.state !== 'halted') return;
    if (tradingState.cause !== 'recovery')
      step.setTradingState({ state: 'halted', cause: 'recovery', note: tradingState.note });
    step.alert('critical', 'TRADING_STILL_STOPPED');
  }

  /** What came of a cancel. */
  cancelAnswered(step: Step, record: OrderRecord, receipt: Receipt | NoAnswer): void {
    this.#parts.cancellation.answered(step, record, receipt);
  }

  /** Pauses or unpauses; a halt is left by `resume` only. */
  setTradingState(
    step: Step,
    next: {
      readonly state: Exclude<TradingStateName, 'halted'>;
      readonly note: string;
      readonly cause: 'user' | 'play';
    },
  ): void {
    const now = step.state.tradingState.state;
    if (now === 'halted') throw new AppError('RESUME_PHRASE');
    if (now !== next.state) step.setTradingState(next);
  }

  /** Leaves the halted state, if nothing is in doubt: no order, no sweep, nothing that the newest inquiry left `unsettled`. */
  resume(step: Step, unsettled: number): void {
    if (step.state.tradingState.state !== 'halted') return;
    const doubtful = step.state
      .openRecords()
      .filter(({ order }) => !isResting(order.state) || step.state.sweeps.covers(order));
    const count = Math.max(doubtful.length, unsettled, step.state.sweeps.size);
    if (count > 0) throw new AppError('RESUME_NOT_RECONCILED', { count });
    step.setTradingState({ state: 'active', cause: 'user', note: '' });
  }
}

function isSameOrder(record: OrderRecord, order: NewOrder): boolean {
  const { accountId, instrumentId, side, timeInForce, session, route, stopPrice, quantity } = record.order;
  return (
    accountId === order.accountId &&
    instrumentId === order.instrumentId &&
    side === order.side &&
    record.firstType === order.type &&
    timeInForce === order.timeInForce &&
    session === order.session &&
    route === order.route &&
    stopPrice === order.stopPrice &&
    quantity === order.quantity &&
    isSameCredit(record.order.credit, order.credit) &&
    record.firstPrice === order.price &&
    record.allowDuplicate === order.allowDuplicate
  );
}

function isSameCredit(a: OrderCredit | undefined, b: OrderCredit | undefined): boolean {
  return a?.act === b?.act && a?.money === b?.money && a?.loanDate === b?.loanDate;
}

function known(step: Step, orderId: string): OrderRecord {
  const record = step.state.record(orderId);
  if (!record) throw new AppError('ORDER_UNKNOWN', { orderId });
  return record;
}
