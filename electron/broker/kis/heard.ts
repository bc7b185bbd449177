/** Teaches the server's clock from the times that the socket tells. */
import type { Clock } from '#shared/ports.ts';
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import type { LearningServerClock } from './server-clock.ts';

/** PINGPONG tells whole seconds, and may have been on its way this long, milliseconds. */
const RESOLUTION_MS = 1_000;
const ON_ITS_WAY_MS = 2_000;

/** What the socket's client is given: each time told bounds the server's clock. */
export function heardBy(serverClock: LearningServerClock, clock: Clock): { heard(serverTs: EpochMs): void } {
  return {
    heard(serverTs) {
      const latestTs = clock.now();
      const earliestTs = epochMs(latestTs - ON_ITS_WAY_MS);
      serverClock.learn({ serverTs, resolutionMs: RESOLUTION_MS, earliestTs, latestTs });
    },
  };
}
