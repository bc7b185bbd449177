/** The dollar account of a KIS connection: American orders and inquiries over REST, hurried along by notices. */
import type { Cleared } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { krw } from '#shared/num/index.ts';
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import type { SessionDate } from '#shared/time/index.ts';
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
import { orderReceipt, type AccountFields } from '../domestic/wire/order-cash.ts';
import type { KisAnswer, KisCall, KisEnvironment, KisKeys, KisRealtime, KisRest, ServerClock } from '../ports.ts';
import { UsClock } from './us-clock.ts';
import { UsOrders } from './us-orders.ts';
import {
  usBalance,
  usBuyingPower,
  usCash,
  usHeldRows,
  usPower,
  usPresent,
  usPresentRows,
  US_POWER,
  type UsHeldRow,
} from './wire/balance.ts';
import { knownSymbol, usSymbolOf } from './wire/exchange.ts';
import { accountOfNotice, US_NOTICE } from './wire/notice.ts';
import { usChange, usOrder } from './wire/order.ts';
import { NCCS_IN, usCcnl, usNccs, usOrderRows, type UsOrderRow } from './wire/order-rows.ts';

/** The dollar account of a connection. */
export function usAccountId(connectionId: string): string {
  return `${connectionId}-usd`;
}

export interface UsDeskParts {
  readonly environment: KisEnvironment;
  /** Of the dollar account: `usAccountId(connectionId)`. */
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
  readonly settings?: Partial<UsDeskSettings>;
}

/** Waits in milliseconds of wall time. */
export interface UsDeskSettings {
  /** Between looks at open orders while no notices come. */
  readonly pollMs: number;
  /** From a notice to the look it causes; more of them within are answered by one. */
  readonly noticeMs: number;
}

const SETTINGS: Readonly<Record<KisEnvironment, UsDeskSettings>> = {
  real: { pollMs: 2_000, noticeMs: 100 },
  paper: { pollMs: 5_000, noticeMs: 500 },
};

/** The verbs of the Broker port for the one account. */
export interface UsDesk {
  readonly accountId: string;
  /** Whether notices come now; else fills come by asking. */
  readonly hasNotices: boolean;
  submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer>;
  replace(cleared: Cleared<ReplaceRequest>): Promise<Receipt>;
  cancel(request: CancelRequest): Promise<Receipt>;
  /** None where the firm says that the account does not trade abroad. */
  accounts(): Promise<readonly BrokerAccount[]>;
  account(): Promise<BrokerAccount>;
  openOrders(): Promise<readonly BrokerOrder[]>;
  orders(sessionDate: SessionDate): Promise<readonly BrokerOrder[]>;
  executions(sessionDate: SessionDate): Promise<readonly BrokerExecution[]>;
  adjustments(): Promise<readonly BrokerAdjustment[]>;
  positions(): Promise<readonly BrokerPosition[]>;
  events(listener: (event: BrokerEvent) => void): () => void;
  close(): void;
}

class DollarDesk implements UsDesk {
  readonly #parts: UsDeskParts;
  readonly #settings: UsDeskSettings;
  readonly #clock: UsClock;
  readonly #orders: UsOrders;
  readonly #fields: AccountFields;
  readonly #audience: NoticeAudience;
  readonly #stops: (() => void)[] = [];
  #noticed = false;
  #look: Timer | null = null;
  #figures: BrokerAccount | null = null;
  /** The present balance as the last question for holdings found it. */
  #present: KisAnswer | null = null;
  readonly #createdTs: BrokerAccount['createdTs'];
  /** The list of a day that one round of questions has fetched, and what else of the round it answers. */
  #shared: { readonly date: SessionDate; left: readonly ('orders' | 'executions')[] } | null = null;

  constructor(parts: UsDeskParts) {
    this.#parts = parts;
    this.#audience = new NoticeAudience(parts.logger);
    const { environment, keys, accountId, timers } = parts;
    this.#settings = { ...SETTINGS[environment], ...parts.settings };
    this.#clock = new UsClock(parts);
    this.#fields = { CANO: keys.accountNo, ACNT_PRDT_CD: keys.productCode };
    this.#orders = new UsOrders({ accountId, clock: this.#clock, tell: (event) => this.#audience.tell(event) });
    this.#createdTs = parts.clock.now();
    const poll = timers.every(this.#settings.pollMs, () => {
      if (!this.hasNotices && this.#orders.open.length > 0) this.#wantLook(0);
    });
    this.#stops.push(() => poll.cancel());
    this.#listen();
  }

  get accountId(): string {
    return this.#parts.accountId;
  }

  get hasNotices(): boolean {
    return this.#noticed;
  }

  async submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer> {
    const { order } = cleared;
    if (cleared.epoch !== this.#parts.currentEpoch()) return { ok: false, code: 'GUARD_HALTED' };
    const { instrumentId, side, type, timeInForce, session, route, price, stopPrice, quantity } = order;
    const at = usSymbolOf(instrumentId);
    if (!at) return { ok: false, code: 'EXCH_UNKNOWN_ISSUE' };
    const isLimit = type === 'limit' && timeInForce === 'day' && session === 'regular' && route === 'KRX';
    if (!isLimit || stopPrice !== null) return { ok: false, code: 'EXCH_TYPE' };
    if (price === null || !Number.isSafeInteger(price) || price <= 0) return { ok: false, code: 'EXCH_TICK' };
    if (!Number.isSafeInteger(quantity) || quantity <= 0) return { ok: false, code: 'EXCH_QUANTITY' };
    const receivedTs = this.#parts.clock.now();
    try {
      const call = usOrder(this.#fields, { at, side, quantity, price });
      const receipt = orderReceipt(await this.#parts.rest.call({ ...call, pass: { cleared } }));
      // Taken, but under which number? An inquiry tells.
      if (receipt.no === '') throw new AppError('KIS_OUTCOME_UNKNOWN');
      this.#orders.placed({ no: receipt.no, instrumentId, side, price, quantity, receivedTs });
      return { ok: true, brokerOrderNo: receipt.no };
    } catch (error) {
      // It throws where nobody knows what became of the order.
      this.#orders.lost({ instrumentId, side, price, quantity, sentTs: receivedTs });
      return refusalOf(error);
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
    if (known?.sessionDate === this.#clock.date()) return [known];
    try {
      return [await this.account()];
    } catch (error) {
      // An account that was never seen may not trade abroad at all; then the won account must not wait for it.
      if (known !== null) throw error;
      this.#parts.logger.info('no dollar account could be read', { error: String(error) });
      return [];
    }
  }

  async account(): Promise<BrokerAccount> {
    const { rest, accountId, name } = this.#parts;
    const answer = this.#present ?? (await rest.call(usPresent(this.#fields)));
    this.#present = null;
    const { deposit, held } = usCash(answer);
    const power = rest.offers(US_POWER) ? usBuyingPower(await rest.call(usPower(this.#fields))) : deposit - held;
    const sessionDate = this.#clock.date();
    const { d1, d2 } = this.#clock.nextDates(sessionDate);
    this.#figures = {
      accountId,
      name,
      kind: 'cash',
      currency: 'USD',
      startingCashKrw: null,
      cashD0Krw: krw(deposit),
      cashD1Krw: krw(deposit),
      cashD2Krw: krw(deposit),
      reservedKrw: krw(Math.max(0, held)),
      buyingPowerKrw: krw(power),
      marginPowerKrw: krw(power),
      unpaidKrw: krw(Math.max(0, -deposit)),
      frozenUntil: null,
      sessionDate,
      d1Date: d1,
      d2Date: d2,
      createdTs: this.#createdTs,
    };
    return this.#figures;
  }

  async openOrders(): Promise<readonly BrokerOrder[]> {
    const date = this.#clock.date();
    const waiting = NCCS_IN.has(this.#parts.environment) ? await this.#all(usNccs(this.#fields)) : [];
    await this.#fetch(
      date,
      waiting.flatMap((answer) => usOrderRows(answer, date)),
    );
    this.#shared = { date, left: ['orders', 'executions'] };
    return this.#orders.open;
  }

  async orders(sessionDate: SessionDate): Promise<readonly BrokerOrder[]> {
    if (!this.#share(sessionDate, 'orders')) {
      await this.#fetch(sessionDate);
      this.#shared = { date: sessionDate, left: ['executions'] };
    }
    return this.#orders.orders(sessionDate);
  }

  async executions(sessionDate: SessionDate): Promise<readonly BrokerExecution[]> {
    if (!this.#share(sessionDate, 'executions')) await this.#fetch(sessionDate);
    return this.#orders.executions(sessionDate);
  }

  /** KIS tells of no corporate action by itself; a changed holding shows in the positions. */
  async adjustments(): Promise<readonly BrokerAdjustment[]> {
    return [];
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    const { accountId } = this.#parts;
    const rows = this.#parts.environment === 'real' ? await this.#held() : await this.#presentHeld();
    const sums = new Map<string, BrokerPosition>();
    for (const { instrumentId, quantity, sellable, cost } of rows) {
      const { quantity: q = 0, sellable: s = 0, costKrw: c = 0 } = sums.get(instrumentId) ?? {};
      const sum = { quantity: q + quantity, sellable: s + sellable, costKrw: c + cost };
      sums.set(instrumentId, { accountId, instrumentId, ...sum });
    }
    return [...sums.values()];
  }

  events(listener: (event: BrokerEvent) => void): () => void {
    return this.#audience.add(listener);
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#look?.cancel();
    this.#audience.clear();
  }

  async #change(
    no: string,
    how: { readonly price: number | null; readonly pass: NonNullable<KisCall['pass']> },
  ): Promise<Receipt> {
    if (!this.#orders.find(no)) await this.#fetch(this.#clock.date());
    const order = this.#orders.find(no);
    if (order?.status !== 'open') return { ok: false, code: 'EXCH_UNKNOWN_ORDER' };
    const rest = order.quantity - order.filledQty;
    try {
      const call = usChange(this.#fields, { at: knownSymbol(order.instrumentId), no, rest, price: how.price });
      await this.#parts.rest.call({ ...call, pass: how.pass });
      return { ok: true };
    } catch (error) {
      return refusalOf(error);
    } finally {
      this.#afterVerb();
    }
  }

  async #held(): Promise<readonly UsHeldRow[]> {
    return (await this.#all(usBalance(this.#fields))).flatMap(usHeldRows);
  }

  /** One answer tells holdings and dollars: the question for the figures that follows uses it too. */
  async #presentHeld(): Promise<readonly UsHeldRow[]> {
    const answer = await this.#parts.rest.call(usPresent(this.#fields));
    this.#present = answer;
    return usPresentRows(answer);
  }

  /** Every page of an inquiry: a part of the orders or of the holdings is none. */
  async #all(call: KisCall): Promise<readonly KisAnswer[]> {
    const { pages, complete, error } = await this.#parts.rest.pages(call);
    if (complete) return pages;
    throw error instanceof Error ? error : new AppError('KIS_NO_ANSWER', { why: '' });
  }

  /** Whether the round that is under way has the answer already; each is given once. */
  #share(date: SessionDate, what: 'orders' | 'executions'): boolean {
    const shared = this.#shared;
    if (shared?.date !== date || !shared.left.includes(what)) return false;
    shared.left = shared.left.filter((each) => each !== what);
    return true;
  }

  /** Brings the list of a day in; `waiting`: open orders by the other inquiry, in case the list does not show one yet. */
  async #fetch(date: SessionDate, waiting: readonly UsOrderRow[] = []): Promise<void> {
    const answers = await this.#all(usCcnl(this.#fields, date));
    const rows = answers.flatMap((answer) => usOrderRows(answer, date));
    const shown = new Set(rows.map(({ no }) => no));
    this.#orders.settle(date, [...rows, ...waiting.filter(({ no }) => !shown.has(no))]);
  }

  #afterVerb(): void {
    this.#shared = null;
    this.#present = null;
    if (!this.hasNotices) this.#wantLook(this.#settings.noticeMs);
  }

  #listen(): void {
    const { keys, realtime } = this.#parts;
    if (keys.htsId === null) return;
    const own = `${keys.accountNo}${keys.productCode}`;
    this.#stops.push(
      realtime.want({
        api: US_NOTICE,
        key: keys.htsId,
        rank: 'orders',
        record: (record) => {
          const account = accountOfNotice(record);
          if (account === own || account === keys.accountNo) this.#wantLook(this.#settings.noticeMs);
        },
        state: (state) => {
          const before = this.#noticed;
          this.#noticed = state === 'live';
          // What was missed while the line was down is asked for.
          if (this.#noticed && !before && this.#orders.open.length > 0) this.#wantLook(0);
        },
      }),
    );
  }

  /** Looks at the day's orders soon, and tells the account's figures after it. */
  #wantLook(inMs: number): void {
    if (this.#look) return;
    this.#look = this.#parts.timers.after(inMs, () => {
      this.#look = null;
      this.#lookNow().catch((error: unknown) => {
        this.#parts.logger.warn('the American orders could not be asked for', { error: String(error) });
        if (this.#orders.open.length > 0) this.#wantLook(this.#settings.pollMs);
      });
    });
  }

  async #lookNow(): Promise<void> {
    await this.#fetch(this.#clock.date());
    this.#audience.tell({ kind: 'account', account: await this.account() });
  }
}

/** The dollar account of a connection; `close` ends its timers and wishes. */
export function createUsDesk(parts: UsDeskParts): UsDesk {
  return new DollarDesk(parts);
}
