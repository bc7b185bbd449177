/** A scenario as one shock: the worst of its days for indices and issues, and what it does not speak of is not zero but unknown. */
import { describe, expect, it } from 'vitest';
import library from '#resources/scenarios/library.json' with { type: 'json' };
import { movesNothing, parseScenario, shockOf } from '#shared/scenario/index.ts';
import { scenario } from '#test/support/scenario-run.ts';

const marketOf = (code: string): 'KOSPI' | 'KOSDAQ' => (code === '247540' ? 'KOSDAQ' : 'KOSPI');

function shipped(id: string) {
  const parsed = parseScenario(library.scenarios.find((each) => each.id === id)?.text ?? '');
  if (!('document' in parsed)) throw new Error(id);
  return parsed.document;
}

describe('the shock of a scenario', () => {
  it('is the published low of a dated day, over both indices at one moment', () => {
    const shock = shockOf(shipped('lib:2024-08-05-yen-carry'), marketOf);
    // Published: KOSPI -10.81 % at its lowest.
    expect(shock?.kospiPct).toBeLessThan(-8.5);
    expect(shock?.kospiPct).toBeGreaterThanOrEqual(-10.81);
    expect(shock?.kosdaqPct).toBeLessThan(-8);
  });

  it('multiplies the days that follow one another', () => {
    const path = [
      { at: '09:00', pct: -5 },
      { at: '15:30', pct: -10 },
    ];
    const two = scenario({
      market: { kind: 'indexPath', date: '2026-08-05', issues: ['005930'], days: [{ KOSPI: path }, { KOSPI: path }] },
      accounts: [{ id: 'main', cashKrw: 1 }],
    });
    expect(shockOf(two, marketOf)).toEqual({ kospiPct: -19, kosdaqPct: null, issues: {} });
  });

  it('has issues by their own moves, limits and betas, beside their index', () => {
    const day = scenario({
      market: {
        kind: 'indexPath',
        date: '2026-08-05',
        issues: ['005930', '000660', '247540', '035420'],
        days: [{ KOSPI: [{ at: '09:00', pct: -10 }] }],
        betas: { '000660': 1.5 },
      },
      accounts: [{ id: 'main', cashKrw: 1 }],
      events: [
        { kind: 'gap', target: { issue: '005930' }, pct: -20 },
        { kind: 'limitLock', at: '10:00', issue: '247540', side: 'lower', minutes: 60 },
      ],
    });
    expect(shockOf(day, marketOf)?.issues).toEqual({
      'KRX:005930': -28,
      'KRX:000660': -15,
      // Its index is not spoken of: what is said of it alone.
      'KRX:247540': -30,
    });
  });

  it('is nothing for what moves no price, and not known of a replay', () => {
    const key = shockOf(shipped('lib:key-in-log'), marketOf);
    expect(key && movesNothing(key)).toBe(true);
    const replay = scenario({
      market: { kind: 'replay', dates: ['2025-02-05'], issues: ['005930'] },
      accounts: [{ id: 'main', cashKrw: 1 }],
    });
    expect(shockOf(replay, marketOf)).toBeNull();
  });
});
