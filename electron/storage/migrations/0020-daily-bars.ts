/** Daily bars of every issue, the names they carried, and the CSV mappings the user chose. */
import type { Migration } from './migration.ts';

/**
 * Dates are yyyymmdd integers. `market` is 0 KOSPI, 1 KOSDAQ, 2 KONEX. Bars are clustered by issue, because charts read
 * one issue over time; a whole day is read by one look-up per issue.
 */
export const candles0020: Migration = {
  version: 20,
  sql: `
    CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE daily_bars (
      code TEXT NOT NULL,
      date INTEGER NOT NULL,
      open INTEGER NOT NULL,
      high INTEGER NOT NULL,
      low INTEGER NOT NULL,
      close INTEGER NOT NULL,
      volume INTEGER NOT NULL,
      value INTEGER,
      base INTEGER,
      shares INTEGER,
      market INTEGER,
      name INTEGER REFERENCES names (id),
      suspended INTEGER NOT NULL,
      PRIMARY KEY (code, date)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE csv_mappings (header TEXT PRIMARY KEY, mapping TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
