/** Whole-market daily files into a real database: what is taken, what is left out, and what no failure may touch. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runImport, type SourceFile } from '#core/market/imports/index.ts';
import { CandleStore } from '#core/storage/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { EOD_HEADER, EXTRACT_PATH, eodLine, writeCsv } from '#test/support/krx-csv.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const { clock } = createFakeTime();
const EXTRACT: SourceFile = { path: EXTRACT_PATH, name: basename(EXTRACT_PATH) };
const coded = (code: string): unknown => expect.objectContaining({ code });

function newStore(folder = tempFolder()): CandleStore {
  const store = CandleStore.open(join(folder, 'candles.db'));
  onTestFinished(() => store.close());
  return store;
}

const take = (store: CandleStore, ...files: readonly SourceFile[]) =>
  runImport({ store, clock }, { kind: 'krx-eod', files });

/** Everything in the store, to compare states. */
function contents(store: CandleStore): unknown {
  return store.instrumentsSeen().map(({ code }) => store.bars({ code, limit: 1_000 }));
}

const EXTRACT_COVERAGE = { rows: 125, instruments: 25, days: 5, from: '2025-02-05', to: '2025-02-11' };

describe('a whole file', () => {
  it('is stored row by row with its exact figures', async () => {
    const store = newStore();
    expect(await take(store, EXTRACT)).toEqual({ ...EXTRACT_COVERAGE, rejected: [], rejectedRows: 0, ms: 0 });
    expect(store.coverage()).toEqual(EXTRACT_COVERAGE);
    expect(store.bar('005930', sessionDate('2025-02-11'))).toEqual({
      code: '005930',
      date: '2025-02-11',
      open: 55500,
      high: 56300,
      low: 55000,
      close: 55700,
      volume: 24596196,
      value: 1370657724557,
      base: 55600,
      listedShares: 5969782550,
      market: 'KOSPI',
      nameKo: '삼성전자',
      suspended: false,
    });
    expect(store.day(sessionDate('2025-02-07'))).toHaveLength(25);
    expect(store.bars({ code: '00680K', limit: 2 }).map(({ date }) => date)).toEqual(['2025-02-11', '2025-02-10']);
    expect(store.bars({ code: '00680K', limit: 9, to: sessionDate('2025-02-06') }).map(({ date }) => date)).toEqual([
      '2025-02-06',
      '2025-02-05',
    ]);
  });

  it('leaves a suspended issue at its close, and KOSDAQ GLOBAL in KOSDAQ', async () => {
    const store = newStore();
    await take(store, EXTRACT);
    const suspended = store.bar('455310', sessionDate('2025-02-11'));
    expect(suspended).toMatchObject({ suspended: true, volume: 0, market: 'KOSDAQ' });
    expect(suspended?.open).toBe(suspended?.close);
    expect(suspended?.close).toBeGreaterThan(0);
    expect(store.bar('455310', sessionDate('2025-02-07'))).toMatchObject({ suspended: false, volume: 384 });
    expect(store.bar('247540', sessionDate('2025-02-11'))?.market).toBe('KOSDAQ');
  });

  it('imported a second time changes nothing', async () => {
    const store = newStore();
    const first = await take(store, EXTRACT);
    const before = contents(store);
    expect(await take(store, EXTRACT)).toEqual(first);
    expect(contents(store)).toEqual(before);
    expect(store.coverage()).toEqual(EXTRACT_COVERAGE);
    expect(await take(store, EXTRACT, EXTRACT)).toEqual(first);
    expect(contents(store)).toEqual(before);
  });

  it('is the same as gzip, with a byte order mark, other line ends, and columns in another order', async () => {
    const folder = tempFolder();
    const plain = newStore();
    await take(plain, EXTRACT);
    const text = readFileSync(EXTRACT.path, 'utf8');
    // No field of the extract holds a comma.
    const turned = text
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(',').reverse().join(','));
    const variants: Record<string, Buffer> = {
      'gzip.csv.gz': gzipSync(text),
      'bom.csv': Buffer.from(`\uFEFF${text}`),
      'lf.csv': Buffer.from(text.replaceAll('\r\n', '\n')),
      'turned.csv': Buffer.from(turned.join('\n')),
    };
    for (const [name, bytes] of Object.entries(variants)) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const store = newStore();
      expect(await take(store, { path, name }), name).toMatchObject({ ...EXTRACT_COVERAGE, rejectedRows: 0 });
      expect(contents(store), name).toEqual(contents(plain));
    }
  });

  it('tells the newest name, market and shares of an issue', async () => {
    const store = newStore();
    const lines = [
      eodLine({ code: '0193T0', name: '옛이름', date: '2025-02-07', stocks: '500' }),
      eodLine({ code: '0193T0', name: '새이름', date: '2025-02-10', stocks: '700', market: 'KOSDAQ' }),
      eodLine({ code: '0193T0', name: '옛이름', date: '2025-02-06', stocks: '500' }),
    ];
    await take(store, writeCsv(tempFolder(), lines));
    expect(store.instrumentsSeen()).toMatchObject([
      { code: '0193T0', nameKo: '새이름', market: 'KOSDAQ', listedShares: 700, date: '2025-02-10' },
    ]);
    expect(store.bar('0193T0', sessionDate('2025-02-06'))?.nameKo).toBe('옛이름');
  });
});

describe('bad rows', () => {
  it('are each reported with file, line and reason, and the others are taken', async () => {
    const good = eodLine({ code: '000660', name: 'SK하이닉스' });
    const bad: readonly (readonly [string, string])[] = [
      [eodLine({ close: '' }), 'Close 값이 없습니다.'],
      [eodLine({ high: '80.0' }), '고가와 저가 사이에 시가와 종가가 있지 않습니다.'],
      [eodLine({ volume: '-5.0' }), 'Volume 값이 음수입니다: -5.0'],
      [eodLine({ close: '105.5' }), 'Close 값이 정수가 아닙니다: 105.5'],
      [eodLine({ date: '2025-02-30' }), '날짜가 아닙니다: 2025-02-30'],
      [eodLine({ market: 'NASDAQ' }), '모르는 시장입니다: NASDAQ'],
      ['"005930","삼성전자",105.0', '칸의 수가 첫 줄과 다릅니다.'],
      [`${eodLine()},1`, '칸의 수가 첫 줄과 다릅니다.'],
      [eodLine({ code: '0193t0' }), '종목 코드가 아닙니다: 0193t0'],
      [eodLine({ name: '' }), 'Name 값이 없습니다.'],
      [eodLine({ changes: '105.0' }), 'Changes 값이 정수가 아닙니다: 105.0'],
      [good, '같은 종목과 날짜가 2번째 줄에 이미 있습니다.'],
    ];
    const store = newStore();
    const file = writeCsv(tempFolder(), [good, ...bad.map(([line]) => line), eodLine()]);
    const report = await take(store, file);
    expect(report).toMatchObject({ rows: 2, instruments: 2, days: 1, rejectedRows: bad.length });
    expect(report.rejected).toEqual(bad.map(([, reason], i) => ({ file: 'eod.csv', line: i + 3, reason })));
    expect(store.coverage()).toMatchObject({ rows: 2, instruments: 2 });
  });

  it('with broken quotes cost only themselves', async () => {
    const store = newStore();
    const lines = [
      eodLine(),
      '"00"0660","SK",1,"",1,1,1,1,1,1,1,1,1,1,"KOSPI","STK",1,"2025-02-11"',
      eodLine({ code: '000020' }),
    ];
    const report = await take(store, writeCsv(tempFolder(), lines));
    expect(report.rejected).toEqual([{ file: 'eod.csv', line: 3, reason: '따옴표가 맞지 않습니다.' }]);
    expect(store.instrumentsSeen().map(({ code }) => code)).toEqual(['000020', '005930']);
  });

  it('are all counted, but at most a thousand listed', async () => {
    const store = newStore();
    const lines = Array.from({ length: 1_200 }, () => eodLine({ market: 'NONE' }));
    const report = await take(store, writeCsv(tempFolder(), lines));
    expect(report).toMatchObject({ rows: 0, instruments: 0, days: 0, from: null, to: null, rejectedRows: 1_200 });
    expect(report.rejected).toHaveLength(1_000);
  });
});

describe('a file that cannot be taken leaves the old state', () => {
  const text = readFileSync(EXTRACT_PATH);
  const cp949 = Buffer.concat([
    Buffer.from(`${EOD_HEADER}\r\n"005930","`),
    Buffer.from([0xbb, 0xef, 0xbc, 0xba]),
    Buffer.from('"\r\n'),
  ]);
  const cases: readonly (readonly [string, string, Buffer | null])[] = [
    ['a truncated gzip', 'FILE_TRUNCATED', gzipSync(Buffer.concat([text, text])).subarray(0, 3_000)],
    ['a gzip whose last bytes are missing', 'FILE_TRUNCATED', gzipSync(text).subarray(0, -4)],
    ['a damaged gzip', 'FILE_UNREADABLE', Buffer.from(gzipSync(text)).fill(0, 2_000, 2_100)],
    ['a text cut within a quoted field', 'FILE_TRUNCATED', text.subarray(0, text.length - 6)],
    ['a text cut within a letter', 'FILE_TRUNCATED', text.subarray(0, text.indexOf('삼') + 1)],
    ['CP949', 'FILE_ENCODING', cp949],
    ['UTF-16', 'FILE_ENCODING', Buffer.from(`\uFEFF${text.toString()}`, 'utf16le')],
    ['no bytes', 'FILE_EMPTY', Buffer.alloc(0)],
    ['a header alone', 'FILE_EMPTY', Buffer.from(`${EOD_HEADER}\r\n`)],
    ['other columns', 'FILE_COLUMNS', Buffer.from('Code,Name\r\n005930,삼성전자\r\n')],
    ['a line without end', 'FILE_UNREADABLE', Buffer.from(`${EOD_HEADER}\r\n${'x'.repeat(200_000)}`)],
    ['no file', 'FILE_MISSING', null],
  ];

  it.each(cases)('%s is %s', async (_, code, bytes) => {
    const folder = tempFolder();
    const store = newStore(folder);
    await take(store, writeCsv(folder, [eodLine({ date: '2025-01-02' })], { name: 'old.csv' }));
    const before = contents(store);
    const path = join(folder, 'new.csv');
    if (bytes) writeFileSync(path, bytes);
    // A good file first: its rows must go again with the bad one's.
    await expect(take(store, EXTRACT, { path, name: 'new.csv' })).rejects.toThrow(coded(code));
    expect(contents(store)).toEqual(before);
    expect(store.coverage()).toMatchObject({ rows: 1 });
    expect(await take(store, EXTRACT)).toMatchObject(EXTRACT_COVERAGE);
  });

  it('a folder is FILE_UNREADABLE', async () => {
    const folder = tempFolder();
    await expect(take(newStore(), { path: folder, name: 'folder' })).rejects.toThrow(coded('FILE_UNREADABLE'));
  });

  it('an import aborted half-way is IMPORT_INTERRUPTED', async () => {
    const folder = tempFolder();
    const store = newStore(folder);
    await take(store, writeCsv(folder, [eodLine({ date: '2025-01-02' })], { name: 'old.csv' }));
    const before = contents(store);
    const lines = Array.from({ length: 30_000 }, (_, i) => eodLine({ code: String(i).padStart(6, '0') }));
    const file = writeCsv(folder, lines);
    const stop = new AbortController();
    const seen: number[] = [];
    const watch = {
      signal: stop.signal,
      progress: ({ rows }: { readonly rows: number }) => {
        seen.push(rows);
        if (rows === 25_000) stop.abort();
      },
    };
    const importing = runImport({ store, clock }, { kind: 'krx-eod', files: [file] }, watch);
    await expect(importing).rejects.toThrow(coded('IMPORT_INTERRUPTED'));
    expect(seen.slice(0, 5)).toEqual([5_000, 10_000, 15_000, 20_000, 25_000]);
    expect(contents(store)).toEqual(before);
  });

  it('another reader sees nothing of an import before its end', async () => {
    const folder = tempFolder();
    const store = newStore(folder);
    const reader = newStore(folder);
    expect(reader.coverage().rows).toBe(0);
    const lines = Array.from({ length: 30_000 }, (_, i) => eodLine({ code: String(i).padStart(6, '0') }));
    const during: number[] = [];
    const watch = { progress: () => void during.push(reader.coverage().rows) };
    await runImport({ store, clock }, { kind: 'krx-eod', files: [writeCsv(folder, lines)] }, watch);
    expect(new Set(during)).toEqual(new Set([0]));
    expect(reader.coverage().rows).toBe(30_000);
  });
});
