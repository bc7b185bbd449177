/** Beta, concentration, correlation and shocks, beside values found by hand. */
import { describe, expect, it } from 'vitest';
import {
  betaOf,
  concentrationOf,
  meanCorrelation,
  notKnown,
  pairCorrelations,
  portfolioBeta,
  portfolioRisk,
  tooFewDays,
  whatIf,
  whatIfAll,
  whyNotKnown,
  type Known,
  type Shock,
} from '#shared/threats/risk/index.ts';
import { A, aligned, B, C, closesFrom, held, repeated } from './made-days.ts';

const of = <Value>(figure: Known<Value>): Value => {
  if (!figure.known) throw new Error(`not known: ${figure.reason}`);
  return figure.value;
};

/** Two patterns that have nothing to do with each other: sums of products over four days are zero. */
const MARKET = [0.01, -0.01, 0.01, -0.01];
const OWN = [0.02, 0.02, -0.02, -0.02];
const index = closesFrom(repeated(MARKET, 100));
const mixed = closesFrom(repeated(MARKET, 100).map((move, day) => 1.5 * move + (OWN[day % 4] as number)));

describe('beta', () => {
  it('is the slope, and the correlation what of it is sure', () => {
    expect(of(betaOf(index, index))).toMatchObject({ days: 100 });
    expect(of(betaOf(index, index)).beta).toBeCloseTo(1, 12);
    const { beta, correlation } = of(betaOf(mixed, index));
    expect(beta).toBeCloseTo(1.5, 10);
    // 1.5 × 1 % beside 2 % of its own: 1.5 / √(1.5² + 2²) = 0.6
    expect(correlation).toBeCloseTo(0.6, 10);
  });

  it('of a portfolio is the mean of its issues by value', () => {
    const closes = aligned({ [A]: mixed, [B]: closesFrom(repeated(MARKET, 100).map((move) => move / 2)) });
    const kospi = { name: 'KOSPI', path: index };
    // (3 × 1.5 + 1 × 0.5) / 4
    expect(of(portfolioBeta([held(A, 3_000), held(B, 1_000)], closes, kospi)).beta).toBeCloseTo(1.25, 10);
    const cut = { name: 'KOSPI', path: index.map((close, day) => (day < 30 ? null : close)) };
    expect(of(portfolioBeta([held(A, 1)], closes, cut))).toMatchObject({ days: 70 });
    expect(portfolioBeta([held(A, 1)], closes, { name: 'KOSPI', path: [] })).toMatchObject({
      reason: 'noHistory',
      about: ['KOSPI'],
    });
    expect(portfolioBeta([], closes, kospi)).toMatchObject({ reason: 'noHoldings' });
  });

  it('is not known for too few days or what does not move', () => {
    expect(betaOf(index.slice(0, 60), index)).toMatchObject({ reason: 'tooFewDays', need: 60, have: 59 });
    expect(betaOf(closesFrom(repeated([0], 100)), index)).toMatchObject({ reason: 'flat' });
    expect(betaOf(index, closesFrom(repeated([0.01], 100)))).toMatchObject({ reason: 'flat' });
    expect(betaOf([], [])).toMatchObject({ reason: 'tooFewDays', have: 0 });
  });
});

describe('concentration', () => {
  it('is the sum of squared shares, the largest name, and shares by sector', () => {
    const holdings = [
      held(A, 500, { sector: '반도체' }),
      held(B, 300, { sector: '반도체' }),
      held(C, 150, { sector: '서비스' }),
      held(C, 50, { sector: '서비스' }),
    ];
    const found = of(concentrationOf(holdings));
    // 0.25 + 0.09 + 0.04: the two lots of one issue are one name.
    expect(found.hhi).toBeCloseTo(0.38, 12);
    expect(found.effectiveNames).toBeCloseTo(1 / 0.38, 12);
    expect(found.largest).toEqual({ id: A, share: 0.5 });
    expect(found.sectors.map(({ sector }) => sector)).toEqual(['반도체', '서비스']);
    expect(found.sectors[0]?.share).toBeCloseTo(0.8, 12);
    expect(concentrationOf([])).toMatchObject({ known: false, reason: 'noHoldings' });
    expect(concentrationOf([held(A, Number.NaN)])).toMatchObject({ reason: 'badHolding', about: [A] });
  });
});

describe('correlation', () => {
  it('is told for every pair, with the mean of those that are known', () => {
    const closes = aligned({ [A]: index, [B]: mixed, [C]: index.slice(0, 20) });
    const pairs = of(pairCorrelations([held(A, 1), held(B, 1), held(C, 1)], closes));
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([
      [A, B],
      [A, C],
      [B, C],
    ]);
    expect(of(pairs[0]?.correlation ?? notKnown('noHistory'))).toBeCloseTo(0.6, 10);
    expect(pairs[1]?.correlation).toMatchObject({ known: false, reason: 'tooFewDays', have: 19, about: [A, C] });
    expect(of(meanCorrelation(pairs))).toBeCloseTo(0.6, 10);
    expect(meanCorrelation(pairs.slice(1))).toMatchObject({ reason: 'tooFewDays' });
    expect(meanCorrelation([])).toMatchObject({ reason: 'onlyOne' });
  });
});

describe('what if', () => {
  const crash: Shock = { id: 'crash', kospiPct: -10, kosdaqPct: -20, issues: { [C]: -30 } };
  const betas: Readonly<Record<string, number>> = { [A]: 1.2 };
  const beta = (id: string): number | null => betas[id] ?? null;

  it('moves an issue by its own shock, else by its market and beta', () => {
    const holdings = [held(A, 1_000_000), held(B, 500_000, { market: 'KOSDAQ' }), held(C, 100_000)];
    const found = of(whatIf(holdings, crash, beta));
    expect(found.holdings).toEqual([
      { id: A, valueKrw: 1_000_000, by: 'beta', pct: -12, changeKrw: -120_000 },
      { id: B, valueKrw: 500_000, by: 'market', pct: -20, changeKrw: -100_000 },
      { id: C, valueKrw: 100_000, by: 'issue', pct: -30, changeKrw: -30_000 },
    ]);
    expect(found).toMatchObject({ valueKrw: 1_600_000, changeKrw: -250_000, changePct: -15.625, unknownKrw: 0 });
  });

  it('loses no more than all, and knows what it does not know', () => {
    const abroad = held(B, 400, { market: null });
    const found = of(whatIf([held(A, 1_000), abroad], { ...crash, kospiPct: -90 }, () => 2));
    expect(found).toMatchObject({ changeKrw: -1_000, changePct: -100, unknownKrw: 400 });
    expect(found.holdings.find(({ id }) => id === B)).toMatchObject({ by: 'none', pct: null, changeKrw: null });
    expect(whatIf([abroad], crash, beta)).toMatchObject({ known: false, reason: 'noMarket', about: [B] });
    expect(whatIf([], crash, beta)).toMatchObject({ reason: 'noHoldings' });
  });

  it('refuses figures that are none', () => {
    for (const bad of [Number.NaN, -101, Infinity]) {
      expect(whatIf([held(A, 1)], { ...crash, kospiPct: bad }, beta)).toMatchObject({ about: ['KOSPI'] });
      expect(whatIf([held(A, 1)], { ...crash, issues: { [A]: bad } }, beta)).toMatchObject({
        reason: 'badFigure',
        about: [A],
      });
    }
    expect(of(whatIf([held(B, 100)], crash, () => Number.NaN)).holdings[0]?.by).toBe('market');
  });

  it('orders many, the worst first and the unknown last', () => {
    const shocks = [{ ...crash, id: 'bad', kospiPct: Number.NaN }, { ...crash, id: 'mild', kospiPct: -1 }, crash];
    expect(whatIfAll([held(A, 1_000)], shocks, beta).map(({ id }) => id)).toEqual(['crash', 'mild', 'bad']);
  });
});

describe('all of it', () => {
  it('gives every figure with its value or a reason in words', () => {
    const holdings = [held(A, 700), held(B, 300, { market: 'KOSDAQ' })];
    const question = {
      holdings,
      closes: aligned({ [A]: mixed, [B]: index }),
      indices: { KOSPI: index, KOSDAQ: [] },
      seed: 1,
    };
    const found = portfolioRisk(question);
    expect(found.losses).toHaveLength(12);
    // A hundred days are ninety-one spans of ten: too few for 99 %.
    expect(found.losses.filter(({ figure }) => !figure.known)).toMatchObject([
      { method: 'historical', level: 0.99, horizon: 10, figure: { reason: 'tooFewDays', need: 100, have: 91 } },
    ]);
    expect(of(found.beta.KOSPI).beta).toBeCloseTo(0.7 * 1.5 + 0.3, 10);
    expect(found.beta.KOSDAQ).toMatchObject({ reason: 'noHistory', about: ['KOSDAQ'] });
    expect([...found.issueBetas].map(([id, each]) => [id, each.known])).toEqual([
      [A, true],
      [B, false],
    ]);
    expect(portfolioRisk(question)).toEqual(found);
    const empty = portfolioRisk({ ...question, holdings: [] });
    expect(empty.losses.every(({ figure }) => !figure.known && figure.reason === 'noHoldings')).toBe(true);
    expect(empty.meanCorrelation).toMatchObject({ reason: 'noHoldings' });
  });

  it('says why, with names and numbers', () => {
    expect(whyNotKnown(tooFewDays(100, 91, [A]), () => '삼성전자')).toEqual({
      ko: '100일이 필요한데 91일뿐입니다(삼성전자).',
      en: 'Needs 100 days, has 91 (삼성전자).',
    });
    expect(whyNotKnown(notKnown('noHistory', ['1', '2', '3', '4', '5'])).ko).toBe(
      '지난 종가가 없습니다: 1, 2, 3 외 2개',
    );
    for (const reason of ['noHoldings', 'badHolding', 'onlyOne', 'noMarket', 'flat', 'badFigure'] as const) {
      const { ko, en } = whyNotKnown(notKnown(reason, ['x']));
      expect([ko.length > 8, en.length > 8]).toEqual([true, true]);
    }
  });
});
