/** How the detectors did: counted by detector, in the order in which they disturb. */
import { describe, expect, it } from 'vitest';
import { countThreats, type Threat, type ThreatVerdict } from '#shared/domain/index.ts';
import { madeThreat } from '#test/support/guard-stand.ts';

const judged = (
  detector: Threat['detector'],
  change: Partial<Threat> = {},
  verdict: ThreatVerdict | null = null,
): { readonly threat: Threat; readonly verdict: ThreatVerdict | null } => ({
  threat: madeThreat(detector, change),
  verdict,
});

describe('statistics of the detectors', () => {
  it('are none of nothing', () => {
    expect(countThreats([])).toEqual([]);
  });

  it('count threats, alarms and what the user said of them', () => {
    const counted = countThreats([
      judged('M01', { severity: 'M' }, 'right'),
      judged('M01', { severity: 'H' }, 'false'),
      judged('M01', { severity: 'L' }, 'false'),
      judged('M12', { severity: 'L' }),
      judged('O03', { severity: 'C' }),
    ]);
    expect(counted).toEqual([
      { detector: 'M01', threats: 3, alarms: 2, right: 1, false: 2, heldMs: null },
      { detector: 'O03', threats: 1, alarms: 1, right: 0, false: 0, heldMs: null },
      { detector: 'M12', threats: 1, alarms: 0, right: 0, false: 0, heldMs: null },
    ]);
  });

  it('take the median of the times that they held, of those that are over', () => {
    const held = (ms: number | null) => judged('M02', { firstTs: 1_000, clearedTs: ms === null ? null : 1_000 + ms });
    const [row] = countThreats([held(9_000), held(null), held(1_000), held(2_000)]);
    expect(row?.heldMs).toBe(2_000);
  });

  it('name ties in the order of their names', () => {
    const counted = countThreats([judged('M15'), judged('M03'), judged('M10')]);
    expect(counted.map(({ detector }) => detector)).toEqual(['M03', 'M10', 'M15']);
  });
});
