/** Decides when the state of the market is kept for a restart: a mark of time every second, a whole snapshot now and then. */
import type { Clock, Logger } from '#shared/ports.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { MarketRun } from './market-run.ts';
import { SNAPSHOT_VERSION, type SnapshotStore, type StoredSnapshot } from './snapshot-store.ts';

/** Wall time between marks, milliseconds: what a kill may cost of market time that nobody's order depends on. */
const MARK_EVERY_MS = 1_000;
/**
 * A snapshot is taken once this many events have passed, but not more often than the shorter time, and after the longer
 * one if there were any: a restart then plays again for a few seconds at most.
 */
const SNAPSHOT_EVENTS = 200_000;
const SNAPSHOT_AT_LEAST_MS = 5_000;
const SNAPSHOT_AT_MOST_MS = 60_000;

/** Something kept together with the market, such as candles. */
export interface Keepsake {
  /** Plain data (structured-cloneable), copied at once. */
  save(): unknown;
  restore(saved: unknown): void;
  /** The same as it was at an earlier instant of the session; nothing where it cannot tell. */
  saveAt?(ts: EpochMs): unknown;
}

/** What the keeper must be told of the moment. */
export interface KeptState {
  readonly run: MarketRun;
  /** Number of the newest log entry; all of its effects are in the run. */
  readonly logSeq: number;
  readonly speed: number;
  /** false: the user had paused. */
  readonly wantsRun: boolean;
}

export class RestartKeeper {
  readonly store: SnapshotStore;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #keepsake: Keepsake | null = null;
  #lastMarkMs = Number.NEGATIVE_INFINITY;
  #lastSnapshot = { wallMs: 0, events: 0 };

  constructor(parts: { readonly store: SnapshotStore; readonly clock: Clock; readonly logger: Logger }) {
    this.store = parts.store;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
  }

  keep(keepsake: Keepsake): void {
    this.#keepsake = keepsake;
  }

  /** Hands back what was kept along with a snapshot. */
  restoreKeepsake(saved: unknown): void {
    if (saved !== undefined) this.#keepsake?.restore(saved);
  }

  /** What was kept along with the market, as it was at `ts`. */
  keepsakeAt(ts: EpochMs): unknown {
    return this.#keepsake?.saveAt?.(ts);
  }

  /** Another run is in force: counting starts anew. */
  began(run: MarketRun): void {
    this.#lastSnapshot = { wallMs: this.#clock.monotonicMs(), events: run.exchange.events };
  }

  /** After a stretch of work: keeps what is due. */
  worked(state: KeptState): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#lastMarkMs >= MARK_EVERY_MS) this.saveMark(state);
    const agoMs = nowMs - this.#lastSnapshot.wallMs;
    const events = state.run.exchange.events - this.#lastSnapshot.events;
    const due = agoMs >= SNAPSHOT_AT_MOST_MS ? events > 0 : agoMs >= SNAPSHOT_AT_LEAST_MS && events >= SNAPSHOT_EVENTS;
    if (due) this.saveSoon(state);
  }

  saveMark({ run, speed, wantsRun }: KeptState): void {
    this.#lastMarkMs = this.#clock.monotonicMs();
    try {
      this.store.saveMark({ run: run.run, at: run.exchange.now, speed, running: wantsRun });
    } catch (error) {
      this.#logger.warn('market mark failed', { error: String(error) });
    }
  }

  /** Copies the state now and writes it in the background; nothing while one is being written. */
  saveSoon(state: KeptState): void {
    if (this.store.busy) return;
    const startMs = this.#clock.monotonicMs();
    const saving = this.store.save(this.#snapshot(state));
    this.began(state.run);
    this.#logger.debug('market snapshot', { blockedMs: this.#lastSnapshot.wallMs - startMs });
    // A snapshot is a convenience: without it a restart works longer, or ends the day.
    saving.catch((error: unknown) => this.#logger.warn('market snapshot failed', { error: String(error) }));
  }

  saveNow(state: KeptState): void {
    const snapshot = this.#snapshot(state);
    this.store.saveNow(snapshot);
    // Every end of the program leaves one; a command line ends often.
    this.store.prune(snapshot.market.run);
  }

  #snapshot({ run, logSeq }: KeptState): StoredSnapshot {
    return { version: SNAPSHOT_VERSION, logSeq, market: run.snapshot(), kept: this.#keepsake?.save() };
  }
}
