/** Answers as typed cells: what is missing, renamed, blank, zero or strange is null with a note, and never 0. */
import { describe, expect, it } from 'vitest';
import { issueOf, readAnswer, SHEETS, type Column, type Sheet } from '#shared/sheets/index.ts';
import { fieldsOf, readCell } from '#shared/sheets/index.ts';

const read = (column: Column, value: string, more: Record<string, string> = {}) => {
  const cell = readCell(column, fieldsOf({ [column[0]]: value, ...more }));
  return cell.value ?? ('why' in cell ? cell.why : null);
};

function sheetOf(blocks: Sheet['blocks']): Sheet {
  return { id: 'x', group: 'company', title: ['가', 'X'], api: 'x', inputs: [], params: {}, blocks };
}

describe('a cell', () => {
  it('holds money as whole won in the unit of the broker, exactly', () => {
    expect(read(['a', 'won', '가', 'A', { unit: 'eok' }], '2589355.00')).toBe(258_935_500_000_000);
    expect(read(['a', 'won', '가', 'A', { unit: 'million' }], '-00012.5')).toBe(-12_500_000);
    expect(read(['a', 'won', '가', 'A'], '1,234')).toBe(1_234);
    // Half a won, and more than a whole number can hold.
    expect(read(['a', 'won', '가', 'A'], '1.5')).toBe('unreadable');
    expect(read(['a', 'won', '가', 'A', { unit: 'eok' }], '99999999999')).toBe('unreadable');
    expect(read(['a', 'count', '가', 'A'], '-0')).toBe(0);
  });

  it('is null for what is blank, missing or no number, and for a price of 0', () => {
    expect(read(['a', 'price', '가', 'A'], '0.00')).toBe('zero');
    expect(read(['a', 'price', '가', 'A'], '-0.25')).toBe(-0.25);
    expect(read(['a', 'ratio', '가', 'A', { zeroless: true }], '0.00')).toBe('zero');
    expect(read(['a', 'ratio', '가', 'A'], '0.00')).toBe(0);
    expect(read(['a', 'ratio', '가', 'A'], '')).toBe('gaps');
    expect(read(['a', 'count', '가', 'A'], 'N/A')).toBe('unreadable');
    expect(readCell(['b', 'count', '나', 'B'], fieldsOf({ a: '1' }))).toEqual({ value: null, why: 'missing' });
  });

  it('takes the sign from its own field, whichever way the figure is written', () => {
    const column: Column = ['a', 'change', '가', 'A', { sign: 's' }];
    expect(read(column, '100', { s: '5' })).toBe(-100);
    expect(read(column, '-100', { s: '5' })).toBe(-100);
    expect(read(column, '100', { s: '2' })).toBe(100);
    expect(read(column, '-100', { s: '' })).toBe(-100);
  });

  it('reads days, months and times in every way they are written', () => {
    for (const text of ['20261126', '2026/11/26', '2026-11-26'])
      expect(read(['a', 'date', '가', 'A'], text)).toBe('2026-11-26');
    expect(read(['a', 'date', '가', 'A'], '00000000')).toBe('gaps');
    expect(read(['a', 'date', '가', 'A'], '20261341')).toBe('unreadable');
    expect(read(['a', 'month', '가', 'A'], '202612')).toBe('2026-12');
    expect(read(['a', 'time', '가', 'A'], '0930')).toBe('09:30');
    expect(read(['a', 'time', '가', 'A'], '093059')).toBe('09:30:59');
    expect(read(['a', 'time', '가', 'A'], '000000')).toBe('gaps');
    expect(read(['a', 'flag', '가', 'A'], 'N')).toBe(false);
    expect(read(['a', 'flag', '가', 'A'], '1')).toBe('unreadable');
  });
});

describe('an answer', () => {
  const sheet = sheetOf([
    {
      block: 'output',
      shape: 'rows',
      columns: [
        ['code', 'issue', '코드', 'Code'],
        ['qty', 'count', '수량', 'Quantity'],
      ],
    },
  ]);

  it('tells a renamed field as missing and its new name as drift', () => {
    const { blocks, notes } = readAnswer(sheet, { output: [{ code: '005930', amount: '3' }] }, () => ['code', 'qty']);
    expect(blocks[0]?.rows).toEqual([{ issue: 'KRX:005930', cells: ['005930', null] }]);
    expect(notes).toContainEqual({ kind: 'missing', names: ['수량'] });
    expect(notes).toContainEqual({ kind: 'drift', names: ['output.amount'] });
  });

  it('knows the issue of a future or option by what its family is', () => {
    const board: Sheet = {
      ...sheet,
      blocks: [{ block: 'output', shape: 'rows', columns: [['code', 'issue', '코드', 'Code', { family: 'index' }]] }],
    };
    const { blocks } = readAnswer(board, { output: [{ code: 'B01612350' }, { code: '101' }] }, () => []);
    expect(blocks[0]?.rows.map(({ issue }) => issue)).toEqual(['KRXF:B01612350', null]);
  });

  it('reads names in either case, and leaves blank rows out', () => {
    const { blocks } = readAnswer(
      sheet,
      {
        output: [
          { CODE: 'A005930', QTY: '3' },
          { CODE: '', QTY: ' ' },
        ],
      },
      () => [],
    );
    expect(blocks[0]?.rows).toEqual([{ issue: 'KRX:005930', cells: ['A005930', 3] }]);
  });

  it('tells an empty block, a block that did not come, and one of another product', () => {
    expect(readAnswer(sheet, { output: [] }, () => []).notes).toEqual([{ kind: 'empty', names: [] }]);
    const gone = readAnswer(sheet, { output9: [] }, () => []);
    expect(gone.notes.map(({ kind }) => kind)).toEqual(['block', 'empty']);
    const zeros = readAnswer(sheet, { output: [{ code: '', qty: '0' }] }, () => []);
    expect(zeros.notes).toContainEqual({ kind: 'blank', names: [] });
  });

  it('reads what stands side by side as rows with names', () => {
    const members = SHEETS.find(({ id }) => id === 'members');
    const output = { seln_mbcr_name1: '한국', total_seln_qty1: '7', shnu_mbcr_name2: '미래', total_shnu_qty2: '5' };
    const { blocks } = readAnswer(members as Sheet, { output }, () => []);
    expect(blocks[0]?.rows).toHaveLength(5);
    expect(blocks[0]?.rows[0]?.cells.slice(0, 2)).toEqual(['한국', 7]);
    expect(blocks[0]?.rows[1]?.cells[4]).toBe('미래');
    const market = SHEETS.find(({ id }) => id === 'market-investors');
    const flows = readAnswer(
      market as Sheet,
      { output: [{ frgn_ntby_qty: '-3', frgn_ntby_tr_pbmn: '-12' }] },
      () => [],
    );
    const foreigners = flows.blocks[0]?.rows.find(({ cells }) => cells[0] === 'frgn');
    expect(foreigners?.cells.slice(3)).toEqual([-3, null, null, -12_000_000]);
  });

  it('gives estimates the periods that the answer names', () => {
    const estimates = SHEETS.find(({ id }) => id === 'estimates');
    const answer = {
      output1: {},
      output2: [{ data1: '10' }, { data1: '20' }],
      output4: [{ dt: '202412' }, { dt: '202512E' }],
    };
    const { blocks } = readAnswer(estimates as Sheet, answer, () => []);
    expect(blocks[1]?.heads).toEqual([null, '202412', '202512E', null, null, null]);
    expect(blocks[1]?.rows.map(({ cells }) => cells.slice(0, 2))).toEqual([
      ['0', 10],
      ['1', 20],
    ]);
  });

  it('knows issues by their codes, and none that charts do not know', () => {
    expect(issueOf('005930', null)).toBe('KRX:005930');
    expect(issueOf('57LA50', null)).toBe('KRX:57LA50');
    expect(issueOf('KR103502GA34', null)).toBeNull();
    expect(issueOf('AAPL', 'NAS')).toBe('NASD:AAPL');
    expect(issueOf('00700', 'HKS')).toBe('SEHK:00700');
    expect(issueOf('AAPL', 'ZZZ')).toBeNull();
  });
});
