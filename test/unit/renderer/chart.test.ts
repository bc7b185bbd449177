/** What is drawn: averages, marks of fills, labels that do not overlap, curves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill } from '#shared/domain/index.ts';
import { POINTS, polyline, standIns } from '../../../renderer/panels/account/parts/curve.ts';
import { barAt, fillMarks } from '../../../renderer/panels/chart/parts/marks.ts';
import { apart } from '../../../renderer/panels/chart/parts/pills.tsx';

const bar = (openTs: number) => ({ openTs, open: 1, high: 1, low: 1, close: 1, volume: 1 });

describe('marks of fills', () => {
  const fill = (exchangeTs: number, side: 'buy' | 'sell', quantity: number): Fill =>
    ({ exchangeTs, side, quantity }) as Fill;
  const bars = [bar(0), bar(60), bar(180)];

  it('find the candle of an instant', () => {
    expect(barAt(bars, -1)).toBe(-1);
    expect(barAt(bars, 59)).toBe(0);
    expect(barAt(bars, 60)).toBe(1);
    expect(barAt(bars, 1_000)).toBe(2);
  });

  it('sum by candle and side, and leave out what lies between or outside the candles', () => {
    const fills = [
      fill(10, 'buy', 3),
      fill(20, 'buy', 4),
      fill(30, 'sell', 1),
      fill(130, 'buy', 9),
      fill(-5, 'buy', 9),
      fill(999, 'buy', 9),
    ];
    expect(fillMarks(bars, fills, 60)).toEqual([
      { openTs: 0, side: 'buy', quantity: 7 },
      { openTs: 0, side: 'sell', quantity: 1 },
    ]);
  });
});

describe('labels', () => {
  it('are pushed apart and keep their order', () => {
    expect(apart([10, 12, 100], 20)).toEqual([10, 30, 100]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 12 }), (heights) => {
        const placed = [...apart(heights, 19)].sort((a, b) => a - b);
        for (let i = 1; i < placed.length; i += 1)
          expect((placed[i] ?? 0) - (placed[i - 1] ?? 0)).toBeGreaterThanOrEqual(19);
      }),
    );
  });
});

describe('the equity curve', () => {
  it('keeps the first, the last and the extremes, within its bound', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => (i === 4_321 ? -50 : i === 7_000 ? 900 : i % 10));
    const kept = standIns(values, POINTS);
    expect(kept.length).toBeLessThanOrEqual(POINTS);
    for (const index of [0, 9_999, 4_321, 7_000]) expect(kept).toContain(index);
  });

  it('lies in the middle where nothing has happened', () => {
    expect(polyline([5, 5], { width: 100, height: 40 }, 5)).toEqual({ points: '0.0,20.0 100.0,20.0', referenceY: 20 });
  });

  it('shows the start as well as the highest and lowest', () => {
    expect(polyline([10, 30], { width: 100, height: 40 }, 20)).toEqual({
      points: '0.0,40.0 100.0,0.0',
      referenceY: 20,
    });
  });
});
