/** A calm generated day for counting false alarms: issues drawn by the seed, some of them held, and nothing that happens to them. */
import { BUNDLED } from '#core/market/index.ts';
import type { RunThreat, ScenarioDocument } from '#shared/domain/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { falseAlarmsOf } from '#shared/threats/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { played, scenario } from './scenario-run.ts';

/** As many as the guard looks at. @source the goal: up to 20 held and watched issues */
export const MOST_ISSUES = 20;
/** Held, of five. */
const HELD_OF_FIVE = 2;
/** One holding is worth about so much, won. */
const HOLDING_KRW = 5_000_000;
const CASH_KRW = 20_000_000;
const FIRST_DATE = sessionDate('2026-01-05');
const DATES = 200;

/** One in three issues is of the lively ones that most people follow; the rest is anything that is listed. */
const LIVELY = [
  '005930',
  '000660',
  '207940',
  '373220',
  '005380',
  '068270',
  '035420',
  '247540',
  '196170',
  '105560',
  '035720',
  '086520',
];

/** The scenario of a calm day: without an event, a play or a label. */
export function calmDocument(seed: number, count = MOST_ISSUES): ScenarioDocument {
  const rng = Rng.from(seed, 'calm-day');
  const listed = BUNDLED.filter(({ market, suspended }) => market !== 'KONEX' && !suspended);
  const byCode = new Map(listed.map((issue) => [issue.code, issue]));
  const chosen = new Set<string>();
  while (chosen.size < count) {
    const code = chosen.size % 3 === 0 ? LIVELY[rng.int(LIVELY.length)] : listed[rng.int(listed.length)]?.code;
    if (code !== undefined && byCode.has(code)) chosen.add(code);
    else chosen.add(listed[rng.int(listed.length)]?.code ?? '005930');
  }
  const issues = [...chosen];
  const holdings = issues.slice(0, Math.round((count * HELD_OF_FIVE) / 5)).map((issue) => ({
    issue,
    quantity: Math.max(1, Math.floor(HOLDING_KRW / (byCode.get(issue)?.basePrice ?? HOLDING_KRW))),
  }));
  return scenario({
    name: `조용한 하루 ${seed}`,
    market: { kind: 'synthetic', date: krxCalendar.addSessions(FIRST_DATE, rng.int(DATES)), issues },
    accounts: [{ id: 'main', cashKrw: CASH_KRW, holdings }],
  });
}

/** What rang on a calm day. */
export interface CalmDay {
  readonly seed: number;
  /** Severity M or more, merged by cause within five minutes: each is a false alarm. */
  readonly alarms: readonly RunThreat[];
  /** Events that the detectors heard. */
  readonly events: number;
  readonly ms: number;
}

/** Plays the calm day of a seed from the opening auction to the end. */
export async function playCalmDay(seed: number, count = MOST_ISSUES): Promise<CalmDay> {
  let events = 0;
  const heard = (): void => void (events += 1);
  const { threats, ms } = await played(calmDocument(seed, count), { seed, heard });
  return { seed, alarms: falseAlarmsOf([], threats), events, ms };
}
