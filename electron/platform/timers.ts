/** Node's timers behind the Timers port. */
import type { Timer, Timers } from '#shared/ports.ts';

/** The longest delay Node can hold, milliseconds; a longer one would fire at once, so it is refused. */
const LONGEST_DELAY_MS = 2_147_483_647;

function delay(ms: number): number {
  if (!(ms >= 0 && ms <= LONGEST_DELAY_MS)) throw new RangeError(`not a delay: ${ms}`);
  return ms;
}

function handle(timer: NodeJS.Timeout): Timer {
  return { cancel: () => clearTimeout(timer) };
}

/** Timers of the running process. */
export const systemTimers: Timers = {
  after: (delayMs, run) => handle(setTimeout(run, delay(delayMs))),
  every: (intervalMs, run) => handle(setInterval(run, delay(intervalMs))),
  yieldTurn: (run) => void setImmediate(run),
};
