/** A saved screener (조건 검색): which issues are wanted, and in what order. */
import { z } from 'zod';

/** Conditions of one screen. */
export const CONDITIONS_LIMIT = 20;

/** A line of the form: a field of shared/market/screener, a comparison, and a number in the field's own unit. */
export const ScreenCondition = z.strictObject({
  field: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/),
  comparison: z.enum(['>', '>=', '<', '<=', '=', '!=']),
  value: z.number(),
});
export type ScreenCondition = z.infer<typeof ScreenCondition>;

export const ScreenFilter = z.strictObject({
  /** Markets searched; none: all of them. */
  markets: z.array(z.enum(['KOSPI', 'KOSDAQ', 'KONEX'])).max(3),
  /** All of them must hold. */
  conditions: z.array(ScreenCondition).max(CONDITIONS_LIMIT),
  /** Must hold as well; "" for none. */
  expression: z.string().max(500),
  sort: z.strictObject({ field: z.string().max(40), descending: z.boolean() }).nullable(),
});
export type ScreenFilter = z.infer<typeof ScreenFilter>;

export const ScreenerDocument = z.strictObject({
  name: z.string().trim().min(1).max(40),
  filter: ScreenFilter,
});
export type ScreenerDocument = z.infer<typeof ScreenerDocument>;
