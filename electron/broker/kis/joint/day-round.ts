/** The list of a day that one round of questions has fetched, and what else of the round it answers; each is given once. */
import type { SessionDate } from '#shared/time/index.ts';

/** A question that the list of a day answers. */
export type DayQuestion = 'orders' | 'executions';

export class DayRound {
  #held: { readonly date: SessionDate; readonly left: readonly DayQuestion[] } | null = null;

  /** The list of a day is here, and answers these once. */
  fetched(date: SessionDate, left: readonly DayQuestion[]): void {
    this.#held = { date, left };
  }

  /** Whether the list that is here answers; then it does no more. */
  takes(date: SessionDate, what: DayQuestion): boolean {
    const held = this.#held;
    if (held?.date !== date || !held.left.includes(what)) return false;
    this.#held = { date, left: held.left.filter((each) => each !== what) };
    return true;
  }

  /** What was asked before an order verb says nothing about after it. */
  forget(): void {
    this.#held = null;
  }
}
