/** Days on which the whole market moved most, as patterns for practice. */
import facts from '#resources/krx/stress-days.json' with { type: 'json' };

/** One such day; changes of the indices from the previous close, percent. */
export interface StressDay {
  readonly date: string;
  readonly kospiPct: number;
  /** C confirmed, S one source, U unconfirmed. */
  readonly kospiStatus: string;
  /** null: not known. */
  readonly kosdaqPct: number | null;
  readonly kosdaqStatus: string;
  /** What stopped the market, in Korean; null: nothing known. */
  readonly breakersKo: string | null;
  readonly source: string;
}

/**
 * The days, the newest of a kind first.
 * @source resources/krx/stress-days.json
 */
export const STRESS_DAYS: readonly StressDay[] = facts.days;
