/** Mandates: what a trade does to one, and that a trailing distance is never shorter than asked for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeTrade, trailingPrice, type TrailingDistance } from '#shared/domain/index.ts';

const rate = (value: number): TrailingDistance => ({ by: 'rate', value });
const PPB = 1_000_000_000n;

describe('a trailing distance', () => {
  it('is rounded away from the price: a trade at the best price never sets it off', () => {
    expect(trailingPrice('sell', rate(1_000_000), 500)).toBe(499);
    expect(trailingPrice('sell', rate(10_000_000), 9_990)).toBe(9_890);
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10_000_000 }),
        fc.integer({ min: 1_000_000, max: 300_000_000 }),
        fc.constantFrom('sell' as const, 'buy' as const),
        (price, value, side) => {
          const trigger = { kind: 'trailing' as const, distance: rate(value) };
          expect(judgeTrade({ side, trigger, extreme: null }, price)).toEqual({ fires: false, extreme: price });
          const away = BigInt(Math.abs(price - trailingPrice(side, rate(value), price)));
          expect(away * PPB >= BigInt(price) * BigInt(value)).toBe(true);
          expect((away - 1n) * PPB < BigInt(price) * BigInt(value)).toBe(true);
        },
      ),
    );
  });

  it('only ever follows the price in favour of the holder', () => {
    const walk = fc.array(fc.integer({ min: 1_000, max: 20_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(walk, fc.integer({ min: 1, max: 900 }), (prices, value) => {
        const trigger = { kind: 'trailing' as const, distance: { by: 'amount' as const, value } };
        let extreme: number | null = null;
        for (const [place, price] of prices.entries()) {
          const judged = judgeTrade({ side: 'sell', trigger, extreme }, price);
          const best = Math.max(...prices.slice(0, place + 1));
          expect(judged).toEqual({ extreme: best, fires: price <= best - value });
          if (judged.fires) return;
          ({ extreme } = judged);
        }
      }),
    );
  });
});

describe('a price', () => {
  it('is reached by a touch and by a gap, from its own side', () => {
    const at = (when: 'atOrBelow' | 'atOrAbove', price: number) =>
      judgeTrade({ side: 'sell', trigger: { kind: 'price', when, price: 9_500 }, extreme: null }, price).fires;
    expect([9_501, 9_500, 1].map((price) => at('atOrBelow', price))).toEqual([false, true, true]);
    expect([9_499, 9_500, 99_999].map((price) => at('atOrAbove', price))).toEqual([false, true, true]);
  });
});
