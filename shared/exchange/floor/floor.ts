/** The trading floor: everything the parts of an exchange share — boards, orders, clock, agenda, events. */
import { Market, type VenueName } from '../../domain/index.ts';
import { REOPENING_RANDOM_END_MS } from '../../market/index.ts';
import { Rng } from '../../rng/index.ts';
import { epochMs, type EpochMs } from '../../time/index.ts';
import { Agenda } from './agenda.ts';
import { Board } from './board.ts';
import { EventStream } from './event-stream.ts';
import { IssueState } from './issue-state.ts';
import { MarketCap } from './market-cap.ts';
import { HOME, homeOf } from '../book/order-form.ts';
import { OrderPool } from '../book/order-pool.ts';
import type { CancelCause, ExchangeOptions, ExchangeSink, ListedIssue } from '../types.ts';
import { VenueDay } from './venue-day.ts';
import { ViGauge } from './vi-gauge.ts';

export class Floor {
  readonly options: ExchangeOptions;
  readonly pool: OrderPool;
  readonly events: EventStream;
  readonly agenda = new Agenda();
  readonly issues: readonly IssueState[];
  readonly days: { readonly KRX: VenueDay; readonly NXT: VenueDay | null };
  /** By place: two per issue, KRX first; undefined where NXT does not trade it. */
  readonly boards: readonly (Board | undefined)[];
  readonly caps: ReadonlyMap<Market, MarketCap>;
  readonly #byCode: ReadonlyMap<string, IssueState>;
  lastOrderNo = 0;

  constructor(options: ExchangeOptions, sink: ExchangeSink) {
    const { date, schedule, nxtSchedule, issues, seed, quietParticipants = false } = options;
    if (schedule.date !== date) throw new RangeError(`schedule of ${schedule.date} for ${date}`);
    this.options = options;
    this.pool = new OrderPool(options.maxOpenOrders);
    this.days = {
      KRX: new VenueDay('KRX', schedule, seed),
      NXT: nxtSchedule ? new VenueDay('NXT', nxtSchedule, seed) : null,
    };
    const starts = [schedule, nxtSchedule ?? schedule].map(({ parts }) => parts[0]?.startTs ?? 0);
    this.events = new EventStream({ now: epochMs(Math.min(...starts)), quietParticipants }, sink);
    this.caps = new Map(Market.options.map((market) => [market, new MarketCap(issues.length)]));
    this.issues = issues.map((listed, place) => new IssueState(listed, place, date));
    this.#byCode = new Map(this.issues.map((issue) => [issue.code, issue]));
    if (this.#byCode.size !== issues.length) throw new RangeError('an issue is listed twice');
    this.boards = this.issues.flatMap((issue) => [this.#board(issue, 'KRX'), this.#board(issue, 'NXT')]);
    for (const issue of this.issues) this.#count(issue);
  }

  get now(): EpochMs {
    return this.events.now;
  }

  issueOf(code: string): IssueState | undefined {
    return this.#byCode.get(code);
  }

  /** The issue's board on a venue; undefined where it is not traded there. */
  boardOf(issue: IssueState, venue: VenueName): Board | undefined {
    return this.boards[issue.place * 2 + (venue === 'KRX' ? 0 : 1)];
  }

  /** The same issue's board on the other venue. */
  partnerOf(board: Board): Board | undefined {
    return this.boards[board.place ^ 1];
  }

  boardAt(place: number): Board {
    return this.boards[place] as Board;
  }

  /** Boards of a venue in listing order. */
  *boardsOn(venue: VenueName): Generator<Board> {
    for (const board of this.boards) if (board?.venue === venue) yield board;
  }

  /** Boards of a market's issues on both venues, in listing order. */
  *boardsOf(market: Market): Generator<Board> {
    for (const board of this.boards) if (board?.issue.listed.market === market) yield board;
  }

  dayOf(board: Board): VenueDay {
    return this.days[board.venue] as VenueDay;
  }

  /** 0 … REOPENING_RANDOM_END_MS, drawn from a stream of the board and occasion alone. */
  randomEnd(board: Board): number {
    board.occasions += 1;
    const { seed, date } = this.options;
    return Rng.from(seed, `end ${date} ${board.venue} ${board.code} ${board.occasions}`).int(
      REOPENING_RANDOM_END_MS + 1,
    );
  }

  /** Takes a whole order out of wherever it waits; returns its units. */
  withdraw(slot: number, cause: CancelCause): number {
    const { pool } = this;
    const board = this.boardAt(pool.issue[slot] as number);
    const orderNo = pool.orderNo[slot] as number;
    const owner = pool.owner[slot] as number;
    const quantity = pool.open[slot] as number;
    switch (homeOf(pool.form[slot] as number)) {
      case HOME.book:
        board.book.remove(slot);
        break;
      case HOME.stop:
        board.stops.remove(slot);
        break;
      case HOME.preClose:
        board.preClose.remove(slot);
        break;
      case HOME.postClose:
        board.postClose.remove(slot);
        break;
      case HOME.parked:
        pool.release(slot);
    }
    this.events.canceled(board, orderNo, owner, quantity, cause);
    return quantity;
  }

  /** Takes units off an order without loss of its place; returns them. */
  shrink(slot: number, quantity: number, cause: CancelCause): number {
    const { pool } = this;
    if (quantity === pool.open[slot]) return this.withdraw(slot, cause);
    const board = this.boardAt(pool.issue[slot] as number);
    const home = homeOf(pool.form[slot] as number);
    if (home === HOME.book) board.book.shrink(slot, quantity);
    else if (home === HOME.preClose) board.preClose.shrink(slot, quantity);
    else if (home === HOME.postClose) board.postClose.shrink(slot, quantity);
    else pool.open[slot] = (pool.open[slot] as number) - quantity;
    this.events.canceled(board, pool.orderNo[slot] as number, pool.owner[slot] as number, quantity, cause);
    return quantity;
  }

  #board(issue: IssueState, venue: VenueName): Board | undefined {
    const day = this.days[venue];
    if (day === null || (venue === 'NXT' && (issue.listed.nxt !== true || !issue.isStock))) return undefined;
    const { date, vi = true, derivativesExpiry = false } = this.options;
    const gauge = new ViGauge(issue, { venue, date, on: vi, expiry: derivativesExpiry });
    const place = issue.place * 2 + (venue === 'KRX' ? 0 : 1);
    const cap = venue === 'KRX' ? (this.caps.get(issue.listed.market) ?? null) : null;
    return new Board({ venue, issue, place, gauge, cap, pool: this.pool, phase: day.phase });
  }

  #count({ listed, place }: IssueState): void {
    if (listed.listedShares === null || !countsInIndex(listed)) return;
    this.caps.get(listed.market)?.list(place, listed.listedShares, listed.basePrice);
  }
}

/** Funds are no part of a market's index, and an issue without yesterday's price has no change. */
function countsInIndex(listed: ListedIssue): boolean {
  const fresh = listed.newListing === true || listed.firstPrice !== undefined;
  return (listed.product ?? 'stock') === 'stock' && !fresh;
}
