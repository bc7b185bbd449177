/** The equity curve as points of a drawing. */

/** Points drawn at most; longer curves keep the first, the last and the extremes of each part. */
export const POINTS = 240;

export interface CurveBox {
  readonly width: number;
  readonly height: number;
}

/** Indexes of a series that stand for it: the lowest and highest of each part, in order. */
export function standIns(values: ArrayLike<number>, limit: number): readonly number[] {
  if (values.length <= limit) return Array.from(values, (_, index) => index);
  const parts = Math.max(1, Math.floor(limit / 2) - 1);
  const kept = new Set<number>([0, values.length - 1]);
  for (let part = 0; part < parts; part += 1) {
    const from = Math.floor((part * values.length) / parts);
    const to = Math.floor(((part + 1) * values.length) / parts);
    let low = from;
    let high = from;
    for (let i = from; i < to; i += 1) {
      if ((values[i] ?? 0) < (values[low] ?? 0)) low = i;
      if ((values[i] ?? 0) > (values[high] ?? 0)) high = i;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

/** "x,y x,y …" inside the box, by position in the series; `reference` is kept in view. A flat curve lies in the middle. */
export function polyline(
  values: ArrayLike<number>,
  box: CurveBox,
  reference: number,
): { readonly points: string; readonly referenceY: number } {
  let low = reference;
  let high = reference;
  for (let i = 0; i < values.length; i += 1) {
    low = Math.min(low, values[i] ?? low);
    high = Math.max(high, values[i] ?? high);
  }
  const span = high - low;
  const y = (value: number): number => (span === 0 ? box.height / 2 : box.height - ((value - low) / span) * box.height);
  const lastIndex = Math.max(values.length - 1, 1);
  const points = standIns(values, POINTS)
    .map((index) => `${((index / lastIndex) * box.width).toFixed(1)},${y(values[index] ?? 0).toFixed(1)}`)
    .join(' ');
  return { points, referenceY: y(reference) };
}
