/** How long the event loop keeps work waiting, over the last ten seconds. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Timers } from '#shared/ports.ts';

const RESOLUTION_MS = 10;
const WINDOW_MS = 10_000;
const NS_PER_MS = 1_000_000;

/** A running measurement of event-loop delay. */
export interface LoopDelay {
  /** 99th percentile in milliseconds over the last five to ten seconds; 0 before the first sample. */
  p99Ms(): number;
  stop(): void;
}

function delayMs(histogram: ReturnType<typeof monitorEventLoopDelay>): number {
  // The histogram holds the whole gap between two samples; what exceeds the sampling interval is delay.
  return histogram.count === 0 ? 0 : Math.max(0, histogram.percentile(99) / NS_PER_MS - RESOLUTION_MS);
}

/** Starts measuring. Two histograms take turns being emptied, so a reading always covers at least half the window. */
export function startLoopDelay(timers: Timers): LoopDelay {
  const histograms = [0, 1].map(() => monitorEventLoopDelay({ resolution: RESOLUTION_MS }));
  for (const histogram of histograms) histogram.enable();
  let turn = 0;
  const timer = timers.every(WINDOW_MS / 2, () => {
    histograms[turn]?.reset();
    turn = 1 - turn;
  });
  return {
    p99Ms: () => Math.max(...histograms.map(delayMs)),
    stop() {
      timer.cancel();
      for (const histogram of histograms) histogram.disable();
    },
  };
}

/** Resident memory of this process, MiB. */
export function rssMb(): number {
  return process.memoryUsage.rss() / 1_048_576;
}
