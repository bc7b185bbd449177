/** Files that the program alone writes, looked at in turn while it runs: one that was changed from outside is told of. */
import type { Journal } from '#core/storage/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { IntegrityEvent, ThreatEvent } from '#shared/threats/index.ts';

/** A file, or files of one name. */
export interface GuardedFile {
  readonly what: IntegrityEvent['what'];
  /** As the user knows it. */
  readonly name: string;
  /** false: it is not what was written. Called again and again, it may look at a part each time. */
  whole(): boolean;
}

/** Entries of a record that are read in one look: some milliseconds. */
const ENTRIES = 500;

/** A record, whose chain is walked from its first entry to its last a part at a time, and then anew. */
export function guardedJournal(name: string, journal: Pick<Journal, 'read' | 'forget'>): GuardedFile {
  let reading: Iterator<unknown> | null = null;
  let holds = true;
  return {
    what: 'journal',
    name,
    whole() {
      try {
        if (reading === null) {
          journal.forget();
          reading = journal.read()[Symbol.iterator]();
        }
        for (let count = 0; count < ENTRIES; count += 1) {
          if (reading.next().done !== true) continue;
          reading = null;
          holds = true;
          break;
        }
      } catch (error) {
        reading = null;
        if (!(error instanceof AppError && error.code === 'JOURNAL_BROKEN')) throw error;
        holds = false;
      }
      return holds;
    },
  };
}

/** Looks at one file each time it is asked to, in turn. */
export class IntegrityLook {
  readonly #files: () => readonly GuardedFile[];
  /** Of every file by its name: as it was last seen. */
  readonly #seen = new Map<string, GuardedFile>();
  readonly #broken = new Set<string>();
  #place = 0;

  /** `files`: those there are now; a file that is gone is no longer told of. */
  constructor(files: () => readonly GuardedFile[]) {
    this.#files = files;
  }

  /** Tells what has changed since the last look at that file. Throws as the reading does. */
  look(tell: (event: ThreatEvent) => void, ts: number): void {
    const files = this.#files();
    const names = new Set(files.map(({ name }) => name));
    for (const [name, { what }] of this.#seen) {
      if (names.has(name)) continue;
      this.#seen.delete(name);
      if (this.#broken.delete(name)) tell({ kind: 'integrity', ts, what, name, whole: true });
    }
    if (files.length === 0) return;
    this.#place = (this.#place + 1) % files.length;
    const offered = files[this.#place] as GuardedFile;
    const file = this.#seen.get(offered.name) ?? offered;
    this.#seen.set(file.name, file);
    const whole = file.whole();
    if (whole === !this.#broken.has(file.name)) return;
    if (whole) this.#broken.delete(file.name);
    else this.#broken.add(file.name);
    tell({ kind: 'integrity', ts, what: file.what, name: file.name, whole });
  }
}
