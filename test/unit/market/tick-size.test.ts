/** Tick tables by date and market, against the rule vectors and the properties of any table. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOnTick,
  nextTickDown,
  nextTickUp,
  roundToTick,
  tickAt,
  ticksBetween,
  tickTable,
  type TickTable,
} from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/ticks.json' with { type: 'json' };

const now = tickTable('KOSPI', sessionDate('2026-11-24'));
const oldKospi = tickTable('KOSPI', sessionDate('2023-01-20'));
const oldKosdaq = tickTable('KOSDAQ', sessionDate('2022-02-03'));

describe('tick tables', () => {
  it('equal the rules, by market and date', () => {
    expect(now).toEqual(vectors.stock.bands);
    for (const market of ['KOSPI', 'KOSDAQ', 'KONEX'] as const) {
      expect(tickTable(market, sessionDate('2023-01-25'))).toEqual(vectors.stock.bands);
    }
    expect(oldKospi).toEqual(vectors.before20230125.KOSPI);
    expect(oldKosdaq).toEqual(vectors.before20230125.KOSDAQ);
    expect(tickTable('KOSPI', sessionDate('2026-01-02'), 'etp')).toEqual(vectors.etp.bands);
  });

  it('refuse a day before the first known table', () => {
    expect(() => tickTable('KOSPI', sessionDate('1999-01-04'))).toThrow(RangeError);
  });

  it.each([
    [1_999, 1],
    [2_000, 5],
    [4_995, 5],
    [5_000, 10],
    [19_990, 10],
    [20_000, 50],
    [49_950, 50],
    [50_000, 100],
    [199_900, 100],
    [200_000, 500],
    [499_500, 500],
    [500_000, 1_000],
  ])('at %i won the tick is %i', (price, tick) => {
    expect(tickAt(now, price)).toBe(tick);
  });

  it('knows the old KOSDAQ table, which stops at 100', () => {
    expect(tickAt(oldKosdaq, 700_000)).toBe(100);
    expect(tickAt(oldKospi, 700_000)).toBe(1_000);
    expect(isOnTick(oldKosdaq, 150_100)).toBe(true);
    expect(isOnTick(oldKospi, 150_100)).toBe(false);
  });
});

describe('steps on the table', () => {
  it('cross band edges in both directions', () => {
    expect(nextTickUp(now, 1_999)).toBe(2_000);
    expect(nextTickDown(now, 2_000)).toBe(1_999);
    expect(nextTickDown(now, 200_000)).toBe(199_900);
    expect(nextTickUp(now, 199_950)).toBe(200_000);
    expect(nextTickDown(now, 1)).toBe(0);
    expect(roundToTick(now, 199_999, 'up')).toBe(200_000);
    expect(roundToTick(now, 199_999, 'down')).toBe(199_900);
    expect(roundToTick(now, 1_998.5, 'up')).toBe(1_999);
    expect(ticksBetween(now, { from: 1_998, to: 2_010 })).toBe(4);
    expect(ticksBetween(now, { from: 2_010, to: 1_998 })).toBe(-4);
  });

  it.each([0, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no valid price', (price) => {
    expect(isOnTick(now, price)).toBe(false);
  });

  const tables = fc.constantFrom<TickTable>(
    now,
    oldKospi,
    oldKosdaq,
    tickTable('KOSPI', sessionDate('2026-01-02'), 'etp'),
  );
  const prices = fc.integer({ min: 1, max: 3_000_000 });

  it('rounding brackets the price by neighbouring valid prices', () => {
    fc.assert(
      fc.property(tables, prices, (table, price) => {
        const down = roundToTick(table, price, 'down');
        const up = roundToTick(table, price, 'up');
        expect(down <= price && price <= up).toBe(true);
        expect(isOnTick(table, up)).toBe(true);
        if (down > 0) expect(isOnTick(table, down)).toBe(true);
        if (down !== up && down > 0) expect(nextTickUp(table, down)).toBe(up);
      }),
    );
  });

  it('up and down undo each other, and the distance counts the steps', () => {
    fc.assert(
      fc.property(tables, prices, fc.integer({ min: 0, max: 50 }), (table, price, steps) => {
        const start = roundToTick(table, price, 'up');
        let at = start;
        for (let i = 0; i < steps; i += 1) at = nextTickUp(table, at);
        expect(ticksBetween(table, { from: start, to: at })).toBe(steps);
        for (let i = 0; i < steps; i += 1) at = nextTickDown(table, at);
        expect(at).toBe(start);
      }),
    );
  });
});
