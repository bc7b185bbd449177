/** The browser's clock, timers and ids behind the ports: the only file of the screen that names them. */
import type { Clock, Ids, Timer, Timers } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';

export const browserClock: Clock = {
  now: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
};

export const browserTimers: Timers = {
  after(delayMs, run): Timer {
    const handle = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
  every(intervalMs, run): Timer {
    const handle = setInterval(run, intervalMs);
    return { cancel: () => clearInterval(handle) };
  },
  yieldTurn(run) {
    setTimeout(run, 0);
  },
};

export const browserIds: Ids = {
  next: () => crypto.randomUUID(),
};

/** Nobody reads figures that change more often than about thirty times a second, and drawing them costs. */
const REDRAW_GAP_MS = 32;

/** Runs `run` before a paint, at most once for any number of askings and some thirty times a second; a hidden page paints nothing, so nothing piles up. */
export function framed(run: () => void): () => void {
  let asked = false;
  let ranAt = Number.NEGATIVE_INFINITY;
  const frame = (now: number): void => {
    if (now - ranAt < REDRAW_GAP_MS) {
      requestAnimationFrame(frame);
      return;
    }
    ranAt = now;
    asked = false;
    run();
  };
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(frame);
  };
}

/** Longest wait for a paint: a covered window may paint nothing for minutes, and the core waits for our answer. */
const PAINT_PATIENCE_MS = 250;

/** Runs `run` once, before the next paint or after a quarter of a second, whichever comes first. */
export function beforePaint(run: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(handle);
    cancelAnimationFrame(frame);
    run();
  };
  const handle = setTimeout(once, PAINT_PATIENCE_MS);
  const frame = requestAnimationFrame(once);
}

/** Does not run `run` until it has not been asked for `quietMs`. */
export function debounced(run: () => void, quietMs: number): { ask(): void; cancel(): void } {
  let handle: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => clearTimeout(handle);
  return {
    cancel,
    ask() {
      cancel();
      handle = setTimeout(run, quietMs);
    },
  };
}
