/** When the broker is asked: on demand, again and again while something is unsettled, and from time to time. */
import type { Clock, Timer, Timers } from '#shared/ports.ts';
import type { Broker } from '../broker/index.ts';
import { fetchInquiry, type AskedSessions, type Inquiry } from './inquiry.ts';
import type { TradingSettings } from './settings.ts';

interface CycleParts {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly settings: () => TradingSettings;
  /** What the desk knows at the moment an inquiry begins. */
  readonly begin: () => {
    readonly startedAt: number;
    readonly startedTs: number;
    readonly asked: ReadonlyMap<string, AskedSessions>;
  };
  /** null: the inquiry failed or was not answered in time. */
  readonly done: (inquiry: Inquiry | null) => void;
}

export class InquiryCycle {
  readonly #parts: CycleParts;
  #timer: Timer | null = null;
  #dueMs = 0;
  #running = 0;
  #count = 0;
  #again = false;
  #rounds = 0;
  #lastStartMs: number | null = null;
  #stopped = false;

  constructor(parts: CycleParts) {
    this.#parts = parts;
  }

  /** Asks in `inMs` at the latest, but never twice within the shortest wait. */
  want(inMs: number): void {
    if (this.#stopped) return;
    if (this.#running !== 0) {
      if (inMs === 0) this.#again = true;
      return;
    }
    const now = this.#parts.clock.monotonicMs();
    const gap = this.#lastStartMs === null ? 0 : this.#lastStartMs + this.#parts.settings().retryFromMs - now;
    const delay = Math.max(inMs, gap, 0);
    if (this.#timer && this.#dueMs <= now + delay) return;
    this.#timer?.cancel();
    this.#dueMs = now + delay;
    this.#timer = this.#parts.timers.after(delay, () => this.start());
  }

  /** Asks now; if an inquiry is running, right after it. */
  start(): void {
    if (this.#stopped) return;
    if (this.#running !== 0) {
      this.#again = true;
      return;
    }
    this.#timer?.cancel();
    this.#timer = null;
    this.#again = false;
    this.#lastStartMs = this.#parts.clock.monotonicMs();
    const run = (this.#count += 1);
    this.#running = run;
    const timeout = this.#parts.timers.after(this.#parts.settings().inquiryTimeoutMs, () => this.#finish(run, null));
    const finish = (inquiry: Inquiry | null): void => {
      timeout.cancel();
      this.#finish(run, inquiry);
    };
    fetchInquiry(this.#parts.broker, this.#parts.begin()).then(finish, () => finish(null));
  }

  /** Plans the next inquiry after one has been taken in. */
  plan(facts: { readonly unsettled: boolean; readonly openOrders: boolean }): void {
    const { retryFromMs, retryToMs, reconcileOpenMs, reconcileIdleMs } = this.#parts.settings();
    if (this.#again) {
      this.#again = false;
      this.want(0);
    }
    if (!facts.unsettled) {
      this.#rounds = 0;
      this.want(facts.openOrders ? reconcileOpenMs : reconcileIdleMs);
      return;
    }
    this.#rounds += 1;
    this.want(Math.min(retryToMs, retryFromMs * 2 ** Math.min(this.#rounds, 16)));
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#running = 0;
  }

  #finish(run: number, inquiry: Inquiry | null): void {
    if (this.#running !== run) return;
    this.#running = 0;
    if (!this.#stopped) this.#parts.done(inquiry);
  }
}
