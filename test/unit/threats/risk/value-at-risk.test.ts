/** Value at risk and expected shortfall beside values found by another way: by hand, and by the formula of the normal law. */
import { describe, expect, it } from 'vitest';
import {
  choleskyOf,
  ewmaDeviation,
  ewmaRisk,
  historicalRisk,
  monteCarloRisk,
  type Known,
  type RiskFigure,
  type RiskQuestion,
} from '#shared/threats/risk/index.ts';
import { A, aligned, B, C, closesFrom, held, repeated } from './made-days.ts';

const MILLION = 1_000_000;

/** A hundred days of returns −5.0 %, −4.9 % … +4.9 %, in a mixed order (37 and 100 share no divisor). */
const LADDER = Array.from({ length: 100 }, (_, day) => (((day * 37) % 100) - 50) / 1_000);

function ask(change: Partial<RiskQuestion>): RiskQuestion {
  return {
    holdings: [held(A, MILLION)],
    closes: aligned({ [A]: closesFrom(LADDER) }),
    level: 0.95,
    horizon: 1,
    ...change,
  };
}

const of = (figure: Known<RiskFigure>): RiskFigure => {
  if (!figure.known) throw new Error(`not known: ${figure.reason}`);
  return figure.value;
};

describe('historical risk', () => {
  it('is the fifth worst of a hundred days at 95 %, and the worst at 99 %', () => {
    // The five worst: 5.0 4.9 4.8 4.7 4.6 %, of which 4.8 is the mean.
    expect(of(historicalRisk(ask({})))).toEqual({ varKrw: 46_000, esKrw: 48_000, spans: 100 });
    expect(of(historicalRisk(ask({ level: 0.99 })))).toEqual({ varKrw: 50_000, esKrw: 50_000, spans: 100 });
  });

  it('takes holdings together: what offsets is no risk', () => {
    const closes = aligned({ [A]: closesFrom(LADDER), [B]: closesFrom(LADDER.map((each) => -each / 2)) });
    // B loses half of what A gains: half of A's risk is left.
    expect(of(historicalRisk(ask({ closes, holdings: [held(A, MILLION), held(B, MILLION)] })))).toMatchObject({
      varKrw: 23_000,
      esKrw: 24_000,
    });
  });

  it('of ten days takes ten that follow one another', () => {
    const closes = aligned({ [A]: closesFrom(repeated([-0.01], 120)) });
    // 1 − 0.99¹⁰ = 9.561792 %
    expect(of(historicalRisk(ask({ closes, horizon: 10 })))).toEqual({ varKrw: 95_618, esKrw: 95_618, spans: 111 });
  });

  it('is below zero where even the worst days gained', () => {
    const closes = aligned({ [A]: closesFrom(repeated([0.01, 0.02], 100)) });
    expect(of(historicalRisk(ask({ closes }))).varKrw).toBe(-10_000);
  });

  it('leaves a gap out for all, and reaches over none', () => {
    const path: (number | null)[] = closesFrom(repeated([0.01, -0.01], 100));
    path[50] = null;
    // A tenfold price behind the gap would be a return of 900 %, were it reached over.
    const jumped = path.map((close, day) => (day > 50 && close !== null ? close * 10 : close));
    const both = { holdings: [held(A, MILLION), held(B, MILLION)] };
    const closes = aligned({ [A]: jumped, [B]: closesFrom(repeated([0.01, -0.01], 100)) });
    expect(of(historicalRisk(ask({ ...both, closes })))).toEqual({ varKrw: 20_000, esKrw: 20_000, spans: 98 });
    for (const bad of [Number.NaN, 0, -1, Infinity]) {
      const spoilt = aligned({
        [A]: jumped.map((close) => close ?? bad),
        [B]: closesFrom(repeated([0.01, -0.01], 100)),
      });
      expect(of(historicalRisk(ask({ ...both, closes: spoilt }))).spans).toBe(98);
    }
  });
});

describe('EWMA risk', () => {
  it('is that of the normal law where every day moved alike', () => {
    const closes = aligned({ [A]: closesFrom(repeated([0.01, -0.01], 100)) });
    // σ = 10,000 won; z = 1.644854, 2.326348; φ(z) / (1 − level) = 2.062713, 2.665214 (printed tables)
    expect(of(ewmaRisk(ask({ closes })))).toMatchObject({ varKrw: 16_449, esKrw: 20_628 });
    expect(of(ewmaRisk(ask({ closes, level: 0.99 })))).toMatchObject({ varKrw: 23_264, esKrw: 26_653 });
    // 23,263.479 × √10
    expect(of(ewmaRisk(ask({ closes, level: 0.99, horizon: 10 })))).toMatchObject({ varKrw: 73_566 });
  });

  it('weighs the newest day most', () => {
    // (0.94 × 1² + 3²) / 1.94, and the other way round
    expect(ewmaDeviation([1, 3])).toBeCloseTo(Math.sqrt(9.94 / 1.94), 12);
    expect(ewmaDeviation([3, -1])).toBeCloseTo(Math.sqrt(9.46 / 1.94), 12);
    const calmThenWild = closesFrom([...repeated([0.001, -0.001], 90), ...repeated([0.02, -0.02], 10)]);
    const wildThenCalm = closesFrom([...repeated([0.02, -0.02], 10), ...repeated([0.001, -0.001], 90)]);
    const late = of(ewmaRisk(ask({ closes: aligned({ [A]: calmThenWild }) }))).varKrw;
    const early = of(ewmaRisk(ask({ closes: aligned({ [A]: wildThenCalm }) }))).varKrw;
    // Weight of ten days: now 1 − 0.94¹⁰ = 46.1 % of σ² = 0.0004; ninety days ago next to nothing.
    expect(late).toBeGreaterThan(0.95 * 1.644854 * 20_000 * Math.sqrt(0.461));
    expect(late).toBeLessThan(1.05 * 1.644854 * 20_000 * Math.sqrt(0.461));
    expect(early).toBeLessThan(5_000);
  });
});

describe('Monte Carlo risk', () => {
  /** Returns whose logarithm is ±1 % in turn. */
  const LOGS = [Math.expm1(0.01), Math.expm1(-0.01)];
  const FOUR = [Math.expm1(0.01), Math.expm1(0.01), Math.expm1(-0.01), Math.expm1(-0.01)];
  const near = (value: number, expected: number): void => {
    expect(Math.abs(value / expected - 1)).toBeLessThan(0.03);
  };

  it('comes near the formula: VaR = V (1 − exp(−z σ √h))', () => {
    const closes = aligned({ [A]: closesFrom(repeated(LOGS, 100)) });
    for (const [level, z] of [
      [0.95, 1.644854],
      [0.99, 2.326348],
    ] as const)
      for (const horizon of [1, 10] as const)
        near(
          of(monteCarloRisk(ask({ closes, level, horizon }), 1)).varKrw,
          MILLION * -Math.expm1(-z * 0.01 * Math.sqrt(horizon)),
        );
    // ES of the normal law; the curve of exp lowers it by about σ² (z² + 1) / 2, far below the bound.
    near(of(monteCarloRisk(ask({ closes, level: 0.99 }), 2)).esKrw, 26_652 - 365);
  });

  it('knows what moves together and what does not', () => {
    const both = { holdings: [held(A, MILLION / 2), held(B, MILLION / 2)] };
    const one = aligned({ [A]: closesFrom(repeated(LOGS, 100)), [B]: closesFrom(repeated(LOGS, 100)) });
    const apart = aligned({ [A]: closesFrom(repeated(LOGS, 100)), [B]: closesFrom(repeated(FOUR, 100)) });
    near(of(monteCarloRisk(ask({ ...both, closes: one }), 3)).varKrw, 16_314);
    near(of(monteCarloRisk(ask({ ...both, closes: apart }), 3)).varKrw, 16_449 / Math.SQRT2);
  });

  it('is the same for a seed, and another for another', () => {
    const question = ask({});
    expect(monteCarloRisk(question, 7)).toEqual(monteCarloRisk(question, 7));
    expect(of(monteCarloRisk(question, 7)).varKrw).not.toBe(of(monteCarloRisk(question, 8)).varKrw);
    expect(monteCarloRisk(question, Number.NaN)).toMatchObject({ known: false, reason: 'badFigure', about: ['seed'] });
  });

  it('takes a matrix without full rank', () => {
    const matrix = [
      [4, 4, 2],
      [4, 4, 2],
      [2, 2, 10],
    ];
    const factor = choleskyOf(matrix.map((row) => Float64Array.from(row)));
    const back = factor.map((a) => factor.map((b) => a.reduce((sum, each, place) => sum + each * (b[place] ?? 0), 0)));
    expect(back).toEqual(matrix);
  });
});

describe('what cannot be known', () => {
  const methods: readonly (readonly [string, (question: RiskQuestion) => Known<RiskFigure>])[] = [
    ['historical', historicalRisk],
    ['ewma', ewmaRisk],
    ['monteCarlo', (question) => monteCarloRisk(question, 1)],
  ];

  it.each(methods)('has a reason and no figure: %s', (_name, risk) => {
    expect(risk(ask({ holdings: [] }))).toMatchObject({ known: false, reason: 'noHoldings' });
    expect(risk(ask({ holdings: [held(A, 0)] }))).toMatchObject({ known: false, reason: 'noHoldings' });
    for (const bad of [Number.NaN, -1, Infinity])
      expect(risk(ask({ holdings: [held(A, 1), held(B, bad)] }))).toMatchObject({ reason: 'badHolding', about: [B] });
    expect(risk(ask({ holdings: [held(C, MILLION)] }))).toMatchObject({ reason: 'noHistory', about: [C] });
    expect(risk(ask({ closes: aligned({ [A]: closesFrom(LADDER.slice(0, 30)) }) }))).toMatchObject({
      reason: 'tooFewDays',
      have: 30,
      about: [A],
    });
    expect(risk(ask({ closes: aligned({ [A]: closesFrom(repeated([0], 100)) }) }))).toMatchObject({ reason: 'flat' });
  });

  it('asks for a hundred days at 99 %', () => {
    const closes = aligned({ [A]: closesFrom(LADDER.slice(0, 99)) });
    expect(historicalRisk(ask({ closes, level: 0.99 }))).toMatchObject({ reason: 'tooFewDays', need: 100, have: 99 });
    expect(historicalRisk(ask({ closes })).known).toBe(true);
  });

  it('says so where days of two issues never meet', () => {
    const whole = closesFrom(repeated([0.01, -0.01], 199));
    const early = whole.map((close, day) => (day < 100 ? close : null));
    const late = whole.map((close, day) => (day < 100 ? null : close));
    const question = ask({ holdings: [held(A, 1), held(B, 1)], closes: aligned({ [A]: early, [B]: late }) });
    expect(historicalRisk(question)).toMatchObject({ reason: 'tooFewDays', need: 60, have: 0 });
  });

  it('takes the rest to move as what is known, where that is allowed', () => {
    const holdings = [held(A, 800_000), held(C, 200_000)];
    expect(historicalRisk(ask({ holdings }))).toMatchObject({ reason: 'noHistory', about: [C] });
    expect(of(historicalRisk(ask({ holdings, leastCovered: 0.8 }))).varKrw).toBe(46_000);
    expect(historicalRisk(ask({ holdings, leastCovered: 0.81 }))).toMatchObject({ reason: 'noHistory' });
  });
});
