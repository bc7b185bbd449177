/** The risk of what is held, as a worker computes it: stored and practised closes, reasons where there are none, scenarios worst first. */
import { describe, expect, it } from 'vitest';
import library from '#resources/scenarios/library.json' with { type: 'json' };
import { answerOf, askPortfolio, type PortfolioOrder } from '#core/threats/index.ts';
import { PortfolioReport } from '#shared/domain/index.ts';
import type { ListedIssue } from '#shared/exchange/index.ts';
import { addDays, sessionDate } from '#shared/time/index.ts';
import { Rng } from '#shared/rng/index.ts';

const WORKER = new URL('../../../electron/worker.ts', import.meta.url);
const SCENARIOS = library.scenarios.map(({ id, text }) => ({ scenarioId: id, own: false, text }));
const HELD = [
  { id: 'KRX:005930', valueKrw: 30_000_000, sector: null, market: 'KOSPI' },
  { id: 'KRX:247540', valueKrw: 10_000_000, sector: null, market: 'KOSDAQ' },
] as const;
const MARKETS = new Map([
  ['005930', 'KOSPI'],
  ['247540', 'KOSDAQ'],
] as const);
const DATES = Array.from({ length: 400 }, (_, day) => addDays(sessionDate('2025-01-01'), day));

/** KOSPI moves, and an issue moves so many times as much. */
function stored(times: number, gap = false): PortfolioOrder['closes'] {
  const rng = Rng.from(7, 'index');
  const changes = DATES.map((date) => ({ date, changePpm: Math.round(rng.normal() * 10_000) }));
  const path = (of: (changePpm: number) => number): number[] => {
    let close = 100_000;
    return changes.map(({ changePpm }) => (close *= 1 + of(changePpm) / 1_000_000));
  };
  return {
    kind: 'stored',
    issues: [
      { id: 'KRX:005930', dates: DATES, closes: path((ppm) => ppm * times) },
      ...(gap ? [] : [{ id: 'KRX:247540', dates: DATES, closes: path((ppm) => -ppm) }]),
    ],
    indices: { KOSPI: changes, KOSDAQ: [] },
  };
}

const order = (change: Partial<PortfolioOrder> = {}): PortfolioOrder => ({
  kind: 'portfolio',
  holdings: HELD,
  closes: stored(1.5),
  seed: 1,
  scenarios: SCENARIOS,
  markets: MARKETS,
  ...change,
});

describe('risk of what is held', () => {
  it('knows the beta by which an issue was made, and says why it does not know the other', () => {
    const { betas, beta, losses, pairs, concentration, days } = answerOf(order());
    expect(days).toBe(400);
    const samsung = betas.find(([id]) => id === 'KRX:005930')?.[1];
    expect(samsung).toMatchObject({ known: true, value: { days: 399 } });
    expect(samsung?.known === true && samsung.value.beta).toBeCloseTo(1.5, 6);
    // Three parts at 1.5, one at −1.
    expect(beta.KOSPI.known && beta.KOSPI.value.beta).toBeCloseTo(0.75 * 1.5 - 0.25, 6);
    expect(beta.KOSDAQ).toMatchObject({ known: false, reason: 'noHistory', about: ['KOSDAQ'] });
    expect(concentration).toMatchObject({ known: true, value: { largest: { id: 'KRX:005930', share: 0.75 } } });
    expect(pairs.known && pairs.value[0]?.correlation).toMatchObject({ known: true });
    expect(losses).toHaveLength(12);
    for (const { figure } of losses)
      expect(figure.known && figure.value.esKrw).toBeGreaterThan(figure.known ? figure.value.varKrw : Infinity);
  });

  it('has every scenario that moves prices, the worst first, and counts the others', () => {
    const { scenarios, priceless } = answerOf(order());
    expect(scenarios.length + priceless).toBe(SCENARIOS.length);
    expect(priceless).toBeGreaterThan(0);
    const changes = scenarios.flatMap(({ effect }) => (effect.known ? [effect.value.changeKrw] : []));
    expect(changes).toEqual(changes.toSorted((a, b) => a - b));
    const war = scenarios.find(({ scenarioId }) => scenarioId === 'lib:2026-03-04-iran-war');
    // Two days at a beta of 1.5: some 12 % and more on 30 million, and KOSDAQ beside it.
    expect(war?.effect.known === true && war.effect.value.changeKrw).toBeLessThan(-5_000_000);
    // A crisis of which no KOSDAQ path is known: what follows it is left out, and said so.
    const imf = scenarios.find(({ scenarioId }) => scenarioId === 'lib:1997-11-24-imf');
    expect(imf).toMatchObject({ kosdaqPct: null, effect: { known: true, value: { unknownKrw: 10_000_000 } } });
  });

  it('says why where too little of it has a past, or a price is not known', () => {
    const gap = answerOf(order({ closes: stored(1, true) }));
    for (const { figure } of gap.losses)
      expect(figure).toMatchObject({ known: false, reason: 'noHistory', about: ['KRX:247540'] });
    const [first] = HELD;
    const priced = answerOf(order({ holdings: [{ ...first, valueKrw: Number.NaN }] }));
    for (const { figure } of priced.losses) expect(figure).toMatchObject({ known: false, reason: 'badHolding' });
    for (const { effect } of priced.scenarios) expect(effect.known).toBe(false);
    const none = answerOf(order({ holdings: [] }));
    expect(none.concentration).toMatchObject({ known: false, reason: 'noHoldings' });
  });

  it('is computed in a worker, the same for the same seed, as the contract has it', async () => {
    const listed = (code: string, market: 'KOSPI' | 'KOSDAQ', basePrice: number): ListedIssue => ({
      code,
      market,
      product: 'stock',
      basePrice,
      lotSize: 1,
      listedShares: 1_000_000_000,
    });
    const practice = order({
      closes: {
        kind: 'practice',
        issues: [
          listed('005930', 'KOSPI', 70_000),
          listed('000660', 'KOSPI', 200_000),
          listed('247540', 'KOSDAQ', 150_000),
        ],
        seed: 5,
        date: sessionDate('2026-08-05'),
      },
    });
    const never = new AbortController().signal;
    const { betas, ...answer } = await askPortfolio(WORKER, practice, never);
    expect(answer.losses.every(({ figure }) => figure.known)).toBe(true);
    expect(answer).toEqual((({ betas: _, ...rest }) => rest)(answerOf(practice)));
    const holdings = HELD.map(({ id, valueKrw, market }) => {
      const beta = betas.find(([each]) => each === id)?.[1] ?? null;
      return { id, quantity: 1, valueKrw, market, beta };
    });
    const whole = { accountId: 'one', asOf: '2026-08-05', closes: 'practice', holdings, ...answer };
    expect(() => PortfolioReport.parse(whole)).not.toThrow();
    const gone = new AbortController();
    const asked = askPortfolio(WORKER, practice, gone.signal);
    gone.abort();
    await expect(asked).rejects.toMatchObject({ code: 'CANCELED' });
  }, 60_000);
});
