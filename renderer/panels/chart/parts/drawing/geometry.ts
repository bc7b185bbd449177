/** Drawings as lines, areas and labels in pixels; what a pointer hits; how a drawing moves. Pure. */
import type { Anchor, Drawing } from '#shared/domain/index.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The price pane: turns time and price into pixels and back. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** From one bar to the next, pixels. */
  readonly spacing: number;
  readonly xOf: (ts: number) => number;
  readonly yOf: (price: number) => number;
  /** Whole milliseconds. */
  readonly tsOf: (x: number) => number;
  /** Open time of the nearest bar. */
  readonly barTsOf: (x: number) => number;
  /** Whole price units. */
  readonly priceOf: (y: number) => number;
}

/** What drawings say. */
export interface Words {
  readonly price: (price: number) => string;
  readonly measured: (from: Anchor, to: Anchor) => string;
  /** Width of a label, pixels. */
  readonly widthOf: (label: string) => number;
}

export interface Segment {
  readonly from: Point;
  readonly to: Point;
  readonly thin?: boolean;
}

export interface Label {
  /** Left edge, and the middle of its height. */
  readonly at: Point;
  readonly text: string;
  readonly width: number;
  readonly boxed: boolean;
}

export interface Shape {
  readonly segments: readonly Segment[];
  /** Polygons that are washed. */
  readonly areas: readonly (readonly Point[])[];
  readonly labels: readonly Label[];
  /** One an anchor, in their order. */
  readonly handles: readonly Point[];
}

/** Fibonacci retracement: from the second point (0) back to the first (1). */
export const LEVELS = [0, 0.236, 0.382, 0.5, 0.618, 0.786, 1] as const;

/** Half of a label's height, pixels. */
export const LABEL_HALF = 9;
const LABEL_GAP = 4;

/** Pixels of an anchor. */
export function pointOf(anchor: Anchor, plane: Plane): Point {
  return { x: plane.xOf(anchor.ts), y: plane.yOf(anchor.price) };
}

/** The anchor under a pixel, on the nearest bar. */
export function anchorAt(point: Point, plane: Plane): Anchor {
  return { ts: Math.max(0, Math.round(plane.barTsOf(point.x))), price: plane.priceOf(point.y) };
}

/** Where a ray from `a` through `b` leaves the pane; `b` where both are one. */
export function rayEnd(a: Point, b: Point, plane: Plane): Point {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  if (dx === 0 && dy === 0) return b;
  const alongX = dx === 0 ? Number.POSITIVE_INFINITY : ((dx > 0 ? plane.width : 0) - a.x) / dx;
  const alongY = dy === 0 ? Number.POSITIVE_INFINITY : ((dy > 0 ? plane.height : 0) - a.y) / dy;
  // A ray that begins outside still reaches its second point.
  const along = Math.max(1, Math.min(Math.abs(alongX), Math.abs(alongY)));
  return { x: a.x + dx * along, y: a.y + dy * along };
}

function retracement([first, second]: readonly Anchor[], plane: Plane, words: Words): Omit<Shape, 'handles'> {
  if (!first || !second) return { segments: [], areas: [], labels: [] };
  const a = pointOf(first, plane);
  const b = pointOf(second, plane);
  const left = Math.min(a.x, b.x);
  const right = Math.max(a.x, b.x);
  const levels = LEVELS.map((level) => {
    const price = Math.round(second.price + (first.price - second.price) * level);
    return { level, price, y: plane.yOf(price) };
  });
  return {
    segments: [
      { from: a, to: b, thin: true },
      ...levels.map(({ y }) => ({ from: { x: left, y }, to: { x: right, y } })),
    ],
    areas: [],
    labels: levels.map(({ level, price, y }) => {
      const text = `${(level * 100).toFixed(1)}% ${words.price(price)}`;
      return { at: { x: right + LABEL_GAP, y }, text, width: words.widthOf(text), boxed: false };
    }),
  };
}

function channel(a: Point, b: Point, c: Point): Omit<Shape, 'handles' | 'labels'> {
  const on = b.x === a.x ? a.y : a.y + ((b.y - a.y) * (c.x - a.x)) / (b.x - a.x);
  const dy = c.y - on;
  const a2 = { x: a.x, y: a.y + dy };
  const b2 = { x: b.x, y: b.y + dy };
  return {
    segments: [
      { from: a, to: b },
      { from: a2, to: b2 },
    ],
    areas: [[a, b, b2, a2]],
  };
}

/** A drawing in pixels. One with fewer anchors than its tool needs, as while it is being drawn, shows what there is. */
export function shapeOf(drawing: Pick<Drawing, 'tool' | 'anchors' | 'text'>, plane: Plane, words: Words): Shape {
  const { tool, anchors, text } = drawing;
  const handles = anchors.map((anchor) => pointOf(anchor, plane));
  const [a, b, c] = handles;
  const bare: Shape = { segments: [], areas: [], labels: [], handles };
  if (!a) return bare;
  if (tool === 'horizontal') {
    const label = words.price(anchors[0]?.price ?? 0);
    const width = words.widthOf(label);
    const at = { x: LABEL_GAP, y: a.y - LABEL_HALF };
    return {
      ...bare,
      segments: [{ from: { x: 0, y: a.y }, to: { x: plane.width, y: a.y } }],
      labels: [{ at, text: label, width, boxed: false }],
    };
  }
  if (tool === 'text') return { ...bare, labels: [{ at: a, text, width: words.widthOf(text), boxed: false }] };
  if (!b) return bare;
  if (tool === 'ray') return { ...bare, segments: [{ from: a, to: rayEnd(a, b, plane) }] };
  if (tool === 'fibonacci') return { ...bare, ...retracement(anchors, plane, words) };
  if (tool === 'channel' && c) return { ...bare, ...channel(a, b, c) };
  if (tool === 'measure') {
    const [from, to] = anchors;
    const said = from && to ? words.measured(from, to) : '';
    const width = words.widthOf(said);
    const at = { x: (a.x + b.x - width) / 2, y: b.y + (b.y > a.y ? 1 : -1) * (LABEL_HALF + LABEL_GAP) };
    return {
      ...bare,
      segments: [{ from: a, to: b, thin: true }],
      areas: [[a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }]],
      labels: [{ at, text: said, width, boxed: true }],
    };
  }
  return { ...bare, segments: [{ from: a, to: b }] };
}

/** Distance of a point from a segment, pixels. */
export function distance(point: Point, { from, to }: Segment): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const part =
    length === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length));
  return Math.hypot(point.x - from.x - part * dx, point.y - from.y - part * dy);
}

function inside(point: Point, polygon: readonly Point[]): boolean {
  let odd = false;
  polygon.forEach((a, at) => {
    const b = polygon[(at + 1) % polygon.length] ?? a;
    if (a.y > point.y !== b.y > point.y && point.x < a.x + ((point.y - a.y) / (b.y - a.y)) * (b.x - a.x)) odd = !odd;
  });
  return odd;
}

/** A part of a drawing: one of its anchors by place, or all of it. */
export type Part = number | 'body';

/** What of a shape lies under a point, within `reach` pixels; null: nothing. */
export function hitOf(shape: Shape, point: Point, reach: number): Part | null {
  const handle = shape.handles.findIndex((each) => Math.hypot(each.x - point.x, each.y - point.y) <= reach + 2);
  if (handle >= 0) return handle;
  if (shape.segments.some((segment) => distance(point, segment) <= reach)) return 'body';
  if (shape.areas.some((area) => inside(point, area))) return 'body';
  const { x, y } = point;
  return shape.labels.some(
    ({ at, width }) => x >= at.x - reach && x <= at.x + width + reach && Math.abs(y - at.y) <= LABEL_HALF,
  )
    ? 'body'
    : null;
}

/** All anchors moved by whole bars and price units; their distances stay. */
export function shifted(
  anchors: readonly Anchor[],
  by: { readonly bars: number; readonly price: number },
  plane: Plane,
): Anchor[] {
  return anchors.map(({ ts, price }) => ({
    ts: by.bars === 0 ? ts : Math.max(0, Math.round(plane.tsOf(plane.xOf(ts) + by.bars * plane.spacing))),
    price: price + by.price,
  }));
}

/** A drawing of which a part was dragged from one pixel to another. */
export function dragged(
  drawing: Drawing,
  drag: { readonly part: Part; readonly from: Point; readonly to: Point },
  plane: Plane,
): Drawing {
  const { part, from, to } = drag;
  if (part !== 'body') return { ...drawing, anchors: drawing.anchors.with(part, anchorAt(to, plane)) };
  const bars = Math.round((to.x - from.x) / plane.spacing);
  const price = plane.priceOf(to.y) - plane.priceOf(from.y);
  return { ...drawing, anchors: shifted(drawing.anchors, { bars, price }, plane) };
}
