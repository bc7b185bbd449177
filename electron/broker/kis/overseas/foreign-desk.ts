/** The account of a foreign currency at a KIS connection: orders abroad and inquiries over REST, hurried along by notices. */
import {
  currencyOf,
  foreignExchangeOf,
  type Cleared,
  type ForeignCurrency,
  type ForeignExchange,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
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
import { orderReceipt, type AccountFields } from '../domestic/wire/order-cash.ts';
import type { KisAnswer, KisCall, KisEnvironment, KisKeys, KisRealtime, KisRest, ServerClock } from '../ports.ts';
import { ForeignClock } from './foreign-clock.ts';
import type { AccountDesk } from '../joint/account-desk.ts';
import { DayRound } from '../joint/day-round.ts';
import { ListedOrders } from '../joint/listed-orders.ts';
import { wholePages } from '../joint/whole-pages.ts';
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
  readonly #stops: (() => void)[] = [];
  #noticed = false;
  #look: Timer | null = null;
  #figures: BrokerAccount | null = null;
  /** The present balance as the last question for holdings found it. */
  #present: KisAnswer | null = null;
  readonly #createdTs: BrokerAccount['createdTs'];
  readonly #round = new DayRound();

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
    const at = foreignSymbolOf(instrumentId);
    // An issue of another currency belongs to another account.
    if (!at || currencyOf(instrumentId) !== this.#region.currency) return { ok: false, code: 'EXCH_UNKNOWN_ISSUE' };
    const isLimit = type === 'limit' && timeInForce === 'day' && session === 'regular' && route === 'KRX';
    if (!isLimit || stopPrice !== null) return { ok: false, code: 'EXCH_TYPE' };
    if (price === null || !Number.isSafeInteger(price) || price <= 0) return { ok: false, code: 'EXCH_TICK' };
    if (!Number.isSafeInteger(quantity) || quantity <= 0) return { ok: false, code: 'EXCH_QUANTITY' };
    const receivedTs = this.#parts.clock.now();
    try {
      const call = foreignOrder(this.#fields, { at, side, quantity, price });
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

  async openOrders(): Promise<readonly BrokerOrder[]> {
    const date = this.#clock.date();
    const waiting = NCCS_IN.has(this.#parts.environment)
      ? await this.#each((exchange) => foreignNccs(this.#fields, exchange))
      : [];
    await this.#fetch(date, this.#own(waiting.flatMap((answer) => foreignOrderRows(answer, date))));
    this.#round.fetched(date, ['orders', 'executions']);
    return this.#orders.open;
  }

  async orders(sessionDate: SessionDate): Promise<readonly BrokerOrder[]> {
    if (!this.#round.takes(sessionDate, 'orders')) {
      await this.#fetch(sessionDate);
      this.#round.fetched(sessionDate, ['executions']);
    }
    return this.#orders.orders(sessionDate);
  }

  async executions(sessionDate: SessionDate): Promise<readonly BrokerExecution[]> {
    if (!this.#round.takes(sessionDate, 'executions')) await this.#fetch(sessionDate);
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

  /** Brings the list of a day in; `waiting`: open orders by the other inquiry, in case the list does not show one yet. */
  async #fetch(date: SessionDate, waiting: readonly ForeignOrderRow[] = []): Promise<void> {
    const answers = await this.#each((exchange) => foreignCcnl(this.#fields, { exchange, date }));
    const rows = this.#own(answers.flatMap((answer) => foreignOrderRows(answer, date)));
    const shown = new Set(rows.map(({ no }) => no));
    this.#orders.settle(date, [...rows, ...waiting.filter(({ no }) => !shown.has(no))]);
  }

  #afterVerb(): void {
    this.#round.forget();
    this.#present = null;
    if (!this.hasNotices) this.#wantLook(this.#settings.noticeMs);
  }

  #listen(): void {
    const { keys, realtime } = this.#parts;
    if (keys.htsId === null) return;
    const own = `${keys.accountNo}${keys.productCode}`;
    this.#stops.push(
      realtime.want({
        api: FOREIGN_NOTICE,
        key: keys.htsId,
        rank: 'orders',
        record: (record) => {
          const account = accountOfNotice(record);
          if (!this.#region.notices.includes(marketOfNotice(record))) return;
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
        this.#parts.logger.warn('the orders abroad could not be asked for', {
          currency: this.#region.currency,
          error: String(error),
        });
        if (this.#orders.open.length > 0) this.#wantLook(this.#settings.pollMs);
      });
    });
  }

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
