/** How a whole market moves from day to day: clustered volatility in spells, fat tails, leverage, a market and sector factors. */
import { Rng } from '../../rng/index.ts';
import { expOf, normalAt, studentAt } from './quantiles.ts';

/** What the model must know of an issue. */
export interface ModelIssue {
  /** Names the issue's own stream of draws. */
  readonly code: string;
  /** Sensitivity to the market factor, about 1, and to its sector's. */
  readonly beta: number;
  readonly sectorBeta: number;
  /** 0 … SECTORS − 1. */
  readonly sector: number;
  /** Standard deviation of the part of a day's return that is the issue's own. */
  readonly ownSd: number;
}

/** A day as the model draws it, in fractions of the price. */
export interface DayDraw {
  /** From the base price to the open, and from the open to the close. */
  readonly overnight: number;
  readonly session: number;
  /** Standard deviation that the session's return was drawn with. */
  readonly sessionSd: number;
  /** Volume over the usual one. */
  readonly activity: number;
}

/** The market's own day. */
export type FactorDraw = Omit<DayDraw, 'activity'>;

/** One day of everything. */
export interface ModelDay {
  readonly market: FactorDraw;
  readonly sectors: readonly FactorDraw[];
  readonly issues: readonly DayDraw[];
}

/** A move from outside that is added to a day's draw, in fractions. */
export interface DayShock {
  readonly overnight: number;
  readonly session: number;
}

/** Sectors of the model. */
export const SECTORS = 11;
/** Share of a day's variance that comes before the open. @source resources/krx/market-bands.json (OVERNIGHT) */
const OVERNIGHT_SHARE = 0.39;
/** Standard deviations of the market's and a sector's daily return, and of the part of the market's that comes after the open. */
const MARKET_SD = 0.0115;
export const USUAL_SESSION_SD = MARKET_SD * Math.sqrt(1 - OVERNIGHT_SHARE);
const SECTOR_SD = 0.006;
/**
 * Variance of the days that follow a day, in units of the long-run one: next = rest + (ALPHA + GAMMA · [fall]) · move² + BETA · now.
 * It forgets within weeks; what lasts for months are the spells.
 */
const ALPHA = 0.05;
const GAMMA = 0.43;
const BETA = 0.525;
const REST = 1 - ALPHA - GAMMA * 0.54 - BETA;
const LEAST_VARIANCE = 0.25;
const MOST_VARIANCE = 4;
/** Falls are drawn larger than rises by this part, and the mean is put back to zero. */
const SKEW = 0.115;
const MEAN_SIZE = 0.765;
/** A shock is part normal, part of Student's t with five degrees of freedom; the squares of the parts add up to 1. */
const BODY = 0.382;
const TAILS = 0.924;
/** Largest shock in its own standard deviations. */
const MOST_SHOCK = 4.1;
/** Calm and turbulent spells alternate: days of one, and the logarithm of volatility they lie from the middle. */
const SPELL_DAYS = 282;
const SPELL_EXTRA_DAYS = 24;
const SPELL_DEPTH = 0.53;
const SPELL_ENTRY = 0.3;
/** Whoever sees runs in an issue trades them away: how fast measured runs fade, and how strongly they are traded. */
const RUN_MEMORY = 0.0033;
const RUN_TRADING = 9;
/** Whoever values an issue leans against a way that is longer than usual: how the way fades, and how strongly. */
const WAY_FADES = 0.06;
const FAIR_WAY = 2;
const VALUE_TRADING = 0.08;
/** Activity (logarithm of volume over usual) remembers yesterday's, and rises with the day's move. */
const ACTIVITY_MEMORY = 0.93;
const ACTIVITY_DRAW = 0.17;
const ACTIVITY_PER_MOVE = 0.16;

/** Plain data. */
interface WalkerState {
  variance: number;
  /** Logarithm of the spell's volatility, its goal, and the days left in it. */
  level: number;
  goal: number;
  left: number;
  /** Yesterday's move and the measured runs, in standard deviations. */
  before: number;
  runs: number;
  /** Moves of the last weeks together, the older the less. */
  way: number;
  activity: number;
}

/** The two streams of draws of a walker: its spells, and its days. */
interface WalkerStreams {
  readonly spells: Rng;
  readonly days: Rng;
}

/** One source of moves (the market, a sector, or an issue's own part) with its memory. */
class Walker {
  readonly #spells: Rng;
  readonly #rng: Rng;
  readonly #state: WalkerState;

  /** `startDay`: days since the first of all spells. */
  constructor({ spells, days }: WalkerStreams, startDay: number) {
    this.#spells = spells;
    this.#rng = days;
    let goal = SPELL_DEPTH * (0.8 + 0.4 * spells.unit()) * (spells.chance(0.5) ? 1 : -1);
    let left = 1 + spells.int(SPELL_DAYS + SPELL_EXTRA_DAYS / 2);
    let over = startDay;
    while (over >= left) {
      over -= left;
      goal = nextGoal(goal, spells);
      left = nextLength(spells);
    }
    this.#state = {
      variance: 1,
      level: goal,
      goal,
      left: left - over,
      before: 0,
      runs: 0,
      way: 0,
      activity: 0.4 * normalAt(days.u32()),
    };
  }

  get level(): number {
    return this.#state.level;
  }

  get variance(): number {
    return this.#state.variance;
  }

  /** One day further in the calm or turbulent spell. */
  stepSpell(): void {
    const s = this.#state;
    if (s.left === 0) {
      s.goal = nextGoal(s.goal, this.#spells);
      s.left = nextLength(this.#spells);
    }
    s.left -= 1;
    s.level += SPELL_ENTRY * (s.goal - s.level);
  }

  /** A skewed, fat-tailed shock of unit variance; runs that were measured make its sign a little less likely to go on. */
  drawShock(): number {
    const s = this.#state;
    const drawn = BODY * normalAt(this.#rng.u32()) + TAILS * studentAt(this.#rng.u32());
    const raw = Math.max(-MOST_SHOCK, Math.min(MOST_SHOCK, drawn));
    const tilt = Math.max(-0.3, Math.min(0.3, RUN_TRADING * s.runs));
    const goesOn = raw * s.before > 0;
    const runTraded = this.#rng.unit() < Math.abs(tilt) && goesOn === tilt > 0;
    // Value: a price that has run far in a few weeks meets those who lean against it.
    const stretched = raw * s.way > 0 ? VALUE_TRADING * (Math.abs(s.way) - FAIR_WAY) : 0;
    const leanedAgainst = this.#rng.unit() < Math.min(0.5, stretched);
    const unit = runTraded !== leanedAgainst ? -raw : raw;
    return (unit < 0 ? 1 + SKEW : 1 - SKEW) * unit + SKEW * MEAN_SIZE;
  }

  normal(): number {
    return normalAt(this.#rng.u32());
  }

  /** Remembers a day: `move` is what happened, in the standard deviations it was drawn with, times sqrt of `variance` before. */
  remember(move: number): void {
    const s = this.#state;
    const next = REST + (ALPHA + (move < 0 ? GAMMA : 0)) * move * move + BETA * s.variance;
    s.runs += RUN_MEMORY * (move * s.before - s.runs);
    s.before = move;
    s.way += move - WAY_FADES * s.way;
    s.variance = Math.max(LEAST_VARIANCE, Math.min(MOST_VARIANCE, next));
  }

  /** Volume over usual for a day that moved by `size` of its own standard deviations. */
  drawActivity(size: number): number {
    const s = this.#state;
    s.activity = ACTIVITY_MEMORY * s.activity + ACTIVITY_DRAW * this.normal();
    return expOf(s.activity + ACTIVITY_PER_MOVE * (Math.min(size, 5) - MEAN_SIZE));
  }
}

function nextGoal(goal: number, spells: Rng): number {
  return (goal > 0 ? -1 : 1) * SPELL_DEPTH * (0.8 + 0.4 * spells.unit());
}

function nextLength(spells: Rng): number {
  return SPELL_DAYS + spells.int(SPELL_EXTRA_DAYS);
}

/** What a model starts from. */
export interface ModelOptions {
  readonly seed: number | string;
  readonly issues: readonly ModelIssue[];
  /** Days since the first of all spells; 0 if absent. */
  readonly startDay?: number;
  /** Names the stream of the days' draws; 0 if absent. */
  readonly block?: number;
}

/** Runs a market day by day. */
export class MarketModel {
  readonly #issues: readonly ModelIssue[];
  readonly #market: Walker;
  readonly #sectors: readonly Walker[];
  readonly #own: readonly Walker[];

  /** With the same seed every day of a block of days comes out the same, whichever day of it one starts from. */
  constructor(options: ModelOptions) {
    const { seed, issues, startDay = 0, block = 0 } = options;
    this.#issues = issues;
    const names = ['market', ...Array.from({ length: SECTORS }, (_, i) => `sector ${i}`), ...issues.map((i) => i.code)];
    const walkers = names.map((name) => {
      const streams = { spells: Rng.from(seed, `spells/${name}`), days: Rng.from(seed, `days/${name}/${block}`) };
      return new Walker(streams, startDay);
    });
    this.#market = walkers[0] as Walker;
    this.#sectors = walkers.slice(1, 1 + SECTORS);
    this.#own = walkers.slice(1 + SECTORS);
  }

  /** Draws one day for the market and, in order, for every issue. */
  next(shock?: DayShock): ModelDay {
    const market = drawFactor(this.#market, MARKET_SD, shock);
    const sectors = this.#sectors.map((walker) => drawFactor(walker, SECTOR_SD));
    const calm = this.#market.level;
    const issues = this.#issues.map((issue, i) => {
      const sector = sectors[issue.sector] as FactorDraw;
      return drawIssue(issue, this.#own[i] as Walker, { market, sector, level: calm });
    });
    return { market, sectors, issues };
  }
}

function drawFactor(walker: Walker, usualSd: number, shock?: DayShock): FactorDraw {
  walker.stepSpell();
  const sd = usualSd * Math.sqrt(walker.variance) * expOf(walker.level);
  const unit = walker.drawShock();
  const { overnight, session, sessionSd } = split({ whole: sd * unit, sd, normal: walker.normal() });
  const extra = shock ? shock.overnight + shock.session : 0;
  walker.remember(Math.sqrt(walker.variance) * (unit + Math.max(-MOST_SHOCK, Math.min(MOST_SHOCK, extra / sd))));
  return { overnight: overnight + (shock?.overnight ?? 0), session: session + (shock?.session ?? 0), sessionSd };
}

/** The two parts add up to the whole exactly: a bridge with the overnight share of the variance. */
function split(day: { readonly whole: number; readonly sd: number; readonly normal: number }): FactorDraw {
  const bridge = day.sd * Math.sqrt(OVERNIGHT_SHARE * (1 - OVERNIGHT_SHARE)) * day.normal;
  const overnight = OVERNIGHT_SHARE * day.whole + bridge;
  return { overnight, session: day.whole - overnight, sessionSd: day.sd * Math.sqrt(1 - OVERNIGHT_SHARE) };
}

function drawIssue(
  issue: ModelIssue,
  walker: Walker,
  common: { readonly market: FactorDraw; readonly sector: FactorDraw; readonly level: number },
): DayDraw {
  const { market, sector, level } = common;
  const { beta, sectorBeta, ownSd } = issue;
  walker.stepSpell();
  // Half of an issue's spell is the whole market's.
  const sd = ownSd * Math.sqrt(walker.variance) * expOf(0.86 * level + 0.1 * walker.level);
  const own = split({ whole: sd * walker.drawShock(), sd, normal: walker.normal() });
  const overnight = beta * market.overnight + sectorBeta * sector.overnight + own.overnight;
  const session = beta * market.session + sectorBeta * sector.session + own.session;
  const square = (x: number): number => x * x;
  const sessionSd = Math.sqrt(
    square(beta * market.sessionSd) + square(sectorBeta * sector.sessionSd) + square(own.sessionSd),
  );
  const move = ((overnight + session) / sessionSd) * Math.sqrt(1 - OVERNIGHT_SHARE);
  walker.remember(Math.sqrt(walker.variance) * move);
  return { overnight, session, sessionSd, activity: walker.drawActivity(Math.abs(move)) };
}
