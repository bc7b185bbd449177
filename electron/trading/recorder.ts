/** Writes the desk's events before it acts; while the disk refuses, keeps them and says so. */
import { AppError, type ErrorCode, type ErrorParams } from '#shared/errors/index.ts';
import type { Journal } from '../storage/index.ts';
import { toEntry, type DeskEvent } from './journal-events.ts';

/** What the desk needs of the journal. */
export type JournalPort = Pick<Journal, 'append' | 'read'>;

/** Why nothing can be written now. */
export interface RecordFailure {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

export class Recorder {
  readonly #journal: JournalPort;
  readonly #limit: number;
  #unwritten: DeskEvent[] = [];
  #failure: RecordFailure | null = null;
  #lost = false;

  constructor(journal: JournalPort, limit: number) {
    this.#journal = journal;
    this.#limit = limit;
  }

  /** null while everything is on the disk. */
  get failure(): RecordFailure | null {
    return this.#failure;
  }

  /** Writes events; true when they are on the disk. What is not written is kept in order, up to the bound. */
  write(events: readonly DeskEvent[]): boolean {
    if (this.#failure) {
      this.#keep(events);
      return false;
    }
    try {
      this.#journal.append(events.map(toEntry));
      return true;
    } catch (error) {
      this.#failure = failureOf(error);
      this.#keep(events);
      return false;
    }
  }

  /** Tries to write what was kept; the number written, or null while the disk still refuses. */
  retry(): number | null {
    // With a part lost the rest would tell a wrong story; the next start asks the broker instead.
    if (!this.#failure || this.#lost) return null;
    try {
      this.#journal.append(this.#unwritten.map(toEntry));
    } catch (error) {
      this.#failure = failureOf(error);
      return null;
    }
    const written = this.#unwritten.length;
    this.#unwritten = [];
    this.#failure = null;
    return written;
  }

  #keep(events: readonly DeskEvent[]): void {
    if (this.#lost) return;
    if (this.#unwritten.length + events.length > this.#limit) {
      this.#lost = true;
      this.#unwritten = [];
      return;
    }
    this.#unwritten.push(...events);
  }
}

function failureOf(error: unknown): RecordFailure {
  if (error instanceof AppError) return { code: error.code, params: error.params };
  return { code: 'INTERNAL_BUG', params: { what: error instanceof Error ? error.message : String(error) } };
}
