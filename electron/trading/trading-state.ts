/** The gate that every order passes: trading state and epoch, shut at once and before anything is written. */
import type { TradingState, TradingStateName } from '#shared/domain/index.ts';
import { RESUME_PHRASE } from '#shared/errors/index.ts';

/** True for the phrase as typed; keyboards differ in how they compose Hangul, people in stray spaces at the ends. */
export function isResumePhrase(typed: string): boolean {
  return typed.normalize('NFC').trim() === RESUME_PHRASE.normalize('NFC');
}

export class TradingGate {
  #state: TradingStateName = 'active';
  #epoch = 0;

  get state(): TradingStateName {
    return this.#state;
  }

  /** Compared by whoever holds a cleared order, just before it leaves. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Brings the gate to what the journal says. */
  restore(tradingState: TradingState): void {
    this.#state = tradingState.state;
    this.#epoch = tradingState.epoch;
  }

  /** Moves the gate now; every order cleared before is void from here on. */
  move(state: TradingStateName): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#epoch += 1;
  }
}
