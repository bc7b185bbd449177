/** Answers of the broker that are kept for a while, so that a panel which is opened again asks nothing. */
import type { Called } from '../kis/api-call.ts';

/** Answers that are kept; the oldest go. */
const MOST = 200;

/** An answer with what the next page needs. */
export interface KeptAnswer {
  /** Rows of all pages that were read. */
  readonly blocks: Readonly<Record<string, unknown>>;
  /** Where the next page begins; null: there is none, or none that can be asked for. */
  readonly next: Called['next'];
  /** Calls that it has cost. */
  readonly calls: number;
  readonly synthetic: boolean;
  /** When the last page came, epoch ms. */
  readonly at: number;
}

export class KeptAnswers {
  readonly #kept = new Map<string, KeptAnswer>();
  readonly #asked = new Map<string, Promise<KeptAnswer>>();

  /** Whatever is kept, however old. */
  get(key: string): KeptAnswer | undefined {
    return this.#kept.get(key);
  }

  put(key: string, answer: KeptAnswer): void {
    // A map gives its entries in the order in which they were put: the oldest first.
    this.#kept.delete(key);
    this.#kept.set(key, answer);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) break;
      this.#kept.delete(oldest);
    }
  }

  /** Asks once, however many want to know at the same time; what comes is kept. */
  ask(key: string, question: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
    const under = this.#asked.get(key);
    if (under) return under;
    const asking = question()
      .then((answer) => {
        this.put(key, answer);
        return answer;
      })
      .finally(() => this.#asked.delete(key));
    this.#asked.set(key, asking);
    return asking;
  }
}
