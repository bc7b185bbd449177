/** Words that every part of a scenario (시나리오) uses: names, instants of its days, bounds, and what an event is about. */
import { z } from 'zod';
import { krxId, type InstrumentId } from '../instrument.ts';

/** Trading days of one scenario. */
export const SCENARIO_DAYS_LIMIT = 20;
/** Issues that one scenario trades. */
export const SCENARIO_ISSUES_LIMIT = 100;
/** Events on the timeline of one scenario. */
export const SCENARIO_EVENTS_LIMIT = 500;
/** Characters of a scenario file. */
export const SCENARIO_SIZE_LIMIT = 1_000_000;

/** Names a part of a scenario within it. */
export const ScenarioName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/);

/** Six-character short code of KRX. */
export const ScenarioIssue = z.string().regex(/^[0-9A-Z]{6}$/);

/** Time of day in Korea, "HH:MM", "HH:MM:SS" or "HH:MM:SS.mmm". */
export const ScenarioTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{3})?)?$/);

/** Whole percent or a part of it; a price cannot move further than its limits. */
export const Percent = z.number().min(-99).max(500);

/** What an event is about: a market, one issue, or everything. */
export const ScenarioTarget = z.union([
  z.strictObject({ market: z.enum(['KOSPI', 'KOSDAQ']) }),
  z.strictObject({ issue: ScenarioIssue }),
  z.literal('all'),
]);
export type ScenarioTarget = z.infer<typeof ScenarioTarget>;

/**
 * When an event begins: at a time of a day (day 1 if absent), or so many seconds after another event has begun.
 * Exactly one of `at` and `after` is given.
 */
export const when = {
  id: ScenarioName.optional(),
  day: z.int().min(1).max(SCENARIO_DAYS_LIMIT).optional(),
  at: ScenarioTime.optional(),
  after: z.strictObject({ event: ScenarioName, seconds: z.number().min(0).max(86_400) }).optional(),
  note: z.string().max(500).optional(),
};

/** How long an event lasts. */
export const Minutes = z.number().min(0).max(720);
export const Seconds = z.number().min(0).max(43_200);

/** Milliseconds since midnight of a time of day. */
export function timeOfDayMs(time: string): number {
  const [hours = '0', minutes = '0', seconds = '0'] = time.split(':');
  return Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000);
}

/** The issue's id. */
export function scenarioIssueId(code: string): InstrumentId {
  return krxId(code);
}
