/** Plays the record of one issue through the book: only the driver reads the record; whatever is reported is read from the tape. */
import { quantityCap } from '../../market/index.ts';
import { Rng, type RngState } from '../../rng/index.ts';
import { epochMs, kstInstant, type EpochMs, type Phase } from '../../time/index.ts';
import type { Exchange } from '../exchange.ts';
import type { PriceLadder } from '../book/ladder.ts';
import { exponentialAt } from '../synthetic/quantiles.ts';
import { RecordedBook } from './replay-book.ts';
import { replayGround, replayHours, unitOf, widestGap, type ReplayHours } from './replay-ground.ts';
import type { DayPlan } from './replay-plan.ts';
import { ReplayQuotes, type QuotesSnapshot, type Touch } from './replay-quotes.ts';
import type { RecordedIssue } from './replay-record.ts';
import { replayIssue, type ReplayRow } from './replay-row.ts';
import { PARTICIPANTS, type ExchangeEvent } from '../types.ts';

const BEAT_MS = 1_000;
/** Auction orders are in this long before the scheduled end; in between they come in about this many parts. */
const AUCTION_SPARE_MS = 5_000;
const AUCTION_PARTS = 40;
/** Levels a side that are refilled at once: all on a quiet tape, few after somebody swept them. */
const REFILLS_QUIET = 40;
const REFILLS_SWEPT = 2;
/** Share of the distance to the path that is given back every second after a sweep; faster before the close. */
const RETURN_RATE = 1 / 150;
const RETURN_RATE_LATE = 1 / 40;
const LATE_MS = 10 * 60_000;

/** What a replay is made of: a record, and an exchange that lists `replayIssue(row)`. */
export interface ReplayOptions extends RecordedIssue {
  /** 0 … 2^32 − 1; another seed gives another path through what the record leaves open. */
  readonly seed: number;
  /** Nothing else moves the issue. */
  readonly exchange: Exchange;
  /** true: `observe` is told every event, so that the exchange need not be asked. */
  readonly watched?: boolean;
}

/** Plain data (structured-cloneable); with the exchange's snapshot and the same record it continues the day exactly. */
export interface ReplaySnapshot {
  readonly version: 2;
  readonly state: DriverState;
  readonly rng: RngState;
  readonly quotes: QuotesSnapshot;
}

interface DriverState {
  phase: Phase;
  done: boolean;
  disturbed: boolean;
  /** Next planned trade, and next recorded book. */
  cursor: number;
  book: number;
  nextBeat: number;
  nextFlow: number;
  /** Volume there is if nobody else trades. */
  due: number;
  /** Shares sent a side to the auction that is on. */
  auctionSent: number;
  /** Step of the path's bid now. */
  bid: number;
  /** Steps by which the price stands off the path since somebody moved it. */
  offset: number;
  /** Empty steps between the path and the quotes. */
  bidGap: number;
  askGap: number;
}

/** Trades along a planned path, and back to it where somebody moved the price. */
export class ReplayDriver {
  readonly code: string;
  readonly #row: ReplayRow;
  readonly #exchange: Exchange;
  readonly #hours: ReplayHours;
  readonly #grid: PriceLadder;
  /** Step of the upper limit. */
  readonly #top: number;
  readonly #plan: DayPlan;
  readonly #lowStep: number;
  readonly #unit: number;
  readonly #widestGap: number;
  readonly #flowMeanMs: number;
  readonly #rng: Rng;
  readonly #quotes: ReplayQuotes;
  /** null where no book was recorded: then it is made up. */
  readonly #book: RecordedBook | null;
  readonly #state: DriverState;
  readonly #watched: boolean;
  /** Of the issue, as far as the tape was shown. */
  #volume: number;
  #last: number;

  /** With `from`, continues on an exchange restored from the snapshot taken at the same moment. */
  constructor(options: ReplayOptions, from?: ReplaySnapshot) {
    const { row, seed, exchange, books, watched = false } = options;
    this.code = row.code;
    this.#row = row;
    this.#exchange = exchange;
    this.#watched = watched;
    const issue = replayIssue(row);
    const view = exchange.issue(row.code);
    const { schedule } = exchange;
    const ground = replayGround(options, view, { schedule, seed });
    this.#grid = ground.grid;
    this.#top = this.#grid.size - 1;
    this.#lowStep = ground.lowStep;
    this.#plan = ground.plan;
    this.#hours = replayHours(schedule);
    this.#unit = unitOf(row.volume, ground.range);
    const trades = this.#plan.qty.length;
    this.#widestGap = widestGap(trades);
    const session = this.#hours.closeFrom - this.#hours.openTo;
    this.#flowMeanMs = Math.max(300, Math.min(6_000, session / (1.5 * trades + 4_000)));
    this.#rng = from ? Rng.restore(from.rng) : Rng.from(seed, `replay/${row.code}/${row.date}/flow`);
    const orderCap = quantityCap(issue) ?? row.volume;
    const { code } = row;
    this.#quotes = new ReplayQuotes({ exchange, code, grid: this.#grid, unit: this.#unit, orderCap, rng: this.#rng });
    if (from) this.#quotes.restore(from.quotes);
    this.#book = books ? new RecordedBook(books, { grid: this.#grid, midnight: kstInstant(row.date, 0) }) : null;
    this.#state = from ? { ...from.state } : this.#firstState(ground.open);
    this.#volume = view.volume;
    this.#last = view.last;
  }

  static restore(snapshot: ReplaySnapshot, options: ReplayOptions): ReplayDriver {
    return new ReplayDriver(options, snapshot);
  }

  /** true once an order of somebody else was traded, so that volume, high, low or close may differ from the record. */
  get disturbed(): boolean {
    return this.#state.disturbed;
  }

  /** When the driver acts next, in exchange time; Infinity once its day is done. */
  get next(): number {
    return this.#nextAct();
  }

  /** May be given every event of the exchange: the tape alone tells who took part in the closing auction. */
  observe(event: ExchangeEvent): void {
    if (event.kind !== 'trade' || event.code !== this.code) return;
    this.#volume += event.quantity;
    this.#last = event.price;
    if (event.buyOwner !== PARTICIPANTS || event.sellOwner !== PARTICIPANTS) this.#state.disturbed = true;
  }

  snapshot(): ReplaySnapshot {
    return { version: 2, state: { ...this.#state }, rng: this.#rng.state(), quotes: this.#quotes.snapshot() };
  }

  /** Moves the exchange's clock and acts on the way; the result does not depend on how the way is cut. */
  advanceTo(ts: EpochMs): void {
    for (;;) {
      const next = this.#nextAct();
      if (next > ts) break;
      if (next > this.#exchange.now) this.#exchange.advanceTo(epochMs(next));
      this.#act(next);
    }
    if (ts > this.#exchange.now) this.#exchange.advanceTo(ts);
  }

  /** Acts once; the exchange stands at `next` or later. */
  act(): void {
    this.#act(this.#nextAct());
  }

  #firstState(openFromLow: number): DriverState {
    return {
      phase: this.#exchange.phase(this.code),
      done: false,
      disturbed: false,
      cursor: 0,
      book: 0,
      nextBeat: this.#hours.openFrom,
      nextFlow: this.#hours.openTo,
      due: 0,
      auctionSent: 0,
      bid: this.#lowStep + openFromLow,
      offset: 0,
      bidGap: 0,
      askGap: 0,
    };
  }

  /** When the driver acts next: a beat every second, in the continuous session also trades and other order flow. */
  #nextAct(): number {
    const s = this.#state;
    if (s.done) return Number.POSITIVE_INFINITY;
    if (s.phase !== 'continuous') return s.nextBeat;
    return Math.min(s.nextBeat, s.nextFlow, this.#tradeTs(), this.#bookTs());
  }

  /** Due time of the next planned trade; Infinity after the last. */
  #tradeTs(): number {
    const at = this.#plan.at[this.#state.cursor];
    return at === undefined ? Number.POSITIVE_INFINITY : this.#hours.openTo + at;
  }

  #bookTs(): number {
    return this.#book?.tsAt(this.#state.book) ?? Number.POSITIVE_INFINITY;
  }

  #act(at: number): void {
    const s = this.#state;
    const before = s.phase;
    s.phase = this.#exchange.phase(this.code);
    if (s.phase !== before) this.#enter(before, s.phase);
    else this.#noticeOthers();
    if (s.done) return;
    if (at >= s.nextBeat) {
      s.nextBeat += BEAT_MS;
      this.#beat(at);
    } else if (s.phase === 'continuous') {
      if (this.#tradeTs() <= at) this.#trade();
      else if (this.#bookTs() <= at) this.#show();
      else this.#flow(at);
    }
    this.#settle();
  }

  /** What an auction should have traded is added to what is due; its orders are taken off the list. */
  #enter(before: Phase, phase: Phase): void {
    const s = this.#state;
    if (before === 'openAuction' || before === 'closeAuction') {
      const qty = before === 'openAuction' ? this.#plan.openQty : this.#plan.closeQty;
      s.due += qty;
      s.auctionSent = 0;
      const ours = this.#quotes.sync();
      // After the close what is left expires at the same moment, so only the tape can tell; see observe.
      if (before === 'openAuction' && ours !== 2 * qty) s.disturbed = true;
    }
    this.#noticeOthers();
    if (phase === 'continuous') s.nextFlow = Math.max(s.nextFlow, this.#exchange.now);
    if (phase === 'closeAuction') {
      const close = this.#grid.floorIndex(this.#row.close);
      this.#quotes.retreat({ bid: close, ask: close });
    }
    if (before === 'closeAuction' && phase !== 'viAuction') this.#finish();
  }

  #finish(): void {
    const s = this.#state;
    const { high, low, last, volume } = this.#exchange.issue(this.code);
    const row = this.#row;
    if (high !== row.high || low !== row.low || last !== row.close || volume !== row.volume) s.disturbed = true;
    s.done = true;
  }

  /** Trades that were not ours show as volume beyond what is due; a price off the path becomes the offset. */
  #noticeOthers(): void {
    const s = this.#state;
    const { volume, last } = this.#figures();
    if (volume === s.due) return;
    s.disturbed = true;
    s.due = volume;
    this.#quotes.sync();
    // A recorded book comes back by itself, with its next row.
    if (this.#book) return;
    const step = this.#grid.floorIndex(last);
    const bid = this.#bidNow();
    if (step > bid + 1 + s.askGap) s.offset += step - (bid + 1);
    else if (step < bid - s.bidGap) s.offset += step - bid;
  }

  /** After our own act: if the volume is not what we traded, a resting order crossed somebody else's. */
  #settle(): void {
    const s = this.#state;
    const { volume } = this.#figures();
    if (volume === s.due) return;
    s.disturbed = true;
    s.due = volume;
    this.#quotes.sync();
  }

  /** Volume and last price; the exchange is asked only where the tape is not shown. */
  #figures(): { readonly volume: number; readonly last: number } {
    return this.#watched ? { volume: this.#volume, last: this.#last } : this.#exchange.issue(this.code);
  }

  #beat(at: number): void {
    const s = this.#state;
    const { openFrom, openTo, closeFrom, closeTo } = this.#hours;
    const { openQty, closeQty } = this.#plan;
    const { open, close } = this.#row;
    if (s.phase === 'openAuction') this.#collect(at, { qty: openQty, price: open, from: openFrom, to: openTo });
    if (s.phase === 'closeAuction') this.#collect(at, { qty: closeQty, price: close, from: closeFrom, to: closeTo });
    if (s.phase !== 'continuous' || this.#booked()) return;
    if (s.offset !== 0) {
      const rate = at > this.#hours.closeFrom - LATE_MS ? RETURN_RATE_LATE : RETURN_RATE;
      s.offset -= s.offset * rate;
      if (Math.abs(s.offset) < 0.5) s.offset = 0;
    }
    this.#requote();
  }

  /**
   * Sends the auction its two equal sides bit by bit. Priced exactly at the recorded price they hold it against any
   * imbalance up to their size; against a larger one the driver adds to the short side.
   */
  #collect(at: number, auction: { qty: number; price: number; from: number; to: number }): void {
    const s = this.#state;
    const { qty, price, from, to } = auction;
    const step = this.#grid.floorIndex(price);
    const progress = Math.min(1, (at - from + BEAT_MS) / (to - from - AUCTION_SPARE_MS));
    const due = progress === 1 ? qty : Math.max(Math.min(1, qty), Math.floor(qty * progress));
    const part = due - s.auctionSent;
    if (part > 0 && (s.auctionSent === 0 || progress === 1 || part * AUCTION_PARTS >= qty)) {
      this.#quotes.place('buy', step, part);
      this.#quotes.place('sell', step, part);
      s.auctionSent = due;
    }
    this.#quotes.fill({ bid: step - 1, ask: step + 1 }, 1);
    if (progress < 1) return;
    const expected = this.#exchange.expected(this.code);
    if (expected === null || expected.price === price) return;
    const gap = this.#imbalanceAt(price);
    if (gap !== 0) this.#quotes.place(gap > 0 ? 'sell' : 'buy', step, Math.abs(gap));
  }

  /** Shares wanted at a price or better less shares offered at it or better, market orders included. */
  #imbalanceAt(price: number): number {
    const { code } = this;
    const deep = this.#grid.size;
    let gap = this.#exchange.totalQty(code, 'buy') - this.#exchange.totalQty(code, 'sell');
    for (const level of this.#exchange.depth({ code, side: 'buy', levels: deep }))
      if (level.price < price) gap -= level.qty;
    for (const level of this.#exchange.depth({ code, side: 'sell', levels: deep }))
      if (level.price > price) gap += level.qty;
    return gap;
  }

  #trade(): void {
    const s = this.#state;
    const i = s.cursor;
    s.cursor += 1;
    s.bid = this.#lowStep + (this.#plan.bid[i] as number);
    const buys = this.#plan.buys[i] === 1;
    const qty = this.#plan.qty[i] as number;
    const step = Math.max(0, Math.min(this.#top, this.#bidNow() + (buys ? 1 : 0)));
    if (this.#booked()) this.#quotes.giveWay({ bid: s.bid, ask: s.bid + 1 });
    else this.#requote();
    const resting = buys ? 'sell' : 'buy';
    const there = this.#quotes.qtyAt(resting, step);
    const made = !this.#booked() && s.bidGap + s.askGap === 0;
    const spare = made ? Math.floor(this.#unit * (0.2 + 0.5 * this.#rng.unit())) : 0;
    if (there < qty) this.#quotes.place(resting, step, qty - there + spare);
    // Placing may have met somebody else's order; what it traded counts before our own trade is judged.
    this.#settle();
    const ours = this.#quotes.take(buys ? 'buy' : 'sell', step, qty);
    s.due += qty;
    if (ours !== qty) s.disturbed = true;
  }

  /** The recorded book takes the place of the one before. */
  #show(): void {
    const s = this.#state;
    const levels = this.#book?.levelsAt(s.book);
    if (levels) this.#quotes.show(levels);
    s.book += 1;
  }

  #flow(at: number): void {
    const s = this.#state;
    s.nextFlow = at + 1 + Math.floor(this.#flowMeanMs * exponentialAt(this.#rng.u32()));
    if (this.#widestGap > 0 && this.#rng.chance(0.03)) {
      s.bidGap = this.#rng.int(this.#widestGap + 1);
      s.askGap = this.#rng.int(this.#widestGap + 1);
    }
    if (!this.#booked()) this.#quotes.flow(this.#touch());
  }

  /** true once a recorded book stands; before its first row the book is made up. */
  #booked(): boolean {
    return this.#book !== null && this.#state.book > 0;
  }

  #requote(): void {
    const touch = this.#touch();
    this.#quotes.retreat(touch);
    this.#quotes.fill(touch, this.#state.offset === 0 ? REFILLS_QUIET : REFILLS_SWEPT);
  }

  /** Step of the best bid on the path, moved by what somebody's orders did to the price. */
  #bidNow(): number {
    const { bid, offset } = this.#state;
    return Math.max(-1, Math.min(this.#top, bid + Math.round(offset)));
  }

  /** Best steps of the ladder: around the path, with gaps where the issue is quiet, none where it is locked at a limit. */
  #touch(): Touch {
    const { bidGap, askGap } = this.#state;
    const bid = this.#bidNow();
    const ask = bid + 1;
    if (bid < 0 || ask > this.#top) return { bid, ask };
    return { bid: Math.max(0, bid - bidGap), ask: Math.min(this.#top, ask + askGap) };
  }
}
