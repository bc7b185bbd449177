/** The participants of one synthetic issue, who keep its books alive on both venues: what it is worth, and who does what next. */
import type { Market, Side } from '../../domain/index.ts';
import { quantityCap, tickTable } from '../../market/index.ts';
import { Rng } from '../../rng/index.ts';
import type { Phase } from '../../time/index.ts';
import { shareOfTime } from './day-shape.ts';
import type { Exchange } from '../exchange.ts';
import { BandLadder, type PriceLadder } from '../book/ladder.ts';
import type { DayDraw } from './market-model.ts';
import type { IssueSnapshot, IssueState } from './issue-state.ts';
import { OrderFlow } from './order-flow.ts';
import { OrderSizes } from './order-sizes.ts';
import { expOf, exponentialAt, normalAt } from './quantiles.ts';
import type { DayPaths } from './synthetic-day.ts';
import { stepOf, stepsPerReturn } from './price-steps.ts';
import { auctionPace, depthIn, paceOf, READY_ACTS, type Pace } from './synthetic-pace.ts';
import type { IssueProfile } from './synthetic-profile.ts';
import type { ListedIssue } from '../types.ts';
import type { IssueStory } from './story-guide.ts';
import { VenueDesk } from './venue-desk.ts';

/** Levels that makers keep on each venue; ten are shown. */
const KRX_LEVELS = 14;
const NXT_LEVELS = 6;
/** Seconds in which makers come to see what informed traders know, and in which a lasting impact has faded by two thirds. */
const LEARNING_SECONDS = 10;
const FORGETTING_SECONDS = 3_600;
/** Steps that makers move at once for each order of theirs that is taken, and the part of them that lasts. */
const IMPACT = 0.4;
const LASTING_IMPACT = 0.16;
/** Makers stand ready on KRX so many milliseconds before the open. */
const READY_MS = 180_000;
/** Who comes as a taker: informed where the quotes are wrong, momentum, and those who go wherever it is best. */
const INFORMED = 0.5;
const STALE_TAKEN = 0.8;
const MOMENTUM = 0.1;
const ANYWHERE = 0.15;
const PROGRAM = 0.12;
/** Size of an order that brings both venues in line, over a usual trade. */
const ARBITRAGE_SIZE = 4;
/** Institutions in the auctions: how many of the orders are theirs, and how much larger. */
const INSTITUTIONS = 0.15;
const INSTITUTION_SIZE = 4;
/** Standard deviation of an hour outside the regular session, over that of the session. */
const AFTER_HOURS_SD = 0.06;
/** Of the acts that do not trade: single investors; the others are makers who renew an order. */
const SINGLE_ACTS = 0.58;
/** Moves come in bursts of so many seconds: spread of the logarithm of their variance. */
const BURST_SECONDS = 200;
const BURST_SPREAD = 1.1;
const MS_A_SECOND = 1_000;
/** From this wait on the next part of the day is looked at; then they come within these milliseconds of its start. */
const LONG_WAIT_MS = 4_000;
const LATE_MS = 1_500;

/** What the participants of an issue are made of. */
export interface SyntheticIssueOptions {
  readonly exchange: Exchange;
  readonly issue: ListedIssue;
  readonly profile: IssueProfile;
  readonly draw: DayDraw;
  readonly paths: DayPaths;
  readonly rng: Rng;
  /** Start of the continuous session, and of every part of both venues' days, in order. */
  readonly openTs: number;
  readonly partStarts: readonly number[];
  /** What happens to it; nothing if absent. */
  readonly story?: IssueStory;
}

/** Acts when told; knows only its own issue. */
export class SyntheticIssue {
  readonly code: string;
  readonly #market: Market;
  readonly #exchange: Exchange;
  readonly #rng: Rng;
  readonly #grid: PriceLadder;
  readonly #top: number;
  readonly #profile: IssueProfile;
  readonly #draw: DayDraw;
  readonly #paths: DayPaths;
  readonly #basePrice: number;
  readonly #openTs: number;
  readonly #partStarts: readonly number[];
  /** What is left of the session's return and its deviation for the issue's own way. */
  readonly #ownSession: number;
  readonly #ownSd: number;
  readonly #sizes: OrderSizes;
  readonly #flow = new OrderFlow();
  readonly #krx: VenueDesk;
  readonly #nxt: VenueDesk | null;
  readonly #state: IssueState;
  readonly #story: IssueStory | undefined;

  /** With `from`, continues from there. */
  constructor(options: SyntheticIssueOptions, from?: IssueSnapshot) {
    const { exchange, issue, profile, draw, paths } = options;
    const { code } = issue;
    const rng = from ? Rng.restore(from.rng) : options.rng;
    this.code = code;
    this.#market = issue.market;
    this.#story = options.story;
    this.#exchange = exchange;
    this.#rng = rng;
    const { upperLimit, lowerLimit } = exchange.issue(code);
    this.#grid = new BandLadder(tickTable(issue.market, exchange.date, issue.product), {
      lower: lowerLimit,
      upper: upperLimit,
    });
    this.#top = this.#grid.size - 1;
    this.#profile = profile;
    this.#draw = draw;
    this.#paths = paths;
    this.#basePrice = issue.basePrice;
    this.#openTs = options.openTs;
    this.#partStarts = options.partStarts;
    this.#ownSession = draw.session - paths.common({ market: issue.market, profile }, 1);
    this.#ownSd = paths.ownSd(profile, draw);
    this.#sizes = new OrderSizes({ price: issue.basePrice, cap: quantityCap(issue) ?? Number.MAX_SAFE_INTEGER });
    // A busier day has a deeper book.
    const levelShares = profile.levelShares * Math.sqrt(draw.activity);
    const desk = { exchange, code, grid: this.#grid, sizes: this.#sizes, rng, levelShares };
    this.#krx = new VenueDesk({ ...desk, venue: 'KRX', levels: KRX_LEVELS }, from?.krx);
    const onNxt = exchange.has(code, 'NXT');
    this.#nxt = onNxt ? new VenueDesk({ ...desk, venue: 'NXT', levels: NXT_LEVELS }, from?.nxt ?? undefined) : null;
    const thin = { liquidity: 1, split: 0, locked: 0 };
    if (from) {
      this.#flow.restore(from.flow);
      // A state kept before books could thin out knows nothing of it.
      this.#state = { ...thin, ...from.state };
      return;
    }
    const worth = this.#overnight() + (options.story?.move(exchange.now) ?? 0);
    const opinion = stepOf(this.#grid, this.#basePrice * (1 + worth));
    const nextTs = exchange.now + 1 + rng.int(20 * MS_A_SECOND);
    const figures = {
      ...thin,
      own: 0,
      done: 0,
      burst: 0,
      push: 0,
      astray: 0,
      trend: 0,
      collecting: false,
      afterMarket: false,
    };
    const wide = Math.max(1, Math.round(profile.spread));
    this.#state = { nextTs, lastTs: exchange.now, opinion, bid: Math.round(opinion - wide / 2), wide, ...figures };
  }

  /** When these participants act next. */
  get nextTs(): number {
    return this.#state.nextTs;
  }

  snapshot(): IssueSnapshot {
    return {
      rng: this.#rng.state(),
      state: { ...this.#state },
      flow: this.#flow.snapshot(),
      krx: this.#krx.snapshot(),
      nxt: this.#nxt?.snapshot() ?? null,
    };
  }

  /** Acts at an instant, and decides on the next. */
  act(ts: number): void {
    const s = this.#state;
    const krx = this.#krx.phase;
    const nxt = this.#nxt === null ? 'closed' : this.#nxt.phase;
    const fraction = this.#paths.fraction(ts);
    const pace = paceOf(this.#profile, { krx, nxt, fraction, activity: this.#draw.activity });
    const fair = this.#follow(ts, krx === 'continuous' || fraction < 1 ? fraction : 1);
    this.#settleSessions(krx, nxt);
    if (this.#story) this.#heed(this.#story, ts);
    this.#trade(fair, { krx, nxt, pace });
    const acts = this.#ready(ts, krx) ? Math.max(READY_ACTS, pace.acts) : pace.acts;
    this.#joinAuctions(ts, fair, { krx, nxt, acts });
    s.collecting = auctionPace(krx) !== undefined;
    s.lastTs = ts;
    s.nextTs = this.#nextTurn(ts, acts);
  }

  /** Makers stand ready on KRX before the open. */
  #ready(ts: number, krx: Phase): boolean {
    return krx === 'openAuction' && ts >= this.#openTs - READY_MS;
  }

  /** A wait of random length, but nobody sleeps through the start of the next part of a day. */
  #nextTurn(ts: number, acts: number): number {
    const next = ts + Math.max(1, Math.round((exponentialAt(this.#rng.u32()) / acts) * MS_A_SECOND));
    if (next - ts < LONG_WAIT_MS) return next;
    const part = this.#partStarts.find((start) => start > ts) ?? next;
    return part < next ? part + 1 + this.#rng.int(LATE_MS) : next;
  }

  /** Before the open: the draw, and the part in which both markets went apart. */
  #overnight(): number {
    const { beta } = this.#profile;
    if (this.#story?.ownsIndex === true) return this.#draw.overnight - beta * this.#paths.facts.market.overnight;
    return this.#draw.overnight + this.#paths.apartOvernight(this.#market, beta);
  }

  /** Moves on what the issue is worth; gives it in price steps. */
  #follow(ts: number, fraction: number): number {
    const s = this.#state;
    const seconds = (ts - s.lastTs) / MS_A_SECOND;
    const done = shareOfTime(fraction);
    if (done > s.done) {
      const pull = (done - s.done) / (1 - s.done);
      const kept = Math.max(0, 1 - seconds / BURST_SECONDS);
      s.burst = kept * s.burst + BURST_SPREAD * Math.sqrt(1 - kept * kept) * normalAt(this.#rng.u32());
      const bursting = expOf(s.burst - (BURST_SPREAD * BURST_SPREAD) / 2);
      const livelier = this.#story?.volatility(ts) ?? 1;
      const sd = livelier * this.#ownSd * Math.sqrt((done - s.done) * (1 - pull) * bursting);
      s.own += (this.#ownSession - s.own) * pull + sd * normalAt(this.#rng.u32());
      s.done = done;
    } else {
      const sd = AFTER_HOURS_SD * this.#draw.sessionSd * Math.sqrt(seconds / 3_600);
      s.astray += sd * normalAt(this.#rng.u32());
    }
    s.push -= s.push * Math.min(1, seconds / FORGETTING_SECONDS);
    const { beta } = this.#profile;
    const issue = { market: this.#market, profile: this.#profile };
    const common =
      this.#story?.ownsIndex === true
        ? this.#paths.sector(issue.profile, fraction)
        : this.#paths.common(issue, fraction);
    const told = this.#story?.move(ts) ?? 0;
    const blow = this.#paths.shock(this.#market, ts) * (0.5 + 0.5 * beta);
    const worth = this.#overnight() + common + s.own + s.push + s.astray + blow + told;
    const lock = this.#story?.lock(ts) ?? null;
    const fair = lock === null ? stepOf(this.#grid, this.#basePrice * (1 + worth)) : lock === 'upper' ? this.#top : 0;
    const learned = Math.min(1, seconds / LEARNING_SECONDS);
    const before = s.opinion;
    s.opinion += learned * (fair - s.opinion);
    s.trend += 0.1 * (s.opinion - before - s.trend);
    return fair;
  }

  /** Who stands in the book, as the story has it. */
  #heed(story: IssueStory, ts: number): void {
    const s = this.#state;
    const liquidity = story.liquidity(ts);
    const desks = [this.#krx, this.#nxt];
    if (liquidity !== s.liquidity) for (const desk of desks) desk?.withdrawQuotes();
    s.liquidity = liquidity;
    s.split = story.split(ts);
    const lock = story.lock(ts);
    s.locked = lock === null ? 0 : lock === 'upper' ? 1 : -1;
    // A price on its way to its limit still meets somebody.
    const { last, upperLimit, lowerLimit } = this.#exchange.issue(this.code);
    const arrived = lock === null || last === (lock === 'upper' ? upperLimit : lowerLimit);
    for (const desk of desks) if (desk) desk.missing = arrived ? story.missingSide(ts) : null;
  }

  /** Orders end with their session; after an auction the makers start from the price it found. */
  #settleSessions(krx: Phase, nxt: Phase): void {
    const s = this.#state;
    if (krx === 'afterMarket' && !s.afterMarket) {
      s.afterMarket = true;
      this.#krx.forget();
      this.#krx.session = 'after';
    }
    if (s.collecting && krx === 'continuous') {
      const { last } = this.#exchange.issue(this.code);
      if (last > 0) s.opinion = stepOf(this.#grid, last);
      this.#krx.takenSince();
      this.#krx.withdrawCollected();
    }
    if (nxt === 'afterMarket') this.#nxt?.withdrawCollected();
  }

  /** Continuous trading, where there is any: makers first, then whoever comes. */
  #trade(fair: number, now: { readonly krx: Phase; readonly nxt: Phase; readonly pace: Pace }): void {
    const { pace } = now;
    const krx = this.#live(this.#krx, 'KRX', now.krx);
    const nxt = this.#nxt && this.#live(this.#nxt, 'NXT', now.nxt);
    if (krx === null && nxt === null) return;
    this.#takeNotice((krx?.takenSince() ?? 0) + (nxt?.takenSince() ?? 0));
    this.#quote([krx, nxt]);
    if (nxt !== null) this.#arbitrage(nxt, pace.nxtSize);
    if (krx?.session === 'after') this.#arbitrage(krx, pace.krxSize);
    const rng = this.#rng;
    const u = rng.unit() * pace.acts;
    if (u < pace.krx) this.#take(krx, { fair, size: pace.krxSize, other: nxt });
    else if (u < pace.krx + pace.nxt) this.#take(nxt, { fair, size: pace.nxtSize, other: krx });
    else this.#rest(u - pace.krx - pace.nxt, pace, nxt !== null && (krx === null || rng.chance(0.2)) ? nxt : krx);
  }

  #live(desk: VenueDesk, venue: 'KRX' | 'NXT', phase: Phase): VenueDesk | null {
    const depth = depthIn(venue, phase);
    if (depth === 0) return null;
    desk.depth = depth * this.#state.liquidity;
    desk.session = venue === 'KRX' && phase === 'afterMarket' ? 'after' : 'regular';
    return desk;
  }

  /** What was taken moves the makers at once; part of it stays in what the issue is worth. */
  #takeNotice(taken: number): void {
    if (taken === 0) return;
    const s = this.#state;
    s.opinion = this.#within(s.opinion + IMPACT * taken);
    s.push += (LASTING_IMPACT * taken) / stepsPerReturn(this.#grid, s.opinion);
  }

  /** Requotes when the opinion has left the middle by most of a step, so that quotes do not flicker. */
  #quote(desks: readonly (VenueDesk | null)[]): void {
    const s = this.#state;
    const wanted = s.opinion - s.wide / 2;
    if (Math.abs(wanted - s.bid) > 0.75) {
      // In a thin book the makers keep further apart.
      const spread = this.#profile.spread / Math.sqrt(Math.min(1, s.liquidity));
      s.wide = Math.floor(spread) + (this.#rng.chance(spread - Math.floor(spread)) ? 1 : 0);
      s.bid = Math.max(-s.wide, Math.min(this.#top, Math.round(s.opinion - s.wide / 2)));
    }
    if (s.locked !== 0) s.bid = s.locked < 0 ? -s.wide : this.#top;
    const touch = { bid: s.bid, ask: s.bid + s.wide };
    const apart = s.split === 0 ? 0 : Math.round(s.split * stepsPerReturn(this.#grid, s.bid));
    const there = { bid: touch.bid + apart, ask: touch.ask + apart };
    for (const desk of desks) desk?.retreat(desk === this.#nxt ? there : touch);
    for (const desk of desks) desk?.quote(desk === this.#nxt ? there : touch);
  }

  /** Takers are few on NXT and after hours: what stands there against the price of both venues is taken by those who watch both. */
  #arbitrage(desk: VenueDesk, size: number): void {
    const side = desk.blocked;
    if (side === null || this.#state.split !== 0) return;
    const { dailyShares, dailyTrades } = this.#profile;
    const quantity = this.#sizes.draw((ARBITRAGE_SIZE * size * dailyShares) / dailyTrades, this.#rng);
    desk.take({ side, quantity, anywhere: false, program: false });
  }

  /** Somebody takes: informed where the quotes are wrong, with the trend, or a piece of a large order. */
  #take(
    desk: VenueDesk | null,
    how: { readonly fair: number; readonly size: number; readonly other: VenueDesk | null },
  ): void {
    if (desk === null) return;
    const s = this.#state;
    const rng = this.#rng;
    const gap = how.fair - s.opinion;
    let side: Side = this.#flow.next(0.5, rng);
    if (desk.blocked !== null && rng.chance(STALE_TAKEN)) side = desk.blocked;
    else if (Math.abs(gap) > s.wide / 2 + 0.8 && rng.chance(INFORMED)) side = gap > 0 ? 'buy' : 'sell';
    else if (s.trend !== 0 && rng.chance(MOMENTUM)) side = s.trend > 0 ? 'buy' : 'sell';
    const { dailyShares, dailyTrades } = this.#profile;
    const quantity = this.#sizes.draw((how.size * dailyShares) / dailyTrades, rng);
    const anywhere =
      how.other !== null && this.#state.split === 0 && desk.session === 'regular' && rng.chance(ANYWHERE);
    desk.take({ side, quantity, anywhere, program: rng.chance(PROGRAM) });
  }

  /** Somebody who does not trade now: a single investor in the queue, or a maker who renews an order. */
  #rest(u: number, pace: Pace, desk: VenueDesk | null): void {
    if (desk === null) return;
    const s = this.#state;
    const share = u / Math.max(1e-9, pace.acts - pace.krx - pace.nxt);
    if (share < SINGLE_ACTS) desk.single({ bid: s.bid, ask: s.bid + s.wide });
    else desk.refresh();
  }

  #joinAuctions(
    ts: number,
    fair: number,
    now: { readonly krx: Phase; readonly nxt: Phase; readonly acts: number },
  ): void {
    const s = this.#state;
    this.#auction(this.#krx, fair, { phase: now.krx, acts: now.acts });
    if (this.#nxt) this.#auction(this.#nxt, fair, { phase: now.nxt, acts: now.acts });
    if (!this.#ready(ts, now.krx)) return;
    s.bid = Math.round(fair - s.wide / 2);
    this.#krx.depth = 1;
    this.#krx.quote({ bid: s.bid, ask: s.bid + s.wide });
  }

  /** An order in a call auction, where one is held, in so many of the acts that the auction has its pace. */
  #auction(desk: VenueDesk, fair: number, now: { readonly phase: Phase; readonly acts: number }): void {
    const { phase, acts } = now;
    const pace = auctionPace(phase);
    const rng = this.#rng;
    if (!pace || !rng.chance(pace.actsPerSecond / acts)) return;
    const { dailyShares, spread } = this.#profile;
    const unsure = phase === 'closeAuction' || phase === 'afterAuction' ? 0 : 0.2;
    const width = 1 + spread / 2 + unsure * this.#draw.sessionSd * stepsPerReturn(this.#grid, fair);
    const side: Side = rng.chance(0.5) ? 'buy' : 'sell';
    const step = Math.round(fair + width * normalAt(rng.u32()));
    // Of each side's orders half lie beyond the price they find, so a quarter of all trades.
    const shares = (4 * pace.part * dailyShares * this.#draw.activity) / (pace.actsPerSecond * pace.seconds);
    const institution = rng.chance(INSTITUTIONS);
    const scale = institution ? INSTITUTION_SIZE : 1;
    const mean = (shares * scale) / (1 + INSTITUTIONS * (INSTITUTION_SIZE - 1));
    desk.session = 'regular';
    desk.collect({ side, step: this.#within(step), quantity: this.#sizes.drawResting(mean, rng) });
  }

  #within(step: number): number {
    return Math.max(0, Math.min(this.#top, step));
  }
}
