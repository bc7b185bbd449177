/** How trading is spread over a day: U-shaped between the opening and the closing auction. */

/**
 * Share of the day's value in twelve equal slices of the continuous session, per mille.
 * @source krx-rules §9 (KRX study of all 2015 trading by half hour, 2016-05-27); stretched over today's longer session
 */
const SLICE_PER_MILLE = [172, 104, 83, 74, 68, 54, 47, 52, 63, 74, 88, 121] as const;

const TOTAL = SLICE_PER_MILLE.reduce((sum, share) => sum + share, 0);
const SLICES = SLICE_PER_MILLE.length;

/** Fraction of the continuous session (0 … 1) by which the given share (0 … 1) of its trading is done. */
export function timeOfShare(share: number): number {
  let left = share * TOTAL;
  for (let i = 0; i < SLICES; i += 1) {
    const slice = SLICE_PER_MILLE[i] as number;
    if (left < slice) return (i + left / slice) / SLICES;
    left -= slice;
  }
  return 1;
}

/** Share (0 … 1) of the continuous session's trading that is done by a fraction (0 … 1) of its time. */
export function shareOfTime(fraction: number): number {
  const at = Math.max(0, Math.min(1, fraction)) * SLICES;
  const slice = Math.min(SLICES - 1, Math.floor(at));
  let done = 0;
  for (let i = 0; i < slice; i += 1) done += SLICE_PER_MILLE[i] as number;
  return (done + (at - slice) * (SLICE_PER_MILLE[slice] as number)) / TOTAL;
}

/** Trading intensity at a fraction (0 … 1) of the continuous session; its mean over the session is 1. */
export function intensityAt(fraction: number): number {
  const slice = Math.max(0, Math.min(SLICES - 1, Math.floor(fraction * SLICES)));
  return ((SLICE_PER_MILLE[slice] as number) * SLICES) / TOTAL;
}
