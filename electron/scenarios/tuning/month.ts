/** The last recorded sessions of the issues that are followed, each as a replay of its own. */
import {
  codeOf,
  SCENARIO_ISSUES_LIMIT,
  ScenarioDocument,
  SCENARIO_VERSION,
  type InstrumentId,
} from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';

export interface MonthWish {
  /** Held and watched. */
  readonly followed: readonly InstrumentId[];
  /** Units held of an issue, in all accounts; 0: none. */
  readonly held: (id: InstrumentId) => number;
  readonly cashKrw: number;
  /** Days of an issue that can be replayed, newest first. */
  readonly replayDays: (id: InstrumentId) => readonly { readonly date: SessionDate; readonly suspended: boolean }[];
}

/** Sessions of a month. */
export const MONTH_SESSIONS = 20;
const MOST_CASH_KRW = 1_000_000_000_000;

/** Newest day first; none where nothing was recorded. An issue is in the sessions that are recorded of it. */
export function monthOf({ followed, held, cashKrw, replayDays }: MonthWish): ScenarioDocument[] {
  const issuesOn = new Map<SessionDate, InstrumentId[]>();
  for (const id of followed)
    for (const { date, suspended } of replayDays(id)) {
      if (suspended) continue;
      const issues = issuesOn.get(date);
      if (issues) issues.push(id);
      else issuesOn.set(date, [id]);
    }
  const dates = [...issuesOn.keys()].sort().reverse().slice(0, MONTH_SESSIONS);
  return dates.map((date) => {
    const ids = (issuesOn.get(date) ?? []).slice(0, SCENARIO_ISSUES_LIMIT);
    const holdings = ids.flatMap((id) => {
      const quantity = held(id);
      return quantity > 0 ? [{ issue: codeOf(id), quantity }] : [];
    });
    return ScenarioDocument.parse({
      schemaVersion: SCENARIO_VERSION,
      name: date,
      market: { kind: 'replay', dates: [date], issues: ids.map(codeOf) },
      accounts: [{ id: 'main', cashKrw: Math.max(0, Math.min(MOST_CASH_KRW, cashKrw)), holdings }],
    });
  });
}
