/** The store of recorded days: minutes, trades and books, a day of an issue in one piece. */
import { sessionDate, type SessionDate } from '#shared/time/index.ts';
import type { Database, Statement } from './database.ts';

/** minutes 분봉 · trades 체결 · books 호가 */
export const RECORD_KINDS = ['minutes', 'trades', 'books'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** One issue's day of one kind: columns of one length, in order of time; prices in won. */
export interface RecordedColumns {
  /** A short code, or the name of an index (KOSPI, KOSDAQ), whose points are held hundredfold. */
  readonly code: string;
  readonly date: SessionDate;
  readonly kind: RecordKind;
  /** Asks (and bids) of a row of a book; 0 of other kinds. */
  readonly levels: number;
  readonly columns: readonly Int32Array[];
}

/** How much is stored of one kind. */
export interface RecordCoverage {
  readonly kind: RecordKind;
  readonly days: number;
  readonly rows: number;
}

interface Row {
  readonly code: string;
  readonly date: number;
  readonly kind: number;
  readonly rows: number;
  readonly levels: number;
  readonly columns: Buffer;
}

const UPSERT = `INSERT INTO recorded_days (code, date, kind, rows, levels, columns) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (code, date, kind) DO UPDATE SET
    rows = excluded.rows, levels = excluded.levels, columns = excluded.columns`;

const BYTES = 4;

function dayNumber(date: SessionDate): number {
  return Number(date.replaceAll('-', ''));
}

function dateOf(day: number): SessionDate {
  const text = String(day).padStart(8, '0');
  return sessionDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`);
}

function blobOf(columns: readonly Int32Array[]): Buffer {
  const rows = columns[0]?.length ?? 0;
  const blob = Buffer.alloc(columns.length * rows * BYTES);
  columns.forEach((column, c) => {
    for (let i = 0; i < rows; i += 1) blob.writeInt32LE(column[i] as number, (c * rows + i) * BYTES);
  });
  return blob;
}

function columnsOf({ columns: blob, rows }: Row): Int32Array[] {
  const count = blob.length / BYTES / rows;
  return Array.from({ length: count }, (_, c) => {
    const column = new Int32Array(rows);
    for (let i = 0; i < rows; i += 1) column[i] = blob.readInt32LE((c * rows + i) * BYTES);
    return column;
  });
}

/** Reads and writes on the connection of the candle store, in its transactions. */
export class RecordedDays {
  readonly #db: Database;
  readonly #upsert: Statement;

  constructor(db: Database) {
    this.#db = db;
    this.#upsert = db.prepare(UPSERT);
  }

  /** Stores a day in place of what was there. */
  put(day: RecordedColumns): void {
    const { code, date, kind, levels, columns } = day;
    const rows = columns[0]?.length ?? 0;
    this.#upsert.run(code, dayNumber(date), RECORD_KINDS.indexOf(kind), rows, levels, blobOf(columns));
  }

  get(code: string, date: SessionDate, kind: RecordKind): RecordedColumns | undefined {
    const sql = 'SELECT * FROM recorded_days WHERE code = ? AND date = ? AND kind = ?';
    const row = this.#db.prepare(sql).get(code, dayNumber(date), RECORD_KINDS.indexOf(kind)) as Row | undefined;
    return row && { code, date, kind, levels: row.levels, columns: columnsOf(row) };
  }

  /** Codes with a record of any kind on a date. */
  codesOn(date: SessionDate): string[] {
    const sql = 'SELECT DISTINCT code FROM recorded_days WHERE date = ? ORDER BY code';
    return (this.#db.prepare(sql).all(dayNumber(date)) as { code: string }[]).map(({ code }) => code);
  }

  /** Days of an issue with trades or minutes, newest first. */
  daysOf(code: string, limit: number): SessionDate[] {
    const sql = 'SELECT DISTINCT date FROM recorded_days WHERE code = ? AND kind < 2 ORDER BY date DESC LIMIT ?';
    return (this.#db.prepare(sql).all(code, limit) as { date: number }[]).map(({ date }) => dateOf(date));
  }

  coverage(): RecordCoverage[] {
    const sql = 'SELECT kind, count(*) AS days, sum(rows) AS rows FROM recorded_days GROUP BY kind ORDER BY kind';
    return (this.#db.prepare(sql).all() as { kind: number; days: number; rows: number }[]).map((row) => ({
      kind: RECORD_KINDS[row.kind] as RecordKind,
      days: row.days,
      rows: row.rows,
    }));
  }
}
