/** Commission and tax: hand-calculated amounts, dates, and freedom from how an order is cut into fills. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chargesOn,
  commissionPpb,
  commissionRate,
  dearestWay,
  exchangeFee,
  FEE_CHANNELS,
  feeBreakdown,
  LIQUIDITY_ROLES,
  sellTaxPpb,
} from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import facts from '#resources/krx/fees.json' with { type: 'json' };
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

describe('rates by channel, venue, product and date', () => {
  const date = sessionDate('2026-11-24');

  it.each([
    [{}, '0.0140527', 'C'],
    [{ product: 'etp' }, '0.0146527', 'C'],
    [{ product: 'elw' }, '0.0146527', 'C'],
    [{ product: 'kotc' }, '0.1498527', 'C'],
    [{ venue: 'NXT', role: 'taker' }, '0.0135964', 'U'],
    [{ venue: 'NXT', role: 'maker' }, '0.0131164', 'U'],
    [{ channel: 'branchOnline', orderValue: 499_999 }, '0.4971487', 'C'],
    [{ channel: 'branchOnline', orderValue: 500_000 }, '0.1470000', 'S'],
    [{ channel: 'branchOnline', orderValue: 300_000_000 }, '0.0771487', 'C'],
    [{ channel: 'promo' }, '0.0036396', 'S'],
    [{ channel: 'promo', venue: 'NXT', role: 'taker' }, '0.0031833', 'S'],
    [{ channel: 'promo', venue: 'NXT', role: 'maker' }, '0.0027033', 'S'],
    [{ channel: 'promo', venue: 'NXT', role: 'auction' }, '0.0029433', 'S'],
  ] as const)('%j costs %s percent, status %s', (over, percent, status) => {
    const rate = commissionRate({ date, ...over });
    expect([rate.ppb, rate.status]).toEqual([ppbOf(percent), status]);
  });

  it.each([
    ['2025-12-12', 'KRX', 'taker', '0.0023'],
    ['2025-12-15', 'KRX', 'taker', '0.00182'],
    ['2026-02-13', 'KRX', 'maker', '0.00134'],
    ['2026-02-16', 'KRX', 'maker', '0.0023'],
    ['2026-02-16', 'NXT', 'maker', '0.00134'],
    ['2026-02-16', 'NXT', 'taker', '0.00182'],
  ] as const)('exchange fee of %s at %s for a %s: %s percent', (day, venue, role, percent) => {
    expect(exchangeFee(sessionDate(day), { venue, role }).ppb).toBe(ppbOf(percent));
  });

  it('is not known for NXT before it opened, and a hold then counts on KRX alone', () => {
    const before = sessionDate('2025-03-03');
    expect(() => exchangeFee(before, { venue: 'NXT', role: 'taker' })).toThrow(RangeError);
    expect(dearestWay({ date: before, channel: 'promo' })).toMatchObject({ venue: 'KRX' });
    // For two months NXT was dearer than KRX, by what the other agencies charge there.
    expect(dearestWay({ date: sessionDate('2026-01-05'), channel: 'promo' })).toEqual({ venue: 'NXT', role: 'taker' });
  });

  it('rates used for want of others are never shown as confirmed', () => {
    expect(commissionRate({ date, channel: 'branchOnline', venue: 'NXT' }).status).toBe('U');
    expect(commissionRate({ date: sessionDate('2019-01-02') }).status).toBe('U');
  });

  it('K-OTC pays tax and ELW does not', () => {
    expect(sellTaxPpb({ market: 'KOSPI', date, product: 'kotc' })).toBe(ppbOf('0.20'));
    expect(sellTaxPpb({ market: 'KOSPI', date, product: 'elw' })).toBe(0);
  });

  it('every fact has a status and a source', () => {
    const rows = [...facts.commission, ...facts.passThrough.exchangeFee, ...facts.sellTax, ...facts.sellTaxKotc];
    for (const row of rows) {
      expect(Object.keys(facts.status)).toContain(row.status);
      expect(row.source.length).toBeGreaterThan(5);
    }
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

describe('the breakdown', () => {
  it('by hand: 10,000,000 won sold on KOSPI in 2026', () => {
    const question = {
      cumulativeValue: 10_000_000,
      side: 'sell',
      market: 'KOSPI',
      date: sessionDate('2026-11-24'),
    } as const;
    // 0.0140527 % = 1,405.27, down to 1,400; exchange 230; agencies 133.96; tax 0.05 % + 0.15 %.
    expect(feeBreakdown(question).map(({ kind, amountKrw }) => [kind, amountKrw])).toEqual([
      ['broker', 1_400 - 230 - 133],
      ['exchange', 230],
      ['agencies', 133],
      ['transactionTax', 5_000],
      ['ruralTax', 15_000],
    ]);
  });

  it('an order that traded on both venues is charged by the part', () => {
    const date = sessionDate('2026-11-24');
    const parts = [
      { value: 6_000_000, venue: 'KRX', role: 'taker' },
      { value: 4_000_000, venue: 'NXT', role: 'maker' },
    ] as const;
    const question = { cumulativeValue: 10_000_000, side: 'buy', market: 'KOSPI', date, parts } as const;
    // 6m x 0.0140527 % + 4m x 0.0131164 % = 843.162 + 524.656 = 1,367.8.
    expect(chargesOn(question)).toEqual({ commissionKrw: 1_360, taxKrw: 0 });
    expect(feeBreakdown(question).filter(({ kind }) => kind === 'exchange')).toMatchObject([
      { venue: 'KRX', amountKrw: 138 },
      { venue: 'NXT', amountKrw: 53 },
    ]);
  });

  it('adds up to the charges whatever is asked', () => {
    const way = fc.record({
      value: fc.integer({ min: 0, max: 5_000_000_000 }),
      venue: fc.constantFrom('KRX' as const, 'NXT' as const),
      role: fc.constantFrom(...LIQUIDITY_ROLES),
    });
    fc.assert(
      fc.property(
        fc.array(way, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('buy' as const, 'sell' as const),
        fc.constantFrom('KOSPI' as const, 'KOSDAQ' as const, 'KONEX' as const),
        fc.constantFrom('stock' as const, 'etp' as const, 'elw' as const, 'kotc' as const),
        fc.constantFrom(...FEE_CHANNELS),
        fc.constantFrom('2025-06-02', '2026-01-05', '2026-11-24'),
        (parts, side, market, product, channel, day) => {
          const cumulativeValue = parts.reduce((sum, part) => sum + part.value, 0);
          const question = { cumulativeValue, side, market, product, channel, date: sessionDate(day), parts };
          const { commissionKrw, taxKrw } = chargesOn(question);
          const sum = feeBreakdown(question).reduce((total, line) => total + line.amountKrw, 0);
          expect(sum).toBe(commissionKrw + taxKrw);
        },
      ),
    );
  });
});
