/** Where instants lie among the bars of a chart: between two of them in proportion, beyond both ends by the length of a bar. */

/** The bars of a chart, by place from 0. */
export interface Places {
  readonly count: number;
  /** Open time of a bar; rises with its place. */
  readonly tsAt: (place: number) => number;
  /** Its middle, pixels. */
  readonly xAt: (place: number) => number;
  /** From one bar to the next, pixels. */
  readonly spacing: number;
  /** Length of a bar, milliseconds. */
  readonly stepMs: number;
}

/** Place of the last bar whose value is at most `value`; −1 where there is none. */
function placeOf(count: number, valueAt: (place: number) => number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Pixels of an instant. NaN without bars. */
export function xOfTs(places: Places, ts: number): number {
  const { count, tsAt, xAt, spacing, stepMs } = places;
  if (count === 0) return Number.NaN;
  const at = placeOf(count, tsAt, ts);
  if (at < 0) return xAt(0) - ((tsAt(0) - ts) / stepMs) * spacing;
  const before = tsAt(at);
  if (at === count - 1) return xAt(at) + ((ts - before) / stepMs) * spacing;
  const part = (ts - before) / (tsAt(at + 1) - before);
  return xAt(at) + part * (xAt(at + 1) - xAt(at));
}

/** The instant at a pixel, whole milliseconds; the reverse of `xOfTs`. NaN without bars. */
export function tsOfX(places: Places, x: number): number {
  const { count, tsAt, xAt, spacing, stepMs } = places;
  if (count === 0) return Number.NaN;
  const at = placeOf(count, xAt, x);
  if (at < 0) return Math.round(tsAt(0) - ((xAt(0) - x) / spacing) * stepMs);
  const left = xAt(at);
  if (at === count - 1) return Math.round(tsAt(at) + ((x - left) / spacing) * stepMs);
  const part = (x - left) / (xAt(at + 1) - left);
  return Math.round(tsAt(at) + part * (tsAt(at + 1) - tsAt(at)));
}

/** Open time of the bar nearest to a pixel; beyond the ends, of the bar that would be there. NaN without bars. */
export function barTsOfX(places: Places, x: number): number {
  const { count, tsAt, xAt, spacing, stepMs } = places;
  if (count === 0) return Number.NaN;
  const at = placeOf(count, xAt, x);
  if (at < 0) return tsAt(0) - Math.round((xAt(0) - x) / spacing) * stepMs;
  if (at === count - 1) return tsAt(at) + Math.round((x - xAt(at)) / spacing) * stepMs;
  return x - xAt(at) <= xAt(at + 1) - x ? tsAt(at) : tsAt(at + 1);
}

/** Places of the bars that are seen in a pane so wide; null where none is. */
export function placesWithin(places: Places, width: number): { readonly from: number; readonly to: number } | null {
  const { count, xAt, spacing } = places;
  const from = placeOf(count, xAt, -spacing) + 1;
  const to = placeOf(count, xAt, width + spacing);
  return from > to ? null : { from, to };
}
