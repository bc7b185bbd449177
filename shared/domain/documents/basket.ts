/** A basket (바스켓): several orders prepared together; what is not decided yet is null. */
import { z } from 'zod';
import { BASKET_LIMIT } from '../basket.ts';
import { InstrumentId } from '../instrument.ts';
import { Side } from '../order.ts';

/** A row as it is being written. Price in the price unit. */
export const PlannedOrder = z.strictObject({
  instrumentId: InstrumentId,
  side: Side,
  type: z.enum(['limit', 'market']),
  price: z.int().positive().nullable(),
  quantity: z.int().positive().nullable(),
});
export type PlannedOrder = z.infer<typeof PlannedOrder>;

export const Basket = z.strictObject({
  name: z.string().trim().min(1).max(40),
  rows: z.array(PlannedOrder).max(BASKET_LIMIT),
});
export type Basket = z.infer<typeof Basket>;
