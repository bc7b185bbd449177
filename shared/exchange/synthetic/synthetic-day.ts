/** What a synthetic day is made of before anybody trades: the model's draws, the paths of market and sectors, a blow from outside. */
import type { Market, MarketBlow } from '../../domain/index.ts';
import { Rng } from '../../rng/index.ts';
import { kstInstant, sessionDate, weekday, type SessionDate } from '../../time/index.ts';
import { shareOfTime } from './day-shape.ts';
import { MarketModel, type DayDraw, type DayShock, type FactorDraw, type ModelDay } from './market-model.ts';
import { expOf, normalAt } from './quantiles.ts';
import type { IssueProfile } from './synthetic-profile.ts';

/** What a planned blow is to a day: the day's own, or one that an earlier day has had. Empty before it strikes. */
export function blowOn(
  planned: MarketBlow | undefined,
  date: SessionDate,
): { readonly shock?: MarketBlow; readonly blow?: PastBlow } {
  if (!planned) return {};
  const struck = planned.date === undefined ? date : sessionDate(planned.date);
  if (struck === date) return { shock: planned };
  return struck < date ? { blow: { date: struck, shock: planned } } : {};
}

/** A blow to an earlier day. */
export interface PastBlow {
  readonly date: SessionDate;
  readonly shock: MarketBlow;
}

/** Plain data: all that the day's participants are told. */
export interface DayFacts {
  readonly issues: readonly DayDraw[];
  readonly market: FactorDraw;
  readonly sectors: readonly FactorDraw[];
  /** Part that KOSDAQ goes its own way, and KOSPI the other. */
  readonly apart: FactorDraw;
}

/** Days whose draws come from one stream; the model wakes one block before, which is longer than its memory of single days. */
const BLOCK_DAYS = 64;
/** Weekdays before this day are not counted: spells begin here. */
const FIRST_DAY = kstInstant(sessionDate('2000-01-03'), 0);
const DAY_MS = 86_400_000;
const APART_SD = 0.0035;
/** Part of a blow with the open that is the opening gap. */
const GAP_PART = 0.3;

/** Weekdays since Monday, 3 January 2000. */
function weekdaysTo(date: SessionDate): number {
  const days = Math.floor((kstInstant(date, 0) - FIRST_DAY) / DAY_MS);
  return Math.max(0, Math.floor(days / 7) * 5 + Math.min(5, (weekday(date) + 6) % 7));
}

/**
 * The draws of a date. The same seed gives the same market day after day, so volatility clusters over days that are
 * played one by one; a blow of an earlier day is remembered.
 */
export function drawDay(options: {
  readonly seed: number;
  readonly date: SessionDate;
  readonly profiles: readonly IssueProfile[];
  readonly blow?: PastBlow;
}): DayFacts {
  const { seed, date, profiles, blow } = options;
  const day = weekdaysTo(date);
  const block = Math.floor(day / BLOCK_DAYS);
  const startDay = Math.max(0, (block - 1) * BLOCK_DAYS);
  const model = new MarketModel({ seed, issues: profiles, startDay, block });
  const blowDay = blow && blow.date < date ? weekdaysTo(blow.date) : -1;
  const blowMove: DayShock = { overnight: 0, session: (blow?.shock.pct ?? 0) / 100 };
  let drawn: ModelDay = model.next(blowDay === startDay ? blowMove : undefined);
  for (let at = startDay + 1; at <= day; at += 1) drawn = model.next(at === blowDay ? blowMove : undefined);
  const rng = Rng.from(seed, `apart/${date}`);
  const apart = {
    overnight: APART_SD * 0.6 * normalAt(rng.u32()),
    session: APART_SD * 0.8 * normalAt(rng.u32()),
    sessionSd: APART_SD * 0.8,
  };
  return { ...drawn, apart };
}

/** Points of a path over the continuous session, evenly spaced in time. */
const POINTS = 760;

/** Moves come in bursts: spread of the logarithm of variance, and how much of a burst stays for the next point. */
const BURST_SPREAD = 1.1;
const BURST_MEMORY = 0.85;

/** A bridge over the continuous session from 0 to the session's return, as busy as the day is, in bursts. */
function drawPath(draw: FactorDraw, rng: Rng): Float64Array {
  const clock = new Float64Array(POINTS);
  let burst = BURST_SPREAD * normalAt(rng.u32());
  let whole = 0;
  for (let i = 0; i < POINTS; i += 1) {
    const fresh = BURST_SPREAD * Math.sqrt(1 - BURST_MEMORY * BURST_MEMORY);
    burst = BURST_MEMORY * burst + fresh * normalAt(rng.u32());
    const step = (shareOfTime((i + 1) / POINTS) - shareOfTime(i / POINTS)) * expOf(burst);
    clock[i] = step;
    whole += step;
  }
  const path = new Float64Array(POINTS + 1);
  let [at, rest] = [0, whole];
  for (let i = 0; i < POINTS; i += 1) {
    const step = clock[i] as number;
    const pull = rest > step ? step / rest : 1;
    const noise = Math.sqrt((step / whole) * (1 - pull));
    at += (draw.session - at) * pull + draw.sessionSd * noise * normalAt(rng.u32());
    path[i + 1] = at;
    rest -= step;
  }
  path[POINTS] = draw.session;
  return path;
}

/** The paths of the day that many issues follow. */
export class DayPaths {
  readonly facts: DayFacts;
  readonly #market: Float64Array;
  readonly #sectors: readonly Float64Array[];
  readonly #apart: Float64Array;
  readonly #openTs: number;
  readonly #closeTs: number;
  readonly #shock: MarketBlow | undefined;
  readonly #midnight: number;

  constructor(options: {
    readonly facts: DayFacts;
    readonly seed: number;
    readonly date: SessionDate;
    /** Start and end of the continuous session. */
    readonly openTs: number;
    readonly closeTs: number;
    readonly shock: MarketBlow | undefined;
  }) {
    const { facts, seed, date } = options;
    this.facts = facts;
    const rng = (name: string): Rng => Rng.from(seed, `paths/${date}/${name}`);
    this.#market = drawPath(facts.market, rng('market'));
    this.#sectors = facts.sectors.map((sector, i) => drawPath(sector, rng(`sector ${i}`)));
    this.#apart = drawPath(facts.apart, rng('apart'));
    this.#openTs = options.openTs;
    this.#closeTs = options.closeTs;
    this.#shock = options.shock;
    this.#midnight = kstInstant(date, 0);
  }

  /** Fraction (0 … 1) of the continuous session that is over. */
  fraction(ts: number): number {
    return Math.max(0, Math.min(1, (ts - this.#openTs) / (this.#closeTs - this.#openTs)));
  }

  /** What a market has moved before the open and since it, together and apart from the other, in fractions; no blow. */
  market(market: Market, fraction: number): { readonly overnight: number; readonly session: number } {
    const sign = market === 'KOSPI' ? -0.5 : 0.5;
    const { facts } = this;
    return {
      overnight: facts.market.overnight + sign * facts.apart.overnight,
      session: valueAt(this.#market, fraction) + sign * valueAt(this.#apart, fraction),
    };
  }

  /** What an issue's market and sector have moved it since the open, in fractions. */
  common(issue: { readonly market: Market; readonly profile: IssueProfile }, fraction: number): number {
    const sign = issue.market === 'KOSPI' ? -0.5 : 0.5;
    const market = valueAt(this.#market, fraction) + sign * valueAt(this.#apart, fraction);
    return issue.profile.beta * market + this.sector(issue.profile, fraction);
  }

  /** What an issue's sector alone has moved it since the open, in fractions. */
  sector({ sectorBeta, sector }: IssueProfile, fraction: number): number {
    const path = this.#sectors[sector];
    return path ? sectorBeta * valueAt(path, fraction) : 0;
  }

  /** What both markets' going apart before the open does to an issue, in fractions. */
  apartOvernight(market: Market, beta: number): number {
    return beta * (market === 'KOSPI' ? -0.5 : 0.5) * this.facts.apart.overnight;
  }

  /** Deviation that is left for the issue's own way of the session. */
  ownSd(profile: IssueProfile, draw: DayDraw): number {
    const { market, sectors } = this.facts;
    const common = profile.beta * market.sessionSd;
    const sector = profile.sectorBeta * (sectors[profile.sector]?.sessionSd ?? 0);
    return Math.sqrt(Math.max(0, draw.sessionSd * draw.sessionSd - common * common - sector * sector));
  }

  /** What a blow has done to a market by an instant, in fractions. */
  shock(market: Market, ts: number): number {
    const shock = this.#shock;
    if (!shock || (shock.market !== 'all' && shock.market !== market)) return 0;
    const whole = shock.pct / 100;
    const from = shock.at === 'open' ? this.#openTs : this.#midnight + shock.at;
    const part = Math.max(0, Math.min(1, (ts - from) / (shock.minutes * 60_000)));
    if (shock.at === 'open') return whole * (GAP_PART + (1 - GAP_PART) * part);
    return whole * part;
  }
}

function valueAt(path: Float64Array, fraction: number): number {
  const at = fraction * POINTS;
  const i = Math.min(POINTS - 1, Math.floor(at));
  const low = path[i] as number;
  return low + ((path[i + 1] as number) - low) * (at - i);
}
