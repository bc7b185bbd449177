/**
 * Calls that wait for their turn. Orders go before all; of the others whoever is due first: each lane has a patience, so
 * that a busy account never keeps quotes waiting for good where the broker allows two calls a second.
 */
import type { KisLane } from '../ports.ts';

export const LANES: readonly KisLane[] = ['order', 'account', 'read', 'background'];

/** How long a call of a lane may be overtaken by earlier lanes, milliseconds; orders are never overtaken. */
const PATIENCE_MS: Readonly<Record<KisLane, number>> = { order: -Infinity, account: 0, read: 1_500, background: 6_000 };

/** A waiting call. */
export interface Waiting<T> {
  readonly lane: KisLane;
  readonly item: T;
}

interface Queued<T> {
  readonly item: T;
  /** When its patience ends. */
  readonly dueMs: number;
}

export class LaneQueue<T> {
  readonly #lanes: Readonly<Record<KisLane, Queued<T>[]>> = { order: [], account: [], read: [], background: [] };

  get size(): number {
    return LANES.reduce((total, lane) => total + this.#lanes[lane].length, 0);
  }

  /** How many wait in all lanes but that of orders. */
  get paced(): number {
    return this.size - this.#lanes.order.length;
  }

  add(lane: KisLane, item: T, nowMs: number): void {
    this.#lanes[lane].push({ item, dueMs: nowMs + PATIENCE_MS[lane] });
  }

  remove(lane: KisLane, item: T): boolean {
    const place = this.#lanes[lane].findIndex((queued) => queued.item === item);
    if (place >= 0) this.#lanes[lane].splice(place, 1);
    return place >= 0;
  }

  /** The next call that `mayGo` lets through; a lane whose first call may not go does not hold up the others. */
  take(mayGo: (lane: KisLane, item: T) => boolean): Waiting<T> | null {
    for (const head of this.heads()) {
      if (!mayGo(head.lane, head.item)) continue;
      this.#lanes[head.lane].shift();
      return head;
    }
    return null;
  }

  /** The first call of each lane, whoever is due first in front; of two that are due together the earlier lane. */
  heads(): readonly Waiting<T>[] {
    return LANES.flatMap((lane) => {
      const [first] = this.#lanes[lane];
      return first === undefined ? [] : [{ lane, item: first.item, dueMs: first.dueMs }];
    })
      .sort((a, b) => (a.dueMs === b.dueMs ? 0 : a.dueMs - b.dueMs))
      .map(({ lane, item }) => ({ lane, item }));
  }

  /** Takes out every call of a lane that `leaves` names. */
  drain(lane: KisLane, leaves: (item: T) => boolean): readonly T[] {
    const going = this.#lanes[lane].map(({ item }) => item).filter(leaves);
    for (const item of going) this.remove(lane, item);
    return going;
  }
}
