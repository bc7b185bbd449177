/** The synthetic market: participants that keep every listed issue quoted, seeded, in exchange time. */
import { assert } from '../errors/index.ts';
import { Rng, type RngState } from '../rng/index.ts';
import { epochMs, type EpochMs } from '../time/index.ts';
import { normalAt } from './quantiles.ts';
import { AUCTION_ACT_SECONDS, SyntheticIssue, type IssueSnapshot } from './synthetic-issue.ts';
import type { ListedIssue } from './types.ts';
import type { Venue } from './venue.ts';

const SECOND = 1_000;

/** Plain data (structured-cloneable); with the venue's snapshot it continues exactly. */
export interface MarketSnapshot {
  readonly version: 1;
  readonly seed: number;
  readonly state: MarketState;
  readonly rng: RngState;
  readonly issues: readonly IssueSnapshot[];
}

interface MarketState {
  /** Start of the second being played, and the next slot in it. */
  second: number;
  slot: number;
  marketMove: number;
}

/** An issue acts at its own milliseconds of every second, so that the market never moves in one lump. */
interface Slot {
  readonly ms: number;
  readonly issue: number;
}

/** What a synthetic market is made of. */
export interface SyntheticOptions {
  /** A venue that lists the issues and is moved by this market alone. */
  readonly venue: Venue;
  readonly issues: readonly ListedIssue[];
  /** 0 … 2^32 − 1. */
  readonly seed: number;
}

/** Runs the participants of all issues, each at its own moments of every second. */
export class SyntheticMarket {
  readonly #venue: Venue;
  readonly #seed: number;
  readonly #rng: Rng;
  readonly #issues: readonly SyntheticIssue[];
  readonly #slots: readonly Slot[];
  readonly #openTo: number;
  readonly #closeFrom: number;
  readonly #state: MarketState;

  /** With `from`, continues on a venue restored from the snapshot taken at the same moment. */
  constructor(options: SyntheticOptions, from?: MarketSnapshot) {
    const { venue, issues, seed } = options;
    this.#venue = venue;
    this.#seed = seed;
    const continuous = venue.schedule.parts.find((part) => part.phase === 'continuous');
    assert(continuous, 'the day has no continuous session');
    this.#openTo = continuous.startTs;
    this.#closeFrom = continuous.endTs;
    const stream = `synthetic/${venue.date}`;
    const market = Rng.from(seed, stream);
    const gap = normalAt(market.u32());
    const traded = issues.filter((issue) => issue.halted !== true);
    this.#issues = traded.map((issue, i) => {
      const rng = Rng.from(seed, `${stream}/${issue.code}`);
      return new SyntheticIssue({ venue, issue, rng, gap }, from?.issues[i]);
    });
    this.#slots = slotsOf(this.#issues, Rng.from(seed, 'slots'));
    this.#rng = from ? Rng.restore(from.rng) : market;
    this.#state = from ? { ...from.state } : { second: venue.now - (venue.now % SECOND), slot: 0, marketMove: 0 };
  }

  static restore(snapshot: MarketSnapshot, options: Omit<SyntheticOptions, 'seed'>): SyntheticMarket {
    return new SyntheticMarket({ ...options, seed: snapshot.seed }, snapshot);
  }

  snapshot(): MarketSnapshot {
    return {
      version: 1,
      seed: this.#seed,
      state: { ...this.#state },
      rng: this.#rng.state(),
      issues: this.#issues.map((issue) => issue.snapshot()),
    };
  }

  /** Moves the venue's clock to `ts`, acting on the way; the result does not depend on how the way is cut. */
  advanceTo(ts: EpochMs): void {
    const s = this.#state;
    for (;;) {
      const slot = this.#slots[s.slot];
      if (slot === undefined) {
        s.second += SECOND;
        s.slot = 0;
        if (this.#slots.length === 0 && s.second > ts) break;
        s.marketMove = normalAt(this.#rng.u32());
        continue;
      }
      const at = s.second + slot.ms;
      if (at > ts) break;
      s.slot += 1;
      if (at < this.#venue.now) continue;
      this.#act(at, this.#issues[slot.issue] as SyntheticIssue, slot);
    }
    if (ts > this.#venue.now) this.#venue.advanceTo(ts);
  }

  #act(at: number, issue: SyntheticIssue, slot: Slot): void {
    if (at > this.#venue.now) this.#venue.advanceTo(epochMs(at));
    const { phase } = this.#venue;
    if (phase === 'continuous') {
      const dayFraction = (at - this.#openTo) / (this.#closeFrom - this.#openTo);
      issue.act({ dayFraction, marketMove: this.#state.marketMove });
      return;
    }
    if (phase !== 'openAuction' && phase !== 'closeAuction') return;
    // Auctions are slow: each issue acts once in fifteen seconds, not all in the same one.
    const turn = Math.floor(this.#state.second / SECOND) + slot.issue;
    if (slot.ms * issue.actsPerSecond >= SECOND || turn % AUCTION_ACT_SECONDS !== 0) return;
    const actsLeft = Math.max(0, Math.floor((this.#openTo - at) / (AUCTION_ACT_SECONDS * SECOND)));
    if (phase === 'openAuction') issue.actInOpening(actsLeft);
    else issue.actInClosing();
  }
}

/** Every issue's slots in a second, evenly spaced from a drawn start, in order of time. */
function slotsOf(issues: readonly SyntheticIssue[], rng: Rng): Slot[] {
  const slots: Slot[] = [];
  issues.forEach((issue, i) => {
    const gap = Math.floor(SECOND / issue.actsPerSecond);
    const first = rng.int(gap);
    for (let k = 0; k < issue.actsPerSecond; k += 1) slots.push({ ms: first + k * gap, issue: i });
  });
  return slots.sort((a, b) => a.ms - b.ms || a.issue - b.issue);
}
