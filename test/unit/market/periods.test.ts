/** Weeks, months and years out of days. */
import { describe, expect, it } from 'vitest';
import { barsOfPeriods, periodStart, PERIODS } from '#shared/market/index.ts';
import { kstDate, epochMs, kstInstant, sessionDate } from '#shared/time/index.ts';

const day = (date: string, price: number) => ({
  openTs: kstInstant(sessionDate(date), 0),
  open: price,
  high: price + 5,
  low: price - 5,
  close: price + 1,
  volume: 10,
});

describe('periods', () => {
  it.each([
    ['1w', '2025-02-12', '2025-02-10'],
    ['1w', '2025-02-10', '2025-02-10'],
    ['1w', '2025-02-16', '2025-02-10'],
    ['1M', '2025-02-28', '2025-02-01'],
    ['1y', '2025-12-30', '2025-01-01'],
  ] as const)('%s of %s begins %s', (period, date, start) => {
    expect(kstDate(epochMs(periodStart(kstInstant(sessionDate(date), 0), period)))).toBe(start);
  });

  it('open with the first day, close with the last, and hold every trade between', () => {
    const days = [day('2025-02-07', 100), day('2025-02-10', 110), day('2025-02-11', 90), day('2025-03-03', 95)];
    const weeks = barsOfPeriods(days, '1w');
    expect(weeks.map(({ open, high, low, close, volume }) => [open, high, low, close, volume])).toEqual([
      [100, 105, 95, 101, 10],
      [110, 115, 85, 91, 20],
      [95, 100, 90, 96, 10],
    ]);
    for (const period of PERIODS)
      expect(barsOfPeriods(days, period).reduce((sum, bar) => sum + bar.volume, 0)).toBe(40);
  });
});
