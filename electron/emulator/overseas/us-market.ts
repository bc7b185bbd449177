/** The American day of the offline KIS: three exchanges on the server's clock, the firm's dollar ledger, and who trades there. */
import {
  OverseasExchange,
  OverseasLedger,
  type DepthLevel,
  type OverseasEvent,
  type OverseasView,
} from '#shared/exchange/index.ts';
import {
  localInstant,
  overseasDay,
  overseasSession,
  offsetMinutes,
  type OverseasOrderCode,
} from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import {
  civilFromDays,
  DAY_MS,
  epochMs,
  isContinuous,
  MINUTE_MS,
  SECOND_MS,
  sessionDate,
  type EpochMs,
  type Phase,
  type SessionDate,
} from '#shared/time/index.ts';
import type { EmulatorSettings } from '../settings.ts';
import { US_ISSUES, type UsExchangeCode, type UsIssue } from './us-issues.ts';
import { UsPeople } from './us-people.ts';

const ACCOUNT = 'us';
const CUSTOMER = 1;
/** After a long leap of the clock only so much is lived through by the participants. */
const LIVED_MS = 120 * SECOND_MS;
const KEPT_TRADES = 400;

/** One trade; prices in 1/10,000 dollar. */
export interface UsTrade {
  readonly ts: EpochMs;
  readonly price: number;
  readonly quantity: number;
  readonly side: 'buy' | 'sell' | null;
  readonly volume: number;
}

export interface UsBar {
  readonly startTs: number;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export interface UsOrder {
  readonly no: string;
  readonly original: string;
  readonly issue: UsIssue;
  readonly side: 'buy' | 'sell';
  readonly orderCode: OverseasOrderCode;
  readonly price: number;
  readonly quantity: number;
  readonly ts: EpochMs;
  /** The date in New York. */
  readonly date: SessionDate;
  filledQty: number;
  /** Σ price × quantity. */
  traded: number;
  status: 'open' | 'filled' | 'canceled' | 'replaced' | 'expired';
}

export type UsNotice =
  | { readonly kind: 'accepted' | 'replaced'; readonly order: UsOrder }
  | { readonly kind: 'canceled'; readonly order: UsOrder; readonly quantity: number }
  | { readonly kind: 'fill'; readonly order: UsOrder; readonly price: number; readonly quantity: number };

/** Who hears of the American market. */
export interface UsListener {
  traded(issue: UsIssue, trade: UsTrade): void;
  noticed(notice: UsNotice, at: EpochMs): void;
}

interface Seat {
  readonly issue: UsIssue;
  readonly people: UsPeople;
  readonly trades: UsTrade[];
  readonly bars: UsBar[];
  value: number;
}

/** Date and time in New York. */
export function newYork(at: EpochMs): { readonly date: SessionDate; readonly ms: number } {
  const guess = dateOf(at - 5 * 60 * MINUTE_MS);
  const shifted = at + offsetMinutes('NASD', guess) * MINUTE_MS;
  return { date: dateOf(shifted), ms: shifted - Math.floor(shifted / DAY_MS) * DAY_MS };
}

function dateOf(ms: number): SessionDate {
  const { year, month, day } = civilFromDays(Math.floor(ms / DAY_MS));
  const two = (n: number): string => String(n).padStart(2, '0');
  return sessionDate(`${year}-${two(month)}-${two(day)}`);
}

export class UsMarket {
  readonly ledger = new OverseasLedger();
  readonly orders: UsOrder[] = [];
  readonly #seed: number;
  readonly #listener: UsListener;
  readonly #exchanges = new Map<UsExchangeCode, OverseasExchange>();
  readonly #seats = new Map<string, Seat>();
  readonly #bases = new Map<string, number>(US_ISSUES.map(({ symbol, basePrice }) => [symbol, basePrice]));
  /** Orders of the customer by exchange and number there. */
  readonly #byNo = new Map<string, UsOrder>();
  #coming: UsOrder | null = null;
  #numbers = 0;
  #actedTs = 0;
  #lastSecond = 0;
  /** The date in New York; null before the first. */
  date: SessionDate | null = null;

  constructor(seed: number, settings: EmulatorSettings, listener: UsListener) {
    this.#seed = seed;
    this.#listener = listener;
    const won = Math.floor((settings.startingCents * settings.fxRate) / 100_000_000);
    this.ledger.openAccount(ACCOUNT, won);
    const terms = { rate: settings.fxRate, digits: 2, spreadPpb: 0 };
    this.ledger.buyCurrency(ACCOUNT, { currency: 'USD', won, terms });
  }

  get phase(): Phase {
    return this.#exchanges.get('NASD')?.phase ?? 'closed';
  }

  /** Brings the market to the server's clock. */
  advanceTo(ts: EpochMs): void {
    if (Math.floor(ts / SECOND_MS) === this.#lastSecond) return;
    this.#lastSecond = Math.floor(ts / SECOND_MS);
    const { date } = newYork(ts);
    if (date !== this.date) this.#open(date);
    const end = overseasDay('NASD', date).parts.at(-1)?.endTs;
    if (end === undefined) return;
    let at = Math.max(this.#actedTs, ts - LIVED_MS);
    while (at + SECOND_MS <= ts) {
      at += SECOND_MS;
      this.#second(epochMs(at));
    }
    this.#actedTs = at;
  }

  view(issue: UsIssue): OverseasView | undefined {
    return this.#exchanges.get(issue.exchange)?.issue(issue.symbol);
  }

  /** Previous close, 1/10,000 dollar. */
  base(issue: UsIssue): number {
    return this.#bases.get(issue.symbol) ?? issue.basePrice;
  }

  /** Last price, the base where nothing was traded. */
  last(issue: UsIssue): number {
    const last = this.view(issue)?.last ?? 0;
    return last > 0 ? last : this.base(issue);
  }

  depth(issue: UsIssue, side: 'buy' | 'sell'): readonly DepthLevel[] {
    return this.#exchanges.get(issue.exchange)?.depth({ code: issue.symbol, side, levels: 10 }) ?? [];
  }

  trades(issue: UsIssue): readonly UsTrade[] {
    return this.#seats.get(issue.symbol)?.trades ?? [];
  }

  bars(issue: UsIssue): readonly UsBar[] {
    return this.#seats.get(issue.symbol)?.bars ?? [];
  }

  /** Value traded today, 1/10,000 dollar. */
  value(issue: UsIssue): number {
    return this.#seats.get(issue.symbol)?.value ?? 0;
  }

  cash() {
    return this.ledger.cash(ACCOUNT, 'USD');
  }

  holdings() {
    return this.ledger.holdings(ACCOUNT);
  }

  openOrders(): readonly UsOrder[] {
    return this.orders.filter(({ status }) => status === 'open');
  }

  /** A new order; a code of the exchange or the firm where it is refused. */
  submit(
    wish: Pick<UsOrder, 'issue' | 'side' | 'orderCode' | 'price' | 'quantity'>,
    at: EpochMs,
  ): { readonly order: UsOrder } | { readonly reason: string } {
    const { issue, side, orderCode, price, quantity } = wish;
    const exchange = this.#exchanges.get(issue.exchange);
    if (!exchange || this.date === null) return { reason: 'SESSION' };
    // What carries no price may cost a tenth more than the last one.
    const holdPrice = price > 0 ? price : Math.ceil(this.last(issue) * 1.1);
    const held = {
      accountId: ACCOUNT,
      exchange: issue.exchange,
      code: issue.symbol,
      side,
      quantity,
      holdPrice,
      date: this.date,
    };
    const short = this.ledger.shortage(held);
    if (short !== null) return { reason: short };
    const order = this.#newOrder({ ...wish, original: '' }, at);
    this.ledger.place(order.no, held);
    this.#coming = order;
    const sent = exchange.submit({ owner: CUSTOMER, code: issue.symbol, side, orderCode, price, quantity });
    this.#coming = null;
    if ('reason' in sent) {
      this.ledger.release(order.no);
      this.#numbers -= 1;
      this.orders.pop();
      return { reason: sent.reason };
    }
    return { order };
  }

  replace(original: UsOrder, price: number, at: EpochMs): { readonly order: UsOrder } | { readonly reason: string } {
    const exchange = this.#exchanges.get(original.issue.exchange);
    const found = [...this.#byNo].find(([, order]) => order === original);
    if (!exchange || !found || original.status !== 'open' || this.date === null) return { reason: 'UNKNOWN_ORDER' };
    const { issue, side, orderCode } = original;
    const quantity = original.quantity - original.filledQty;
    const held = {
      accountId: ACCOUNT,
      exchange: issue.exchange,
      code: issue.symbol,
      side,
      quantity,
      holdPrice: price,
      date: this.date,
    };
    this.ledger.release(original.no);
    const before = { ...held, holdPrice: original.price };
    const short = this.ledger.shortage(held);
    if (short !== null) {
      this.ledger.place(original.no, before);
      return { reason: short };
    }
    const order = this.#newOrder({ issue, side, orderCode, price, quantity, original: original.no }, at);
    this.ledger.place(order.no, held);
    this.#coming = order;
    const sent = exchange.replace(CUSTOMER, Number(found[0].split(' ')[1]), { price });
    this.#coming = null;
    if ('reason' in sent) {
      this.ledger.release(order.no);
      this.ledger.place(original.no, before);
      this.orders.pop();
      return { reason: sent.reason };
    }
    return { order };
  }

  cancel(order: UsOrder): string | null {
    const exchange = this.#exchanges.get(order.issue.exchange);
    const found = [...this.#byNo].find(([, each]) => each === order);
    if (!exchange || !found || order.status !== 'open') return 'UNKNOWN_ORDER';
    const gone = exchange.cancel(CUSTOMER, Number(found[0].split(' ')[1]));
    return 'reason' in gone ? gone.reason : null;
  }

  #newOrder(
    wish: Pick<UsOrder, 'issue' | 'side' | 'orderCode' | 'price' | 'quantity' | 'original'>,
    at: EpochMs,
  ): UsOrder {
    this.#numbers += 1;
    const no = `003${String(this.#numbers).padStart(7, '0')}`;
    const date = this.date as SessionDate;
    const order: UsOrder = { ...wish, no, ts: at, date, filledQty: 0, traded: 0, status: 'open' };
    this.orders.push(order);
    return order;
  }

  #open(date: SessionDate): void {
    for (const seat of this.#seats.values()) this.#bases.set(seat.issue.symbol, this.last(seat.issue));
    for (const exchange of this.#exchanges.values()) {
      const end = exchange.day.parts.at(-1)?.endTs;
      if (end !== undefined) exchange.advanceTo(epochMs(Math.max(end, exchange.now)));
    }
    this.#exchanges.clear();
    this.#seats.clear();
    this.#byNo.clear();
    this.date = date;
    this.#actedTs = 0;
    this.ledger.settle(date);
    if (!overseasSession('NASD', date).open) return;
    for (const code of ['NASD', 'NYSE', 'AMEX'] as const) {
      const issues = US_ISSUES.filter(({ exchange }) => exchange === code);
      const listed = issues.map((issue) => ({ code: issue.symbol, basePrice: this.base(issue) }));
      const exchange = new OverseasExchange({ exchange: code, date, issues: listed }, (event) =>
        this.#hear(code, event),
      );
      this.#exchanges.set(code, exchange);
      for (const issue of issues) {
        const rng = Rng.from(this.#seed, `us/${date}/${issue.symbol}`);
        const people = new UsPeople(exchange, issue, { rng, fair: this.base(issue) });
        this.#seats.set(issue.symbol, { issue, people, trades: [], bars: [], value: 0 });
      }
    }
  }

  #second(at: EpochMs): void {
    for (const exchange of this.#exchanges.values()) exchange.advanceTo(at);
    if (!isContinuous(this.phase)) return;
    for (const seat of this.#seats.values()) seat.people.act();
  }

  #hear(code: UsExchangeCode, event: OverseasEvent): void {
    switch (event.kind) {
      case 'accepted':
        if (event.owner !== CUSTOMER || !this.#coming) return;
        if (event.originalOrderNo !== 0) this.#end(`${code} ${event.originalOrderNo}`, 'replaced');
        this.#byNo.set(`${code} ${event.orderNo}`, this.#coming);
        this.#listener.noticed(
          { kind: event.originalOrderNo === 0 ? 'accepted' : 'replaced', order: this.#coming },
          event.ts,
        );
        return;
      case 'trade':
        this.#traded(event);
        if (event.buyOwner === CUSTOMER) this.#fill(`${code} ${event.buyOrderNo}`, event);
        if (event.sellOwner === CUSTOMER) this.#fill(`${code} ${event.sellOrderNo}`, event);
        return;
      case 'canceled': {
        const order = this.#byNo.get(`${code} ${event.orderNo}`);
        if (event.owner !== CUSTOMER || !order || event.cause === 'replaced') return;
        this.ledger.release(order.no);
        this.#end(`${code} ${event.orderNo}`, event.cause === 'expired' ? 'expired' : 'canceled');
        if (event.cause === 'user') {
          this.#listener.noticed({ kind: 'canceled', order, quantity: event.quantity }, event.ts);
        }
        return;
      }
      case 'rejected':
      case 'auction':
      case 'phase':
        return;
    }
  }

  #end(key: string, status: UsOrder['status']): void {
    const order = this.#byNo.get(key);
    if (order) order.status = status;
    this.#byNo.delete(key);
  }

  #traded({ code, price, quantity, ts, aggressor: side }: Extract<OverseasEvent, { kind: 'trade' }>): void {
    const seat = this.#seats.get(code);
    if (!seat) return;
    const volume = (seat.trades.at(-1)?.volume ?? 0) + quantity;
    const trade: UsTrade = { ts, price, quantity, side, volume };
    seat.value += price * quantity;
    seat.trades.push(trade);
    if (seat.trades.length > KEPT_TRADES * 2) seat.trades.splice(0, KEPT_TRADES);
    const startTs = Math.floor(ts / MINUTE_MS) * MINUTE_MS;
    const bar = seat.bars.at(-1);
    if (bar?.startTs === startTs) {
      bar.high = Math.max(bar.high, price);
      bar.low = Math.min(bar.low, price);
      bar.close = price;
      bar.volume += quantity;
    } else seat.bars.push({ startTs, open: price, high: price, low: price, close: price, volume: quantity });
    this.#listener.traded(seat.issue, trade);
  }

  #fill(key: string, { price, quantity, ts }: Extract<OverseasEvent, { kind: 'trade' }>): void {
    const order = this.#byNo.get(key) ?? this.#coming;
    if (!order) return;
    this.ledger.fill(order.no, { price, quantity });
    order.filledQty += quantity;
    order.traded += price * quantity;
    if (order.filledQty === order.quantity) this.#end(key, 'filled');
    this.#listener.noticed({ kind: 'fill', order, price, quantity }, ts);
  }
}

/** The next instant at which the American regular session opens, at or after `from`. */
export function nextUsOpen(from: EpochMs): EpochMs {
  let { date } = newYork(from);
  for (;;) {
    const part = overseasDay('NASD', date).parts.find(({ phase }) => phase === 'continuous');
    if (part && part.startTs >= from) return part.startTs;
    date = dateOf(localInstant('NASD', date, 12 * 60 * MINUTE_MS) + DAY_MS - 5 * 60 * MINUTE_MS);
  }
}
