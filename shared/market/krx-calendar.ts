/** The trading calendar of the Korea Exchange from its facts. */
import facts from '#resources/krx/calendar.json' with { type: 'json' };
import { sessionDate, tradingCalendar, type TradingCalendar } from '../time/index.ts';

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
