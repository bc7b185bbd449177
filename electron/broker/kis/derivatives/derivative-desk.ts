/** The account of futures and options at a KIS connection: orders and inquiries over REST, hurried along by notices. */
import { amendedType, derivativeFamilyOf, isPriced, type Cleared, type InstrumentId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  derivativeCodeOf,
  endOn,
  krxCalendar,
  lastDayOfCode,
  productCharges,
  tradesAtNight,
  valueOf,
} from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import type { SessionDate, TradingCalendar } from '#shared/time/index.ts';
import type {
  BrokerAccount,
  BrokerAdjustment,
  BrokerEvent,
  BrokerExecution,
  BrokerOrder,
  BrokerPosition,
  CancelRequest,
  Receipt,
  ReplaceRequest,
  SubmitAnswer,
  SubmitOrder,
} from '../../broker.ts';
import { NoticeAudience } from '../../notice-audience.ts';
import { refusalOf } from '../domestic/order-form.ts';
import type { AccountFields } from '../domestic/wire/order-cash.ts';
import {
  ListedDay,
  ListedOrders,
  LookSoon,
  sendOrder,
  summedPositions,
  wholePages,
  type AccountDesk,
  type ListedOrderRow,
} from '../joint/index.ts';
import type { KisAnswer, KisCall, KisEnvironment, KisKeys, KisRealtime, KisRest, ServerClock } from '../ports.ts';
import { DerivativeClock } from './derivative-clock.ts';
import type { DerivativePower } from './derivative-power.ts';
import { derivativeBalance, derivativeCash, derivativeHeldRows, type DerivativeHeldRow } from './wire/balance.ts';
import { contractOf, type IsKnown } from './wire/names.ts';
import { DerivativeNotices } from './derivative-notices.ts';
import { derivativeChange, derivativeOrder } from './wire/order.ts';
import {
  derivativeCcnl,
  derivativeOrderRows,
  isNightNo,
  nightCcnl,
  nightNo,
  nightOrderRows,
  plainNo,
} from './wire/order-rows.ts';

/** Waits in milliseconds of wall time. */
export interface DerivativeDeskSettings {
  /** Between looks at open orders while no notices come. */
  readonly pollMs: number;
  /** From a notice to the look it causes; more of them within are answered by one. */
  readonly noticeMs: number;
}

const SETTINGS: Readonly<Record<KisEnvironment, DerivativeDeskSettings>> = {
  real: { pollMs: 2_000, noticeMs: 100 },
  paper: { pollMs: 5_000, noticeMs: 500 },
};

export interface DerivativeDeskParts {
  readonly environment: KisEnvironment;
  readonly accountId: string;
  readonly name: string;
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode' | 'htsId'>;
  readonly rest: KisRest;
  readonly realtime: KisRealtime;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly currentEpoch: () => number;
  /** Whether a contract is known under an id: says what a row's code is on. */
  readonly isKnown: IsKnown;
  /** Its last day of trading as the broker has told it; null: it has not. */
  readonly lastDayOf?: (id: InstrumentId) => SessionDate | null;
  /** What it knows of the contracts that may be opened is void after every order. */
  readonly power: Pick<DerivativePower, 'forget'>;
  readonly calendar?: TradingCalendar;
  readonly settings?: Partial<DerivativeDeskSettings>;
}

class ContractDesk implements AccountDesk {
  readonly #parts: DerivativeDeskParts;
  readonly #settings: DerivativeDeskSettings;
  readonly #clock: DerivativeClock;
  readonly #orders: ListedOrders;
  readonly #fields: AccountFields;
  readonly #audience: NoticeAudience;
  readonly #day: ListedDay;
  readonly #look: LookSoon;
  readonly #notices: DerivativeNotices;
  /** Nights whose list was asked for after they had ended: nothing more comes to them. */
  readonly #nightsDone = new Set<SessionDate>();
  readonly #poll: Timer;
  #figures: BrokerAccount | null = null;
  /** The balance as the last question for holdings found it. */
  #balance: readonly KisAnswer[] | null = null;
  readonly #createdTs: BrokerAccount['createdTs'];

  constructor(parts: DerivativeDeskParts) {
    this.#parts = parts;
    this.#audience = new NoticeAudience(parts.logger);
    const { environment, keys, accountId, timers, calendar = krxCalendar } = parts;
    this.#settings = { ...SETTINGS[environment], ...parts.settings };
    this.#clock = new DerivativeClock({ ...parts, calendar });
    this.#fields = { CANO: keys.accountNo, ACNT_PRDT_CD: keys.productCode };
    this.#orders = new ListedOrders({
      accountId,
      clock: this.#clock,
      charges: ({ instrumentId, side, date, value }) =>
        productCharges(instrumentId, { side, date, amount: valueOf(instrumentId, value, 1) }),
      tell: (event) => this.#told(event),
    });
    this.#createdTs = parts.clock.now();
    const isOpen = (): boolean => this.#orders.open.length > 0;
    this.#day = new ListedDay({
      orders: this.#orders,
      clock: this.#clock,
      fetch: (date) => this.#fetch(date),
    });
    this.#look = new LookSoon({
      timers,
      look: () => this.#lookNow(),
      failed: (error) =>
        parts.logger.warn('the orders of futures and options could not be asked for', { error: String(error) }),
      again: isOpen,
      againMs: this.#settings.pollMs,
    });
    this.#notices = new DerivativeNotices({
      ...parts,
      isNight: () => this.#clock.isNight(),
      heard: () => this.#look.want(this.#settings.noticeMs),
      back: () => {
        if (isOpen()) this.#look.want(0);
      },
    });
    this.#poll = timers.every(this.#settings.pollMs, () => {
      this.#notices.follow();
      if (!this.hasNotices && isOpen()) this.#look.want(0);
    });
  }

  get accountId(): string {
    return this.#parts.accountId;
  }

  get hasNotices(): boolean {
    return this.#notices.live;
  }

  async submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer> {
    const { order } = cleared;
    if (cleared.epoch !== this.#parts.currentEpoch()) return { ok: false, code: 'GUARD_HALTED' };
    const { instrumentId, side, type, timeInForce, session, price, stopPrice, quantity } = order;
    const night = session === 'night';
    // The bell may have rung since the order was judged: one for the day never goes out as one for the night, nor the other way round.
    if (night !== this.#clock.isNight() || (night && !tradesAtNight(instrumentId)))
      return { ok: false, code: 'EXCH_SESSION' };
    const at = contractOf(instrumentId);
    if (!at) return { ok: false, code: 'EXCH_UNKNOWN_ISSUE' };
    const kind = derivativeCodeOf(order);
    if (kind === null || stopPrice !== null) return { ok: false, code: 'EXCH_TYPE' };
    if (isPriced(type) ? price === null || !Number.isSafeInteger(price) || price <= 0 : price !== null)
      return { ok: false, code: 'EXCH_TICK' };
    if (!Number.isSafeInteger(quantity) || quantity <= 0) return { ok: false, code: 'EXCH_QUANTITY' };
    const terms = { instrumentId, side, kind: { type, timeInForce }, session, price: price ?? 0, quantity };
    const call = (): KisCall =>
      derivativeOrder(this.#fields, { code: at.code, side, kind, quantity, price: price ?? 0, night });
    try {
      const named = night ? { keptAs: nightNo } : {};
      return await sendOrder({ ...this.#parts, orders: this.#orders }, { cleared, terms, call, ...named });
    } finally {
      this.#afterVerb();
    }
  }

  async replace(cleared: Cleared<ReplaceRequest>): Promise<Receipt> {
    if (cleared.epoch !== this.#parts.currentEpoch()) return { ok: false, code: 'GUARD_HALTED' };
    const { brokerOrderNo, price } = cleared.order;
    return this.#change(brokerOrderNo, { price, pass: { cleared } });
  }

  async cancel({ brokerOrderNo }: CancelRequest): Promise<Receipt> {
    this.#orders.cancelAsked(brokerOrderNo);
    return this.#change(brokerOrderNo, { price: null, pass: 'cancel' });
  }

  async accounts(): Promise<readonly BrokerAccount[]> {
    const known = this.#figures;
    return [known?.sessionDate === this.#clock.date() ? known : await this.account()];
  }

  async account(): Promise<BrokerAccount> {
    const { accountId, name } = this.#parts;
    const pages = this.#balance ?? (await this.#askBalance());
    this.#balance = null;
    const [last] = pages.slice(-1);
    if (!last) throw new AppError('KIS_NO_ANSWER', { why: '' });
    const cash = derivativeCash(last);
    const gain = this.#held(pages).reduce((sum, row) => sum + row.gain, 0);
    const sessionDate = this.#clock.date();
    const { d1, d2 } = this.#clock.nextDates(sessionDate);
    this.#figures = {
      accountId,
      name,
      kind: 'cash',
      product: 'derivative',
      startingCashKrw: null,
      cashD0Krw: krw(cash.deposit),
      cashD1Krw: krw(cash.nextDay),
      // Net assets less what the open positions stand at: gains of futures that were settled already are not counted twice.
      cashD2Krw: krw(cash.assets - gain),
      reservedKrw: krw(Math.max(0, cash.margin)),
      buyingPowerKrw: krw(cash.orderableCash),
      marginPowerKrw: krw(cash.orderable || cash.orderableCash),
      unpaidKrw: krw(Math.max(0, cash.call)),
      frozenUntil: null,
      sessionDate,
      d1Date: d1,
      d2Date: d2,
      createdTs: this.#createdTs,
    };
    return this.#figures;
  }

  openOrders(): Promise<readonly BrokerOrder[]> {
    return this.#day.open();
  }

  orders(sessionDate: SessionDate): Promise<readonly BrokerOrder[]> {
    return this.#day.orders(sessionDate);
  }

  executions(sessionDate: SessionDate): Promise<readonly BrokerExecution[]> {
    return this.#day.executions(sessionDate);
  }

  /** KIS tells of no exercise and no final settlement by itself; a changed holding shows in the positions. */
  async adjustments(): Promise<readonly BrokerAdjustment[]> {
    return [];
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    const { accountId } = this.#parts;
    // One answer tells holdings and money: the question for the figures that follows uses it too.
    const pages = await this.#askBalance();
    this.#balance = pages;
    const { calendar = krxCalendar, lastDayOf } = this.#parts;
    const rows = this.#held(pages).map(({ closable, ...row }) => {
      const id = row.instrumentId;
      const lastDay = lastDayOf?.(id) ?? lastDayOfCode(id, this.#clock.date(), calendar);
      return { ...row, sellable: closable, end: lastDay && endOn(id, lastDay, calendar) };
    });
    return summedPositions(accountId, rows);
  }

  events(listener: (event: BrokerEvent) => void): () => void {
    return this.#audience.add(listener);
  }

  close(): void {
    this.#poll.cancel();
    this.#notices.close();
    this.#look.cancel();
    this.#audience.clear();
  }

  async #change(
    no: string,
    how: { readonly price: number | null; readonly pass: NonNullable<KisCall['pass']> },
  ): Promise<Receipt> {
    const order = await this.#day.waiting(no);
    if (!order) return { ok: false, code: 'EXCH_UNKNOWN_ORDER' };
    const type = how.price === null ? order.type : amendedType(order.type);
    const kind = type && derivativeCodeOf({ ...order, type });
    if (!kind) return { ok: false, code: 'EXCH_AMEND_TYPE' };
    try {
      await this.#parts.rest.call({
        ...derivativeChange(this.#fields, { no: plainNo(no), kind, price: how.price, night: isNightNo(no) }),
        pass: how.pass,
      });
      return { ok: true };
    } catch (error) {
      return refusalOf(error);
    } finally {
      this.#afterVerb();
    }
  }

  #held(pages: readonly KisAnswer[]): readonly DerivativeHeldRow[] {
    return pages.flatMap((answer) => derivativeHeldRows(answer, this.#parts.isKnown));
  }

  #askBalance(): Promise<readonly KisAnswer[]> {
    return wholePages(this.#parts.rest, derivativeBalance(this.#fields, this.#clock.inNightBooks()));
  }

  /** Brings the lists of a session in: that of its day and that of its night, each as far as it has begun. */
  async #fetch(date: SessionDate): Promise<void> {
    const rows = [...(await this.#dayRows(date)), ...(await this.#nightRows(date))];
    this.#orders.settle(
      date,
      rows.filter(({ instrumentId }) => derivativeFamilyOf(instrumentId) !== null),
    );
  }

  async #dayRows(date: SessionDate): Promise<readonly ListedOrderRow[]> {
    if (!this.#clock.hasDayBegun(date)) return [];
    const answers = await wholePages(this.#parts.rest, derivativeCcnl(this.#fields, date));
    return answers.flatMap((answer) => derivativeOrderRows(answer, date, this.#parts.isKnown));
  }

  async #nightRows(date: SessionDate): Promise<readonly ListedOrderRow[]> {
    const night = this.#clock.nightOf(date);
    if (night === null || this.#nightsDone.has(date)) return [];
    const now = this.#clock.now();
    const { rest, isKnown, calendar = krxCalendar } = this.#parts;
    const answers = await wholePages(rest, nightCcnl(this.#fields, night));
    if (this.#clock.hasDayBegun(date)) this.#nightsDone.add(date);
    return answers.flatMap((answer) => nightOrderRows(answer, { night, now, calendar }, isKnown));
  }

  /** News of an order changes what may be opened. */
  #told(event: BrokerEvent): void {
    this.#parts.power.forget();
    this.#audience.tell(event);
  }

  #afterVerb(): void {
    this.#day.forget();
    this.#balance = null;
    this.#parts.power.forget();
    if (!this.hasNotices) this.#look.want(this.#settings.noticeMs);
  }

  /** Looks at the day's orders, and tells the account's figures after it. */
  async #lookNow(): Promise<void> {
    await this.#fetch(this.#clock.date());
    this.#balance = null;
    this.#audience.tell({ kind: 'account', account: await this.account() });
  }
}

/** The account of futures and options at a connection; `close` ends its timers and wishes. */
export function createDerivativeDesk(parts: DerivativeDeskParts): AccountDesk {
  return new ContractDesk(parts);
}
