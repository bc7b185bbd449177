/** The account of a foreign currency at a KIS connection: orders abroad and inquiries over REST, hurried along by notices. */
import {
  currencyOf,
  foreignExchangeOf,
  type Cleared,
  type ForeignCurrency,
  type ForeignExchange,
} from '#shared/domain/index.ts';
import { canAmendAbroad, foreignCharges } from '#shared/market/index.ts';
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
import type { AccountFields } from '../domestic/wire/order-cash.ts';
import type { KisAnswer, KisCall, KisEnvironment, KisKeys, KisRealtime, KisRest, ServerClock } from '../ports.ts';
import { ForeignClock } from './foreign-clock.ts';
import {
  ListedDay,
  ListedOrders,
  LookSoon,
  OwnNotices,
  sendOrder,
  summedPositions,
  wholePages,
  type AccountDesk,
} from '../joint/index.ts';
import { SETTINGS, type ForeignDeskSettings } from './foreign-terms.ts';
import { regionOf, REGIONS, type Region } from './region.ts';
import { showsAny, Wallet } from './wallet.ts';
import {
  foreignBalance,
  foreignBuyingPower,
  foreignCash,
  foreignHeldRows,
  foreignPower,
  foreignPresent,
  foreignPresentRows,
  FOREIGN_POWER,
  type ForeignHeldRow,
} from './wire/balance.ts';
import { knownSymbol, foreignSymbolOf } from './wire/exchange.ts';
import { accountOfNotice, FOREIGN_NOTICE, marketOfNotice } from './wire/notice.ts';
import { foreignChange, foreignOrder } from './wire/order.ts';
import { NCCS_IN, foreignCcnl, foreignNccs, foreignOrderRows, type ForeignOrderRow } from './wire/order-rows.ts';

/** The account of a currency at a connection: "…-usd". */
export function foreignAccountId(connectionId: string, currency: ForeignCurrency): string {
  return `${connectionId}-${currency.toLowerCase()}`;
}

interface ForeignDeskParts {
  readonly environment: KisEnvironment;
  readonly currency: ForeignCurrency;
  /** `foreignAccountId(connectionId, currency)`. */
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
  /** Of all foreign accounts of the connection. */
  readonly wallet: Wallet;
  readonly settings?: Partial<ForeignDeskSettings>;
}

class CurrencyDesk implements AccountDesk {
  readonly #parts: ForeignDeskParts;
  readonly #region: Region;
  readonly #settings: ForeignDeskSettings;
  readonly #clock: ForeignClock;
  readonly #orders: ListedOrders;
  readonly #fields: AccountFields;
  readonly #audience: NoticeAudience;
  readonly #day: ListedDay;
  readonly #look: LookSoon;
  readonly #notices: OwnNotices;
  readonly #poll: Timer;
  #figures: BrokerAccount | null = null;
  /** The present balance as the last question for holdings found it. */
  #present: KisAnswer | null = null;
  readonly #createdTs: BrokerAccount['createdTs'];

  constructor(parts: ForeignDeskParts) {
    this.#parts = parts;
    this.#audience = new NoticeAudience(parts.logger);
    const { environment, keys, accountId, timers } = parts;
    this.#settings = { ...SETTINGS[environment], ...parts.settings };
    this.#region = regionOf(parts.currency);
    this.#clock = new ForeignClock({ ...parts, exchange: this.#region.clock });
    this.#fields = { CANO: keys.accountNo, ACNT_PRDT_CD: keys.productCode };
    this.#orders = new ListedOrders({
      accountId,
      clock: this.#clock,
      charges: ({ instrumentId, value: amount, ...total }) =>
        foreignCharges({ exchange: foreignExchangeOf(instrumentId) ?? 'NASD', amount, ...total }),
      tell: (event) => this.#audience.tell(event),
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
      failed: (error) => {
        const { currency } = parts;
        parts.logger.warn('the orders abroad could not be asked for', { currency, error: String(error) });
      },
      again: isOpen,
      againMs: this.#settings.pollMs,
    });
    this.#notices = new OwnNotices({
      ...parts,
      api: FOREIGN_NOTICE,
      accountOf: (record) => (this.#region.notices.includes(marketOfNotice(record)) ? accountOfNotice(record) : null),
      heard: () => this.#look.want(this.#settings.noticeMs),
      back: () => {
        if (isOpen()) this.#look.want(0);
      },
    });
    this.#poll = timers.every(this.#settings.pollMs, () => {
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
    const { instrumentId, side, type, timeInForce, session, route, price, stopPrice, quantity } = order;
    const at = foreignSymbolOf(instrumentId);
    // An issue of another currency belongs to another account.
    if (!at || currencyOf(instrumentId) !== this.#region.currency) return { ok: false, code: 'EXCH_UNKNOWN_ISSUE' };
    const isLimit = type === 'limit' && timeInForce === 'day' && session === 'regular' && route === 'KRX';
    if (!isLimit || stopPrice !== null) return { ok: false, code: 'EXCH_TYPE' };
    if (price === null || !Number.isSafeInteger(price) || price <= 0) return { ok: false, code: 'EXCH_TICK' };
    if (!Number.isSafeInteger(quantity) || quantity <= 0) return { ok: false, code: 'EXCH_QUANTITY' };
    const call = (): KisCall => foreignOrder(this.#fields, { at, side, quantity, price });
    const terms = { instrumentId, side, price, quantity };
    try {
      return await sendOrder({ ...this.#parts, orders: this.#orders }, { cleared, terms, call });
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
    const { wallet } = this.#parts;
    const { currency } = this.#region;
    try {
      if (known === null) {
        const all = await wallet.present();
        // Dollars have an account in any case: it is what most buy abroad with.
        if (currency !== 'USD' && !showsAny(all, currency)) return [];
        this.#present = all;
      }
      return [await this.account()];
    } catch (error) {
      // An account that was never seen may not trade abroad at all; then the won account must not wait for it.
      if (known !== null) throw error;

      this.#parts.logger.info('no foreign account could be read', { currency, error: String(error) });
      return [];
    }
  }

  async account(): Promise<BrokerAccount> {
    const { rest, accountId, name } = this.#parts;
    const answer = this.#present ?? (await rest.call(foreignPresent(this.#fields, this.#region)));
    this.#present = null;
    const { deposit, held } = foreignCash(answer, this.#region.currency);
    const power = rest.offers(FOREIGN_POWER)
      ? foreignBuyingPower(await rest.call(foreignPower(this.#fields, this.#region)))
      : deposit - held;
    const sessionDate = this.#clock.date();
    const { d1, d2 } = this.#clock.nextDates(sessionDate);
    this.#figures = {
      accountId,
      name,
      kind: 'cash',
      currency: this.#region.currency,
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

  openOrders(): Promise<readonly BrokerOrder[]> {
    return this.#day.open((date) => this.#fetchWaiting(date));
  }

  orders(sessionDate: SessionDate): Promise<readonly BrokerOrder[]> {
    return this.#day.orders(sessionDate);
  }

  executions(sessionDate: SessionDate): Promise<readonly BrokerExecution[]> {
    return this.#day.executions(sessionDate);
  }

  /** KIS tells of no corporate action by itself; a changed holding shows in the positions. */
  async adjustments(): Promise<readonly BrokerAdjustment[]> {
    return [];
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    const { accountId } = this.#parts;
    const rows = this.#parts.environment === 'real' ? await this.#held() : await this.#presentHeld();
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
    const rest = order.quantity - order.filledQty;
    const exchange = foreignExchangeOf(order.instrumentId);
    const amends = how.price !== null;
    if (amends && (exchange === null || !canAmendAbroad(exchange))) return { ok: false, code: 'GUARD_FOREIGN_AMEND' };
    try {
      const call = foreignChange(this.#fields, { at: knownSymbol(order.instrumentId), no, rest, price: how.price });
      await this.#parts.rest.call({ ...call, pass: how.pass });
      return { ok: true };
    } catch (error) {
      return refusalOf(error);
    } finally {
      this.#afterVerb();
    }
  }

  async #held(): Promise<readonly ForeignHeldRow[]> {
    const { currency } = this.#region;
    const answers = await this.#each((exchange) => foreignBalance(this.#fields, { exchange, currency }));
    return answers.flatMap(foreignHeldRows).filter(({ instrumentId }) => currencyOf(instrumentId) === currency);
  }

  /** One answer tells holdings and money: the question for the figures that follows uses it too. */
  async #presentHeld(): Promise<readonly ForeignHeldRow[]> {
    const answer = await this.#parts.rest.call(foreignPresent(this.#fields, this.#region));
    this.#present = answer;
    return foreignPresentRows(answer, this.#region.currency);
  }

  /** Every page of an inquiry about each exchange of the region. */
  async #each(call: (exchange: ForeignExchange) => KisCall): Promise<readonly KisAnswer[]> {
    const answers: KisAnswer[] = [];
    for (const exchange of this.#region.asked) answers.push(...(await wholePages(this.#parts.rest, call(exchange))));
    return answers;
  }

  /** Rows of other currencies are other accounts'; a broker that shows everything shows them here too. */
  #own(rows: readonly ForeignOrderRow[]): readonly ForeignOrderRow[] {
    return rows.filter(({ instrumentId }) => currencyOf(instrumentId) === this.#region.currency);
  }

  /** What waits has an inquiry of its own, in the environments that offer it. */
  async #fetchWaiting(date: SessionDate): Promise<void> {
    const waiting = NCCS_IN.has(this.#parts.environment)
      ? await this.#each((exchange) => foreignNccs(this.#fields, exchange))
      : [];
    await this.#fetch(date, this.#own(waiting.flatMap((answer) => foreignOrderRows(answer, date))));
  }

  /** Brings the list of a day in; `waiting`: open orders by the other inquiry, in case the list does not show one yet. */
  async #fetch(date: SessionDate, waiting: readonly ForeignOrderRow[] = []): Promise<void> {
    const answers = await this.#each((exchange) => foreignCcnl(this.#fields, { exchange, date }));
    const rows = this.#own(answers.flatMap((answer) => foreignOrderRows(answer, date)));
    const shown = new Set(rows.map(({ no }) => no));
    this.#orders.settle(date, [...rows, ...waiting.filter(({ no }) => !shown.has(no))]);
  }

  #afterVerb(): void {
    this.#day.forget();
    this.#present = null;
    if (!this.hasNotices) this.#look.want(this.#settings.noticeMs);
  }

  /** Looks at the day's orders, and tells the account's figures after it. */
  async #lookNow(): Promise<void> {
    await this.#fetch(this.#clock.date());
    this.#audience.tell({ kind: 'account', account: await this.account() });
  }
}

/** The accounts of the currencies at a connection, all of them if none is named; `close` ends the timers and wishes of each. */
export function createForeignDesks(
  parts: Omit<ForeignDeskParts, 'currency' | 'accountId' | 'name' | 'wallet'> & {
    readonly connectionId: string;
    readonly nameOf: (currency: ForeignCurrency) => string;
    readonly currencies?: readonly ForeignCurrency[];
  },
): readonly AccountDesk[] {
  const { rest, clock, keys, connectionId, nameOf, currencies } = parts;
  const fields = { CANO: keys.accountNo, ACNT_PRDT_CD: keys.productCode };
  const wallet = new Wallet({ rest, clock, fields });
  return (currencies ?? REGIONS.map(({ currency }) => currency)).map((currency) => {
    const accountId = foreignAccountId(connectionId, currency);
    return new CurrencyDesk({ ...parts, currency, accountId, name: nameOf(currency), wallet });
  });
}
