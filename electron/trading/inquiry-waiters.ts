/** Who waits for an inquiry begun after a certain step of the desk. */
import type { Inquiry } from './inquiry.ts';

export class InquiryWaiters {
  #waiting: { readonly after: number; readonly done: (ok: boolean) => void }[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  /** Resolves with the next inquiry that begins at or after the step `after`; false: it failed. */
  add(after: number): Promise<boolean> {
    return new Promise((resolve) => this.#waiting.push({ after, done: resolve }));
  }

  /** An inquiry is done, or failed; who asked for a newer one goes on waiting. */
  settle(inquiry: Inquiry | null): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ after }) => inquiry !== null && inquiry.startedAt < after);
    for (const each of waiting) if (!this.#waiting.includes(each)) each.done(inquiry !== null);
  }

  stop(): void {
    for (const { done } of this.#waiting) done(false);
    this.#waiting = [];
  }
}
