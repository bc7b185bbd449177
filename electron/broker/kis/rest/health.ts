/** How the line to REST stands: calls, answers and errors counted since the start. */
import { createSampleWindow } from '#core/platform/index.ts';
import { toEnvelope } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { TokenFacts } from './token-keeper.ts';

/** An error by its code: the broker's where it gave one. */
export interface ErrorCount {
  readonly code: string;
  readonly textKo: string;
  readonly count: number;
  readonly lastTs: EpochMs;
}

export interface RestHealth {
  readonly callsPerSecond: number;
  readonly callLimit: number;
  readonly waitingCalls: number;
  readonly token: TokenFacts;
  readonly restP50Ms: number | null;
  /** The latest first. */
  readonly errors: readonly ErrorCount[];
}

const SAMPLES = 200;
const MOST_CODES = 50;

export class RestCounter {
  readonly #clock: Clock;
  readonly #answers = createSampleWindow(SAMPLES);
  readonly #errors = new Map<string, ErrorCount>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  answered(ms: number): void {
    this.#answers.add(ms);
  }

  failed(error: unknown): void {
    const { code: own, messageKo, details } = toEnvelope(error);
    if (own === 'CANCELED') return;
    const code = typeof details?.['code'] === 'string' ? details['code'] : own;
    const before = this.#errors.get(code);
    this.#errors.delete(code);
    this.#errors.set(code, { code, textKo: messageKo, count: (before?.count ?? 0) + 1, lastTs: this.#clock.now() });
    const oldest = this.#errors.size > MOST_CODES ? this.#errors.keys().next() : null;
    if (oldest?.done === false) this.#errors.delete(oldest.value);
  }

  health(now: Omit<RestHealth, 'restP50Ms' | 'errors'>): RestHealth {
    return { ...now, restP50Ms: this.#answers.quantile(0.5), errors: [...this.#errors.values()].reverse() };
  }
}
