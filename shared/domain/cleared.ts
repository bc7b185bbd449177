/** Proof that the guard passed an order: only trading/guard.ts makes one (an import rule and a lint rule say so). */

declare const clearedBrand: unique symbol;

/** An order the guard cleared, with the epoch of the trading state it was cleared under. */
export interface Cleared<T> {
  readonly order: T;
  readonly epoch: number;
  readonly [clearedBrand]: true;
}
