/** The screener: expressions, mistakes, what is not known, and whole screens. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOARD_FLAGS, ScreenerDocument, type ScreenFilter } from '#shared/domain/index.ts';
import {
  compileTree,
  EXPRESSION_LIMIT,
  FIELD_NAMES_KO,
  figureFrom,
  figureText,
  parseExpression,
  runScreen,
  SCREEN_FIELDS,
  screenOf,
  starterFilter,
  STARTER_SCREENS,
  type StarterScreen,
} from '#shared/market/index.ts';
import { boardTable, type BoardFigures } from '#test/support/board.ts';

const ROW: BoardFigures = {
  last: 10_300,
  base: 10_000,
  open: 10_100,
  high: 10_400,
  low: 10_000,
  volume: 3_000,
  value: 30_000_000,
  shares: 1_000_000,
};

/** 1, 0 or NaN for one row with a history. */
function asked(source: string, row: BoardFigures = ROW, history: Readonly<Record<string, number>> = {}): number {
  const parsed = parseExpression(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistake));
  const table = boardTable([row]);
  for (const [name, value] of Object.entries(history)) table.history[name as 'close5'][0] = value;
  return compileTree(parsed.tree, table)(0);
}

function mistake(source: string): unknown {
  const parsed = parseExpression(source);
  return parsed.ok ? null : parsed.mistake;
}

const FILTER: ScreenFilter = { markets: [], conditions: [], expression: '', sort: null };

function screened(filter: Partial<ScreenFilter>, rows: readonly BoardFigures[], markets: readonly string[] = []) {
  const screen = screenOf({ ...FILTER, ...filter });
  if (!screen.ok) throw new Error(JSON.stringify(screen));
  return runScreen(screen, boardTable(rows), (place) => markets[place] ?? null);
}

describe('expressions', () => {
  it.each([
    ['change > 2.9', 1],
    ['change >= 3 and change <= 3', 1],
    ['change > 3', 0],
    ['volume > 2 * avgVolume20', 1],
    ['volume > 1 + 2 * 1500', 0],
    ['volume > (1 + 2) * 999', 1],
    ['last - base = 300', 1],
    ['last − base = 300', 1],
    ['-changeWon < 0', 1],
    ['cap >= 103억', 1],
    ['cap > 103억', 0],
    ['value >= 3,000만', 1],
    ['등락률 > 2% 그리고 거래량 > 1천'.replace('1천', '1,000'), 1],
    ['change > 5 or position > 70', 1],
    ['change > 5 or not position > 80', 1],
    ['not (change > 5 or position > 70)', 0],
    ['not halted', 1],
    ['halted or change > 1', 1],
    ['AVGVOLUME20 = 1400', 1],
    ['last != base', 1],
    ['volumeRatio > 2.1 && volumeRatio < 2.2', 1],
  ])('%s', (source, expected) => {
    expect(asked(source, ROW, { avgVolume20: 1_400 })).toBe(expected);
  });

  it('judge and before or, and times before plus', () => {
    expect(asked('change > 5 and change > 5 or change > 1')).toBe(1);
    expect(asked('change > 1 or change > 5 and change > 5')).toBe(1);
    expect(asked('2 + 3 * 4 = 14 and 20 / 5 / 2 = 2 and 10 - 3 - 2 = 5')).toBe(1);
  });

  it.each([
    ['', 'empty', 0, 0, ''],
    ['change >', 'wantsNumber', 8, 0, ''],
    ['change > 3 and', 'wantsNumber', 14, 0, ''],
    ['chnge > 3', 'name', 0, 5, 'chnge'],
    ['change > 3 & volume > 1', 'character', 11, 1, '&'],
    ['(change > 3', 'unclosed', 0, 1, '('],
    ['change > 3)', 'extra', 10, 1, ')'],
    ['change > 3 volume > 1', 'missing', 11, 6, 'volume'],
    ['change', 'wantsCondition', 0, 6, 'change'],
    ['change > 3 and 5', 'wantsCondition', 15, 1, '5'],
    ['(change > 3) + 1 > 2', 'wantsNumber', 0, 1, '('],
    ['change > 3개', 'number', 9, 2, '3개'],
    ['change > 1.2.3', 'number', 9, 5, '1.2.3'],
    ['1 < change < 3', 'missing', 11, 1, '<'],
    ['eval(1) > 0', 'name', 0, 4, 'eval'],
  ])('say where %s is wrong', (source, code, at, length, word) => {
    expect(mistake(source)).toEqual({ code, at, length, word });
  });

  it('are bounded in length and depth', () => {
    expect(mistake(`change > ${'1'.repeat(EXPRESSION_LIMIT)}`)).toMatchObject({
      code: 'tooLong',
      at: EXPRESSION_LIMIT,
    });
    expect(mistake(`${'('.repeat(100)}change > 1${')'.repeat(100)}`)).toMatchObject({ code: 'tooDeep' });
    expect(mistake(`${'not '.repeat(100)}halted`)).toMatchObject({ code: 'tooDeep' });
    expect(mistake(`${'('.repeat(30)}change > 1${')'.repeat(30)}`)).toBeNull();
  });

  it('never throw, whatever is typed', () => {
    const piece = fc.constantFrom(
      'change',
      '등락률',
      '(',
      ')',
      '>',
      'and',
      'not',
      '3',
      '2억',
      '-',
      '*',
      '$',
      ' ',
      '1.',
      'or',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const parsed = parseExpression(pieces.join(' '));
        if (!parsed.ok) expect(parsed.mistake.at).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('know a Korean name for what they can ask', () => {
    for (const [name, field] of Object.entries(FIELD_NAMES_KO)) {
      expect(SCREEN_FIELDS).toContain(field);
      expect(mistake(`${name} > 0`)).toBeNull();
    }
  });
});

describe('what is not known', () => {
  it.each([
    'return5 > -1000',
    'return5 <= 1000',
    'return5 != 0',
    'not return5 > 0',
    'avgVolume20 / 0 > 1',
    'volume / 0 > 1',
  ])('matches nothing: %s', (source) => {
    expect(asked(source)).toBeNaN();
  });

  it('stays open beside what decides alone', () => {
    expect(asked('return5 > 0 or change > 1')).toBe(1);
    expect(asked('change > 1 or return5 > 0')).toBe(1);
    expect(asked('return5 > 0 and change > 5')).toBe(0);
    expect(asked('return5 > 0 and change > 1')).toBeNaN();
    expect(asked('return5 > 0 or change > 5')).toBeNaN();
  });

  it('is every field of an issue of which nothing was told, except its flags', () => {
    const table = boardTable([{ flags: BOARD_FLAGS.unpriced }]);
    for (const field of SCREEN_FIELDS) {
      const parsed = parseExpression(`${field} >= -1000000000000`);
      if (!parsed.ok) throw new Error(field);
      const flag = ['halted', 'vi', 'upper', 'lower'].includes(field);
      expect(compileTree(parsed.tree, table)(0), field).toEqual(flag ? 1 : Number.NaN);
    }
  });
});

describe('a screen', () => {
  const rows: readonly BoardFigures[] = [
    { ...ROW },
    { ...ROW, last: 10_600 },
    { ...ROW, last: 9_700 },
    { ...ROW, last: 0 },
    { ...ROW, last: 10_900 },
  ];

  it('takes what meets all conditions and the expression, in the order asked for, and counts what is left', () => {
    const { places, left } = screened(
      {
        markets: ['KOSPI'],
        conditions: [{ field: 'change', comparison: '>', value: 0 }],
        expression: 'last < 10,800',
        sort: { field: 'change', descending: true },
      },
      rows,
      ['KOSPI', 'KOSPI', 'KOSPI', 'KOSPI', 'KOSPI'],
    );
    expect(places).toEqual([1, 0]);
    expect(left).toEqual([5, 3, 2]);
  });

  it('keeps issues without the figure last, whichever way it is sorted', () => {
    for (const descending of [true, false]) {
      const { places } = screened({ sort: { field: 'change', descending } }, rows);
      expect(places.at(-1)).toBe(3);
    }
  });

  it('leaves out other markets and those not known', () => {
    expect(screened({ markets: ['KOSDAQ'] }, rows, ['KOSPI', 'KOSDAQ']).places).toEqual([1]);
  });

  it('says which field it does not know, and where an expression is wrong', () => {
    expect(screenOf({ ...FILTER, conditions: [{ field: 'per', comparison: '>', value: 1 }] })).toEqual({
      ok: false,
      mistake: null,
      field: 'per',
    });
    expect(screenOf({ ...FILTER, expression: 'x > 1' })).toMatchObject({ ok: false, mistake: { code: 'name', at: 0 } });
  });

  it.each(Object.keys(STARTER_SCREENS) as StarterScreen[])('that ships can be read and kept: %s', (name) => {
    const filter = starterFilter(name);
    expect(screenOf(filter).ok).toBe(true);
    expect(ScreenerDocument.parse({ name: '이름', filter })).toEqual({ name: '이름', filter });
  });

  it('is kept strictly', () => {
    expect(ScreenerDocument.safeParse({ name: 'a', filter: { ...FILTER, more: 1 } }).success).toBe(false);
    expect(
      ScreenerDocument.safeParse({
        name: 'a',
        filter: { ...FILTER, conditions: [{ field: 'change', comparison: '~', value: 1 }] },
      }).success,
    ).toBe(false);
  });
});

describe('typed figures', () => {
  it.each([
    ['5,000억', 500_000_000_000],
    ['−3.5%', -3.5],
    ['-3', -3],
    ['2배', 2],
    ['1.5만', 15_000],
    ['+2 %', 2],
  ])('%s', (text, value) => {
    expect(figureFrom(text)).toBe(value);
  });

  it.each(['', '억', '1,00', '2억3', 'x', '1.2.3'])('%s is none', (text) => {
    expect(figureFrom(text)).toBeNull();
  });

  it('are written so that they are read back', () => {
    expect(figureText(500_000_000_000)).toBe('5,000억');
    expect(figureText(-3.5)).toBe('−3.5');
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000_000, max: 1_000_000_000_000_000 }), (value) => {
        expect(figureFrom(figureText(value))).toBe(value);
      }),
    );
  });
});
