/** The trading calendar of the Korea Exchange from its facts. */
import facts from '#resources/krx/calendar.json' with { type: 'json' };
import {
  addDays,
  sessionDate,
  tradingCalendar,
  weekday,
  type SessionDate,
  type TradingCalendar,
} from '../time/index.ts';

/**
 * Holidays and shifted days of the years known (2024–2027, the last provisional); RangeError outside them.
 * @source resources/krx/calendar.json
 */
export const krxCalendar: TradingCalendar = tradingCalendar({
  from: sessionDate(facts.from),
  to: sessionDate(facts.to),
  holidays: facts.years.flatMap((year) => year.closed.map(sessionDate)),
  shifted: facts.shifted.map((day) => ({
    date: sessionDate(day.date),
    openDelayMin: day.openDelayMin,
    closeDelayMin: day.closeDelayMin,
  })),
});

/**
 * Whether a session is the last trading day of index derivatives: the second Thursday of the month, or the session
 * before it where the exchange is closed then. False outside the years known.
 * @source recall, unconfirmed
 */
export function isDerivativesExpiry(calendar: TradingCalendar, date: SessionDate): boolean {
  if (date < calendar.from || date > calendar.to || !calendar.isSession(date)) return false;
  const first = sessionDate(`${date.slice(0, 8)}01`);
  const thursday = addDays(first, ((4 - weekday(first) + 7) % 7) + 7);
  return date === (calendar.isSession(thursday) ? thursday : calendar.addSessions(thursday, -1));
}
