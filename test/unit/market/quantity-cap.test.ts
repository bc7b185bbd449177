/** The largest quantity of one order by market capitalisation. */
import { describe, expect, it } from 'vitest';
import { quantityCap } from '#shared/market/index.ts';

describe('quantity cap', () => {
  it.each([
    // 10 tn won and more: 100 bn won divided by the base price
    ['large', 53_400, 5_969_782_550, 1_872_659],
    ['exactly 10 tn', 10_000, 1_000_000_000, 10_000_000],
    // 100 bn to 10 tn: 1 % of the listed shares
    ['just below 10 tn', 10_000, 999_999_999, 9_999_999],
    ['exactly 100 bn', 10_000, 10_000_000, 100_000],
    // 20 bn to 100 bn: 1 bn won divided by the base price
    ['just below 100 bn', 10_000, 9_999_999, 100_000],
    ['exactly 20 bn', 7_000, 2_857_143, 142_857],
    // below: 5 % of the listed shares
    ['just below 20 bn', 10_000, 1_999_999, 99_999],
    ['tiny', 100, 10, 1],
  ])('%s: base %i, %i shares, at most %i', (_name, basePrice, listedShares, cap) => {
    expect(quantityCap({ basePrice, listedShares })).toBe(cap);
  });

  it('is unknown where the listed shares are', () => {
    expect(quantityCap({ basePrice: 1_000, listedShares: null })).toBeNull();
  });
});
