/** Keeps how tables are arranged: saved at once, one save after the other, the newest arrangement last. */
import type { ColumnsDocument } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** Where arrangements go, by document id. Throws as the documents do. */
export type SaveColumns = (id: string, document: ColumnsDocument) => Promise<void>;

/** How often a save is tried again after another window was first: its revision has come by then. */
const TRIES = 3;

export class ColumnsKeeper {
  readonly #save: SaveColumns;
  readonly #failed: (error: unknown) => void;
  readonly #pause: () => Promise<void>;
  /** What the user last made of each table; the next mount of the table begins with it. */
  readonly #last = new Map<string, ColumnsDocument>();
  /** What has still to be saved. */
  readonly #waiting = new Map<string, ColumnsDocument>();
  readonly #saving = new Set<string>();

  /** `pause` waits a moment for the revision that another window has written. */
  constructor(parts: {
    readonly save: SaveColumns;
    readonly failed: (error: unknown) => void;
    readonly pause: () => Promise<void>;
  }) {
    this.#save = parts.save;
    this.#failed = parts.failed;
    this.#pause = parts.pause;
  }

  /** The arrangement known in this window. */
  last(id: string): ColumnsDocument | null {
    return this.#last.get(id) ?? null;
  }

  /** Takes over what another window has saved. */
  learn(id: string, document: ColumnsDocument): void {
    if (!this.#saving.has(id)) this.#last.set(id, document);
  }

  keep(id: string, document: ColumnsDocument): void {
    this.#last.set(id, document);
    this.#waiting.set(id, document);
    if (!this.#saving.has(id)) void this.#run(id);
  }

  async #run(id: string): Promise<void> {
    this.#saving.add(id);
    try {
      for (let document = this.#waiting.get(id); document; document = this.#waiting.get(id)) {
        this.#waiting.delete(id);
        await this.#saveOne(id, document);
      }
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#saving.delete(id);
    }
  }

  async #saveOne(id: string, document: ColumnsDocument): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#save(id, document);
        return;
      } catch (error) {
        const again = error instanceof AppError && error.code === 'DOCUMENT_CHANGED' && tries < TRIES;
        if (!again) throw error;
        await this.#pause();
        // Meanwhile the user may have gone on.
        if (this.#waiting.has(id)) return;
      }
    }
  }
}
