/** The gate that every order passes: trading state and epoch, shut at once and before anything is written. */
import type { TradingState, TradingStateName } from '#shared/domain/index.ts';

/** True for a phrase as typed; keyboards differ in how they compose Hangul, people in stray spaces at the ends. */
export function isPhrase(typed: string, phrase: string): boolean {
  return typed.normalize('NFC').trim() === phrase.normalize('NFC');
}

export class TradingGate {
  #state: TradingStateName = 'active';
  #epoch = 0;
  #locked = false;

  get state(): TradingStateName {
    return this.#state;
  }

  /** Compared by whoever holds a cleared order, just before it leaves. */
  get epoch(): number {
    return this.#epoch;
  }

  /** true: no order leaves until a person has opened the real environment; cancels do. */
  get locked(): boolean {
    return this.#locked;
  }

  /** Locks or opens it now; locking voids every order cleared before. */
  setLocked(locked: boolean): void {
    if (locked && !this.#locked) this.#epoch += 1;
    this.#locked = locked;
  }

  /** Brings the gate to what the journal says. */
  restore(tradingState: TradingState): void {
    this.#state = tradingState.state;
    // It never falls: what was cleared before stays void.
    this.#epoch = Math.max(this.#epoch, tradingState.epoch);
  }

  /** Moves the gate now; every order cleared before is void from here on. */
  move(state: TradingStateName): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#epoch += 1;
  }
}

/** What shuts the gate to an order that has passed the guard already. */
export function shutBy(gate: Pick<TradingGate, 'locked' | 'state'>): {
  readonly code: 'REAL_LOCKED' | 'GUARD_REDUCING' | 'GUARD_HALTED';
  readonly params: Record<string, never>;
} {
  if (gate.locked && gate.state !== 'halted') return { code: 'REAL_LOCKED', params: {} };
  return { code: gate.state === 'reducing' ? 'GUARD_REDUCING' : 'GUARD_HALTED', params: {} };
}
