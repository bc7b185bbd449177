/** Opens SQLite files; the only importer of better-sqlite3. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { AppError } from '#shared/errors/index.ts';
import { journal0010 } from './migrations/0010-journal.ts';
import { candles0020 } from './migrations/0020-daily-bars.ts';
import { recordedDays0030 } from './migrations/0030-recorded-days.ts';
import { threats0040 } from './migrations/0040-threats.ts';
import { masters0050 } from './migrations/0050-masters.ts';
import type { Migration } from './migrations/migration.ts';
import { guarded } from './storage-error.ts';

/** An open SQLite file. */
export type Database = SqliteDatabase.Database;

/** A prepared statement. */
export type Statement = SqliteDatabase.Statement;

/** What a file holds: a desk's record, the record of switches and locks, the simulated exchange's record, market history, threats, symbol masters. */
export type DatabaseRole = 'journal' | 'system' | 'simulator' | 'candles' | 'threats' | 'masters';

interface RoleFacts {
  /** Marks the file (`application_id`), so that one kind is never taken for another. */
  readonly applicationId: number;
  /** FULL: a commit is on the disk when it returns · NORMAL: a power cut may lose the last commits, never the file. */
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly migrations: readonly Migration[];
}

const ROLES: Readonly<Record<DatabaseRole, RoleFacts>> = {
  journal: { applicationId: 0x4d61724a, synchronous: 'FULL', migrations: [journal0010] },
  system: { applicationId: 0x4d617259, synchronous: 'FULL', migrations: [journal0010] },
  simulator: { applicationId: 0x4d617253, synchronous: 'FULL', migrations: [journal0010] },
  candles: { applicationId: 0x4d617243, synchronous: 'NORMAL', migrations: [candles0020, recordedDays0030] },
  threats: { applicationId: 0x4d617254, synchronous: 'NORMAL', migrations: [threats0040] },
  masters: { applicationId: 0x4d61724d, synchronous: 'NORMAL', migrations: [masters0050] },
};

/** Long enough for a process that is just ending to let go, short enough to tell the user at once. */
const LOCK_WAIT_MS = 300;
/** An import in another thread holds the write lock for about a second. */
const SHARED_WAIT_MS = 10_000;

export interface OpenDatabaseOptions {
  readonly path: string;
  readonly role: DatabaseRole;
  /** true: no other process or connection may open the file until it is closed, or its process has ended in any way. */
  readonly exclusive: boolean;
  /** Bound on the file in bytes; past it a write fails exactly as on a full disk. */
  readonly maxBytes?: number;
}

/** Files taken for this process: a handle that nobody refers to any more would be closed, and its lock lost, unseen. */
const taken = new Set<Database>();

function keepTaken(db: Database): void {
  for (const other of taken) if (!other.open) taken.delete(other);
  taken.add(db);
}

function pragmaNumber(db: Database, name: string): number {
  return Number(db.pragma(name, { simple: true }));
}

/** Makes a rename or a new file survive a power cut; Windows has no such call and needs none. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** A whole copy beside the file, named after the version it holds; complete or absent. */
function backUp(db: Database, path: string, version: number): void {
  const target = `${path}.v${version}.bak`;
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(partial);
    const copy = openSync(partial, 'r+');
    fsyncSync(copy);
    closeSync(copy);
    renameSync(partial, target);
    syncFolder(target);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Takes the lock, then looks before anything is written: a file that is foreign, damaged or newer stays as it is. */
function inspect(db: Database, options: OpenDatabaseOptions, facts: RoleFacts, known: number): number {
  const { path, exclusive } = options;
  if (exclusive) {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
  }
  const mark = pragmaNumber(db, 'application_id');
  // A process that ended between making the file and its first migration leaves neither mark nor table.
  if (mark === 0 && db.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() === undefined) return 0;
  if (mark !== facts.applicationId) throw new AppError('DB_CORRUPT', { path });
  const found = pragmaNumber(db, 'user_version');
  if (found > known) throw new AppError('DB_NEWER', { path, found, known });
  if (exclusive && db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new AppError('DB_CORRUPT', { path });
  return found;
}

function configure(db: Database, options: OpenDatabaseOptions, facts: RoleFacts): void {
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${facts.synchronous}`);
  // macOS answers fsync before the disk has written; these ask for the real thing and do nothing elsewhere.
  db.pragma(`fullfsync = ${facts.synchronous === 'FULL' ? 'ON' : 'OFF'}`);
  db.pragma(`checkpoint_fullfsync = ${facts.synchronous === 'FULL' ? 'ON' : 'OFF'}`);
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('journal_size_limit = 67108864');
  if (options.maxBytes !== undefined) {
    db.pragma(`max_page_count = ${Math.max(1, Math.floor(options.maxBytes / pragmaNumber(db, 'page_size')))}`);
  }
}

function migrate(db: Database, path: string, from: number, facts: RoleFacts, migrations: readonly Migration[]): void {
  const pending = migrations.filter((migration) => migration.version > from);
  if (pending.length === 0) return;
  if (from > 0) backUp(db, path, from);
  for (const { version, sql } of pending) {
    db.transaction(() => {
      // Another connection may have got here first; the write lock is held from here on.
      if (pragmaNumber(db, 'user_version') >= version) return;
      db.exec(sql);
      db.pragma(`application_id = ${facts.applicationId}`);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}

/**
 * Opens or creates a file of a role and brings it to the newest form, with a backup first if it held anything.
 * Throws DATA_IN_USE, DATA_NOT_WRITABLE, DISK_FULL, DB_CORRUPT or DB_NEWER, and then leaves the file as it was.
 */
export function openDatabase(
  options: OpenDatabaseOptions,
  migrations: readonly Migration[] = ROLES[options.role].migrations,
): Database {
  const { path, role, exclusive } = options;
  const facts = ROLES[role];
  return guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const isNew = !existsSync(path);
    const db = new SqliteDatabase(path, { timeout: LOCK_WAIT_MS });
    try {
      const from = inspect(db, options, facts, migrations.at(-1)?.version ?? 0);
      configure(db, options, facts);
      migrate(db, path, from, facts, migrations);
      if (isNew) syncFolder(path);
      if (exclusive) keepTaken(db);
      else db.pragma(`busy_timeout = ${SHARED_WAIT_MS}`);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}
