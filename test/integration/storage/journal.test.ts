/** The journal on a real file: order, chain, versions, and every way it refuses. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Journal, openDatabase, type OpenJournalOptions } from '#core/storage/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const entry = (n: number, filler = '') => ({ kind: 'test.noted', v: 1, ts: epochMs(1_000 + n), data: { n, filler } });
const coded = (code: string): unknown => expect.objectContaining({ code });

function openJournal(options: Partial<OpenJournalOptions> & { readonly path: string }): Journal {
  const journal = Journal.open({ role: 'journal', ...options });
  onTestFinished(() => journal.close());
  return journal;
}

/** A closed journal of `count` entries. */
function writtenJournal(count: number): string {
  const path = join(tempFolder(), 'journal.db');
  const journal = Journal.open({ path, role: 'journal' });
  journal.append(Array.from({ length: count }, (_, i) => entry(i + 1)));
  journal.close();
  return path;
}

/** Changes a closed journal behind its back, as a thief or a broken disk would. */
function tamper(path: string, sql: string): void {
  const db = openDatabase({ path, role: 'journal', exclusive: true });
  db.exec('DROP TRIGGER entries_no_update; DROP TRIGGER entries_no_delete; DROP TRIGGER entries_append');
  db.exec(sql);
  db.close();
}

describe('appending', () => {
  it('numbers entries from one and gives them back as they were, after reopening too', () => {
    const path = join(tempFolder(), 'deep', 'folder', 'journal.db');
    const first = Journal.open({ path, role: 'journal' });
    expect(first.lastSeq).toBe(0);
    expect(first.append([entry(1), entry(2)])).toEqual([{ seq: 1 }, { seq: 2 }]);
    expect(first.append([])).toEqual([]);
    first.close();
    const again = openJournal({ path });
    expect(again.append([entry(3)])).toEqual([{ seq: 3 }]);
    expect([...again.read()]).toEqual([1, 2, 3].map((seq) => ({ seq, ...entry(seq) })));
    expect([...again.read(3)].map(({ seq }) => seq)).toEqual([3]);
    expect([...again.read(9)]).toEqual([]);
  });

  it('chains each entry to the one before by SHA-256 over canonical JSON', () => {
    const journal = openJournal({ path: join(tempFolder(), 'journal.db') });
    expect(journal.verify()).toEqual({ ok: true, entries: 0, hash: '0'.repeat(64) });
    journal.append([{ kind: 'k', v: 1, ts: epochMs(5), data: { b: [1, null], a: '가' } }]);
    const expected = createHash('sha256')
      .update(Buffer.alloc(32))
      .update('{"data":{"a":"가","b":[1,null]},"kind":"k","seq":1,"ts":5,"v":1}')
      .digest('hex');
    expect(journal.verify()).toEqual({ ok: true, entries: 1, hash: expected });
  });

  it('can be appended to while it is being read', () => {
    const journal = openJournal({ path: join(tempFolder(), 'journal.db') });
    journal.append(Array.from({ length: 1_500 }, (_, i) => entry(i)));
    let read = 0;
    for (const { seq } of journal.read()) {
      read += 1;
      if (seq === 10 || seq === 1_490) journal.append([entry(seq)]);
    }
    expect(read).toBe(1_500);
    expect([...journal.read(1_501)].map(({ seq }) => seq)).toEqual([1_501, 1_502]);
  });

  it('refuses data that JSON would bend, and writes none of the batch', () => {
    const journal = openJournal({ path: join(tempFolder(), 'journal.db') });
    for (const bad of [Number.NaN, 1n, new Map(), () => 1, [undefined]]) {
      expect(() => journal.append([entry(1), { ...entry(2), data: { bad } }])).toThrow(coded('INTERNAL_BUG'));
    }
    expect(journal.lastSeq).toBe(0);
    expect([...journal.read()]).toEqual([]);
  });

  it('never changes or removes an entry, whatever SQL is tried', () => {
    const path = writtenJournal(3);
    const db = openDatabase({ path, role: 'journal', exclusive: true });
    onTestFinished(() => void db.close());
    const row = `kind, v, ts, data, hash) SELECT `;
    for (const sql of [
      "UPDATE entries SET data = '0' WHERE seq = 2",
      'DELETE FROM entries WHERE seq = 3',
      `INSERT OR REPLACE INTO entries (seq, ${row} 2, kind, v, ts, data, hash FROM entries WHERE seq = 1`,
      `INSERT INTO entries (seq, ${row} 9, kind, v, ts, data, hash FROM entries WHERE seq = 1`,
    ]) {
      expect(() => db.exec(sql), sql).toThrow(/entries are/);
    }
    expect(db.prepare('SELECT count(*) AS n FROM entries').get()).toEqual({ n: 3 });
  });
});

describe('versions of entries', () => {
  it('brings older data up step by step, and leaves the file as written', () => {
    const path = join(tempFolder(), 'journal.db');
    const old = Journal.open({ path, role: 'journal' });
    old.append([{ kind: 'k', v: 1, ts: epochMs(1), data: { price: 7 } }]);
    const { hash } = old.verify();
    old.close();
    const upcasters = {
      k: [
        (data: unknown) => ({ priceKrw: (data as { price: number }).price }),
        (data: unknown) => ({ ...(data as object), venue: 'KRX' }),
      ],
    };
    const journal = openJournal({ path, upcasters });
    expect([...journal.read()]).toEqual([{ seq: 1, kind: 'k', v: 3, ts: 1, data: { priceKrw: 7, venue: 'KRX' } }]);
    expect(journal.verify().hash).toBe(hash);
    expect(() => journal.append([{ kind: 'k', v: 2, ts: epochMs(2), data: {} }])).toThrow(coded('INTERNAL_BUG'));
    journal.append([{ kind: 'k', v: 3, ts: epochMs(2), data: {} }]);
    journal.close();
    const older = openJournal({ path, upcasters: { k: upcasters.k.slice(0, 1) } });
    expect(() => [...older.read()]).toThrow(coded('DB_NEWER'));
  });
});

describe('a broken chain', () => {
  it.each([
    ['changed data', `UPDATE entries SET data = '{"n":1000}' WHERE seq = 4`, 4],
    ['changed time', 'UPDATE entries SET ts = ts + 1 WHERE seq = 2', 2],
    ['a removed entry', 'DELETE FROM entries WHERE seq = 5', 5],
    [
      'two swapped entries',
      'UPDATE entries SET data = (SELECT data FROM entries AS o WHERE o.seq = 13 - entries.seq) WHERE seq IN (6, 7)',
      6,
    ],
    ['a removed start', 'DELETE FROM entries WHERE seq <= 3', 1],
  ])('is found: %s', (_, sql, brokenAt) => {
    const path = writtenJournal(10);
    tamper(path, sql);
    const bytes = readFileSync(path);
    const journal = Journal.open({ path, role: 'journal' });
    expect(journal.verify()).toMatchObject({ ok: false, brokenAt, entries: brokenAt - 1 });
    const seen: number[] = [];
    expect(() => {
      for (const { seq } of journal.read()) seen.push(seq);
    }).toThrow(expect.objectContaining({ code: 'JOURNAL_BROKEN', params: { seq: brokenAt } }));
    expect(seen).toHaveLength(brokenAt - 1);
    journal.close();
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('is not built upon: a changed last entry keeps the journal from opening', () => {
    const path = writtenJournal(10);
    tamper(path, "UPDATE entries SET data = '{}' WHERE seq = 10");
    const bytes = readFileSync(path);
    expect(() => Journal.open({ path, role: 'journal' })).toThrow(coded('JOURNAL_BROKEN'));
    const looked = Journal.open({ path, role: 'journal', anyEnd: true });
    expect(looked.verify()).toMatchObject({ ok: false, entries: 9, brokenAt: 10 });
    looked.close();
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
});

describe('a full disk', () => {
  it('says so, loses nothing, and goes on when there is room', () => {
    const path = join(tempFolder(), 'journal.db');
    const small = Journal.open({ path, role: 'journal', maxBytes: 65_536 });
    let written = 0;
    const fill = (): void => {
      for (;;) {
        small.append([entry(written + 1, 'x'.repeat(500)), entry(written + 2, 'y'.repeat(500))]);
        written += 2;
      }
    };
    expect(fill).toThrow(coded('DISK_FULL'));
    expect(written).toBeGreaterThan(20);
    expect(small.lastSeq).toBe(written);
    expect(() => small.append([entry(1, 'z'.repeat(9_000))])).toThrow(coded('DISK_FULL'));
    expect(small.verify()).toMatchObject({ ok: true, entries: written });
    small.close();
    expect(statSync(path).size).toBeLessThanOrEqual(65_536);
    const roomy = openJournal({ path });
    expect(roomy.append([entry(written + 1)])).toEqual([{ seq: written + 1 }]);
    expect(roomy.verify()).toMatchObject({ ok: true, entries: written + 1 });
  });
});

describe('a damaged file', () => {
  it('is refused and left alone when a page is overwritten', () => {
    const path = writtenJournal(2_000);
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4_096 * 3, 4_096 * 4);
    writeFileSync(path, bytes);
    expect(() => Journal.open({ path, role: 'journal' })).toThrow(coded('DB_CORRUPT'));
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('is refused and left alone when its end is cut off', () => {
    const path = writtenJournal(2_000);
    const bytes = readFileSync(path).subarray(0, 4_096 * 5 + 100);
    writeFileSync(path, bytes);
    expect(() => Journal.open({ path, role: 'journal' })).toThrow(coded('DB_CORRUPT'));
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });
});
