/** What the market's clock says: the simulation's own, or the KIS server's clock laid over the calendar. */
import type { SimulationStatus } from '#shared/domain/index.ts';
import {
  closedDay,
  daySchedule,
  isTradingDay,
  krxCalendar,
  nxtSchedule,
  phaseAt,
  type DaySchedule,
} from '#shared/market/index.ts';
import { epochMs, kstDate, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { MarketMoment } from '../store/core.ts';

/** The moment of a simulated market. */
export function momentOfSimulation(status: SimulationStatus): MarketMoment {
  const { simTs, sessionDate, phase, nextPhase, nextPhaseTs, schedule, nxtPhase, nxtSchedule: nxt } = status;
  return { simTs, sessionDate, phase, nextPhase, nextPhaseTs, schedule, nxtPhase, nxtSchedule: nxt };
}

interface Day {
  readonly krx: DaySchedule;
  readonly nxt: DaySchedule | null;
}

function dayOf(date: SessionDate): Day {
  if (!isTradingDay(krxCalendar, date)) return { krx: closedDay(krxCalendar, date), nxt: null };
  return { krx: daySchedule(krxCalendar, date), nxt: nxtSchedule(krxCalendar, date) };
}

const partsOf = (schedule: DaySchedule | null): MarketMoment['schedule'] =>
  (schedule?.parts ?? []).map(({ phase, startTs, endTs }) => ({ phase, startTs, endTs }));

/** Moments of a server's clock; the day's schedule is worked out once a day. */
export function momentReader(): (at: EpochMs) => MarketMoment | null {
  let known: { readonly date: SessionDate; readonly day: Day } | null = null;
  return (at) => {
    const date = kstDate(at);
    try {
      if (known?.date !== date) known = { date, day: dayOf(date) };
    } catch {
      // A clock in a year without known hours: no phase is better than a wrong one.
      return null;
    }
    const { krx, nxt } = known.day;
    const next = krx.parts.find((part) => part.startTs > at) ?? null;
    const end = krx.parts.at(-1);
    const closes = next === null && end !== undefined && at < end.endTs;
    return {
      simTs: epochMs(at),
      sessionDate: date,
      phase: phaseAt(krx, at),
      nextPhase: next?.phase ?? (closes ? 'closed' : null),
      nextPhaseTs: next?.startTs ?? (closes ? end.endTs : null),
      schedule: partsOf(krx),
      nxtPhase: nxt === null ? null : phaseAt(nxt, at),
      nxtSchedule: partsOf(nxt),
    };
  };
}
