/** What a risk score is called and how it is coloured: 낮음 below 40, 주의 below 60, 높음 below 80, 임박 from there. */
export type RiskLevel = 'low' | 'mid' | 'high' | 'crit';

/** @source docs of the look: 낮음 0-39, 주의 40-59, 높음 60-79, 임박 80+ */
export function riskLevel(score: number): RiskLevel {
  if (score >= 80) return 'crit';
  if (score >= 60) return 'high';
  return score >= 40 ? 'mid' : 'low';
}

/** Class of a chip for a level. */
export const LEVEL_CHIP: Readonly<Record<RiskLevel, string>> = {
  low: 'chip line',
  mid: 'chip mid',
  high: 'chip high',
  crit: 'chip crit',
};

/** Class of ink for a level. */
export const LEVEL_INK: Readonly<Record<RiskLevel, string>> = { low: '', mid: 'midc', high: 'highc', crit: 'critc' };
