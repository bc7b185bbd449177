/** Figures of a series of numbers: moments, correlation with its own past, the weight of its tails. */
import { lnOf } from '../synthetic/quantiles.ts';

/** Mean of a series; 0 of an empty one. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
  return values.length === 0 ? 0 : sum / values.length;
}

/** Central moments two to four of a series. */
interface Moments {
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

function momentsOf(values: ArrayLike<number>): Moments {
  const mean = meanOf(values);
  let [second, third, fourth] = [0, 0, 0];
  for (let i = 0; i < values.length; i += 1) {
    const d = (values[i] as number) - mean;
    const square = d * d;
    second += square;
    third += square * d;
    fourth += square * square;
  }
  const n = Math.max(1, values.length);
  return { second: second / n, third: third / n, fourth: fourth / n };
}

/** Variance about the mean (divided by n). */
export function varianceOf(values: ArrayLike<number>): number {
  return momentsOf(values).second;
}

/** Fourth moment over the squared second, less 3: 0 for a normal distribution. null where nothing varies. */
export function excessKurtosis(values: ArrayLike<number>): number | null {
  const { second, fourth } = momentsOf(values);
  return second > 0 ? fourth / (second * second) - 3 : null;
}

/** Third moment over the second to the power 1.5. null where nothing varies. */
export function skewness(values: ArrayLike<number>): number | null {
  const { second, third } = momentsOf(values);
  return second > 0 ? third / (second * Math.sqrt(second)) : null;
}

/** Autocorrelation at a lag (sums over the whole variance); null for a series no longer than the lag or without variance. */
export function autocorrelation(values: ArrayLike<number>, lag: number): number | null {
  const mean = meanOf(values);
  let [covariance, variance] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    const d = (values[i] as number) - mean;
    variance += d * d;
    if (i >= lag) covariance += d * ((values[i - lag] as number) - mean);
  }
  return values.length > lag && variance > 0 ? covariance / variance : null;
}

/** Pearson's correlation of two series of one length; null where one does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [x, y] = [(a[i] as number) - meanA, (b[i] as number) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

/** Fewest values above the threshold that a tail exponent is told from. */
const LEAST_TAIL = 10;

/** Hill's estimate of the exponent of the upper tail, from the largest `share` (0 … 1) of positive values; null with too few. */
export function hillExponent(values: ArrayLike<number>, share: number): number | null {
  const sorted = Float64Array.from(values).sort();
  const count = Math.floor(sorted.length * share);
  const threshold = sorted[sorted.length - count - 1] ?? 0;
  if (count < LEAST_TAIL || threshold <= 0) return null;
  const base = lnOf(threshold);
  let sum = 0;
  for (let i = sorted.length - count; i < sorted.length; i += 1) sum += lnOf(sorted[i] as number) - base;
  return sum > 0 ? count / sum : null;
}

/** The exponent g of y ≈ c · lag^(−g), by least squares of logarithms; null where fewer than three values are positive. */
export function decayExponent(points: readonly { readonly lag: number; readonly value: number }[]): number | null {
  const usable = points.filter(({ lag, value }) => lag > 0 && value > 0);
  if (usable.length < 3) return null;
  const x = usable.map(({ lag }) => lnOf(lag));
  const y = usable.map(({ value }) => lnOf(value));
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  let [xy, xx] = [0, 0];
  x.forEach((value, i) => {
    xy += (value - meanX) * ((y[i] as number) - meanY);
    xx += (value - meanX) * (value - meanX);
  });
  return -xy / xx;
}

/** Natural logarithms of a series of positive numbers. */
export function logarithms(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, lnOf);
}

/** Middle of a series, the mean of the two middle ones for an even count; null of an empty one. */
export function medianOf(values: ArrayLike<number>): number | null {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  if (sorted.length === 0) return null;
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2;
}
