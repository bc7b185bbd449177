/** Importing whole-market daily files through the worker, as a user does: time from the call to the stored rows, and memory. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ImportService, UploadStore } from '#core/market/imports/index.ts';
import { systemClock, systemIds } from '#core/platform/index.ts';
import { CandleStore } from '#core/storage/index.ts';

const REAL = fileURLToPath(new URL('../../../shared/market/krx-eod/', import.meta.url));
const ROWS = 71_708;
const ISSUES = 2_877;
const HEADER =
  '"Code","Name","Close","Dept","ChangeCode","Changes","ChagesRatio","Volume","Amount","Open","High","Low","Marcap","Stocks","Market","MarketId","Rank","Date"';

/** A file of the same size and form as a real one, where the real one is absent. */
function generatedFile(folder: string, year: number): string {
  const lines = [HEADER];
  for (let i = 0; i < ROWS; i += 1) {
    const code = String(100_000 + (i % ISSUES) * 10);
    const day = 1 + Math.floor(i / ISSUES);
    const close = 1_000 + ((i * 7_919) % 90_000);
    const prices = `${close - 10}.0,${close + 90}.0,${close - 110}.0`;
    const tail = `${close * 10_000_000}.0,10000000,"KOSDAQ","KSQ",${1 + (i % ISSUES)},"${year}-01-${String(day).padStart(2, '0')}"`;
    lines.push(
      `"${code}","만든종목${i % ISSUES}",${close}.0,"일반기업부",1,100.0,1.23,${i * 31}.0,${i * close}.0,${prices},${tail}`,
    );
  }
  const path = join(folder, `generated-${year}.csv.gz`);
  writeFileSync(path, gzipSync(lines.join('\r\n')));
  return path;
}

function rssMb(): number {
  return process.memoryUsage.rss() / 1_048_576;
}

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

export const bench = {
  name: 'import',
  async run(): Promise<{ measured: string; rows: BenchRow[] }> {
    const folder = mkdtempSync(join(tmpdir(), 'maru-bench-'));
    const isReal = existsSync(REAL);
    const fileOf = (year: number): string =>
      isReal ? join(REAL, `krx-eod-${year}.csv.gz`) : generatedFile(folder, year);
    const files = [fileOf(2025), fileOf(2024)] as const;
    const candles = CandleStore.open(join(folder, 'candles.db'));
    const service = new ImportService({
      workerUrl: new URL('../../electron/worker.ts', import.meta.url),
      candles,
      uploads: new UploadStore({ folder: join(folder, 'uploads'), ids: systemIds }),
      ids: systemIds,
      clock: systemClock,
      imported: () => undefined,
    });
    const rssBefore = rssMb();
    let peakMb = rssBefore;
    const sampler = setInterval(() => (peakMb = Math.max(peakMb, rssMb())), 20);
    try {
      const first = await service.importKrxEod([{ path: files[0] }]);
      const again = await service.importKrxEod([{ path: files[0] }]);
      const second = await service.importKrxEod([{ path: files[1] }]);
      const growthMb = Math.round(rssMb() - rssBefore);
      const time = (metric: string, ms: number, limitMs: number): BenchRow => ({
        metric,
        value: ms,
        unit: 'ms',
        target: `≤ ${limitMs}`,
        pass: ms <= limitMs,
      });
      const memory = (metric: string, mb: number, limitMb: number): BenchRow => ({
        metric,
        value: Math.round(mb),
        unit: 'MB',
        target: `≤ ${limitMb}`,
        pass: mb <= limitMb,
      });
      return {
        measured: isReal
          ? `krx-eod-2025 (${first.rows} rows) and krx-eod-2024 (${second.rows} rows)`
          : `the real files are absent: generated ones of ${first.rows} rows`,
        rows: [
          time('first year, from call to stored', first.ms, 1_500),
          time('the same again', again.ms, 1_500),
          time('second year', second.ms, Math.round((1_500 * second.rows) / ROWS)),
          memory('resident memory kept after both', growthMb, 100),
          memory('resident memory while importing', peakMb - rssBefore, 200),
        ],
      };
    } finally {
      clearInterval(sampler);
      await service.close();
      candles.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
