/** Value at risk (VaR) and expected shortfall (ES) of holdings in three ways: the past as it was, EWMA, and Monte Carlo. */
import { Rng } from '../../rng/index.ts';
import { known, notKnown, type Known } from './known.ts';
import { heldReturns, profitsOf, type AlignedCloses, type HeldReturns, type Holding } from './returns.ts';

/** How sure: a loss beyond the VaR is expected on 5 or 1 of a hundred spans. */
export const LEVELS = [0.95, 0.99] as const;
export type Level = (typeof LEVELS)[number];
/** Trading days. */
export const HORIZONS = [1, 10] as const;
export type Horizon = (typeof HORIZONS)[number];
export const METHODS = ['historical', 'ewma', 'monteCarlo'] as const;
export type Method = (typeof METHODS)[number];

export interface RiskQuestion {
  readonly holdings: readonly Holding[];
  readonly closes: AlignedCloses;
  readonly level: Level;
  readonly horizon: Horizon;
  /** Part of the holdings (0 to 1) that must have a past; the rest is taken to move as that part does. 1 if absent. */
  readonly leastCovered?: number;
}

/** Losses are positive, in won, rounded up; below zero: even such a span would have gained. */
export interface RiskFigure {
  readonly varKrw: number;
  /** Mean loss of the spans beyond the VaR. */
  readonly esKrw: number;
  /** Spans of the past it rests on (overlapping ones where the horizon is 10 days). */
  readonly spans: number;
}

/** Standard normal quantiles of the levels. */
const QUANTILE: Readonly<Record<Level, number>> = { 0.95: 1.6448536269514722, 0.99: 2.3263478740408408 };
/** @source RiskMetrics Technical Document (1996), daily data */
export const LAMBDA = 0.94;
/** Days that carry 99 % of the weight at 0.94: ln 0.01 / ln 0.94, rounded up. */
const EWMA_DAYS = 75;
/** No fewer spans than a quarter of a year has days. */
const LEAST_SPANS = 60;
/** Draws of the simulation, each with its mirror image. */
export const DRAWS = 20_000;

/** Spans without which the tail of a level holds none at all: 60 at 95 %, 100 at 99 %. */
function leastSpans(level: Level): number {
  return Math.max(LEAST_SPANS, Math.ceil(1 / (1 - level) - 1e-9));
}

function isFlat(profits: Float64Array): boolean {
  return profits.every((profit) => profit === 0);
}

/** VaR is the k-th worst of n with k = ⌈n (1 − level)⌉, ES the mean of the k worst. */
function tailOf(profits: Float64Array, level: Level, spans: number): RiskFigure {
  const sorted = Float64Array.from(profits).sort();
  const count = Math.max(1, Math.ceil(sorted.length * (1 - level) - 1e-9));
  let sum = 0;
  for (let place = 0; place < count; place += 1) sum -= sorted[place] as number;
  return { varKrw: wonUp(-(sorted[count - 1] as number)), esKrw: wonUp(sum / count), spans };
}

/** Up to the next won; a millionth of one is rounding of the machine. */
function wonUp(krw: number): number {
  const up = Math.ceil(krw - 1e-6);
  return up === 0 ? 0 : up;
}

/** Today's holdings through the past as it was. Ten days: every ten that follow one another, overlapping. */
export function historicalRisk({ holdings, closes, level, horizon, leastCovered }: RiskQuestion): Known<RiskFigure> {
  const wish = { horizon, least: leastSpans(level), ...(leastCovered !== undefined && { leastCovered }) };
  const past = heldReturns(holdings, closes, wish);
  if (!past.known) return past;
  const profits = profitsOf(past.value);
  return isFlat(profits) ? notKnown('flat') : known(tailOf(profits, level, past.value.spans));
}

/**
 * Deviation of a series by exponentially weighted moving average about a mean of zero, newest last; weights are made to sum
 * to one. @source RiskMetrics Technical Document (1996)
 */
export function ewmaDeviation(series: ArrayLike<number>, lambda = LAMBDA): number {
  let [sum, weights] = [0, 0];
  for (let place = 0; place < series.length; place += 1) {
    const value = series[place] as number;
    sum = sum * lambda + value * value;
    weights = weights * lambda + 1;
  }
  return weights === 0 ? Number.NaN : Math.sqrt(sum / weights);
}

/**
 * A normal loss with the EWMA deviation of what today's holdings would have gained and lost a day: VaR = z σ √h,
 * ES = σ √h φ(z) / (1 − level).
 */
export function ewmaRisk({ holdings, closes, level, horizon, leastCovered }: RiskQuestion): Known<RiskFigure> {
  const past = heldReturns(holdings, closes, { least: EWMA_DAYS, ...(leastCovered !== undefined && { leastCovered }) });
  if (!past.known) return past;
  const deviation = ewmaDeviation(profitsOf(past.value)) * Math.sqrt(horizon);
  if (!(deviation > 0)) return notKnown('flat');
  const z = QUANTILE[level];
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return known({
    varKrw: wonUp(z * deviation),
    esKrw: wonUp((deviation * density) / (1 - level)),
    spans: past.value.spans,
  });
}

/**
 * Draws of jointly normal logarithmic returns with the covariance of the past days (equal weights, about a mean of zero:
 * no drift is promised), over the horizon. The same seed gives the same figure.
 */
export function monteCarloRisk(
  { holdings, closes, level, horizon, leastCovered }: RiskQuestion,
  seed: number,
): Known<RiskFigure> {
  if (!Number.isSafeInteger(seed)) return notKnown('badFigure', ['seed']);
  const past = heldReturns(holdings, closes, {
    least: leastSpans(level),
    ...(leastCovered !== undefined && { leastCovered }),
  });
  if (!past.known) return past;
  const factor = choleskyOf(covarianceOf(past.value));
  if (factor.every((row) => row.every((each) => each === 0))) return notKnown('flat');
  const values = past.value.holdings.map(({ valueKrw }) => valueKrw * past.value.scale);
  return known(tailOf(drawn(factor, values, { horizon, rng: Rng.from(seed, 'risk') }), level, past.value.spans));
}

function drawn(
  factor: readonly Float64Array[],
  values: readonly number[],
  { horizon, rng }: { readonly horizon: Horizon; readonly rng: Rng },
): Float64Array {
  const profits = new Float64Array(DRAWS);
  const shocks = new Float64Array(values.length);
  const root = Math.sqrt(horizon);
  const normal = normals(rng);
  for (let draw = 0; draw < DRAWS; draw += 2) {
    for (let place = 0; place < shocks.length; place += 1) shocks[place] = normal() * root;
    let [profit, mirror] = [0, 0];
    for (let issue = 0; issue < values.length; issue += 1) {
      const row = factor[issue] as Float64Array;
      let move = 0;
      for (let place = 0; place <= issue; place += 1) move += (row[place] as number) * (shocks[place] as number);
      profit += (values[issue] as number) * Math.expm1(move);
      mirror += (values[issue] as number) * Math.expm1(-move);
    }
    profits[draw] = profit;
    profits[draw + 1] = mirror;
  }
  return profits;
}

/** Standard normals by the polar method: the generator's own are too thin in the tails for 99 %. @source Marsaglia, Bray 1964 */
function normals(rng: Rng): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const [u, v] = [2 * rng.unit() - 1, 2 * rng.unit() - 1];
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * scale;
      return u * scale;
    }
  };
}

/** Covariance of daily logarithmic returns about a mean of zero. */
function covarianceOf({ rows, spans }: HeldReturns): Float64Array[] {
  const logs = rows.map((row) => row.map((each) => Math.log1p(each)));
  return logs.map((a) => Float64Array.from(logs, (b) => dot(a, b) / spans));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place += 1) sum += (a[place] as number) * (b[place] as number);
  return sum;
}

/**
 * Lower triangle L with L Lᵀ = the matrix. Where issues move as one, or are more than the days, the matrix has no full
 * rank: a pivot that is nothing beside its variance gives a column of zeros.
 */
export function choleskyOf(matrix: readonly Float64Array[]): Float64Array[] {
  const factor = matrix.map(({ length }) => new Float64Array(length));
  matrix.forEach((row, i) => {
    const mine = factor[i] as Float64Array;
    for (let j = 0; j <= i; j += 1) {
      const other = factor[j] as Float64Array;
      let rest = row[j] as number;
      for (let k = 0; k < j; k += 1) rest -= (mine[k] as number) * (other[k] as number);
      if (i === j) mine[i] = rest > 1e-12 * (row[i] as number) ? Math.sqrt(rest) : 0;
      else mine[j] = other[j] === 0 ? 0 : rest / (other[j] as number);
    }
  });
  return factor;
}
