/** The parts of ordinary and shifted days. */
import { describe, expect, it } from 'vitest';
import { daySchedule } from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { kstDate, kstTimeText, sessionDate } from '#shared/time/index.ts';

function parts(date: string): string[] {
  const schedule = daySchedule(krxCalendar, sessionDate(date));
  for (const part of schedule.parts) expect(kstDate(part.startTs)).toBe(date);
  return schedule.parts.map(
    (p) => `${p.phase} ${kstTimeText(p.startTs).slice(0, 5)}-${kstTimeText(p.endTs).slice(0, 5)}`,
  );
}

const ordinary = [
  'preOpen 08:00-08:30',
  'openAuction 08:30-09:00',
  'continuous 09:00-15:20',
  'closeAuction 15:20-15:30',
  'closed 15:30-16:00',
];

describe('day schedule', () => {
  it('is the same before and after the reform of 2026-09-14', () => {
    expect(parts('2026-09-11')).toEqual(ordinary);
    expect(parts('2026-09-14')).toEqual(ordinary);
    expect(parts('2024-01-03')).toEqual(ordinary);
  });

  it('the first trading day opens at 10:00 and closes as usual', () => {
    expect(parts('2026-01-02')).toEqual([
      'preOpen 09:00-09:30',
      'openAuction 09:30-10:00',
      'continuous 10:00-15:20',
      'closeAuction 15:20-15:30',
      'closed 15:30-16:00',
    ]);
  });

  it('on the exam day everything is an hour later', () => {
    expect(parts('2026-11-19')).toEqual([
      'preOpen 09:00-09:30',
      'openAuction 09:30-10:00',
      'continuous 10:00-16:20',
      'closeAuction 16:20-16:30',
      'closed 16:30-17:00',
    ]);
  });

  it('before August 2016 the market closed at 15:00', () => {
    expect(parts('2015-06-15')[3]).toBe('closeAuction 14:50-15:00');
  });

  it('has no gaps, and random ends only where orders are collected', () => {
    const { parts: list } = daySchedule(krxCalendar, sessionDate('2026-11-24'));
    for (const [at, part] of list.entries()) {
      const next = list[at + 1];
      if (next) expect(next.startTs).toBe(part.endTs);
      expect(part.randomEndMs).toBe(part.phase === 'openAuction' || part.phase === 'closeAuction' ? 30_000 : 0);
    }
  });

  it('refuses a day whose hours are not known', () => {
    expect(() => daySchedule(krxCalendar, sessionDate('1999-12-30'))).toThrow(RangeError);
  });
});
