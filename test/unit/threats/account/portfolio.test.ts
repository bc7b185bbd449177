/** Detectors of what is held: concentration, and losses beyond the value at risk. */
import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#shared/domain/index.ts';
import { CONCENTRATION } from '#shared/threats/detectors/account/concentration.ts';
import { historicalVar, pastReturns } from '#shared/threats/detectors/account/historical-risk.ts';
import { VAR_BREACH } from '#shared/threats/detectors/account/var-breach.ts';
import { at, BAD, ID, issue, listen } from '../market/listening.ts';
import { account, ACCOUNT, holding } from './makers.ts';

const TEN = at('10:00:00');
const LATER = TEN + 600_000;
const idOf = (i: number): InstrumentId => `KRX:00000${i}`;

describe('A03 concentration', () => {
  it('fires when one name passes 25 % of equity, not at it, and clears with room', () => {
    const ears = listen(CONCENTRATION);
    ears.send(issue(), account(TEN), account(LATER, { positions: [holding(2_500_000)] }));
    expect(ears.fired).toHaveLength(0);
    ears.send(account(LATER + 1_000, { positions: [holding(2_500_001, { quantity: 11 })] }));
    expect(ears.fired.map(({ subject, severity }) => [subject, severity])).toEqual([[ACCOUNT, 'M']]);
    expect(ears.fired[0]?.values['namePct']).toBeCloseTo(25, 3);
    expect(ears.fired[0]?.sentenceKo).toBe('삼성전자가 순자산의 25.0 %입니다(선 25 %).');
    ears.send(account(LATER + 2_000, { positions: [holding(2_400_000)] }));
    expect(ears.cleared).toEqual([]);
    ears.send(account(LATER + 3_000, { positions: [holding(2_300_000)] }));
    expect(ears.cleared).toEqual([ACCOUNT]);
  });

  it('fires on a sector above 40 %, and on the index above 0.25', () => {
    const sector = listen(CONCENTRATION);
    const two = (value: number) => [0, 1].map((i) => holding(value, { id: idOf(i), sector: '반도체' }));
    sector.send(account(TEN), account(LATER, { positions: two(2_000_000) }));
    expect(sector.fired).toHaveLength(0);
    sector.send(account(LATER + 1, { positions: two(2_100_000) }));
    expect(sector.fired[0]?.sentenceKo).toBe('반도체 업종이 순자산의 42.0 %입니다(선 40 %).');

    const index = listen(CONCENTRATION, { namePct: 100 });
    index.send(account(TEN), account(LATER, { positions: [holding(5_000_000)] }));
    expect(index.fired).toHaveLength(0);
    index.send(account(LATER + 1, { positions: [holding(5_100_000)] }));
    expect(index.fired[0]?.values['hhi']).toBeCloseTo(0.2601);
    expect(index.fired[0]?.sentenceEn).toBe('The Herfindahl index is 0.26 (line 0.25).');
  });

  it('makes only a note of what prices have made of it', () => {
    const ears = listen(CONCENTRATION);
    ears.send(account(TEN), account(LATER, { positions: [holding(2_600_000)] }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['L']);
    ears.send(account(LATER + 1_000, { positions: [holding(1_000_000, { quantity: 4 })] }));
    ears.send(account(LATER + 2_000, { positions: [holding(2_600_000)] }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['L', 'M']);
  });

  it('makes only a note where the purchase was long ago', () => {
    const ears = listen(CONCENTRATION);
    ears.send(account(TEN), account(LATER, { positions: [holding(2_400_000, { quantity: 12 })] }));
    ears.send(account(LATER + 61_000, { positions: [holding(2_600_000, { quantity: 12 })] }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['L']);
  });

  it('speaks up when an empty account buys one name', () => {
    const ears = listen(CONCENTRATION);
    ears.send(account(TEN, { positions: [] }), account(LATER, { positions: [holding(3_000_000)] }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['M']);
  });

  it('makes only a note of what stood so at the first look', () => {
    const ears = listen(CONCENTRATION);
    for (let i = 0; i < 100; i += 1)
      ears.send(account(TEN + i * 10_000, { positions: [holding(3_500_000 + (i % 3) * 10_000)] }));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['L']);
  });

  it('judges nothing without prices or equity', () => {
    const ears = listen(CONCENTRATION);
    ears.send(account(TEN));
    for (const bad of BAD) ears.send(account(LATER, { equityKrw: bad, positions: [holding(9_000_000)] }));
    for (const bad of [0, Number.NaN, Number.POSITIVE_INFINITY])
      ears.send(account(LATER, { positions: [holding(bad), holding(9_000_000, { id: idOf(1) })] }));
    ears.send(account(LATER, { positions: [] }));
    expect(ears.fired).toHaveLength(0);
  });
});

/** Closes whose returns are −1 %, +1 %, −1 % …, with `worst` (a fraction) on the given days back. */
function closes(days: number, worst: number, back: readonly number[]): number[] {
  const list = [100_000];
  for (let i = 1; i <= days; i += 1) {
    const usual = i % 2 === 0 ? 0.01 : -0.01;
    list.push((list.at(-1) as number) * (1 + (back.includes(days - i) ? worst : usual)));
  }
  return list;
}

describe('historical value at risk', () => {
  it('is the loss of the third worst of 250 days, in won, over all holdings', () => {
    const pasts = new Map([
      [ID, pastReturns(closes(250, -0.05, [10, 20, 30])) as Float64Array],
      [idOf(1), pastReturns(closes(250, -0.03, [10, 20, 30])) as Float64Array],
    ]);
    const two = [holding(1_000_000), holding(2_000_000, { id: idOf(1) })];
    const { lossKrw, days, covered } = historicalVar(two, pasts, 0.99);
    expect([Math.round(lossKrw), days, covered]).toEqual([50_000 + 60_000, 250, 1]);
    // One bad day fewer, and the third worst is a usual one.
    pasts.set(ID, pastReturns(closes(250, -0.05, [10, 20])) as Float64Array);
    pasts.set(idOf(1), pastReturns(closes(250, -0.03, [10, 20])) as Float64Array);
    expect(Math.round(historicalVar(two, pasts, 0.99).lossKrw)).toBe(30_000);
  });

  it('takes holdings without a past to move as the others', () => {
    const pasts = new Map([[ID, pastReturns(closes(100, 0, [])) as Float64Array]]);
    const found = historicalVar([holding(3_000_000), holding(1_000_000, { id: idOf(1) })], pasts, 0.99);
    expect([Math.round(found.lossKrw), found.days, found.covered]).toEqual([40_000, 100, 0.75]);
    expect(historicalVar([], pasts, 0.99)).toEqual({ lossKrw: 0, days: 0, covered: 0 });
    expect(pastReturns([100, 0, 100])).toBeNull();
  });
});

describe('A05 VaR breach', () => {
  /** Ten million won in an issue whose 99 % one-day loss is 2 %. */
  const facts = issue({ closes: closes(250, -0.02, [10, 20, 30]) });
  const lost = (ts: number, lossKrw: number, change = {}): ReturnType<typeof account> =>
    account(ts, { positions: [holding(10_000_000)], equityKrw: 10_000_000 - lossKrw, ...change });

  it('fires on a loss above the value at risk, not at nine tenths of it, and clears with room', () => {
    const ears = listen(VAR_BREACH);
    ears.send(facts, lost(TEN, 0), lost(TEN + 1_000, 190_000));
    expect(ears.fired).toHaveLength(0);
    ears.send(lost(TEN + 2_000, 201_000));
    expect(ears.fired.map(({ severity }) => severity)).toEqual(['H']);
    expect(ears.fired[0]?.values).toMatchObject({ lossKrw: 201_000, days: 250, breaches: 1 });
    expect(ears.fired[0]?.values['varKrw']).toBeCloseTo(200_000, 3);
    expect(ears.fired[0]?.sentenceKo).toBe(
      '오늘 손실 201,000원(2.0 %)이 최근 250일로 본 하루 위험액 200,000원을 넘었습니다.',
    );
    ears.send(lost(TEN + 3_000, 170_000));
    expect(ears.cleared).toEqual([]);
    ears.send(lost(TEN + 4_000, 150_000));
    expect(ears.cleared).toEqual([ACCOUNT]);
    // The same loss is no news on the same day; a quarter more is, and so is any on the next.
    ears.send(lost(TEN + 5_000, 240_000));
    expect(ears.fired).toHaveLength(1);
    ears.send(lost(TEN + 6_000, 252_000));
    expect(ears.fired).toHaveLength(2);
    ears.send(lost(at('10:00:00', '2026-11-25'), 201_000));
    expect(ears.fired).toHaveLength(3);
  });

  it('keeps the risk of what was sold in the meantime', () => {
    const ears = listen(VAR_BREACH);
    ears.send(facts, lost(TEN, 0), lost(TEN + 60_000, 100_000, { positions: [] }));
    expect(ears.fired).toHaveLength(0);
    ears.send(lost(TEN + 120_000, 250_000, { positions: [] }));
    expect(ears.fired).toHaveLength(1);
  });

  it('says so when it happens for the fourth time', () => {
    const ears = listen(VAR_BREACH);
    ears.send(facts);
    for (const day of [24, 25, 26, 27]) ears.send(lost(at('10:00:00', `2026-11-${day}`), 300_000));
    expect(ears.fired.map(({ values }) => values['breaches'])).toEqual([1, 2, 3, 4]);
    expect(ears.fired[3]?.sentenceKo).toContain('(250일 동안 4번째)');
    // It stands on as long as four lie within 250 days.
    ears.send(lost(at('10:00:00', '2026-11-30'), 0));
    expect(ears.cleared).toHaveLength(3);
  });

  it('waits for a past of its holdings, and takes no bad one', () => {
    const run = (change: Partial<typeof facts>, figures = {}): number => {
      const ears = listen(VAR_BREACH, figures);
      ears.send({ ...facts, ...change }, lost(TEN, 0), lost(TEN + 1_000, 400_000));
      return ears.fired.length;
    };
    expect(run({})).toBe(1);
    expect(run({ closes: [] })).toBe(0);
    expect(run({ closes: closes(59, -0.02, []) })).toBe(0);
    expect(run({ closes: closes(59, -0.02, []) }, { leastDays: 50 })).toBe(1);
    expect(run({ closes: [...closes(100, -0.02, []), Number.NaN] })).toBe(0);
    const bad = listen(VAR_BREACH);
    for (const value of BAD) bad.send(facts, account(TEN, { equityKrw: value }), account(TEN, { dayStartKrw: value }));
    expect(bad.fired).toHaveLength(0);
  });
});
