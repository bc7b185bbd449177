/** The exchange on which a recorded day is played: by the rules of its own date, as far as their text is known. */
import type { RulesNote } from '../../domain/index.ts';
import { hoursPeriod, limitRule, nxtOpenOn, priceLimits, tickStatus } from '../../market/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { replayGround } from './replay-ground.ts';
import type { RecordedIssue } from './replay-record.ts';
import { replayIssue } from './replay-row.ts';
import type { RecordedDay } from './replay-market.ts';
import type { DaySchedule } from '../sessions.ts';
import type { ExchangeOptions } from '../types.ts';

/** true where the record holds instants of its own: then the auctions end when scheduled, and what they printed is its. */
function isTimed(issues: readonly RecordedIssue[]): boolean {
  return issues.some(({ trades, minutes }) => trades !== undefined || minutes !== undefined);
}

/** The day's hours; a record with instants of its own already holds the random ends. */
export function replaySchedule(schedule: DaySchedule, issues: readonly RecordedIssue[]): DaySchedule {
  if (!isTimed(issues)) return schedule;
  return { ...schedule, parts: schedule.parts.map((part) => ({ ...part, randomEndMs: 0 })) };
}

/**
 * Options of the exchange for a recorded day: KRX alone, since no record of NXT is known; no circuit breakers, and VI only
 * where asked for, since what was recorded is played and nothing is invented. Throws what is wrong with a row.
 */
export function replayExchange(
  day: RecordedDay,
  parts: { readonly schedule: DaySchedule; readonly seed: number; readonly vi: boolean },
): ExchangeOptions {
  return {
    date: day.date,
    schedule: replaySchedule(parts.schedule, day.issues),
    issues: day.issues.map(({ row }) => replayIssue(row)),
    seed: parts.seed,
    vi: parts.vi,
    breakers: false,
    index: day.indices.length > 0 ? 'given' : 'issues',
    quietParticipants: true,
  };
}

/** Throws REPLAY_SUSPENDED or REPLAY_ROW_BAD where a record cannot be played. */
export function checkRecord(issue: RecordedIssue, schedule: DaySchedule): void {
  const { market, basePrice, product, limits } = replayIssue(issue.row);
  if (!isTimed([issue])) return;
  const { date } = issue.row;
  const { upper, lower } = limits ?? priceLimits({ market, date, basePrice, ...(product ? { product } : {}) });
  replayGround(issue, { upperLimit: upper, lowerLimit: lower }, { schedule, seed: 0 });
}

/** What must be said about the rules of a date and about how records of it are played. */
export function rulesNotes(date: SessionDate, issues: readonly RecordedIssue[], vi: boolean): RulesNote[] {
  const notes = new Set<RulesNote>();
  if (hoursPeriod(date, 'KRX').parts.some((part) => part.status !== 'C')) notes.add('hoursUnconfirmed');
  for (const { row } of issues) {
    if (tickStatus(row.market, date, row.product) !== 'C') notes.add('ticksComputed');
    if (limitRule(row.market, date).status !== 'C') notes.add('limitsUnconfirmed');
  }
  if (!vi) notes.add('viOff');
  notes.add('breakersOff');
  if (nxtOpenOn(date)) notes.add('nxtMissing');
  if (issues.some(({ books }) => books === undefined)) notes.add('booksMade');
  return [...notes];
}
