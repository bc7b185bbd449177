/** What the broker says, notice by notice and answer by answer, brought to the orders it is about. */
import { isOpen, isResting, type Denial, type Order } from '#shared/domain/index.ts';
import { envelope } from '#shared/errors/index.ts';
import type { BrokerAdjustment, Receipt, SubmitAnswer } from '../broker/index.ts';
import { takeAdjustment } from './adjustment-intake.ts';
import type { NoAnswer } from './broker-lane.ts';
import type { Cancellation } from './cancellation.ts';
import { takeExecution } from './fill-intake.ts';
import { NoticeRoom, numberOf, type OrderNotice } from './notice-room.ts';
import { ackOf, hasSameTerms, reasonOf, restOf, type OrderRecord } from './order-record.ts';
import { relink, takeReplacement, takeStanding } from './order-intake.ts';
import type { Reconciler } from './reconcile.ts';
import { LIMITS, type TradingSettings } from './settings.ts';
import type { Step } from './step.ts';

interface NoticeParts {
  readonly cancellation: Cancellation;
  readonly reconciler: Reconciler;
  readonly settings: () => TradingSettings;
  /** Why an order was stopped at the gate. */
  readonly withheld: () => Denial;
}

export class BrokerNotices {
  readonly #parts: NoticeParts;
  readonly #room = new NoticeRoom(LIMITS.waitingNotices);
  /** Conditional limit orders of which it was told that they became market orders: a notice may be repeated. */
  readonly #converted = new Set<string>();

  constructor(parts: NoticeParts) {
    this.#parts = parts;
  }

  /** Takes one notice in. */
  take(step: Step, notice: OrderNotice): void {
    const { accountId, brokerOrderNo } = numberOf(notice);
    const known = step.state.byNumber(accountId, brokerOrderNo);
    // Brokers count their numbers anew each day: the same number on another day is another order.
    if (known && known.order.sessionDate === (sessionOf(notice) ?? known.order.sessionDate))
      return this.#apply(step, known, notice);
    const origin =
      notice.kind === 'replaced' && notice.order.originalOrderNo !== null
        ? step.state.byNumber(accountId, notice.order.originalOrderNo)
        : undefined;
    if (origin && notice.kind === 'replaced') return this.#replaced(step, origin, notice);
    this.#stranger(step, notice);
  }

  /** A corporate action changed a holding; where the desk holds another quantity, what is missing before it is asked for. */
  takeAdjusted(step: Step, adjustment: BrokerAdjustment): void {
    if (takeAdjustment(step, adjustment, false) === 'gap') step.inquire(0);
  }

  /** Notices that waited long enough, or for which there is nothing left to wait, are settled by asking. */
  review(step: Step): void {
    const { noticeWaitMs } = this.#parts.settings();
    for (const notice of this.#room.take(
      ({ accountId, brokerOrderNo }) => step.state.byNumber(accountId, brokerOrderNo) !== undefined,
    )) {
      this.take(step, notice);
    }
    // Through the front again: one of them may make the number of the next one known.
    for (const notice of this.#room.take(({ accountId }) => !isSending(step, accountId))) this.take(step, notice);
    // An inquiry begun now knows all that these say.
    if (this.#room.take(({ since }) => step.now - since >= noticeWaitMs).length > 0) step.inquire(0);
    if (this.#room.size > 0) step.inquire(noticeWaitMs);
  }

  /** What came of a submit. */
  submitAnswered(step: Step, record: OrderRecord, answer: SubmitAnswer | NoAnswer): void {
    const { orderId, accountId } = record.order;
    const ts = step.now;
    if (answer === 'withheld') {
      step.advance(record, 'withhold', { kind: 'orderWithheld', orderId, ...this.#parts.withheld(), ts });
    } else if (typeof answer === 'string') {
      step.advance(record, 'lose', { kind: 'orderUnconfirmed', orderId, cause: answer, ts });
      step.inquire(0);
    } else if (!answer.ok) {
      this.#refused(step, record, { code: answer.code, params: answer.params ?? {} });
    } else {
      this.#numbered(step, record, { accountId, brokerOrderNo: answer.brokerOrderNo });
    }
    this.review(step);
    // After the notices that waited: they may have ended it.
    if (record.cancelWanted) this.#parts.cancellation.send(step, record);
  }

  /** The broker never took it. If it was linked meanwhile, the link was to another one, alike in all its terms. */
  #refused(step: Step, record: OrderRecord, why: Denial): void {
    const lost = step.state.openRecords().filter(({ order }) => order.state === 'unconfirmed');
    const refused = isResting(record.order.state) ? lost.find((twin) => hasSameTerms(twin, record)) : record;
    if (!refused) {
      step.alert('caution', 'ORDER_EXTERNAL', { name: step.nameOf(record.order) });
      return;
    }
    const { orderId } = refused.order;
    step.advance(refused, 'reject', { kind: 'orderRejected', orderId, ...why, ts: step.now });
  }

  /** The number of an order is known from the broker's own answer. */
  #numbered(step: Step, record: OrderRecord, at: { readonly accountId: string; readonly brokerOrderNo: string }): void {
    const { order } = record;
    const holder = step.state.byNumber(at.accountId, at.brokerOrderNo);
    if (holder === record) return;
    // Of orders alike in all their terms one was linked by inference: which of the two names it bears changes nothing.
    if (holder?.linkedBy === 'inquiry' && hasSameTerms(holder, record)) {
      if (holder.order.external) step.alert('high', 'ORDER_RELINKED', { name: step.nameOf(order) });
      return;
    }
    if (holder && isOpen(holder.order.state)) {
      step.broken('DESK_NUMBER_TWICE', { no: at.brokerOrderNo, name: step.nameOf(order) });
      return;
    }
    if (order.reason?.code === 'NEVER_ARRIVED') {
      relink(step, record, at.brokerOrderNo);
    } else {
      step.advance(record, 'accept', {
        kind: 'orderAccepted',
        orderId: order.orderId,
        brokerOrderNo: at.brokerOrderNo,
        via: 'answer',
        ts: step.now,
      });
    }
  }

  /** What came of a replace; a receipt only says that it was taken. */
  replaceAnswered(step: Step, record: OrderRecord, receipt: Receipt | NoAnswer): void {
    const { orderId, pending } = record.order;
    if (receipt === 'withheld') {
      this.#refuseReplace(step, record, this.#parts.withheld());
    } else if (typeof receipt === 'string') {
      step.state.answerReplace(record, { ...ackOf(record.order), reason: reasonOf('ORDER_UNCONFIRMED', {}) });
      if (pending === 'replace') step.inquire(0);
    } else if (receipt.ok) {
      step.state.answerReplace(record, ackOf(record.order));
      // Should the confirming notice be lost, it is asked for.
      step.inquire(this.#parts.settings().answerTimeoutMs);
    } else if (record.replacePrice !== null) {
      this.#refuseReplace(step, record, { code: receipt.code, params: receipt.params ?? {} });
      // A refusal often means that the order has just ended.
      step.inquire(0);
    }
    step.state.changes.order(orderId);
  }

  #refuseReplace(step: Step, record: OrderRecord, why: Denial): void {
    if (record.replacePrice === null) return;
    const { orderId } = record.order;
    step.emit({ kind: 'replaceRefused', orderId, code: why.code, params: why.params, ts: step.now });
    step.alert('caution', 'REPLACE_REFUSED', {
      name: step.nameOf(record.order),
      why: envelope(why.code, why.params).messageKo,
    });
  }

  #apply(step: Step, record: OrderRecord, notice: OrderNotice): void {
    switch (notice.kind) {
      case 'accepted':
      case 'replaced':
      case 'triggered':
        // Its number is known, so what is news is only how it waits.
        return takeStanding(step, record, notice.order);
      case 'converted':
        return this.#convertedOrder(step, record);
      case 'fill':
        if (takeExecution(step, record, notice.execution, false) === 'gap') step.inquire(0);
        return;
      case 'rejected':
        return this.#rejected(step, record, notice);
      default:
        return this.#ended(step, record, notice);
    }
  }

  #ended(step: Step, record: OrderRecord, notice: Extract<OrderNotice, { kind: 'canceled' | 'expired' }>): void {
    const { order } = record;
    const { orderId } = order;
    // About an earlier number of the chain, or with a fill missing before it: the inquiry tells the whole story.
    if (isResting(order.state) && (notice.brokerOrderNo !== order.brokerOrderNo || notice.quantity !== restOf(order))) {
      step.inquire(0);
      return;
    }
    this.#converted.delete(orderId);
    const { quantity } = notice;
    if (notice.kind === 'expired')
      step.advance(record, 'expire', { kind: 'orderExpired', orderId, quantity, ts: step.now });
    else {
      const { cause } = notice;
      const ended = step.advance(record, 'cancel', { kind: 'orderCanceled', orderId, quantity, cause, ts: step.now });
      if (ended && cause === 'limits') step.alert('caution', 'ORDER_OFF_LIMITS', { name: step.nameOf(order) });
      if (ended && cause === 'void') step.alert('caution', 'ORDER_VOID', { name: step.nameOf(order) });
    }
  }

  #convertedOrder(step: Step, record: OrderRecord): void {
    const { orderId, state } = record.order;
    if (!isResting(state) || this.#converted.has(orderId)) return;
    this.#converted.add(orderId);
    step.alert('info', 'CONDITIONAL_CONVERTED', { name: step.nameOf(record.order) });
  }

  #rejected(step: Step, record: OrderRecord, notice: Extract<OrderNotice, { kind: 'rejected' }>): void {
    const { order } = record;
    const why = { code: notice.code, params: notice.params ?? {} };
    if (notice.what === 'replace') {
      this.#refuseReplace(step, record, why);
    } else if (notice.what === 'cancel') {
      this.#parts.cancellation.declined(step, record, why);
    } else if (
      step.advance(record, 'reject', { kind: 'orderRejected', orderId: order.orderId, ...why, ts: step.now })
    ) {
      step.alert('caution', 'ORDER_REFUSED', {
        name: step.nameOf(order),
        why: envelope(why.code, why.params).messageKo,
      });
    }
  }

  #replaced(step: Step, record: OrderRecord, notice: Extract<OrderNotice, { kind: 'replaced' }>): void {
    const { order } = notice;
    takeReplacement(step, record, order);
    // Filled under the old number without our knowing: the missing part is asked for.
    if (order.quantity !== restOf(record.order)) step.inquire(0);
    if (record.cancelWanted) this.#parts.cancellation.send(step, record);
    this.review(step);
  }

  /** Its number is unknown: it may belong to an order on its way, else to another program. */
  #stranger(step: Step, notice: OrderNotice): void {
    const { accountId } = numberOf(notice);
    if (isSending(step, accountId) && this.#room.add(notice, step.now)) {
      step.inquire(this.#parts.settings().noticeWaitMs);
      return;
    }
    if (notice.kind === 'accepted') this.#parts.reconciler.stranger(step, notice.order);
    else step.inquire(0);
  }
}

function sessionOf(notice: OrderNotice): string | null {
  if (notice.kind === 'fill') return notice.execution.sessionDate;
  return 'order' in notice ? notice.order.sessionDate : null;
}

/** Whether an order of the account is on its way, or may be at the broker under a number we do not know. */
function isSending(step: Step, accountId: string): boolean {
  const waits = (state: Order['state']): boolean => state === 'submitting' || state === 'unconfirmed';
  return step.state.openRecords().some(({ order }) => order.accountId === accountId && waits(order.state));
}
