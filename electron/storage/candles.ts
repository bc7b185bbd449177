/** The store of daily bars (일봉): what each issue did each day, and the facts known of it that day. */
import type { Market } from '#shared/domain/index.ts';
import { sessionDate, type SessionDate } from '#shared/time/index.ts';
import { openDatabase, type Database, type Statement } from './database.ts';
import { RecordedDays, type RecordCoverage, type RecordedColumns, type RecordKind } from './recorded-days.ts';
import { guarded } from './storage-error.ts';

/** One issue on one day; prices and value in won, volume and shares in units, null where not known. */
export interface DailyBar {
  readonly code: string;
  readonly date: SessionDate;
  /** On a suspended day open, high and low stand at the close. */
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number | null;
  /** Base price (기준가격) of the day: close less change. */
  readonly base: number | null;
  readonly listedShares: number | null;
  readonly market: Market | null;
  readonly nameKo: string | null;
  /** true: nothing was traded that day (the source has 0 for open, high, low and volume). */
  readonly suspended: boolean;
}

/** How much is stored. */
export interface Coverage {
  readonly rows: number;
  readonly instruments: number;
  readonly days: number;
  readonly from: SessionDate | null;
  readonly to: SessionDate | null;
}

interface BarRow {
  readonly code: string;
  readonly date: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number | null;
  readonly base: number | null;
  readonly shares: number | null;
  readonly market: number | null;
  readonly name: string | null;
  readonly suspended: number;
}

const IMPORT_CACHE_KB = 65_536;

/** Order is the file's: a number once given is never reused. */
const MARKETS: readonly Market[] = ['KOSPI', 'KOSDAQ', 'KONEX'];

const BAR_COLUMNS = `b.code, b.date, b.open, b.high, b.low, b.close, b.volume, b.value, b.base, b.shares, b.market,
  (SELECT n.name FROM names AS n WHERE n.id = b.name) AS name, b.suspended`;

/**
 * A second import of the same rows changes nothing. A source that does not know a fact leaves the known one in place,
 * except that a base price belongs to its close: with another close (an adjusted series) it is forgotten.
 */
const UPSERT = `
  INSERT INTO daily_bars (code, date, open, high, low, close, volume, value, base, shares, market, name, suspended)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (code, date) DO UPDATE SET
    open = excluded.open, high = excluded.high, low = excluded.low,
    base = CASE WHEN excluded.base IS NULL AND excluded.close = close THEN base ELSE excluded.base END,
    close = excluded.close, volume = excluded.volume,
    value = coalesce(excluded.value, value), shares = coalesce(excluded.shares, shares),
    market = coalesce(excluded.market, market), name = coalesce(excluded.name, name),
    suspended = excluded.suspended`;

/** One step a code through the clustered key; a plain GROUP BY would read every bar. */
const EACH_CODE = `
  WITH RECURSIVE codes (code) AS (
    SELECT min(code) FROM daily_bars
    UNION ALL
    SELECT (SELECT min(d.code) FROM daily_bars AS d WHERE d.code > codes.code) FROM codes WHERE codes.code IS NOT NULL
  )`;

/** The last day of each issue, with the last facts known where that day's source had none. */
const NEWEST = `${EACH_CODE}
  SELECT b.code, b.date, b.open, b.high, b.low, b.close, b.volume, b.value, b.base, b.suspended,
    coalesce(b.shares, (SELECT f.shares FROM daily_bars AS f
      WHERE f.code = b.code AND f.shares IS NOT NULL ORDER BY f.date DESC LIMIT 1)) AS shares,
    coalesce(b.market, (SELECT f.market FROM daily_bars AS f
      WHERE f.code = b.code AND f.market IS NOT NULL ORDER BY f.date DESC LIMIT 1)) AS market,
    (SELECT n.name FROM names AS n WHERE n.id = coalesce(b.name, (SELECT f.name FROM daily_bars AS f
      WHERE f.code = b.code AND f.name IS NOT NULL ORDER BY f.date DESC LIMIT 1))) AS name
  FROM codes JOIN daily_bars AS b
    ON b.code = codes.code AND b.date = (SELECT max(m.date) FROM daily_bars AS m WHERE m.code = codes.code)
  ORDER BY b.code`;

function dayNumber(date: SessionDate): number {
  return Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
}

function dateOf(day: number): SessionDate {
  const text = String(day).padStart(8, '0');
  return sessionDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`);
}

function barOf(row: BarRow): DailyBar {
  const { code, open, high, low, close, volume, value, base, shares, name } = row;
  return {
    code,
    date: dateOf(row.date),
    open,
    high,
    low,
    close,
    volume,
    value,
    base,
    listedShares: shares,
    market: row.market === null ? null : (MARKETS[row.market] ?? null),
    nameKo: name,
    suspended: row.suspended === 1,
  };
}

/** Reads from any thread; one import at a time writes, in one transaction. */
export class CandleStore {
  readonly path: string;
  readonly #db: Database;
  readonly #upsert: Statement;
  readonly #nameIds = new Map<string, number>();
  readonly #addName: Statement;
  readonly #findName: Statement;
  readonly #records: RecordedDays;
  #coverage: { readonly version: number; readonly value: Coverage } | null = null;

  private constructor(db: Database, path: string) {
    this.path = path;
    this.#db = db;
    this.#upsert = db.prepare(UPSERT);
    this.#addName = db.prepare('INSERT INTO names (name) VALUES (?) ON CONFLICT DO NOTHING');
    this.#findName = db.prepare('SELECT id FROM names WHERE name = ?');
    this.#records = new RecordedDays(db);
  }

  /** Opens or creates the file. Throws as `openDatabase`. */
  static open(path: string): CandleStore {
    const db = openDatabase({ path, role: 'candles', exclusive: false });
    return new CandleStore(db, path);
  }

  /** Starts the one transaction of an import; until `commit` nobody sees its rows, and a crash leaves none. */
  begin(): void {
    guarded(this.path, () => {
      // Room for a year of the market: with less, pages are written out and read back within the transaction.
      this.#db.pragma(`cache_size = -${IMPORT_CACHE_KB}`);
      this.#db.exec('BEGIN IMMEDIATE');
    });
    this.#nameIds.clear();
  }

  /** Stores or replaces bars within the transaction; issue by issue, so that each page of the file is touched once. */
  put(bars: readonly DailyBar[]): void {
    const byCode = new Map<string, DailyBar[]>();
    for (const bar of bars) {
      const own = byCode.get(bar.code);
      if (own) own.push(bar);
      else byCode.set(bar.code, [bar]);
    }
    guarded(this.path, () => {
      for (const code of [...byCode.keys()].sort()) for (const bar of byCode.get(code) ?? []) this.#putOne(bar);
    });
  }

  /** Keeps the whole import. */
  commit(): void {
    guarded(this.path, () => this.#db.exec('COMMIT'));
    this.#coverage = null;
  }

  /** Forgets the whole import; harmless where the failure has already ended the transaction. */
  rollback(): void {
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
  }

  /** Bars of an issue, newest first; `to` bounds the last day, inclusive. */
  bars(query: { readonly code: string; readonly limit: number; readonly to?: SessionDate }): readonly DailyBar[] {
    const { code, limit, to } = query;
    const sql = `SELECT ${BAR_COLUMNS} FROM daily_bars AS b WHERE b.code = ? AND b.date <= ? ORDER BY b.date DESC LIMIT ?`;
    const last = to === undefined ? 99_999_999 : dayNumber(to);
    return guarded(this.path, () => (this.#db.prepare(sql).all(code, last, limit) as BarRow[]).map(barOf));
  }

  /** One issue on one day. */
  bar(code: string, date: SessionDate): DailyBar | undefined {
    const sql = `SELECT ${BAR_COLUMNS} FROM daily_bars AS b WHERE b.code = ? AND b.date = ?`;
    const row = guarded(this.path, () => this.#db.prepare(sql).get(code, dayNumber(date)) as BarRow | undefined);
    return row && barOf(row);
  }

  /** The whole market on one day, by code. */
  day(date: SessionDate): readonly DailyBar[] {
    const sql = `${EACH_CODE} SELECT ${BAR_COLUMNS} FROM codes JOIN daily_bars AS b ON b.code = codes.code AND b.date = ? ORDER BY b.code`;
    return guarded(this.path, () => (this.#db.prepare(sql).all(dayNumber(date)) as BarRow[]).map(barOf));
  }

  /** The newest bar of every issue, with the newest name, market and shares known. */
  instrumentsSeen(): readonly DailyBar[] {
    return guarded(this.path, () => (this.#db.prepare(NEWEST).all() as BarRow[]).map(barOf));
  }

  /** Stores a recorded day in place of what was there, within the transaction. */
  putRecord(day: RecordedColumns): void {
    guarded(this.path, () => this.#records.put(day));
  }

  /** A recorded day; undefined where none was imported. */
  record(code: string, date: SessionDate, kind: RecordKind): RecordedColumns | undefined {
    return guarded(this.path, () => this.#records.get(code, date, kind));
  }

  /** Codes with a record on a date. */
  recordedOn(date: SessionDate): readonly string[] {
    return guarded(this.path, () => this.#records.codesOn(date));
  }

  /** Days of an issue with trades or minutes, newest first. */
  recordedDays(code: string, limit: number): readonly SessionDate[] {
    return guarded(this.path, () => this.#records.daysOf(code, limit));
  }

  recordCoverage(): readonly RecordCoverage[] {
    return guarded(this.path, () => this.#records.coverage());
  }

  /** How much is stored; counted again only after a change. */
  coverage(): Coverage {
    return guarded(this.path, () => {
      const version = Number(this.#db.pragma('data_version', { simple: true }));
      if (this.#coverage?.version !== version) this.#coverage = { version, value: this.#countAll() };
      return this.#coverage.value;
    });
  }

  /** The mapping chosen for files with this header, as stored text. */
  csvMapping(header: string): string | undefined {
    const sql = 'SELECT mapping FROM csv_mappings WHERE header = ?';
    const row = guarded(this.path, () => this.#db.prepare(sql).get(header) as { mapping: string } | undefined);
    return row?.mapping;
  }

  /** Remembers a mapping within the transaction of its import. */
  putCsvMapping(header: string, mapping: string): void {
    const sql = 'INSERT INTO csv_mappings VALUES (?, ?) ON CONFLICT (header) DO UPDATE SET mapping = excluded.mapping';
    guarded(this.path, () => this.#db.prepare(sql).run(header, mapping));
  }

  close(): void {
    this.#db.close();
  }

  #putOne(bar: DailyBar): void {
    this.#upsert.run(
      bar.code,
      dayNumber(bar.date),
      bar.open,
      bar.high,
      bar.low,
      bar.close,
      bar.volume,
      bar.value,
      bar.base,
      bar.listedShares,
      bar.market === null ? null : MARKETS.indexOf(bar.market),
      bar.nameKo === null ? null : this.#nameId(bar.nameKo),
      bar.suspended ? 1 : 0,
    );
  }

  #countAll(): Coverage {
    const sql = `${EACH_CODE} SELECT count(*) AS rows, count(DISTINCT date) AS days, min(date) AS first, max(date) AS last,
      (SELECT count(code) FROM codes) AS instruments FROM daily_bars`;
    const row = this.#db.prepare(sql).get() as Record<'rows' | 'days' | 'instruments', number> &
      Record<'first' | 'last', number | null>;
    const { rows, days, instruments, first, last } = row;
    return {
      rows,
      instruments,
      days,
      from: first === null ? null : dateOf(first),
      to: last === null ? null : dateOf(last),
    };
  }

  #nameId(name: string): number {
    const known = this.#nameIds.get(name);
    if (known !== undefined) return known;
    this.#addName.run(name);
    const { id } = this.#findName.get(name) as { id: number };
    this.#nameIds.set(name, id);
    return id;
  }
}
