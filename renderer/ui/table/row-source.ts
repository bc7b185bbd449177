/** Rows on their way out of a table, a slice at a time, with pauses so that the screen never waits. */
import type { Clock, Timers } from '#shared/ports.ts';
import type { OutCell } from './out-cell.ts';

export type OutRow = readonly OutCell[];

/** What a table hands out: its header, and its rows in slices. */
export interface RowSource {
  readonly header: readonly string[];
  /** null: not known before the end. */
  readonly total: number | null;
  slices(signal: AbortSignal): AsyncIterable<readonly OutRow[]>;
}

/** Rows of a slice that is read without a pause. */
export const SLICE_ROWS = 250;
/** Work between two pauses, milliseconds: with what the browser does besides it stays under a task of 50 ms. */
const BUDGET_MS = 10;

/** Gives the turn away once the budget is used up. */
export class Pace {
  readonly #clock: Clock;
  readonly #timers: Timers;
  #from: number;

  constructor(parts: { readonly clock: Clock; readonly timers: Timers }) {
    this.#clock = parts.clock;
    this.#timers = parts.timers;
    this.#from = parts.clock.monotonicMs();
  }

  /** Resolves at once while there is time left, else in a later turn. */
  async breathe(): Promise<void> {
    if (this.#clock.monotonicMs() - this.#from < BUDGET_MS) return;
    await new Promise<void>((resolve) => this.#timers.yieldTurn(resolve));
    this.#from = this.#clock.monotonicMs();
  }
}

/** Slices of an array; `read` makes a row of each item. */
export async function* slicesOf<Item>(
  items: readonly Item[],
  read: (item: Item) => OutRow,
): AsyncIterable<readonly OutRow[]> {
  for (let from = 0; from < items.length; from += SLICE_ROWS) yield items.slice(from, from + SLICE_ROWS).map(read);
}

/** Told after every slice: rows so far. */
export type Progress = (rows: number) => void;

/** How rows leave: with what pauses, who is told, and what stops it (by the signal's reason). */
export interface Journey {
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Walks a source with pauses. Throws the signal's reason where it is cancelled. */
export async function* paced(source: RowSource, journey: Journey): AsyncIterable<readonly OutRow[]> {
  let rows = 0;
  for await (const slice of source.slices(journey.signal)) {
    journey.signal.throwIfAborted();
    yield slice;
    rows += slice.length;
    journey.progress(rows);
    await journey.pace.breathe();
  }
  journey.signal.throwIfAborted();
}
