/** The risk score 0 to 100, composed openly: what each threat adds, family by family, and all together. */
import { RISK_FAMILIES, type RiskFamily, type RiskScores, type Threat } from '../../domain/index.ts';

/** What a threat adds by its severity, of 100. */
const BY_SEVERITY: Readonly<Record<Threat['severity'], number>> = { L: 5, M: 20, H: 50, C: 90 };
/** And how much of that by its phase. */
const BY_PHASE: Readonly<Record<Threat['phase'], number>> = { detected: 0.6, confirmed: 1, fading: 0.4, cleared: 0 };
/** How much of a family's score reaches the total. */
export const FAMILY_WEIGHTS: Readonly<Record<RiskFamily, number>> = {
  account: 1,
  portfolio: 0.8,
  market: 0.8,
  operation: 0.9,
  security: 1,
};

/** What a threat adds to its family's score, 0 to 100. */
export function scoreOf({ severity, phase }: Pick<Threat, 'severity' | 'phase'>): number {
  return BY_SEVERITY[severity] * BY_PHASE[phase];
}

/** Several parts as one: each takes its share of what the others have left, so that no sum goes beyond 100. */
function together(parts: readonly number[]): number {
  const left = parts.reduce((rest, part) => rest * (1 - part / 100), 1);
  return Math.round((1 - left) * 1_000) / 10;
}

/** A threat's part of the score, for a screen that shows the sum. */
export interface Contribution {
  readonly threatId: string;
  readonly family: RiskFamily;
  readonly points: number;
}

/** The scores at an instant, with what they are made of, largest first. */
export function scoresOf(
  threats: readonly Threat[],
  ts: number,
): RiskScores & { readonly parts: readonly Contribution[] } {
  const parts = threats
    .map((threat): Contribution => ({ threatId: threat.threatId, family: threat.family, points: scoreOf(threat) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
  const of = (family: RiskFamily): number =>
    together(parts.filter((part) => part.family === family).map(({ points }) => points));
  const families = Object.fromEntries(RISK_FAMILIES.map((family) => [family, of(family)])) as Record<
    RiskFamily,
    number
  >;
  const total = together(RISK_FAMILIES.map((family) => families[family] * FAMILY_WEIGHTS[family]));
  return { ts, total, families, parts };
}
