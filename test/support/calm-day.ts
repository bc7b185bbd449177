/** A calm generated day for counting false alarms: issues drawn by the seed, some of them held, and nothing that happens to them. */
import { BUNDLED } from '#core/market/index.ts';
import type { RunThreat, ScenarioDocument } from '#shared/domain/index.ts';
import { drawDay, USUAL_SESSION_SD } from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { falseAlarmsOf } from '#shared/threats/index.ts';
import { sessionDate, type SessionDate } from '#shared/time/index.ts';
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

/** Of the market's own day: the whole move of a calm one. */
const CALM_MOVE = 0.0115;

/**
 * Whether a generated market has a calm day: one drawn with no more than its usual volatility, on which the market as a whole
 * ends within one usual day's move. The generator says so; what the issues do on such a day, and what detectors make of it,
 * is not asked.
 */
export function isCalm(seed: number, date: SessionDate): boolean {
  const { market } = drawDay({ seed, date, profiles: [] });
  return market.sessionSd <= USUAL_SESSION_SD && Math.abs(market.overnight + market.session) <= CALM_MOVE;
}

/** A day drawn by the seed: a calm one, or `any`, of turbulent spells and bad days too. */
export type DayKind = 'calm' | 'any';

/** So far from each other are the seeds that stand in for one whose whole year is turbulent; even, so that odd ones stay odd. */
const NEXT_SEED = 1_000_000;

/** A date of the kind, and the seed of its market: the very one where any of its days is of the kind. */
function drawDate(seed: number, kind: DayKind, rng: Rng): { readonly seed: number; readonly date: SessionDate } {
  const first = rng.int(DATES);
  for (let at = seed; ; at += NEXT_SEED)
    for (let days = 0; days < DATES; days += 1) {
      const date = krxCalendar.addSessions(FIRST_DATE, (first + days) % DATES);
      if (kind === 'any' || isCalm(at, date)) return { seed: at, date };
    }
}

/** The scenario of a day without an event, a play or a label, and the seed to play it with. */
export function calmDocument(
  seed: number,
  count = MOST_ISSUES,
  kind: DayKind = 'calm',
): { readonly document: ScenarioDocument; readonly seed: number } {
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
  const drawn = drawDate(seed, kind, rng);
  const document = scenario({
    name: `조용한 하루 ${seed}`,
    market: { kind: 'synthetic', date: drawn.date, issues },
    accounts: [{ id: 'main', cashKrw: CASH_KRW, holdings }],
  });
  return { document, seed: drawn.seed };
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

/** Plays the day of a seed from the opening auction to the end. */
export async function playCalmDay(seed: number, count = MOST_ISSUES, kind: DayKind = 'calm'): Promise<CalmDay> {
  let events = 0;
  const heard = (): void => void (events += 1);
  const day = calmDocument(seed, count, kind);
  const { threats, ms } = await played(day.document, { seed: day.seed, heard });
  return { seed, alarms: falseAlarmsOf([], threats), events, ms };
}
