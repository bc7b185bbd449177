/** The exchange's durable record: nothing is booked, answered or told before it is on the disk. */
import { AppError, assert } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { Journal } from '../storage/index.ts';
import { FirmBooks } from './firm-books.ts';
import { logVersion, parseLogEntry, type LogEntry } from './log-entry.ts';
import type { ExchangeNotice } from './terms.ts';

/** What waits to be written, in the order in which it happened; a notice of its own needs no record. */
type Waiting = { readonly entry: LogEntry } | { readonly notice: ExchangeNotice };

const NOTHING: readonly ExchangeNotice[] = [];

/** Entries written at once; a longer batch is cut. */
const BATCH = 5_000;

/** Entries after which the journal is tidied between orders, so that it need not be while one waits. */
const CHECKPOINT_ENTRIES = 200;

/** What is needed of the journal. */
export type LogJournal = Pick<Journal, 'lastSeq' | 'append' | 'read' | 'checkpoint' | 'close'>;

export class RunLog {
  readonly books = new FirmBooks();
  readonly #journal: LogJournal;
  readonly #clock: Clock;
  #waiting: Waiting[] = [];
  /** Recorded, and to be told with the next flush that comes to its end. */
  #untold: ExchangeNotice[] = [];
  #checkpointSeq = 0;

  /** Reads the whole log into the books. Throws JOURNAL_BROKEN where it does not hold together. */
  constructor(journal: LogJournal, clock: Clock) {
    this.#journal = journal;
    this.#clock = clock;
    for (const { seq, ts, kind, data } of journal.read()) this.books.apply(this.#parse(seq, kind, data), { ts, seq });
  }

  get lastSeq(): number {
    return this.#journal.lastSeq;
  }

  /** true where something that happened could not be written yet. */
  get behind(): boolean {
    return this.#waiting.length > 0;
  }

  /** Place of the next entry to be added, for `insert`. */
  get place(): number {
    return this.#waiting.length;
  }

  /** Something that has happened and must be recorded with the next `flush`. */
  add(entry: LogEntry): void {
    this.#waiting.push({ entry });
  }

  /** An entry whose effects were added from `place` on: the cause goes before them. */
  insert(place: number, entry: LogEntry): void {
    this.#waiting.splice(place, 0, { entry });
  }

  /** A notice to be given in its turn. */
  tell(notice: ExchangeNotice): void {
    this.#waiting.push({ notice });
  }

  /**
   * Writes what waits and returns what the customers are told. When it throws, nothing was told, and what happened
   * still waits to be written.
   */
  flush(): readonly ExchangeNotice[] {
    if (this.#waiting.length === 0 && this.#untold.length === 0) return NOTHING;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      this.#write(batch, this.#untold);
      this.#waiting = this.#waiting.slice(batch.length);
    }
    const notices = this.#untold;
    this.#untold = [];
    return notices;
  }

  /** Writes entries that nothing has acted on yet; when it throws, they never were. */
  commit(entries: readonly LogEntry[]): ExchangeNotice[] {
    assert(this.#waiting.length === 0, 'what happened before is not recorded yet');
    const notices: ExchangeNotice[] = [];
    this.#write(
      entries.map((entry) => ({ entry })),
      notices,
    );
    return notices;
  }

  /** For a moment between orders. */
  checkpoint(): void {
    if (this.lastSeq - this.#checkpointSeq < CHECKPOINT_ENTRIES) return;
    this.#checkpointSeq = this.lastSeq;
    this.#journal.checkpoint();
  }

  /** Entries after `seq`, oldest first. */
  *readAfter(seq: number): IterableIterator<LogEntry> {
    for (const entry of this.#journal.read(seq + 1)) yield this.#parse(entry.seq, entry.kind, entry.data);
  }

  close(): void {
    this.#journal.close();
  }

  #write(batch: readonly Waiting[], notices: ExchangeNotice[]): void {
    const ts = this.#clock.now();
    const entries = batch.flatMap((item) =>
      'entry' in item ? [{ ...item.entry, v: logVersion(item.entry.kind), ts }] : [],
    );
    const written = this.#journal.append(entries);
    let next = 0;
    for (const item of batch) {
      if ('notice' in item) notices.push(item.notice);
      else {
        const seq = (written[next] as { readonly seq: number }).seq;
        next += 1;
        notices.push(...this.books.apply(item.entry, { ts, seq }));
      }
    }
  }

  #parse(seq: number, kind: string, data: unknown): LogEntry {
    try {
      return parseLogEntry(kind, data);
    } catch (error) {
      throw new AppError('JOURNAL_BROKEN', { seq }, { cause: error });
    }
  }
}
