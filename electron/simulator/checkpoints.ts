/** Earlier states of the running day, kept in memory so that the market can be taken back to any instant since the first. */
import { deserialize, serialize } from 'node:v8';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import type { MarketRun, RunSnapshot } from './market-run.ts';

/** Events between two states: what is played again after the nearest one; under a tenth of a second of work. */
const EVERY_EVENTS = 10_000;
/** Fastest: the states of a whole day are to fit, and a few milliseconds are to open one. */
const DEFLATE = { level: 1 } as const;
/** Bytes of all states together; beyond it the older ones are thinned. */
const MAX_BYTES = 192 * 1_048_576;
/** The newest states are never thinned. */
const DENSE = 32;

interface Kept {
  readonly ts: EpochMs;
  /** Events of the exchange by then. */
  readonly events: number;
  /** Number of the newest log entry by then; all of its effects are inside. */
  readonly logSeq: number;
  /** The state without what never changes; packed as soon as another thread has done so. */
  bytes: Uint8Array;
  packed: boolean;
}

/** A state to begin from. */
export interface Checkpoint {
  readonly ts: EpochMs;
  readonly logSeq: number;
  readonly market: RunSnapshot;
}

export class Checkpoints {
  readonly #maxBytes: number;
  readonly #everyEvents: number;
  #kept: Kept[] = [];
  #bytes = 0;
  #options: RunSnapshot['exchange']['options'] | null = null;

  /** Other bounds are for tests. */
  constructor(bounds: { readonly maxBytes?: number; readonly everyEvents?: number } = {}) {
    this.#maxBytes = bounds.maxBytes ?? MAX_BYTES;
    this.#everyEvents = bounds.everyEvents ?? EVERY_EVENTS;
  }

  /** The earliest instant that can be gone back to; null where none is kept. */
  get fromTs(): EpochMs | null {
    return this.#kept[0]?.ts ?? null;
  }

  get count(): number {
    return this.#kept.length;
  }

  /** Bytes of all states together. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Another day or market: nothing of the one before can be gone back to. */
  began(run: MarketRun, logSeq: number): void {
    this.clear();
    this.#take(run, logSeq);
  }

  /** A stretch of work is done: keeps the state if enough has happened since the last. */
  worked(run: MarketRun, logSeq: number): void {
    const last = this.#kept.at(-1);
    if (last && run.exchange.events - last.events >= this.#everyEvents) this.#take(run, logSeq);
  }

  /** The newest state that is not after `ts`. */
  at(ts: EpochMs): Checkpoint | null {
    const kept = this.#kept.findLast((each) => each.ts <= ts);
    if (!kept || !this.#options) return null;
    const bytes = kept.packed ? inflateRawSync(kept.bytes) : kept.bytes;
    const { exchange, ...rest } = deserialize(bytes) as RunSnapshot;
    const market = { ...rest, exchange: { ...exchange, options: this.#options } };
    return { ts: kept.ts, logSeq: kept.logSeq, market };
  }

  /** The day was taken back to `ts`: what came after it never happened. */
  cut(ts: EpochMs): void {
    this.#kept = this.#kept.filter((each) => each.ts <= ts);
    this.#bytes = this.#kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  clear(): void {
    this.#kept = [];
    this.#bytes = 0;
    this.#options = null;
  }

  #take(run: MarketRun, logSeq: number): void {
    const { exchange, ...rest } = run.snapshot();
    this.#options = exchange.options;
    // The issues of the day are the same in every state.
    const bytes = serialize({ ...rest, exchange: { ...exchange, options: null } });
    const kept: Kept = { ts: epochMs(exchange.now), events: run.exchange.events, logSeq, bytes, packed: false };
    this.#kept.push(kept);
    this.#bytes += bytes.length;
    this.#pack(kept);
    while (this.#bytes > this.#maxBytes && this.#thin());
  }

  /** Packs a state on another thread; where that fails it stays as it is. */
  #pack(kept: Kept): void {
    deflateRaw(kept.bytes, DEFLATE, (error, packed) => {
      if (error || !this.#kept.includes(kept)) return;
      this.#bytes += packed.length - kept.bytes.length;
      kept.bytes = packed;
      kept.packed = true;
    });
  }

  /** Drops the older state that leaves the smallest gap; false where none may go. */
  #thin(): boolean {
    let found = -1;
    let smallest = Number.POSITIVE_INFINITY;
    for (let i = 1; i < this.#kept.length - DENSE; i += 1) {
      const gap = (this.#kept[i + 1] as Kept).events - (this.#kept[i - 1] as Kept).events;
      if (gap < smallest) [found, smallest] = [i, gap];
    }
    const [dropped] = found < 0 ? [] : this.#kept.splice(found, 1);
    this.#bytes -= dropped?.bytes.length ?? 0;
    return dropped !== undefined;
  }
}
