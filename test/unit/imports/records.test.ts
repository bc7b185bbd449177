/** Rows of recorded minutes, trades and books, one by one. */
import { describe, expect, it } from 'vitest';
import { RecordCollector, recordMapper, timeOf } from '#core/market/imports/records.ts';

const MINUTES = ['code', 'date', 'time', 'open', 'high', 'low', 'close', 'volume'];
const TRADES = ['종목코드', '일자', '시각', '체결가', '체결량', '매수매도'];
const BOOKS = ['code', 'date', 'time', 'ask1', 'askqty1', 'bid1', 'bidqty1', 'ask2', 'askqty2', 'bid2', 'bidqty2'];

describe('a time of day', () => {
  it.each([
    ['09:00', 32_400_000],
    ['0900', 32_400_000],
    ['09:00:30', 32_430_000],
    ['090030', 32_430_000],
    ['09:00:30.125', 32_430_125],
    ['090030125', 32_430_125],
    ['32430125', 32_430_125],
    [' 15:30 ', 55_800_000],
  ])('%s', (text, ms) => expect(timeOf(text)).toBe(ms));

  it.each(['', '9:00', '25:00', '09:60', '86400000', '09:00:00.1', 'noon', '-1', '900'])('%j is none', (text) =>
    expect(timeOf(text)).toMatchObject({ problem: 'ROW_TIME' }),
  );
});

describe('minutes', () => {
  const { map } = recordMapper('minutes', MINUTES);
  const row = (...cells: string[]) => map(['005930', '2025-06-10', ...cells]);

  it('are read whole, on the start of their minute', () => {
    expect(row('09:01:59', '59900', '60,000', '59800', '59900', '12034')).toEqual({
      code: '005930',
      date: '2025-06-10',
      figures: [32_460_000, 59_900, 60_000, 59_800, 59_900, 12_034],
    });
    expect(row('0902', '59900', '59900', '59900', '59900', '0')).toMatchObject({
      figures: [32_520_000, 59_900, 59_900, 59_900, 59_900, 0],
    });
  });

  it.each([
    [['0901', '59900', '59800', '59800', '59900', '1'], 'ROW_PRICES'],
    [['0901', '59900', '60000', '59950', '59900', '1'], 'ROW_PRICES'],
    [['0901', '599.5', '60000', '59800', '59900', '1'], 'ROW_NUMBER'],
    [['0901', '59900', '60000', '59800', '59900', '-1'], 'ROW_NEGATIVE'],
    [['0901', '59900', '60000', '59800', '59900', '3000000000'], 'ROW_NUMBER'],
    [['0961', '59900', '60000', '59800', '59900', '1'], 'ROW_TIME'],
    [['0901', '', '60000', '59800', '59900', '1'], 'ROW_MISSING'],
  ])('%j is refused as %s', (cells, problem) => expect(row(...cells)).toMatchObject({ problem }));

  it('of an index have points in hundredths', () => {
    expect(map(['KOSPI', '20250610', '0901', '2855.77', '2860.1', '2850', '2855.77', '0'])).toEqual({
      code: 'KOSPI',
      date: '2025-06-10',
      figures: [32_460_000, 285_577, 286_010, 285_000, 285_577, 0],
    });
    expect(map(['KOSPJ', '20250610', '0901', '1', '1', '1', '1', '1'])).toMatchObject({ problem: 'ROW_CODE' });
  });

  it('need all their columns', () => {
    expect(() => recordMapper('minutes', MINUTES.slice(0, 6))).toThrow(/FILE_COLUMNS.*close, volume/);
  });
});

describe('trades', () => {
  const { map } = recordMapper('trades', TRADES);

  it.each([
    ['매수', 1],
    ['buy', 1],
    ['B', 1],
    ['매도', 2],
    ['2', 2],
    ['', 0],
  ])('of the side %j', (side, mark) => {
    expect(map(['005930', '20250610', '090000125', '59900', '300', side])).toMatchObject({
      figures: [32_400_125, 59_900, 300, mark],
    });
  });

  it.each([
    [['0', '300', ''], 'ROW_MISSING'],
    [['59900', '0', ''], 'ROW_MISSING'],
    [['59900', '300', 'both'], 'ROW_SIDE'],
  ])('%j are refused as %s', (cells, problem) => {
    expect(map(['005930', '20250610', '090000125', ...cells])).toMatchObject({ problem });
  });

  it('do without sides', () => {
    expect(recordMapper('trades', TRADES.slice(0, 5)).map(['005930', '20250610', '0900', '59900', '3'])).toMatchObject({
      figures: [32_400_000, 59_900, 3, 0],
    });
  });
});

describe('books', () => {
  const { map, levels } = recordMapper('books', BOOKS);

  it('have asks first, then bids, and empty levels', () => {
    expect(levels).toBe(2);
    expect(map(['005930', '20250610', '0900', '60000', '8', '59900', '7', '60100', '9', '', ''])).toMatchObject({
      figures: [32_400_000, 60_000, 8, 60_100, 9, 59_900, 7, 0, 0],
    });
  });

  it('that cross are refused, and so is a header without a level', () => {
    expect(map(['005930', '20250610', '0900', '60000', '8', '60000', '7', '60100', '9', '', ''])).toMatchObject({
      problem: 'ROW_BOOK',
    });
    expect(() => recordMapper('books', BOOKS.slice(0, 4))).toThrow('FILE_COLUMNS');
  });
});

describe('the collector', () => {
  it('sorts a day by time, keeps the order of one instant, and lets a minute come once', () => {
    const collector = new RecordCollector();
    const add = (figures: number[], line: number) =>
      collector.add({ code: 'A00001', date: '2025-06-10' as never, figures }, 'trades', line);
    for (const [line, time] of [
      [2, 30],
      [3, 10],
      [4, 30],
      [5, 20],
    ] as const)
      expect(add([time, line, 1, 0], line)).toBeNull();
    expect([...collector.stored('trades', 0)].map(({ columns }) => columns)).toEqual([
      [Int32Array.of(10, 20, 30, 30), Int32Array.of(3, 5, 2, 4), Int32Array.of(1, 1, 1, 1), Int32Array.of(0, 0, 0, 0)],
    ]);
    const minutes = new RecordCollector();
    const row = { code: 'A00001', date: '2025-06-10' as never, figures: [60_000, 1, 1, 1, 1, 1] };
    expect(minutes.add(row, 'minutes', 2)).toBeNull();
    expect(minutes.add(row, 'minutes', 9)).toBe(2);
    expect(minutes.summary().rows).toBe(1);
  });
});
