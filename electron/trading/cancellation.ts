/** Withdrawing orders: remembered until a number is known, sent again only after an inquiry found the order resting, or found nothing out while all are to be withdrawn. */
import { isOpen, isResting, type Denial } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Receipt } from '../broker/index.ts';
import type { BrokerLane, NoAnswer } from './broker-lane.ts';
import { ackOf, reasonOf, type OrderRecord } from './order-record.ts';
import type { TradingSettings } from './settings.ts';
import type { Step } from './step.ts';

interface CancellationParts {
  readonly lane: BrokerLane;
  readonly settings: () => TradingSettings;
}

export class Cancellation {
  readonly #parts: CancellationParts;

  constructor(parts: CancellationParts) {
    this.#parts = parts;
  }

  /** Asks for the rest of an open order to be withdrawn, now or as soon as its number is known. */
  ask(step: Step, record: OrderRecord, requestId: string | null): void {
    const { orderId } = record.order;
    if (!isOpen(record.order.state)) throw new AppError('ORDER_NOT_OPEN', { orderId });
    if (record.cancelWanted) {
      if (requestId !== null) throw new AppError('ORDER_PENDING', { orderId });
      return;
    }
    step.emit({ kind: 'cancelAsked', orderId, requestId, ts: step.now });
    if (isResting(record.order.state)) this.send(step, record);
    // Nothing is sent yet, so what can be said is where the order stands.
    else step.state.answerCancel(record, ackOf(record.order));
  }

  /** Sends the cancel of a resting order, unless one is on its way. */
  send(step: Step, record: OrderRecord): void {
    const { orderId, accountId, brokerOrderNo } = record.order;
    if (brokerOrderNo === null || !isResting(record.order.state) || this.#parts.lane.isUnderWay('cancel', orderId))
      return;
    step.emit({ kind: 'cancelSent', orderId, brokerOrderNo, ts: step.now });
    step.after(() => this.#parts.lane.cancel(orderId, { accountId, brokerOrderNo }));
  }

  /** An inquiry begun after the last cancel still shows the order resting. */
  resend(step: Step, record: OrderRecord): void {
    if (record.cancelsSent < this.#parts.settings().cancelAttempts || step.state.sweeps.covers(record.order)) {
      this.send(step, record);
      return;
    }
    this.refuse(step, record, { code: 'BROKER_UNAVAILABLE', params: {} });
  }

  /** What came of a cancel. A receipt settles nothing: the notice or an inquiry does. */
  answered(step: Step, record: OrderRecord, receipt: Receipt | NoAnswer): void {
    const { state } = step;
    if (typeof receipt === 'string') {
      state.answerCancel(record, { ...ackOf(record.order), reason: reasonOf('ORDER_UNCONFIRMED', {}) });
      this.#askLater(step, record);
      return;
    }
    if (receipt.ok) {
      state.answerCancel(record, ackOf(record.order));
      // Should the confirming notice be lost, it is asked for.
      step.inquire(this.#parts.settings().answerTimeoutMs);
      return;
    }
    this.declined(step, record, { code: receipt.code, params: receipt.params ?? {} });
  }

  /** The broker would not withdraw it. A sweep goes on asking; so does a hand whose cancel crossed a change of the number. */
  declined(step: Step, record: OrderRecord, why: Denial): void {
    this.#askLater(step, record);
    const goesOn = step.state.sweeps.covers(record.order) || record.replacePrice !== null;
    if (goesOn) step.state.answerCancel(record, ackOf(record.order));
    else this.refuse(step, record, why);
  }

  /** A sweep has its own, ever slower round of inquiries: a broker that is overrun is not pressed harder. */
  #askLater(step: Step, record: OrderRecord): void {
    if (!step.state.sweeps.covers(record.order)) step.inquire(0);
  }

  /** The cancel was refused: the order stays, and the user is told why. */
  refuse(step: Step, record: OrderRecord, why: Denial): void {
    if (!record.cancelWanted) return;
    const { orderId } = record.order;
    step.emit({ kind: 'cancelRefused', orderId, ...why, ts: step.now });
    const { messageKo } = reasonOf(why.code, why.params);
    step.alert('caution', 'CANCEL_REFUSED', { name: step.nameOf(record.order), why: messageKo });
  }
}
