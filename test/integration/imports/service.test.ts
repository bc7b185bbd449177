/** Imports in a worker thread: one at a time, with progress, cancellation, uploads, and kills. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ImportService, UploadStore } from '#core/market/imports/index.ts';
import { systemClock, systemIds } from '#core/platform/index.ts';
import { CandleStore } from '#core/storage/index.ts';
import type { ImportProgress, ImportReport } from '#shared/contract/index.ts';
import { EXTRACT_PATH, eodLine, writeCsv } from '#test/support/krx-csv.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const WORKER = new URL('../../../electron/worker.ts', import.meta.url);
const coded = (code: string): unknown => expect.objectContaining({ code });

function setUp() {
  const folder = tempFolder();
  const candles = CandleStore.open(join(folder, 'candles.db'));
  const uploads = new UploadStore({ folder: join(folder, 'uploads'), ids: systemIds });
  const reports: ImportReport[] = [];
  const service = new ImportService({
    workerUrl: WORKER,
    candles,
    uploads,
    ids: systemIds,
    clock: systemClock,
    imported: (report) => void reports.push(report),
  });
  onTestFinished(async () => {
    await service.close();
    candles.close();
  });
  return { folder, candles, uploads, service, reports };
}

/** A file big enough that an import of it can be stopped half-way. */
function bigFile(folder: string): string {
  const lines = Array.from({ length: 60_000 }, (_, i) => eodLine({ code: String(i).padStart(6, '0') }));
  return writeCsv(folder, lines, { name: 'big.csv' }).path;
}

describe('an import in a worker', () => {
  it('reports, tells its progress, and is seen by the core at once', async () => {
    const { service, reports } = setUp();
    const seen: ImportProgress[] = [];
    service.watch((progress) => seen.push(progress));
    const report = await service.importKrxEod([{ path: EXTRACT_PATH }]);
    expect(report).toMatchObject({
      rows: 125,
      instruments: 25,
      days: 5,
      rejected: [],
      from: '2025-02-05',
      to: '2025-02-11',
    });
    expect(report.ms).toBeGreaterThan(0);
    expect(reports).toEqual([report]);
    expect(service.coverage()).toEqual({ rows: 125, instruments: 25, days: 5, from: '2025-02-05', to: '2025-02-11' });
    expect(seen.map(({ state }) => state)).toEqual(['running', 'done']);
    expect(seen.at(-1)).toMatchObject({ file: 'krx-eod-extract.csv', rows: 125 });
  });

  it('carries the error of the file', async () => {
    const { service, folder, reports } = setUp();
    const seen: ImportProgress[] = [];
    service.watch((progress) => seen.push(progress));
    await expect(service.importKrxEod([{ path: join(folder, 'none.csv') }])).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_MISSING', params: { path: 'none.csv' } }),
    );
    expect(seen.map(({ state }) => state)).toEqual(['running', 'failed']);
    expect(reports).toEqual([]);
  });

  it('cancelled half-way leaves the old state, and the next import runs', async () => {
    const { service, folder, candles } = setUp();
    await service.importKrxEod([{ path: EXTRACT_PATH }]);
    const stop = new AbortController();
    const seen: ImportProgress[] = [];
    service.watch((progress) => {
      seen.push(progress);
      if (progress.rows >= 10_000) stop.abort();
    });
    const cancelled = service.importKrxEod([{ path: bigFile(folder) }], stop.signal);
    const next = service.importKrxEod([{ path: EXTRACT_PATH }]);
    await expect(cancelled).rejects.toThrow(coded('IMPORT_INTERRUPTED'));
    expect(seen.map(({ state }) => state)).toContain('canceled');
    expect(await next).toMatchObject({ rows: 125 });
    expect(candles.coverage()).toMatchObject({ rows: 125, instruments: 25 });
  });

  it('cancelled before its turn never starts, and a long queue is refused', async () => {
    const { service } = setUp();
    const stopped = new AbortController();
    stopped.abort();
    await expect(service.importKrxEod([{ path: EXTRACT_PATH }], stopped.signal)).rejects.toThrow(
      coded('IMPORT_INTERRUPTED'),
    );
    const stop = new AbortController();
    const queued = Array.from({ length: 12 }, () => service.importKrxEod([{ path: EXTRACT_PATH }], stop.signal));
    stop.abort();
    const outcomes = await Promise.allSettled(queued);
    const codes = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'done',
    );
    expect(codes.filter((code) => code === 'TOO_MANY_IMPORTS')).toHaveLength(2);
    expect(codes.filter((code) => code === 'IMPORT_INTERRUPTED')).toHaveLength(10);
  });

  it('imports a CSV by a mapping and remembers it for the preview', async () => {
    const { service, folder } = setUp();
    const { path } = writeCsv(folder, ['20250211,10,12,9,11,5'], {
      header: '일자,시가,고가,저가,종가,거래량',
      name: 'one.csv',
    });
    const preview = await service.csvPreview({ path });
    expect(preview).toMatchObject({ remembered: false });
    const mapping = preview.mapping && { ...preview.mapping, code: '005930' };
    expect(await service.importCsv({ path }, mapping)).toMatchObject({ rows: 1 });
    expect(await service.csvPreview({ path })).toMatchObject({ remembered: true, mapping });
    expect(await service.importCsv({ path }, null)).toMatchObject({ rows: 1 });
  });
});

describe('a process killed in the middle of an import', () => {
  it('leaves the old state', async () => {
    const { service, folder, candles } = setUp();
    await service.importKrxEod([{ path: EXTRACT_PATH }]);
    const script = fileURLToPath(new URL('../../support/import-process.ts', import.meta.url));
    const child = spawn(process.execPath, [script, candles.path, bigFile(folder)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const printed: string[] = [];
    lines.on('line', (line) => {
      printed.push(line);
      if (line === 'rows 30000') child.kill('SIGKILL');
    });
    await once(lines, 'close');
    expect(printed).toContain('rows 30000');
    expect(printed).not.toContain('done');
    expect(candles.coverage()).toEqual({ rows: 125, instruments: 25, days: 5, from: '2025-02-05', to: '2025-02-11' });
    expect(await service.importKrxEod([{ path: EXTRACT_PATH }])).toMatchObject({ rows: 125 });
  });
});

describe('uploads', () => {
  it('come in pieces, are imported under their own name, and are gone afterwards', async () => {
    const { service, uploads, folder } = setUp();
    const bytes = readFileSync(EXTRACT_PATH);
    const uploadId = await uploads.begin({ name: '../../시세 2025.csv', size: bytes.length });
    for (let offset = 0; offset < bytes.length; offset += 7_000) {
      const piece = bytes.subarray(offset, offset + 7_000);
      expect(await uploads.chunk(uploadId, offset, piece)).toBe(offset + piece.length);
    }
    expect(readFileSync(uploads.source(uploadId).path).equals(bytes)).toBe(true);
    expect(await service.importKrxEod([{ uploadId }])).toMatchObject({ rows: 125 });
    expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
    await expect(service.csvPreview({ uploadId })).rejects.toThrow(coded('UPLOAD_UNKNOWN'));
  });

  it('refuse pieces out of order, too many bytes, and an unfinished file', async () => {
    const { uploads } = setUp();
    const uploadId = await uploads.begin({ name: 'a.csv', size: 10 });
    const four = new Uint8Array(4);
    expect(await uploads.chunk(uploadId, 0, four)).toBe(4);
    for (const [offset, bytes] of [
      [0, four],
      [5, four],
      [4, new Uint8Array(7)],
      [4, new Uint8Array()],
    ] as const) {
      await expect(uploads.chunk(uploadId, offset, bytes)).rejects.toThrow(coded('INPUT_INVALID'));
    }
    expect(() => uploads.source(uploadId)).toThrow(coded('FILE_TRUNCATED'));
    const [first, second] = await Promise.allSettled([
      uploads.chunk(uploadId, 4, four),
      uploads.chunk(uploadId, 4, four),
    ]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    await expect(uploads.begin({ name: 'b', size: 268_435_457 })).rejects.toThrow(coded('INPUT_INVALID'));
    await expect(uploads.begin({ name: 'b', size: 0 })).rejects.toThrow(coded('INPUT_INVALID'));
    await expect(uploads.chunk('none', 0, four)).rejects.toThrow(coded('UPLOAD_UNKNOWN'));
  });

  it('are at most eight, and none outlives a start', async () => {
    const { uploads, folder } = setUp();
    const ids: string[] = [];
    for (let i = 0; i < 9; i += 1) ids.push(await uploads.begin({ name: `${i}`, size: 1 }));
    expect(readdirSync(join(folder, 'uploads'))).toHaveLength(8);
    await expect(uploads.chunk(ids[0] ?? '', 0, new Uint8Array(1))).rejects.toThrow(coded('UPLOAD_UNKNOWN'));
    expect(await uploads.chunk(ids[8] ?? '', 0, new Uint8Array(1))).toBe(1);
    expect(new UploadStore({ folder: join(folder, 'uploads'), ids: systemIds })).toBeInstanceOf(UploadStore);
    expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
  });
});
