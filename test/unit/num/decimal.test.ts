/** Decimal text and whole numbers: exact both ways, rounded only where it is asked for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, scaledFrom, foreignFrom, foreignText } from '#shared/num/index.ts';

describe('decimal text', () => {
  it.each([
    ['190.25', 4, 1_902_500],
    ['0.0001', 4, 1],
    [' 1,091.2600 ', 4, 10_912_600],
    ['-0.5', 4, -5_000],
    ['007', 0, 7],
    ['.5', 1, 5],
    ['5.', 1, 50],
    ['0', 4, 0],
    ['-0.00', 4, 0],
  ])('%s with %i places is %i', (text, digits, expected) => {
    expect(scaledFrom(text, digits)).toBe(expected);
  });

  it.each(['', '-', '.', '1.2.3', '1e5', 'NaN', '0x10', '12원', '99999999999999999999'])('%s is none', (text) => {
    expect(scaledFrom(text, 4)).toBeNull();
  });

  it('finer than its places is refused, or rounded the way that is named', () => {
    expect(scaledFrom('1.00005', 4)).toBeNull();
    expect(scaledFrom('1.00005', 4, 'halfUp')).toBe(10_001);
    expect(scaledFrom('1.00004999', 4, 'halfUp')).toBe(10_000);
    expect(scaledFrom('-1.00005', 4, 'halfUp')).toBe(-10_000);
    expect(scaledFrom('-1.000051', 4, 'halfUp')).toBe(-10_001);
    expect(scaledFrom('1.00009', 4, 'floor')).toBe(10_000);
    expect(scaledFrom('-1.00001', 4, 'floor')).toBe(-10_001);
    expect(scaledFrom('1.00001', 4, 'ceil')).toBe(10_001);
    expect(scaledFrom('-1.00009', 4, 'ceil')).toBe(-10_000);
  });

  it('comes back as the same number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
        fc.integer({ min: 0, max: 6 }),
        (value, digits) => {
          expect(scaledFrom(decimalText(value, digits), digits)).toBe(value);
        },
      ),
    );
  });
});

describe('dollars', () => {
  it.each([
    [1_902_500, '190.25'],
    [12_345_678_900, '1,234,567.89'],
    [1, '0.0001'],
    [-15_000, '−1.50'],
    [0, '0.00'],
  ])('%i is %s', (minor, text) => {
    expect(foreignText(minor)).toBe(text);
    if (minor >= 0) expect(foreignFrom(text)).toBe(minor);
  });
});
