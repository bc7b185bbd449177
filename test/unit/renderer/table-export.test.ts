/** Tables on their way out: CSV, clipboard, workbook; no text acts as a formula, and no turn is kept too long. */
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/universal';
import { readXlsx } from '#test/support/xlsx-read.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';
import { csvLine, guarded, type OutCell, tsvLine } from '../../../renderer/ui/table/out-cell.ts';
import { type OutRow, Pace, type RowSource, SLICE_ROWS, slicesOf } from '../../../renderer/ui/table/row-source.ts';
import { sheetsOf } from '../../../renderer/ui/table/sheet.ts';
import { csvPieces, tsvText } from '../../../renderer/ui/table/written.ts';

function sourceOf(rows: readonly OutRow[], header: readonly string[] = ['가', '나']): RowSource {
  return { header, total: rows.length, slices: () => slicesOf(rows, (row) => row) };
}

/** A pace on a clock that moves by `stepMs` each time it is read, and counts the turns that were given away. */
function paceOf(stepMs: number): { readonly pace: Pace; readonly turns: () => number } {
  let now = 0;
  let turns = 0;
  const clock: Clock = { now: () => epochMs(0), monotonicMs: () => (now += stepMs) };
  const timers: Timers = {
    after: () => ({ cancel: () => undefined }),
    every: () => ({ cancel: () => undefined }),
    yieldTurn(run) {
      turns += 1;
      queueMicrotask(run);
    },
  };
  return { pace: new Pace({ clock, timers }), turns: () => turns };
}

const calm = (): { readonly pace: Pace; readonly signal: AbortSignal; readonly progress: () => void } => ({
  pace: paceOf(0).pace,
  signal: new AbortController().signal,
  progress: () => undefined,
});

describe('the guard against formulas', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+82-2', "'+82-2"],
    ['-3', "'-3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r\n-1', "'\r\n-1"],
    ['＝1+1', "'＝1+1"],
    ['삼성전자', '삼성전자'],
    ['a=b', 'a=b'],
    ['−300', '−300'],
    ['', ''],
  ])('makes %j %j', (text, safe) => {
    expect(guarded(text)).toBe(safe);
  });

  it('lets figures be figures, also those below zero', () => {
    expect(csvLine([-300, 1.5, 0, null, '-300'])).toBe("-300,1.5,0,,'-300");
  });
});

describe('a line', () => {
  it('is quoted where it must be, and read back the same', () => {
    const cells = ['a,b', 'say "hi"', 'two\nlines', ' plain '];
    expect(parse(csvLine(cells))).toEqual([cells]);
  });

  it('of the clipboard keeps its columns whatever a cell holds', () => {
    expect(tsvLine(['a\tb', 'c\r\nd', 5, null, '=1'])).toBe("a b\tc d\t5\t\t'=1");
  });
});

describe('a CSV file', () => {
  it('begins with the mark of UTF-8, ends lines as Excel does, and holds every row', async () => {
    const rows = Array.from({ length: SLICE_ROWS * 2 + 3 }, (_, at): OutCell[] => [`행 ${at}`, at]);
    const text = (await csvPieces(sourceOf(rows), calm())).join('');
    expect(text.startsWith('\uFEFF가,나\r\n행 0,0\r\n')).toBe(true);
    const read = parse(text, { bom: true });
    expect(read).toHaveLength(rows.length + 1);
    expect(read.at(-1)).toEqual([`행 ${SLICE_ROWS * 2 + 2}`, String(SLICE_ROWS * 2 + 2)]);
  });

  it('gives the turn away whenever its time is used up, and tells how far it is', async () => {
    const rows = Array.from({ length: SLICE_ROWS * 4 }, (): OutCell[] => ['a', 1]);
    const { pace, turns } = paceOf(20);
    const told: number[] = [];
    await csvPieces(sourceOf(rows), { ...calm(), pace, progress: (count) => told.push(count) });
    expect(turns()).toBe(4);
    expect(told).toEqual([1, 2, 3, 4].map((slices) => slices * SLICE_ROWS));
  });

  it('stops between two slices where it is cancelled', async () => {
    const abort = new AbortController();
    const rows = Array.from({ length: SLICE_ROWS * 4 }, (): OutCell[] => ['a', 1]);
    let reached = 0;
    const writing = csvPieces(sourceOf(rows), {
      ...calm(),
      signal: abort.signal,
      progress: (count) => {
        reached = count;
        abort.abort(new Error('stopped by hand'));
      },
    });
    await expect(writing).rejects.toThrow('stopped by hand');
    expect(reached).toBe(SLICE_ROWS);
  });
});

describe('the clipboard', () => {
  it('has the header only where it is asked for', async () => {
    const source = sourceOf([['a', 1]]);
    expect(await tsvText(source, calm(), false)).toBe('a\t1');
    expect(await tsvText(source, calm(), true)).toBe('가\t나\na\t1');
  });
});

describe('a workbook', () => {
  it('keeps texts as texts, also those that look like formulas, and figures as figures', async () => {
    const rows: OutRow[] = [
      ['=1+1', -3],
      ['005930', 190.25],
      ['<&">', null],
    ];
    const file = await writeXlsxFile(sheetsOf('주문: 오늘/어제', ['글', '수'], rows)).toBlob();
    expect(readXlsx(Buffer.from(await file.arrayBuffer()))).toEqual([
      ['글', '수'],
      ['=1+1', -3],
      ['005930', 190.25],
      ['<&">'],
    ]);
  });

  it('is named without what Excel refuses, and never without a name', () => {
    expect(sheetsOf('주문: 오늘/어제', [], []).map(({ sheet }) => sheet)).toEqual(['주문  오늘 어제']);
    expect(sheetsOf('***', [], []).map(({ sheet }) => sheet)).toEqual(['Maru']);
  });

  it('goes on in a second sheet where one cannot hold it', () => {
    const row: OutRow = [1];
    const sheets = sheetsOf(
      '기록',
      ['수'],
      Array.from({ length: 1_000_001 }, () => row),
    );
    expect(sheets.map(({ sheet, data }) => [sheet, data.length])).toEqual([
      ['기록', 1_000_001],
      ['기록 2', 2],
    ]);
  });
});
