/** Historical value at risk of holdings: what they would have lost on the days of the past, from the closes of their issues. */
import type { AccountEvent } from '../../events.ts';

/** Days back that are looked at. @source catalogue A05: breaches are counted over 250 days */
export const VAR_DAYS = 250;

/** Returns of an issue, newest last, at most the last VAR_DAYS; null where a close cannot be used. */
export function pastReturns(closes: readonly number[]): Float64Array | null {
  const used = closes.slice(-VAR_DAYS - 1);
  if (used.some((close) => !(close > 0 && close < Infinity))) return null;
  return Float64Array.from({ length: Math.max(0, used.length - 1) }, (_, i) => {
    const [from, to] = [used[i] as number, used[i + 1] as number];
    return to / from - 1;
  });
}

/** Loss in won that the holdings would have exceeded on one of a hundred days (at 0.99); and what it rests on. */
export interface HistoricalVar {
  readonly lossKrw: number;
  readonly days: number;
  /** Part of the holdings whose past is known. */
  readonly covered: number;
}

/**
 * Value at risk by historical simulation: today's holdings through each past day, the loss at the (1 − level) quantile
 * (the k-th worst with k = ceil(days × (1 − level))). Holdings without a past are taken to move as those with one.
 */
export function historicalVar(
  positions: AccountEvent['positions'],
  pasts: ReadonlyMap<string, Float64Array>,
  level: number,
): HistoricalVar {
  let [known, all, days] = [0, 0, Infinity];
  for (const { id, valueKrw } of positions) {
    if (!Number.isFinite(valueKrw)) continue;
    all += Math.abs(valueKrw);
    const past = pasts.get(id);
    if (!past || past.length === 0) continue;
    known += Math.abs(valueKrw);
    days = Math.min(days, past.length);
  }
  if (!(known > 0) || !Number.isFinite(days)) return { lossKrw: 0, days: 0, covered: 0 };
  const losses = new Float64Array(days);
  for (const { id, valueKrw } of positions) {
    const past = pasts.get(id);
    if (!past || past.length === 0 || !Number.isFinite(valueKrw)) continue;
    const skip = past.length - days;
    for (let day = 0; day < days; day += 1)
      losses[day] = (losses[day] as number) - valueKrw * (past[skip + day] as number);
  }
  losses.sort();
  const rank = Math.max(1, Math.ceil(days * (1 - level) - 1e-9));
  const covered = known / all;
  return { lossKrw: Math.max(0, losses[days - rank] as number) / covered, days, covered };
}
