/** How trading is spread over a day: U-shaped between the opening and the closing auction. */

/**
 * Share of the day's value in twelve equal slices of the continuous session, per mille.
 * @source krx-rules §9 (KRX study of all 2015 trading by half hour, 2016-05-27); stretched over today's longer session
 */
const SLICE_PER_MILLE = [172, 104, 83, 74, 68, 54, 47, 52, 63, 74, 88, 121] as const;

const TOTAL = SLICE_PER_MILLE.reduce((sum, share) => sum + share, 0);

/** Fraction of the continuous session (0 … 1) by which the given share (0 … 1) of its trading is done. */
export function timeOfShare(share: number): number {
  let left = share * TOTAL;
  for (let i = 0; i < SLICE_PER_MILLE.length; i += 1) {
    const slice = SLICE_PER_MILLE[i] as number;
    if (left < slice) return (i + left / slice) / SLICE_PER_MILLE.length;
    left -= slice;
  }
  return 1;
}

/** Trading intensity at a fraction (0 … 1) of the continuous session; its mean over the session is 1. */
export function intensityAt(fraction: number): number {
  const slices = SLICE_PER_MILLE.length;
  const slice = SLICE_PER_MILLE[Math.max(0, Math.min(slices - 1, Math.floor(fraction * slices)))] as number;
  return (slice * slices) / TOTAL;
}
