/** Days that change prices: base prices by the rule's formulas, first-price bands, ex-dates, and what becomes of holdings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorporateAction } from '#shared/domain/index.ts';
import {
  basePriceFrom,
  changedHolding,
  exDate,
  isOnTick,
  krxCalendar,
  nextBase,
  priceLimits,
  tickTable,
} from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import facts from '#resources/krx/corporate-actions.json' with { type: 'json' };

const DATE = sessionDate('2026-11-24');

function after(close: number | null, ...actions: CorporateAction[]): ReturnType<typeof nextBase> {
  return nextBase({ issue: { market: 'KOSPI', basePrice: 50_000 }, date: DATE, close, actions });
}

describe('base prices', () => {
  it.each([
    ['no action: the close', 70_300, [], 70_300],
    ['no close: the base before', null, [], 50_000],
    ['a close off the new ticks goes up', 70_350, [], 70_400],
    ['a bonus of one for one: half', 70_300, [{ kind: 'bonus', old: 1, new: 1 }], 35_150],
    // 70,300 × 10 ÷ 13 = 54,076.9 → 54,076 → 54,100.
    ['a bonus of 0.3: down to the won, up to the tick', 70_300, [{ kind: 'bonus', old: 10, new: 3 }], 54_100],
    // 10,000 × 100 ÷ 103 = 9,708.7 → 9,708 → 9,710.
    ['a stock dividend of 3 %', 10_000, [{ kind: 'stockDividend', old: 100, new: 3 }], 9_710],
    // (10,000 × 10 + 8,000 × 2) ÷ 12 = 9,666.7 → 9,670.
    ['rights below the close', 10_000, [{ kind: 'rights', old: 10, new: 2, issuePrice: 8_000 }], 9_670],
    ['rights at the close: no change', 10_000, [{ kind: 'rights', old: 10, new: 2, issuePrice: 10_000 }], 10_000],
    ['rights above the close: no change', 10_000, [{ kind: 'rights', old: 10, new: 2, issuePrice: 12_000 }], 10_000],
    ['a split of one into fifty', 2_650_000, [{ kind: 'split', from: 1, to: 50 }], 53_000],
    // 1,999 ÷ 5 = 399.8 → 399.
    ['a split of one into five of a cheap issue', 1_999, [{ kind: 'split', from: 1, to: 5 }], 399],
    ['ten into one', 1_235, [{ kind: 'split', from: 10, to: 1 }], 12_350],
    ['a cash dividend: no change', 10_000, [{ kind: 'cashDividend', perUnit: 500 }], 10_000],
    ['an appraisal', 10_000, [{ kind: 'relisting', appraisal: 12_345 }], 12_350],
    ['an offer price', null, [{ kind: 'newListing', offerPrice: 25_000 }], 25_000],
    // 20,000 → 10,000 → (10,000 × 1 + 5,000 × 1) ÷ 2.
    [
      'a bonus and then rights',
      20_000,
      [
        { kind: 'bonus', old: 1, new: 1 },
        { kind: 'rights', old: 1, new: 1, issuePrice: 5_000 },
      ],
      7_500,
    ],
  ] as const)('%s', (_, close, actions, base) => {
    expect(after(close, ...actions).basePrice).toBe(base);
  });

  it('the distribution of an ETF is taken off, and ETF ticks decide', () => {
    const issue = { market: 'KOSPI', product: 'etp', basePrice: 10_000 } as const;
    const actions = [{ kind: 'distribution', perUnit: 123 }] as const;
    expect(nextBase({ issue, date: DATE, close: 35_000, actions }).basePrice).toBe(34_880);
    expect(nextBase({ issue, date: DATE, close: 100, actions }).basePrice).toBe(1);
  });

  it('bands around appraisals: 50-200 %, after a capital reduction 50-150 %', () => {
    expect(after(10_000, { kind: 'relisting', appraisal: 12_345 }).firstPrice).toEqual({
      lower: 6_180,
      upper: 24_650,
      reason: 'relisting',
    });
    const reduced = after(10_000, { kind: 'capitalReduction', from: 3, to: 1 });
    expect([reduced.basePrice, reduced.firstPrice]).toEqual([
      30_000,
      { lower: 15_000, upper: 45_000, reason: 'capitalReduction' },
    ]);
    const split = after(10_000, { kind: 'splitOff', from: 10, to: 7, appraisal: 9_000 });
    expect(split.firstPrice).toEqual({ lower: 4_500, upper: 18_000, reason: 'splitOff' });
    expect(after(10_000, { kind: 'bonus', old: 1, new: 1 }).firstPrice).toBeNull();
  });

  it('a new listing has 60-400 % of its offer price', () => {
    const { basePrice, newListing } = after(null, { kind: 'newListing', offerPrice: 25_000 });
    const limits = priceLimits({ market: 'KOSPI', date: DATE, basePrice, newListing });
    expect(limits).toEqual({ upper: 100_000, lower: 15_000 });
  });

  it('names the rule of each step, with its status and source', () => {
    expect(after(10_000, { kind: 'bonus', old: 1, new: 1 }).steps).toMatchObject([{ kind: 'bonus', status: 'C' }]);
    for (const option of CorporateAction.options) {
      const kind = option.shape.kind.value;
      expect(facts.rules.find((rule) => rule.kind === kind)?.source, kind).toBeTruthy();
    }
  });

  it('always gives a valid price, and without actions what a close always gave', () => {
    const units = fc.integer({ min: 1, max: 100 });
    const action = fc.oneof(
      fc.record({ kind: fc.constantFrom('bonus' as const, 'stockDividend' as const), old: units, new: units }),
      fc.record({
        kind: fc.constant('rights' as const),
        old: units,
        new: units,
        issuePrice: fc.integer({ min: 1, max: 500_000 }),
      }),
      fc.record({ kind: fc.constantFrom('split' as const, 'capitalReduction' as const), from: units, to: units }),
      fc.record({ kind: fc.constant('distribution' as const), perUnit: fc.integer({ min: 1, max: 1_000_000 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), fc.array(action, { maxLength: 3 }), (close, actions) => {
        const table = tickTable('KOSPI', DATE);
        const { basePrice } = after(close, ...actions);
        expect(isOnTick(table, basePrice)).toBe(true);
        expect(after(close).basePrice).toBe(basePriceFrom({ market: 'KOSPI', date: DATE, close }));
      }),
    );
  });
});

describe('ex-dates', () => {
  it.each([
    ['2026-11-25', '2026-11-24'],
    // 31 December is no session, so the last buyers settle on the 30th.
    ['2026-12-31', '2026-12-29'],
    // Over 추석.
    ['2026-09-28', '2026-09-23'],
  ])('record date %s: %s', (record, ex) => {
    expect(exDate(krxCalendar, sessionDate(record))).toBe(ex);
  });
});

describe('holdings', () => {
  const held = { quantity: 7, costKrw: krw(700_001) };

  it('are rescaled, and a fraction is paid at the new base price', () => {
    expect(changedHolding(held, { kind: 'split', from: 1, to: 5 }, { base: 20_000, cum: 100_000 })).toMatchObject({
      quantity: 35,
      costKrw: 700_001,
      cashKrw: 0,
    });
    // 7 ÷ 2 = 3.5: half a unit at 200,000 is 100,000; it carries a seventh of the cost.
    expect(changedHolding(held, { kind: 'split', from: 2, to: 1 }, { base: 200_000, cum: 100_000 })).toMatchObject({
      quantity: 3,
      costKrw: 700_001 - 100_000,
      cashKrw: 100_000,
      realisedKrw: 0,
    });
    expect(
      changedHolding(held, { kind: 'capitalReduction', from: 10, to: 1 }, { base: 900_000, cum: 90_000 }),
    ).toMatchObject({
      quantity: 0,
      costKrw: 0,
      cashKrw: 630_000,
      realisedKrw: 630_000 - 700_001,
    });
  });

  it('of dividends come after 15.4 % tax', () => {
    // 7 × 1,000 × 15.4 % = 1,078 → 1,070.
    const change = changedHolding(held, { kind: 'cashDividend', perUnit: 1_000 }, { base: 100_000, cum: 100_000 });
    expect(change).toMatchObject({ quantity: 7, costKrw: 700_001, incomeKrw: 7_000 - 1_070 });
  });

  it('rights not taken up are paid at what they are worth, and worth nothing above the close', () => {
    const rights = { kind: 'rights', old: 1, new: 1, issuePrice: 80_000 } as const;
    expect(changedHolding(held, rights, { base: 90_000, cum: 100_000 })).toMatchObject({
      quantity: 7,
      cashKrw: 70_000,
      costKrw: 630_001,
    });
    expect(changedHolding(held, rights, { base: 70_000, cum: 70_000 })).toMatchObject({ cashKrw: 0, costKrw: 700_001 });
  });

  it('of a split-off become two', () => {
    const newIssue = { instrumentId: 'KRX:000002', from: 10, to: 3 };
    const action = { kind: 'splitOff', from: 10, to: 7, appraisal: 100_000, newIssue } as const;
    expect(
      changedHolding({ quantity: 100, costKrw: krw(1_000_000) }, action, { base: 100_000, cum: 100_000 }),
    ).toMatchObject({
      quantity: 70,
      costKrw: 700_000,
      other: { instrumentId: 'KRX:000002', quantity: 30, costKrw: 300_000 },
    });
  });
});
