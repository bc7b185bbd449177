/** Plays a recorded day through the book: only the driver reads the row; whatever is reported is read from the tape. */
import { assert } from '../errors/index.ts';
import { quantityCap, tickTable } from '../market/index.ts';
import { Rng, type RngState } from '../rng/index.ts';
import { epochMs, type EpochMs, type Phase } from '../time/index.ts';
import { BandLadder, type PriceLadder } from './ladder.ts';
import { exponentialAt } from './quantiles.ts';
import { planDay, type DayPlan } from './replay-plan.ts';
import { ReplayQuotes, type QuotesSnapshot, type Touch } from './replay-quotes.ts';
import { replayIssue, type ReplayRow } from './replay-row.ts';
import type { DaySchedule } from './sessions.ts';
import { PARTICIPANTS, type ExchangeEvent } from './types.ts';
import type { Venue } from './venue.ts';

const BEAT_MS = 1_000;
/** Auction orders are in this long before the scheduled end; in between they come in about this many parts. */
const AUCTION_SPARE_MS = 5_000;
const AUCTION_PARTS = 40;
/** The last planned trade keeps this distance from the closing auction. */
const CLOSE_SPARE_MS = 1_500;
/** Levels a side that are refilled at once: all on a quiet tape, few after somebody swept them. */
const REFILLS_QUIET = 40;
const REFILLS_SWEPT = 2;
/** Share of the distance to the path that is given back every second after a sweep; faster before the close. */
const RETURN_RATE = 1 / 150;
const RETURN_RATE_LATE = 1 / 40;
const LATE_MS = 10 * 60_000;

/** What a replay is made of. */
export interface ReplayOptions {
  readonly row: ReplayRow;
  /** 0 … 2^32 − 1; another seed gives another path through the same four prices. */
  readonly seed: number;
  /** A venue that lists `replayIssue(row)` and nothing else moves it. */
  readonly venue: Venue;
}

/** Plain data (structured-cloneable); with the venue's snapshot it continues the day exactly. */
export interface ReplaySnapshot {
  readonly version: 1;
  readonly row: ReplayRow;
  readonly seed: number;
  readonly state: DriverState;
  readonly rng: RngState;
  readonly quotes: QuotesSnapshot;
}

interface DriverState {
  phase: Phase;
  done: boolean;
  disturbed: boolean;
  /** Next planned trade. */
  cursor: number;
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

/** When the auctions and the continuous session of the day begin and (as scheduled) end. */
interface Hours {
  readonly openFrom: number;
  readonly openTo: number;
  readonly closeFrom: number;
  readonly closeTo: number;
}

function hoursOf(schedule: DaySchedule): Hours {
  const part = (phase: Phase): { startTs: number; endTs: number } => {
    const found = schedule.parts.find((p) => p.phase === phase);
    assert(found, `the day has no ${phase}`);
    return found;
  };
  const open = part('openAuction');
  const close = part('closeAuction');
  return { openFrom: open.startTs, openTo: open.endTs, closeFrom: close.startTs, closeTo: close.endTs };
}

/** Mean shares at a level: ten levels together hold 1–3 % of the day's volume, more where the range is narrow. */
function unitOf(volume: number, range: number): number {
  return Math.max(1, volume * Math.max(0.001, Math.min(0.003, 0.06 / (range + 5))));
}

/** Most empty steps kept between path and quotes: active issues are quoted tick by tick, quiet ones are not. */
function widestGap(trades: number): number {
  if (trades >= 3_000) return 0;
  return trades >= 500 ? 1 : 2;
}

/** Trades along a planned path, and back to it where somebody moved the price. */
export class ReplayDriver {
  readonly #row: ReplayRow;
  readonly #seed: number;
  readonly #venue: Venue;
  readonly #hours: Hours;
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
  readonly #state: DriverState;

  /** With `from`, continues on a venue restored from the snapshot taken at the same moment. */
  constructor(options: ReplayOptions, from?: ReplaySnapshot) {
    const { row, seed, venue } = options;
    this.#row = row;
    this.#seed = seed;
    this.#venue = venue;
    const issue = replayIssue(row);
    const { upperLimit, lowerLimit } = venue.issue(row.code);
    this.#grid = new BandLadder(tickTable(row.market, row.date), { lower: lowerLimit, upper: upperLimit });
    this.#top = this.#grid.size - 1;
    this.#lowStep = this.#grid.floorIndex(row.low);
    const fromLow = (price: number): number => this.#grid.floorIndex(price) - this.#lowStep;
    const shape = { open: fromLow(row.open), close: fromLow(row.close), high: fromLow(row.high), volume: row.volume };
    const limits = { highIsLimit: row.high === upperLimit, lowIsLimit: row.low === lowerLimit };
    const stream = `replay/${row.code}/${row.date}`;
    this.#plan = planDay({ ...shape, ...limits }, Rng.from(seed, `${stream}/plan`));
    this.#hours = hoursOf(venue.schedule);
    this.#unit = unitOf(row.volume, shape.high);
    const trades = this.#plan.qty.length;
    this.#widestGap = widestGap(trades);
    const session = this.#hours.closeFrom - this.#hours.openTo;
    this.#flowMeanMs = Math.max(300, Math.min(6_000, session / (1.5 * trades + 4_000)));
    this.#rng = from ? Rng.restore(from.rng) : Rng.from(seed, `${stream}/flow`);
    const orderCap = quantityCap(issue) ?? row.volume;
    const { code } = row;
    this.#quotes = new ReplayQuotes({ venue, code, grid: this.#grid, unit: this.#unit, orderCap, rng: this.#rng });
    if (from) this.#quotes.restore(from.quotes);
    this.#state = from ? { ...from.state } : this.#firstState(shape.open);
  }

  static restore(snapshot: ReplaySnapshot, venue: Venue): ReplayDriver {
    return new ReplayDriver({ row: snapshot.row, seed: snapshot.seed, venue }, snapshot);
  }

  /** true once an order of somebody else was traded, so that volume, high, low or close may differ from the record. */
  get disturbed(): boolean {
    return this.#state.disturbed;
  }

  /** May be given every event of the venue: the tape alone tells who took part in the closing auction. */
  observe(event: ExchangeEvent): void {
    if (event.kind !== 'trade') return;
    if (event.buyOwner !== PARTICIPANTS || event.sellOwner !== PARTICIPANTS) this.#state.disturbed = true;
  }

  snapshot(): ReplaySnapshot {
    return {
      version: 1,
      row: this.#row,
      seed: this.#seed,
      state: { ...this.#state },
      rng: this.#rng.state(),
      quotes: this.#quotes.snapshot(),
    };
  }

  /** Moves the venue's clock and acts on the way; the result does not depend on how the way is cut. */
  advanceTo(ts: EpochMs): void {
    for (;;) {
      const next = this.#nextAct();
      if (next > ts) break;
      if (next > this.#venue.now) this.#venue.advanceTo(epochMs(next));
      this.#act(next);
    }
    if (ts > this.#venue.now) this.#venue.advanceTo(ts);
  }

  #firstState(openFromLow: number): DriverState {
    return {
      phase: this.#venue.phase,
      done: false,
      disturbed: false,
      cursor: 0,
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
    return Math.min(s.nextBeat, s.nextFlow, this.#tradeTs());
  }

  /** Due time of the next planned trade; Infinity after the last. */
  #tradeTs(): number {
    const at = this.#plan.at[this.#state.cursor];
    if (at === undefined) return Number.POSITIVE_INFINITY;
    const { openTo, closeFrom } = this.#hours;
    return openTo + Math.floor(at * (closeFrom - CLOSE_SPARE_MS - openTo));
  }

  #act(at: number): void {
    const s = this.#state;
    const before = s.phase;
    s.phase = this.#venue.phase;
    if (s.phase !== before) this.#enter(before, s.phase);
    else this.#noticeOthers();
    if (s.done) return;
    if (at >= s.nextBeat) {
      s.nextBeat += BEAT_MS;
      this.#beat(at);
    } else if (s.phase === 'continuous') {
      if (this.#tradeTs() <= at) this.#trade();
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
    if (phase === 'continuous') s.nextFlow = Math.max(s.nextFlow, this.#venue.now);
    if (phase === 'closeAuction') {
      const close = this.#grid.floorIndex(this.#row.close);
      this.#quotes.retreat({ bid: close, ask: close });
    }
    if (before === 'closeAuction' && phase !== 'viAuction') this.#finish();
  }

  #finish(): void {
    const s = this.#state;
    const { high, low, last, volume } = this.#venue.issue(this.#row.code);
    const row = this.#row;
    if (high !== row.high || low !== row.low || last !== row.close || volume !== row.volume) s.disturbed = true;
    s.done = true;
  }

  /** Trades that were not ours show as volume beyond what is due; a price off the path becomes the offset. */
  #noticeOthers(): void {
    const s = this.#state;
    const { volume, last } = this.#venue.issue(this.#row.code);
    if (volume === s.due) return;
    s.disturbed = true;
    s.due = volume;
    this.#quotes.sync();
    const step = this.#grid.floorIndex(last);
    const bid = this.#bidNow();
    if (step > bid + 1 + s.askGap) s.offset += step - (bid + 1);
    else if (step < bid - s.bidGap) s.offset += step - bid;
  }

  /** After our own act: if the volume is not what we traded, a resting order crossed somebody else's. */
  #settle(): void {
    const s = this.#state;
    const { volume } = this.#venue.issue(this.#row.code);
    if (volume === s.due) return;
    s.disturbed = true;
    s.due = volume;
    this.#quotes.sync();
  }

  #beat(at: number): void {
    const s = this.#state;
    if (s.phase === 'openAuction')
      this.#collect(at, { qty: this.#plan.openQty, price: this.#row.open, ...this.#openSpan() });
    if (s.phase === 'closeAuction')
      this.#collect(at, { qty: this.#plan.closeQty, price: this.#row.close, ...this.#closeSpan() });
    if (s.phase !== 'continuous') return;
    if (s.offset !== 0) {
      const rate = at > this.#hours.closeFrom - LATE_MS ? RETURN_RATE_LATE : RETURN_RATE;
      s.offset -= s.offset * rate;
      if (Math.abs(s.offset) < 0.5) s.offset = 0;
    }
    this.#requote();
  }

  #openSpan(): { from: number; to: number } {
    return { from: this.#hours.openFrom, to: this.#hours.openTo };
  }

  #closeSpan(): { from: number; to: number } {
    return { from: this.#hours.closeFrom, to: this.#hours.closeTo };
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
    const expected = this.#venue.expected(this.#row.code);
    if (expected === null || expected.price === price) return;
    const gap = this.#imbalanceAt(price);
    if (gap !== 0) this.#quotes.place(gap > 0 ? 'sell' : 'buy', step, Math.abs(gap));
  }

  /** Shares wanted at a price or better less shares offered at it or better, market orders included. */
  #imbalanceAt(price: number): number {
    const { code } = this.#row;
    const deep = this.#grid.size;
    let gap = this.#venue.totalQty(code, 'buy') - this.#venue.totalQty(code, 'sell');
    for (const level of this.#venue.depth(code, 'buy', deep)) if (level.price < price) gap -= level.qty;
    for (const level of this.#venue.depth(code, 'sell', deep)) if (level.price > price) gap += level.qty;
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
    this.#requote();
    const resting = buys ? 'sell' : 'buy';
    const there = this.#quotes.qtyAt(resting, step);
    const spare = s.bidGap + s.askGap === 0 ? Math.floor(this.#unit * (0.2 + 0.5 * this.#rng.unit())) : 0;
    if (there < qty) this.#quotes.place(resting, step, qty - there + spare);
    // Placing may have met somebody else's order; what it traded counts before our own trade is judged.
    this.#settle();
    const ours = this.#quotes.take(buys ? 'buy' : 'sell', step, qty);
    s.due += qty;
    if (ours !== qty) s.disturbed = true;
  }

  #flow(at: number): void {
    const s = this.#state;
    s.nextFlow = at + 1 + Math.floor(this.#flowMeanMs * exponentialAt(this.#rng.u32()));
    if (this.#widestGap > 0 && this.#rng.chance(0.03)) {
      s.bidGap = this.#rng.int(this.#widestGap + 1);
      s.askGap = this.#rng.int(this.#widestGap + 1);
    }
    this.#quotes.flow(this.#touch());
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
