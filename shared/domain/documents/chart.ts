/** How a chart looks: kind, indicators and comparisons; of one panel, or kept as a template by name. */
import { z } from 'zod';

export const ChartSettings = z.strictObject({
  /** "" for the settings of a panel. */
  name: z.string().max(40),
  settings: z.record(z.string().max(40), z.unknown()),
});
export type ChartSettings = z.infer<typeof ChartSettings>;
