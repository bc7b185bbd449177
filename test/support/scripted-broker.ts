/** A broker in memory that keeps honest books and can be told to misbehave on the line. */
import type {
  Broker,
  BrokerAccount,
  BrokerAdjustment,
  BrokerCapabilities,
  BrokerEvent,
  BrokerExecution,
  BrokerOrder,
  CancelRequest,
  Receipt,
  ReplaceRequest,
  SubmitAnswer,
  SubmitOrder,
} from '#core/broker/index.ts';
import { amendedType, OrderType, Route, TimeInForce, type Cleared } from '#shared/domain/index.ts';
import type { ErrorCode } from '#shared/errors/index.ts';
import { chargesOn } from '#shared/market/index.ts';
import { amountKrw, krw } from '#shared/num/index.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import { addDays, epochMs, sessionDate, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { CallFault, Mischief } from './mischief.ts';
import { accountFigures, type Book, type Row } from './scripted-books.ts';

export interface ScriptedBrokerOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly accounts?: readonly { readonly accountId: string; readonly cashKrw: number }[];
  /** Delay of notices; 0 sends them before the answer of the call that caused them. */
  readonly noticeMs?: number;
}

const LATE_MS = 7_000;

export class ScriptedBroker implements Broker {
  readonly capabilities: BrokerCapabilities = {
    environment: 'simulation',
    orderTypes: OrderType.options,
    timesInForce: TimeInForce.options,
    routes: Route.options,
    answersWithNumber: true,
  };
  mischief: Mischief = {};
  /** Everything that arrived, in order. */
  readonly received: (
    | { readonly verb: 'submit'; readonly order: SubmitOrder }
    | { readonly verb: 'replace' | 'cancel'; readonly brokerOrderNo: string }
  )[] = [];
  session: SessionDate = sessionDate('2025-02-11');
  readonly #options: ScriptedBrokerOptions;
  readonly #books = new Map<string, Book>();
  readonly #rows = new Map<string, Row>();
  readonly #executions: BrokerExecution[] = [];
  readonly #adjustments: BrokerAdjustment[] = [];
  readonly #listeners = new Set<(event: BrokerEvent) => void>();
  #nextNo = 1;

  constructor(options: ScriptedBrokerOptions) {
    this.#options = options;
    for (const { accountId, cashKrw } of options.accounts ?? [{ accountId: 'A1', cashKrw: 100_000_000 }])
      this.openAccount(accountId, cashKrw);
  }

  openAccount(accountId: string, cashKrw: number): void {
    const account = {
      accountId,
      name: `계좌 ${accountId}`,
      startingCashKrw: cashKrw,
      createdTs: this.#options.clock.now(),
    };
    this.#books.set(accountId, { account, cashKrw, positions: new Map() });
  }

  get rows(): readonly BrokerOrder[] {
    return [...this.#rows.values()];
  }

  row(brokerOrderNo: string): BrokerOrder {
    return this.#row(brokerOrderNo);
  }

  openNos(): string[] {
    return [...this.#rows.values()].filter((row) => row.status === 'open').map((row) => row.brokerOrderNo);
  }

  cashKrw(accountId: string): number {
    return this.#book(accountId).cashKrw;
  }

  held(accountId: string, instrumentId: string): number {
    return this.#book(accountId).positions.get(instrumentId) ?? 0;
  }

  // What the market and other programs do

  /** Fills part or all of an open order, at its own price unless another is given. */
  fill(brokerOrderNo: string, quantity: number, price = this.#row(brokerOrderNo).price ?? 10_000): void {
    const row = this.#row(brokerOrderNo);
    const book = this.#book(row.accountId);
    const value = amountKrw(price, quantity);
    row.filledQty += quantity;
    row.filledValue = krw(row.filledValue + value);
    const charges = chargesOn({
      cumulativeValue: row.filledValue,
      side: row.side,
      market: 'KOSPI',
      date: row.sessionDate,
    });
    const costs = charges.commissionKrw - row.commissionKrw + charges.taxKrw - row.taxKrw;
    row.commissionKrw = charges.commissionKrw;
    row.taxKrw = charges.taxKrw;
    const sign = row.side === 'buy' ? 1 : -1;
    book.cashKrw += -sign * value - costs;
    book.positions.set(row.instrumentId, (book.positions.get(row.instrumentId) ?? 0) + sign * quantity);
    if (row.filledQty === row.quantity && row.status === 'open') row.status = 'filled';
    const execution: BrokerExecution = {
      accountId: row.accountId,
      brokerOrderNo,
      instrumentId: row.instrumentId,
      side: row.side,
      venue: row.venue ?? 'KRX',
      price,
      quantity,
      cumulativeQty: row.filledQty,
      cumulativeCommissionKrw: charges.commissionKrw,
      cumulativeTaxKrw: charges.taxKrw,
      exchangeTs: this.#now(),
      sessionDate: row.sessionDate,
      settlementDate: addDays(row.sessionDate, 2),
    };
    this.#executions.push(execution);
    this.#notify({ kind: 'fill', execution });
    this.#notifyAccount(row.accountId);
  }

  /** An order placed in another program. */
  placeElsewhere(order: SubmitOrder): string {
    const row = this.#accept(order, null);
    return row.brokerOrderNo;
  }

  /** The day ends: what is open expires, the next session begins. */
  endSession(): void {
    for (const row of this.#rows.values()) {
      if (row.status !== 'open') continue;
      row.status = 'expired';
      this.#notify({
        kind: 'expired',
        accountId: row.accountId,
        brokerOrderNo: row.brokerOrderNo,
        quantity: row.quantity - row.filledQty,
        exchangeTs: this.#now(),
      });
    }
    this.session = addDays(this.session, 1);
    for (const accountId of this.#books.keys()) this.#notifyAccount(accountId);
    this.#notify({ kind: 'session', sessionDate: this.session, phase: 'continuous', exchangeTs: this.#now() });
  }

  /** A corporate action changes a holding of account A1 as the session begins. */
  adjust(
    change: Pick<BrokerAdjustment, 'instrumentId' | 'action' | 'before' | 'after' | 'reasonKo'> &
      Partial<BrokerAdjustment>,
  ): BrokerAdjustment {
    const adjustmentNo = String(this.#adjustments.length + 1);
    const nothing = { cashKrw: krw(0), incomeKrw: krw(0), other: null };
    const times = { exchangeTs: this.#now(), sessionDate: this.session };
    const adjustment: BrokerAdjustment = { accountId: 'A1', adjustmentNo, ...nothing, ...times, ...change };
    const { accountId, instrumentId, after, cashKrw, incomeKrw, other } = adjustment;
    const book = this.#book(accountId);
    book.positions.set(instrumentId, after.quantity);
    if (other) book.positions.set(other.instrumentId, this.held(accountId, other.instrumentId) + other.quantity);
    book.cashKrw += cashKrw + incomeKrw;
    this.#adjustments.push(adjustment);
    this.#notify({ kind: 'holdingAdjusted', adjustment });
    this.#notifyAccount(accountId);
    return adjustment;
  }

  /** Units come or go without a word. */
  misplace(accountId: string, instrumentId: string, quantity: number): void {
    this.#book(accountId).positions.set(instrumentId, quantity);
  }

  /** The exchange withdraws an order by itself. */
  withdraw(brokerOrderNo: string): void {
    this.#cancel(this.#row(brokerOrderNo), 'exchange');
  }

  /** A stop-limit order reaches its stop price. */
  trigger(brokerOrderNo: string): void {
    const row = this.#row(brokerOrderNo);
    row.triggered = true;
    this.#notify({ kind: 'triggered', order: { ...row } });
  }

  /** The exchange took its price from the book. */
  takePrice(brokerOrderNo: string, price: number): void {
    this.#row(brokerOrderNo).price = price;
  }

  line(state: 'up' | 'down'): void {
    this.#send({ kind: 'connection', state });
  }

  /** Repeats or invents a notice. */
  say(event: BrokerEvent): void {
    this.#send(event);
  }

  // The port

  submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer> {
    const { order } = cleared;
    const fault = this.mischief.submit?.(order);
    if (fault === 'lost') return never();
    this.received.push({ verb: 'submit', order });
    if (typeof fault === 'object') return this.#refuse(fault);
    const { brokerOrderNo } = this.#accept(order, null);
    return this.#answer<SubmitAnswer>({ ok: true, brokerOrderNo }, fault);
  }

  replace(cleared: Cleared<ReplaceRequest>): Promise<Receipt> {
    const { order } = cleared;
    const fault = this.mischief.replace?.(order);
    if (fault === 'lost') return never();
    this.received.push({ verb: 'replace', brokerOrderNo: order.brokerOrderNo });
    if (typeof fault === 'object') return this.#refuse(fault);
    const old = this.#rows.get(order.brokerOrderNo);
    if (old?.status !== 'open') return Promise.resolve({ ok: false, code: 'EXCH_UNKNOWN_ORDER' });
    old.status = 'replaced';
    const type = amendedType(old.type) ?? old.type;
    const quantity = old.quantity - old.filledQty;
    this.#accept({ ...old, type, price: order.price, quantity }, order.brokerOrderNo);
    return this.#answer<Receipt>({ ok: true }, fault);
  }

  cancel(request: CancelRequest): Promise<Receipt> {
    const fault = this.mischief.cancel?.(request);
    if (fault === 'lost') return never();
    this.received.push({ verb: 'cancel', brokerOrderNo: request.brokerOrderNo });
    if (typeof fault === 'object') return this.#refuse(fault);
    const row = this.#rows.get(request.brokerOrderNo);
    if (row?.status !== 'open') return Promise.resolve({ ok: false, code: 'EXCH_UNKNOWN_ORDER' });
    this.#cancel(row, 'user');
    return this.#answer<Receipt>({ ok: true }, fault);
  }

  accounts(): Promise<readonly BrokerAccount[]> {
    return this.#told(() => [...this.#books.keys()].map((accountId) => this.#account(accountId)));
  }

  openOrders(accountId: string): Promise<readonly BrokerOrder[]> {
    return this.#told(() => this.rows.filter((row) => row.accountId === accountId && row.status === 'open'));
  }

  orders(accountId: string, session: SessionDate): Promise<readonly BrokerOrder[]> {
    return this.#told(() => this.rows.filter((row) => row.accountId === accountId && row.sessionDate === session));
  }

  executions(accountId: string, session: SessionDate): Promise<readonly BrokerExecution[]> {
    return this.#told(() =>
      this.#executions.filter((each) => each.accountId === accountId && each.sessionDate === session),
    );
  }

  adjustments(accountId: string, session: SessionDate): Promise<readonly BrokerAdjustment[]> {
    return this.#told(() =>
      this.#adjustments.filter((each) => each.accountId === accountId && each.sessionDate === session),
    );
  }

  positions(accountId: string) {
    return this.#told(() =>
      [...this.#book(accountId).positions].map(([instrumentId, quantity]) => ({
        accountId,
        instrumentId,
        quantity,
        sellable: quantity,
      })),
    );
  }

  account(accountId: string): Promise<BrokerAccount> {
    return this.#told(() => this.#account(accountId));
  }

  events(listener: (event: BrokerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  // Inside

  #accept(order: SubmitOrder, originalOrderNo: string | null): Row {
    const brokerOrderNo = String(this.#nextNo).padStart(6, '0');
    this.#nextNo += 1;
    const { accountId, instrumentId, side, type, timeInForce, session, route, price, stopPrice, quantity } = order;
    const row: Row = {
      accountId,
      brokerOrderNo,
      originalOrderNo,
      instrumentId,
      side,
      type,
      timeInForce,
      session,
      route,
      venue: route === 'SOR' ? 'KRX' : route,
      price,
      stopPrice,
      triggered: false,
      quantity,
      filledQty: 0,
      filledValue: krw(0),
      status: 'open',
      exchangeTs: this.#now(),
      receivedTs: this.#now(),
      sessionDate: this.session,
      commissionKrw: 0,
      taxKrw: 0,
    };
    this.#rows.set(brokerOrderNo, row);
    this.#notify({ kind: originalOrderNo === null ? 'accepted' : 'replaced', order: { ...row } });
    this.#notifyAccount(accountId);
    return row;
  }

  #cancel(row: Row, cause: 'user' | 'exchange'): void {
    row.status = 'canceled';
    this.#notify({
      kind: 'canceled',
      accountId: row.accountId,
      brokerOrderNo: row.brokerOrderNo,
      quantity: row.quantity - row.filledQty,
      cause,
      exchangeTs: this.#now(),
    });
    this.#notifyAccount(row.accountId);
  }

  #account(accountId: string): BrokerAccount {
    return accountFigures(this.#book(accountId), [...this.#rows.values()], this.session);
  }

  #notifyAccount(accountId: string): void {
    this.#notify({ kind: 'account', account: this.#account(accountId) });
  }

  #notify(event: BrokerEvent): void {
    const fault = this.mischief.notice?.(event);
    if (fault === 'drop') return;
    const delay = (this.#options.noticeMs ?? 1) + (fault === 'late' ? LATE_MS : 0);
    for (let times = fault === 'twice' ? 2 : 1; times > 0; times -= 1) {
      if (delay === 0) this.#send(event);
      else this.#options.timers.after(delay, () => this.#send(event));
    }
  }

  #send(event: BrokerEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  #answer<Answer>(answer: Answer, fault: CallFault | undefined): Promise<Answer> {
    if (fault === 'silence') return never();
    if (fault === 'throws') return Promise.reject(new Error('the line broke'));
    if (fault !== 'late') return Promise.resolve(answer);
    return new Promise((resolve) => void this.#options.timers.after(LATE_MS, () => resolve(answer)));
  }

  #refuse(fault: { readonly refuse: ErrorCode; readonly late?: boolean }): Promise<{ ok: false; code: ErrorCode }> {
    return this.#answer({ ok: false, code: fault.refuse }, fault.late === true ? 'late' : undefined);
  }

  #told<T>(make: () => T): Promise<T> {
    if (this.mischief.inquiry?.() === 'fails') return Promise.reject(new Error('no inquiry now'));
    return Promise.resolve(structuredClone(make()));
  }

  #row(brokerOrderNo: string): Row {
    const row = this.#rows.get(brokerOrderNo);
    if (!row) throw new Error(`no order ${brokerOrderNo}`);
    return row;
  }

  #book(accountId: string): Book {
    const book = this.#books.get(accountId);
    if (!book) throw new Error(`no account ${accountId}`);
    return book;
  }

  #now(): EpochMs {
    return epochMs(this.#options.clock.now());
  }
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
