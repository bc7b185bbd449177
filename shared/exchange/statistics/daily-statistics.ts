/** What the daily rows of one issue say about how it moves. */
import {
  autocorrelation,
  correlation,
  excessKurtosis,
  hillExponent,
  logarithms,
  meanOf,
  skewness,
  varianceOf,
} from './series-statistics.ts';

/** A day of an issue; prices in won. A day without a trade (volume 0) is passed over. */
export interface DailyBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
}

/** Figures of daily log returns; null where the rows are too few to tell. Named as in resources/krx/market-bands.json. */
export interface DailyStatistics {
  /** Excess kurtosis of close-to-close returns. */
  readonly KURT: number | null;
  /** Size of the autocorrelation at one day. */
  readonly ACF1: number | null;
  /** Mean autocorrelation of absolute returns at 1 … 10 days. */
  readonly ACF_ABS: number | null;
  /** Autocorrelation of absolute returns at 50 days; in the band where it is above 0 and below that at 5 days. */
  readonly ACF_ABS_SLOW: number | null;
  /** The same at 5 days, for comparison. */
  readonly ACF_ABS_5: number | null;
  /** Correlation of a return with the square of the next. */
  readonly LEV: number | null;
  /** Hill exponent of the largest 5 % of absolute returns. */
  readonly TAIL: number | null;
  readonly SKEW: number | null;
  /** Excess kurtosis of returns over 20 days; in the band where it is below KURT. */
  readonly AGG: number | null;
  /** Variance from close to open, of that and of open to close together. */
  readonly OVERNIGHT: number | null;
  /** Autocorrelation at one day of the logarithm of the value traded. */
  readonly VOLVOL: number | null;
}

/** Fewest returns that statistics are told from: below, one lucky month decides. */
export const LEAST_DAYS = 250;
const TAIL_SHARE = 0.05;
const AGGREGATED_DAYS = 20;
/** A close so far (in logarithms) from the one before is no return but another base price: limits end at ±30 %. */
const MOST_RETURN = 0.36;

interface Returns {
  readonly daily: readonly number[];
  readonly overnight: readonly number[];
  readonly session: readonly number[];
}

function returnsOf(bars: readonly DailyBar[]): Returns {
  const closes = logarithms(bars.map((bar) => bar.close));
  const opens = logarithms(bars.map((bar) => bar.open));
  const daily: number[] = [];
  const overnight: number[] = [];
  const session: number[] = [];
  for (let i = 1; i < bars.length; i += 1) {
    const before = closes[i - 1] as number;
    const close = closes[i] as number;
    const open = opens[i] as number;
    if (Math.abs(close - before) > MOST_RETURN) continue;
    daily.push(close - before);
    overnight.push(open - before);
    session.push(close - open);
  }
  return { daily, overnight, session };
}

function summed(returns: readonly number[], days: number): number[] {
  const sums: number[] = [];
  for (let at = 0; at + days <= returns.length; at += days) {
    let sum = 0;
    for (let i = at; i < at + days; i += 1) sum += returns[i] as number;
    sums.push(sum);
  }
  return sums;
}

const UNKNOWN: DailyStatistics = {
  KURT: null,
  ACF1: null,
  ACF_ABS: null,
  ACF_ABS_SLOW: null,
  ACF_ABS_5: null,
  LEV: null,
  TAIL: null,
  SKEW: null,
  AGG: null,
  OVERNIGHT: null,
  VOLVOL: null,
};

/** The figures of one issue's rows in order of date. */
export function dailyStatistics(rows: readonly DailyBar[]): DailyStatistics {
  const bars = rows.filter((row) => row.volume > 0 && row.value > 0 && row.open > 0 && row.close > 0);
  const { daily, overnight, session } = returnsOf(bars);
  if (daily.length < LEAST_DAYS) return UNKNOWN;
  const sizes = daily.map(Math.abs);
  const memory: number[] = [];
  for (let lag = 1; lag <= 10; lag += 1) memory.push(autocorrelation(sizes, lag) ?? 0);
  const first = autocorrelation(daily, 1);
  const nightly = varianceOf(overnight);
  const total = nightly + varianceOf(session);
  const squares = daily.slice(1).map((r) => r * r);
  return {
    KURT: excessKurtosis(daily),
    ACF1: first === null ? null : Math.abs(first),
    ACF_ABS: meanOf(memory),
    ACF_ABS_SLOW: autocorrelation(sizes, 50),
    ACF_ABS_5: autocorrelation(sizes, 5),
    LEV: correlation(daily.slice(0, -1), squares),
    TAIL: hillExponent(sizes, TAIL_SHARE),
    SKEW: skewness(daily),
    AGG: excessKurtosis(summed(daily, AGGREGATED_DAYS)),
    OVERNIGHT: total > 0 ? nightly / total : null,
    VOLVOL: autocorrelation(logarithms(bars.map((bar) => bar.value)), 1),
  };
}
