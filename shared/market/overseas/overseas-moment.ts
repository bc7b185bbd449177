/** Where a foreign exchange stands in its day at an instant: its date there, the part of the day, and when it opens next. */
import { addDays, epochMs, kstDate, MINUTE_MS, type EpochMs, type Phase, type SessionDate } from '../../time/index.ts';
import type { OverseasExchangeCode } from './overseas-facts.ts';
import { offsetMinutes, overseasDay } from './overseas-hours.ts';

/** Minutes by which Korean clocks are ahead of UTC. */
const KST_MINUTES = 540;
/** Longest run of days without a session that is looked through. */
const DAYS_AHEAD = 14;

/** The civil date where the exchange is. */
export function overseasDate(exchange: OverseasExchangeCode, at: EpochMs): SessionDate {
  const dateBy = (minutes: number): SessionDate => kstDate(epochMs(at + (minutes - KST_MINUTES) * MINUTE_MS));
  // The clock changes at night, between sessions: the date by the winter clock names the right offset.
  return dateBy(offsetMinutes(exchange, dateBy(offsetMinutes(exchange, kstDate(at)))));
}

export interface OverseasMoment {
  /** The civil date there; a trading day or not. */
  readonly date: SessionDate;
  /** closed outside the hours of the day. */
  readonly phase: Phase;
  /** When orders are next taken; null while they are, or where no session is in sight. */
  readonly nextOpenTs: EpochMs | null;
}

/** The part of the day at an instant. @source resources/markets/*.json phases, holidays */
export function overseasMoment(exchange: OverseasExchangeCode, at: EpochMs): OverseasMoment {
  const date = overseasDate(exchange, at);
  const part = overseasDay(exchange, date).parts.find(({ startTs, endTs }) => startTs <= at && at < endTs);
  if (part) return { date, phase: part.phase, nextOpenTs: null };
  for (let day = date, left = DAYS_AHEAD; left > 0; left -= 1, day = addDays(day, 1)) {
    const next = overseasDay(exchange, day).parts.find(({ startTs }) => startTs > at);
    if (next) return { date, phase: 'closed', nextOpenTs: next.startTs };
  }
  return { date, phase: 'closed', nextOpenTs: null };
}
