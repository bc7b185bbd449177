/** Daily price limits against the vectors of the rules. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  basePriceFrom,
  firstPriceBand,
  hasNoLimits,
  isOnTick,
  limitRule,
  offHoursLimits,
  priceLimits,
  roundToTick,
  tickTable,
  tradingUnit,
} from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/price-limits.json' with { type: 'json' };

const date = sessionDate('2026-11-24');

describe('price limits', () => {
  it.each(vectors.stock)('stock at $base: $upper / $lower', ({ base, upper, lower }) => {
    expect(priceLimits({ market: 'KOSPI', date, basePrice: base })).toEqual({ upper, lower });
    expect(priceLimits({ market: 'KOSDAQ', date, basePrice: base })).toEqual({ upper, lower });
  });

  it.each(vectors.etf)('ETF x$multiple at $base: $upper / $lower', ({ base, multiple, upper, lower }) => {
    const etf = { market: 'KOSPI', date, basePrice: base, product: 'etp' } as const;
    expect(priceLimits({ ...etf, multiple })).toEqual({ upper, lower });
    expect(priceLimits({ ...etf, multiple: -multiple })).toEqual({ upper, lower });
  });

  it.each(vectors.newListing)('first day at $base: $upper / $lower', ({ base, upper, lower }) => {
    expect(priceLimits({ market: 'KOSPI', date, basePrice: base, newListing: true })).toEqual({ upper, lower });
  });

  it('a multiple below one does not narrow the limits', () => {
    const etf = { market: 'KOSPI', date, basePrice: 10_000, product: 'etp' } as const;
    expect(priceLimits({ ...etf, multiple: 0.5 })).toEqual(priceLimits(etf));
  });

  it('uses the table of the day', () => {
    // 98,900 x 0.3 = 29,670, cut down to the old tick of 100: 29,600. 128,500 has a tick of 500 there.
    const old = priceLimits({ market: 'KOSPI', date: sessionDate('2022-02-03'), basePrice: 98_900 });
    expect(old).toEqual({ upper: 128_500, lower: 69_300 });
    const kosdaq = priceLimits({ market: 'KOSDAQ', date: sessionDate('2022-02-03'), basePrice: 101_000 });
    expect(kosdaq).toEqual({ upper: 131_300, lower: 70_700 });
  });

  it('knows what is sure and what is not', () => {
    expect(limitRule('KOSPI', date)).toMatchObject({ percent: 30, status: 'C' });
    expect(limitRule('KONEX', date)).toMatchObject({ percent: 15, status: 'U' });
    expect(limitRule('KOSPI', sessionDate('2015-06-12'))).toMatchObject({ percent: 15, status: 'U' });
    expect(() => limitRule('KOSPI', sessionDate('1990-01-03'))).toThrow(RangeError);
  });

  it('at the least price the lower limit is the base', () => {
    expect(priceLimits({ market: 'KOSPI', date, basePrice: 1 })).toEqual({ upper: 2, lower: 1 });
    expect(priceLimits({ market: 'KOSPI', date, basePrice: 2 })).toEqual({ upper: 3, lower: 1 });
  });

  it('are valid prices within the width, and the next ones out are beyond it', () => {
    const table = tickTable('KOSPI', date);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2_000_000 }), (raw) => {
        const base = roundToTick(table, raw, 'up');
        const { upper, lower } = priceLimits({ market: 'KOSPI', date, basePrice: base });
        expect(isOnTick(table, upper) && isOnTick(table, lower)).toBe(true);
        expect(lower <= base && base <= upper).toBe(true);
        expect((upper - base) * 10 <= Math.max(base * 3, 10)).toBe(true);
        expect((base - lower) * 10 <= Math.max(base * 3, 10)).toBe(true);
      }),
    );
  });
});

describe('base price', () => {
  it('goes up to the next valid price', () => {
    expect(basePriceFrom({ market: 'KOSPI', date, close: 53_400 })).toBe(53_400);
    expect(basePriceFrom({ market: 'KOSPI', date, close: 53_401 })).toBe(53_500);
    expect(basePriceFrom({ market: 'KOSPI', date, close: 199_950 })).toBe(200_000);
  });
});

describe('days and products with other limits', () => {
  it.each([
    // 50 % and 200 % of 12,345: 6,172.5 up to 6,180 and 24,690 down to 24,650 (tick 50 there).
    ['relisting', 12_345, { lower: 6_180, upper: 24_650 }],
    ['longHalt', 10_000, { lower: 5_000, upper: 20_000 }],
    ['capitalReduction', 10_000, { lower: 5_000, upper: 15_000 }],
    ['etnSplit', 1, { lower: 1, upper: 1 }],
  ] as const)('first price after %s of %i', (kind, appraisal, band) => {
    expect(firstPriceBand({ market: 'KOSPI', date, appraisal, kind })).toMatchObject(band);
  });

  it('off-hours single prices stay within ten percent of the close and the limits of the day', () => {
    const before = sessionDate('2026-09-11');
    const day = priceLimits({ market: 'KOSPI', date: before, basePrice: 10_000 });
    expect(offHoursLimits({ market: 'KOSPI', date: before, close: 10_500, day })).toEqual({
      upper: 11_550,
      lower: 9_450,
    });
    expect(offHoursLimits({ market: 'KOSPI', date: before, close: 12_900, day })).toEqual({
      upper: 13_000,
      lower: 11_610,
    });
  });

  it('ELW have none, a tick of five won, and trade by the ten', () => {
    expect(hasNoLimits('elw')).toBe(true);
    expect(hasNoLimits('stock')).toBe(false);
    expect(() => priceLimits({ market: 'KOSPI', date, basePrice: 100, product: 'elw' })).toThrow(RangeError);
    expect(tickTable('KOSPI', date, 'elw')).toEqual([{ lt: null, tick: 5 }]);
    expect([tradingUnit('elw'), tradingUnit('etp'), tradingUnit('stock')]).toEqual([10, 1, 1]);
  });
});
