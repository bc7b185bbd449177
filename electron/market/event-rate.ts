/** Events of the exchange per second of wall time, over about the last second. */

/** Events are counted over this long, wall time. */
const RATE_MS = 1_000;

export class EventRate {
  #wallMs = 0;
  #events = 0;
  #perSecond = 0;

  get perSecond(): number {
    return this.#perSecond;
  }

  /** Takes the count of the session's events so far, on a clock that never jumps. */
  count(events: number, wallMs: number): void {
    const elapsedMs = wallMs - this.#wallMs;
    if (elapsedMs < RATE_MS && events >= this.#events) return;
    // Another session counts anew.
    const passed = Math.max(0, events - this.#events);
    this.#perSecond = elapsedMs > 0 ? Math.round((passed * RATE_MS) / elapsedMs) : 0;
    this.#wallMs = wallMs;
    this.#events = events;
  }
}
