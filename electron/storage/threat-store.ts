/** The store of threats, plays, scores and marks: bounded, by environment. What it holds is checked by whoever reads it. */
import { openDatabase, type Database } from './database.ts';
import { guarded } from './storage-error.ts';

/** A row as it is kept. */
export interface KeptRow {
  readonly id: string;
  /** Exchange time by which rows are ordered. */
  readonly ts: number;
  readonly body: unknown;
}

export interface KeptScore {
  readonly ts: number;
  readonly body: unknown;
}

/** Rows of each kind and environment; minutes of a week. */
const MOST_ROWS = 5_000;
const MOST_SCORES = 10_080;
/** So many writes between two clean-ups. */
const CLEAN_EVERY = 500;

export class ThreatStore {
  readonly #db: Database;
  readonly #path: string;
  #writes = 0;

  private constructor(db: Database, path: string) {
    this.#db = db;
    this.#path = path;
  }

  /** Throws DATA_IN_USE, DATA_NOT_WRITABLE, DISK_FULL, DB_CORRUPT, DB_NEWER. */
  static open(path: string): ThreatStore {
    return new ThreatStore(openDatabase({ path, role: 'threats', exclusive: true }), path);
  }

  /** In one transaction. */
  save(
    environment: string,
    rows: {
      readonly threats?: readonly KeptRow[];
      readonly plays?: readonly KeptRow[];
      readonly scores?: readonly KeptScore[];
    },
  ): void {
    const { threats = [], plays = [], scores = [] } = rows;
    if (threats.length + plays.length + scores.length === 0) return;
    guarded(this.#path, () =>
      this.#db.transaction(() => {
        for (const [table, list] of [
          ['threats', threats],
          ['plays', plays],
        ] as const)
          for (const { id, ts, body } of list)
            this.#db
              .prepare(`INSERT OR REPLACE INTO ${table} (environment, id, ts, body) VALUES (?, ?, ?, ?)`)
              .run(environment, id, ts, JSON.stringify(body));
        for (const { ts, body } of scores)
          this.#db
            .prepare('INSERT OR REPLACE INTO scores (environment, ts, body) VALUES (?, ?, ?)')
            .run(environment, ts, JSON.stringify(body));
        this.#writes += threats.length + plays.length + scores.length;
        if (this.#writes >= CLEAN_EVERY) this.#clean(environment);
      })(),
    );
  }

  /** Newest first, at most `limit`, of times before `beforeTs`. */
  rows(table: 'threats' | 'plays', environment: string, limit: number, beforeTs: number): readonly KeptRow[] {
    const found = guarded(this.#path, () =>
      this.#db
        .prepare(`SELECT id, ts, body FROM ${table} WHERE environment = ? AND ts < ? ORDER BY ts DESC LIMIT ?`)
        .all(environment, beforeTs, limit),
    ) as { readonly id: string; readonly ts: number; readonly body: string }[];
    return found.map(({ id, ts, body }) => ({ id, ts, body: JSON.parse(body) as unknown }));
  }

  /** Oldest first, from `fromTs` on. */
  scores(environment: string, fromTs: number): readonly KeptScore[] {
    const found = guarded(this.#path, () =>
      this.#db
        .prepare('SELECT ts, body FROM scores WHERE environment = ? AND ts >= ? ORDER BY ts')
        .all(environment, fromTs),
    ) as { readonly ts: number; readonly body: string }[];
    return found.map(({ ts, body }) => ({ ts, body: JSON.parse(body) as unknown }));
  }

  /** null: never kept. */
  mark(environment: string, id: string): unknown {
    const found = guarded(this.#path, () =>
      this.#db.prepare('SELECT body FROM marks WHERE environment = ? AND id = ?').get(environment, id),
    ) as { readonly body: string } | undefined;
    return found === undefined ? null : JSON.parse(found.body);
  }

  saveMark(environment: string, id: string, body: unknown): void {
    guarded(this.#path, () =>
      this.#db
        .prepare('INSERT OR REPLACE INTO marks (environment, id, body) VALUES (?, ?, ?)')
        .run(environment, id, JSON.stringify(body)),
    );
  }

  /** What the user said of threats, by their ids. */
  verdicts(environment: string): ReadonlyMap<string, string> {
    const found = guarded(this.#path, () =>
      this.#db.prepare('SELECT id, verdict FROM verdicts WHERE environment = ?').all(environment),
    ) as { readonly id: string; readonly verdict: string }[];
    return new Map(found.map(({ id, verdict }) => [id, verdict]));
  }

  /** null takes it back. */
  saveVerdict(environment: string, id: string, verdict: string | null): void {
    guarded(this.#path, () => {
      if (verdict === null)
        this.#db.prepare('DELETE FROM verdicts WHERE environment = ? AND id = ?').run(environment, id);
      else
        this.#db
          .prepare('INSERT OR REPLACE INTO verdicts (environment, id, verdict) VALUES (?, ?, ?)')
          .run(environment, id, verdict);
    });
  }

  close(): void {
    this.#db.close();
  }

  #clean(environment: string): void {
    this.#writes = 0;
    for (const [table, most] of [
      ['threats', MOST_ROWS],
      ['plays', MOST_ROWS],
      ['scores', MOST_SCORES],
    ] as const)
      this.#db
        .prepare(
          `DELETE FROM ${table} WHERE environment = ? AND ts <
             (SELECT ts FROM ${table} WHERE environment = ? ORDER BY ts DESC LIMIT 1 OFFSET ?)`,
        )
        .run(environment, environment, most - 1);
    this.#db
      .prepare(
        `DELETE FROM verdicts WHERE environment = ? AND id NOT IN (SELECT id FROM threats WHERE environment = ?)`,
      )
      .run(environment, environment);
  }
}
