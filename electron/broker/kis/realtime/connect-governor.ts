/** When the next connection may be tried: later and later, and never more often than a minute allows, whatever the server does. */
import type { Clock } from '#shared/ports.ts';
import type { Rng } from '#shared/rng/index.ts';
import type { RealtimeSettings } from './settings.ts';

const WINDOW_MS = 60_000;
/** Doublings after which the longest wait is reached with any setting. */
const MOST_DOUBLINGS = 20;

/** lost the line broke or never came · inUse another session holds the key · unwelcome the key itself was refused twice */
export type LossKind = 'lost' | 'inUse' | 'unwelcome';

/**
 * Counts connections, not failures: a line that opens and closes at once counts like one that never opens. One governor
 * per app key; whoever builds a new client for the same key hands over the old governor.
 */
export class ConnectGovernor {
  readonly #clock: Clock;
  readonly #rng: Rng;
  readonly #settings: RealtimeSettings;
  /** When the latest connections were begun, monotonic, oldest first. */
  readonly #begun: number[] = [];
  #losses = 0;
  #notBeforeMs = Number.NEGATIVE_INFINITY;

  constructor(parts: { readonly clock: Clock; readonly rng: Rng; readonly settings: RealtimeSettings }) {
    this.#clock = parts.clock;
    this.#rng = parts.rng;
    this.#settings = parts.settings;
  }

  /** Milliseconds until the next connection may be begun; 0: now. */
  waitMs(): number {
    const { connectsPerMinute } = this.#settings;
    const oldest = this.#begun.at(-connectsPerMinute);
    const windowMs = oldest === undefined ? Number.NEGATIVE_INFINITY : oldest + WINDOW_MS + 1;
    return Math.max(0, Math.max(windowMs, this.#notBeforeMs) - this.#clock.monotonicMs());
  }

  /** A connection is begun now. */
  begin(): void {
    this.#begun.push(this.#clock.monotonicMs());
    if (this.#begun.length > this.#settings.connectsPerMinute) this.#begun.shift();
  }

  /** A connection has ended; `aliveMs`: how long it was open, null: never. */
  ended(kind: LossKind, aliveMs: number | null): void {
    const { stableMs, firstWaitMs, longestWaitMs, inUseWaitMs, longestInUseWaitMs } = this.#settings;
    if (aliveMs !== null && aliveMs >= stableMs) this.#losses = 0;
    const doubled = 2 ** Math.min(this.#losses, MOST_DOUBLINGS);
    this.#losses += 1;
    const waitMs =
      kind === 'lost'
        ? Math.min(longestWaitMs, firstWaitMs * doubled)
        : Math.min(longestInUseWaitMs, inUseWaitMs * doubled);
    // Half of it is chance, so that many clients do not come back in step.
    this.#notBeforeMs = this.#clock.monotonicMs() + waitMs * (0.5 + this.#rng.unit() / 2);
  }
}
