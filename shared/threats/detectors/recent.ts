/** What the watchers of accounts and orders remember, each bounded: keys seen lately, times within a window, states by subject, new orders. */
import type { OrderEvent } from '../events.ts';

/** Longest subject of a signal. */
const SUBJECT_LENGTH = 80;

/** An account or channel as the subject of a signal. */
export function subjectOf(text: string): string {
  return text.length === 0 ? '-' : text.slice(0, SUBJECT_LENGTH);
}

/** The last `limit` keys at least, and never more than twice as many. */
export class RecentKeys {
  readonly #limit: number;
  #young = new Set<string>();
  #old = new Set<string>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  has(key: string): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  /** Takes a key; true where it had been seen before. */
  seen(key: string): boolean {
    if (this.has(key)) return true;
    if (this.#young.size >= this.#limit) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(key);
    return false;
  }

  clear(): void {
    this.#young = new Set();
    this.#old = new Set();
  }
}

/** The times of the last `size` happenings. */
export class RecentTimes {
  readonly #times: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.#times = new Float64Array(size);
  }

  add(ts: number): void {
    this.#times[this.#count % this.#times.length] = ts;
    this.#count += 1;
  }

  /** How many came after `from`; at most as many as are kept. */
  after(from: number): number {
    const kept = Math.min(this.#count, this.#times.length);
    let found = 0;
    for (let back = 1; back <= kept; back += 1) {
      if ((this.#times[(this.#count - back) % this.#times.length] as number) <= from) break;
      found += 1;
    }
    return found;
  }

  clear(): void {
    this.#count = 0;
  }
}

/** A state for each subject, made when it is first asked for; of more than `limit` the oldest is dropped. */
export class Subjects<State> {
  readonly #states = new Map<string, State>();
  readonly #limit: number;
  readonly #make: (id: string) => State;

  constructor(limit: number, make: (id: string) => State) {
    this.#limit = limit;
    this.#make = make;
  }

  of(id: string): State {
    const found = this.#states.get(id);
    if (found !== undefined) return found;
    if (this.#states.size >= this.#limit) {
      for (const oldest of this.#states.keys()) {
        this.#states.delete(oldest);
        break;
      }
    }
    const made = this.#make(id);
    this.#states.set(id, made);
    return made;
  }

  known(id: string): State | undefined {
    return this.#states.get(id);
  }

  drop(id: string): void {
    this.#states.delete(id);
  }

  get size(): number {
    return this.#states.size;
  }

  [Symbol.iterator](): IterableIterator<[string, State]> {
    return this.#states.entries();
  }
}

const ORDERS_KEPT = 8_192;

/** Tells the first event of a new order from the later ones. */
export class NewOrders {
  readonly #seen = new RecentKeys(ORDERS_KEPT);
  /** The stream tells when an order is asked for; where it does not, the first state of an order stands for it. */
  #asks = false;

  /** true once for each order. `refused`: also where the first that is heard of it is its refusal. */
  isNew(event: OrderEvent, refused = false): boolean {
    const { step, orderId } = event;
    const key = `${event.accountId}|${orderId}`;
    if (step === 'asked') {
      this.#asks = true;
      return orderId === '' || !this.#seen.seen(key);
    }
    const first =
      step === 'created' || step === 'submitting' || (refused && (step === 'denied' || step === 'rejected'));
    if (!first || orderId === '') {
      // An order that was there before the stream began is no new one, whatever comes of it later.
      if (orderId !== '') this.#seen.seen(key);
      return false;
    }
    const known = this.#seen.seen(key);
    return !known && !this.#asks;
  }
}
