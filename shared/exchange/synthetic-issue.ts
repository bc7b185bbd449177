/** The participants of one synthetic issue: market makers around a moving opinion, noise, trend followers, informed traders. */
import type { Side } from '../domain/index.ts';
import { quantityCap, tickTable } from '../market/index.ts';
import { Rng, type RngState } from '../rng/index.ts';
import { intensityAt } from './day-shape.ts';
import { MakerLadder, type LadderSnapshot } from './maker-ladder.ts';
import { BandLadder, type PriceLadder } from './ladder.ts';
import { expOf, normalAt } from './quantiles.ts';
import { drawProfile, MARKET_VOLATILITY, type IssueProfile } from './synthetic-profile.ts';
import { PARTICIPANTS, type ListedIssue } from './types.ts';
import type { Venue } from './venue.ts';

/** Seconds of a continuous session, for turning daily figures into those of a second. */
const SESSION_SECONDS = 22_800;
const ROOT_SECONDS = Math.sqrt(SESSION_SECONDS);
/** Standard deviation of the move before the open, relative to the session's. */
const OVERNIGHT = 0.6;
/** Resting orders of single investors kept at a time. */
const SINGLES = 8;
/** Orders a market maker enters on one side in one act. */
const MAKER_ORDERS = 4;
/** Acts of an issue while an auction collects, and the share of the day's volume each side offers. */
export const AUCTION_ACT_SECONDS = 15;
const OPEN_ACTS = 120;
const OPEN_SHARE = 0.05;
const CLOSE_ACTS = 40;
const CLOSE_SHARE = 0.1;
/** Makers stand ready before the open in the last acts of the auction. */
const MAKERS_READY_ACTS = 12;
const DEPTH_SHAPE = [0.6, 0.8, 1, 1.15, 1.2, 1.15, 1.1, 1.05, 1, 0.95, 1, 1.2, 1.5, 2] as const;

/** Plain data: everything that decides what these participants do next. */
export interface IssueSnapshot {
  readonly rng: RngState;
  readonly state: IssueState;
  readonly bids: LadderSnapshot;
  readonly asks: LadderSnapshot;
  readonly singles: readonly number[];
}

interface IssueState {
  /** What the issue is worth, in price steps; only informed traders know. */
  fair: number;
  /** What the makers think it is worth, in price steps. */
  opinion: number;
  /** Step of the makers' best bid; the best ask is `spread` higher. */
  bid: number;
  trend: number;
  lastSide: 0 | 1;
  nextSingle: number;
  opened: boolean;
}

/** What an act is told of the day. */
export interface ActFacts {
  /** Fraction (0 … 1) of the continuous session that is over. */
  readonly dayFraction: number;
  /** The market factor's move in this second, in standard deviations of a second. */
  readonly marketMove: number;
}

/** Acts when told; knows only its own issue. */
export class SyntheticIssue {
  readonly code: string;
  readonly actsPerSecond: number;
  readonly #venue: Venue;
  readonly #rng: Rng;
  readonly #grid: PriceLadder;
  readonly #top: number;
  readonly #profile: IssueProfile;
  readonly #orderCap: number;
  /** Bounds of the fair value in steps: nine tenths of the way to the price limits. */
  readonly #low: number;
  readonly #high: number;
  readonly #bids: MakerLadder;
  readonly #asks: MakerLadder;
  readonly #singles = new Float64Array(SINGLES);
  readonly #state: IssueState;

  /** `gap`: the market factor's move overnight in standard deviations of a day. With `from`, continues from there. */
  constructor(options: { venue: Venue; issue: ListedIssue; rng: Rng; gap: number }, from?: IssueSnapshot) {
    const { venue, issue, gap } = options;
    // The profile and the first opinion are drawn from the stream's start; a restored generator goes on from its state.
    const { rng } = options;
    this.code = issue.code;
    this.#venue = venue;
    this.#rng = from ? Rng.restore(from.rng) : rng;
    const { upperLimit, lowerLimit } = venue.issue(issue.code);
    this.#grid = new BandLadder(tickTable(issue.market, venue.date), { lower: lowerLimit, upper: upperLimit });
    this.#top = this.#grid.size - 1;
    this.#profile = drawProfile(issue, rng);
    this.actsPerSecond = this.#profile.actsPerSecond;
    this.#orderCap = quantityCap(issue) ?? Number.MAX_SAFE_INTEGER;
    const { basePrice } = issue;
    this.#low = this.#grid.floorIndex(basePrice - Math.floor((basePrice - lowerLimit) * 0.9));
    this.#high = this.#grid.floorIndex(basePrice + Math.floor((upperLimit - basePrice) * 0.9));
    const base = this.#grid.floorIndex(basePrice);
    const { ownVolatility, beta } = this.#profile;
    const overnight = OVERNIGHT * (MARKET_VOLATILITY * beta * gap + ownVolatility * normalAt(rng.u32()));
    const fair = this.#within(base + overnight * this.#stepsPerReturn(base));
    const size = (level: number): number => this.#size(this.#profile.levelShares * (DEPTH_SHAPE[level] ?? 2));
    const side = { venue, code: issue.code, grid: this.#grid, size };
    this.#bids = new MakerLadder({ ...side, side: 'buy' });
    this.#asks = new MakerLadder({ ...side, side: 'sell' });
    const bid = Math.round(fair - this.#profile.spread / 2);
    const first: IssueState = { fair, opinion: fair, bid, trend: 0, lastSide: 0, nextSingle: 0, opened: false };
    this.#state = from ? { ...from.state } : first;
    if (!from) return;
    this.#bids.restore(from.bids);
    this.#asks.restore(from.asks);
    this.#singles.set(from.singles);
  }

  snapshot(): IssueSnapshot {
    return {
      rng: this.#rng.state(),
      state: { ...this.#state },
      bids: this.#bids.snapshot(),
      asks: this.#asks.snapshot(),
      singles: [...this.#singles],
    };
  }

  /** One act of the opening auction; `actsLeft` counts down to 0 at its scheduled end. */
  actInOpening(actsLeft: number): void {
    const s = this.#state;
    if (actsLeft <= MAKERS_READY_ACTS) {
      this.#bids.fill(s.bid, MAKER_ORDERS);
      this.#asks.fill(s.bid + this.#profile.spread, MAKER_ORDERS);
    }
    const width = 0.4 * this.#profile.ownVolatility * this.#stepsPerReturn(s.fair);
    this.#auctionOrder({ centre: s.fair, width, shares: (this.#profile.dailyShares * OPEN_SHARE) / OPEN_ACTS });
  }

  actInClosing(): void {
    const shares = (this.#profile.dailyShares * CLOSE_SHARE) / CLOSE_ACTS;
    this.#auctionOrder({ centre: this.#state.opinion, width: 1 + this.#profile.spread, shares });
  }

  /** One act of the continuous session. */
  act(facts: ActFacts): void {
    const s = this.#state;
    if (!s.opened) this.#open();
    const acts = this.actsPerSecond;
    const intensity = intensityAt(facts.dayFraction);
    this.#moveOpinion(facts.marketMove, intensity);
    this.#quote();
    const u = this.#rng.unit() * acts;
    const trades = (this.#profile.dailyTrades / SESSION_SECONDS) * intensity;
    if (u < trades) this.#trade();
    else if (u < trades + 0.35 * Math.sqrt(intensity)) this.#single();
    else if (u < trades + 0.6 * Math.sqrt(intensity)) {
      const ladder = this.#rng.chance(0.5) ? this.#bids : this.#asks;
      ladder.refresh(this.#rng.int(10));
    }
  }

  /** The makers start from the price the auction found, if it found one. */
  #open(): void {
    const s = this.#state;
    s.opened = true;
    const { last } = this.#venue.issue(this.code);
    if (last > 0) s.opinion = this.#grid.floorIndex(last);
  }

  /** The fair value walks; the opinion follows it slowly, and follows what was bought and sold at once. */
  #moveOpinion(marketMove: number, intensity: number): void {
    const s = this.#state;
    const dt = 1 / this.actsPerSecond;
    const { ownVolatility, beta } = this.#profile;
    const own = ownVolatility * Math.sqrt(dt * intensity) * normalAt(this.#rng.u32());
    const market = MARKET_VOLATILITY * beta * marketMove * dt;
    const walk = ((own + market) / ROOT_SECONDS) * this.#stepsPerReturn(s.fair);
    const soldOut = this.#asks.dropFilled();
    const boughtOut = this.#bids.dropFilled();
    const pressure = soldOut - boughtOut;
    // Part of the pressure lasts, the rest fades as the opinion returns to the fair value.
    s.fair = this.#within(s.fair + walk + 0.15 * pressure);
    const before = s.opinion;
    s.opinion = this.#within(s.opinion + 0.5 * pressure + 0.04 * dt * (s.fair - s.opinion));
    s.trend += 0.02 * dt * ((s.opinion - before) / dt - s.trend);
  }

  /** Requotes when the opinion has left the middle by most of a step, so that quotes do not flicker. */
  #quote(): void {
    const s = this.#state;
    const { spread } = this.#profile;
    const wanted = s.opinion - spread / 2;
    if (Math.abs(wanted - s.bid) > 0.75) s.bid = Math.max(-spread, Math.min(this.#top, Math.round(wanted)));
    this.#bids.retreat(s.bid);
    this.#asks.retreat(s.bid + spread);
    this.#bids.fill(s.bid, MAKER_ORDERS);
    this.#asks.fill(s.bid + spread, MAKER_ORDERS);
  }

  /** Somebody takes: informed when the quotes are wrong, else with the run, with or against the trend, or at random. */
  #trade(): void {
    const s = this.#state;
    const gap = s.fair - s.opinion;
    const informed = Math.abs(gap) > this.#profile.spread / 2 + 0.8 && this.#rng.chance(0.5);
    if (informed) s.lastSide = gap > 0 ? 1 : 0;
    else if (this.#rng.chance(0.25) && s.trend !== 0) s.lastSide = s.trend > 0 === this.#rng.chance(0.55) ? 1 : 0;
    else if (this.#rng.chance(0.4)) s.lastSide = this.#rng.chance(0.5) ? 1 : 0;
    const side: Side = s.lastSide === 1 ? 'buy' : 'sell';
    const view = this.#venue.issue(this.code);
    const best = side === 'buy' ? view.bestAsk : view.bestBid;
    if (best === 0) return;
    const reach = this.#grid.floorIndex(best) + (side === 'buy' ? 1 : -1);
    const step = Math.max(0, Math.min(this.#top, reach));
    const mean = (this.#profile.dailyShares * 0.6) / this.#profile.dailyTrades;
    this.#submit(side, step, this.#size(mean, 1.1), 'ioc');
  }

  /** A single investor joins the queue near the touch or improves it; an older one leaves. */
  #single(): void {
    const s = this.#state;
    const orderNo = this.#singles[s.nextSingle] as number;
    if (orderNo !== 0 && this.#venue.order(orderNo) !== undefined) this.#venue.cancel(PARTICIPANTS, orderNo);
    const side: Side = this.#rng.chance(0.5) ? 'buy' : 'sell';
    const u = this.#rng.unit();
    const improves = this.#profile.spread > 1 && this.#rng.chance(0.12) ? 1 : 0;
    const away = Math.floor(9 * u * u) - improves;
    const step = side === 'buy' ? s.bid - away : s.bid + this.#profile.spread + away;
    this.#singles[s.nextSingle] = this.#submit(side, step, this.#size(this.#profile.levelShares * 0.4), 'day');
    s.nextSingle = (s.nextSingle + 1) % SINGLES;
  }

  #auctionOrder(auction: { centre: number; width: number; shares: number }): void {
    const side: Side = this.#rng.chance(0.5) ? 'buy' : 'sell';
    const step = Math.round(auction.centre + auction.width * normalAt(this.#rng.u32()));
    this.#submit(side, Math.max(0, Math.min(this.#top, step)), this.#size(2 * auction.shares), 'day');
  }

  /** The order's number, 0 where the exchange refused it or the price does not exist. */
  #submit(side: Side, step: number, quantity: number, timeInForce: 'day' | 'ioc'): number {
    if (step < 0 || step > this.#top) return 0;
    const price = this.#grid.priceAt(step);
    const entry = { owner: PARTICIPANTS, code: this.code, side, type: 'limit' as const, timeInForce, price, quantity };
    const result = this.#venue.submit(entry);
    return 'orderNo' in result ? result.orderNo : 0;
  }

  /** A long-tailed size around a mean, often a round one. */
  #size(mean: number, spread = 0.6): number {
    const size = Math.floor(mean * expOf(spread * normalAt(this.#rng.u32()) - (spread * spread) / 2));
    const round = size >= 20 && this.#rng.chance(0.4) ? size - (size % 10) : size;
    return Math.max(1, Math.min(this.#orderCap, round));
  }

  #within(step: number): number {
    return Math.max(this.#low, Math.min(this.#high, step));
  }

  /** Price steps that make a return of one, where the price is now: the tick changes with the price. */
  #stepsPerReturn(step: number): number {
    const below = Math.max(0, Math.min(this.#top - 1, Math.floor(step)));
    const price = this.#grid.priceAt(below);
    return below === this.#top ? 1 : price / (this.#grid.priceAt(below + 1) - price);
  }
}
