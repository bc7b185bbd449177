/** Which of the bars that are known a chart holds: as many as can be looked at, and some around them. Pure. */

/** Places `[from, to)` of the bars known. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Bars that a chart holds: what the widest screen shows at the narrowest spacing, and room beside it; it may grow by a tenth before the oldest go. Each more makes every tick dearer. */
export const WINDOW_BARS = 4_000;
const WINDOW_SLACK = 400;
/** The window moves, or older bars are asked for, when fewer than so many lie beside what is seen. */
export const MARGIN = 400;

/** The newest bars. */
export function newest(total: number): Span {
  return { from: Math.max(0, total - WINDOW_BARS), to: total };
}

/** A window that follows new bars: it grows, and is cut only now and then. */
export function grown({ from }: Span, total: number): Span {
  return total - from > WINDOW_BARS + WINDOW_SLACK ? newest(total) : { from, to: total };
}

/** The window after a look at some of its bars; the same object where it may stay. */
export function lookedAt(span: Span, seen: Span, total: number): Span {
  const left = span.from > 0 && seen.from - span.from < MARGIN;
  const right = span.to < total && span.to - seen.to < MARGIN;
  if (!left && !right) return span;
  const middle = Math.round((seen.from + seen.to) / 2);
  const from = Math.max(0, Math.min(total - WINDOW_BARS, middle - WINDOW_BARS / 2));
  const to = Math.min(total, from + WINDOW_BARS);
  return from === span.from && to === span.to ? span : { from, to };
}

/** Whether a look has come near to the oldest bar known. */
export function wantsOlder(seen: Span): boolean {
  return seen.from < MARGIN;
}
