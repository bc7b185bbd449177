/** Recorded issues of one day on one exchange and one clock, with the index where one was recorded. */
import type { Market, RulesNote } from '../../domain/index.ts';
import { assert } from '../../errors/index.ts';
import { epochMs, type EpochMs, type SessionDate } from '../../time/index.ts';
import type { Exchange } from '../exchange.ts';
import { ReplayDriver, type ReplaySnapshot } from './replay.ts';
import type { RecordedIssue } from './replay-record.ts';
import type { ExchangeEvent } from '../types.ts';

/** Changes of a market's index from its previous close, parts per million, by instant. */
export interface RecordedIndex {
  readonly market: Market;
  readonly ts: Float64Array;
  readonly changePpm: Int32Array;
}

/** A day as recorded: plain data, never changed once made. */
export interface RecordedDay {
  readonly date: SessionDate;
  /** At least one, in the order in which the exchange lists them. */
  readonly issues: readonly RecordedIssue[];
  readonly indices: readonly RecordedIndex[];
  /** What must be said about rules and record. */
  readonly notes: readonly RulesNote[];
}

/** What a replayed market is made of. */
export interface ReplayMarketOptions {
  readonly day: RecordedDay;
  /** 0 … 2^32 − 1. */
  readonly seed: number;
  /** Lists the day's issues and nothing else; moved by this market alone. */
  readonly exchange: Exchange;
}

/** Plain data (structured-cloneable) without the record; with it and the exchange's snapshot it continues exactly. */
export interface ReplayMarketSnapshot {
  readonly version: 1;
  readonly seed: number;
  readonly drivers: readonly ReplaySnapshot[];
  /** Next change of each index. */
  readonly cursors: readonly number[];
}

/** Drivers by the instant of their next act, and by place where that is the same: a heap. */
class Agenda {
  readonly #next: Float64Array;
  readonly #heap: Int32Array;

  constructor(next: readonly number[]) {
    this.#next = Float64Array.from(next);
    this.#heap = Int32Array.from(next, (_, place) => place);
    for (let at = (next.length >> 1) - 1; at >= 0; at -= 1) this.#sink(at);
  }

  get first(): number {
    return this.#heap[0] as number;
  }

  get firstTs(): number {
    return this.#next[this.first] as number;
  }

  /** The first one acts next at `ts`. */
  moveFirst(ts: number): void {
    this.#next[this.first] = ts;
    this.#sink(0);
  }

  #before(a: number, b: number): boolean {
    const difference = (this.#next[a] as number) - (this.#next[b] as number);
    return difference < 0 || (!(difference > 0) && a < b);
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const item = heap[from] as number;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1] as number, heap[child] as number)) child += 1;
      if (!this.#before(heap[child] as number, item)) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = item;
  }
}

/** Plays every issue's record; each is exact while nobody else trades it. */
export class ReplayMarket {
  readonly #exchange: Exchange;
  readonly #seed: number;
  readonly #indices: readonly RecordedIndex[];
  readonly #drivers: readonly ReplayDriver[];
  readonly #byCode: ReadonlyMap<string, ReplayDriver>;
  readonly #agenda: Agenda;
  readonly #cursors: number[];

  /** With `from`, continues on an exchange restored from the snapshot taken at the same moment. */
  constructor({ day, seed, exchange }: ReplayMarketOptions, from?: ReplayMarketSnapshot) {
    assert(day.issues.length > 0, 'a replay without an issue');
    this.#exchange = exchange;
    this.#seed = seed;
    this.#indices = day.indices;
    this.#drivers = day.issues.map(
      (issue, place) => new ReplayDriver({ ...issue, seed, exchange, watched: true }, from?.drivers[place]),
    );
    this.#byCode = new Map(this.#drivers.map((driver) => [driver.code, driver]));
    this.#agenda = new Agenda(this.#drivers.map((driver) => driver.next));
    this.#cursors = from ? [...from.cursors] : day.indices.map(() => 0);
  }

  static restore(snapshot: ReplayMarketSnapshot, options: Omit<ReplayMarketOptions, 'seed'>): ReplayMarket {
    return new ReplayMarket({ ...options, seed: snapshot.seed }, snapshot);
  }

  /** true once somebody else's order was traded in one of the issues. */
  get disturbed(): boolean {
    return this.#drivers.some((driver) => driver.disturbed);
  }

  /** The same of one issue. */
  disturbedIn(code: string): boolean {
    return this.#byCode.get(code)?.disturbed ?? false;
  }

  /** Must be told every event of the exchange. */
  observe(event: ExchangeEvent): void {
    if (event.kind === 'trade') this.#byCode.get(event.code)?.observe(event);
  }

  /** Moves the exchange's clock and acts on the way; the result does not depend on how the way is cut. */
  advanceTo(ts: EpochMs): void {
    for (;;) {
      const at = this.#agenda.firstTs;
      const index = this.#nextIndex();
      const next = Math.min(at, index.ts);
      if (next > ts) break;
      if (next > this.#exchange.now) this.#exchange.advanceTo(epochMs(next));
      if (index.ts <= at) this.#setIndex(index.place);
      else this.#act();
    }
    if (ts > this.#exchange.now) this.#exchange.advanceTo(ts);
  }

  snapshot(): ReplayMarketSnapshot {
    return {
      version: 1,
      seed: this.#seed,
      drivers: this.#drivers.map((driver) => driver.snapshot()),
      cursors: [...this.#cursors],
    };
  }

  #act(): void {
    const driver = this.#drivers[this.#agenda.first] as ReplayDriver;
    driver.act();
    this.#agenda.moveFirst(driver.next);
  }

  #nextIndex(): { readonly ts: number; readonly place: number } {
    let [ts, place] = [Number.POSITIVE_INFINITY, -1];
    for (let i = 0; i < this.#indices.length; i += 1) {
      const at = this.#indices[i]?.ts[this.#cursors[i] as number];
      if (at !== undefined && at < ts) [ts, place] = [at, i];
    }
    return { ts, place };
  }

  #setIndex(place: number): void {
    const { market, changePpm } = this.#indices[place] as RecordedIndex;
    const cursor = this.#cursors[place] as number;
    this.#cursors[place] = cursor + 1;
    this.#exchange.setIndex({ market, changePpm: changePpm[cursor] as number });
  }
}
