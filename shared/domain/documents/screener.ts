/** A saved screener (조건 검색): which issues are wanted, and in what order. */
import { z } from 'zod';

export const ScreenerDocument = z.strictObject({
  name: z.string().trim().min(1).max(40),
  filter: z.record(z.string().max(40), z.unknown()),
});
export type ScreenerDocument = z.infer<typeof ScreenerDocument>;
