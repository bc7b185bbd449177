/** The machine's clock behind the Clock port. */
import type { Clock } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';

/** Wall time for stamping, monotonic time for durations. */
export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
};
