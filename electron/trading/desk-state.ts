/** Everything the desk knows, folded from its journal: the same events give the same state, live or read back. */
import {
  isOpen,
  type Account,
  type Alert,
  type InstrumentId,
  type Position,
  type Side,
  type TradingState,
} from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import type { OrderAck } from '#shared/contract/index.ts';
import { AccountBook, type HoldingChange } from './account-book.ts';
import { ChangeLog } from './change-log.ts';
import type { DeskEvent, DeskEventOf, OrderChange } from './journal-events.ts';
import {
  ackOf,
  moveOrder,
  movePending,
  newRecord,
  reasonOf,
  restOf,
  takeFill,
  venueOf,
  type OrderRecord,
} from './order-record.ts';
import { MandateBook } from './mandate-book.ts';
import type { Holding } from './portfolio.ts';
import { RecentOrders } from './recent-orders.ts';
import { RequestLog } from './request-log.ts';
import { SweepList } from './sweep-list.ts';
import { LIMITS } from './settings.ts';

const START: TradingState = { state: 'active', epoch: 0, cause: 'start', note: '', sinceTs: 0 };

const numberKey = (accountId: string, brokerOrderNo: string): string => `${accountId}|${brokerOrderNo}`;

export class DeskState {
  readonly orders = new Map<string, OrderRecord>();
  readonly open = new Set<string>();
  readonly requests = new RequestLog(LIMITS.requests);
  readonly recent = new RecentOrders(LIMITS.recentOrders);
  readonly sweeps = new SweepList();
  readonly changes = new ChangeLog();
  readonly mandates = new MandateBook();
  tradingState: TradingState = START;
  /** Counts events and figures taken in; what was learnt before a step is told from what came after. */
  step = 0;
  readonly #byNumber = new Map<string, string>();
  readonly #accounts = new Map<string, AccountBook>();
  #alerts: Alert[] = [];

  // Questions

  get alerts(): readonly Alert[] {
    return this.#alerts;
  }

  accountIds(): readonly string[] {
    return [...this.#accounts.keys()];
  }

  /** The book of an account; an empty one where nothing is known of it. */
  book(accountId: string): AccountBook {
    return this.#accounts.get(accountId) ?? new AccountBook(accountId);
  }

  account(accountId: string): Account | null {
    return this.book(accountId).account;
  }

  holding(accountId: string, instrumentId: InstrumentId): Holding {
    return this.book(accountId).holding(instrumentId);
  }

  holdings(accountId: string): readonly Holding[] {
    return [...this.book(accountId).holdings.values()];
  }

  position(accountId: string, instrumentId: InstrumentId): Position {
    const { quantity, costKrw, realisedKrw } = this.holding(accountId, instrumentId);
    const closedBy = quantity < 0 ? 'buy' : 'sell';
    const sellable = Math.max(0, Math.abs(quantity) - this.reservedQty(accountId, instrumentId, closedBy));
    return { accountId, instrumentId, quantity, sellable, costKrw, realisedKrw };
  }

  record(orderId: string): OrderRecord | undefined {
    return this.orders.get(orderId);
  }

  byNumber(accountId: string, brokerOrderNo: string): OrderRecord | undefined {
    return this.orders.get(this.#byNumber.get(numberKey(accountId, brokerOrderNo)) ?? '');
  }

  openRecords(): readonly OrderRecord[] {
    return [...this.open].flatMap((orderId) => this.orders.get(orderId) ?? []);
  }

  /** Units that open orders of a side tie up. */
  reservedQty(accountId: string, instrumentId: InstrumentId, side: Side = 'sell'): number {
    let reserved = 0;
    for (const { order } of this.openRecords()) {
      if (order.accountId !== accountId || order.instrumentId !== instrumentId || order.side !== side) continue;
      reserved += restOf(order);
    }
    return reserved;
  }

  /** Whether an order on the issue and side has no known outcome. */
  hasUnconfirmed(facts: {
    readonly accountId: string;
    readonly instrumentId: InstrumentId;
    readonly side: Side;
  }): boolean {
    return this.openRecords().some(
      ({ order }) =>
        order.state === 'unconfirmed' &&
        order.accountId === facts.accountId &&
        order.instrumentId === facts.instrumentId &&
        order.side === facts.side,
    );
  }

  // Changes

  /** Takes in the broker's figures of an account; they are the broker's to know and are not journalled. */
  setAccount(account: Account, knownAt: number = this.step): void {
    const book = this.#book(account.accountId);
    book.account = account;
    this.step += 1;
    for (const record of this.openRecords()) {
      const { order } = record;
      if (order.accountId === account.accountId && order.brokerOrderNo !== null && record.changedAt <= knownAt)
        record.heldByDesk = false;
    }
    this.changes.account(account.accountId);
  }

  /** Gives the owed answer to the request that asked for the change under way. */
  answerReplace(record: OrderRecord, ack: OrderAck): void {
    if (record.replaceRequestId !== null) this.requests.answer(record.replaceRequestId, ack);
    record.replaceRequestId = null;
  }

  answerCancel(record: OrderRecord, ack: OrderAck): void {
    if (record.cancelRequestId !== null) this.requests.answer(record.cancelRequestId, ack);
    record.cancelRequestId = null;
  }

  /** Folds one event in. */
  apply(event: DeskEvent): void {
    this.step += 1;
    switch (event.kind) {
      case 'tradingStateChanged':
        this.tradingState = event.tradingState;
        this.changes.tradingState();
        return;
      case 'sweepStarted':
        this.sweeps.start(event, this.step);
        return;
      case 'sweepEnded':
        this.sweeps.end(event.sweepId);
        return;
      case 'alertRaised':
        this.#raise(event);
        return;
      case 'sessionReconciled':
        this.#book(event.accountId).reconciledTo = event.sessionDate;
        return;
      case 'equitySampled':
        for (const { accountId, equityKrw } of event.points) this.#book(accountId).sample({ ts: event.ts, equityKrw });
        return;
      case 'holdingAdjusted':
      case 'holdingsAdopted':
      case 'holdingEndTold':
      case 'positionSettled':
        this.#hold(event);
        return;
      case 'orderCreated':
      case 'externalSeen':
        this.#create(event);
        return;
      case 'mandatePlaced':
      case 'mandateArmed':
      case 'mandateCarried':
      case 'mandateRevised':
      case 'mandateTrailed':
      case 'mandateHeld':
      case 'mandateFired':
      case 'mandateEnded':
        this.mandates.apply(event);
        return;
      default:
        this.#change(event);
    }
  }

  #book(accountId: string): AccountBook {
    const book = this.book(accountId);
    this.#accounts.set(accountId, book);
    return book;
  }

  #hold(event: DeskEventOf<HoldingChange>): void {
    const { accountId } = event;
    const book = this.#book(accountId);
    // An inquiry begun before knows the holding as it was.
    if (event.kind !== 'holdingEndTold') book.filledAt = this.step;
    for (const instrumentId of book.change(event)) this.changes.position(accountId, instrumentId);
    if (event.kind === 'holdingsAdopted') this.changes.account(accountId);
  }

  #raise(event: DeskEventOf<'alertRaised'>): void {
    const { alertId, code, level, ts } = event;
    const { messageKo: titleKo, actionKo: bodyKo } = reasonOf(code, event.params);
    const alert: Alert = { alertId, code, level, titleKo, bodyKo, ts };
    this.#alerts = [...this.#alerts, alert].slice(-LIMITS.alerts);
    this.changes.alert(alert);
  }

  #create(event: DeskEventOf<'orderCreated'> | DeskEventOf<'externalSeen'>): void {
    const { orderId, ts } = event;
    assert(!this.orders.has(orderId), `order ${orderId} twice`);
    const record = newRecord(event, this.step);
    this.orders.set(orderId, record);
    if (event.kind === 'externalSeen') this.#number(record, event.brokerOrderNo);
    else {
      this.requests.open(event.requestId, { verb: 'submit', orderId });
      this.recent.add({ ts, orderId, isNew: true });
    }
    this.#touched(record, ts);
  }

  #number(record: OrderRecord, brokerOrderNo: string): void {
    const { order } = record;
    this.#byNumber.set(numberKey(order.accountId, brokerOrderNo), order.orderId);
    record.numbers.set(brokerOrderNo, { cumulativeQty: 0, value: 0, commissionKrw: 0, taxKrw: 0 });
    record.order = { ...order, brokerOrderNo, brokerOrderNos: [...order.brokerOrderNos, brokerOrderNo] };
  }

  #change(event: OrderChange): void {
    const record = this.orders.get(event.orderId);
    assert(record, `no order ${event.orderId}`);
    switch (event.kind) {
      case 'orderDenied':
        moveOrder(record, 'deny', { reason: reasonOf(event.code, event.params) });
        break;
      case 'orderSubmitting':
        moveOrder(record, 'submit', {});
        record.sentTs = event.ts;
        record.heldByDesk = true;
        break;
      case 'orderWithheld':
        moveOrder(record, 'withhold', { reason: reasonOf(event.code, event.params) });
        break;
      case 'orderAccepted':
        moveOrder(record, 'accept', { venue: venueOf(record.order.route) });
        record.linkedBy = event.via;
        this.#number(record, event.brokerOrderNo);
        break;
      case 'orderRelinked':
        moveOrder(record, 'relink', { reason: null, venue: venueOf(record.order.route) });
        record.linkedBy = 'inquiry';
        this.#number(record, event.brokerOrderNo);
        break;
      case 'orderRejected':
        moveOrder(record, 'reject', { reason: reasonOf(event.code, event.params) });
        break;
      case 'orderUnconfirmed':
        moveOrder(record, 'lose', {});
        break;
      case 'orderNeverArrived':
        moveOrder(record, 'neverArrive', { reason: reasonOf('NEVER_ARRIVED', {}) });
        this.#book(record.order.accountId).askAgain.set(record.order.sessionDate, this.step);
        break;
      case 'orderCanceled':
        moveOrder(record, 'cancel', {});
        break;
      case 'orderExpired':
        moveOrder(record, 'expire', {});
        break;
      case 'orderReplaced':
        moveOrder(record, 'replace', { price: event.price, type: event.type });
        movePending(record, 'replaceConfirmed');
        this.#number(record, event.brokerOrderNo);
        record.replacePrice = null;
        record.replaceTs = null;
        this.answerReplace(record, ackOf(record.order));
        break;
      case 'fillRecorded':
        this.#fill(record, event);
        break;
      case 'orderStanding': {
        const { venue, price, triggered } = event;
        record.order = { ...record.order, venue, price, triggered };
        break;
      }
      default:
        this.#changeAsked(record, event);
    }
    this.#touched(record, event.ts);
  }

  #changeAsked(
    record: OrderRecord,
    event: DeskEventOf<
      'replaceAsked' | 'replaceDenied' | 'replaceRefused' | 'cancelAsked' | 'cancelSent' | 'cancelRefused'
    >,
  ): void {
    const { orderId } = event;
    switch (event.kind) {
      case 'replaceAsked':
        movePending(record, 'replaceAsked');
        record.replacePrice = event.price;
        record.replaceTs = event.ts;
        record.replaceRequestId = event.requestId;
        record.heldByDesk = true;
        this.requests.open(event.requestId, { verb: 'replace', orderId, price: event.price });
        this.recent.add({ ts: event.ts, orderId, isNew: false });
        return;
      case 'replaceDenied':
        this.requests.open(event.requestId, { verb: 'replace', orderId, price: event.price });
        this.requests.answer(event.requestId, { ...ackOf(record.order), reason: reasonOf(event.code, event.params) });
        this.recent.add({ ts: event.ts, orderId, isNew: false });
        return;
      case 'replaceRefused':
        movePending(record, 'replaceRefused');
        record.replacePrice = null;
        record.replaceTs = null;
        this.answerReplace(record, { ...ackOf(record.order), reason: reasonOf(event.code, event.params) });
        return;
      case 'cancelAsked':
        movePending(record, 'cancelAsked');
        record.cancelWanted = true;
        record.cancelsSent = 0;
        if (event.requestId === null) return;
        record.cancelRequestId = event.requestId;
        this.requests.open(event.requestId, { verb: 'cancel', orderId });
        return;
      case 'cancelSent':
        record.cancelsSent += 1;
        record.lastCancelTs = event.ts;
        return;
      case 'cancelRefused':
        movePending(record, 'cancelRefused');
        record.cancelWanted = false;
        this.answerCancel(record, { ...ackOf(record.order), reason: reasonOf(event.code, event.params) });
    }
  }

  #fill(record: OrderRecord, event: DeskEventOf<'fillRecorded'>): void {
    const { order } = record;
    const book = this.#book(order.accountId);
    const fill = book.fill(order, event, record.realisedKrw);
    book.filledAt = this.step;
    takeFill(record, event, fill.realisedKrw);
    this.changes.fill(fill);
  }

  #touched(record: OrderRecord, ts: number): void {
    record.changedAt = this.step;
    record.order = { ...record.order, updatedTs: ts };
    const { orderId, requestId, accountId, instrumentId, state, side, filledQty } = record.order;
    if (state !== 'created' && state !== 'submitting') this.requests.answer(requestId, ackOf(record.order));
    if (isOpen(state)) this.open.add(orderId);
    else this.#ended(record);
    this.changes.order(orderId);
    // An order that would close ties units up, so its every change may change what can be sold.
    if (side === 'sell' || filledQty > 0 || this.holding(accountId, instrumentId).quantity < 0)
      this.changes.position(accountId, instrumentId);
  }

  #ended(record: OrderRecord): void {
    const ack = ackOf(record.order);
    this.answerReplace(record, ack);
    this.answerCancel(record, ack);
    this.open.delete(record.order.orderId);
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    if (this.orders.size <= LIMITS.endedOrders + this.open.size) return;
    for (const [orderId, { order }] of this.orders) {
      if (this.open.has(orderId)) continue;
      this.orders.delete(orderId);
      for (const no of order.brokerOrderNos) {
        const key = numberKey(order.accountId, no);
        if (this.#byNumber.get(key) === orderId) this.#byNumber.delete(key);
      }
      return;
    }
  }
}
