/** Commission and tax: hand-calculated amounts, dates, and freedom from how an order is cut into fills. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargesOn, commissionPpb, sellTaxPpb } from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/costs.json' with { type: 'json' };

/** "0.0140527" percent as parts per billion. */
const ppbOf = (percent: string): number => Math.round(Number(percent) * 10_000_000);

describe('rates', () => {
  it('commission as published', () => {
    expect(commissionPpb(sessionDate('2026-11-24'))).toBe(ppbOf(vectors.commission.stockPct));
    expect(commissionPpb(sessionDate('2026-11-24'), 'etp')).toBe(ppbOf(vectors.commission.etpPct));
  });

  it.each(['2024', '2025', '2026'] as const)('sell tax of %s by market', (year) => {
    for (const market of ['KOSPI', 'KOSDAQ', 'KONEX'] as const) {
      for (const day of ['01-02', '12-30']) {
        const rate = sellTaxPpb({ market, date: sessionDate(`${year}-${day}`) });
        expect(rate).toBe(ppbOf(vectors.sellTaxPct[year][market]));
      }
    }
  });

  it('ETF and ETN pay no sell tax', () => {
    expect(sellTaxPpb({ market: 'KOSPI', date: sessionDate('2026-11-24'), product: 'etp' })).toBe(0);
  });

  it('refuses days for which nothing is known', () => {
    expect(() => sellTaxPpb({ market: 'KONEX', date: sessionDate('2010-01-04') })).toThrow(RangeError);
  });
});

describe('charges by hand', () => {
  it('buying 100 at 53,400 won: 5,340,000 x 0.0140527 % = 750.4, down to 750; no tax', () => {
    const charges = chargesOn({
      cumulativeValue: 5_340_000,
      side: 'buy',
      market: 'KOSPI',
      date: sessionDate('2025-01-02'),
    });
    expect(charges).toEqual({ commissionKrw: 750, taxKrw: 0 });
  });

  it('selling the same in 2025: tax 0.15 % = 8,010', () => {
    const charges = chargesOn({
      cumulativeValue: 5_340_000,
      side: 'sell',
      market: 'KOSPI',
      date: sessionDate('2025-01-02'),
    });
    expect(charges).toEqual({ commissionKrw: 750, taxKrw: 8_010 });
  });

  it('small amounts: commission below 10 won falls away, tax below 1 won too', () => {
    const charges = chargesOn({
      cumulativeValue: 70_999,
      side: 'sell',
      market: 'KOSDAQ',
      date: sessionDate('2026-03-03'),
    });
    expect(charges).toEqual({ commissionKrw: 0, taxKrw: 141 });
  });

  it('amounts whose products pass 2^53 stay exact', () => {
    const charges = chargesOn({
      cumulativeValue: 987_654_321_000,
      side: 'sell',
      market: 'KOSPI',
      date: sessionDate('2026-03-03'),
    });
    expect(charges).toEqual({ commissionKrw: 138_792_090, taxKrw: 1_975_308_642 });
  });
});

describe('charges of an order in parts', () => {
  it('add up to the charges of the whole, and never fall', () => {
    const fills = fc.array(fc.tuple(fc.integer({ min: 1, max: 500_000 }), fc.integer({ min: 1, max: 5_000 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(fills, fc.constantFrom('buy', 'sell'), (parts, side) => {
        const question = { side, market: 'KOSPI', date: sessionDate('2026-11-24') } as const;
        let value = 0;
        let before = chargesOn({ ...question, cumulativeValue: 0 });
        let [commission, tax] = [0, 0];
        for (const [price, quantity] of parts) {
          value += price * quantity;
          const after = chargesOn({ ...question, cumulativeValue: value });
          const [paid, taxed] = [after.commissionKrw - before.commissionKrw, after.taxKrw - before.taxKrw];
          expect(paid >= 0 && taxed >= 0).toBe(true);
          commission += paid;
          tax += taxed;
          before = after;
        }
        expect({ commissionKrw: commission, taxKrw: tax }).toEqual(chargesOn({ ...question, cumulativeValue: value }));
      }),
    );
  });
});
