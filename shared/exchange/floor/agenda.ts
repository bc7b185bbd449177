/** What the exchange has to do at which instant, as plain data: a snapshot keeps it whole. */

/**
 * part: a venue's next part begins · own: what a board does of its own ends · cycle: a single-price board's half hour ·
 * offHours: ten minutes of the off-hours single price · window: fixed-price trading begins or ends · index: the second's look at
 * indices and futures · breaker: a circuit breaker's next step · sidecar: program orders are let go
 */
export type TimerKind = 'part' | 'own' | 'cycle' | 'offHours' | 'window' | 'index' | 'breaker' | 'sidecar';

/** One thing to do; `place` and `n` mean what the kind says. */
export interface Timer {
  /** The true instant, random parts included. */
  readonly ts: number;
  readonly kind: TimerKind;
  /** A board's place, or the number of a venue or market. */
  readonly place: number;
  /** Number of the occasion: a timer whose occasion has passed does nothing. */
  readonly n: number;
}

export interface AgendaState {
  readonly timers: readonly Timer[];
}

/** Timers by time; of one instant the one set first. */
export class Agenda {
  /** Latest first, so that the next is taken off the end. */
  #timers: Timer[] = [];

  /** When the next timer is due; Infinity for none. */
  get nextTs(): number {
    return this.#timers.at(-1)?.ts ?? Number.POSITIVE_INFINITY;
  }

  add(timer: Timer): void {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#timers[middle] as Timer).ts > timer.ts) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
  }

  /** Takes the next timer off. */
  take(): Timer | undefined {
    return this.#timers.pop();
  }

  /** Forgets all timers of a kind at a place. */
  drop(kind: TimerKind, place: number): void {
    this.#timers = this.#timers.filter((timer) => timer.kind !== kind || timer.place !== place);
  }

  state(): AgendaState {
    return { timers: [...this.#timers] };
  }

  restore(state: AgendaState): void {
    this.#timers = [...state.timers];
  }
}
