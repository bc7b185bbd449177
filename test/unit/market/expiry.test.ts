/** When holdings end by themselves: last days by short codes, ends of trading, maturities. */
import { describe, expect, it } from 'vitest';
import { endOn, krxCalendar, lastDayOfCode } from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const near = sessionDate('2026-11-27');

describe('the end of a holding', () => {
  it.each([
    ['KRXF:A01612', '2026-12-10'],
    ['KRXF:B01701350', '2027-01-14'],
    ['KRXJ:A11612', '2026-12-10'],
    // The last figure of a year is of the decade that lies nearest.
    ['KRXF:A01003', '2030-03-14'],
    ['KRXF:A01912', '2029-12-13'],
    ['KRXF:A01503', '2025-03-13'],
  ] as const)('%s is traded until %s', (id, day) => {
    expect(lastDayOfCode(id, near, krxCalendar)).toBe(day);
  });

  it.each(['KRXF:B09612360', 'KRXC:A75612', 'KRXF:101W09', 'KRX:005930'] as const)(
    'is not told by the code of %s',
    (id) => {
      expect(lastDayOfCode(id, near, krxCalendar)).toBeNull();
    },
  );

  it('is the end of trading on the last day of a contract, and the morning of the maturity of a bond', () => {
    expect(endOn('KRXF:A01612', sessionDate('2026-12-10'), krxCalendar).ts).toBe(
      Date.parse('2026-12-10T15:20:00+09:00'),
    );
    expect(endOn('BOND:KR6095572D81', sessionDate('2027-04-30'), krxCalendar).ts).toBe(
      Date.parse('2027-04-30T00:00:00+09:00'),
    );
  });
});
