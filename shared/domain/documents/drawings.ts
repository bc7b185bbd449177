/** Drawings on the chart of an issue, anchored in time and price. */
import { z } from 'zod';

/** Drawings of one issue. */
export const DRAWINGS_LIMIT = 500;

export const Anchor = z.strictObject({
  /** Epoch milliseconds; may lie beyond the newest bar. */
  ts: z.number(),
  /** In the price unit of the issue; a drawing is no order and needs no tick. */
  price: z.number(),
});
export type Anchor = z.infer<typeof Anchor>;

export const Drawing = z.strictObject({
  id: z.string().min(1).max(64),
  tool: z.enum(['trend', 'horizontal', 'ray', 'channel', 'fibonacci', 'text', 'measure']),
  anchors: z.array(Anchor).min(1).max(3),
  text: z.string().max(500),
  /** Number of a series colour of the theme, from 1. */
  colour: z.int().min(1).max(8),
  width: z.int().min(1).max(4),
  locked: z.boolean(),
});
export type Drawing = z.infer<typeof Drawing>;

export const Drawings = z.strictObject({ drawings: z.array(Drawing).max(DRAWINGS_LIMIT) });
export type Drawings = z.infer<typeof Drawings>;
