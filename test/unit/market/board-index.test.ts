/** The index counted from the board. */
import { describe, expect, it } from 'vitest';
import { boardIndex, OWN_INDEX_BASE } from '#shared/market/index.ts';
import { boardTable } from '#test/support/board.ts';

const ALL = (): boolean => true;

describe('the own index', () => {
  it('weighs by capitalisation, from the base prices', () => {
    const table = boardTable([
      { last: 110, base: 100, shares: 300 },
      { last: 90, base: 100, shares: 100 },
    ]);
    expect(boardIndex(table, ALL)).toEqual({
      value: OWN_INDEX_BASE * 1.05,
      changePercent: expect.closeTo(5, 10) as number,
      issues: 2,
      rising: 1,
      falling: 1,
    });
  });

  it('holds an untraded issue at its base and leaves out what it cannot count', () => {
    const table = boardTable([
      { last: 0, base: 100, shares: 100 },
      { last: 200, base: 100, shares: 0 },
      { last: 200, base: 0, shares: 100 },
      { last: 200, base: 100, shares: 100, asOf: 5 },
    ]);
    expect(boardIndex(table, ALL)).toMatchObject({ value: OWN_INDEX_BASE, issues: 1, rising: 0, falling: 0 });
    expect(boardIndex(table, () => false)).toBeNull();
  });

  it('counts records on a board of records', () => {
    const table = boardTable([{ last: 101, base: 100, shares: 10, asOf: 5 }], { scope: 'records' });
    expect(boardIndex(table, ALL)?.changePercent).toBeCloseTo(1, 10);
  });
});
