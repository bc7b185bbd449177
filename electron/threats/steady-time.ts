/** Time of a market whose clock is a server's: a clock that is set wrong for a while moves no threat through time. */
import type { Clock } from '#shared/ports.ts';

/** Times that lie apart by more are not the same time told a moment later. */
const APART_MS = 60_000;
/** Ways of time that were believed, newest last: one that comes back was right. */
const KEPT = 4;

/** A time that was believed, and where our monotonic clock stood then. */
interface Believed {
  nowMs: number;
  monotonicMs: number;
}

/**
 * Tells the time that `told` shows (milliseconds since 1970) unless that has leapt because the server's clock was set.
 *
 * Told time is right while it goes on with our monotonic clock from any time that was believed before. Where it does not, but
 * the difference of the two clocks is what it was, the machine slept or our own clock was set: it is believed, for the
 * server will say otherwise if it must. Where that difference has leapt too, the server's clock was set: time goes on
 * from the last that was believed.
 */
export class SteadyTime {
  readonly #told: () => number;
  readonly #clock: Clock;
  readonly #skewMs: () => number | null;
  #believed: Believed[] = [];
  #skew = 0;

  constructor(parts: {
    readonly told: () => number;
    readonly clock: Clock;
    /** Server's clock minus ours; null until the server has spoken. */
    readonly skewMs: () => number | null;
  }) {
    this.#told = parts.told;
    this.#clock = parts.clock;
    this.#skewMs = parts.skewMs;
  }

  now(): number {
    const told = this.#told();
    const skew = this.#skewMs();
    if (skew === null) return told;
    const monotonicMs = this.#clock.monotonicMs();
    const goesOn = (from: Believed): boolean =>
      Math.abs(told - from.nowMs - (monotonicMs - from.monotonicMs)) <= APART_MS;
    const place = this.#believed.findLastIndex(goesOn);
    const [same] = place < 0 ? [] : this.#believed.splice(place, 1);
    const last = this.#believed.at(-1);
    if (!same && last && Math.abs(skew - this.#skew) > APART_MS) return last.nowMs + (monotonicMs - last.monotonicMs);
    this.#believed.push({ nowMs: told, monotonicMs });
    this.#believed = this.#believed.slice(-KEPT);
    this.#skew = skew;
    return told;
  }
}
