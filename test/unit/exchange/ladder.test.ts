/** The numbered prices of a day. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BandLadder } from '#shared/exchange/book/ladder.ts';
import { isOnTick, priceLimits, roundToTick, tickTable } from '#shared/market/index.ts';
import { DAY } from '#test/support/exchange.ts';

const table = tickTable('KOSPI', DAY);

describe('ladder', () => {
  it('numbers exactly the valid prices between the limits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_500_000 }), (raw) => {
        const basePrice = roundToTick(table, raw, 'up');
        const limits = priceLimits({ market: 'KOSPI', date: DAY, basePrice });
        const ladder = new BandLadder(table, limits);
        expect(ladder.priceAt(0)).toBe(limits.lower);
        expect(ladder.priceAt(ladder.size - 1)).toBe(limits.upper);
        for (let at = 0; at < ladder.size; at += 1) {
          const price = ladder.priceAt(at);
          expect(ladder.indexOf(price)).toBe(at);
          if (at > 0) expect(roundToTick(table, price - 1, 'down')).toBe(ladder.priceAt(at - 1));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('places any price between its neighbours', () => {
    const ladder = new BandLadder(table, { lower: 1_400, upper: 2_600 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000 }), (price) => {
        const [floor, ceil] = [ladder.floorIndex(price), ladder.ceilIndex(price)];
        const valid = isOnTick(table, price) && price >= 1_400 && price <= 2_600;
        expect(ladder.indexOf(price)).toBe(valid ? ceil : -1);
        expect(ceil - floor).toBe(valid ? 0 : 1);
        if (floor >= 0) expect(ladder.priceAt(floor)).toBeLessThanOrEqual(price);
        if (ceil < ladder.size) expect(ladder.priceAt(ceil)).toBeGreaterThanOrEqual(price);
      }),
    );
  });

  it('refuses nonsense and more than it can hold', () => {
    expect(() => new BandLadder(table, { lower: 10, upper: 9 })).toThrow(RangeError);
    expect(() => new BandLadder(table, { lower: 0, upper: 9 })).toThrow(RangeError);
    expect(() => new BandLadder([{ lt: null, tick: 1 }], { lower: 1, upper: 500_000 })).toThrow(RangeError);
  });
});
