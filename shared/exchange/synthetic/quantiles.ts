/** Random shapes (normal, exponential, Student) from tables that are built with + − × ÷ and sqrt alone, so every engine agrees. */

const BINS = 4_096;
const FRACTION = 1_048_576; // 2^32 / BINS

/** Natural logarithm of x > 0: x is brought into [0.75, 1.5), then the series of artanh; error below 1e-15. */
export function lnOf(x: number): number {
  const LN2 = 0.6931471805599453;
  let mantissa = x;
  let twos = 0;
  while (mantissa >= 1.5) {
    mantissa /= 2;
    twos += 1;
  }
  while (mantissa < 0.75) {
    mantissa *= 2;
    twos -= 1;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const z2 = z * z;
  let power = z;
  let sum = 0;
  for (let k = 1; k <= 41; k += 2) {
    sum += power / k;
    power *= z2;
  }
  return 2 * sum + twos * LN2;
}

/** e to the x for |x| ≤ 40: Taylor series of x ÷ 1024, squared ten times; relative error below 1e-12. */
export function expOf(x: number): number {
  const y = x / 1_024;
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 8; k += 1) {
    term *= y / k;
    sum += term;
  }
  for (let i = 0; i < 10; i += 1) sum *= sum;
  return sum;
}

/**
 * Values at the probabilities i ÷ BINS of a symmetric density on [−reach, reach], by trapezoid sums and linear
 * interpolation; the two ends are the values at 1/16 of the outermost bin, so no draw is infinite.
 */
function symmetricQuantiles(density: (x: number) => number, reach: number, steps: number): Float64Array {
  const width = (2 * reach) / steps;
  const cumulative = new Float64Array(steps + 1);
  let before = density(-reach);
  for (let i = 1; i <= steps; i += 1) {
    const here = density(-reach + i * width);
    cumulative[i] = (cumulative[i - 1] as number) + (before + here) / 2;
    before = here;
  }
  const total = cumulative[steps] as number;
  const table = new Float64Array(BINS + 1);
  let at = 1;
  for (let bin = 0; bin <= BINS / 2; bin += 1) {
    const wanted = ((bin === 0 ? 1 / 16 : bin) / BINS) * total;
    while ((cumulative[at] as number) < wanted) at += 1;
    const low = cumulative[at - 1] as number;
    const high = cumulative[at] as number;
    const value = bin === BINS / 2 ? 0 : -reach + (at - 1 + (wanted - low) / (high - low)) * width;
    table[bin] = value;
    table[BINS - bin] = -value;
  }
  return table;
}

function exponentialQuantiles(): Float64Array {
  const table = new Float64Array(BINS + 1);
  for (let bin = 0; bin < BINS; bin += 1) table[bin] = -lnOf(1 - bin / BINS);
  table[BINS] = -lnOf(1 / BINS / 16);
  return table;
}

/** Density of Student's t with five degrees of freedom, stretched to unit variance, up to a factor. */
function student5(x: number): number {
  const base = 1 + (x * x * (5 / 3)) / 5;
  return 1 / (base * base * base);
}

const NORMAL = symmetricQuantiles((x) => expOf((-x * x) / 2), 6, 12_288);
const STUDENT = symmetricQuantiles(student5, 40, 81_920);
const EXPONENTIAL = exponentialQuantiles();

function lookUp(table: Float64Array, u32: number): number {
  const bin = u32 >>> 20;
  const low = table[bin] as number;
  return low + ((table[bin + 1] as number) - low) * ((u32 & (FRACTION - 1)) / FRACTION);
}

/** Standard normal (clipped at ±4.2) for a uniform 32-bit word. */
export function normalAt(u32: number): number {
  return lookUp(NORMAL, u32);
}

/** Student's t with five degrees of freedom and unit variance (clipped near ±11) for a uniform 32-bit word. */
export function studentAt(u32: number): number {
  return lookUp(STUDENT, u32);
}

/** Exponential with mean one (clipped at 11.1) for a uniform 32-bit word. */
export function exponentialAt(u32: number): number {
  return lookUp(EXPONENTIAL, u32);
}
