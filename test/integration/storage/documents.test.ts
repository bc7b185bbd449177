/** The user's documents on the disk: what is saved comes back, what cannot be read is kept, nobody overwrites unseen. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DocumentStore } from '#core/storage/index.ts';
import { DOCUMENT_SIZE_LIMIT, DOCUMENT_VERSION, DOCUMENTS_LIMIT, type StoredDocument } from '#shared/domain/index.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const HOTKEYS = { keys: { halt: 'Ctrl+Shift+X' } };
const first = { kind: 'hotkeys', id: 'main', revision: 0 } as const;

function fileOf(folder: string, id: string): string {
  return join(folder, 'hotkeys', `d-${encodeURIComponent(id)}.json`);
}

/** A folder with one file of the kind, as found on some disk. */
function found(text: string): { readonly folder: string; readonly path: string } {
  const folder = tempFolder();
  mkdirSync(join(folder, 'hotkeys'));
  const path = fileOf(folder, 'main');
  writeFileSync(path, text);
  return { folder, path };
}

function codeOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return null;
}

describe('a document', () => {
  it('is on the disk when saving returns, whole, and comes back', () => {
    const folder = tempFolder();
    const saved = new DocumentStore(folder).save(first, HOTKEYS);
    expect(saved).toEqual({ kind: 'hotkeys', id: 'main', revision: 1, body: HOTKEYS });
    expect(readdirSync(join(folder, 'hotkeys'))).toEqual(['d-main.json']);
    expect(new DocumentStore(folder).list('hotkeys', null)).toEqual([saved]);
    expect(new DocumentStore(folder).list('hotkeys', 'other')).toEqual([]);
    expect(new DocumentStore(folder).list('watchlist', null)).toEqual([]);
  });

  it('may be named by an issue', () => {
    const folder = tempFolder();
    const store = new DocumentStore(folder);
    store.save({ kind: 'drawings', id: 'KRX:005930', revision: 0 }, { drawings: [] });
    expect(new DocumentStore(folder).list('drawings', 'KRX:005930')).toHaveLength(1);
  });

  it('is changed only over the one that was read', () => {
    const folder = tempFolder();
    const store = new DocumentStore(folder);
    store.save(first, HOTKEYS);
    expect(codeOf(() => store.save(first, { keys: {} }))).toBe('DOCUMENT_CHANGED');
    expect(codeOf(() => store.remove(first))).toBe('DOCUMENT_CHANGED');
    expect(store.list('hotkeys', null)[0]?.body).toEqual(HOTKEYS);
    expect(store.save({ ...first, revision: 1 }, { keys: {} }).revision).toBe(2);
  });

  it('is told to those who follow, until they stop', () => {
    const store = new DocumentStore(tempFolder());
    const told: StoredDocument[] = [];
    const stop = store.watch('hotkeys', (document) => told.push(document));
    store.save(first, HOTKEYS);
    expect(store.remove({ ...first, revision: 1 })).toBe(true);
    expect(store.remove({ ...first, revision: 1 })).toBe(false);
    stop();
    store.save(first, HOTKEYS);
    expect(told.map(({ revision, body }) => [revision, body === null])).toEqual([
      [1, false],
      [0, true],
    ]);
  });

  it('is refused where it is none of its kind, too large, or one too many', () => {
    const store = new DocumentStore(tempFolder());
    expect(codeOf(() => store.save(first, { keys: { halt: 1 } }))).toBe('DOCUMENT_INVALID');
    const keys = Object.fromEntries(
      Array.from({ length: DOCUMENT_SIZE_LIMIT / 50 }, (_, at) => [
        `action-${'x'.repeat(40)}${at}`,
        'Ctrl+Shift+Alt+X',
      ]),
    );
    expect(codeOf(() => store.save(first, { keys }))).toBe('DOCUMENT_TOO_LARGE');
    expect(store.list('hotkeys', null)).toEqual([]);
  });

  it('may not push others out: past the limit a new one is refused', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'hotkeys'));
    for (let at = 0; at < DOCUMENTS_LIMIT; at += 1)
      writeFileSync(fileOf(folder, `h${at}`), JSON.stringify({ version: 1, id: `h${at}`, revision: 1, body: HOTKEYS }));
    const store = new DocumentStore(folder);
    expect(codeOf(() => store.save(first, HOTKEYS))).toBe('DOCUMENTS_FULL');
    expect(store.save({ kind: 'hotkeys', id: 'h0', revision: 1 }, { keys: {} }).revision).toBe(2);
  });
});

describe('a file that cannot be read', () => {
  it.each(['', 'nonsense', '{"version":1}', '{"version":1,"id":"main","revision":1,"body":{"keys":1}}', '[]'])(
    'is kept aside and told: %s',
    (text) => {
      const { folder, path } = found(text);
      const store = new DocumentStore(folder);
      expect(store.list('hotkeys', null)).toEqual([]);
      expect(store.problems()).toMatchObject([{ kind: 'hotkeys', id: 'main', code: 'DOCUMENT_CORRUPT' }]);
      expect(store.problems()[0]?.messageKo).toContain(`${path}.bad-1`);
      expect(readFileSync(`${path}.bad-1`, 'utf8')).toBe(text);
      expect(store.save(first, HOTKEYS).revision).toBe(1);
    },
  );

  it('of a newer version is left alone, and nothing is written over it', () => {
    const text = JSON.stringify({ version: DOCUMENT_VERSION + 1, id: 'main', revision: 7, body: { shape: 'unknown' } });
    const { folder, path } = found(text);
    const store = new DocumentStore(folder);
    expect(store.list('hotkeys', null)).toEqual([]);
    expect(store.problems()).toMatchObject([{ id: 'main', code: 'DOCUMENT_NEWER' }]);
    expect(codeOf(() => store.save(first, HOTKEYS))).toBe('DOCUMENT_NEWER');
    expect(codeOf(() => store.remove(first))).toBe('DOCUMENT_NEWER');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
