/** Asks by REST, one after the other, for the channels that have no registration. */
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import type { ChannelRecord } from '../ports.ts';
import type { Registration } from './registration.ts';

/** How REST stands in for a channel; the caller knows which call tells the same and under which column names. */
export interface ChannelPoll {
  /** Whether some call stands in for the channel. */
  offers(api: string): boolean;
  /** What is known of the key now, as records of the channel; none where nothing changed. */
  fetch(wish: { readonly api: string; readonly key: string }, signal: AbortSignal): Promise<readonly ChannelRecord[]>;
}

export interface PollerParts {
  readonly poll: ChannelPoll;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly gapMs: number;
  /** Those to be polled now. */
  readonly due: () => readonly Registration[];
  readonly deliver: (registration: Registration, records: readonly ChannelRecord[]) => void;
}

/** After failures the gap doubles up to this many times. */
const MOST_DOUBLINGS = 6;

/** One question at a time, so that the background lane is never filled with them; who waited longest is next. */
export class WishPoller {
  readonly #parts: PollerParts;
  readonly #polledMs = new WeakMap<Registration, number>();
  #timer: Timer | null = null;
  #running: AbortController | null = null;
  #failures = 0;

  constructor(parts: PollerParts) {
    this.#parts = parts;
  }

  /** Starts where there is something to poll; goes on by itself until there is not. */
  wake(): void {
    if (this.#timer || this.#running || this.#parts.due().length === 0) return;
    const waitMs = this.#parts.gapMs * 2 ** Math.min(this.#failures, MOST_DOUBLINGS);
    this.#timer = this.#parts.timers.after(waitMs, () => {
      this.#timer = null;
      void this.#ask();
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#running?.abort();
    this.#running = null;
  }

  async #ask(): Promise<void> {
    const { clock, poll, deliver, due, logger } = this.#parts;
    const last = (one: Registration): number => this.#polledMs.get(one) ?? Number.NEGATIVE_INFINITY;
    const next = due().toSorted((a, b) => last(a) - last(b) || a.rank - b.rank || a.order - b.order)[0];
    if (!next) return;
    this.#polledMs.set(next, clock.monotonicMs());
    const running = new AbortController();
    this.#running = running;
    try {
      const records = await poll.fetch({ api: next.intake.channel.id, key: next.key }, running.signal);
      if (running.signal.aborted) return;
      this.#failures = 0;
      // It may have become live, or be wanted no more, while the answer was on its way.
      if (due().includes(next)) deliver(next, records);
    } catch (error) {
      if (running.signal.aborted) return;
      this.#failures += 1;
      if (this.#failures === 1)
        logger.warn('poll in place of a channel failed', { api: next.intake.channel.id, error });
    } finally {
      if (this.#running === running) {
        this.#running = null;
        this.wake();
      }
    }
  }
}
