/** Daily rows of a synthetic market from a parametric model: clustered volatility, fat tails, leverage, a market factor. */
import { priceLimits, roundToTick, tickTable, type PriceLimits, type TickTable } from '../market/index.ts';
import { Rng } from '../rng/index.ts';
import { addDays, type SessionDate, type TradingCalendar } from '../time/index.ts';
import { EventHash } from './event-hash.ts';
import { exponentialAt, expOf, normalAt, studentAt } from './quantiles.ts';
import { isTradingDay } from './sessions.ts';

/** Most rows of one run: 4,000 issues for ten years. */
export const MAX_GENERATED_ROWS = 10_000_000;
/** Most issues of one run: what five digits can number. */
export const MAX_GENERATED_ISSUES = 99_999;

/** Prices and value in won, volume in shares. */
export interface GeneratedRow {
  /** "S00001" …: visibly no real code. */
  readonly code: string;
  readonly date: SessionDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
}

/** What to generate. */
export interface GenerateOptions {
  /** Trading days, at least 1. */
  readonly days: number;
  /** Issues, 1 … 99,999. */
  readonly issues: number;
  /** 0 … 2^32 − 1. */
  readonly seed: number;
  /** First day; the first session on or after it. */
  readonly from: SessionDate;
  /** Beyond the years it knows every weekday is a trading day: the market is invented, its dates may be. */
  readonly calendar: TradingCalendar;
}

/** What was generated. */
export interface GenerateResult {
  readonly rows: number;
  /** First and last day generated. */
  readonly from: SessionDate;
  readonly to: SessionDate;
  /** 16 hex digits over every row. */
  readonly hash: string;
}

/**
 * GARCH(1,1) with leverage in units of a day's variance: next = REST + (ALPHA + GAMMA·[r < 0])·r² + BETA·now.
 * Persistence ALPHA + GAMMA ÷ 2 + BETA = 0.985 leaves the long-run variance at 1.
 * @source krx-rules §9 (KOSPI 2003-2025: alpha 0.092, beta 0.896, leverage correlation −0.15, overnight share 0.41)
 */
const ALPHA = 0.03;
const GAMMA = 0.15;
const BETA = 0.88;
const REST = 1 - ALPHA - GAMMA / 2 - BETA;
/** Variance never leaves these multiples of its long-run value. */
const LEAST_VARIANCE = 0.1;
const MOST_VARIANCE = 9;
/** Largest shock in its own standard deviations. */
const MOST_SHOCK = 7;
const OVERNIGHT_SHARE = 0.41;
const MARKET_SD = 0.0115;

interface Issue {
  readonly code: string;
  readonly market: 'KOSPI' | 'KOSDAQ';
  readonly rng: Rng;
  readonly beta: number;
  readonly ownSd: number;
  readonly usualVolume: number;
  close: number;
  variance: number;
  /** Logarithm of volume over usual volume. */
  activity: number;
}

function nextVariance(variance: number, shock: number): number {
  const next = REST + (ALPHA + (shock < 0 ? GAMMA : 0)) * shock * shock + BETA * variance;
  return Math.max(LEAST_VARIANCE, Math.min(MOST_VARIANCE, next));
}

/** A fat-tailed shock in units of a usual day. */
function drawShock(variance: number, rng: Rng): number {
  const unit = Math.max(-MOST_SHOCK, Math.min(MOST_SHOCK, studentAt(rng.u32())));
  return Math.sqrt(variance) * unit;
}

function drawIssue(number: number, seed: number): Issue {
  const code = `S${String(number).padStart(5, '0')}`;
  const rng = Rng.from(seed, `generate/${code}`);
  const market = rng.chance(0.4) ? 'KOSPI' : 'KOSDAQ';
  const price = Math.floor(12_000 * expOf(1.1 * normalAt(rng.u32())));
  return {
    code,
    market,
    rng,
    beta: 0.5 + rng.unit(),
    ownSd: (market === 'KOSPI' ? 0.02 : 0.028) * expOf(0.25 * normalAt(rng.u32())),
    usualVolume: Math.max(100, Math.floor((3e9 / price) * expOf(1.6 * normalAt(rng.u32())))),
    close: Math.max(500, price),
    variance: 1,
    activity: 0,
  };
}

/** The trading days: from the calendar where it knows them, else weekdays. */
function daysOf(options: GenerateOptions): SessionDate[] {
  const { calendar, from, days } = options;
  const result: SessionDate[] = [];
  for (let date = from; result.length < days; date = addDays(date, 1))
    if (isTradingDay(calendar, date)) result.push(date);
  return result;
}

/** One day of the market factor: the part of the return before the open and the part after it, in fractions. */
interface FactorDay {
  readonly overnight: number;
  readonly session: number;
}

class Factor {
  readonly #rng: Rng;
  #variance = 1;

  constructor(seed: number) {
    this.#rng = Rng.from(seed, 'generate/market');
  }

  next(): FactorDay {
    const shock = drawShock(this.#variance, this.#rng);
    // The split adds to the shock exactly: a bridge with the overnight share of its variance.
    const bridge = Math.sqrt(OVERNIGHT_SHARE * (1 - OVERNIGHT_SHARE) * this.#variance) * normalAt(this.#rng.u32());
    const overnight = OVERNIGHT_SHARE * shock + bridge;
    this.#variance = nextVariance(this.#variance, shock);
    return { overnight: MARKET_SD * overnight, session: MARKET_SD * (shock - overnight) };
  }
}

/** Tick table and its date range are looked up once a day, not once a row. */
interface Rules {
  readonly date: SessionDate;
  readonly tables: Readonly<Record<'KOSPI' | 'KOSDAQ', TickTable>>;
}

function nearestTick(table: TickTable, price: number, limits: PriceLimits): number {
  const inside = Math.max(limits.lower, Math.min(limits.upper, price));
  const down = roundToTick(table, inside, 'down');
  const up = roundToTick(table, inside, 'up');
  const near = inside - down <= up - inside ? down : up;
  return Math.max(limits.lower, Math.min(limits.upper, near));
}

function nextRow(issue: Issue, factor: FactorDay, rules: Rules): GeneratedRow {
  const { rng, beta, ownSd, code, market, close: base } = issue;
  const table = rules.tables[market];
  const limits = priceLimits({ market, date: rules.date, basePrice: base });
  const shock = drawShock(issue.variance, rng);
  const bridge = Math.sqrt(OVERNIGHT_SHARE * (1 - OVERNIGHT_SHARE) * issue.variance) * normalAt(rng.u32());
  const overnight = beta * factor.overnight + ownSd * (OVERNIGHT_SHARE * shock + bridge);
  const session = beta * factor.session + ownSd * ((1 - OVERNIGHT_SHARE) * shock - bridge);
  const open = nearestTick(table, base * (1 + overnight), limits);
  const close = nearestTick(table, base * (1 + overnight) * (1 + session), limits);
  // Extremes of a Brownian bridge from open to close: half of (open + close ± sqrt((close − open)² + 2·s²·E)).
  const sd =
    base * Math.sqrt((1 - OVERNIGHT_SHARE) * (issue.variance * ownSd * ownSd + MARKET_SD * MARKET_SD * beta * beta));
  const reach = (u32: number): number => Math.sqrt((close - open) * (close - open) + 2 * sd * sd * exponentialAt(u32));
  const high = nearestTick(table, Math.max(open, close, (open + close + reach(rng.u32())) / 2), limits);
  const low = nearestTick(table, Math.min(open, close, (open + close - reach(rng.u32())) / 2), limits);
  const volume = nextVolume(issue, Math.abs(shock));
  const mean = low + (high - low) * (0.35 + 0.3 * rng.unit());
  const value = Math.round(Math.max(low, Math.min(high, (mean + close) / 2)) * volume);
  issue.variance = nextVariance(issue.variance, shock);
  issue.close = close;
  return { code, date: rules.date, open, high, low, close, volume, value };
}

/** Lognormal around the usual volume, remembering yesterday's, larger on days of large moves. */
function nextVolume(issue: Issue, move: number): number {
  issue.activity = 0.8 * issue.activity + 0.3 * normalAt(issue.rng.u32());
  return Math.max(1, Math.floor(issue.usualVolume * expOf(issue.activity + 0.35 * Math.min(move, 6) - 0.4)));
}

/** Emits the rows day by day, issues in order of code. Throws RangeError for counts outside the limits. */
export function generateMarket(options: GenerateOptions, emitRow: (row: GeneratedRow) => void): GenerateResult {
  const { days, issues, seed } = options;
  if (!Number.isSafeInteger(days) || days < 1) throw new RangeError(`days: ${days}`);
  if (!Number.isSafeInteger(issues) || issues < 1 || issues > MAX_GENERATED_ISSUES)
    throw new RangeError(`issues: ${issues}`);
  if (days * issues > MAX_GENERATED_ROWS) throw new RangeError(`more than ${MAX_GENERATED_ROWS} rows`);
  const factor = new Factor(seed);
  const all = Array.from({ length: issues }, (_, i) => drawIssue(i + 1, seed));
  const dates = daysOf(options);
  const hash = new EventHash();
  dates.forEach((date, day) => {
    const rules = { date, tables: { KOSPI: tickTable('KOSPI', date), KOSDAQ: tickTable('KOSDAQ', date) } };
    if (day === 0) for (const issue of all) issue.close = roundToTick(rules.tables[issue.market], issue.close, 'down');
    const today = factor.next();
    all.forEach((issue, i) => {
      const row = nextRow(issue, today, rules);
      for (const n of [day, i, row.open, row.high, row.low, row.close, row.volume, row.value]) hash.add(n);
      emitRow(row);
    });
  });
  return {
    rows: dates.length * issues,
    from: dates[0] as SessionDate,
    to: dates.at(-1) as SessionDate,
    hash: hash.text(),
  };
}
