/** The parts of a trading day as instants, from the session facts in force on that date. */
import sessions from '#resources/krx/sessions.json' with { type: 'json' };
import {
  epochMs,
  kstInstant,
  MINUTE_MS,
  timeOfDayMs,
  weekday,
  type EpochMs,
  type Phase,
  type SessionDate,
  type TradingCalendar,
} from '../time/index.ts';

/** One part of the day, `[startTs, endTs)`; `randomEndMs` is the most by which its end may be later (0: exact). */
export interface SchedulePart {
  readonly phase: Phase;
  readonly startTs: EpochMs;
  readonly endTs: EpochMs;
  readonly randomEndMs: number;
}

/** The parts of one day in order, without gaps: each starts where the one before was scheduled to end. */
export interface DaySchedule {
  readonly date: SessionDate;
  readonly parts: readonly SchedulePart[];
}

interface PhaseFact {
  readonly phase: Phase;
  readonly start: string;
  readonly end: string;
  readonly randomEndS: number;
}

function factsOn(date: SessionDate): readonly PhaseFact[] {
  const period = sessions.periods.find((p) => p.from <= date && (p.to === null || date <= p.to));
  if (!period) throw new RangeError(`session hours are not known for ${date}`);
  return period.phases as readonly PhaseFact[];
}

/** Whether the exchange opens on a date: by the calendar where it knows the year, else on every weekday. */
export function isTradingDay(calendar: TradingCalendar, date: SessionDate): boolean {
  if (date >= calendar.from && date <= calendar.to) return calendar.isSession(date);
  return weekday(date) !== 0 && weekday(date) !== 6;
}

/**
 * The schedule of a date: on shifted days everything up to the open moves by the opening delay, everything from the
 * end of the continuous session by the closing delay.
 * @source resources/krx/sessions.json, resources/krx/calendar.json
 */
export function daySchedule(calendar: TradingCalendar, date: SessionDate): DaySchedule {
  const { openDelayMin, closeDelayMin } = calendar.shift(date);
  const at = (text: string, delayMin: number): EpochMs =>
    epochMs(kstInstant(date, timeOfDayMs(text)) + delayMin * MINUTE_MS);
  let delay = openDelayMin;
  const parts = factsOn(date).map((fact): SchedulePart => {
    const startTs = at(fact.start, delay);
    if (fact.phase === 'continuous') delay = closeDelayMin;
    return { phase: fact.phase, startTs, endTs: at(fact.end, delay), randomEndMs: fact.randomEndS * 1_000 };
  });
  return { date, parts };
}

/** The schedule of a day on which the exchange stays shut; it begins when other days do. */
export function closedDay(calendar: TradingCalendar, date: SessionDate): DaySchedule {
  const usual = daySchedule(calendar, date);
  const parts = usual.parts.slice(0, 1).map((first) => ({ ...first, phase: 'closed' as const, randomEndMs: 0 }));
  return { date, parts };
}
