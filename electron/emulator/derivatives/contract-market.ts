/** The market of futures and options at the offline KIS: its days and nights on the server's clock, its people, the customer's orders. */
import {
  derivativeKindRefusal,
  derivativePhase,
  DERIVATIVE_CODES,
  nightAt,
  nightSession,
  productTicks,
  roundToTick,
  tickAt,
  tradesAtNight,
  valueOf,
} from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import {
  isAuction,
  isContinuous,
  kstDate,
  SECOND_MS,
  type EpochMs,
  type Phase,
  type SessionDate,
  type TradingCalendar,
} from '#shared/time/index.ts';
import { ContractAccount } from './contract-account.ts';
import type { BookOrder, Match } from './contract-book.ts';
import { contractId, listedContracts, type ListedContract } from './contract-listing.ts';
import { ContractMoney } from './contract-money.ts';
import { fairPrice } from './contract-prices.ts';
import { minuteOf, seatFor } from './contract-seats.ts';
import type { ContractListener, ContractOrder, Seat } from './contract-terms.ts';

/** After a long leap of the clock only so much is lived through by the people. */
const LIVED_MS = 120 * SECOND_MS;
const LEVELS = 5;
const KEPT_TRADES = 400;
const TAKES_CHANCE = 0.35;

/** Value of the KOSPI 200 or a share now and at its previous close; 1/100. */
export type SpotOf = (contract: ListedContract) => { readonly now: number; readonly base: number };

export class ContractMarket {
  readonly account: ContractAccount;
  readonly money: ContractMoney;
  readonly orders: ContractOrder[] = [];
  readonly #parts: {
    readonly seed: number;
    readonly calendar: TradingCalendar;
    readonly hasNights: boolean;
    readonly spotOf: SpotOf;
    readonly listener: ContractListener;
  };
  readonly #seats = new Map<string, Seat>();
  /** As the day or the night before this part left them: who asks for its figures is told them. */
  #before: ReadonlyMap<string, Seat> = new Map();
  #awake = false;
  #ts: EpochMs | null = null;
  #actedTs = 0;
  #lastSecond = 0;
  #date: SessionDate | null = null;
  #night = false;
  /** Order numbers of a day and of a night: both count from the start. */
  readonly #numbers = { day: 0, night: 0 };

  constructor(parts: {
    readonly seed: number;
    readonly calendar: TradingCalendar;
    /** Paper trades no nights. */
    readonly hasNights: boolean;
    readonly cashKrw: number;
    readonly spotOf: SpotOf;
    readonly listener: ContractListener;
  }) {
    this.#parts = parts;
    this.account = new ContractAccount(parts.cashKrw);
    this.money = new ContractMoney(this);
  }

  get date(): SessionDate | null {
    return this.#date;
  }

  /** true: what goes on now is a night. */
  get isNight(): boolean {
    return this.#night;
  }

  seat(code: string): Seat | undefined {
    return this.#seats.get(code);
  }

  /** A contract in the night or in the day: the one that goes on, or as the other was left. */
  seatOf(code: string, night: boolean): Seat | undefined {
    return night === this.#night ? this.#seats.get(code) : (this.#before.get(code) ?? this.#seats.get(code));
  }

  seats(): readonly Seat[] {
    return [...this.#seats.values()];
  }

  /** Somebody asks about the market: from now on its days are lived through. */
  wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    if (this.#ts !== null) this.advanceTo(this.#ts);
  }

  phaseOf(contract: ListedContract): Phase {
    return this.#ts === null ? 'closed' : this.#phaseAt(this.#ts, contract);
  }

  price(contract: ListedContract): number {
    const seat = this.#seats.get(contract.code);
    return seat === undefined ? 0 : seat.last > 0 ? seat.last : seat.base;
  }

  spot(contract: ListedContract): number {
    return this.#parts.spotOf(contract).now;
  }

  /** What it is on, now and at the previous close; 1/100. */
  spots(contract: ListedContract): ReturnType<SpotOf> {
    return this.#parts.spotOf(contract);
  }

  /** Brings the market to the server's clock. */
  advanceTo(ts: EpochMs): void {
    this.#ts = ts;
    if (!this.#awake || Math.floor(ts / SECOND_MS) === this.#lastSecond) return;
    this.#lastSecond = Math.floor(ts / SECOND_MS);
    const { calendar, hasNights } = this.#parts;
    const night = hasNights && nightAt(calendar, ts) !== null;
    const date = hasNights ? nightSession(calendar, ts) : kstDate(ts);
    if (date !== this.#date || night !== this.#night) this.#open(date, night);
    if (this.#actedTs > 0 && ts - this.#actedTs > LIVED_MS) this.#leap((ts - LIVED_MS) as EpochMs);
    let at = Math.max(this.#actedTs, ts - LIVED_MS);
    while (at + SECOND_MS <= ts) {
      at += SECOND_MS;
      this.#second(at as EpochMs);
    }
    this.#actedTs = at;
  }

  /** A new order; a reason of the exchange or the firm where it is refused. */
  submit(
    wish: Pick<ContractOrder, 'contract' | 'side' | 'kindCode' | 'price' | 'quantity' | 'night'>,
    at: EpochMs,
  ): { readonly order: ContractOrder } | { readonly reason: string } {
    const { contract, side, kindCode, price, quantity, night } = wish;
    const row = DERIVATIVE_CODES.find(({ code }) => code === kindCode);
    const seat = this.#seats.get(contract.code);
    if (!row || !seat) return { reason: row ? 'UNKNOWN_ISSUE' : 'TYPE' };
    const session = night ? 'night' : 'regular';
    const refusal = derivativeKindRefusal(row, { phase: this.phaseOf(contract), session });
    if (refusal !== null) return { reason: refusal };
    const priced = row.type === 'limit' || row.type === 'conditionalLimit';
    const reason = priced ? this.#refusePrice(seat, price) : price === 0 ? null : 'PRICE';
    if (reason !== null) return { reason };
    if (quantity > this.money.openable(contract, side, priced ? price : 0) + this.money.closable(contract, side))
      return { reason: 'CASH' };
    const order = this.#enter({ ...wish, original: '' }, at);
    this.#parts.listener.noticed({ kind: 'accepted', order }, at);
    this.#work(seat, order, row.timeInForce, at);
    return { order };
  }

  /** Another price for the whole rest, under a new number. */
  replace(
    before: ContractOrder,
    price: number,
    at: EpochMs,
  ): { readonly order: ContractOrder } | { readonly reason: string } {
    const seat = this.#seats.get(before.contract.code);
    if (!seat || before.status !== 'open') return { reason: 'UNKNOWN_ORDER' };
    if (this.phaseOf(before.contract) === 'closed') return { reason: 'SESSION' };
    const reason = this.#refusePrice(seat, price) ?? (price === before.price ? 'SAME_PRICE' : null);
    if (reason !== null) return { reason };
    const quantity = before.quantity - before.filledQty;
    this.#leave(seat, before, 'replaced');
    const { contract, side, kindCode, night, no: original } = before;
    const order = this.#enter({ contract, side, kindCode, price, quantity, night, original }, at);
    this.#parts.listener.noticed({ kind: 'replaced', order }, at);
    this.#work(seat, order, 'day', at);
    return { order };
  }

  cancel(order: ContractOrder, at: EpochMs): string | null {
    const seat = this.#seats.get(order.contract.code);
    if (!seat || order.status !== 'open') return 'UNKNOWN_ORDER';
    this.#leave(seat, order, 'canceled');
    order.asked = true;
    this.#parts.listener.noticed({ kind: 'canceled', order, quantity: order.quantity - order.filledQty }, at);
    return null;
  }

  #refusePrice(seat: Seat, price: number): string | null {
    const table = productTicks(contractId(seat.contract));
    if (price <= 0 || !Number.isSafeInteger(price) || !table || roundToTick(table, price, 'down') !== price)
      return 'TICK';
    return price > seat.upper || price < seat.lower ? 'LIMIT' : null;
  }

  #enter(
    wish: Pick<ContractOrder, 'contract' | 'side' | 'kindCode' | 'price' | 'quantity' | 'night' | 'original'>,
    at: EpochMs,
  ): ContractOrder {
    const counter = wish.night ? 'night' : 'day';
    this.#numbers[counter] += 1;
    const no = `005${String(this.#numbers[counter]).padStart(7, '0')}`;
    const date = kstDate(at);
    const order: ContractOrder = { ...wish, no, ts: at, date, filledQty: 0, traded: 0, status: 'open', asked: false };
    this.orders.push(order);
    return order;
  }

  /** Lets an order trade, and its rest wait as its kind wants. */
  #work(seat: Seat, order: ContractOrder, force: 'day' | 'ioc' | 'fok' | 'gtp', at: EpochMs): void {
    const row = DERIVATIVE_CODES.find(({ code }) => code === order.kindCode);
    const other = order.side === 'buy' ? 'sell' : 'buy';
    // Best of the other side; without one it waits at the last price.
    const best = row?.type === 'bestOpposite' ? seat.book.best(other) || this.price(seat.contract) : 0;
    const open = order.side === 'buy' ? Infinity : 0;
    const limit = row?.type === 'market' ? open : best > 0 ? best : order.price;
    const coming: BookOrder = { no: Number(order.no), owner: 1, side: order.side, price: limit, left: order.quantity };
    seat.mine.set(coming.no, order);
    if (isContinuous(this.phaseOf(seat.contract))) {
      const fills = force !== 'fok' || seat.book.matchable(coming) >= coming.left;
      if (fills) this.#matched(seat, seat.book.take(coming), at);
    }
    if (coming.left === 0) return;
    const waits = force === 'day' && (row?.type !== 'market' || isAuction(this.phaseOf(seat.contract)));
    if (waits) seat.book.rest(coming);
    else this.#leave(seat, order, 'canceled');
  }

  #leave(seat: Seat, order: ContractOrder, status: ContractOrder['status']): void {
    const no = Number(order.no);
    const resting = seat.book.side(order.side).find((each) => each.owner === 1 && each.no === no);
    if (resting) seat.book.remove(resting);
    seat.mine.delete(no);
    order.status = status;
  }

  /** Another day or night begins; with a session the one before is settled. */
  #open(date: SessionDate, night: boolean): void {
    const ended = this.#date;
    const isNewSession = ended !== null && ended !== date;
    if (ended !== null) for (const order of this.orders) if (order.status === 'open') order.status = 'expired';
    if (isNewSession) {
      this.account.settle(
        ended,
        (each) => this.price(each),
        (each) => this.spot(each),
      );
    }
    // Night and day of a session stand on the same base price.
    const bases = new Map(
      this.seats().map((seat) => [seat.contract.code, isNewSession ? this.price(seat.contract) : seat.base]),
    );
    this.#before = new Map(this.#seats);
    this.#night = night;
    this.#seats.clear();
    this.#date = date;
    this.#actedTs = 0;
    for (const contract of listedContracts(date)) {
      const { base: spot } = this.#parts.spotOf(contract);
      const rng = Rng.from(this.#parts.seed, `contracts/${date}/${night ? 'night/' : ''}${contract.code}`);
      const seat = seatFor(contract, { date, spot, base: bases.get(contract.code), rng });
      if (seat) this.#seats.set(contract.code, seat);
    }
  }

  #phaseAt(ts: EpochMs, contract: ListedContract): Phase {
    const nights = this.#night && tradesAtNight(contractId(contract));
    return derivativePhase(this.#parts.calendar, { at: ts, lastDay: contract.lastDay, nights });
  }

  /** What of the day's bounds lies within a stretch that nobody lives through. */
  #leap(to: EpochMs): void {
    for (const seat of this.#seats.values()) {
      const before = this.#phaseAt(this.#actedTs as EpochMs, seat.contract);
      const after = this.#phaseAt(to, seat.contract);
      if (before === after) continue;
      this.#matched(seat, seat.book.uncross(this.price(seat.contract)), to);
      if (after === 'closed') this.#over(seat);
    }
  }

  #second(at: EpochMs): void {
    for (const seat of this.#seats.values()) {
      const phase = this.#phaseAt(at, seat.contract);
      const before = this.#phaseAt((at - SECOND_MS) as EpochMs, seat.contract);
      if (isAuction(before) && phase !== before) this.#matched(seat, seat.book.uncross(this.price(seat.contract)), at);
      if (phase === 'closed' && before !== 'closed') this.#over(seat);
      if (isContinuous(phase) || isAuction(phase)) this.#people(seat, at, isContinuous(phase));
    }
  }

  #over(seat: Seat): void {
    seat.book.clear(0);
    for (const order of [...seat.mine.values()]) this.#leave(seat, order, 'expired');
  }

  /** A maker who quotes five levels around the fair price, and takers. */
  #people(seat: Seat, at: EpochMs, trades: boolean): void {
    const { rng, book, table, contract } = seat;
    seat.noise = Math.max(-3, Math.min(3, seat.noise + rng.normal() / 4));
    const spot = this.#parts.spotOf(contract).now;
    const fair =
      fairPrice(contract, spot, this.#date as SessionDate) +
      seat.noise * tickAt(table, Math.max(1, this.price(contract)));
    book.clear(0);
    const within = (price: number): number =>
      Math.min(seat.upper, Math.max(seat.lower, Math.max(1, Math.round(price))));
    let bid = roundToTick(table, within(fair), 'down');
    let ask = roundToTick(table, within(bid + 1), 'up');
    for (let level = 0; level < LEVELS; level += 1) {
      this.#quote(seat, { side: 'buy', price: bid }, at, trades);
      if (ask > bid) this.#quote(seat, { side: 'sell', price: ask }, at, trades);
      if (bid - 1 < Math.max(1, seat.lower)) break;
      bid = roundToTick(table, bid - 1, 'down');
      ask = roundToTick(table, Math.min(seat.upper, ask + 1), 'up');
    }
    if (!trades || !rng.chance(TAKES_CHANCE)) return;
    const side = rng.chance(0.5) ? 'buy' : 'sell';
    const price = book.best(side === 'buy' ? 'sell' : 'buy');
    if (price > 0) this.#matched(seat, book.take({ no: 0, owner: 0, side, price, left: 1 + rng.int(4) }), at);
  }

  #quote(seat: Seat, wish: Pick<BookOrder, 'side' | 'price'>, at: EpochMs, trades: boolean): void {
    if (wish.price <= 0) return;
    const order: BookOrder = { no: 0, owner: 0, ...wish, left: 3 + seat.rng.int(30) };
    if (trades) this.#matched(seat, seat.book.take(order), at);
    if (order.left > 0) seat.book.rest(order);
  }

  #matched(seat: Seat, matches: readonly Match[], at: EpochMs): void {
    for (const { price, quantity, buy, sell, aggressor } of matches) {
      seat.last = price;
      if (seat.open === 0) seat.open = seat.high = seat.low = price;
      seat.high = Math.max(seat.high, price);
      seat.low = Math.min(seat.low, price);
      seat.volume += quantity;
      seat.value += valueOf(contractId(seat.contract), price, quantity);
      if (aggressor === 'buy') seat.bought += quantity;
      if (aggressor === 'sell') seat.sold += quantity;
      const trade = {
        ts: at,
        price,
        quantity,
        volume: seat.volume,
        value: seat.value,
        bought: seat.bought,
        sold: seat.sold,
      };
      seat.trades.push(trade);
      if (seat.trades.length > KEPT_TRADES * 2) seat.trades.splice(0, KEPT_TRADES);
      minuteOf(seat, trade);
      this.#parts.listener.traded(seat, trade);
      for (const mine of [buy, sell]) if (mine.owner === 1) this.#filled(seat, mine, { price, quantity }, at);
    }
  }

  #filled(
    seat: Seat,
    resting: BookOrder,
    fill: { readonly price: number; readonly quantity: number },
    at: EpochMs,
  ): void {
    const order = seat.mine.get(resting.no);
    if (!order) return;
    this.account.fill(seat.contract, { side: order.side, before: order.traded, ...fill }, kstDate(at));
    order.filledQty += fill.quantity;
    order.traded += fill.price * fill.quantity;
    if (order.filledQty === order.quantity) {
      order.status = 'filled';
      seat.mine.delete(resting.no);
    }
    this.#parts.listener.noticed({ kind: 'fill', order, ...fill }, at);
  }
}
