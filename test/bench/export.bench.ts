/** 100,000 rows on their way out of a table: CSV in slices, and a workbook as the worker beside the screen writes it. */
import writeXlsxFile from 'write-excel-file/universal';
import { systemClock, systemTimers } from '#core/platform/index.ts';
import { type OutRow, Pace, type RowSource, slicesOf } from '../../renderer/ui/table/row-source.ts';
import { sheetsOf } from '../../renderer/ui/table/sheet.ts';
import { csvPieces } from '../../renderer/ui/table/written.ts';

const ROWS = 100_000;
const HEADER = ['시각', '종목', '구분', '유형', '거래소', '주문가', '수량', '체결', '상태', '수수료', '세금', '손익'];

/** A row like one of the order blotter: texts and figures, some of them quoted or guarded. */
function rowOf(at: number): OutRow {
  const price = 55_000 + (at % 50) * 100;
  return [
    `09:${String(at % 60).padStart(2, '0')}:00`,
    at % 7 === 0 ? '한화, "에어로"' : '삼성전자',
    at % 2 === 0 ? '매수' : '매도',
    at % 11 === 0 ? '=지정가' : '지정가',
    'KRX',
    price,
    1 + (at % 300),
    at % 300,
    '체결',
    Math.floor(price / 7_000),
    at % 2 === 0 ? 0 : Math.floor(price / 667),
    (at % 2_000) - 1_000,
  ];
}

/** The longest time between two turns while `run` works, milliseconds: what a screen would have to wait. */
async function longestTurn(run: () => Promise<void>): Promise<{ readonly longestMs: number; readonly tookMs: number }> {
  let longestMs = 0;
  let last = performance.now();
  let running = true;
  const look = (): void => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  const started = performance.now();
  await run();
  running = false;
  look();
  return { longestMs, tookMs: performance.now() - started };
}

const round = (value: number): number => Math.round(value * 10) / 10;

export const bench = {
  name: 'export',
  async run(): Promise<{
    measured: string;
    rows: Array<{ metric: string; value: number; unit: string; target: string; pass: boolean }>;
  }> {
    const rows = Array.from({ length: ROWS }, (_, at) => rowOf(at));
    const source: RowSource = { header: HEADER, total: ROWS, slices: () => slicesOf(rows, (row) => row) };
    let pieces: string[] = [];
    const csv = await longestTurn(async () => {
      pieces = await csvPieces(source, {
        pace: new Pace({ clock: systemClock, timers: systemTimers }),
        signal: new AbortController().signal,
        progress: () => undefined,
      });
    });
    const characters = pieces.reduce((sum, piece) => sum + piece.length, 0);
    // The peer: the same rows as JSON, at one go.
    const peer = await longestTurn(async () => {
      if (JSON.stringify(rows).length === 0) throw new Error('nothing written');
      await Promise.resolve();
    });
    let bytes = 0;
    const xlsx = await longestTurn(async () => {
      bytes = (await writeXlsxFile(sheetsOf('주문', HEADER, rows)).toBlob()).size;
    });
    return {
      measured: `${ROWS} rows of ${HEADER.length} columns: CSV of ${characters} characters, workbook of ${bytes} bytes; the longest turn is what a screen on the same thread waits`,
      rows: [
        {
          metric: 'CSV in slices, longest turn',
          value: round(csv.longestMs),
          unit: 'ms',
          target: '≤ 50',
          pass: csv.longestMs <= 50,
        },
        {
          metric: 'CSV in slices, in all',
          value: round(csv.tookMs),
          unit: 'ms',
          target: '≤ 2,000',
          pass: csv.tookMs <= 2_000,
        },
        {
          metric: 'JSON of the same at one go (peer), longest turn',
          value: round(peer.longestMs),
          unit: 'ms',
          target: '–',
          pass: true,
        },
        {
          metric: 'workbook in a worker, in all',
          value: round(xlsx.tookMs),
          unit: 'ms',
          target: '≤ 10,000',
          pass: xlsx.tookMs <= 10_000,
        },
        {
          metric: 'workbook, longest turn of the worker',
          value: round(xlsx.longestMs),
          unit: 'ms',
          target: '– (beside the screen)',
          pass: true,
        },
      ],
    };
  },
};
