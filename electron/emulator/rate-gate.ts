/** Counts calls over any one second of wall time. */

const WINDOW_MS = 1_000;

export class RateGate {
  readonly #limit: () => number;
  readonly #times: number[] = [];

  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** Counts a call; false: it is one too many, and does not count. */
  pass(nowMs: number): boolean {
    while (this.#times.length > 0 && nowMs - (this.#times[0] as number) >= WINDOW_MS) this.#times.shift();
    if (this.#times.length >= this.#limit()) return false;
    this.#times.push(nowMs);
    return true;
  }
}
