/** The journal's only table: numbered entries in a hash chain, which nothing may change or remove. */
import type { Migration } from './migration.ts';

/** An INSERT OR REPLACE removes rows without a DELETE trigger, hence the rule on insert as well. */
export const journal0010: Migration = {
  version: 10,
  sql: `
    CREATE TABLE entries (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      v INTEGER NOT NULL,
      ts INTEGER NOT NULL,
      data TEXT NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TRIGGER entries_append BEFORE INSERT ON entries
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
      BEGIN SELECT RAISE(ABORT, 'entries are numbered without gaps'); END;
    CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
      BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
    CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
      BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
  `,
};
