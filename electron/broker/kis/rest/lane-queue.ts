/** Calls that wait for their turn: four lanes, the oldest of the first lane that may go. */
import type { KisLane } from '../ports.ts';

export const LANES: readonly KisLane[] = ['order', 'account', 'read', 'background'];

/** A waiting call. */
export interface Waiting<T> {
  readonly lane: KisLane;
  readonly item: T;
}

export class LaneQueue<T> {
  readonly #lanes: Readonly<Record<KisLane, T[]>> = { order: [], account: [], read: [], background: [] };

  get size(): number {
    return LANES.reduce((total, lane) => total + this.#lanes[lane].length, 0);
  }

  /** How many wait in all lanes but that of orders. */
  get paced(): number {
    return this.size - this.#lanes.order.length;
  }

  add(lane: KisLane, item: T): void {
    this.#lanes[lane].push(item);
  }

  remove(lane: KisLane, item: T): boolean {
    const place = this.#lanes[lane].indexOf(item);
    if (place >= 0) this.#lanes[lane].splice(place, 1);
    return place >= 0;
  }

  /** The next call that `mayGo` lets through; a lane whose first call may not go does not hold up the others. */
  take(mayGo: (lane: KisLane, item: T) => boolean): Waiting<T> | null {
    for (const lane of LANES) {
      const item = this.#lanes[lane][0];
      if (item === undefined || !mayGo(lane, item)) continue;
      this.#lanes[lane].shift();
      return { lane, item };
    }
    return null;
  }

  /** The first call of each lane. */
  heads(): readonly Waiting<T>[] {
    return LANES.flatMap((lane) => {
      const item = this.#lanes[lane][0];
      return item === undefined ? [] : [{ lane, item }];
    });
  }

  /** Takes out every call of a lane that `leaves` names. */
  drain(lane: KisLane, leaves: (item: T) => boolean): readonly T[] {
    const going = this.#lanes[lane].filter(leaves);
    for (const item of going) this.remove(lane, item);
    return going;
  }
}
