/** The trading day of futures and options of KRX: its parts, and which part an issue is in. */
import facts from '#resources/krx/derivative-hours.json' with { type: 'json' };
import {
  epochMs,
  kstDate,
  kstInstant,
  MINUTE_MS,
  timeOfDayMs,
  type EpochMs,
  type Phase,
  type SessionDate,
  type TradingCalendar,
} from '../../time/index.ts';
import { isTradingDay, phaseAt, type DaySchedule, type SchedulePart } from '../trading-hours.ts';

interface PartFact {
  readonly phase: string;
  readonly start: string;
  readonly end: string;
  readonly startBy: string;
  readonly endBy: string;
  readonly status: string;
}

/**
 * The parts of a day session. `lastDay`: the issue ends with it. A day on which the exchange is shut has none.
 * @source resources/krx/derivative-hours.json, resources/krx/calendar.json
 */
export function derivativeSchedule(
  calendar: TradingCalendar,
  about: { readonly date: SessionDate; readonly isLastDay: boolean },
): DaySchedule {
  const { date, isLastDay } = about;
  if (!isTradingDay(calendar, date)) return { date, parts: [] };
  const { openDelayMin, closeDelayMin } = calendar.shift(date);
  const at = (text: string, by: string): EpochMs =>
    epochMs(kstInstant(date, timeOfDayMs(text)) + (by === 'open' ? openDelayMin : closeDelayMin) * MINUTE_MS);
  const told: readonly PartFact[] = (isLastDay ? facts.lastDay : facts.day).parts;
  const parts = told.map((fact): SchedulePart => ({
    phase: fact.phase as Phase,
    startTs: at(fact.start, fact.startBy),
    endTs: at(fact.end, fact.endBy),
    randomEndMs: 0,
    status: fact.status,
  }));
  return { date, parts };
}

/** The part of the day that an issue is in; `lastDay`: its last day of trading, null where it is not known. */
export function derivativePhase(
  calendar: TradingCalendar,
  about: { readonly at: EpochMs; readonly lastDay: string | null },
): Phase {
  const date = kstDate(about.at);
  if (about.lastDay !== null && date > about.lastDay) return 'closed';
  return phaseAt(derivativeSchedule(calendar, { date, isLastDay: date === about.lastDay }), about.at);
}

/** Days from a date to the last day of trading, both in Korea; 0 on that day, below zero after it. */
export function daysLeft(date: string, lastDay: string): number {
  const day = 86_400_000;
  return Math.round((kstInstant(lastDay as SessionDate, 0) - kstInstant(date as SessionDate, 0)) / day);
}
