/** Keys that the user has bound to actions instead of the shipped ones. */
import { z } from 'zod';

export const Hotkeys = z.strictObject({
  /** By action; "" takes the key away. */
  keys: z.record(z.string().min(1).max(60), z.string().max(40)),
});
export type Hotkeys = z.infer<typeof Hotkeys>;
