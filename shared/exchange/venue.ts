/** The simulated exchange for one day: books, phases and the numbered stream of events. */
import type { Side } from '../domain/index.ts';
import { AppError, assert } from '../errors/index.ts';
import { Rng } from '../rng/index.ts';
import { epochMs, isAuction, type EpochMs, type Phase, type SessionDate } from '../time/index.ts';
import { auctionOutcome, uncross } from './auction.ts';
import { EventStream } from './event-stream.ts';
import { IssueState } from './issue-state.ts';
import { BUY, OrderPool, SELL, type SideCode } from './order-pool.ts';
import { checkOrder, checkPrice, checkSession } from './order-types.ts';
import type { DaySchedule } from './sessions.ts';
import { auctionTape, Taker } from './tape.ts';
import type {
  CancelResult,
  DepthLevel,
  ExchangeSink,
  IssueView,
  OpenOrder,
  OrderEntry,
  RejectCode,
  SubmitResult,
  VenueOptions,
} from './types.ts';
import { loadOrders, saveOrders, type VenueSnapshot } from './venue-snapshot.ts';

/** Owners and order numbers are 32-bit. */
const MAX_NUMBER = 2_147_483_647;

/**
 * Views (`issue`, `depth`, `order` …) may be read from inside the sink; commands may not be given there.
 * A sink that throws leaves the venue unusable.
 */
export class Venue {
  readonly date: SessionDate;
  readonly schedule: DaySchedule;
  /** Codes of the listed issues in listing order. */
  readonly codes: readonly string[];
  readonly #options: VenueOptions;
  readonly #pool: OrderPool;
  readonly #issues: readonly IssueState[];
  readonly #byCode: ReadonlyMap<string, IssueState>;
  readonly #events: EventStream;
  /** True starts of the parts, random ends included. */
  readonly #starts: readonly EpochMs[];
  #phase: Phase;
  #part = 0;
  #manual = false;
  #lastOrderNo = 0;
  #busy = false;
  /** The incoming order of the match under way. */
  readonly #taker: Taker;

  constructor(options: VenueOptions, sink: ExchangeSink) {
    const { date, schedule, issues, quietParticipants = false } = options;
    const first = schedule.parts[0];
    if (!first || schedule.date !== date) throw new RangeError(`schedule of ${schedule.date} for ${date}`);
    this.date = date;
    this.schedule = schedule;
    this.#options = options;
    this.#pool = new OrderPool(options.maxOpenOrders);
    this.#issues = issues.map((issue, place) => new IssueState(issue, place, date, this.#pool));
    this.#byCode = new Map(this.#issues.map((issue) => [issue.code, issue]));
    if (this.#byCode.size !== issues.length) throw new RangeError('an issue is listed twice');
    this.codes = issues.map((issue) => issue.code);
    this.#events = new EventStream({ now: first.startTs, quietParticipants }, sink);
    this.#taker = new Taker(this.#events);
    this.#starts = trueStarts(options);
    this.#phase = first.phase;
  }

  /** A venue that continues exactly where the snapshot was taken: the same inputs give the same events. */
  static restore(snapshot: VenueSnapshot, sink: ExchangeSink): Venue {
    const venue = new Venue(snapshot.options, sink);
    venue.#events.restore(snapshot.events, snapshot.now);
    venue.#phase = snapshot.phase;
    venue.#part = snapshot.part;
    venue.#manual = snapshot.manual;
    venue.#lastOrderNo = snapshot.lastOrderNo;
    for (const issue of venue.#issues) issue.loadFigures(snapshot.figures);
    loadOrders(snapshot.orders, venue.#issues, venue.#pool);
    return venue;
  }

  /** The exchange's clock: starts at the first part's start. */
  get now(): EpochMs {
    return this.#events.now;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The next scheduled change (an auction's true end may be up to 30 s later and is not told); null after the last. */
  get next(): { readonly phase: Phase; readonly ts: EpochMs } | null {
    const part = this.#manual ? undefined : this.schedule.parts[this.#part + 1];
    return part ? { phase: part.phase, ts: part.startTs } : null;
  }

  /** Events so far; equals the `seq` of the last. */
  get events(): number {
    return this.#events.seq;
  }

  /** 16 hex digits over every event's integers. */
  hash(): string {
    return this.#events.hash;
  }

  /** Moves the clock, running every phase change on the way (uncross, expiry). Throws RangeError if ts < now. */
  advanceTo(ts: EpochMs): void {
    if (ts < this.now) throw new RangeError(`the clock stands at ${this.now} and cannot go back to ${ts}`);
    this.#enter();
    while (!this.#manual) {
      const start = this.#starts[this.#part + 1];
      const part = this.schedule.parts[this.#part + 1];
      if (start === undefined || part === undefined || start > ts) break;
      this.#events.now = start;
      this.#part += 1;
      this.#change(part.phase);
    }
    this.#events.now = ts;
    this.#busy = false;
  }

  /** Changes the phase by hand, with what belongs to leaving the old one; the schedule no longer counts after that. */
  setPhase(phase: Phase): void {
    this.#enter();
    this.#manual = true;
    if (phase !== this.#phase) this.#change(phase);
    this.#busy = false;
  }

  /** Takes an order or refuses it. */
  submit(entry: OrderEntry): SubmitResult {
    this.#enter();
    assert(Number.isInteger(entry.owner) && entry.owner >= 0 && entry.owner <= MAX_NUMBER, `owner ${entry.owner}`);
    const issue = this.#byCode.get(entry.code);
    const reason = issue ? this.#checkOrder(entry, issue) : 'UNKNOWN_ISSUE';
    const result =
      issue && reason === null
        ? { orderNo: this.#accept(issue, entry, 0) }
        : this.#refuse(issue, { code: entry.code, orderNo: 0, owner: entry.owner, reason: reason ?? 'UNKNOWN_ISSUE' });
    this.#busy = false;
    return result;
  }

  /**
   * Moves the whole rest to a new price under a new number; time priority is lost. A waiting market order becomes a
   * limit order.
   * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 17
   */
  replace(owner: number, orderNo: number, newPrice: number): SubmitResult {
    this.#enter();
    const slot = this.#slotOf(owner, orderNo);
    const issue = slot < 0 ? undefined : this.#issues[this.#pool.issue[slot] as number];
    const reason = issue ? this.#checkReplace(issue, slot, newPrice) : 'UNKNOWN_ORDER';
    let result: SubmitResult;
    if (issue && reason === null) {
      const entry: OrderEntry = {
        owner,
        code: issue.code,
        side: this.#pool.side[slot] === BUY ? 'buy' : 'sell',
        type: 'limit',
        timeInForce: 'day',
        price: newPrice,
        quantity: this.#pool.open[slot] as number,
      };
      this.#withdraw(issue, slot, 'replaced');
      result = { orderNo: this.#accept(issue, entry, orderNo) };
    } else {
      result = this.#refuse(issue, { code: issue?.code ?? '', orderNo, owner, reason: reason ?? 'UNKNOWN_ORDER' });
    }
    this.#busy = false;
    return result;
  }

  /** Withdraws the whole rest of an order; allowed during a halt. */
  cancel(owner: number, orderNo: number): CancelResult {
    this.#enter();
    const slot = this.#slotOf(owner, orderNo);
    const issue = slot < 0 ? undefined : this.#issues[this.#pool.issue[slot] as number];
    const result: CancelResult = issue
      ? { quantity: this.#withdraw(issue, slot, 'user') }
      : this.#refuse(undefined, { code: '', orderNo, owner, reason: 'UNKNOWN_ORDER' });
    this.#busy = false;
    return result;
  }

  has(code: string): boolean {
    return this.#byCode.has(code);
  }

  /** A copy of the issue's figures now. Throws AppError INSTRUMENT_UNKNOWN for an unlisted code. */
  issue(code: string): IssueView {
    return this.#issue(code).view();
  }

  /** Limit levels, best first; at most `levels`. */
  depth(code: string, side: Side, levels: number): DepthLevel[] {
    return this.#issue(code).depth(sideCode(side), levels);
  }

  /** All open units of a side, market orders included. */
  totalQty(code: string, side: Side): number {
    return this.#issue(code).totalQuantity(sideCode(side));
  }

  /** Indicative auction price and quantity; null outside auctions or where nothing would match. */
  expected(code: string): DepthLevel | null {
    const issue = this.#issue(code);
    if (!isAuction(this.#phase) || issue.halted) return null;
    const outcome = auctionOutcome(issue.book, issue.reference);
    return outcome && { price: issue.ladder.priceAt(outcome.index), qty: outcome.quantity };
  }

  /** An open order; undefined once it has ended. */
  order(orderNo: number): OpenOrder | undefined {
    const slot = this.#pool.slotOf(orderNo);
    return slot < 0 ? undefined : this.#openOrder(slot);
  }

  /** Open orders of an owner by order number. */
  openOrders(owner: number): OpenOrder[] {
    const pool = this.#pool;
    const out: OpenOrder[] = [];
    for (let slot = 0; slot < pool.extent; slot += 1) {
      if (pool.orderNo[slot] !== 0 && pool.owner[slot] === owner) out.push(this.#openOrder(slot));
    }
    return out.sort((a, b) => a.orderNo - b.orderNo);
  }

  snapshot(): VenueSnapshot {
    const figures = IssueState.figures(this.#issues.length);
    for (const issue of this.#issues) issue.saveFigures(figures);
    return {
      version: 1,
      options: this.#options,
      now: this.now,
      phase: this.#phase,
      part: this.#part,
      manual: this.#manual,
      lastOrderNo: this.#lastOrderNo,
      events: this.#events.state(),
      figures,
      orders: saveOrders(this.#issues, this.#pool),
    };
  }

  #enter(): void {
    assert(!this.#busy, 'a command was given to the venue from inside its own event');
    this.#busy = true;
  }

  #issue(code: string): IssueState {
    const issue = this.#byCode.get(code);
    if (!issue) throw new AppError('INSTRUMENT_UNKNOWN', { code });
    return issue;
  }

  /** The slot of an owner's open order, else −1. */
  #slotOf(owner: number, orderNo: number): number {
    const slot = this.#pool.slotOf(orderNo);
    return slot >= 0 && this.#pool.owner[slot] === owner ? slot : -1;
  }

  #checkOrder(entry: OrderEntry, issue: IssueState): RejectCode | null {
    return checkOrder(entry, issue, this.#phase) ?? (this.#pool.full ? 'FULL' : null);
  }

  #checkReplace(issue: IssueState, slot: number, newPrice: number): RejectCode | null {
    if (this.#pool.price[slot] === newPrice) return 'SAME_PRICE';
    return checkSession(issue, this.#phase) ?? checkPrice(newPrice, issue);
  }

  #refuse(
    issue: IssueState | undefined,
    body: { readonly code: string; readonly orderNo: number; readonly owner: number; readonly reason: RejectCode },
  ): { readonly reason: RejectCode } {
    this.#events.rejected(issue?.place ?? -1, body);
    return { reason: body.reason };
  }

  /** Gives a checked order its number, matches it and lets the rest wait. */
  #accept(issue: IssueState, entry: OrderEntry, originalOrderNo: number): number {
    assert(this.#lastOrderNo < MAX_NUMBER, 'order numbers are used up');
    this.#lastOrderNo += 1;
    const orderNo = this.#lastOrderNo;
    this.#events.accepted(issue.place, orderNo, originalOrderNo, entry);
    const index = entry.type === 'market' ? null : issue.ladder.indexOf(entry.price);
    const side = sideCode(entry.side);
    const { quantity, timeInForce } = entry;
    let open = quantity;
    if (!isAuction(this.#phase)) {
      const whole = timeInForce !== 'fok' || issue.book.matchable(side, index, quantity) === quantity;
      if (whole) open = this.#taker.take(issue, { side, index, quantity, orderNo, owner: entry.owner });
    }
    if (open === 0) return orderNo;
    if (timeInForce === 'day') {
      const slot = this.#pool.add({
        orderNo,
        owner: entry.owner,
        issue: issue.place,
        side,
        price: entry.price,
        quantity,
        open,
      });
      issue.book.append(slot, index);
    } else {
      const { code, owner } = entry;
      this.#events.canceled(issue.place, { code, orderNo, owner, quantity: open, cause: timeInForce });
    }
    return orderNo;
  }

  #withdraw(issue: IssueState, slot: number, cause: 'user' | 'replaced' | 'expired'): number {
    const orderNo = this.#pool.orderNo[slot] as number;
    const owner = this.#pool.owner[slot] as number;
    const quantity = this.#pool.open[slot] as number;
    issue.book.remove(slot);
    this.#events.canceled(issue.place, { code: issue.code, orderNo, owner, quantity, cause });
    return quantity;
  }

  #change(phase: Phase): void {
    const previous = this.#phase;
    if (isAuction(previous)) {
      for (const issue of this.#issues) if (!issue.halted) this.#uncross(issue);
    }
    if (phase === 'closed') {
      for (const issue of this.#issues) this.#expire(issue);
    }
    this.#phase = phase;
    this.#events.phase({ phase, previous });
  }

  #uncross(issue: IssueState): void {
    const outcome = auctionOutcome(issue.book, issue.reference);
    const price = outcome ? issue.ladder.priceAt(outcome.index) : 0;
    if (outcome) uncross(issue.book, this.#pool, outcome, auctionTape(issue, this.#events));
    const { code, place } = issue;
    this.#events.auction(place, { code, phase: this.#phase, price, quantity: outcome?.quantity ?? 0 });
  }

  #expire(issue: IssueState): void {
    for (const side of [BUY, SELL] as const) {
      for (let slot = issue.book.front(side); slot >= 0; slot = issue.book.front(side)) {
        this.#withdraw(issue, slot, 'expired');
      }
    }
  }

  #openOrder(slot: number): OpenOrder {
    const pool = this.#pool;
    const price = pool.price[slot] as number;
    return {
      orderNo: pool.orderNo[slot] as number,
      owner: pool.owner[slot] as number,
      code: (this.#issues[pool.issue[slot] as number] as IssueState).code,
      side: pool.side[slot] === BUY ? 'buy' : 'sell',
      type: price === 0 ? 'market' : 'limit',
      price,
      quantity: pool.quantity[slot] as number,
      openQty: pool.open[slot] as number,
    };
  }
}

/** When each part truly starts: an auction ends 0 … randomEndMs after its scheduled end. */
function trueStarts(options: VenueOptions): readonly EpochMs[] {
  const rng = Rng.from(options.seed, `auction ends ${options.date}`);
  let late = 0;
  return options.schedule.parts.map((part) => {
    const start = epochMs(part.startTs + late);
    late = part.randomEndMs > 0 ? rng.int(part.randomEndMs + 1) : 0;
    return start;
  });
}

function sideCode(side: Side): SideCode {
  return side === 'buy' ? BUY : SELL;
}
