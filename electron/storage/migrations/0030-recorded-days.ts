/** Minutes, trades and books of single days, each a block of columns: a day is written and read whole, never by row. */
import type { Migration } from './migration.ts';

/**
 * `kind` is 0 minutes, 1 trades, 2 books. `columns` holds `rows` 32-bit little-endian integers of the first column, then
 * of the next: of minutes ms after midnight in Korea, open, high, low, close, volume; of trades ms, price, quantity, side
 * (1 a buyer took, 2 a seller, 0 not known); of books ms, then price and quantity of each of `levels` asks and as many bids.
 */
export const recordedDays0030: Migration = {
  version: 30,
  sql: `
    CREATE TABLE recorded_days (
      code TEXT NOT NULL,
      date INTEGER NOT NULL,
      kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),
      rows INTEGER NOT NULL CHECK (rows > 0),
      levels INTEGER NOT NULL,
      columns BLOB NOT NULL,
      UNIQUE (code, date, kind)
    ) STRICT;
    CREATE INDEX recorded_days_by_date ON recorded_days (date, kind);
  `,
};
