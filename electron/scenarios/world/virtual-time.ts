/** A clock and timers that stand until they are moved: what a run lives in, so that it repeats exactly and as fast as the machine allows. */
import type { Clock, Timer, Timers } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';

interface Planned {
  atMs: number;
  order: number;
  readonly run: () => void;
  readonly againMs: number | null;
  live: boolean;
}

/** Time of a run. */
export interface VirtualTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** When the next timer is due, milliseconds; Infinity: none. */
  nextMs(): number;
  /** Runs what is due up to so many milliseconds from now, in order; promises settle in between. */
  advance(ms: number): Promise<void>;
  /** The machine sleeps: time passes and every timer is that much later. */
  skip(ms: number): void;
}

const before = (a: Planned, b: Planned): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** A binary heap: a day of a run plans some hundred thousand timers. */
class Agenda {
  readonly #heap: Planned[] = [];

  get first(): Planned | undefined {
    while (this.#heap[0]?.live === false) this.#take();
    return this.#heap[0];
  }

  add(entry: Planned): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (before(heap[parent] as Planned, entry)) break;
      heap[at] = heap[parent] as Planned;
      at = parent;
    }
    heap[at] = entry;
  }

  /** Everything that is planned is so much later; the order stays. */
  postpone(ms: number): void {
    for (const entry of this.#heap) entry.atMs += ms;
  }

  take(): Planned | undefined {
    return this.first && this.#take();
  }

  #take(): Planned | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!last || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Planned, heap[child] as Planned)) child += 1;
      if (before(last, heap[child] as Planned)) break;
      heap[at] = heap[child] as Planned;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

/** Time that stands at `startMs`; `real` gives turns of the loop, in which every promise that can settle does. */
export function createVirtualTime(startMs: number, real: Pick<Timers, 'yieldTurn'>): VirtualTime {
  const turn = (): Promise<void> => new Promise((resolve) => real.yieldTurn(resolve));
  let nowMs = startMs;
  let order = 0;
  const agenda = new Agenda();
  const plan = (delayMs: number, run: () => void, againMs: number | null): Timer => {
    const entry: Planned = { atMs: nowMs + Math.max(0, delayMs), order: (order += 1), run, againMs, live: true };
    agenda.add(entry);
    return { cancel: () => void (entry.live = false) };
  };
  const fire = (entry: Planned): void => {
    if (entry.againMs !== null) {
      entry.atMs += Math.max(1, entry.againMs);
      entry.order = order += 1;
      agenda.add(entry);
    }
    entry.run();
  };
  return {
    clock: { now: () => epochMs(Math.floor(nowMs)), monotonicMs: () => nowMs },
    timers: {
      after: (delayMs, run) => plan(delayMs, run, null),
      every: (intervalMs, run) => plan(intervalMs, run, intervalMs),
      yieldTurn: (run) => void plan(0, run, null),
    },
    nextMs: () => agenda.first?.atMs ?? Number.POSITIVE_INFINITY,
    async advance(ms) {
      const untilMs = nowMs + ms;
      await turn();
      for (let next = agenda.first; next && next.atMs <= untilMs; next = agenda.first) {
        agenda.take();
        nowMs = Math.max(nowMs, next.atMs);
        fire(next);
        await turn();
      }
      nowMs = untilMs;
    },
    skip(ms) {
      nowMs += ms;
      agenda.postpone(ms);
    },
  };
}

/** Moves the time until the work is done. Throws what it throws, and where it never ends. */
export async function driveTime<Result>(time: VirtualTime, work: Promise<Result>): Promise<Result> {
  let done = false;
  const finish = (): void => void (done = true);
  const finished = (): boolean => done;
  work.then(finish, finish);
  for (let ms = 0; !finished(); ms += 20) {
    if (ms > NEVER_MS) throw new Error('a piece of a run never ends');
    await time.advance(ms === 0 ? 0 : 20);
  }
  return work;
}

/** A quarter of an hour of the run's own time. */
const NEVER_MS = 900_000;
