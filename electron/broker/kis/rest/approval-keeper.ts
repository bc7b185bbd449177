/** The key that opens the socket (웹소켓 접속키): one request in flight, good for a day. */
import type { Clock } from '#shared/ports.ts';

export class ApprovalKeeper {
  readonly #parts: { readonly clock: Clock; readonly lifeMs: number; readonly issue: () => Promise<string> };
  #key: { readonly value: string; readonly untilMs: number } | null = null;
  #asking: Promise<string> | null = null;

  constructor(parts: { readonly clock: Clock; readonly lifeMs: number; readonly issue: () => Promise<string> }) {
    this.#parts = parts;
  }

  async key(): Promise<string> {
    if (this.#key !== null && this.#parts.clock.monotonicMs() < this.#key.untilMs) return this.#key.value;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  drop(): void {
    this.#key = null;
  }

  async #ask(): Promise<string> {
    const value = await this.#parts.issue();
    this.#key = { value, untilMs: this.#parts.clock.monotonicMs() + this.#parts.lifeMs };
    return value;
  }
}
