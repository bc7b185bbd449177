/** The bond account of a KIS connection: orders on listed bonds and inquiries over REST; what becomes of an order is asked for, since no notice tells of bonds. */
import { bondId, codeOf, productOf, type Cleared, type InstrumentId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { bondPhase, endOn, krxCalendar, productCharges, valueOf } from '#shared/market/index.ts';
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
import { orderReceipt, type AccountFields } from '../domestic/wire/order-cash.ts';
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
import type { KisAnswer, KisCall, KisKeys, KisRest, ServerClock } from '../ports.ts';
import { BondClock } from './bond-clock.ts';
import { chooseLot } from './bond-lots.ts';
import { bondBalance, bondBuyingPower, bondLots, bondPower, type BondLot } from './wire/balance.ts';
import { bondChange, bondOrder, type BondLotName } from './wire/order.ts';
import { bondCcld, bondOfCode, bondOpen, bondOpenCodes, bondOrderRows } from './wire/order-rows.ts';

/** The bond account of a connection: "…-bond". */
export function bondAccountId(connectionId: string): string {
  return `${connectionId}-bond`;
}

/** Waits in milliseconds of wall time. */
export interface BondDeskSettings {
  /** Between looks at open orders. */
  readonly pollMs: number;
  /** From an order verb to the look that follows it. */
  readonly afterVerbMs: number;
  /** How long it stands that no bond is held; a purchase from elsewhere is seen then. */
  readonly emptyMs: number;
}

const SETTINGS: BondDeskSettings = { pollMs: 2_000, afterVerbMs: 500, emptyMs: 300_000 };

/** The cash question names a bond and a price; where none is held yet, that of the ticket or this price for it. */
const PAR = 1_000_000;

/** A sale waits no longer to hear which purchase it comes from, milliseconds. */
const LOT_WAIT_MS = 2_500;

export interface BondDeskParts {
  /** `bondAccountId(connectionId)`. */
  readonly accountId: string;
  readonly name: string;
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode'>;
  readonly rest: KisRest;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly currentEpoch: () => number;
  /** The won account of the connection: its cash is this account's too. */
  readonly cash: () => Promise<BrokerAccount>;
  readonly calendar?: TradingCalendar;
  readonly settings?: Partial<BondDeskSettings>;
}

/** The desk of the bond account, which comes into being once somebody has or wants a bond. */
export interface BondDesk extends AccountDesk {
  /** A bond is in the ticket: from now on there is an account for it. */
  wanted(id: InstrumentId): void;
}

class ListedBondDesk implements BondDesk {
  /** KIS tells of no bond by itself. */
  readonly hasNotices = false;
  readonly #parts: BondDeskParts;
  readonly #settings: BondDeskSettings;
  readonly #clock: BondClock;
  readonly #orders: ListedOrders;
  readonly #fields: AccountFields;
  readonly #audience: NoticeAudience;
  readonly #createdTs: BrokerAccount['createdTs'];
  readonly #day: ListedDay;
  readonly #look: LookSoon;
  readonly #poll: Timer;
  /** Which bond an order number is of, as far as anything has told. */
  readonly #codes = new Map<string, InstrumentId>();
  #figures: BrokerAccount | null = null;
  /** The orders as they stood when the figures were last told. */
  #toldState = '';
  /** A bond that the question for the cash may name. */
  #example: InstrumentId | null = null;
  /** Until when it stands that nothing is held; monotonic. */
  #emptyUntilMs = Number.NEGATIVE_INFINITY;

  constructor(parts: BondDeskParts) {
    this.#parts = parts;
    const { keys, accountId, timers, logger, clock } = parts;
    this.#settings = { ...SETTINGS, ...parts.settings };
    this.#audience = new NoticeAudience(logger);
    this.#clock = new BondClock(parts);
    this.#fields = { CANO: keys.accountNo, ACNT_PRDT_CD: keys.productCode };
    this.#createdTs = clock.now();
    this.#orders = new ListedOrders({
      accountId,
      clock: this.#clock,
      // The sum is in 1/1,000 won; charges are on whole won.
      charges: ({ instrumentId, value, side, date }) =>
        productCharges(instrumentId, { side, date, amount: Math.floor(value / 1_000) }),
      tell: (event) => this.#audience.tell(event),
    });
    const isOpen = (): boolean => this.#orders.open.length > 0;
    this.#day = new ListedDay({
      orders: this.#orders,
      clock: this.#clock,
      fetch: (date) => this.#fetch(date),
    });
    this.#look = new LookSoon({
      timers,
      look: () => this.#lookNow(),
      failed: (error) => logger.warn('the orders of bonds could not be asked for', { error: String(error) }),
      again: isOpen,
      againMs: this.#settings.pollMs,
    });
    this.#poll = timers.every(this.#settings.pollMs, () => {
      if (isOpen()) this.#look.want(0);
    });
  }

  get accountId(): string {
    return this.#parts.accountId;
  }

  wanted(id: InstrumentId): void {
    const isNew = this.#example === null;
    this.#example ??= id;
    if (!isNew) return;
    // The desk asks for the accounts again, and finds this one among them.
    const exchangeTs = this.#clock.now();
    const phase = bondPhase(this.#parts.calendar ?? krxCalendar, exchangeTs);
    this.#audience.tell({ kind: 'session', sessionDate: this.#clock.date(), phase, exchangeTs });
  }

  async submit(cleared: Cleared<SubmitOrder>): Promise<SubmitAnswer> {
    const { order } = cleared;
    if (cleared.epoch !== this.#parts.currentEpoch()) return { ok: false, code: 'GUARD_HALTED' };
    const { instrumentId, side, type, timeInForce, session, route, price, stopPrice, quantity } = order;
    if (productOf(instrumentId) !== 'bond') return { ok: false, code: 'EXCH_UNKNOWN_ISSUE' };
    const isLimit = type === 'limit' && timeInForce === 'day' && session === 'regular' && route === 'KRX';
    if (!isLimit || stopPrice !== null) return { ok: false, code: 'EXCH_TYPE' };
    if (price === null || !Number.isSafeInteger(price) || price <= 0) return { ok: false, code: 'EXCH_TICK' };
    if (!Number.isSafeInteger(quantity) || quantity <= 0) return { ok: false, code: 'EXCH_QUANTITY' };
    let lot: BondLotName | null = null;
    if (side === 'sell') {
      const found = await this.#lotFor(instrumentId, quantity);
      if ('ok' in found) return found;
      lot = found;
    }
    const call = (): KisCall => bondOrder(this.#fields, { code: codeOf(instrumentId), quantity, price, lot });
    const numbered = (no: string): void => void this.#codes.set(no, instrumentId);
    const terms = { instrumentId, side, price, quantity };
    try {
      return await sendOrder({ ...this.#parts, orders: this.#orders }, { cleared, terms, call, numbered });
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
      if (known === null && this.#example === null && !(await this.#holdsAny())) return [];
      return [await this.account()];
    } catch (error) {
      // An account that was never seen may not trade bonds at all; then the won account must not wait for it.
      if (known !== null) throw error;
      this.#parts.logger.info('no bond account could be read', { error: String(error) });
      return [];
    }
  }

  async account(): Promise<BrokerAccount> {
    const { accountId, name, rest } = this.#parts;
    const pot = await this.#parts.cash();
    const power = await this.#power(rest, pot.buyingPowerKrw);
    const sessionDate = this.#clock.date();
    const { d1, d2 } = this.#clock.cashDates(sessionDate);
    this.#figures = {
      ...pot,
      accountId,
      name,
      kind: 'cash',
      product: 'bond',
      startingCashKrw: null,
      reservedKrw: krw(this.#held()),
      buyingPowerKrw: krw(power),
      marginPowerKrw: krw(power),
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

  /** KIS tells of no coupon or redemption by itself; a changed holding shows in the positions. */
  async adjustments(): Promise<readonly BrokerAdjustment[]> {
    return [];
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    const lots = await this.#lots(null);
    return summedPositions(
      this.#parts.accountId,
      lots.map(({ code, quantity, sellable, cost, maturity }) => {
        const instrumentId = bondId(code);
        const end = maturity && endOn(instrumentId, maturity, this.#parts.calendar ?? krxCalendar);
        return { instrumentId, quantity, sellable, cost, end };
      }),
    );
  }

  events(listener: (event: BrokerEvent) => void): () => void {
    return this.#audience.add(listener);
  }

  close(): void {
    this.#poll.cancel();
    this.#look.cancel();
    this.#audience.clear();
  }

  /** Any bond held, asked for at most as often as the settings say. */
  async #holdsAny(): Promise<boolean> {
    const nowMs = this.#parts.clock.monotonicMs();
    if (nowMs < this.#emptyUntilMs) return false;
    this.#emptyUntilMs = nowMs + this.#settings.emptyMs;
    return (await this.#lots(null)).length > 0;
  }

  /** Every purchase that is held, of one bond or of all. */
  async #lots(id: InstrumentId | null): Promise<readonly BondLot[]> {
    const code = id && codeOf(id);
    const pages = await wholePages(this.#parts.rest, bondBalance(this.#fields, code));
    const lots = pages.flatMap(bondLots).filter((lot) => code === null || lot.code === code);
    const [first] = lots;
    if (first) this.#example ??= bondId(first.code);
    return lots;
  }

  /** The purchase that a sale comes from, or why nothing is sent. */
  async #lotFor(id: InstrumentId, quantity: number): Promise<BondLot | Extract<SubmitAnswer, { readonly ok: false }>> {
    const { clock } = this.#parts;
    const startMs = clock.monotonicMs();
    try {
      const lot = chooseLot(await this.#lots(id), quantity);
      // The desk gives an answer only so long; an order must not leave after it was given up.
      return clock.monotonicMs() - startMs > LOT_WAIT_MS ? { ok: false, code: 'KIS_BOND_SLOW' } : lot;
    } catch (error) {
      if (error instanceof AppError) return { ok: false, code: error.code, params: error.params };
      throw error;
    }
  }

  /** What a purchase may use; the won account's own where there is no bond to ask about. */
  async #power(rest: KisRest, otherwise: number): Promise<number> {
    if (this.#example === null) return otherwise;
    return bondBuyingPower(await rest.call(bondPower(this.#fields, { code: codeOf(this.#example), price: PAR })));
  }

  async #change(
    no: string,
    how: { readonly price: number | null; readonly pass: NonNullable<KisCall['pass']> },
  ): Promise<Receipt> {
    const order = await this.#day.waiting(no);
    if (!order) return { ok: false, code: 'EXCH_UNKNOWN_ORDER' };
    const rest = order.quantity - order.filledQty;
    try {
      const call = bondChange(this.#fields, { code: codeOf(order.instrumentId), no, rest, price: how.price });
      const receipt = orderReceipt(await this.#parts.rest.call({ ...call, pass: how.pass }));
      if (receipt.no !== '') this.#codes.set(receipt.no, order.instrumentId);
      return { ok: true };
    } catch (error) {
      return refusalOf(error);
    } finally {
      this.#afterVerb();
    }
  }

  /** Brings the list of a day in. What waits is asked for too where the list names a bond by nothing that is known. */
  async #fetch(date: SessionDate): Promise<void> {
    const pages = await wholePages(this.#parts.rest, bondCcld(this.#fields, date));
    let { rows, unknown } = this.#rows(pages, date);
    if (unknown.length > 0 && date === this.#clock.date()) {
      const open = await wholePages(this.#parts.rest, bondOpen(this.#fields));
      for (const [no, id] of open.flatMap(bondOpenCodes)) this.#codes.set(no, id);
      ({ rows, unknown } = this.#rows(pages, date));
    }
    // Its holding shows in the positions, and a difference halts the desk.
    if (unknown.length > 0) this.#parts.logger.warn('bond orders name no bond that is known', { unknown });
    this.#orders.settle(date, rows);
  }

  #rows(
    pages: readonly KisAnswer[],
    asked: SessionDate,
  ): { readonly rows: readonly ListedOrderRow[]; readonly unknown: readonly string[] } {
    const unknown: string[] = [];
    const rows = pages.flatMap((page) =>
      bondOrderRows(page, {
        asked,
        nameOf: ({ no, told }) => this.#codes.get(no) ?? bondOfCode(told),
        unknown: (told) => unknown.push(told),
      }),
    );
    return { rows, unknown };
  }

  #afterVerb(): void {
    this.#day.forget();
    this.#look.want(this.#settings.afterVerbMs);
  }

  /** Looks at the day's orders, and tells the figures of both accounts that share the cash after it. */
  async #lookNow(): Promise<void> {
    await this.#fetch(this.#clock.date());
    const state = this.#state();
    if (this.#figures !== null && this.#toldState === state) return;
    this.#toldState = state;
    this.#audience.tell({ kind: 'account', account: await this.account() });
    this.#audience.tell({ kind: 'account', account: await this.#parts.cash() });
  }

  /** Won that open purchases hold back, charges left out: the firm tells no figure of it. */
  #held(): number {
    return this.#orders.open
      .filter(({ side }) => side === 'buy')
      .reduce((sum, each) => sum + valueOf(each.instrumentId, each.price ?? 0, each.quantity - each.filledQty), 0);
  }

  /** What of the orders moves the cash. */
  #state(): string {
    return JSON.stringify(this.#orders.orders(this.#clock.date()).map((o) => [o.brokerOrderNo, o.status, o.filledQty]));
  }
}

/** The bond account of a connection in the real environment; `close` ends its timers. */
export function createBondDesk(parts: Omit<BondDeskParts, 'accountId'> & { readonly connectionId: string }): BondDesk {
  return new ListedBondDesk({ ...parts, accountId: bondAccountId(parts.connectionId) });
}
