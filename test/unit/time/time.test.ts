/** Korean time without a platform clock: dates, instants, sessions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  epochMs,
  isSessionDate,
  kstDate,
  kstInstant,
  kstTimeOfDayMs,
  kstTimeText,
  sessionDate,
  timeOfDayMs,
  tradingCalendar,
  weekday,
} from '#shared/time/index.ts';

describe('instants and dates', () => {
  it('agrees with the platform calendar for a century', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2099, 11, 31) }), (utc) => {
        const shifted = new Date(utc + 9 * 3_600_000).toISOString();
        const at = epochMs(utc);
        expect(kstDate(at)).toBe(shifted.slice(0, 10));
        expect(kstTimeText(at)).toBe(shifted.slice(11, 19));
        expect(kstInstant(kstDate(at), kstTimeOfDayMs(at))).toBe(utc);
        expect(weekday(kstDate(at))).toBe(new Date(utc + 9 * 3_600_000).getUTCDay());
      }),
    );
  });

  it('refuses days and times that do not exist', () => {
    expect(isSessionDate('2024-02-29')).toBe(true);
    for (const bad of ['2025-02-29', '2025-13-01', '2025-00-10', '2025-1-1', '20250101', '2025-04-31']) {
      expect(isSessionDate(bad)).toBe(false);
    }
    for (const bad of ['24:00', '9:00', '09:60', '09:00:61']) expect(() => timeOfDayMs(bad)).toThrow(RangeError);
    expect(timeOfDayMs('09:00:30.250')).toBe(32_430_250);
  });

  it('crosses month and leap ends', () => {
    expect(addDays(sessionDate('2024-02-28'), 2)).toBe('2024-03-01');
    expect(addDays(sessionDate('2025-01-01'), -1)).toBe('2024-12-31');
  });
});

describe('trading calendar', () => {
  const calendar = tradingCalendar({
    from: sessionDate('2025-01-01'),
    to: sessionDate('2025-12-31'),
    holidays: ['2025-01-01', '2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30'].map(sessionDate),
    shifted: [{ date: sessionDate('2025-01-02'), openDelayMin: 60, closeDelayMin: 0 }],
  });

  it('skips weekends and holidays both ways', () => {
    expect(calendar.isSession(sessionDate('2025-01-04'))).toBe(false);
    expect(calendar.addSessions(sessionDate('2025-01-24'), 2)).toBe('2025-02-03');
    expect(calendar.addSessions(sessionDate('2025-02-03'), -2)).toBe('2025-01-24');
    expect(calendar.sessionOnOrAfter(sessionDate('2025-01-25'))).toBe('2025-01-31');
    expect(calendar.shift(sessionDate('2025-01-02')).openDelayMin).toBe(60);
  });

  it('never guesses a day outside its facts', () => {
    expect(() => calendar.isSession(sessionDate('2026-01-02'))).toThrow(/covers/);
  });
});
