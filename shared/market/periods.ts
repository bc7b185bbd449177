/** Weeks, months and years of a chart, made of days: a period opens with its first trading day. */
import { addDays, epochMs, kstDate, kstInstant, sessionDate, weekday } from '../time/index.ts';

export const PERIODS = ['1w', '1M', '1y'] as const;
export type Period = (typeof PERIODS)[number];

export interface PeriodBar {
  readonly openTs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The instant at which the period of a day begins: Monday, the first of the month, the first of the year, in Korea. */
export function periodStart(openTs: number, period: Period): number {
  const date = kstDate(epochMs(openTs));
  if (period === '1w') return kstInstant(addDays(date, -((weekday(date) + 6) % 7)), 0);
  return kstInstant(sessionDate(period === '1M' ? `${date.slice(0, 7)}-01` : `${date.slice(0, 4)}-01-01`), 0);
}

/** Adds a later day to a period. */
function joined(period: PeriodBar, day: PeriodBar): PeriodBar {
  return {
    ...period,
    high: Math.max(period.high, day.high),
    low: Math.min(period.low, day.low),
    close: day.close,
    volume: period.volume + day.volume,
  };
}

/** Days, oldest first, as bars of periods. */
export function barsOfPeriods(days: readonly PeriodBar[], period: Period): PeriodBar[] {
  const bars: PeriodBar[] = [];
  for (const day of days) {
    const openTs = periodStart(day.openTs, period);
    const last = bars.at(-1);
    if (last?.openTs === openTs) bars[bars.length - 1] = joined(last, day);
    else bars.push({ ...day, openTs });
  }
  return bars;
}
