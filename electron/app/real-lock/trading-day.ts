/** How long the real environment stays open once it was opened. */
import { daySchedule, krxCalendar, nxtSchedule } from '#shared/market/index.ts';
import { addDays, epochMs, HOUR_MS, kstDate, kstInstant, type EpochMs, type SessionDate } from '#shared/time/index.ts';

/** Before KRX and NXT open, after every American session has ended: the end of what was opened in the evening, in Korean time. */
const MORNING_MS = 7 * HOUR_MS;

function endOfDay(date: SessionDate): EpochMs | null {
  const known = date >= krxCalendar.from && date <= krxCalendar.to;
  if (!known || !krxCalendar.isSession(date)) return null;
  const ends = [daySchedule(krxCalendar, date), nxtSchedule(krxCalendar, date)]
    .flatMap((schedule) => schedule?.parts ?? [])
    .filter(({ phase }) => phase !== 'closed')
    .map(({ endTs }) => endTs);
  return ends.length === 0 ? null : epochMs(Math.max(...ends));
}

/**
 * The end of the trading day that an instant of the server's clock falls into: of KRX and NXT with their after-markets;
 * in the evening and at night, when only America trades, the next morning.
 */
export function tradingDayEnd(serverNow: EpochMs): EpochMs {
  const today = kstDate(serverNow);
  const candidates = [kstInstant(today, MORNING_MS), endOfDay(today), kstInstant(addDays(today, 1), MORNING_MS)];
  const next = candidates.find((ts) => ts !== null && ts > serverNow);
  return next ?? kstInstant(addDays(today, 1), MORNING_MS);
}
