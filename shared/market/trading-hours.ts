/** The parts of a trading day of KRX and NXT as instants, from the session facts in force on that date. */
import facts from '#resources/krx/sessions.json' with { type: 'json' };
import type { VenueName } from '../domain/index.ts';
import {
  epochMs,
  kstInstant,
  MINUTE_MS,
  SECOND_MS,
  timeOfDayMs,
  weekday,
  type EpochMs,
  type Phase,
  type SessionDate,
  type TradingCalendar,
} from '../time/index.ts';
import { inForce } from './dated.ts';
import type { FixedPriceWindow } from './order-code.ts';

/** One part of the day, `[startTs, endTs)`; `randomEndMs` is the most by which its end may be later (0: exact). */
export interface SchedulePart {
  readonly phase: Phase;
  readonly startTs: EpochMs;
  readonly endTs: EpochMs;
  readonly randomEndMs: number;
  /** Set: a single price at the end of every so many milliseconds (offHours: ten minutes). */
  readonly cycleMs?: number;
  /** C confirmed, S one source, U unconfirmed. */
  readonly status?: string;
}

/** Fixed-price trading beside the parts: orders are taken in [acceptFrom, acceptTo), trade in [matchFrom, matchTo). */
export interface ScheduleWindow {
  readonly type: FixedPriceWindow;
  readonly acceptFrom: EpochMs;
  readonly acceptTo: EpochMs;
  readonly matchFrom: EpochMs;
  readonly matchTo: EpochMs;
  /** C confirmed, U unconfirmed. */
  readonly status?: string;
}

/** The parts of one day of one venue in order, without gaps: each starts where the one before was scheduled to end. */
export interface DaySchedule {
  readonly date: SessionDate;
  readonly parts: readonly SchedulePart[];
  /** None if absent. */
  readonly windows?: readonly ScheduleWindow[];
}

/** What moves a bound on a shifted day: the delay of the open, of the close, or nothing. */
type ShiftedBy = 'open' | 'close' | 'fixed';

interface PartFact {
  readonly phase: Phase;
  readonly start: string;
  readonly end: string;
  readonly startBy: ShiftedBy;
  readonly endBy: ShiftedBy;
  readonly randomEndS: number;
  readonly status: string;
  readonly cycleMin?: number;
  readonly closedOn?: 'openShifted';
  /** Days without this part. */
  readonly notOn?: readonly string[];
  readonly note?: string;
}

interface WindowFact {
  readonly type: FixedPriceWindow;
  readonly acceptFrom: string;
  readonly acceptTo: string;
  readonly matchFrom: string;
  readonly matchTo: string;
  readonly by: ShiftedBy;
  readonly status: string;
}

/** The hours of a venue in force from `from` to `to`. */
export interface HoursPeriod {
  readonly from: string;
  readonly to: string | null;
  readonly source: string;
  readonly parts: readonly PartFact[];
  readonly windows: readonly WindowFact[];
}

const PERIODS = {
  KRX: facts.periods as readonly HoursPeriod[],
  NXT: facts.nxt as readonly HoursPeriod[],
} as const satisfies Record<VenueName, readonly HoursPeriod[]>;

/** The first day for which hours of a venue are known; for NXT the day it opened. */
export function hoursKnownFrom(venue: VenueName): string {
  return PERIODS[venue].reduce((first, { from }) => (from < first ? from : first), '9999-12-31');
}

/** True where NXT was open by then (from 2025-03-04); it closes on the days KRX closes. */
export function nxtOpenOn(date: SessionDate): boolean {
  return inForce(PERIODS.NXT, date) !== undefined;
}

/** The hours of a venue in force on a date; RangeError where none are known. */
export function hoursPeriod(date: SessionDate, venue: VenueName): HoursPeriod {
  const period = inForce(PERIODS[venue], date);
  if (period) return period;
  const first = hoursKnownFrom(venue);
  throw new RangeError(
    venue === 'NXT'
      ? `NXT opened on ${first}, not yet on ${date}`
      : `hours of KRX are known from ${first}, not ${date}`,
  );
}

/** Whether the exchange opens on a date: by the calendar where it knows the year, else on every weekday. */
export function isTradingDay(calendar: TradingCalendar, date: SessionDate): boolean {
  if (date >= calendar.from && date <= calendar.to) return calendar.isSession(date);
  return weekday(date) !== 0 && weekday(date) !== 6;
}

/** Neighbours in the same phase become one part: the break before a day without a pre-market. */
function joined(parts: readonly SchedulePart[]): readonly SchedulePart[] {
  const out: SchedulePart[] = [];
  for (const part of parts) {
    const before = out.at(-1);
    if (before?.phase === part.phase) out[out.length - 1] = { ...before, endTs: part.endTs };
    else out.push(part);
  }
  return out;
}

/**
 * The schedule of a venue on a date: on shifted days each bound moves by the delay of the open, of the close, or not at
 * all (the end of the after-market); NXT has no pre-market on a day that opens late. RangeError where no hours are known.
 * @source resources/krx/sessions.json, resources/krx/calendar.json
 */
export function daySchedule(calendar: TradingCalendar, date: SessionDate, venue: VenueName = 'KRX'): DaySchedule {
  const { openDelayMin, closeDelayMin } = calendar.shift(date);
  const delays = { open: openDelayMin, close: closeDelayMin, fixed: 0 };
  const at = (text: string, by: ShiftedBy): EpochMs =>
    epochMs(kstInstant(date, timeOfDayMs(text)) + delays[by] * MINUTE_MS);
  const period = hoursPeriod(date, venue);
  const parts = period.parts.map((fact): SchedulePart => {
    const shut = (fact.closedOn === 'openShifted' && openDelayMin > 0) || fact.notOn?.includes(date) === true;
    return {
      phase: shut ? 'break' : fact.phase,
      startTs: at(fact.start, fact.startBy),
      endTs: at(fact.end, fact.endBy),
      randomEndMs: fact.randomEndS * SECOND_MS,
      ...(fact.cycleMin === undefined ? {} : { cycleMs: fact.cycleMin * MINUTE_MS }),
      status: fact.status,
    };
  });
  const windows = period.windows.map(({ type, by, status, ...bounds }): ScheduleWindow => ({
    type,
    acceptFrom: at(bounds.acceptFrom, by),
    acceptTo: at(bounds.acceptTo, by),
    matchFrom: at(bounds.matchFrom, by),
    matchTo: at(bounds.matchTo, by),
    status,
  }));
  return { date, parts: joined(parts), windows };
}

/** The schedule of NXT on a date, or null where it was not open yet. */
export function nxtSchedule(calendar: TradingCalendar, date: SessionDate): DaySchedule | null {
  return nxtOpenOn(date) ? daySchedule(calendar, date, 'NXT') : null;
}

/** The schedule of a day on which the exchange stays shut; it begins when other days do. */
export function closedDay(calendar: TradingCalendar, date: SessionDate): DaySchedule {
  const usual = daySchedule(calendar, date);
  const parts = usual.parts.slice(0, 1).map((first) => ({ ...first, phase: 'closed' as const, randomEndMs: 0 }));
  return { date, parts, windows: [] };
}

/** The part of the day an instant falls into by the schedule; closed before the first and after the last. */
export function phaseAt(schedule: DaySchedule, at: EpochMs): Phase {
  return schedule.parts.find((part) => at >= part.startTs && at < part.endTs)?.phase ?? 'closed';
}

/** Whether orders of a fixed-price window are accepted at an instant. */
export function windowOpen(schedule: DaySchedule, type: FixedPriceWindow, at: EpochMs): boolean {
  return (schedule.windows ?? []).some((w) => w.type === type && at >= w.acceptFrom && at < w.acceptTo);
}
