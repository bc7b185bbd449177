/** The journal: what was asked and what came of it, append-only, hash-chained, on the disk before anyone acts on it. */
import { createHash } from 'node:crypto';
import { AppError, assert } from '#shared/errors/index.ts';
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import { canonicalJson } from './canonical-json.ts';
import { openDatabase, type Database, type Statement } from './database.ts';
import { guarded } from './storage-error.ts';

/** One entry to be written: `v` is the version of its kind's data, `ts` when it happened. */
export interface NewJournalEntry {
  readonly kind: string;
  readonly v: number;
  readonly ts: EpochMs;
  readonly data: unknown;
}

/** One entry as read: numbered from 1 without gaps, its data brought to the newest version of its kind. */
export interface JournalEntry extends NewJournalEntry {
  readonly seq: number;
}

/** Brings the data of one version of a kind to the next. */
export type Upcaster = (data: unknown) => unknown;

/** Per kind, the step from version 1 to 2, from 2 to 3 …; a kind not listed is at version 1. */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

export interface OpenJournalOptions {
  readonly path: string;
  /** A desk's record, that of switches and locks, or the simulated exchange's. */
  readonly role: 'journal' | 'system' | 'simulator';
  readonly upcasters?: Upcasters;
  /** true: a journal with a broken end is opened too, for `verify` alone: nothing can be appended. */
  readonly anyEnd?: boolean;
  /** Bound on the file in bytes; past it an append fails exactly as on a full disk. */
  readonly maxBytes?: number;
}

/** Result of walking the whole chain. */
export interface JournalVerdict {
  readonly ok: boolean;
  readonly entries: number;
  /** Hash of the last entry whose chain holds, hexadecimal; of an empty journal, 64 zeros. */
  readonly hash: string;
  /** Number of the first entry that is missing or altered. */
  readonly brokenAt?: number;
}

interface EntryRow {
  readonly seq: number;
  readonly kind: string;
  readonly v: number;
  readonly ts: number;
  readonly data: string;
  readonly hash: Buffer;
}

interface Head {
  readonly seq: number;
  readonly hash: Buffer;
}

const GENESIS: Head = { seq: 0, hash: Buffer.alloc(32) };
/** Entries read at a time: an open cursor would block appends, so pages are closed between. */
const PAGE = 1_000;
/** Bounds on one append; a larger one is a bug of the caller. */
const MAX_ENTRIES = 10_000;
const MAX_DATA_CHARS = 4_194_304;

/** hash = SHA-256(hash before ‖ canonical JSON of the entry); `data` is already canonical. */
function chainHash(before: Buffer, row: Omit<EntryRow, 'hash'>): Buffer {
  const { seq, kind, v, ts, data } = row;
  return createHash('sha256')
    .update(before)
    .update(`{"data":${data},"kind":${JSON.stringify(kind)},"seq":${seq},"ts":${ts},"v":${v}}`)
    .digest();
}

/** One file, one owner: the lock is the operating system's and falls with the process, however it ends. */
export class Journal {
  readonly path: string;
  readonly #db: Database;
  readonly #upcasters: Upcasters;
  readonly #insert: Statement;
  readonly #page: Statement;
  readonly #write: (rows: readonly EntryRow[]) => void;
  #head: Head;
  #failure: AppError | null = null;

  private constructor(db: Database, options: OpenJournalOptions) {
    this.path = options.path;
    this.#db = db;
    this.#upcasters = options.upcasters ?? {};
    this.#insert = db.prepare('INSERT INTO entries (seq, kind, v, ts, data, hash) VALUES (?, ?, ?, ?, ?, ?)');
    this.#page = db.prepare('SELECT seq, kind, v, ts, data, hash FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?');
    const write = db.transaction((rows: readonly EntryRow[]) => {
      for (const row of rows) this.#insert.run(row.seq, row.kind, row.v, row.ts, row.data, row.hash);
    });
    // The write lock is taken at once, not at the first row.
    this.#write = (rows) => {
      write.immediate(rows);
    };
    this.#head = this.#loadHead(options.anyEnd === true);
    if (options.anyEnd === true) this.#failure = new AppError('JOURNAL_BROKEN', { seq: this.#head.seq });
  }

  /** Opens or creates the file and takes it for this process. Throws as `openDatabase`, or JOURNAL_BROKEN at the end of the chain. */
  static open(options: OpenJournalOptions): Journal {
    const { path, role, maxBytes } = options;
    const db = openDatabase({ path, role, exclusive: true, ...(maxBytes === undefined ? {} : { maxBytes }) });
    try {
      return guarded(path, () => new Journal(db, options));
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** Number of the newest entry; 0 when there is none. */
  get lastSeq(): number {
    return this.#head.seq;
  }

  /** Writes all entries or none; when it returns they are on the disk. */
  append(entries: readonly NewJournalEntry[]): readonly { readonly seq: number }[] {
    if (this.#failure) throw this.#failure;
    if (entries.length === 0) return [];
    assert(entries.length <= MAX_ENTRIES, `at most ${MAX_ENTRIES} entries at once`);
    let head = this.#head;
    const rows: EntryRow[] = [];
    for (const entry of entries) {
      const bare = this.#row(entry, head.seq + 1);
      const row = { ...bare, hash: chainHash(head.hash, bare) };
      rows.push(row);
      head = row;
    }
    try {
      guarded(this.path, () => this.#write(rows));
    } catch (error) {
      // A full disk took nothing and may be tried again; after any other failure only the file itself can say what it holds.
      if (error instanceof AppError && error.code !== 'DISK_FULL') this.#failure = error;
      throw error;
    }
    this.#head = { seq: head.seq, hash: head.hash };
    return rows.map(({ seq }) => ({ seq }));
  }

  /** Entries from `fromSeq` on, oldest first, each checked against the chain; throws JOURNAL_BROKEN where it does not hold. */
  *read(fromSeq = 1): IterableIterator<JournalEntry> {
    for (const row of this.#walk(Math.max(1, fromSeq))) {
      if (typeof row === 'number') throw new AppError('JOURNAL_BROKEN', { seq: row });
      const { seq, kind, v, ts } = row;
      const current = this.#currentVersion(kind);
      if (v > current) throw new AppError('DB_NEWER', { path: this.path, found: v, known: current });
      const steps = (this.#upcasters[kind] ?? []).slice(v - 1);
      const data = steps.reduce<unknown>((value, step) => step(value), JSON.parse(row.data));
      yield { seq, kind, v: current, ts: epochMs(ts), data };
    }
  }

  /** Walks the whole chain from the first entry. */
  verify(): JournalVerdict {
    let entries = 0;
    let hash = GENESIS.hash;
    for (const row of this.#walk(1)) {
      if (typeof row === 'number') return { ok: false, entries, hash: hash.toString('hex'), brokenAt: row };
      entries += 1;
      hash = row.hash;
    }
    return { ok: true, entries, hash: hash.toString('hex') };
  }

  /** Lets go of what is held in memory of the file: the next walk reads what stands on the disk. */
  forget(): void {
    guarded(this.path, () => this.#db.pragma('shrink_memory'));
  }

  /** Moves finished entries from the write-ahead file into the main one; for idle moments, so that no append has to. */
  checkpoint(): void {
    guarded(this.path, () => this.#db.pragma('wal_checkpoint(PASSIVE)'));
  }

  close(): void {
    this.#db.close();
  }

  #currentVersion(kind: string): number {
    return (this.#upcasters[kind]?.length ?? 0) + 1;
  }

  #row(entry: NewJournalEntry, seq: number): Omit<EntryRow, 'hash'> {
    const { kind, v, ts } = entry;
    assert(
      v === this.#currentVersion(kind),
      `journal kind ${kind} is at version ${this.#currentVersion(kind)}, not ${v}`,
    );
    assert(Number.isSafeInteger(ts), `not an instant: ${ts}`);
    const data = canonicalJson(entry.data ?? null);
    assert(data.length <= MAX_DATA_CHARS, `journal entry ${kind} is ${data.length} characters long`);
    return { seq, kind, v, ts, data };
  }

  /** Rows whose chain holds, in order; then, if it breaks, the number of the entry where it does. */
  *#walk(fromSeq: number): IterableIterator<EntryRow | number> {
    const before = fromSeq === 1 ? GENESIS : this.#rowAt(fromSeq - 1);
    if (!before) return;
    // What is appended meanwhile belongs to the next reading.
    const end = this.#head.seq;
    let head: Head = before;
    while (head.seq < end) {
      const wanted = Math.min(PAGE, end - head.seq);
      const rows = this.#rowsFrom(head.seq + 1, wanted);
      for (const row of rows) {
        if (row.seq !== head.seq + 1 || !chainHash(head.hash, row).equals(row.hash)) {
          yield head.seq + 1;
          return;
        }
        head = row;
        yield row;
      }
      if (rows.length < wanted) {
        yield head.seq + 1;
        return;
      }
    }
  }

  #rowsFrom(seq: number, limit: number): readonly EntryRow[] {
    return guarded(this.path, () => this.#page.all(seq, limit) as EntryRow[]);
  }

  #rowAt(seq: number): EntryRow | undefined {
    const [row] = this.#rowsFrom(seq, 1);
    return row?.seq === seq ? row : undefined;
  }

  /** The newest entry, checked against the one before it: the next append must not build on a broken end. */
  #loadHead(anyEnd: boolean): Head {
    const seq = (this.#db.prepare('SELECT max(seq) AS seq FROM entries').get() as { seq: number | null }).seq ?? 0;
    if (seq === 0) return GENESIS;
    const before = seq === 1 ? GENESIS : this.#rowAt(seq - 1);
    const last = this.#rowAt(seq);
    if (anyEnd) return { seq, hash: last?.hash ?? GENESIS.hash };
    if (!before || !last || !chainHash(before.hash, last).equals(last.hash))
      throw new AppError('JOURNAL_BROKEN', { seq });
    return { seq, hash: last.hash };
  }
}
