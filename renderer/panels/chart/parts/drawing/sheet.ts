/** The drawings of one issue: kept by the core at once, shown at once, with what can be taken back. */
import type { Drawing, Drawings } from '#shared/domain/index.ts';
import type { Documents } from '../../../../client/document-line.ts';
import { NO_STEPS, redo, type Step, type Steps, stepped, taken, undo } from './steps.ts';

export interface SheetState {
  readonly drawings: readonly Drawing[];
  readonly hidden: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

const EMPTY: Drawings = { drawings: [], hidden: false };

export class Sheet {
  readonly #documents: Pick<Documents, 'watch' | 'list' | 'save'>;
  readonly #id: string;
  readonly #fail: (error: unknown) => void;
  readonly #listeners = new Set<() => void>();
  #body: Drawings = EMPTY;
  #steps: Steps = NO_STEPS;
  #state: SheetState = { ...EMPTY, canUndo: false, canRedo: false };
  /** A save is on its way; what is drawn meanwhile follows it. */
  #saving = false;
  #owed = false;

  /** `instrumentId`: the issue, which names the document. */
  constructor(
    documents: Pick<Documents, 'watch' | 'list' | 'save'>,
    instrumentId: string,
    fail: (error: unknown) => void,
  ) {
    this.#documents = documents;
    this.#id = instrumentId;
    this.#fail = fail;
  }

  /** Follows what the core keeps; returns what ends that. */
  readonly follow = (): (() => void) => {
    this.#read();
    return this.#documents.watch('drawings', this.#id, () => {
      // What is drawn here is newer than what is told before it is kept.
      if (!this.#saving) this.#read();
    });
  };

  readonly state = (): SheetState => this.#state;

  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  act(step: Step): void {
    this.#steps = taken(this.#steps, step);
    this.#put({ drawings: stepped(this.#body.drawings, step), hidden: false });
  }

  undo(): void {
    const back = undo(this.#steps);
    if (back) this.#again(back);
  }

  redo(): void {
    const next = redo(this.#steps);
    if (next) this.#again(next);
  }

  #again({ steps, step }: { readonly steps: Steps; readonly step: Step }): void {
    this.#steps = steps;
    this.#put({ ...this.#body, drawings: stepped(this.#body.drawings, step) });
  }

  hide(hidden: boolean): void {
    this.#put({ ...this.#body, hidden });
  }

  /** Removes all that are not locked; can be taken back. */
  clear(): void {
    const gone = this.#body.drawings.filter(({ locked }) => !locked);
    if (gone.length > 0) this.act(gone.map((drawing) => ({ id: drawing.id, before: drawing, after: null })));
  }

  #read(): void {
    this.#show(this.#documents.list('drawings', this.#id)?.get(this.#id) ?? EMPTY);
  }

  #show(body: Drawings): void {
    this.#body = body;
    this.#state = {
      ...body,
      canUndo: this.#steps.done.length > 0,
      canRedo: this.#steps.undone.length > 0,
    };
    for (const listener of this.#listeners) listener();
  }

  #put(body: Drawings): void {
    this.#show(body);
    this.#owed = true;
    if (!this.#saving) void this.#save();
  }

  async #save(): Promise<void> {
    this.#saving = true;
    try {
      while (this.#owed) {
        this.#owed = false;
        await this.#documents.save('drawings', this.#id, this.#body);
      }
    } catch (error) {
      // Another window was first, or nothing could be kept: what the core has is what there is.
      this.#owed = false;
      this.#steps = NO_STEPS;
      this.#fail(error);
    } finally {
      this.#saving = false;
    }
    this.#read();
  }
}
