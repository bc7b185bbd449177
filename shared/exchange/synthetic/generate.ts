/** Daily rows of a synthetic market from a parametric model (market-model.ts): on tick, inside the limits, repeatable. */
import { priceLimits, roundToTick, tickTable, type PriceLimits, type TickTable } from '../../market/index.ts';
import { Rng } from '../../rng/index.ts';
import { addDays, type SessionDate, type TradingCalendar } from '../../time/index.ts';
import { EventHash } from '../floor/event-hash.ts';
import { MarketModel, SECTORS, type DayDraw, type ModelIssue } from './market-model.ts';
import { exponentialAt, expOf, normalAt } from './quantiles.ts';
import { isTradingDay } from '../sessions.ts';

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
 * Price of an issue in won, the spread of prices in logarithms, and the least at the start: below, a tick is no small step.
 * Value of a usual day in won and its spread; own volatility by market.
 * @source real rows of 2024 and 2025 (krx-eod): medians by capitalisation of price, value and daily return
 */
const USUAL_PRICE = 14_000;
const PRICE_SPREAD = 1.1;
const LEAST_PRICE = 1_500;
const USUAL_VALUE = 2e9;
const VALUE_SPREAD = 1.7;
const OWN_SD = { KOSPI: 0.0205, KOSDAQ: 0.027 } as const;
/** A day's range is wider than that of a straight walk with the session's variance: prices go back and forth. */
const RANGE_WIDENING = 1.18;
/** Part of open and close each in the mean price of a day, by regression over minute paths. */
const MEAN_FROM_ENDS = 0.29;

interface Issue extends ModelIssue {
  readonly market: 'KOSPI' | 'KOSDAQ';
  readonly rng: Rng;
  readonly usualVolume: number;
  close: number;
}

function drawIssue(number: number, seed: number): Issue {
  const code = `S${String(number).padStart(5, '0')}`;
  const rng = Rng.from(seed, `generate/${code}`);
  const market = rng.chance(0.4) ? 'KOSPI' : 'KOSDAQ';
  const price = Math.max(LEAST_PRICE, Math.floor(USUAL_PRICE * expOf(PRICE_SPREAD * normalAt(rng.u32()))));
  return {
    code,
    market,
    rng,
    beta: 0.5 + 0.8 * rng.unit(),
    sectorBeta: 0.6 + 0.8 * rng.unit(),
    sector: rng.int(SECTORS),
    ownSd: OWN_SD[market] * expOf(0.25 * normalAt(rng.u32())),
    usualVolume: Math.max(100, Math.floor((USUAL_VALUE / price) * expOf(VALUE_SPREAD * normalAt(rng.u32())))),
    close: price,
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

function nextRow(issue: Issue, day: DayDraw, rules: Rules): GeneratedRow {
  const { rng, code, market, close: base } = issue;
  const table = rules.tables[market];
  const limits = priceLimits({ market, date: rules.date, basePrice: base });
  const open = nearestTick(table, base * (1 + day.overnight), limits);
  // Half the variance is given back, so that the usual issue neither sinks nor rises over the years.
  const drift = (day.sessionSd * day.sessionSd) / 2;
  const close = nearestTick(table, base * (1 + day.overnight) * (1 + day.session + drift), limits);
  // Extremes of a Brownian bridge from open to close: half of (open + close ± sqrt((close − open)² + 2·s²·E)).
  const sd = RANGE_WIDENING * base * day.sessionSd;
  const reach = (u32: number): number => Math.sqrt((close - open) * (close - open) + 2 * sd * sd * exponentialAt(u32));
  const high = nearestTick(table, Math.max(open, close, (open + close + reach(rng.u32())) / 2), limits);
  const low = nearestTick(table, Math.min(open, close, (open + close - reach(rng.u32())) / 2), limits);
  const volume = Math.max(1, Math.floor(issue.usualVolume * day.activity));
  // The mean price of a walk in the shape of the day, told from its four prices; minutes are drawn to it.
  const mean = MEAN_FROM_ENDS * (open + close) + (0.5 - MEAN_FROM_ENDS) * (high + low);
  const value = Math.round(Math.max(low, Math.min(high, mean)) * volume);
  issue.close = close;
  return { code, date: rules.date, open, high, low, close, volume, value };
}

/** Emits the rows day by day, issues in order of code. Throws RangeError for counts outside the limits. */
export function generateMarket(options: GenerateOptions, emitRow: (row: GeneratedRow) => void): GenerateResult {
  const { days, issues, seed } = options;
  if (!Number.isSafeInteger(days) || days < 1) throw new RangeError(`days: ${days}`);
  if (!Number.isSafeInteger(issues) || issues < 1 || issues > MAX_GENERATED_ISSUES)
    throw new RangeError(`issues: ${issues}`);
  if (days * issues > MAX_GENERATED_ROWS) throw new RangeError(`more than ${MAX_GENERATED_ROWS} rows`);
  const all = Array.from({ length: issues }, (_, i) => drawIssue(i + 1, seed));
  const model = new MarketModel({ seed, issues: all });
  const dates = daysOf(options);
  const hash = new EventHash();
  dates.forEach((date, day) => {
    const rules = { date, tables: { KOSPI: tickTable('KOSPI', date), KOSDAQ: tickTable('KOSDAQ', date) } };
    if (day === 0) for (const issue of all) issue.close = roundToTick(rules.tables[issue.market], issue.close, 'down');
    const today = model.next();
    all.forEach((issue, i) => {
      const row = nextRow(issue, today.issues[i] as DayDraw, rules);
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
