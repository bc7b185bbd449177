/** Simple moving averages of closes (이동평균). */

/** The mean of the last `period` values at each place; null until there are so many. */
export function movingAverage(values: readonly number[], period: number): readonly (number | null)[] {
  let sum = 0;
  return values.map((value, at) => {
    sum += value;
    if (at >= period) sum -= values[at - period] ?? 0;
    return at >= period - 1 ? sum / period : null;
  });
}

/** The mean of the last `period` values; null where there are fewer. */
export function lastAverage(values: readonly number[], period: number): number | null {
  if (values.length < period) return null;
  let sum = 0;
  for (let at = values.length - period; at < values.length; at += 1) sum += values[at] ?? 0;
  return sum / period;
}
