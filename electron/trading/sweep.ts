/** Cancelling many: goes on through refusals, silence and restarts until the broker shows that nothing is left. */
import { isResting } from '#shared/domain/index.ts';
import type { Cancellation } from './cancellation.ts';

import type { Inquiry } from './inquiry.ts';
import type { OrderRecord } from './order-record.ts';
import type { Step } from './step.ts';
import { covers, type Sweep } from './sweep-list.ts';

/** After so many inquiries with something left the user is told, once. */
const TELL_AFTER_ROUNDS = 5;

export class Sweeper {
  readonly #cancellation: Cancellation;
  readonly #rounds = new Map<string, number>();

  constructor(cancellation: Cancellation) {
    this.#cancellation = cancellation;
  }

  /** Open orders that a sweep is to withdraw. */
  covered(step: Step): readonly OrderRecord[] {
    return step.state.openRecords().filter((record) => step.state.sweeps.covers(record.order));
  }

  /** Asks for the cancel of everything covered that was not asked yet. */
  ask(step: Step): void {
    for (const record of this.covered(step)) this.#cancellation.ask(step, record, null);
  }

  /**
   * After an inquiry that failed: the broker may hear orders though it answers no questions, so every cancel of a sweep that
   * is not under way is sent once more, at the pace of the inquiries. That is safe: a number whose rest is gone is refused.
   */
  insist(step: Step): void {
    for (const record of this.covered(step)) if (record.cancelWanted) this.#cancellation.send(step, record);
  }

  /** After an inquiry: ends the sweeps of which nothing is left, and goes on with the others. */
  review(step: Step, inquiry: Inquiry): void {
    for (const sweep of step.state.sweeps.all()) {
      if (inquiry.startedAt < sweep.startedAt) continue;
      const left = this.#left(step, sweep, inquiry);
      if (left === 0) this.#end(step, sweep);
      else this.#tell(step, sweep, left);
    }
    this.ask(step);
  }

  /** Orders of a sweep that are not known to be gone, at the desk or at the broker. */
  #left(step: Step, sweep: Sweep, inquiry: Inquiry): number {
    const here = step.state.openRecords().filter(({ order }) => covers(sweep, order)).length;
    if (sweep.orderIds !== null) return here;
    let there = 0;
    for (const account of inquiry.accounts) {
      if (sweep.accountId !== null && sweep.accountId !== account.account.accountId) continue;
      // An order that has ended since the inquiry began is no longer there, whatever the inquiry says.
      there += account.orders.filter((row) => {
        const record = step.state.byNumber(row.accountId, row.brokerOrderNo);
        return row.status === 'open' && (record === undefined || isResting(record.order.state));
      }).length;
    }
    return Math.max(here, there);
  }

  #end(step: Step, sweep: Sweep): void {
    this.#rounds.delete(sweep.sweepId);
    step.emit({ kind: 'sweepEnded', sweepId: sweep.sweepId, ts: step.now });
    // Of a few orders each tells its own end.
    if (sweep.orderIds === null) step.alert('info', 'CANCELS_CONFIRMED');
  }

  #tell(step: Step, sweep: Sweep, count: number): void {
    const rounds = (this.#rounds.get(sweep.sweepId) ?? 0) + 1;
    this.#rounds.set(sweep.sweepId, rounds);
    if (rounds === TELL_AFTER_ROUNDS) step.alert('high', 'CANCELS_REMAIN', { count });
  }
}
