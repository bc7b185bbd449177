/** A foreign market's day at the offline KIS: its exchanges on the server's clock, the firm's ledger of its currency, and who trades there. */
import {
  OverseasExchange,
  OverseasLedger,
  type DepthLevel,
  type OverseasEvent,
  type OverseasView,
} from '#shared/exchange/index.ts';
import {
  minorPerWhole,
  overseasDate,
  overseasDay,
  overseasSession,
  overseasTickAt,
  overseasTicks,
  type OverseasExchangeCode,
} from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import {
  epochMs,
  isContinuous,
  MINUTE_MS,
  SECOND_MS,
  type EpochMs,
  type Phase,
  type SessionDate,
} from '#shared/time/index.ts';
import { ABROAD_ISSUES, type AbroadIssue } from './abroad-issues.ts';
import { AbroadPeople } from './abroad-people.ts';
import { AbroadPlace } from './abroad-place.ts';
import type { AbroadBar, AbroadListener, AbroadOrder, AbroadTrade } from './abroad-terms.ts';

const ACCOUNT = 'abroad';
const CUSTOMER = 1;
/** After a long leap of the clock only so much is lived through by the participants. */
const LIVED_MS = 120 * SECOND_MS;
const KEPT_TRADES = 400;

interface Seat {
  readonly issue: AbroadIssue;
  readonly people: AbroadPeople;
  readonly trades: AbroadTrade[];
  readonly bars: AbroadBar[];
  value: number;
}

/** What the orders of one foreign market are numbered from. */
const NUMBER_HEADS: Readonly<Record<string, string>> = { US: '003', HK: '006', JP: '007', CN: '008', VN: '009' };

export class AbroadMarket extends AbroadPlace {
  readonly ledger = new OverseasLedger();
  readonly orders: AbroadOrder[] = [];
  /** Won per unit of its currency × 1,000,000. */
  readonly fxRate: number;
  readonly issues: readonly AbroadIssue[];
  readonly #seed: number;
  readonly #listener: AbroadListener;
  readonly #exchanges = new Map<OverseasExchangeCode, OverseasExchange>();
  readonly #seats = new Map<string, Seat>();
  readonly #bases: Map<string, number>;
  /** Orders of the customer by exchange and number there. */
  readonly #byNo = new Map<string, AbroadOrder>();
  #coming: AbroadOrder | null = null;
  #numbers = 0;
  #actedTs = 0;
  #lastSecond = 0;
  /** The date there; null before the first. */
  date: SessionDate | null = null;
  /** false: nobody asked about it yet, so nobody needs to live through its days. */
  #awake = false;
  #ts: EpochMs | null = null;

  constructor(parts: {
    readonly lead: OverseasExchangeCode;
    readonly seed: number;
    /** Smallest coins on the account when it is opened. */
    readonly starting: number;
    readonly fxRate: number;
    readonly listener: AbroadListener;
  }) {
    const { lead, seed, starting, fxRate, listener } = parts;
    super(lead);
    this.fxRate = fxRate;
    this.#seed = seed;
    this.#listener = listener;
    this.issues = ABROAD_ISSUES.filter(({ exchange }) => this.facts.exchanges.includes(exchange));
    this.#bases = new Map(this.issues.map(({ symbol, basePrice }) => [symbol, basePrice]));
    const { currency, digits } = this.facts;
    const won = Math.floor((starting * fxRate) / (1_000_000 * minorPerWhole(digits)));
    this.ledger.openAccount(ACCOUNT, won);
    this.ledger.buyCurrency(ACCOUNT, { currency, won, terms: { rate: fxRate, digits, spreadPpb: 0 } });
  }

  /** The tick at a scaled price of an issue. */
  tick({ exchange, segment }: AbroadIssue, price: number): number {
    const date = this.date ?? overseasDate(exchange, this.#ts ?? epochMs(0));
    return overseasTickAt(overseasTicks({ exchange, date, ...(segment === undefined ? {} : { segment }) }), price);
  }

  /** Somebody asks about the market: from now on its days are lived through. */
  wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    if (this.#ts !== null) this.advanceTo(this.#ts);
  }

  get phase(): Phase {
    return this.#exchanges.get(this.lead)?.phase ?? 'closed';
  }

  /** Brings the market to the server's clock. */
  advanceTo(ts: EpochMs): void {
    this.#ts = ts;
    if (!this.#awake) return;
    if (Math.floor(ts / SECOND_MS) === this.#lastSecond) return;
    this.#lastSecond = Math.floor(ts / SECOND_MS);
    const { date } = this.local(ts);
    if (date !== this.date) this.#open(date);
    const end = overseasDay(this.lead, date).parts.at(-1)?.endTs;
    if (end === undefined) return;
    let at = Math.max(this.#actedTs, ts - LIVED_MS);
    while (at + SECOND_MS <= ts) {
      at += SECOND_MS;
      this.#second(epochMs(at));
    }
    this.#actedTs = at;
  }

  view(issue: AbroadIssue): OverseasView | undefined {
    return this.#exchanges.get(issue.exchange)?.issue(issue.symbol);
  }

  /** Previous close, scaled. */
  base(issue: AbroadIssue): number {
    return this.#bases.get(issue.symbol) ?? issue.basePrice;
  }

  /** Last price, the base where nothing was traded. */
  last(issue: AbroadIssue): number {
    const last = this.view(issue)?.last ?? 0;
    return last > 0 ? last : this.base(issue);
  }

  depth(issue: AbroadIssue, side: 'buy' | 'sell'): readonly DepthLevel[] {
    return this.#exchanges.get(issue.exchange)?.depth({ code: issue.symbol, side, levels: 10 }) ?? [];
  }

  trades(issue: AbroadIssue): readonly AbroadTrade[] {
    return this.#seats.get(issue.symbol)?.trades ?? [];
  }

  bars(issue: AbroadIssue): readonly AbroadBar[] {
    return this.#seats.get(issue.symbol)?.bars ?? [];
  }

  /** Value traded today, scaled. */
  value(issue: AbroadIssue): number {
    return this.#seats.get(issue.symbol)?.value ?? 0;
  }

  cash() {
    return this.ledger.cash(ACCOUNT, this.facts.currency);
  }

  holdings() {
    return this.ledger.holdings(ACCOUNT);
  }

  openOrders(): readonly AbroadOrder[] {
    return this.orders.filter(({ status }) => status === 'open');
  }

  /** A new order; a code of the exchange or the firm where it is refused. */
  submit(
    wish: Pick<AbroadOrder, 'issue' | 'side' | 'orderCode' | 'price' | 'quantity'>,
    at: EpochMs,
  ): { readonly order: AbroadOrder } | { readonly reason: string } {
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

  replace(
    original: AbroadOrder,
    price: number,
    at: EpochMs,
  ): { readonly order: AbroadOrder } | { readonly reason: string } {
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

  cancel(order: AbroadOrder): string | null {
    const exchange = this.#exchanges.get(order.issue.exchange);
    const found = [...this.#byNo].find(([, each]) => each === order);
    if (!exchange || !found || order.status !== 'open') return 'UNKNOWN_ORDER';
    const gone = exchange.cancel(CUSTOMER, Number(found[0].split(' ')[1]));
    return 'reason' in gone ? gone.reason : null;
  }

  #newOrder(
    wish: Pick<AbroadOrder, 'issue' | 'side' | 'orderCode' | 'price' | 'quantity' | 'original'>,
    at: EpochMs,
  ): AbroadOrder {
    this.#numbers += 1;
    const no = `${NUMBER_HEADS[this.facts.market] ?? '003'}${String(this.#numbers).padStart(7, '0')}`;
    const date = this.date as SessionDate;
    const order: AbroadOrder = { ...wish, no, ts: at, date, filledQty: 0, traded: 0, charges: 0, status: 'open' };
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
    if (!overseasSession(this.lead, date).open) return;
    for (const code of this.facts.exchanges as readonly OverseasExchangeCode[]) {
      const issues = this.issues.filter(({ exchange }) => exchange === code);
      const listed = issues.map((issue) => ({
        code: issue.symbol,
        basePrice: this.base(issue),
        ...(issue.segment === undefined ? {} : { segment: issue.segment }),
        ...(issue.lot === undefined ? {} : { lotSize: issue.lot }),
      }));
      const exchange = new OverseasExchange({ exchange: code, date, issues: listed }, (event) =>
        this.#hear(code, event),
      );
      this.#exchanges.set(code, exchange);
      for (const issue of issues) {
        const rng = Rng.from(this.#seed, `${this.facts.market.toLowerCase()}/${date}/${issue.symbol}`);
        const people = new AbroadPeople(exchange, issue, { rng, fair: this.base(issue) });
        this.#seats.set(issue.symbol, { issue, people, trades: [], bars: [], value: 0 });
      }
    }
  }

  #second(at: EpochMs): void {
    for (const exchange of this.#exchanges.values()) exchange.advanceTo(at);
    if (!isContinuous(this.phase)) return;
    for (const seat of this.#seats.values()) seat.people.act();
  }

  #hear(code: OverseasExchangeCode, event: OverseasEvent): void {
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

  #end(key: string, status: AbroadOrder['status']): void {
    const order = this.#byNo.get(key);
    if (order) order.status = status;
    this.#byNo.delete(key);
  }

  #traded({ code, price, quantity, ts, aggressor: side }: Extract<OverseasEvent, { kind: 'trade' }>): void {
    const seat = this.#seats.get(code);
    if (!seat) return;
    const volume = (seat.trades.at(-1)?.volume ?? 0) + quantity;
    const trade: AbroadTrade = { ts, price, quantity, side, volume };
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
    order.charges += this.ledger.fill(order.no, { price, quantity }).charges;
    order.filledQty += quantity;
    order.traded += price * quantity;
    if (order.filledQty === order.quantity) this.#end(key, 'filled');
    this.#listener.noticed({ kind: 'fill', order, price, quantity }, ts);
  }
}
