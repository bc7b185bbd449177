/** The parts of ordinary and shifted days of both venues. */
import { describe, expect, it } from 'vitest';
import { daySchedule, nxtOpenOn, nxtSchedule } from '#shared/exchange/index.ts';
import { isDerivativesExpiry, krxCalendar, phaseAt, windowOpen } from '#shared/market/index.ts';
import { kstDate, kstInstant, kstTimeText, sessionDate, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';

type Venue = 'KRX' | 'NXT';
const clock = (at: EpochMs): string => kstTimeText(at).replace(/:00$/, '');

function parts(date: string, venue: Venue = 'KRX'): string[] {
  const schedule = daySchedule(krxCalendar, sessionDate(date), venue);
  for (const part of schedule.parts) expect(kstDate(part.startTs)).toBe(date);
  return schedule.parts.map((p) => `${p.phase} ${clock(p.startTs)}-${clock(p.endTs)}`);
}

function windows(date: string): string[] {
  const all = daySchedule(krxCalendar, sessionDate(date)).windows ?? [];
  return all.map(
    (w) => `${w.type} ${clock(w.acceptFrom)}-${clock(w.acceptTo)} ${clock(w.matchFrom)}-${clock(w.matchTo)}`,
  );
}

const morning = [
  'preOpen 08:00-08:30',
  'openAuction 08:30-09:00',
  'continuous 09:00-15:20',
  'closeAuction 15:20-15:30',
  'postClose 15:30-16:00',
];

describe('KRX', () => {
  it('has an after-market from 2026-09-14, and single prices every ten minutes before', () => {
    expect(parts('2026-09-14')).toEqual([...morning, 'afterMarket 16:00-20:00', 'closed 20:00-20:00']);
    expect(parts('2026-09-11')).toEqual([...morning, 'offHours 16:00-18:00', 'closed 18:00-18:00']);
    expect(parts('2024-01-03')).toEqual(parts('2026-09-11'));
    const offHours = daySchedule(krxCalendar, sessionDate('2026-09-11')).parts.find((p) => p.phase === 'offHours');
    expect(offHours).toMatchObject({ cycleMs: 600_000, randomEndMs: 30_000 });
  });

  it('the first trading day opens at 10:00 and closes as usual', () => {
    expect(parts('2026-01-02')).toEqual([
      'preOpen 09:00-09:30',
      'openAuction 09:30-10:00',
      'continuous 10:00-15:20',
      'closeAuction 15:20-15:30',
      'postClose 15:30-16:00',
      'offHours 16:00-18:00',
      'closed 18:00-18:00',
    ]);
    expect(windows('2026-01-02')).toEqual(['preClose 09:30-09:40 09:30-09:40', 'postClose 15:30-16:00 15:40-16:00']);
  });

  it('on the exam day all is an hour later, but for the end of the last session', () => {
    const exam = [
      'preOpen 09:00-09:30',
      'openAuction 09:30-10:00',
      'continuous 10:00-16:20',
      'closeAuction 16:20-16:30',
      'postClose 16:30-17:00',
    ];
    expect(parts('2026-11-19')).toEqual([...exam, 'afterMarket 17:00-20:00', 'closed 20:00-20:00']);
    expect(parts('2025-11-13')).toEqual([...exam, 'offHours 17:00-18:00', 'closed 18:00-18:00']);
    expect(windows('2026-11-19')).toEqual(['preClose 09:30-09:40 09:30-09:40', 'postClose 16:30-17:00 16:40-17:00']);
  });

  it('trades at fixed prices beside the parts', () => {
    expect(windows('2026-11-24')).toEqual(['preClose 08:30-08:40 08:30-08:40', 'postClose 15:30-16:00 15:40-16:00']);
    const date = sessionDate('2026-11-24');
    const schedule = daySchedule(krxCalendar, date);
    const at = (time: string): EpochMs => kstInstant(date, timeOfDayMs(time));
    expect(
      [at('08:29:59'), at('08:30'), at('08:39:59'), at('08:40')].map((t) => windowOpen(schedule, 'preClose', t)),
    ).toEqual([false, true, true, false]);
  });

  it('before August 2016 the market closed at 15:00', () => {
    expect(parts('2015-06-15')[3]).toBe('closeAuction 14:50-15:00');
  });

  it('has no gaps, and random ends only where orders are collected', () => {
    for (const venue of ['KRX', 'NXT'] as const) {
      const { parts: list } = daySchedule(krxCalendar, sessionDate('2026-11-24'), venue);
      for (const [at, part] of list.entries()) {
        const next = list[at + 1];
        if (next) expect(next.startTs).toBe(part.endTs);
        expect(part.randomEndMs).toBe(/Auction$/.test(part.phase) ? 30_000 : 0);
      }
    }
  });

  it('refuses a day whose hours are not known', () => {
    expect(() => daySchedule(krxCalendar, sessionDate('1999-12-30'))).toThrow('hours of KRX are known from 2000-05-22');
  });
});

describe('NXT', () => {
  it('has an auction before its after-market', () => {
    const day = ['preMarket 08:00-08:50', 'break 08:50-09:00:30', 'continuous 09:00:30-15:20'];
    expect(parts('2026-09-14', 'NXT')).toEqual([
      ...day,
      'break 15:20-15:30',
      'afterAuction 15:30-15:40',
      'afterMarket 15:40-20:00',
      'closed 20:00-20:00',
    ]);
    expect(parts('2025-03-05', 'NXT')).toEqual(parts('2026-09-14', 'NXT'));
  });

  it('had no pre-market on its first day', () => {
    expect(parts('2025-03-04', 'NXT').slice(0, 2)).toEqual(['break 08:00-09:00:30', 'continuous 09:00:30-15:20']);
  });

  it('has no pre-market on days that open late', () => {
    expect(parts('2026-11-19', 'NXT')).toEqual([
      'break 08:00-10:00:30',
      'continuous 10:00:30-16:20',
      'break 16:20-16:30',
      'afterAuction 16:30-16:40',
      'afterMarket 16:40-20:00',
      'closed 20:00-20:00',
    ]);
    expect(parts('2026-01-02', 'NXT')[1]).toBe('continuous 10:00:30-15:20');
  });

  it('did not exist before 2025-03-04', () => {
    expect(nxtOpenOn(sessionDate('2025-03-03'))).toBe(false);
    expect(nxtSchedule(krxCalendar, sessionDate('2025-02-28'))).toBeNull();
    expect(() => daySchedule(krxCalendar, sessionDate('2025-02-28'), 'NXT')).toThrow('NXT opened on 2025-03-04');
  });

  it('tells the part of the day by the clock', () => {
    const date = sessionDate('2026-11-24');
    const schedule = daySchedule(krxCalendar, date, 'NXT');
    const phase = (time: string): string => phaseAt(schedule, kstInstant(date, timeOfDayMs(time)));
    expect(['07:59:59', '08:00', '08:50', '09:00:29', '09:00:30', '15:35', '19:59:59', '20:00'].map(phase)).toEqual([
      'closed',
      'preMarket',
      'break',
      'break',
      'continuous',
      'afterAuction',
      'afterMarket',
      'closed',
    ]);
  });
});

describe('derivatives expiry', () => {
  it('is the second Thursday, or the session before where that is closed', () => {
    const days = ['2026-09-10', '2026-11-12', '2026-12-10', '2025-10-02', '2026-11-19', '2026-11-05', '2025-10-09'];
    // 2025-10-09 was a holiday after 10-06 … 10-08: the last trading day was 2025-10-02.
    expect(days.map((day) => isDerivativesExpiry(krxCalendar, sessionDate(day)))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
