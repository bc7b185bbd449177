/** The simulated exchange of one day: a KRX and, where it is traded there, an NXT board of every listed issue. */
import type { Market, MarketState, Side, VenueName } from '../domain/index.ts';
import { AppError, assert } from '../errors/index.ts';
import { epochMs, isAuction, type EpochMs, type Phase, type SessionDate } from '../time/index.ts';
import { auctionOutcome } from './book/auction.ts';
import type { Board } from './floor/board.ts';
import { BoardPhases } from './floor/board-phases.ts';
import { Breakers } from './floor/breakers.ts';
import { DayClock } from './floor/day-clock.ts';
import { loadExchange, saveExchange, type ExchangeSnapshot, type Kept } from './floor/exchange-snapshot.ts';
import { Floor } from './floor/floor.ts';
import { Halts } from './floor/halts.ts';
import { Intake } from './floor/intake.ts';
import type { IssueState } from './floor/issue-state.ts';
import { Matcher } from './floor/matcher.ts';
import { timeOf, typeOf } from './book/order-form.ts';
import { BUY, SELL, type SideCode } from './book/order-pool.ts';
import { OrderRules } from './floor/order-types.ts';
import { Router } from './floor/router.ts';
import type { DaySchedule } from './sessions.ts';
import { Sidecars, type FuturesMove } from './floor/sidecar.ts';
import type {
  BoardLook,
  CancelResult,
  DepthLevel,
  ExchangeOptions,
  ExchangeSink,
  IssueView,
  OpenOrder,
  OrderChange,
  OrderEntry,
  SubmitResult,
} from './types.ts';

/**
 * Views (`issue`, `depth`, `order` …) may be read from inside the sink; commands may not be given there. A sink that
 * throws leaves the exchange unusable. `venue` is KRX where none is named.
 */
export class Exchange {
  /** Codes of the listed issues in listing order. */
  readonly codes: readonly string[];
  readonly #floor: Floor;
  readonly #clock: DayClock;
  readonly #intake: Intake;
  readonly #halts: Halts;
  readonly #breakers: Breakers;
  readonly #sidecars: Sidecars;
  #busy = false;

  constructor(options: ExchangeOptions, sink: ExchangeSink) {
    const floor = new Floor(options, sink);
    const matcher = new Matcher(floor);
    const phases = new BoardPhases(floor, matcher);
    const rules = new OrderRules(floor);
    const markets = [...new Set(options.issues.map((issue) => issue.market))];
    const router = new Router(floor, rules, matcher);
    this.codes = floor.issues.map((issue) => issue.code);
    this.#floor = floor;
    const halts = new Halts(floor, phases);
    const breakers = new Breakers(floor, halts, markets);
    const sidecars = new Sidecars(floor, markets);
    const intake = new Intake({ floor, rules, matcher, router, sidecars });
    this.#halts = halts;
    this.#breakers = breakers;
    this.#sidecars = sidecars;
    this.#intake = intake;
    this.#clock = new DayClock({ floor, phases, matcher, intake, halts, breakers, sidecars });
    this.#clock.start();
  }

  /** An exchange that continues exactly where the snapshot was taken: the same inputs give the same events. */
  static restore(snapshot: ExchangeSnapshot, sink: ExchangeSink): Exchange {
    const exchange = new Exchange(snapshot.options, sink);
    loadExchange(snapshot, exchange.#kept());
    return exchange;
  }

  get date(): SessionDate {
    return this.#floor.options.date;
  }

  /** Hours of KRX. */
  get schedule(): DaySchedule {
    return this.#floor.days.KRX.schedule;
  }

  /** Hours of NXT; undefined where it does not take part. */
  get nxtSchedule(): DaySchedule | undefined {
    return this.#floor.days.NXT?.schedule;
  }

  /** The exchange's clock: starts at the first part's start. */
  get now(): EpochMs {
    return this.#floor.now;
  }

  /** Events so far; equals the `seq` of the last. */
  get events(): number {
    return this.#floor.events.seq;
  }

  /** 16 hex digits over every event's integers. */
  hash(): string {
    return this.#floor.events.hash;
  }

  /** The part of a venue's day. */
  phaseOf(venue: VenueName): Phase {
    return this.#floor.days[venue]?.phase ?? 'closed';
  }

  /** The phase of one issue, which may go its own way; closed where it is not traded. */
  phase(code: string, venue: VenueName = 'KRX'): Phase {
    return this.#floor.boardOf(this.#issue(code), venue)?.phase ?? 'closed';
  }

  /** The next scheduled change (an auction's true end may be up to 30 s later and is not told); null after the last. */
  next(venue: VenueName = 'KRX'): { readonly phase: Phase; readonly ts: EpochMs } | null {
    return this.#floor.days[venue]?.next ?? null;
  }

  /** Moves the clock, doing everything that is due on the way. Throws RangeError if ts < now. */
  advanceTo(ts: EpochMs): void {
    if (ts < this.now) throw new RangeError(`the clock stands at ${this.now} and cannot go back to ${ts}`);
    this.#enter();
    const { agenda, events } = this.#floor;
    while (agenda.nextTs <= ts) {
      const timer = agenda.take();
      if (!timer) break;
      if (timer.ts > events.now) events.now = epochMs(timer.ts);
      this.#clock.fire(timer);
    }
    events.now = ts;
    this.#busy = false;
  }

  /** Changes a venue's phase by hand, with what belongs to leaving the old one; its schedule no longer counts after that. */
  setPhase(phase: Phase, venue: VenueName = 'KRX'): void {
    this.#enter();
    this.#clock.setPhase(venue, phase);
    this.#busy = false;
  }

  /** Takes an order or refuses it. */
  submit(entry: OrderEntry): SubmitResult {
    this.#enter();
    const { owner } = entry;
    if (owner !== (owner | 0) || owner < 0) throw new RangeError(`owner ${owner}`);
    const issue = this.#floor.issueOf(entry.code);
    const result = issue ? this.#intake.submit(issue, entry) : this.#intake.refuse(undefined, entry, 'UNKNOWN_ISSUE');
    this.#busy = false;
    return result;
  }

  /**
   * Changes price or type of an open order, whole or in part, under a new number; the changed part loses its time
   * priority, the other part keeps it.
   */
  replace(owner: number, orderNo: number, change: OrderChange): SubmitResult {
    this.#enter();
    const result = this.#intake.replace(owner, orderNo, change);
    this.#busy = false;
    return result;
  }

  /** Withdraws the whole rest of an order, or so many units of it; allowed during a halt. */
  cancel(owner: number, orderNo: number, quantity?: number): CancelResult {
    this.#enter();
    const result = this.#intake.cancel(owner, orderNo, quantity);
    this.#busy = false;
    return result;
  }

  /** Stops an issue on both venues, by hand or until an instant. Throws AppError INSTRUMENT_UNKNOWN for an unlisted code. */
  halt(order: { readonly code: string; readonly note: string; readonly until?: EpochMs }): void {
    const issue = this.#issue(order.code);
    this.#enter();
    this.#halts.halt(issue, { note: order.note, untilTs: order.until ?? null });
    this.#busy = false;
  }

  /** Lets a halted issue trade again after a call auction. Throws AppError INSTRUMENT_UNKNOWN for an unlisted code. */
  resume(order: { readonly code: string; readonly auctionMs?: number }): void {
    const issue = this.#issue(order.code);
    this.#enter();
    this.#halts.resume(issue, order.auctionMs, this.#breakers.haltOf(issue.listed.market));
    this.#busy = false;
  }

  /** Tells a market's index: its change from the previous close in parts per million. Listed prices no longer count for it. */
  setIndex(index: { readonly market: Market; readonly changePpm: number }): void {
    this.#enter();
    this.#breakers.setIndex(index.market, index.changePpm);
    this.#busy = false;
  }

  /** Tells the nearest index futures' change from their base, parts per million: what a sidecar is judged by. */
  setFutures(move: FuturesMove): void {
    this.#enter();
    this.#sidecars.setFutures(move);
    this.#busy = false;
  }

  /** Change of the nearest index futures of a market as last told, ppm; null where none are watched. */
  futures(market: Market): number | null {
    return this.#sidecars.futuresOf(market);
  }

  /** Each market with listed issues: its index, breaker and sidecar. */
  markets(): MarketState[] {
    return this.#breakers.states.map((state): MarketState => {
      const sidecar = this.#sidecars.stateOf(state.market);
      return {
        market: state.market,
        indexChangePpm: this.#breakers.changePpm(state),
        breaker: state.level === 0 ? null : { level: state.level, untilTs: state.haltUntilTs || null },
        breakersUsed: state.used.map(({ level }) => level),
        sidecar: sidecar?.side ? { side: sidecar.side, untilTs: sidecar.untilTs } : null,
      };
    });
  }

  has(code: string, venue: VenueName = 'KRX'): boolean {
    const issue = this.#floor.issueOf(code);
    return issue !== undefined && this.#floor.boardOf(issue, venue) !== undefined;
  }

  /** A copy of the issue's figures now. Throws AppError INSTRUMENT_UNKNOWN for an issue that is not traded there. */
  issue(code: string, venue: VenueName = 'KRX'): IssueView {
    return this.#board(code, venue).view();
  }

  /** Limit levels, best first; at most `levels`. Mid-price and stop orders are not seen. */
  depth(at: {
    readonly code: string;
    readonly side: Side;
    readonly levels: number;
    readonly venue?: VenueName;
  }): DepthLevel[] {
    return this.#board(at.code, at.venue ?? 'KRX').depth(sideCode(at.side), at.levels);
  }

  /** All open units of a side that are seen, market orders included. */
  totalQty(code: string, side: Side, venue: VenueName = 'KRX'): number {
    return this.#board(code, venue).totalQuantity(sideCode(side));
  }

  /** Indicative auction price and quantity; null outside auctions or where nothing would match. */
  expected(code: string, venue: VenueName = 'KRX'): DepthLevel | null {
    const board = this.#board(code, venue);
    if (!isAuction(board.phase)) return null;
    const outcome = auctionOutcome(board.book, board.reference, board.tieBreak);
    return outcome && { price: outcome.price, qty: outcome.quantity };
  }

  /** An open order; undefined once it has ended. */
  order(orderNo: number): OpenOrder | undefined {
    const slot = this.#floor.pool.slotOf(orderNo);
    return slot < 0 ? undefined : this.#openOrder(slot);
  }

  /** Whether an order is open: what `order` tells, without making an object of it. */
  isOpen(orderNo: number): boolean {
    return this.#floor.pool.slotOf(orderNo) >= 0;
  }

  /** An issue on a venue, to be looked at again and again without asking for it by code; undefined where it is not traded. */
  look(code: string, venue: VenueName = 'KRX'): BoardLook | undefined {
    const issue = this.#floor.issueOf(code);
    return issue && this.#floor.boardOf(issue, venue);
  }

  /** Open orders of an owner by order number. */
  openOrders(owner: number): OpenOrder[] {
    const { pool } = this.#floor;
    const out: OpenOrder[] = [];
    for (let slot = 0; slot < pool.extent; slot += 1) {
      if (pool.orderNo[slot] !== 0 && pool.owner[slot] === owner) out.push(this.#openOrder(slot));
    }
    return out.sort((a, b) => a.orderNo - b.orderNo);
  }

  /** Plain data to continue from. */
  snapshot(): ExchangeSnapshot {
    return saveExchange(this.#kept());
  }

  #kept(): Kept {
    return { floor: this.#floor, breakers: this.#breakers, sidecars: this.#sidecars };
  }

  #enter(): void {
    assert(!this.#busy, 'a command was given to the exchange from inside its own event');
    this.#busy = true;
  }

  #issue(code: string): IssueState {
    const issue = this.#floor.issueOf(code);
    if (!issue) throw new AppError('INSTRUMENT_UNKNOWN', { code });
    return issue;
  }

  #board(code: string, venue: VenueName): Board {
    const board = this.#floor.boardOf(this.#issue(code), venue);
    if (!board) throw new AppError('INSTRUMENT_UNKNOWN', { code });
    return board;
  }

  #openOrder(slot: number): OpenOrder {
    const { pool } = this.#floor;
    const board = this.#floor.boardAt(pool.issue[slot] as number);
    const form = pool.form[slot] as number;
    return {
      orderNo: pool.orderNo[slot] as number,
      owner: pool.owner[slot] as number,
      code: board.code,
      venue: board.venue,
      side: pool.side[slot] === BUY ? 'buy' : 'sell',
      type: typeOf(form),
      timeInForce: timeOf(form),
      price: pool.price[slot] as number,
      stopPrice: pool.stop[slot] as number,
      quantity: pool.quantity[slot] as number,
      openQty: pool.open[slot] as number,
    };
  }
}

function sideCode(side: Side): SideCode {
  return side === 'buy' ? BUY : SELL;
}
