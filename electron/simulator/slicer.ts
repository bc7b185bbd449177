/** Advances a market in pieces small enough for the event loop. */
import type { Clock } from '#shared/ports.ts';
import { epochMs, type EpochMs } from '#shared/time/index.ts';

/** Wall time that one turn of work may take, milliseconds; far enough below the 50 ms goal for what comes on top. */
export const TURN_BUDGET_MS = 8;
/** One piece aims at this much; the clock is read between pieces. */
const PIECE_MS = 1;
/** Bounds of a piece in exchange time, milliseconds. */
const SHORTEST_MS = 1;
const LONGEST_MS = 60_000;

export interface Advanceable {
  readonly now: EpochMs;
  advanceTo(ts: EpochMs): void;
}

export class Slicer {
  readonly #clock: Clock;
  /** Length of the next piece in exchange time, learnt from what the last ones took. */
  #pieceMs = 100;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Works towards `target` for one turn; true when it is reached. */
  advance(market: Advanceable, target: EpochMs): boolean {
    const start = this.#clock.monotonicMs();
    let before = start;
    while (market.now < target) {
      const piece = this.#pieceMs;
      market.advanceTo(epochMs(Math.min(target, market.now + piece)));
      const after = this.#clock.monotonicMs();
      const tookMs = after - before;
      before = after;
      if (tookMs > PIECE_MS * 2) this.#pieceMs = Math.max(SHORTEST_MS, Math.floor(piece / 2));
      else if (tookMs < PIECE_MS / 2) this.#pieceMs = Math.min(LONGEST_MS, piece * 2);
      if (after - start >= TURN_BUDGET_MS) return market.now >= target;
    }
    return true;
  }
}
