/** Drawings on the chart of an issue, anchored in time and price. */
import { z } from 'zod';

/** Drawings of one issue. */
export const DRAWINGS_LIMIT = 500;
/** Series colours of the theme that a drawing may have. */
export const DRAWING_COLOURS = 6;
/** Widest line, pixels. */
export const DRAWING_WIDTH_LIMIT = 4;
export const DRAWING_TEXT_LIMIT = 500;

export const DRAWING_TOOLS = ['trend', 'horizontal', 'ray', 'channel', 'fibonacci', 'text', 'measure'] as const;
export const DrawingTool = z.enum(DRAWING_TOOLS);
export type DrawingTool = z.infer<typeof DrawingTool>;

/** Points that each tool stands on. */
export const DRAWING_POINTS: Readonly<Record<DrawingTool, 1 | 2 | 3>> = {
  trend: 2,
  horizontal: 1,
  ray: 2,
  channel: 3,
  fibonacci: 2,
  text: 1,
  measure: 2,
};

export const Anchor = z.strictObject({
  /** Open time of a bar, or the instant where one would be; may lie beyond the newest. */
  ts: z.int().nonnegative(),
  /** In the price unit of the issue; a drawing is no order and needs no tick. */
  price: z.int(),
});
export type Anchor = z.infer<typeof Anchor>;

export const Drawing = z
  .strictObject({
    id: z.string().min(1).max(64),
    tool: DrawingTool,
    anchors: z.array(Anchor).min(1).max(3),
    /** Of the tool text; "" for the others. */
    text: z.string().max(DRAWING_TEXT_LIMIT),
    /** Number of a series colour of the theme, from 1. */
    colour: z.int().min(1).max(DRAWING_COLOURS),
    width: z.int().min(1).max(DRAWING_WIDTH_LIMIT),
    /** true: it is neither moved nor removed by hand. */
    locked: z.boolean(),
  })
  .refine(({ tool, anchors }) => anchors.length === DRAWING_POINTS[tool]);
export type Drawing = z.infer<typeof Drawing>;

export const Drawings = z.strictObject({
  drawings: z.array(Drawing).max(DRAWINGS_LIMIT),
  /** true: kept, and not shown. */
  hidden: z.boolean().default(false),
});
export type Drawings = z.infer<typeof Drawings>;
