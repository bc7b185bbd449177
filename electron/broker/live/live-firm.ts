/**
 * A member firm whose customers trade on the real market without being there: real prices, invented fills. Accounts,
 * cash, holdings, charges and settlement are the simulator's books with a durable log of their own; whether an order
 * would have traded is judged by shadow books. Nothing ever leaves for a broker.
 */
import { amendedType, type InstrumentId, type IssueFacts, type VenueName } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ShadowOrder } from '#shared/exchange/index.ts';
import { cashDates } from '#shared/market/index.ts';
import type { Ids, Logger } from '#shared/ports.ts';
import type { Phase, SessionDate, TradingCalendar } from '#shared/time/index.ts';
import type { Feed } from '../../market/index.ts';
import {
  DEFAULT_STARTING_CASH_KRW,
  expiringEntries,
  MAX_ACCOUNTS,
  told,
  type BookedOrder,
  type ExchangeAccount,
  type LogEntry,
  type RunLog,
} from '../../simulator/index.ts';
import type { BrokerEvent, CancelRequest, Receipt, ReplaceRequest, SubmitAnswer, SubmitOrder } from '../broker.ts';
import type { SimulatedExchange } from '../simulated/index.ts';
import { LiveBoard, type LiveFill } from './live-board.ts';
import { holdPriceOf, koreanMarket, refusal, refusalOf, shortOf, type Refusal } from './live-checks.ts';

export interface LiveFirmParts {
  readonly feed: Feed;
  /** Its own durable log. */
  readonly log: RunLog;
  readonly calendar: TradingCalendar;
  /** true once the market's clock is known: before, no day is opened and no order taken. */
  readonly ready: () => boolean;
  /** Opened with the first day, where there is none yet. */
  readonly firstAccount: { readonly name: string; readonly startingCashKrw: number };
  /** What is known of an issue now; undefined: no such issue. */
  readonly facts: (id: InstrumentId) => IssueFacts | undefined;
  readonly ids: Ids;
  readonly logger: Logger;
}

export class LiveFirm implements SimulatedExchange {
  readonly #parts: LiveFirmParts;
  readonly #board: LiveBoard;
  readonly #listeners = new Set<(notice: BrokerEvent) => void>();
  readonly #unwatch: () => void;
  #line: 'up' | 'down' = 'up';
  #told: { readonly date: SessionDate; readonly phase: Phase } | null = null;

  constructor(parts: LiveFirmParts) {
    this.#parts = parts;
    this.#board = new LiveBoard(parts.feed);
    for (const order of this.#books.openOrders()) this.#wait(order);
    this.#unwatch = parts.feed.watchMarket({
      opened: () => this.#advance(),
      traded: (trade) => {
        this.#trigger(trade.instrumentId, trade.price);
        this.#take(this.#board.traded(trade));
      },
      advanced: () => this.#advance(),
    });
    this.#advance();
  }

  /** Hears the market no more; what is open stays open and is taken up again. */
  close(): void {
    this.#unwatch();
    this.#board.clear();
    this.#listeners.clear();
    this.#parts.log.close();
  }

  /** Throws ACCOUNT_NAME_TAKEN and ACCOUNT_LIMIT. */
  createAccount(wish: { readonly name: string; readonly startingCashKrw?: number }): ExchangeAccount {
    const { name, startingCashKrw = DEFAULT_STARTING_CASH_KRW } = wish;
    if (this.#books.accounts().some((account) => account.name === name))
      throw new AppError('ACCOUNT_NAME_TAKEN', { name });
    if (this.#books.accountCount >= MAX_ACCOUNTS) throw new AppError('ACCOUNT_LIMIT', { limit: MAX_ACCOUNTS });
    this.#advance();
    // Without a day there are no dates of settlement to tell.
    if (this.#books.run === null) throw new AppError('BROKER_UNAVAILABLE');
    return this.#openAccount({ name, startingCashKrw });
  }

  accounts(): readonly ExchangeAccount[] {
    return this.#books.accounts();
  }

  account(accountId: string): ExchangeAccount {
    return this.#books.account(accountId);
  }

  openOrders(accountId: string) {
    return this.#books.openOrders(accountId).map(told);
  }

  orders(accountId: string, sessionDate: SessionDate) {
    return this.#books.orders(accountId, sessionDate).map(told);
  }

  executions(accountId: string, sessionDate: SessionDate) {
    return this.#books.executions(accountId, sessionDate);
  }

  adjustments(accountId: string, sessionDate: SessionDate) {
    return this.#books.adjustments(accountId, sessionDate);
  }

  positions(accountId: string) {
    return this.#books.positions(accountId);
  }

  watchNotices(listener: (notice: BrokerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  submit(order: SubmitOrder): SubmitAnswer {
    this.#advance();
    const facts = this.#parts.facts(order.instrumentId);
    const refused = this.#refused(order, facts);
    if (refused || !facts) return refused ?? refusal('EXCH_UNKNOWN_ISSUE');
    const venue = this.#venueFor(order);
    const price = this.#priceOf(order, venue);
    if (price === undefined) return refusal('EXCH_NO_QUOTE');
    const short = shortOf(this.#books.ledger, { order, price, facts });
    if (short) return short;
    const no = this.#accept({ ...order, price }, { facts, venue, originalNo: null });
    const waits = order.type === 'stopLimit';
    if (!waits) this.#match(no);
    this.#flush();
    return { ok: true, brokerOrderNo: no };
  }

  replace(request: ReplaceRequest): Receipt {
    this.#advance();
    const order = this.#own(request);
    if (typeof order === 'string') return refusal(order, { accountId: request.accountId });
    const facts = this.#parts.facts(order.instrumentId);
    const type = amendedType(order.type);
    if (!facts || type === null) return refusal('EXCH_AMEND_TYPE');
    const wish = { ...order, type, price: request.price, quantity: order.quantity - order.filledQty };
    const refused = this.#refused(wish, facts);
    if (refused) return refused;
    if (this.#books.ledger.replaceShortage(order.brokerOrderNo, holdPriceOf(type, request.price, facts)) !== null)
      return refusal('EXCH_CASH');
    this.#end(order, 'replaced');
    const no = this.#accept(wish, { facts, venue: order.venue, originalNo: order.brokerOrderNo });
    if (type !== 'stopLimit' || order.triggered) this.#match(no);
    this.#flush();
    return { ok: true };
  }

  cancel(request: CancelRequest): Receipt {
    const order = this.#own(request);
    if (typeof order === 'string') return refusal(order, { accountId: request.accountId });
    this.#end(order, 'user');
    this.#flush();
    return { ok: true };
  }

  #refused(order: SubmitOrder, facts: IssueFacts | undefined): Refusal | null {
    const { accountId } = order;
    if (!this.#books.ledger.has(accountId)) return refusal('ACCOUNT_UNKNOWN', { accountId });
    return refusalOf(order, facts, this.#parts.ready() && this.#parts.feed.session().up);
  }

  get #books() {
    return this.#parts.log.books;
  }

  /** The order named, or why not. */
  #own({ accountId, brokerOrderNo }: CancelRequest): BookedOrder | 'ACCOUNT_UNKNOWN' | 'EXCH_UNKNOWN_ORDER' {
    if (!this.#books.ledger.has(accountId)) return 'ACCOUNT_UNKNOWN';
    const order = this.#books.order(brokerOrderNo);
    return order?.accountId === accountId && order.status === 'open' ? order : 'EXCH_UNKNOWN_ORDER';
  }

  /** SOR goes to the venue with the better price against it, KRX where they are equal. */
  #venueFor({ instrumentId, side, route }: SubmitOrder): VenueName {
    if (route !== 'SOR') return route;
    const against = side === 'buy' ? 'sell' : 'buy';
    const krx = this.#board.best({ instrumentId, venue: 'KRX' }, against);
    const nxt = this.#board.best({ instrumentId, venue: 'NXT' }, against);
    if (nxt === null) return 'KRX';
    if (krx === null) return 'NXT';
    return (side === 'buy' ? nxt < krx : nxt > krx) ? 'NXT' : 'KRX';
  }

  /** Its price, or the one a type takes from the book; null: any; undefined: the book has none. */
  #priceOf({ type, price, side, instrumentId }: SubmitOrder, venue: VenueName): number | null | undefined {
    if (type !== 'bestOpposite' && type !== 'bestSame') return price;
    const from = (type === 'bestSame') === (side === 'buy') ? 'buy' : 'sell';
    return this.#board.best({ instrumentId, venue }, from) ?? undefined;
  }

  #accept(
    order: SubmitOrder,
    at: { readonly facts: IssueFacts; readonly venue: VenueName; readonly originalNo: string | null },
  ): string {
    const { facts, venue, originalNo } = at;
    const { accountId, instrumentId, side, type, timeInForce, session, route, price, stopPrice, quantity } = order;
    // What ended before it is booked first: numbers go up with what is written.
    this.#flush();
    const no = this.#books.nextNo();
    this.#parts.log.add({
      kind: 'order.accepted',
      data: {
        ...this.#origin(),
        no,
        originalNo,
        orderNo: Number(no),
        owner: this.#books.ownerOf(accountId),
        instrumentId,
        market: koreanMarket(facts),
        product: facts.product,
        side,
        type,
        timeInForce,
        session,
        route,
        venue,
        price,
        stopPrice,
        quantity,
        holdPrice: holdPriceOf(type, price, facts),
      },
    });
    this.#flush();
    return no;
  }

  /** Lets an accepted order meet the shown book; the rest waits, or goes. */
  #match(no: string): void {
    const order = this.#books.order(no);
    if (order?.status !== 'open') return;
    const left = shadowOf(order);
    const { timeInForce } = order;
    if (timeInForce === 'fok' && this.#board.available(order, left) < left.quantity) {
      this.#end(order, 'fok');
      return;
    }
    this.#book(this.#board.take(order, left));
    this.#flush();
    const after = this.#books.order(no);
    if (after?.status !== 'open') return;
    if (timeInForce === 'ioc' || timeInForce === 'fok') this.#end(after, timeInForce);
    else this.#wait(after);
  }

  #wait(order: BookedOrder): void {
    if (order.type === 'stopLimit' && !order.triggered) return;
    this.#board.rest(order, shadowOf(order));
  }

  /** Stop-limit orders whose stop price the market has reached. */
  #trigger(instrumentId: InstrumentId, last: number): void {
    for (const order of this.#books.openOrders()) {
      const { stopPrice, side, triggered } = order;
      if (stopPrice === null || triggered || order.instrumentId !== instrumentId) continue;
      if (side === 'buy' ? last < stopPrice : last > stopPrice) continue;
      this.#parts.log.add({ kind: 'order.triggered', data: { ...this.#origin(), no: order.brokerOrderNo } });
      this.#flush();
      this.#match(order.brokerOrderNo);
    }
  }

  #take(fills: readonly LiveFill[]): void {
    if (fills.length === 0) return;
    this.#book(fills);
    this.#flush();
  }

  #book(fills: readonly LiveFill[]): void {
    for (const { no, venue, role, price, quantity } of fills)
      this.#parts.log.add({ kind: 'order.filled', data: { ...this.#origin(), no, venue, role, price, quantity } });
  }

  #end(order: BookedOrder, cause: 'user' | 'ioc' | 'fok' | 'replaced'): void {
    this.#board.withdraw(order, order.brokerOrderNo);
    const quantity = order.quantity - order.filledQty;
    this.#parts.log.add({
      kind: 'order.canceled',
      data: { ...this.#origin(), no: order.brokerOrderNo, quantity, cause },
    });
  }

  /** Time went on at the market: another day may have begun, books have changed. */
  #advance(): void {
    const { feed, ready } = this.#parts;
    if (!ready()) return;
    const { up, phase, nxtPhase, sessionDate, exchangeTs } = feed.session();
    if ((up ? 'up' : 'down') !== this.#line) {
      this.#line = up ? 'up' : 'down';
      this.#tell([{ kind: 'connection', state: this.#line }]);
    }
    if (!up) return;
    this.#openDay();
    if (phase === 'closed' && (nxtPhase === null || nxtPhase === 'closed')) this.#expire();
    else this.#take(this.#board.look());
    if (this.#told?.phase === phase && this.#told.date === sessionDate) return;
    this.#told = { date: sessionDate, phase };
    this.#tell([{ kind: 'session', sessionDate, phase, exchangeTs }]);
  }

  #openDay(): void {
    const { calendar, feed, log, logger } = this.#parts;
    const { sessionDate: date } = feed.session();
    const before = this.#books.run;
    if (before?.date === date) return;
    if (before && date < before.date) {
      logger.warn('the market clock went back to an earlier day; no new day is opened', { date, before: before.date });
      return;
    }
    this.#expire();
    const { d1, d2 } = cashDates(calendar, date);
    const data = { run: (before?.run ?? 0) + 1, plan: { mode: 'live' }, date, d1Date: d1, d2Date: d2 } as const;
    this.#tell(log.commit([{ kind: 'run.started', data }]));
    if (this.#books.accountCount === 0) this.#openAccount(this.#parts.firstAccount);
  }

  #openAccount(wish: { readonly name: string; readonly startingCashKrw: number }): ExchangeAccount {
    const accountId = this.#parts.ids.next();
    const owner = this.#books.accountCount + 1;
    const data = { accountId, owner, accountKind: 'cash', ...wish } as const;
    this.#tell(this.#parts.log.commit([{ kind: 'account.opened', data }]));
    return this.#books.account(accountId);
  }

  #expire(): void {
    const ending = expiringEntries(this.#books, this.#parts.feed.session().exchangeTs);
    if (ending.length === 0) return;
    this.#board.clear();
    for (const entry of ending) this.#parts.log.add(entry);
    this.#flush();
  }

  #origin(): Pick<Extract<LogEntry, { readonly kind: 'order.filled' }>['data'], 'seq' | 'ts'> {
    const { exchangeTs, events } = this.#parts.feed.session();
    return { seq: events, ts: exchangeTs };
  }

  #flush(): void {
    this.#tell(this.#parts.log.flush());
  }

  #tell(notices: readonly BrokerEvent[]): void {
    for (const notice of notices) for (const listener of this.#listeners) listener(notice);
  }
}

/** What is left of a booked order, as the shadow book knows it. */
function shadowOf(order: BookedOrder): ShadowOrder {
  const { brokerOrderNo: no, side, price, quantity, filledQty } = order;
  return { no, side, limit: price, quantity: quantity - filledQty };
}
