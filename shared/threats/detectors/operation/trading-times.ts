/** When prices are expected: from the phases that the stream tells, and by the clock where it tells none. */
import { isContinuous, type Phase } from '../../../time/index.ts';
import type { VenueName } from '../../../domain/index.ts';
import type { PhaseEvent } from '../../events.ts';
import { koreanDay, KST_MS } from '../market/issues.ts';

const DAY_MS = 86_400_000;
/** Continuous trading of KRX. @source resources/krx/sessions.json */
const OPEN_MS = 9 * 3_600_000;
const CLOSE_MS = (15 * 60 + 20) * 60_000;
/** Day 0 of 1970 was a Thursday. */
const THURSDAY = 4;

/** regular: KRX trades continuously · thin: another session does, where silence means little · none: nothing trades. */
export type Trading = 'regular' | 'thin' | 'none';

/** Issues whose own phases are known at most. */
const ISSUES_KEPT = 10_000;

/** What a phase counts for: 2 regular, 1 thin, 0 none. */
function weightOf(venue: VenueName, phase: Phase): 0 | 1 | 2 {
  if (!isContinuous(phase)) return 0;
  return venue === 'KRX' && phase === 'continuous' ? 2 : 1;
}

/** Some streams tell the phases of venues, others only those of issues: then a market trades while one of its issues does. */
export class TradingTimes {
  readonly #venues: Partial<Record<VenueName, 0 | 1 | 2>> = {};
  readonly #issues = new Map<string, 0 | 1 | 2>();
  /** Issues by weight. */
  readonly #counts = [0, 0, 0];

  take({ venue, phase, id }: PhaseEvent): void {
    const weight = weightOf(venue, phase);
    if (id === null) {
      this.#venues[venue] = weight;
      return;
    }
    const key = `${venue}${id}`;
    const before = this.#issues.get(key);
    if (before === undefined && this.#issues.size >= ISSUES_KEPT) return;
    if (before !== undefined) this.#counts[before] = (this.#counts[before] ?? 0) - 1;
    this.#issues.set(key, weight);
    this.#counts[weight] = (this.#counts[weight] ?? 0) + 1;
  }

  now(ts: number): Trading {
    const { KRX, NXT } = this.#venues;
    if (KRX !== undefined || NXT !== undefined) {
      const most = Math.max(KRX ?? 0, NXT ?? 0);
      return most === 2 ? 'regular' : most === 1 ? 'thin' : 'none';
    }
    const [, thin = 0, regular = 0] = this.#counts;
    if (this.#issues.size > 0) return regular > 0 ? 'regular' : thin > 0 ? 'thin' : 'none';
    const weekday = (koreanDay(ts) + THURSDAY) % 7;
    const time = (ts + KST_MS) % DAY_MS;
    return weekday !== 0 && weekday !== 6 && time >= OPEN_MS && time < CLOSE_MS ? 'regular' : 'none';
  }
}
