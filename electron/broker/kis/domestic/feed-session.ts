/** The trading day as the feed tells it: phases by schedule on the server's clock. */
import { isTradingDay, windowOpen, type DaySchedule } from '#shared/market/index.ts';
import { addDays, kstTimeText, takesOrders, type SessionDate, type TradingCalendar } from '#shared/time/index.ts';
import type { FeedSession } from '../../../market/index.ts';
import type { SessionClock } from './session-clock.ts';

const HH_MM = 5;

function nextPart(schedule: DaySchedule, now: number): number | null {
  return schedule.parts.find(({ phase, startTs }) => takesOrders(phase) && startTs > now)?.startTs ?? null;
}

/** When orders are next taken; null while they are, or where the calendar ends. */
function nextOpenOf(session: SessionClock, calendar: TradingCalendar): string | null {
  const day = session.day();
  const now = session.now();
  const nxtPhase = session.nxtPhase();
  if (takesOrders(session.krxPhase()) || (nxtPhase !== null && takesOrders(nxtPhase))) return null;
  const starts = [nextPart(day.krx, now), day.nxt && nextPart(day.nxt, now)].filter((at) => at !== null);
  if (starts.length > 0) return kstTimeText(Math.min(...starts) as typeof now).slice(0, HH_MM);
  let date: SessionDate = addDays(day.date, 1);
  while (!isTradingDay(calendar, date)) date = addDays(date, 1);
  return date;
}

/** The session now; `up`: the line and the server can be reached. */
export function feedSession(about: {
  readonly session: SessionClock;
  readonly calendar: TradingCalendar;
  readonly up: boolean;
  readonly events: number;
}): FeedSession {
  const { session, calendar, up, events } = about;
  const { date, krx } = session.day();
  const [now, phase, nxtPhase] = [session.now(), session.krxPhase(), session.nxtPhase()];
  const after = krx.parts.find((part) => part.phase === 'afterMarket' || part.phase === 'offHours');
  return {
    sessionDate: date,
    phase,
    nxtPhase,
    preCloseOpen: windowOpen(krx, 'preClose', now),
    postCloseOpen: windowOpen(krx, 'postClose', now),
    afterTs: after?.startTs ?? null,
    exchangeTs: now,
    up,
    running: phase !== 'closed' || (nxtPhase !== null && nxtPhase !== 'closed'),
    events,
    nextOpen: nextOpenOf(session, calendar),
  };
}
