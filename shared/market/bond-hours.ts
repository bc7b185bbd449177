/** The trading day of listed bonds: when orders are taken, and when next. */
import facts from '#resources/krx/bond-market.json' with { type: 'json' };
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
} from '../time/index.ts';
import { isTradingDay } from './trading-hours.ts';

/**
 * Start and end of a bond session; null on a day without one. RangeError beyond the calendar.
 * @source resources/krx/bond-market.json hours (unconfirmed), resources/krx/calendar.json
 */
export function bondHours(
  calendar: TradingCalendar,
  date: SessionDate,
): { readonly startTs: EpochMs; readonly endTs: EpochMs } | null {
  if (!isTradingDay(calendar, date)) return null;
  const { openDelayMin, closeDelayMin } = calendar.shift(date);
  const at = (text: string, delayMin: number): EpochMs =>
    epochMs(kstInstant(date, timeOfDayMs(text)) + delayMin * MINUTE_MS);
  return { startTs: at(facts.hours.start, openDelayMin), endTs: at(facts.hours.end, closeDelayMin) };
}

/** The part of the day that bonds are in: continuous or closed, for they know no auction. */
export function bondPhase(calendar: TradingCalendar, at: EpochMs): Phase {
  const hours = bondHours(calendar, kstDate(at));
  return hours !== null && hours.startTs <= at && at < hours.endTs ? 'continuous' : 'closed';
}

/** When a bond trade of a session is settled. @source resources/krx/bond-market.json settlement (unconfirmed) */
export function bondSettlement(calendar: TradingCalendar, date: SessionDate): SessionDate {
  const { sessionsAfterTrade } = facts.settlement;
  return sessionsAfterTrade === 0 ? date : calendar.addSessions(date, sessionsAfterTrade);
}
