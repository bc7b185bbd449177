/** What was detected and what was done about it, by environment: for the threat centre, its statistics and a restart. */
import type { Migration } from './migration.ts';

/** `body` is JSON; times are exchange milliseconds. */
export const threats0040: Migration = {
  version: 40,
  sql: `
    CREATE TABLE threats (
      environment TEXT NOT NULL, id TEXT NOT NULL, ts INTEGER NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (environment, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX threats_by_time ON threats (environment, ts);
    CREATE TABLE plays (
      environment TEXT NOT NULL, id TEXT NOT NULL, ts INTEGER NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (environment, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX plays_by_time ON plays (environment, ts);
    CREATE TABLE scores (
      environment TEXT NOT NULL, ts INTEGER NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (environment, ts)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE marks (
      environment TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (environment, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE verdicts (
      environment TEXT NOT NULL, id TEXT NOT NULL, verdict TEXT NOT NULL,
      PRIMARY KEY (environment, id)
    ) STRICT, WITHOUT ROWID;
  `,
};
