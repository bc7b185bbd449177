/** Symbol masters: the files that were taken in, every row of them, what was left out or refused. */
import type { Migration } from './migration.ts';

/**
 * `fields` is a JSON array of trimmed texts in the order of the file's `columns`, a JSON array of field names: rows stay
 * readable when a later program knows another layout. `variant` tells rows of one code apart (kind, member of a theme).
 * Times are milliseconds, `file_date` is YYYYMMDD in Korea.
 */
export const masters0050: Migration = {
  version: 50,
  sql: `
    CREATE TABLE master_files (
      file TEXT PRIMARY KEY, layout TEXT NOT NULL, columns TEXT NOT NULL, rows INTEGER NOT NULL, faulty INTEGER NOT NULL,
      bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, file_date INTEGER, imported_ts INTEGER NOT NULL,
      source TEXT NOT NULL CHECK (source IN ('file', 'download'))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE master_symbols (
      id INTEGER PRIMARY KEY, file TEXT NOT NULL, code TEXT NOT NULL, variant TEXT NOT NULL, standard TEXT,
      name_ko TEXT NOT NULL, name_en TEXT, product TEXT NOT NULL, market TEXT NOT NULL, worth INTEGER, fields TEXT NOT NULL,
      UNIQUE (file, code, variant)
    ) STRICT;
    CREATE TABLE master_faults (
      file TEXT NOT NULL, line INTEGER NOT NULL, code TEXT NOT NULL, params TEXT NOT NULL,
      PRIMARY KEY (file, line)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE master_refusals (
      file TEXT PRIMARY KEY, ts INTEGER NOT NULL, code TEXT NOT NULL, params TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
