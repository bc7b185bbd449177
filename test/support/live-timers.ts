/** Counts the timers that the program itself has running, whoever else sets timers in the same process. */
import { onTestFinished } from 'vitest';

const OURS = /electron[/\\]platform[/\\]timers\.ts/;

/** Starts counting, from now until the test ends: timers of the core that are set and neither over nor canceled. */
export function countTimers(): () => number {
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  const live = new Set<unknown>();
  const watched =
    (set: (run: () => void, ms: number) => NodeJS.Timeout, once: boolean) =>
    (run: () => void, ms: number): NodeJS.Timeout => {
      const timer = set(() => {
        if (once) live.delete(timer);
        run();
      }, ms);
      if (OURS.test(new Error('where').stack ?? '')) live.add(timer);
      return timer;
    };
  const forgetting =
    (clear: (timer: NodeJS.Timeout) => void) =>
    (timer: NodeJS.Timeout): void => {
      live.delete(timer);
      clear(timer);
    };
  Object.assign(globalThis, {
    setTimeout: watched(setTimeout, true),
    setInterval: watched(setInterval, false),
    clearTimeout: forgetting(clearTimeout),
    clearInterval: forgetting(clearInterval),
  });
  onTestFinished(() => void Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval }));
  return () => live.size;
}
