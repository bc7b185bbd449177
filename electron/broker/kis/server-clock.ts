/** The server's clock, learnt from the Date header of its answers and from the times of its PINGPONG. */
import type { Clock } from '#shared/ports.ts';
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import type { ServerClock } from './ports.ts';

/** A time that the server told, cut to `resolutionMs`, and between which instants of our wall clock it told it. */
export interface ServerTime {
  readonly serverTs: EpochMs;
  readonly resolutionMs: number;
  readonly earliestTs: EpochMs;
  readonly latestTs: EpochMs;
}

/** A server clock that learns. */
export interface LearningServerClock extends ServerClock {
  learn(time: ServerTime): void;
}

/** A smaller step back is waited out, so that nobody sees time run backwards; a larger one is a clock that was set. */
const STEP_BACK_MS = 60_000;
/** How far two clocks of ordinary quality part in a second of time, in milliseconds. */
const DRIFT_PER_MS = 0.000_1;

/**
 * A clock that shows ours until the server has spoken. Each time told bounds the difference of the two clocks from both
 * sides; together they narrow it below the second that each is cut to, and one that contradicts them starts anew.
 */
export function createServerClock(parts: { readonly clock: Clock }): LearningServerClock {
  const { clock } = parts;
  let bounds: { readonly low: number; readonly high: number; readonly sinceTs: number } | null = null;
  let shown = -Infinity;
  const skew = (): number => (bounds === null ? 0 : Math.round((bounds.low + bounds.high) / 2));
  return {
    learn({ serverTs, resolutionMs, earliestTs, latestTs }) {
      const low = serverTs - latestTs;
      const high = serverTs + resolutionMs - earliestTs;
      if (high < low) return;
      const drift = bounds === null ? 0 : Math.abs(latestTs - bounds.sinceTs) * DRIFT_PER_MS;
      const before = bounds === null ? null : { low: bounds.low - drift, high: bounds.high + drift };
      const agrees = before !== null && low <= before.high && high >= before.low;
      bounds = agrees
        ? { low: Math.max(before.low, low), high: Math.min(before.high, high), sinceTs: latestTs }
        : { low, high, sinceTs: latestTs };
    },
    now() {
      const ms = clock.now() + skew();
      shown = ms < shown - STEP_BACK_MS ? ms : Math.max(shown, ms);
      return epochMs(shown);
    },
    skewMs: () => (bounds === null ? null : skew()),
  };
}
