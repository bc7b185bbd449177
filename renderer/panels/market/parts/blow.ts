/** A blow to the market as it is written in the dialog: a day to be like, or figures of one's own. */
import type { MarketBlow, SimulationPlan } from '#shared/domain/index.ts';
import { STRESS_DAYS, type StressDay } from '#shared/market/index.ts';
import { timeOfDayMs } from '#shared/time/index.ts';

/** none: an ordinary day · own: figures typed · else the date of a day to be like. */
export type BlowChoice = string;

export interface BlowDraft {
  readonly choice: BlowChoice;
  readonly market: MarketBlow['market'];
  /** As typed. */
  readonly pctText: string;
  /** "HH:MM", or empty for the open. */
  readonly atText: string;
  readonly minutesText: string;
}

export const BLOW_MARKETS: readonly MarketBlow['market'][] = ['all', 'KOSPI', 'KOSDAQ'];

/** How long the move of a practice day takes; the facts name only its size, so the length is ours. */
const PRACTICE_MINUTES = 150;

/** The fields filled in like a day. */
export function likeDay(day: StressDay): BlowDraft {
  return {
    choice: day.date,
    market: 'all',
    pctText: String(day.kospiPct),
    atText: '',
    minutesText: String(PRACTICE_MINUTES),
  };
}

export const NO_BLOW: BlowDraft = { choice: 'none', market: 'all', pctText: '', atText: '', minutesText: '' };

/** The blow of the market that is playing, as fields; an ordinary day where it has none. */
export function draftOf(plan: SimulationPlan | undefined): BlowDraft {
  const shock = plan?.mode === 'synthetic' ? plan.shock : undefined;
  if (!shock) return NO_BLOW;
  const minutes = shock.at === 'open' ? null : Math.round(shock.at / 60_000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const like = STRESS_DAYS.find((day) => day.kospiPct === shock.pct && shock.at === 'open');
  return {
    choice: like?.date ?? 'own',
    market: shock.market,
    pctText: String(shock.pct),
    atText: minutes === null ? '' : `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`,
    minutesText: String(shock.minutes),
  };
}

const BOUNDS = {
  pct: 25,
  minutes: 380,
  from: timeOfDayMs('08:00'),
  to: timeOfDayMs('20:00'),
} as const;

/** Instant of day of "HH:MM"; 'open' for an empty text; null where it is no time of the day's trading. */
function atOf(text: string): MarketBlow['at'] | null {
  if (text.trim() === '') return 'open';
  try {
    const ms = timeOfDayMs(text.trim());
    return ms >= BOUNDS.from && ms <= BOUNDS.to ? ms : null;
  } catch {
    return null;
  }
}

/** A typed percentage, "−12.5" or "-12.5"; null where it is none or too large. */
function pctOf(text: string): number | null {
  const plain = text.trim().replace('−', '-').replace('%', '');
  if (!/^[+-]?\d{1,2}(\.\d{1,2})?$/.test(plain)) return null;
  const value = Number(plain);
  return value !== 0 && Math.abs(value) <= BOUNDS.pct ? value : null;
}

function minutesOf(text: string): number | null {
  if (!/^\d{1,3}$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= 1 && value <= BOUNDS.minutes ? value : null;
}

export interface ReadBlow {
  /** null: an ordinary day. */
  readonly blow: MarketBlow | null;
  /** Fields that cannot be read. */
  readonly bad: ReadonlySet<'pct' | 'at' | 'minutes'>;
}

export function readBlow(draft: BlowDraft): ReadBlow {
  if (draft.choice === 'none') return { blow: null, bad: new Set() };
  const [pct, at, minutes] = [pctOf(draft.pctText), atOf(draft.atText), minutesOf(draft.minutesText)];
  const bad = new Set<'pct' | 'at' | 'minutes'>();
  if (pct === null) bad.add('pct');
  if (at === null) bad.add('at');
  if (minutes === null) bad.add('minutes');
  if (pct === null || at === null || minutes === null) return { blow: null, bad };
  return { blow: { at, market: draft.market, pct, minutes }, bad };
}
