/** The member firm's books: accounts, orders and executions as the durable log tells them, never ahead of it. */
import { AppError, assert, assertNever } from '#shared/errors/index.ts';
import { Ledger } from '#shared/exchange/index.ts';
import { addKrw, amountKrw, krw, ZERO_KRW } from '#shared/num/index.ts';
import { epochMs, sessionDate, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import { ActionBook } from './action-book.ts';
import type { LogData, LogEntry } from './log-entry.ts';
import type {
  ExchangeAccount,
  ExchangeAdjustment,
  ExchangeExecution,
  ExchangeNotice,
  ExchangeOrder,
  ExchangePosition,
} from './terms.ts';

/** Digits of the firm's order numbers. */
const NUMBER_DIGITS = 10;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An order with what only the firm needs to know. */
export interface BookedOrder extends ExchangeOrder {
  /** Number at the exchange of the session. */
  readonly orderNo: number;
}

/** The session in force, as logged. */
export interface BookedRun {
  readonly run: number;
  readonly seq: number;
  readonly plan: LogData<'run.started'>['plan'];
  readonly date: SessionDate;
  readonly d1Date: SessionDate;
  readonly d2Date: SessionDate;
  /** true: ended before its time; its market is gone. */
  readonly ended: boolean;
}

interface AccountDay {
  readonly orders: Mutable<BookedOrder>[];
  readonly executions: ExchangeExecution[];
  readonly adjustments: ExchangeAdjustment[];
}

export class FirmBooks {
  readonly ledger = new Ledger();
  readonly actions = new ActionBook();
  /** By owner number; place 0 belongs to the participants. */
  readonly #accountIds: string[] = [''];
  readonly #orders = new Map<string, Mutable<BookedOrder>>();
  readonly #open = new Set<Mutable<BookedOrder>>();
  readonly #days = new Map<string, AccountDay>();
  /** Of orders on credit, by number. */
  readonly #credits = new Map<string, NonNullable<ExchangeOrder['credit']>>();
  #numbers = 0;
  #run: Mutable<BookedRun> | null = null;

  /** The newest session; null before the first. */
  get run(): BookedRun | null {
    return this.#run;
  }

  get accountCount(): number {
    return this.#accountIds.length - 1;
  }

  /** The number the next accepted order gets. */
  nextNo(): string {
    return String(this.#numbers + 1).padStart(NUMBER_DIGITS, '0');
  }

  /** Number of an account at the exchange; throws ACCOUNT_UNKNOWN. */
  ownerOf(accountId: string): number {
    const owner = this.#accountIds.indexOf(accountId, 1);
    if (owner < 0) throw new AppError('ACCOUNT_UNKNOWN', { accountId });
    return owner;
  }

  /**
   * Books one entry of the log and returns what the customer is told. `ts` is the wall time and `seq` the number of
   * the entry.
   */
  apply(entry: LogEntry, at: { readonly ts: EpochMs; readonly seq: number }): ExchangeNotice[] {
    switch (entry.kind) {
      case 'account.opened':
        return this.#openAccount(entry.data, at.ts);
      case 'run.started':
        return this.#startRun(entry.data, at.seq);
      case 'run.ended':
        if (this.#run) this.#run.ended = true;
        return [];
      // What a market taken back does to the books was recorded before it: open orders expired, and fills stay.
      case 'run.rewound':
        return [];
      case 'order.sent':
        this.#sent(entry.data);
        return [];
      case 'order.accepted':
        return this.#accept(entry.data, at.ts);
      case 'order.filled':
        return this.#fill(entry.data);
      case 'order.canceled':
        return this.#cancel(entry.data);
      case 'order.triggered':
        return this.#trigger(entry.data);
      case 'order.converted':
        return [{ kind: 'converted', order: told(this.#openOrder(entry.data.no)) }];
      case 'action.registered':
        this.actions.register(entry.data);
        return [];
      case 'action.withdrawn':
        this.actions.withdraw(entry.data);
        return [];
      case 'action.applied':
        this.actions.apply(entry.data, this.#currentRun().date);
        return [];
      case 'holding.adjusted':
        return this.#adjust(entry.data);
      default:
        return assertNever(entry);
    }
  }

  accounts(): ExchangeAccount[] {
    return this.ledger.accounts().map((account) => this.#view(account.accountId));
  }

  /** Throws ACCOUNT_UNKNOWN. */
  account(accountId: string): ExchangeAccount {
    return this.#view(accountId);
  }

  positions(accountId: string): ExchangePosition[] {
    return this.ledger.positions(accountId);
  }

  order(no: string): BookedOrder | undefined {
    return this.#orders.get(no);
  }

  /** Open orders of an account, or of all, by number. */
  openOrders(accountId?: string): BookedOrder[] {
    const found = [...this.#open].filter((order) => accountId === undefined || order.accountId === accountId);
    return found.map((order) => ({ ...order }));
  }

  orders(accountId: string, date: SessionDate): BookedOrder[] {
    return (this.#days.get(`${accountId}|${date}`)?.orders ?? []).map((order) => ({ ...order }));
  }

  executions(accountId: string, date: SessionDate): ExchangeExecution[] {
    return [...(this.#days.get(`${accountId}|${date}`)?.executions ?? [])];
  }

  adjustments(accountId: string, date: SessionDate): ExchangeAdjustment[] {
    return [...(this.#days.get(`${accountId}|${date}`)?.adjustments ?? [])];
  }

  /** What the exchange is not told of an order: whose money it is bought with. A number whose order was refused is given again. */
  #sent({ input }: LogData<'order.sent'>): void {
    if (input.verb !== 'submit') return;
    if (input.credit) this.#credits.set(input.no, input.credit);
    else this.#credits.delete(input.no);
  }

  #openAccount(data: LogData<'account.opened'>, ts: EpochMs): ExchangeNotice[] {
    assert(data.owner === this.#accountIds.length, `account number ${data.owner} out of order`);
    const { accountId, name, accountKind: kind, startingCashKrw, holdings = [] } = data;
    this.ledger.openAccount({ accountId, name, kind, startingCashKrw, createdTs: ts });
    for (const { instrumentId, quantity, costKrw } of holdings) {
      const after = { quantity, costKrw: krw(costKrw), cashKrw: ZERO_KRW, realisedKrw: ZERO_KRW, incomeKrw: ZERO_KRW };
      this.ledger.takeChange({ accountId, kind: 'own', instrumentId, after: { ...after, other: null } });
    }
    this.#accountIds.push(accountId);
    return this.#run ? [{ kind: 'account', account: this.#view(accountId) }] : [];
  }

  #startRun(data: LogData<'run.started'>, seq: number): ExchangeNotice[] {
    assert(this.#open.size === 0, 'orders are open from a market that is gone');
    assert(data.run === (this.#run?.run ?? 0) + 1, `session ${data.run} out of order`);
    this.ledger.openSession(sessionDate(data.date));
    this.#run = {
      run: data.run,
      seq,
      plan: data.plan,
      date: sessionDate(data.date),
      d1Date: sessionDate(data.d1Date),
      d2Date: sessionDate(data.d2Date),
      ended: false,
    };
    return this.accounts().map((account) => ({ kind: 'account', account }));
  }

  #accept(data: LogData<'order.accepted'>, ts: EpochMs): ExchangeNotice[] {
    const run = this.#currentRun();
    const accountId = this.#accountId(data.owner);
    const { no, instrumentId, market, side, type, timeInForce, session, route, venue, price, stopPrice } = data;
    const { quantity, holdPrice, orderNo, product } = data;
    assert(Number(no) === this.#numbers + 1, `order number ${no} out of order`);
    this.#numbers += 1;
    const { percent: marginPercent } = this.ledger.marginRate(accountId, { market });
    const terms = { accountId, instrumentId, market, product, side, quantity, holdPrice, tradeDate: run.date };
    const credit = data.originalNo === null ? this.#credits.get(no) : this.#orders.get(data.originalNo)?.credit;
    this.ledger.place(no, { ...terms, marginPercent, ...(credit ? { credit: credit.act } : {}) });
    const order: Mutable<BookedOrder> = {
      accountId,
      brokerOrderNo: no,
      originalOrderNo: data.originalNo,
      orderNo,
      instrumentId,
      side,
      type,
      timeInForce,
      session,
      route,
      venue,
      price,
      stopPrice,
      triggered: false,
      quantity,
      filledQty: 0,
      filledValue: ZERO_KRW,
      status: 'open',
      exchangeTs: epochMs(data.ts),
      receivedTs: ts,
      sessionDate: run.date,
      ...(credit ? { credit } : {}),
    };
    this.#orders.set(no, order);
    this.#open.add(order);
    this.#day(accountId, run.date).orders.push(order);
    return [
      { kind: data.originalNo === null ? 'accepted' : 'replaced', order: told(order) },
      this.#accountNotice(order),
    ];
  }

  #fill(data: LogData<'order.filled'>): ExchangeNotice[] {
    const order = this.#openOrder(data.no);
    const { price, quantity, venue, role } = data;
    const trade = { price, quantity, venue, role };
    const totals = this.ledger.fill(data.no, trade);
    order.filledQty = totals.filledQty;
    order.filledValue = addKrw(order.filledValue, amountKrw(price, quantity));
    if (order.filledQty === order.quantity) this.#end(order, 'filled');
    const execution: ExchangeExecution = {
      accountId: order.accountId,
      brokerOrderNo: data.no,
      instrumentId: order.instrumentId,
      side: order.side,
      venue,
      price,
      quantity,
      cumulativeQty: totals.filledQty,
      cumulativeCommissionKrw: totals.commissionKrw,
      cumulativeTaxKrw: totals.taxKrw,
      exchangeTs: epochMs(data.ts),
      sessionDate: order.sessionDate,
      settlementDate: this.#currentRun().d2Date,
    };
    this.#day(order.accountId, order.sessionDate).executions.push(execution);
    return [{ kind: 'fill', execution }, this.#accountNotice(order)];
  }

  #cancel(data: LogData<'order.canceled'>): ExchangeNotice[] {
    const order = this.#openOrder(data.no);
    const { quantity, cause } = data;
    assert(quantity === order.quantity - order.filledQty, `the rest of ${data.no} is not ${quantity}`);
    this.ledger.release(data.no);
    this.#end(order, cause === 'replaced' || cause === 'expired' ? cause : 'canceled');
    // A replaced number goes silently: its successor's notice says it.
    if (cause === 'replaced') return [];
    const body = { accountId: order.accountId, brokerOrderNo: data.no, quantity, exchangeTs: epochMs(data.ts) };
    return [
      cause === 'expired' ? { kind: 'expired', ...body } : { kind: 'canceled', cause, ...body },
      this.#accountNotice(order),
    ];
  }

  #trigger(data: LogData<'order.triggered'>): ExchangeNotice[] {
    const order = this.#openOrder(data.no);
    order.triggered = true;
    return [{ kind: 'triggered', order: told(order) }];
  }

  #adjust(data: LogData<'holding.adjusted'>): ExchangeNotice[] {
    const accountId = this.#accountId(data.owner);
    const { date } = this.#currentRun();
    const adjustment = this.actions.adjust(data, { ledger: this.ledger, accountId, sessionDate: date });
    const account = this.#accountNotice({ accountId });
    if (!adjustment) return [account];
    this.#day(accountId, date).adjustments.push(adjustment);
    return [{ kind: 'holdingAdjusted', adjustment }, account];
  }

  #end(order: Mutable<BookedOrder>, status: ExchangeOrder['status']): void {
    order.status = status;
    this.#open.delete(order);
  }

  #accountNotice(order: { readonly accountId: string }): ExchangeNotice {
    return { kind: 'account', account: this.#view(order.accountId) };
  }

  #view(accountId: string): ExchangeAccount {
    const { name, kind, startingCashKrw, createdTs, cashD0Krw, cashD1Krw, cashD2Krw, reservedKrw, ...rest } =
      this.ledger.account(accountId);
    const { cashPowerKrw: buyingPowerKrw, marginPowerKrw, unpaidKrw, frozenUntil } = rest;
    const { date, d1Date, d2Date } = this.#currentRun();
    return {
      accountId,
      name,
      kind,
      startingCashKrw,
      cashD0Krw,
      cashD1Krw,
      cashD2Krw,
      reservedKrw,
      buyingPowerKrw,
      marginPowerKrw,
      unpaidKrw,
      frozenUntil,
      sessionDate: date,
      d1Date,
      d2Date,
      createdTs,
    };
  }

  #accountId(owner: number): string {
    const accountId = this.#accountIds[owner];
    assert(owner > 0 && accountId !== undefined, `no account has number ${owner}`);
    return accountId;
  }

  #currentRun(): BookedRun {
    assert(this.#run, 'no session has opened');
    return this.#run;
  }

  #openOrder(no: string): Mutable<BookedOrder> {
    const order = this.#orders.get(no);
    assert(order && order.status === 'open', `order ${no} is not open`);
    return order;
  }

  #day(accountId: string, date: SessionDate): AccountDay {
    const key = `${accountId}|${date}`;
    let day = this.#days.get(key);
    if (!day) this.#days.set(key, (day = { orders: [], executions: [], adjustments: [] }));
    return day;
  }
}

/** An order as the customer sees it, at this moment. */
export function told(order: BookedOrder): ExchangeOrder {
  const { orderNo: _exchangeNo, ...rest } = order;
  return rest;
}

/** All open orders expire by the firm's own act: their market is gone, or was taken back to before them. */
export function expiringEntries(books: FirmBooks, ts: EpochMs): LogEntry[] {
  return books.openOrders().map((order): LogEntry => {
    const quantity = order.quantity - order.filledQty;
    const data = {
      seq: 0,
      ts: Math.max(ts, order.exchangeTs),
      no: order.brokerOrderNo,
      quantity,
      cause: 'expired',
    } as const;
    return { kind: 'order.canceled', data };
  });
}

/** What ends a run before its time. */
export function endingEntries(
  books: FirmBooks,
  ending: { readonly run: number; readonly ts: EpochMs; readonly cause: LogData<'run.ended'>['cause'] },
): LogEntry[] {
  const { run, ts, cause } = ending;
  return [...expiringEntries(books, ts), { kind: 'run.ended', data: { run, at: ts, cause } }];
}
