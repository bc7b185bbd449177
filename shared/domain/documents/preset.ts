/** Order presets (주문 기본값): what a press in the ladder does and what guards against a slip. */
import { z } from 'zod';

/** What a press in the ladder does: take the price, send at once, move the nearest own order, cancel at the price. */
export const LADDER_ACTS = ['price', 'send', 'move', 'cancel'] as const;
export const LadderAct = z.enum(LADDER_ACTS);
export type LadderAct = z.infer<typeof LadderAct>;

export const LadderSettings = z.strictObject({
  act: LadderAct.default('price'),
  by: z.enum(['single', 'double']).default('single'),
  /** Units of an order sent at once. */
  quantity: z.int().min(1).max(1_000_000_000).default(1),
  /** Limits of the guard against a slip. */
  maxQuantity: z.int().min(1).max(1_000_000_000).default(500),
  /** Smallest unit of the currency of the issue: won, or ten-thousandths of a dollar. */
  maxAmount: z.int().min(1).max(1_000_000_000_000_000).default(10_000_000),
  /** Ticks from the last price. */
  maxTicks: z.int().min(1).max(10_000).default(3),
  /** What happens beyond them. */
  over: z.enum(['refuse', 'ask']).default('refuse'),
});
export type LadderSettings = z.infer<typeof LadderSettings>;

export const OrderPreset = z.strictObject({ ladder: LadderSettings });
export type OrderPreset = z.infer<typeof OrderPreset>;
