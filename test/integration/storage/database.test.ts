/** Opening files: new, older, newer, foreign, locked, unwritable. */
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '#core/storage/index.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const coded = (code: string): unknown => expect.objectContaining({ code });
const FIRST = { version: 10, sql: 'CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT' };
const SECOND = { version: 20, sql: "ALTER TABLE notes ADD COLUMN author TEXT NOT NULL DEFAULT 'unknown'" };
const BROKEN = { version: 30, sql: 'CREATE TABLE more (id INTEGER); INSERT INTO nowhere VALUES (1)' };

function olderFile(): string {
  const path = join(tempFolder(), 'candles.db');
  const db = openDatabase({ path, role: 'candles', exclusive: false }, [FIRST]);
  db.prepare('INSERT INTO notes (text) VALUES (?)').run('처음 기록');
  db.close();
  return path;
}

/** Runs `work` as a user that owns nothing, where the tests run as root. */
function unprivileged<T>(work: () => T): T {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('migrations', () => {
  it('start a new file at the newest form, without a backup', () => {
    const path = join(tempFolder(), 'a', 'candles.db');
    const db = openDatabase({ path, role: 'candles', exclusive: false });
    expect(db.pragma('user_version', { simple: true })).toBe(30);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
    expect(readdirSync(join(path, '..'))).toEqual(['candles.db']);
  });

  it('back an older file up, then bring it forward with its rows', () => {
    const path = olderFile();
    const db = openDatabase({ path, role: 'candles', exclusive: false }, [FIRST, SECOND]);
    expect(db.prepare('SELECT * FROM notes').all()).toEqual([{ id: 1, text: '처음 기록', author: 'unknown' }]);
    expect(db.pragma('user_version', { simple: true })).toBe(20);
    db.close();
    const backup = openDatabase({ path: `${path}.v10.bak`, role: 'candles', exclusive: false }, [FIRST]);
    expect(backup.prepare('SELECT * FROM notes').all()).toEqual([{ id: 1, text: '처음 기록' }]);
    backup.close();
  });

  it('leave the file at the last whole step when one fails', () => {
    const path = olderFile();
    expect(() => openDatabase({ path, role: 'candles', exclusive: false }, [FIRST, SECOND, BROKEN])).toThrow(/nowhere/);
    const db = openDatabase({ path, role: 'candles', exclusive: false }, [FIRST, SECOND]);
    onTestFinished(() => void db.close());
    expect(db.prepare('SELECT text, author FROM notes').all()).toEqual([{ text: '처음 기록', author: 'unknown' }]);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'more'").get()).toEqual({ n: 0 });
  });

  it('leave the file as it was when there is no room for the backup', () => {
    const path = olderFile();
    mkdirSync(`${path}.v10.bak`);
    const bytes = readFileSync(path);
    expect(() => openDatabase({ path, role: 'candles', exclusive: false }, [FIRST, SECOND])).toThrow(
      coded('DATA_NOT_WRITABLE'),
    );
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(existsSync(`${path}.v10.bak.partial`)).toBe(false);
  });
});

describe('a file that is not ours to open', () => {
  it('is refused when a newer Maru made it', () => {
    const path = olderFile();
    openDatabase({ path, role: 'candles', exclusive: false }, [FIRST, { version: 990, sql: 'SELECT 1' }]).close();
    const bytes = readFileSync(path);
    expect(() => openDatabase({ path, role: 'candles', exclusive: false })).toThrow(
      expect.objectContaining({ code: 'DB_NEWER', params: { path, found: 990, known: 30 } }),
    );
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it.each([false, true])('is refused when it is no database (exclusive %s)', (exclusive) => {
    const path = join(tempFolder(), 'journal.db');
    writeFileSync(path, 'not a database, but somebody wrote it. '.repeat(200));
    const bytes = readFileSync(path);
    expect(() => openDatabase({ path, role: 'journal', exclusive })).toThrow(coded('DB_CORRUPT'));
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('is refused when it holds another kind of record', () => {
    const path = join(tempFolder(), 'journal.db');
    openDatabase({ path, role: 'candles', exclusive: false }).close();
    const bytes = readFileSync(path);
    expect(() => openDatabase({ path, role: 'journal', exclusive: true })).toThrow(coded('DB_CORRUPT'));
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('is refused while another connection holds it', () => {
    const path = join(tempFolder(), 'journal.db');
    const first = openDatabase({ path, role: 'journal', exclusive: true });
    expect(() => openDatabase({ path, role: 'journal', exclusive: true })).toThrow(coded('DATA_IN_USE'));
    expect(() => openDatabase({ path, role: 'journal', exclusive: false })).toThrow(coded('DATA_IN_USE'));
    first.close();
    openDatabase({ path, role: 'journal', exclusive: true }).close();
  }, 20_000);
});

describe('a folder that cannot be written', () => {
  it('is named', () => {
    const folder = tempFolder();
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(folder, 0o755);
    chmodSync(locked, 0o555);
    onTestFinished(() => chmodSync(locked, 0o755));
    for (const path of [join(locked, 'journal.db'), join(locked, 'new', 'journal.db')]) {
      expect(() => unprivileged(() => openDatabase({ path, role: 'journal', exclusive: true }))).toThrow(
        expect.objectContaining({ code: 'DATA_NOT_WRITABLE', params: { path } }),
      );
    }
    expect(readdirSync(locked)).toEqual([]);
  });

  it('is named when the file itself is read-only, and the file stays as it is', () => {
    const folder = tempFolder();
    chmodSync(folder, 0o777);
    const path = join(folder, 'journal.db');
    openDatabase({ path, role: 'journal', exclusive: true }).close();
    chmodSync(path, 0o444);
    const bytes = readFileSync(path);
    expect(() => unprivileged(() => openDatabase({ path, role: 'journal', exclusive: true }))).toThrow(
      coded('DATA_NOT_WRITABLE'),
    );
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('is named when a plain file stands where the folder should be', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'data'), 'x');
    expect(() => openDatabase({ path: join(folder, 'data', 'journal.db'), role: 'journal', exclusive: true })).toThrow(
      coded('DATA_NOT_WRITABLE'),
    );
  });
});
