/** Teaches the server's clock from the times that the socket tells. */
import type { LearningServerClock } from '#core/broker/kis/index.ts';
import type { Clock } from '#shared/ports.ts';
import { epochMs, type EpochMs } from '#shared/time/index.ts';

/** PINGPONG tells whole seconds, and may have been on its way this long, milliseconds. */
const RESOLUTION_MS = 1_000;
const ON_ITS_WAY_MS = 2_000;

export function heardBy(serverClock: LearningServerClock, clock: Clock): { heard(serverTs: EpochMs): void } {
  return {
    heard(serverTs) {
      const latestTs = clock.now();
      const earliestTs = epochMs(latestTs - ON_ITS_WAY_MS);
      serverClock.learn({ serverTs, resolutionMs: RESOLUTION_MS, earliestTs, latestTs });
    },
  };
}
