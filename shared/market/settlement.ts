/** When a trade is paid for: the second session after it (T+2). */
import facts from '#resources/krx/fees.json' with { type: 'json' };
import type { SessionDate, TradingCalendar } from '../time/index.ts';
import { UNPAID_RULE } from './margin.ts';

/** Sessions from trade to settlement. */
export const SETTLEMENT_SESSIONS = facts.settlement.sessionsAfterTrade;

/**
 * The date on which money and shares of a trade on `date` change hands; RangeError beyond the calendar.
 * @source resources/krx/fees.json (KRX KOSPI Market Business Regulation art. 7)
 */
export function settlementDate(calendar: TradingCalendar, date: SessionDate): SessionDate {
  return calendar.addSessions(date, SETTLEMENT_SESSIONS);
}

/** The dates of the D+1 and D+2 cash of a session. */
export function cashDates(
  calendar: TradingCalendar,
  date: SessionDate,
): { readonly d1: SessionDate; readonly d2: SessionDate } {
  return { d1: calendar.addSessions(date, 1), d2: settlementDate(calendar, date) };
}

/**
 * When an unpaid purchase of `date` is due, and when the broker sells for it; RangeError beyond the calendar.
 * @source resources/krx/margin.json unpaid (unconfirmed)
 */
export function unpaidDates(
  calendar: TradingCalendar,
  date: SessionDate,
): { readonly due: SessionDate; readonly sale: SessionDate } {
  return {
    due: calendar.addSessions(date, UNPAID_RULE.dueSessions),
    sale: calendar.addSessions(date, UNPAID_RULE.saleSessions),
  };
}
