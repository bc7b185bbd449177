/** A basket (바스켓): several orders prepared together. */
import { z } from 'zod';

export const Basket = z.strictObject({
  name: z.string().trim().min(1).max(40),
  rows: z.array(z.record(z.string().max(40), z.unknown())).max(200),
});
export type Basket = z.infer<typeof Basket>;
