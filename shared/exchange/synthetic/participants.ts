/** The synthetic market: participants that keep every listed issue quoted on its venues, seeded, in exchange time. */
import type { Market, MarketBlow } from '../../domain/index.ts';
import { assert } from '../../errors/index.ts';
import { Rng } from '../../rng/index.ts';
import { epochMs, type EpochMs } from '../../time/index.ts';
import { ActQueue } from './act-queue.ts';
import type { IssueSnapshot } from './issue-state.ts';
import type { Exchange } from '../exchange.ts';
import type { DayDraw } from './market-model.ts';
import { normalAt } from './quantiles.ts';
import { DayPaths, drawDay, type DayFacts, type PastBlow } from './synthetic-day.ts';
import { StoryGuide, type GuideSnapshot, type StoryToday } from './story-guide.ts';
import { SyntheticIssue } from './synthetic-issue.ts';
import { drawProfile } from './synthetic-profile.ts';
import type { ListedIssue } from '../types.ts';

/** Plain data (structured-cloneable); with the exchange's snapshot it continues exactly. */
export interface MarketSnapshot {
  readonly version: 2;
  readonly seed: number;
  readonly marketSeed: number;
  readonly shock: MarketBlow | null;
  readonly day: DayFacts;
  /** When the futures are told next. */
  readonly futuresTs: number;
  readonly issues: readonly IssueSnapshot[];
  /** Absent: nothing is told. */
  readonly story?: { readonly today: StoryToday; readonly guide: GuideSnapshot };
}

/** What a synthetic market is made of. */
export interface SyntheticOptions {
  /** An exchange that lists the issues and is moved by this market alone. */
  readonly exchange: Exchange;
  readonly issues: readonly ListedIssue[];
  /** 0 … 2^32 − 1: who does what on this day. */
  readonly seed: number;
  /** The same on every day of a market that is played day by day: its days hang together. `seed` if absent. */
  readonly marketSeed?: number;
  /** A blow to this day. */
  readonly shock?: MarketBlow;
  /** A blow to an earlier day, which the volatility remembers. */
  readonly blow?: PastBlow;
  /** What happens on this day. */
  readonly story?: StoryToday;
}

/** The index futures of both markets are told so often, with so much noise of their own (fractions). */
const FUTURES_EVERY_MS = 5_000;
const FUTURES_NOISE = 0.0004;
const FUTURES = [
  { index: 'KOSPI200', market: 'KOSPI' },
  { index: 'KOSDAQ150', market: 'KOSDAQ' },
] as const satisfies readonly { readonly index: string; readonly market: Market }[];
const PPM = 1_000_000;

/** Runs the participants of all issues, each at its own moments. */
export class SyntheticMarket {
  readonly #exchange: Exchange;
  readonly #seed: number;
  readonly #marketSeed: number;
  readonly #shock: MarketBlow | undefined;
  readonly #issues: readonly SyntheticIssue[];
  readonly #paths: DayPaths;
  readonly #queue: ActQueue;
  readonly #today: StoryToday | undefined;
  readonly #guide: StoryGuide | undefined;
  readonly #openTs: number;
  readonly #closeTs: number;
  #futuresTs: number;

  /** With `from`, continues on an exchange restored from the snapshot taken at the same moment. */
  constructor(options: SyntheticOptions, from?: MarketSnapshot) {
    const { exchange, seed, marketSeed = seed, shock, blow } = options;
    const { date } = exchange;
    this.#exchange = exchange;
    this.#seed = seed;
    this.#marketSeed = marketSeed;
    this.#shock = shock;
    const continuous = exchange.schedule.parts.find((part) => part.phase === 'continuous');
    assert(continuous, 'the day has no continuous session');
    const { startTs: openTs, endTs: closeTs } = continuous;
    this.#openTs = openTs;
    this.#closeTs = closeTs;
    this.#futuresTs = from?.futuresTs ?? openTs;
    const parts = [...exchange.schedule.parts, ...(exchange.nxtSchedule?.parts ?? [])];
    const partStarts = [...new Set(parts.map((part) => part.startTs))].sort((a, b) => a - b);
    const { issues } = options;
    const profiles = issues.map((issue) => drawProfile(issue, Rng.from(marketSeed, `profile/${issue.code}`)));
    const facts = from?.day ?? drawDay({ seed: marketSeed, date, profiles, ...(blow && { blow }) });
    const paths = new DayPaths({ facts, seed: marketSeed, date, openTs, closeTs, shock });
    this.#paths = paths;
    const today = from?.story?.today ?? options.story;
    const guide =
      today &&
      new StoryGuide(
        { today, exchange, date, openTs, natural: (market, ts) => this.#natural(market, ts) },
        from?.story?.guide,
      );
    this.#today = today;
    this.#guide = guide;
    this.#issues = issues.map((issue, i) => {
      const rng = Rng.from(seed, `synthetic/${date}/${issue.code}`);
      const [profile, draw] = [profiles[i] as (typeof profiles)[number], facts.issues[i] as DayDraw];
      const story = guide?.ofIssue({ code: issue.code, market: issue.market, beta: profile.beta });
      const parts = { exchange, issue, profile, draw, paths, rng, openTs, partStarts, ...(story && { story }) };
      return new SyntheticIssue(parts, from?.issues[i]);
    });
    this.#queue = new ActQueue(this.#issues.length);
    this.#issues.forEach((issue, place) => this.#queue.add(issue.nextTs, place));
  }

  static restore(snapshot: MarketSnapshot, options: Pick<SyntheticOptions, 'exchange' | 'issues'>): SyntheticMarket {
    const { seed, marketSeed, shock } = snapshot;
    return new SyntheticMarket({ ...options, seed, marketSeed, ...(shock && { shock }) }, snapshot);
  }

  snapshot(): MarketSnapshot {
    return {
      version: 2,
      seed: this.#seed,
      marketSeed: this.#marketSeed,
      shock: this.#shock ?? null,
      day: this.#paths.facts,
      futuresTs: this.#futuresTs,
      issues: this.#issues.map((issue) => issue.snapshot()),
      ...(this.#today && this.#guide && { story: { today: this.#today, guide: this.#guide.snapshot() } }),
    };
  }

  /** Moves the exchange's clock to `ts`, acting on the way; the result does not depend on how the way is cut. */
  advanceTo(ts: EpochMs): void {
    const exchange = this.#exchange;
    const queue = this.#queue;
    for (;;) {
      const guideTs = this.#guide?.nextTs ?? Number.POSITIVE_INFINITY;
      const at = Math.min(queue.nextTs, this.#futuresTs, guideTs);
      if (at > ts) break;
      if (at > exchange.now) exchange.advanceTo(epochMs(at));
      if (guideTs === at) {
        this.#guide?.act(at);
        continue;
      }
      if (this.#futuresTs === at) {
        this.#tellFutures(at);
        continue;
      }
      const issue = this.#issues[queue.next] as SyntheticIssue;
      issue.act(at);
      queue.putBack(issue.nextTs);
    }
    if (ts > exchange.now) exchange.advanceTo(ts);
  }

  /** What a market has moved without a story, a fraction. */
  #natural(market: Market, ts: number): number {
    const { overnight, session } = this.#paths.market(market, this.#paths.fraction(ts));
    return overnight + session + this.#paths.shock(market, ts);
  }

  /** Program traders follow the futures, which lead the issues by what their makers have still to learn. */
  #tellFutures(ts: number): void {
    this.#futuresTs = ts + FUTURES_EVERY_MS < this.#closeTs ? ts + FUTURES_EVERY_MS : Number.POSITIVE_INFINITY;
    const noise = Rng.from(this.#seed, `futures/${ts - this.#openTs}`);
    for (const { index, market } of FUTURES) {
      const spot = this.#guide?.index(market, epochMs(ts)) ?? this.#natural(market, ts);
      const held = this.#guide?.futures(market, epochMs(ts)) ?? null;
      if (held !== null) {
        const changePpm = Math.round(PPM * held);
        this.#exchange.setFutures({ index, changePpm, spotChangePpm: changePpm });
        continue;
      }
      const basis = FUTURES_NOISE * normalAt(noise.u32());
      const spotChangePpm = Math.round(PPM * spot);
      this.#exchange.setFutures({ index, changePpm: Math.round(PPM * (spot + basis)), spotChangePpm });
    }
  }
}
