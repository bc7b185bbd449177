/** Order presets (주문 기본값): chained from global over market to issue; the nearest that says something counts. */
import { z } from 'zod';

export const OrderPreset = z.strictObject({ values: z.record(z.string().max(40), z.unknown()) });
export type OrderPreset = z.infer<typeof OrderPreset>;
