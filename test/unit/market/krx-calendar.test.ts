/** The calendar and settlement dates against the published holidays. */
import { describe, expect, it } from 'vitest';
import { cashDates, krxCalendar, settlementDate } from '#shared/market/index.ts';
import { addDays, sessionDate, weekday, type SessionDate } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/calendar.json' with { type: 'json' };

type Year = keyof typeof vectors.holidays;
const years = Object.keys(vectors.holidays) as Year[];

describe('the exchange calendar', () => {
  it.each(years)('%s: open on every weekday but the listed ones', (year) => {
    const closed = new Set(vectors.holidays[year].map((day) => `${year}-${day}`));
    let found = 0;
    for (let date = sessionDate(`${year}-01-01`); date <= `${year}-12-31`;) {
      const weekend = weekday(date) === 0 || weekday(date) === 6;
      expect(krxCalendar.isSession(date), date).toBe(!weekend && !closed.has(date));
      if (closed.has(date)) found += 1;
      if (date === '2027-12-31') break;
      date = addDays(date, 1);
    }
    expect(found).toBe(closed.size);
  });

  it.each(years)('%s: first day opens an hour late, the exam day runs an hour late', (year) => {
    const first = vectors.firstTradingDay[year] as SessionDate;
    expect(krxCalendar.sessionOnOrAfter(sessionDate(`${year}-01-01`))).toBe(first);
    expect(krxCalendar.shift(first)).toEqual({ openDelayMin: 60, closeDelayMin: 0 });
    expect(krxCalendar.shift(vectors.collegeExam[year] as SessionDate)).toEqual({
      openDelayMin: 60,
      closeDelayMin: 60,
    });
  });

  it('an unknown year is not guessed', () => {
    expect(() => krxCalendar.isSession(sessionDate('2028-01-03'))).toThrow(RangeError);
  });
});

describe('settlement', () => {
  it.each([
    ['2026-11-24', '2026-11-26'],
    ['2026-11-26', '2026-11-30'],
    ['2025-10-02', '2025-10-13'],
    ['2024-12-27', '2025-01-02'],
  ])('a trade on %s is paid on %s', (trade, paid) => {
    expect(settlementDate(krxCalendar, sessionDate(trade))).toBe(paid);
  });

  it('D+1 and D+2 of the last session before a long holiday', () => {
    expect(cashDates(krxCalendar, sessionDate('2025-01-24'))).toEqual({ d1: '2025-01-31', d2: '2025-02-03' });
  });
});
