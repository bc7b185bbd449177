/** The store of symbol masters: files whole or not at all, each of their rows, and what was left out. */
import { openDatabase, type Database, type Statement } from './database.ts';
import { guarded } from './storage-error.ts';

/** A file as it was taken in. */
export interface KeptMasterFile {
  readonly file: string;
  readonly layout: string;
  /** Names of the fields of its rows, in their order. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Lines that were left out. */
  readonly faulty: number;
  /** Unpacked. */
  readonly bytes: number;
  /** Of the unpacked file, hexadecimal. */
  readonly sha256: string;
  /** YYYYMMDD in Korea; null: the file does not tell. */
  readonly fileDate: number | null;
  readonly importedTs: number;
  readonly source: 'file' | 'download';
}

export interface KeptMasterSymbol {
  readonly code: string;
  readonly variant: string;
  readonly standard: string | null;
  readonly nameKo: string;
  readonly nameEn: string | null;
  readonly product: string;
  readonly market: string;
  readonly worth: number | null;
  /** Trimmed texts in the order of the file's columns. */
  readonly fields: readonly string[];
}

/** A line that was left out, or why a whole file was refused. */
export interface KeptFault {
  readonly line: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface KeptRefusal {
  readonly file: string;
  readonly ts: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A row as a search reads it. */
export interface FoundSymbol {
  readonly file: string;
  readonly code: string;
  readonly variant: string;
  readonly standard: string | null;
  readonly nameKo: string;
  readonly nameEn: string | null;
  readonly product: string;
  readonly market: string;
  readonly worth: number | null;
}

const FILE_COLUMNS = `file, layout, columns, rows, faulty, bytes, sha256, file_date AS fileDate, imported_ts AS importedTs, source`;
const SYMBOL_COLUMNS = `code, variant, standard, name_ko AS nameKo, name_en AS nameEn, product, market, worth`;

type FileRow = Omit<KeptMasterFile, 'columns'> & { readonly columns: string };

function fileOf(row: FileRow): KeptMasterFile {
  return { ...row, columns: JSON.parse(row.columns) as string[] };
}

export class MasterStore {
  readonly path: string;
  readonly #db: Database;
  readonly #insert: Statement;

  private constructor(db: Database, path: string) {
    this.path = path;
    this.#db = db;
    this.#insert = db.prepare(
      `INSERT INTO master_symbols (file, code, variant, standard, name_ko, name_en, product, market, worth, fields)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Several connections may be open: the core reads while a worker writes. Throws DATA_NOT_WRITABLE, DISK_FULL, DB_CORRUPT, DB_NEWER. */
  static open(path: string): MasterStore {
    return new MasterStore(openDatabase({ path, role: 'masters', exclusive: false }), path);
  }

  /** Opens the replacement of a file: until `commit` all others see the old rows. */
  begin(file: string): void {
    this.#guarded(() => {
      this.#db.exec('BEGIN IMMEDIATE');
      this.#db.prepare('DELETE FROM master_symbols WHERE file = ?').run(file);
      this.#db.prepare('DELETE FROM master_faults WHERE file = ?').run(file);
    });
  }

  add(file: string, row: KeptMasterSymbol): void {
    const { code, variant, standard, nameKo, nameEn, product, market, worth } = row;
    const fields = JSON.stringify(row.fields);
    this.#guarded(() =>
      this.#insert.run(file, code, variant, standard, nameKo, nameEn, product, market, worth, fields),
    );
  }

  /** Ends the replacement; from here on everybody sees the new rows. */
  commit(facts: KeptMasterFile, faults: readonly KeptFault[]): void {
    this.#guarded(() => {
      const put = this.#db.prepare('INSERT INTO master_faults (file, line, code, params) VALUES (?, ?, ?, ?)');
      for (const { line, code, params } of faults) put.run(facts.file, line, code, JSON.stringify(params));
      this.#db
        .prepare(
          `INSERT OR REPLACE INTO master_files
             (file, layout, columns, rows, faulty, bytes, sha256, file_date, imported_ts, source)
           VALUES (@file, @layout, @columns, @rows, @faulty, @bytes, @sha256, @fileDate, @importedTs, @source)`,
        )
        .run({ ...facts, columns: JSON.stringify(facts.columns) });
      this.#db.prepare('DELETE FROM master_refusals WHERE file = ?').run(facts.file);
      this.#db.exec('COMMIT');
    });
  }

  /** Leaves everything as it was before `begin`. */
  rollback(): void {
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
  }

  /** Remembers why a file was not taken; its old rows stay. */
  refuse({ file, ts, code, params }: KeptRefusal): void {
    this.#guarded(() =>
      this.#db
        .prepare('INSERT OR REPLACE INTO master_refusals (file, ts, code, params) VALUES (?, ?, ?, ?)')
        .run(file, ts, code, JSON.stringify(params)),
    );
  }

  files(): readonly KeptMasterFile[] {
    const rows = this.#all(`SELECT ${FILE_COLUMNS} FROM master_files`) as FileRow[];
    return rows.map(fileOf);
  }

  file(file: string): KeptMasterFile | undefined {
    const [row] = this.#all(`SELECT ${FILE_COLUMNS} FROM master_files WHERE file = ?`, file) as FileRow[];
    return row && fileOf(row);
  }

  refusals(): readonly KeptRefusal[] {
    const rows = this.#all('SELECT file, ts, code, params FROM master_refusals') as (Omit<KeptRefusal, 'params'> & {
      readonly params: string;
    })[];
    return rows.map((row) => ({ ...row, params: JSON.parse(row.params) as KeptRefusal['params'] }));
  }

  /** Lines of a file that were left out, in their order. */
  faults(file: string): readonly KeptFault[] {
    const rows = this.#all('SELECT line, code, params FROM master_faults WHERE file = ? ORDER BY line', file) as {
      readonly line: number;
      readonly code: string;
      readonly params: string;
    }[];
    return rows.map((row) => ({ ...row, params: JSON.parse(row.params) as KeptFault['params'] }));
  }

  /** One row; undefined where there is none. */
  symbol(key: {
    readonly file: string;
    readonly code: string;
    readonly variant: string;
  }): KeptMasterSymbol | undefined {
    const [row] = this.#all(
      `SELECT ${SYMBOL_COLUMNS}, fields FROM master_symbols WHERE file = ? AND code = ? AND variant = ?`,
      key.file,
      key.code,
      key.variant,
    ) as (Omit<KeptMasterSymbol, 'fields'> & { readonly fields: string })[];
    return row && { ...row, fields: JSON.parse(row.fields) as string[] };
  }

  /** Every row of a code in a file, whatever tells them apart. */
  symbols(file: string, code: string): readonly KeptMasterSymbol[] {
    const rows = this.#all(
      `SELECT ${SYMBOL_COLUMNS}, fields FROM master_symbols WHERE file = ? AND code = ?`,
      file,
      code,
    ) as (Omit<KeptMasterSymbol, 'fields'> & { readonly fields: string })[];
    return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as string[] }));
  }

  /** Rows of some files with all their fields, in the order of the file. */
  rowsOf(file: string): readonly KeptMasterSymbol[] {
    const rows = this.#all(
      `SELECT ${SYMBOL_COLUMNS}, fields FROM master_symbols WHERE file = ? ORDER BY id`,
      file,
    ) as (Omit<KeptMasterSymbol, 'fields'> & { readonly fields: string })[];
    return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as string[] }));
  }

  /** Every row as a search needs it, in no order. */
  each(): IterableIterator<FoundSymbol> {
    return this.#guarded(() =>
      this.#db.prepare(`SELECT file, ${SYMBOL_COLUMNS} FROM master_symbols`).iterate(),
    ) as IterableIterator<FoundSymbol>;
  }

  close(): void {
    this.rollback();
    this.#db.close();
  }

  #all(sql: string, ...values: readonly string[]): unknown[] {
    return this.#guarded(() => this.#db.prepare(sql).all(...values));
  }

  #guarded<T>(work: () => T): T {
    return guarded(this.path, work);
  }
}
