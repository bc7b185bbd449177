/** Exact integer money: no rounding unless named, no silent overflow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountKrw, divInt, krw, mulDiv, mulInt, shareKrw, type Rounding } from '#shared/num/index.ts';

function reference(a: bigint, divisor: bigint, rounding: Rounding): bigint {
  let floor = a / divisor;
  if (a % divisor < 0n) floor -= 1n;
  const rest = a - floor * divisor;
  if (rounding === 'floor' || rest === 0n) return floor;
  if (rounding === 'ceil') return floor + 1n;
  return rest * 2n >= divisor ? floor + 1n : floor;
}

const rounding = fc.constantFrom<Rounding>('floor', 'ceil', 'halfUp');

describe('checked arithmetic', () => {
  it('divides like exact integers in every rounding', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 1_000_000_007 }), rounding, (a, d, how) => {
        expect(BigInt(divInt(a, d, how))).toBe(reference(BigInt(a), BigInt(d), how));
      }),
    );
  });

  it('multiplies and divides exactly where the product leaves the safe range', () => {
    const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
    const rate = fc.integer({ min: 0, max: 1_000_000_000 });
    fc.assert(
      fc.property(amount, rate, rounding, (a, r, how) => {
        expect(BigInt(mulDiv(a, r, 1_000_000_000, how))).toBe(reference(BigInt(a) * BigInt(r), 1_000_000_000n, how));
      }),
    );
  });

  it('throws instead of losing digits', () => {
    expect(() => mulInt(2 ** 40, 2 ** 40)).toThrow(RangeError);
    expect(() => krw(0.5)).toThrow(RangeError);
    expect(() => amountKrw(Number.MAX_SAFE_INTEGER, 2)).toThrow(RangeError);
    expect(() => divInt(1, 0, 'floor')).toThrow(RangeError);
  });

  it('takes the commission of 0.0140527 % exactly', () => {
    // 10,000,000 won × 0.000140527 = 1,405.27 won
    expect(shareKrw(krw(10_000_000), 140_527, 'floor')).toBe(1_405);
    expect(shareKrw(krw(10_000_000), 140_527, 'ceil')).toBe(1_406);
    expect(shareKrw(krw(10_000_000), 140_527, 'floor', 10)).toBe(1_400);
  });
});
