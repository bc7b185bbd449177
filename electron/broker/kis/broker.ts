/** The Broker port on KIS for domestic stocks: orders and inquiries over REST, notices over the socket, each confirming the other. */
import { amendedType, krxId, type Cleared, type Instrument, type InstrumentId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { krxCalendar, orderCodeOf } from '#shared/market/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { EpochMs, SessionDate, TradingCalendar } from '#shared/time/index.ts';
import type {
  Broker,
  BrokerAccount,
  BrokerAdjustment,
  BrokerCapabilities,
  BrokerEvent,
  BrokerExecution,
  BrokerOrder,
  BrokerPosition,
  CancelRequest,
  Receipt,
  ReplaceRequest,
  SubmitAnswer,
  SubmitOrder,
} from '../broker.ts';
import { NoticeAudience } from '../notice-audience.ts';
import { orderCredit } from './credit/wire.ts';
import { accountView, afterFill } from './domestic/account-view.ts';
import { capabilitiesOf } from './domestic/capabilities.ts';
import { ChargeSheet } from './domestic/charge-sheet.ts';
import { Follower } from './domestic/follower.ts';
import type { KnownOrder } from './domestic/known-order.ts';
import { LedgerDesk } from './domestic/ledger-desk.ts';
import { ledgerWordsOf } from './domestic/ledger-words.ts';
import { cashOrderOf, refusalOf } from './domestic/order-form.ts';
import { OrderRegister } from './domestic/order-register.ts';
import { SessionClock } from './domestic/session-clock.ts';
import { DOMESTIC_SETTINGS, type DomesticSettings } from './domestic/settings.ts';
import { instantOf } from './domestic/wire/fields.ts';
import { orderCash, orderReceipt, type AccountFields, type CashOrder } from './domestic/wire/order-cash.ts';
import { orderRvsecncl } from './domestic/wire/order-rvsecncl.ts';
import type { KisCall, KisEnvironment, KisKeys, KisRealtime, KisRest, ServerClock } from './ports.ts';

export interface KisBrokerParts {
  readonly environment: KisEnvironment;
  readonly accountId: string;
  /** As the user calls the connection. */
  readonly name: string;
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode' | 'htsId'>;
  readonly rest: KisRest;
  readonly realtime: KisRealtime;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Epoch of the trading state in force: what was cleared under another one does not leave. */
  readonly currentEpoch: () => number;
  /** What is known of an issue: its market decides what a sale costs. */
  readonly find: (id: InstrumentId) => Instrument | undefined;
  readonly calendar?: TradingCalendar;
  readonly settings?: Partial<DomesticSettings>;
}

/** The broker with what its composition needs beside the port. */
export interface KisBroker extends Broker {
  /** Whether fills are told by notices now; else they come by asking. */
  readonly hasNotices: boolean;
  close(): void;
}

class DomesticBroker implements KisBroker {
  readonly capabilities: BrokerCapabilities;
  readonly #parts: KisBrokerParts;
  readonly #settings: DomesticSettings;
  readonly #session: SessionClock;
  readonly #register: OrderRegister;
  readonly #ledger: LedgerDesk;
  readonly #follower: Follower;
  readonly #account: AccountFields;
  readonly #createdTs: EpochMs;
  readonly #audience: NoticeAudience;
  /** The last figures told, for the questions that need the account's dates only. */
  #figures: BrokerAccount | null = null;
  /** Numbers of orders on credit that were sent from here. */
  readonly #onCredit = new Set<string>();
  /** Charges of an order number so far, won. */
  readonly #charged = new Map<string, number>();
  /** Days that were asked for within this round, and when. */
  readonly #shared = new Map<SessionDate, { readonly by: 'openOrders' | 'orders'; readonly atMs: number }>();

  constructor(parts: KisBrokerParts) {
    this.#parts = parts;
    this.#audience = new NoticeAudience(parts.logger);
    const { environment, keys, rest, clock, find, accountId } = parts;
    this.#createdTs = clock.now();
    this.#settings = { ...DOMESTIC_SETTINGS[environment], ...parts.settings };
    this.#account = { CANO: keys.accountNo, ACNT_PRDT_CD: keys.productCode };
    const session = new SessionClock({ server: parts.serverClock, clock, calendar: parts.calendar ?? krxCalendar });
    this.#session = session;
    const words = ledgerWordsOf(keys.productCode);
    const { tellsPastDays } = words;
    this.capabilities = { ...capabilitiesOf(environment, session.date()), tellsPastDays };
    this.#register = new OrderRegister({
      accountId,
      clock: session,
      charges: new ChargeSheet({ find, clock: session }),
      tell: (event) => this.#told(event),
    });
    this.#ledger = new LedgerDesk({
      environment,
      account: this.#account,
      words,
      rest,
      session,
      clock,
      sharedMs: this.#settings.sharedMs,
      reached: (isReached) => this.#follower.reached(isReached),
    });
    this.#follower = new Follower({
      ...parts,
      settings: this.#settings,
      session,
      register: this.#register,
      totals: () => this.#totals(),
      figures: () => this.#tellFigures(),
      tell: (event) => this.#audience.tell(event),
    });
  }

  get hasNotices(): boolean {
    return this.#follower.hasNotices;
  }

  async submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer> {
    const { order } = cleared;
    if (cleared.epoch !== this.#parts.currentEpoch()) return { ok: false, code: 'GUARD_HALTED' };
    if (!this.#owns(order.accountId)) return this.#stranger(order.accountId);
    const form = cashOrderOf(order, this.#parts.environment);
    if ('ok' in form) return form;
    const receivedTs = this.#parts.clock.now();
    this.#began();
    try {
      const receipt = orderReceipt(await this.#parts.rest.call({ ...this.#orderCall(order, form), pass: { cleared } }));
      this.#follower.reached(true);
      // Taken, but under which number? An inquiry tells.
      if (receipt.no === '') throw new AppError('KIS_OUTCOME_UNKNOWN');
      if (order.credit) this.#onCredit.add(receipt.no);
      const { instrumentId, side, type, timeInForce, session, route, price, stopPrice, quantity } = order;
      const date = this.#session.date();
      const exchangeTs = instantOf(date, receipt.time) ?? this.#session.now();
      const kind = { type, timeInForce, session, route };
      const facts = { no: receipt.no, originalNo: null, date, instrumentId, side, ...kind, stopPrice, quantity };
      this.#register.placed({ ...facts, exchangeTs, receivedTs }, { price, orgNo: receipt.orgNo });
      return { ok: true, brokerOrderNo: receipt.no };
    } catch (error) {
      return refusalOf(error);
    } finally {
      this.#ended();
    }
  }

  /** In cash, unless the order says otherwise. */
  #orderCall({ credit }: SubmitOrder, form: CashOrder): Omit<KisCall, 'pass'> {
    if (!credit) return orderCash(this.#account, form);
    return orderCredit(this.#account, form, { credit, today: this.#session.date() });
  }

  async replace(cleared: Cleared<ReplaceRequest>): Promise<Receipt> {
    const { accountId, brokerOrderNo, price } = cleared.order;
    if (cleared.epoch !== this.#parts.currentEpoch()) return { ok: false, code: 'GUARD_HALTED' };
    if (!this.#owns(accountId)) return this.#stranger(accountId);
    const order = await this.#resting(brokerOrderNo);
    if (!order) return { ok: false, code: 'EXCH_UNKNOWN_ORDER' };
    const { type: before, timeInForce, session, route, stopPrice } = order.facts;
    const type = amendedType(before);
    const kind = type === null ? null : orderCodeOf({ type, timeInForce, session });
    if (kind === null) return { ok: false, code: 'EXCH_AMEND_TYPE' };
    this.#began();
    try {
      const change = { what: 'replace', no: brokerOrderNo, orgNo: order.orgNo, kind, quantity: order.rest } as const;
      const call = orderRvsecncl(this.#account, { ...change, price, route, stopPrice });
      await this.#parts.rest.call({ ...call, pass: { cleared } });
      this.#follower.reached(true);
      return { ok: true };
    } catch (error) {
      return refusalOf(error);
    } finally {
      this.#ended();
    }
  }

  async cancel({ accountId, brokerOrderNo }: CancelRequest): Promise<Receipt> {
    if (!this.#owns(accountId)) return this.#stranger(accountId);
    const order = await this.#resting(brokerOrderNo);
    if (!order) return { ok: false, code: 'EXCH_UNKNOWN_ORDER' };
    const { type, timeInForce, session, route } = order.facts;
    const kind = orderCodeOf({ type, timeInForce, session }) ?? '00';
    this.#began();
    order.cancelAsked = true;
    try {
      const change = { what: 'cancel', no: brokerOrderNo, orgNo: order.orgNo, kind, quantity: order.rest } as const;
      const call = orderRvsecncl(this.#account, { ...change, price: 0, route, stopPrice: null });
      const { no } = orderReceipt(await this.#parts.rest.call({ ...call, pass: 'cancel' }));
      this.#follower.reached(true);
      this.#register.requested(no);
      return { ok: true };
    } catch (error) {
      return refusalOf(error);
    } finally {
      this.#ended();
    }
  }

  async accounts(): Promise<readonly BrokerAccount[]> {
    const known = this.#figures;
    if (known?.sessionDate === this.#session.date()) return [known];
    return [await this.#askAccount()];
  }

  async account(accountId: string): Promise<BrokerAccount> {
    this.#require(accountId);
    return this.#askAccount();
  }

  async openOrders(accountId: string): Promise<readonly BrokerOrder[]> {
    this.#require(accountId);
    const date = this.#session.date();
    await this.#fetchDay(date);
    this.#shared.set(date, { by: 'openOrders', atMs: this.#parts.clock.monotonicMs() });
    // Where there is such an inquiry it knows best what still waits, and which stops were reached.
    for (const row of await this.#ledger.changeable()) {
      const order = this.#register.find(row.no, date);
      if (order) order.orgNo ||= row.orgNo;
    }
    return this.#register.openOrders().map((order) => order.view());
  }

  async orders(accountId: string, sessionDate: SessionDate): Promise<readonly BrokerOrder[]> {
    this.#require(accountId);
    if (!this.#takeShared(sessionDate, 'openOrders')) await this.#fetchDay(sessionDate);
    this.#shared.set(sessionDate, { by: 'orders', atMs: this.#parts.clock.monotonicMs() });
    return this.#register.orders(sessionDate);
  }

  async executions(accountId: string, sessionDate: SessionDate): Promise<readonly BrokerExecution[]> {
    this.#require(accountId);
    if (!this.#takeShared(sessionDate, 'orders')) await this.#fetchDay(sessionDate);
    return this.#register.executions(sessionDate);
  }

  /** KIS tells of no corporate action by itself; a changed holding shows in the positions. */
  async adjustments(accountId: string): Promise<readonly BrokerAdjustment[]> {
    this.#require(accountId);
    return [];
  }

  async positions(accountId: string): Promise<readonly BrokerPosition[]> {
    this.#require(accountId);
    const { held } = await this.#ledger.holdings({ shared: false });
    const sums = new Map<InstrumentId, { quantity: number; sellable: number; costKrw: number }>();
    for (const { code, quantity, sellable, cost } of held) {
      const id = krxId(code);
      const sum = sums.get(id) ?? { quantity: 0, sellable: 0, costKrw: 0 };
      const { costKrw } = sum;
      sums.set(id, { quantity: sum.quantity + quantity, sellable: sum.sellable + sellable, costKrw: costKrw + cost });
    }
    return [...sums].map(([instrumentId, sum]) => ({ accountId, instrumentId, ...sum }));
  }

  events(listener: (event: BrokerEvent) => void): () => void {
    return this.#audience.add(listener);
  }

  close(): void {
    this.#follower.close();
    this.#audience.clear();
  }

  #owns(accountId: string): boolean {
    return accountId === this.#parts.accountId;
  }

  #stranger(accountId: string): {
    readonly ok: false;
    readonly code: 'ACCOUNT_UNKNOWN';
    readonly params: { accountId: string };
  } {
    return { ok: false, code: 'ACCOUNT_UNKNOWN', params: { accountId } };
  }

  /** "No orders" must never be the answer about an account that is not there. */
  #require(accountId: string): void {
    if (!this.#owns(accountId)) throw new AppError('ACCOUNT_UNKNOWN', { accountId });
  }

  /** An order that can be changed or withdrawn; what is not known of it is asked for. */
  async #resting(no: string): Promise<KnownOrder | null> {
    const known = this.#register.find(no);
    if (!known || known.orgNo === '') await this.#fetchDay(this.#session.date());
    const order = this.#register.find(no);
    return order?.isOpen === true ? order : null;
  }

  #began(): void {
    this.#session.mark();
    this.#follower.verbBegan();
    this.#forget();
  }

  #ended(): void {
    this.#forget();
    this.#follower.verbEnded();
  }

  #forget(): void {
    this.#shared.clear();
    this.#ledger.forget();
  }

  /** Whether the same round has just asked for that day. */
  #takeShared(date: SessionDate, by: 'openOrders' | 'orders'): boolean {
    const shared = this.#shared.get(date);
    this.#shared.delete(date);
    return shared?.by === by && this.#parts.clock.monotonicMs() - shared.atMs < this.#settings.sharedMs;
  }

  async #fetchDay(date: SessionDate): Promise<void> {
    const askedTs = this.#parts.clock.now();
    this.#register.settle(date, await this.#ledger.day(date), askedTs);
  }

  async #totals(): Promise<void> {
    await this.#fetchDay(this.#session.date());
  }

  async #askAccount(): Promise<BrokerAccount> {
    const { accountId, name } = this.#parts;
    const { cash } = await this.#ledger.holdings({ shared: true });
    const buyingPower = await this.#ledger.buyingPower();
    const today = this.#session.date();
    const hasOpenBuys = this.#register.openOrders().some(({ facts }) => facts.side === 'buy');
    const dates = { today, ...this.#session.cashDates(today) };
    const view = accountView({ accountId, name, cash, buyingPower, hasOpenBuys, createdTs: this.#createdTs, dates });
    this.#figures = view;
    return view;
  }

  async #tellFigures(): Promise<void> {
    this.#ledger.forget();
    this.#audience.tell({ kind: 'account', account: await this.#askAccount() });
  }

  /** News of an order: the account's figures follow it. */
  #told(event: BrokerEvent): void {
    this.#audience.tell(event);
    // What a loan does to the cash is the broker's to say: its figures are asked for right after.
    if (event.kind === 'fill' && !this.#onCredit.has(event.execution.brokerOrderNo)) this.#carry(event.execution);
    this.#follower.newsOfOrder();
  }

  /** The last figures with a fill that they cannot know yet. */
  #carry(execution: BrokerExecution): void {
    const { brokerOrderNo, side, price, quantity, cumulativeCommissionKrw, cumulativeTaxKrw } = execution;
    const total = cumulativeCommissionKrw + cumulativeTaxKrw;
    const charges = total - (this.#charged.get(brokerOrderNo) ?? 0);
    this.#charged.set(brokerOrderNo, total);
    if (this.#figures?.sessionDate !== execution.sessionDate) return;
    this.#figures = afterFill(this.#figures, { side, value: price * quantity, charges });
    this.#audience.tell({ kind: 'account', account: this.#figures });
  }
}

/** The broker of one account at KIS; `close` ends its timers and wishes. */
export function createKisBroker(parts: KisBrokerParts): KisBroker {
  return new DomesticBroker(parts);
}
