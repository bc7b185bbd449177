/** A look at the broker's books that is wanted soon: wishes within the wait are one, and one that fails comes again while it matters. */
import type { Timer, Timers } from '#shared/ports.ts';

interface LookSoonParts {
  readonly timers: Timers;
  readonly look: () => Promise<void>;
  readonly failed: (error: unknown) => void;
  /** Whether a look that failed is tried again, and after how many milliseconds. */
  readonly again: () => boolean;
  readonly againMs: number;
}

export class LookSoon {
  readonly #parts: LookSoonParts;
  #timer: Timer | null = null;

  constructor(parts: LookSoonParts) {
    this.#parts = parts;
  }

  want(inMs: number): void {
    if (this.#timer) return;
    const { timers, look, failed, again, againMs } = this.#parts;
    this.#timer = timers.after(inMs, () => {
      this.#timer = null;
      look().catch((error: unknown) => {
        failed(error);
        if (again()) this.want(againMs);
      });
    });
  }

  cancel(): void {
    this.#timer?.cancel();
  }
}
