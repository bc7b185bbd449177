/** Who looks over the desk's shoulder: told within the very step, before the guard judges; none of them can break it. */
import type { InstrumentId, NewOrder, Order } from '#shared/domain/index.ts';
import type { Logger } from '#shared/ports.ts';
import type { Inquiry } from './inquiry.ts';

/** An order that is about to be judged. */
export interface AskedOrder {
  readonly orderId: string;
  readonly order: NewOrder;
  /** Sent by a mandate or a play, not by a hand. */
  readonly automated: boolean;
}

/** What the desk holds beside what the broker holds, of one issue, as of one inquiry. */
export interface BooksCompared {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly deskQty: number;
  readonly brokerQty: number;
}

export interface DeskObserver {
  /** Runs before the guard: what it does to the gate or the protections counts for this order. Must be quick. */
  asked?(asked: AskedOrder): void;
  /** A change of an open order is about to be judged, or a cancel to be sent. */
  changeAsked?(order: Order, what: 'replace' | 'cancel'): void;
  /** The broker was asked; the books were brought together before. */
  compared?(books: readonly BooksCompared[]): void;
}

export class Observers {
  readonly #log: Logger;
  readonly #all = new Set<DeskObserver>();

  constructor(log: Logger) {
    this.#log = log;
  }

  add(observer: DeskObserver): () => void {
    this.#all.add(observer);
    return () => void this.#all.delete(observer);
  }

  asked(asked: AskedOrder): void {
    for (const observer of this.#all) this.#safely(() => observer.asked?.(asked));
  }

  changeAsked(order: Order, what: 'replace' | 'cancel'): void {
    for (const observer of this.#all) this.#safely(() => observer.changeAsked?.(order, what));
  }

  /** `held`: what the desk counts by account. */
  compared(
    inquiry: Inquiry,
    held: (accountId: string) => readonly { readonly instrumentId: InstrumentId; readonly quantity: number }[],
  ): void {
    if (this.#all.size === 0) return;
    const books = inquiry.accounts.flatMap(({ account: { accountId }, positions }): BooksCompared[] => {
      const ours = new Map(held(accountId).map(({ instrumentId, quantity }) => [instrumentId, quantity]));
      const theirs = new Map(positions.map(({ instrumentId, quantity }) => [instrumentId, quantity]));
      return [...new Set([...ours.keys(), ...theirs.keys()])].map((instrumentId) => ({
        accountId,
        instrumentId,
        deskQty: ours.get(instrumentId) ?? 0,
        brokerQty: theirs.get(instrumentId) ?? 0,
      }));
    });
    for (const observer of this.#all) this.#safely(() => observer.compared?.(books));
  }

  #safely(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#log.error('an observer of the desk failed', { error: String(error) });
    }
  }
}
