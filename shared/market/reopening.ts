/** How trading starts again after a stop, and how issues of single prices trade. */
import facts from '#resources/krx/halts.json' with { type: 'json' };
import type { VenueName } from '../domain/index.ts';
import { MINUTE_MS, SECOND_MS, type SessionDate } from '../time/index.ts';

/** Most by which the scheduled end of a reopening or 30-minute auction may be later, milliseconds. */
export const REOPENING_RANDOM_END_MS = facts.randomEndS * SECOND_MS;
/** Milliseconds between the single prices of an issue of single prices. */
export const SINGLE_PRICE_CYCLE_MS = facts.singlePrice.cycleMin * MINUTE_MS;
/**
 * A reopening on KRX within so many milliseconds before the close collects until the close and sets the closing price.
 * @source resources/krx/halts.json lateReopening (KRX Enforcement Rules 2026-04-27 art. 35(1)3)
 */
export const LATE_REOPENING_MS = facts.lateReopening.minutes * MINUTE_MS;
/** Why an issue trades at single prices only, with the Korean name. */
export const SINGLE_PRICE_REASONS: readonly { readonly reason: string; readonly ko: string }[] =
  facts.singlePrice.reasons;
/** Sessions an issue trades before it is delisted (정리매매), without limits; unconfirmed. */
export const LIQUIDATION_SESSIONS = facts.liquidation.tradingDays;

/** The call auction after a stop: its scheduled length in milliseconds (0: none), and how sure that is. */
export interface Reopening {
  readonly auctionMs: number;
  readonly status: string;
  readonly source: string;
}

/**
 * The auction with which a venue opens again after a circuit breaker or a halt of one issue; RangeError where the venue
 * was not open.
 * @source resources/krx/halts.json
 */
export function reopening(question: {
  readonly venue: VenueName;
  readonly after: 'circuitBreaker' | 'halt';
  readonly date: SessionDate;
}): Reopening {
  const { venue, after, date } = question;
  const found = facts.reopening.find(
    (each) =>
      each.venue === venue &&
      each.after === after &&
      (each.from === null || each.from <= date) &&
      (each.to === null || date <= each.to),
  );
  if (!found) throw new RangeError(`how ${venue} opens again is not known for ${date}`);
  return { auctionMs: found.auctionS * SECOND_MS, status: found.status, source: found.source };
}
