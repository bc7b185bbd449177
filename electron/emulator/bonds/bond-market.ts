/** The bond market of the offline KIS: a book of five levels a side around a price that wanders, and the customer's orders in it. */
import { bondHours, productCharges } from '#shared/market/index.ts';
import { bondId } from '#shared/domain/index.ts';
import { Rng } from '#shared/rng/index.ts';
import {
  epochMs,
  kstDate,
  SECOND_MS,
  type EpochMs,
  type SessionDate,
  type TradingCalendar,
} from '#shared/time/index.ts';
import { BOND_ISSUES, type BondIssue } from './bond-issues.ts';
import type { BondDay, BondLevel, BondListener, BondLot, BondOrder, BondTrade } from './bond-terms.ts';

/** One won of the price. */
export const TICK = 100;
const LEVELS = 5;
/** Limits of the day: 30 % of the base price, as the broker's sample shows them. @source samples domestic-bond.inquire-price */
const LIMIT_PERCENT = 30;
/** After a long leap of the clock only so much is lived through. */
const LIVED_MS = 120 * SECOND_MS;
const KEPT_TRADES = 200;
const TAKES_CHANCE = 0.15;
const MOVES_CHANCE = 0.3;

interface Seat {
  readonly issue: BondIssue;
  rng: Rng;
  /** Best bid of the others; the best ask is a tick above. */
  fair: number;
  bids: BondLevel[];
  asks: BondLevel[];
  readonly trades: BondTrade[];
  readonly day: BondDay;
}

/** Won of face amount that a unit of quantity stands for. */
const FACE_KRW = 1_000;

export class BondMarket {
  readonly orders: BondOrder[] = [];
  readonly lots: BondLot[] = [];
  readonly #seats = new Map<string, Seat>();
  readonly #seed: number;
  readonly #calendar: TradingCalendar;
  readonly #listener: BondListener;
  #date: SessionDate | null = null;
  #numbers = 0;
  #actedTs = 0;
  #ts: EpochMs = epochMs(0);
  /** false: nobody asked about it yet, so nobody needs to live through its days. */
  #awake = false;
  /** Won paid for bonds so far, charges included, less what came in by sales. */
  paid = 0;

  constructor(parts: { readonly seed: number; readonly calendar: TradingCalendar; readonly listener: BondListener }) {
    this.#seed = parts.seed;
    this.#calendar = parts.calendar;
    this.#listener = parts.listener;
  }

  /** Somebody asks about the market: from now on its days are lived through. */
  wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    this.advanceTo(this.#ts);
  }

  get isOpen(): boolean {
    const hours = this.#date && bondHours(this.#calendar, this.#date);
    return hours !== null && hours.startTs <= this.#ts && this.#ts < hours.endTs;
  }

  /** The date of the day under way or over; null before the first. */
  get date(): SessionDate | null {
    return this.#date;
  }

  /** Brings the market to the server's clock. */
  advanceTo(ts: EpochMs): void {
    this.#ts = ts;
    if (!this.#awake || ts === 0) return;
    const date = kstDate(ts);
    if (date !== this.#date) this.#open(date);
    const hours = bondHours(this.#calendar, date);
    if (hours === null) return;
    const until = Math.min(ts, hours.endTs);
    let at = Math.max(this.#actedTs, hours.startTs, until - LIVED_MS);
    while (at + SECOND_MS <= until) {
      at += SECOND_MS;
      for (const seat of this.#seats.values()) this.#second(seat, epochMs(at));
    }
    this.#actedTs = at;
    if (ts >= hours.endTs) this.#expire();
  }

  day(issue: BondIssue): BondDay {
    return this.#seat(issue).day;
  }

  /** Last price, the base where nothing was traded. */
  last(issue: BondIssue): number {
    const { last, base } = this.day(issue);
    return last > 0 ? last : base;
  }

  limits(issue: BondIssue): { readonly upper: number; readonly lower: number } {
    const { base } = this.day(issue);
    const span = Math.floor((base * LIMIT_PERCENT) / 100 / TICK) * TICK;
    return { upper: base + span, lower: Math.max(TICK, base - span) };
  }

  /** Five levels with the customer's own orders in them, best first; none while the market is shut. */
  depth(issue: BondIssue, side: 'buy' | 'sell'): readonly Readonly<BondLevel>[] {
    const seat = this.#seat(issue);
    const sums = new Map<number, number>();
    for (const { price, qty } of side === 'buy' ? seat.bids : seat.asks) sums.set(price, (sums.get(price) ?? 0) + qty);
    for (const order of this.#own(issue, side))
      sums.set(order.price, (sums.get(order.price) ?? 0) + order.quantity - order.filledQty);
    const levels = [...sums].map(([price, qty]) => ({ price, qty })).filter(({ qty }) => qty > 0);
    return levels.sort((a, b) => (side === 'buy' ? b.price - a.price : a.price - b.price)).slice(0, LEVELS);
  }

  trades(issue: BondIssue): readonly BondTrade[] {
    return this.#seat(issue).trades;
  }

  openOrders(): readonly BondOrder[] {
    return this.orders.filter(({ status }) => status === 'open');
  }

  /** Won held back by open purchases. */
  get reserved(): number {
    return this.openOrders()
      .filter(({ side }) => side === 'buy')
      .reduce((sum, order) => sum + this.#cost(order.issue, order.price, order.quantity - order.filledQty), 0);
  }

  /** What of a purchase no open sale speaks for. */
  sellable(lot: BondLot): number {
    const spoken = this.openOrders()
      .filter((order) => order.lot === lot)
      .reduce((sum, order) => sum + order.quantity - order.filledQty, 0);
    return lot.quantity - spoken;
  }

  /** Won that a purchase costs with its charges. */
  #cost(issue: BondIssue, price: number, quantity: number): number {
    const amount = Math.floor((price * quantity) / 1_000);
    const date = this.#date ?? kstDate(this.#ts);
    return amount + productCharges(bondId(issue.code), { side: 'buy', amount, date }).commission;
  }

  /** A new order, or a reason of the exchange or the firm. `power`: won that may be used. */
  submit(
    wish: Pick<BondOrder, 'issue' | 'side' | 'price' | 'quantity' | 'lot'>,
    how: { readonly power: number; readonly original?: string },
  ): { readonly order: BondOrder } | { readonly reason: string } {
    const { issue, side, price, quantity } = wish;
    if (!this.isOpen || this.#date === null) return { reason: 'SESSION' };
    if (price % TICK !== 0) return { reason: 'TICK' };
    const { upper, lower } = this.limits(issue);
    if (price > upper || price < lower) return { reason: 'LIMIT' };
    if (side === 'buy' && this.#cost(issue, price, quantity) > how.power) return { reason: 'CASH' };
    if (side === 'sell' && this.#sellable(wish) < quantity) return { reason: 'SELLABLE' };
    this.#numbers += 1;
    const no = `005${String(this.#numbers).padStart(7, '0')}`;
    const { original = '' } = how;
    const facts = { no, original, ts: this.#ts, date: this.#date, filledQty: 0, traded: 0, status: 'open' } as const;
    const order: BondOrder = { ...wish, ...facts };
    this.orders.push(order);
    this.#match(this.#seat(issue), order, this.#ts);
    return { order };
  }

  #sellable({ issue, lot }: Pick<BondOrder, 'issue' | 'lot'>): number {
    if (lot) return this.sellable(lot);
    const free = this.openOrders().filter((order) => order.issue === issue && order.side === 'sell' && !order.lot);
    const own = this.lots.filter((each) => each.issue === issue);
    const spoken = free.reduce((sum, order) => sum + order.quantity - order.filledQty, 0);
    return own.reduce((sum, each) => sum + this.sellable(each), 0) - spoken;
  }

  /** Moves the whole rest of an order to another price; the old number ends. */
  replace(
    original: BondOrder,
    price: number,
    power: number,
  ): { readonly order: BondOrder } | { readonly reason: string } {
    if (original.status !== 'open') return { reason: 'UNKNOWN_ORDER' };
    const { issue, side, lot } = original;
    const quantity = original.quantity - original.filledQty;
    original.status = 'replaced';
    const back = side === 'buy' ? this.#cost(issue, original.price, quantity) : 0;
    const sent = this.submit({ issue, side, price, quantity, lot }, { power: power + back, original: original.no });
    if ('reason' in sent) original.status = 'open';
    return sent;
  }

  cancel(order: BondOrder): string | null {
    if (order.status !== 'open') return 'UNKNOWN_ORDER';
    order.status = 'canceled';
    return null;
  }

  /** A price as the server writes it: "10265.00". */
  text(price: number): string {
    return (price / TICK).toFixed(2);
  }

  #seat(issue: BondIssue): Seat {
    this.wake();
    let seat = this.#seats.get(issue.code);
    if (!seat) {
      const day = { base: issue.basePrice, last: 0, open: 0, high: 0, low: 0, volume: 0 };
      const rng = Rng.from(this.#seed, `bond/${this.#date ?? ''}/${issue.code}`);
      seat = { issue, rng, fair: issue.basePrice, bids: [], asks: [], trades: [], day };
      this.#seats.set(issue.code, seat);
    }
    return seat;
  }

  #open(date: SessionDate): void {
    this.#expire();
    this.#date = date;
    this.#actedTs = 0;
    this.#redeem(date);
    for (const issue of BOND_ISSUES) {
      const seat = this.#seat(issue);
      const base = seat.day.last > 0 ? seat.day.last : seat.day.base;
      Object.assign(seat.day, { base, last: 0, open: 0, high: 0, low: 0, volume: 0 });
      Object.assign(seat, { rng: Rng.from(this.#seed, `bond/${date}/${issue.code}`), fair: base, bids: [], asks: [] });
      seat.trades.length = 0;
    }
  }

  /** On its maturity a bond is paid back at its face amount, without interest, and is held no more. */
  #redeem(date: SessionDate): void {
    for (const lot of this.lots.filter(({ issue }) => issue.maturity <= date)) {
      this.paid -= lot.quantity * FACE_KRW;
      this.lots.splice(this.lots.indexOf(lot), 1);
    }
  }

  #expire(): void {
    for (const order of this.openOrders()) order.status = 'expired';
    for (const seat of this.#seats.values()) Object.assign(seat, { bids: [], asks: [] });
  }

  /** One second in the life of a bond: the others quote anew, and now and then one of them takes. */
  #second(seat: Seat, at: EpochMs): void {
    const { rng, issue } = seat;
    const { upper, lower } = this.limits(issue);
    if (rng.chance(MOVES_CHANCE)) seat.fair += rng.chance(0.5) ? TICK : -TICK;
    seat.fair = Math.min(upper - LEVELS * TICK, Math.max(lower + LEVELS * TICK, seat.fair));
    const quote = (price: number): BondLevel => ({ price, qty: issue.usual + rng.int(issue.usual * 3) });
    seat.bids = Array.from({ length: LEVELS }, (_, place) => quote(seat.fair - place * TICK));
    seat.asks = Array.from({ length: LEVELS }, (_, place) => quote(seat.fair + (place + 1) * TICK));
    for (const order of this.#own(issue, 'buy')) this.#match(seat, order, at);
    for (const order of this.#own(issue, 'sell')) this.#match(seat, order, at);
    if (rng.chance(TAKES_CHANCE)) this.#take(seat, at);
  }

  /** Open orders of the customer on a side, best and oldest first. */
  #own(issue: BondIssue, side: 'buy' | 'sell'): readonly BondOrder[] {
    const own = this.openOrders().filter((order) => order.issue === issue && order.side === side);
    return [...own].sort((a, b) => (side === 'buy' ? b.price - a.price : a.price - b.price));
  }

  /** What of an order the others' levels take now; it pays their prices. */
  #match(seat: Seat, order: BondOrder, at: EpochMs): void {
    const levels = order.side === 'buy' ? seat.asks : seat.bids;
    for (const level of levels) {
      const rest = order.quantity - order.filledQty;
      const reaches = order.side === 'buy' ? level.price <= order.price : level.price >= order.price;
      if (rest === 0 || !reaches) return;
      const quantity = Math.min(rest, level.qty);
      if (quantity === 0) continue;
      level.qty -= quantity;
      this.#fill(order, level.price, quantity);
      this.#traded(seat, { ts: at, price: level.price, quantity });
    }
  }

  /** One of the others takes the best price, the customer's own order first where it is as good. */
  #take(seat: Seat, at: EpochMs): void {
    const side = seat.rng.chance(0.5) ? 'buy' : 'sell';
    const quantity = 1 + seat.rng.int(seat.issue.usual);
    const [own] = this.#own(seat.issue, side);
    const level = (side === 'buy' ? seat.bids : seat.asks)[0];
    const isOwn = own && (!level || (side === 'buy' ? own.price >= level.price : own.price <= level.price));
    if (isOwn) {
      const taken = Math.min(quantity, own.quantity - own.filledQty);
      this.#fill(own, own.price, taken);
      this.#traded(seat, { ts: at, price: own.price, quantity: taken });
    } else if (level && level.qty > 0) {
      const taken = Math.min(quantity, level.qty);
      level.qty -= taken;
      this.#traded(seat, { ts: at, price: level.price, quantity: taken });
    }
  }

  #traded(seat: Seat, trade: BondTrade): void {
    const { day, trades } = seat;
    day.last = trade.price;
    day.open = day.open || trade.price;
    day.high = Math.max(day.high, trade.price);
    day.low = day.low === 0 ? trade.price : Math.min(day.low, trade.price);
    day.volume += trade.quantity;
    trades.push(trade);
    if (trades.length > KEPT_TRADES * 2) trades.splice(0, KEPT_TRADES);
    this.#listener.traded(seat.issue, trade);
  }

  #fill(order: BondOrder, price: number, quantity: number): void {
    const before = Math.floor(order.traded / 1_000);
    order.filledQty += quantity;
    order.traded += price * quantity;
    if (order.filledQty === order.quantity) order.status = 'filled';
    const amount = Math.floor(order.traded / 1_000) - before;
    const { issue, side, date } = order;
    const { commission } = productCharges(bondId(issue.code), { side, amount, date });
    if (side === 'buy') this.#bought(order, quantity, amount);
    else this.#sold(order, quantity);
    this.paid += side === 'buy' ? amount + commission : commission - amount;
  }

  /** Every order that bought is a purchase of its own. */
  #bought({ no, issue, date }: BondOrder, quantity: number, amount: number): void {
    const lotNo = Number(no.slice(3));
    const lot = this.lots.find((each) => each.issue === issue && each.date === date && each.no === lotNo);
    if (lot) {
      lot.quantity += quantity;
      lot.paid += amount;
    } else this.lots.push({ issue, date, no: lotNo, quantity, paid: amount });
  }

  #sold({ issue, lot }: BondOrder, quantity: number): void {
    let left = quantity;
    for (const each of lot ? [lot] : this.lots.filter((own) => own.issue === issue)) {
      const taken = Math.min(left, each.quantity);
      each.paid -= each.quantity === 0 ? 0 : Math.floor((each.paid * taken) / each.quantity);
      each.quantity -= taken;
      left -= taken;
    }
    for (let place = this.lots.length - 1; place >= 0; place -= 1)
      if (this.lots[place]?.quantity === 0) this.lots.splice(place, 1);
  }
}
