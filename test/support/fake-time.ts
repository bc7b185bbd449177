/** A clock and timers that stand still until a test moves them. */
import type { Clock, Timer, Timers } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';

interface Planned {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  readonly againMs: number | null;
}

/** Time for tests: `advance` runs what is due, in order, and lets promises settle in between. */
export interface FakeTime {
  readonly clock: Clock;
  readonly timers: Timers;
  advance(ms: number): Promise<void>;
  /** Runs what is due now and lets promises settle. */
  settle(): Promise<void>;
}

/** Time that starts at `startMs` (default 2026-03-04 09:00 KST). */
export function createFakeTime(startMs = Date.UTC(2026, 2, 4)): FakeTime {
  let nowMs = startMs;
  let order = 0;
  const planned = new Set<Planned>();
  const plan = (delayMs: number, run: () => void, againMs: number | null = null): Timer => {
    let entry: Planned = { atMs: nowMs + delayMs, order: (order += 1), run: () => undefined, againMs };
    const fire = (): void => {
      planned.delete(entry);
      if (againMs !== null) planned.add((entry = { ...entry, atMs: entry.atMs + againMs, order: (order += 1) }));
      run();
    };
    entry = { ...entry, run: fire };
    planned.add(entry);
    return { cancel: () => void planned.delete(entry) };
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const advance = async (ms: number): Promise<void> => {
    const untilMs = nowMs + ms;
    await turn();
    for (;;) {
      const due = [...planned].filter((entry) => entry.atMs <= untilMs);
      const next = due.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
      if (!next) break;
      nowMs = Math.max(nowMs, next.atMs);
      next.run();
      await turn();
    }
    nowMs = untilMs;
  };
  return {
    clock: { now: () => epochMs(nowMs), monotonicMs: () => nowMs },
    timers: {
      after: (delayMs, run) => plan(delayMs, run),
      every: (intervalMs, run) => plan(intervalMs, run, intervalMs),
      yieldTurn: (run) => void plan(0, run),
    },
    advance,
    settle: () => advance(0),
  };
}
