/** Positions and performance against calculations by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountTotals, EquityCurve, equityOf } from '#core/trading/performance.ts';
import { applyFill, type FillMoney, type Holding } from '#core/trading/portfolio.ts';
import type { Fill } from '#shared/domain/index.ts';
import { chargesOn } from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const SAMSUNG = 'KRX:005930';
const NOTHING: Holding = { accountId: 'A1', instrumentId: SAMSUNG, quantity: 0, costKrw: 0, realisedKrw: 0 };
const DAY = sessionDate('2025-02-11');

function fillOf(orderId: string, money: FillMoney, realisedKrw: number): Fill {
  return {
    fillId: `${orderId}-f`,
    orderId,
    accountId: 'A1',
    instrumentId: SAMSUNG,
    ...money,
    venue: 'KRX',
    realisedKrw,
    exchangeTs: 0,
    sessionDate: DAY,
    settlementDate: DAY,
    reconciled: false,
  };
}

/** One fill of an order of its own, charged by the rates of 2025. */
function trade(side: 'buy' | 'sell', price: number, quantity: number): FillMoney {
  const { commissionKrw, taxKrw } = chargesOn({ cumulativeValue: price * quantity, side, market: 'KOSPI', date: DAY });
  return { side, price, quantity, commissionKrw, taxKrw };
}

describe('a position', () => {
  it('costs what was paid with the commission, and earns what is left after all costs', () => {
    // 100 × 55,000 = 5,500,000; 0.0140527 % = 772.8985 → 770 won.
    const bought = applyFill(NOTHING, trade('buy', 55_000, 100)).after;
    expect(bought).toMatchObject({ quantity: 100, costKrw: 5_500_770 });
    // 50 × 54,000 = 2,700,000; 379.4 → 370 won.
    const more = applyFill(bought, trade('buy', 54_000, 50)).after;
    expect(more).toMatchObject({ quantity: 150, costKrw: 8_201_140 });
    // 60 × 56,500 = 3,390,000; commission 476.4 → 470, tax 0.15 % = 5,085.
    // Share of the cost: 8,201,140 × 60 ÷ 150 = 3,280,456. Profit 3,390,000 − 470 − 5,085 − 3,280,456 = 103,989.
    const sold = applyFill(more, trade('sell', 56_500, 60));
    expect(sold.realisedKrw).toBe(103_989);
    expect(sold.after).toMatchObject({ quantity: 90, costKrw: 4_920_684, realisedKrw: 103_989 });
    // 90 × 53,000 = 4,770,000; 670.3 → 670, tax 7,155. Profit 4,770,000 − 7,825 − 4,920,684 = −158,509.
    const out = applyFill(sold.after, trade('sell', 53_000, 90));
    expect(out.realisedKrw).toBe(-158_509);
    expect(out.after).toMatchObject({ quantity: 0, costKrw: 0, realisedKrw: -54_520 });
  });

  it('cannot be sold beyond what is held', () => {
    expect(() => applyFill(NOTHING, trade('sell', 10_000, 1))).toThrow('INTERNAL_BUG');
  });

  it('neither loses nor makes a won, however it is traded', () => {
    const step = fc.record({
      buy: fc.boolean(),
      price: fc.integer({ min: 1, max: 1_000_000 }),
      quantity: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let cash = 0;
        let holding = NOTHING;
        for (const { buy, price, quantity } of steps) {
          const size = buy ? quantity : Math.min(quantity, holding.quantity);
          if (size === 0) continue;
          const money = trade(buy ? 'buy' : 'sell', price, size);
          cash += (buy ? -1 : 1) * price * size - money.commissionKrw - money.taxKrw;
          holding = applyFill(holding, money).after;
          expect(cash).toBe(holding.realisedKrw - holding.costKrw);
          expect(holding.costKrw >= 0 && (holding.quantity > 0 || holding.costKrw === 0)).toBe(true);
        }
      }),
    );
  });
});

describe('performance', () => {
  it('adds up as by hand', () => {
    const totals = new AccountTotals();
    const curve = new EquityCurve(10);
    let holding = NOTHING;
    const take = (orderId: string, money: FillMoney, before: number | null): number => {
      const { after, realisedKrw } = applyFill(holding, money);
      holding = after;
      totals.add(fillOf(orderId, money, realisedKrw), before);
      return realisedKrw;
    };
    take('b1', trade('buy', 55_000, 100), null);
    take('b2', trade('buy', 54_000, 50), null);
    // One sell order in two fills: won by the sum, counted once.
    const loss = take('s1', { side: 'sell', price: 54_000, quantity: 10, commissionKrw: 70, taxKrw: 810 }, null);
    expect(loss).toBeLessThan(0);
    const win = take('s1', { side: 'sell', price: 57_000, quantity: 50, commissionKrw: 400, taxKrw: 4_275 }, loss);
    expect(loss + win).toBeGreaterThan(0);
    take('s2', trade('sell', 53_000, 40), null);
    const cashKrw = 100_000_000 - 5_500_770 - 2_700_370 + 540_000 - 880 + 2_850_000 - 4_675 + 2_120_000 - 290 - 3_180;
    const report = totals.report({
      accountId: 'A1',
      startingCashKrw: 100_000_000,
      cashKrw,
      holdings: [holding],
      mark: () => 56_000,
      curve,
    });
    // Left: 50 units at 8,201,140 × 50 ÷ 150, each share rounded on the way.
    expect(holding.quantity).toBe(50);
    expect(report).toMatchObject({
      fills: 5,
      closes: 2,
      wins: 1,
      winRatePpb: 500_000_000,
      commissionKrw: 770 + 370 + 70 + 400 + 290,
      taxKrw: 810 + 4_275 + 3_180,
      equityKrw: cashKrw + 50 * 56_000,
      unrealisedKrw: 50 * 56_000 - holding.costKrw,
      realisedKrw: holding.realisedKrw,
    });
    expect(report.equityKrw - report.startingCashKrw).toBe(report.realisedKrw + report.unrealisedKrw);
    expect(report.returnPpb).toBe(Math.round(((report.equityKrw - 100_000_000) / 100_000_000) * 1e9));
    expect(report.issues).toMatchObject([
      {
        instrumentId: SAMSUNG,
        boughtQty: 150,
        soldQty: 100,
        boughtKrw: 8_200_000,
        soldKrw: 5_510_000,
        wins: 1,
        closes: 2,
      },
    ]);
  });

  it('is all zero before the first trade, and values what has no price at its cost', () => {
    const curve = new EquityCurve(10);
    const now = { accountId: 'A1', startingCashKrw: 1_000, cashKrw: 1_000, mark: () => null, curve };
    expect(new AccountTotals().report({ ...now, holdings: [] })).toEqual({
      accountId: 'A1',
      startingCashKrw: 1_000,
      equityKrw: 1_000,
      realisedKrw: 0,
      unrealisedKrw: 0,
      commissionKrw: 0,
      taxKrw: 0,
      returnPpb: 0,
      maxDrawdownPpb: 0,
      winRatePpb: null,
      wins: 0,
      closes: 0,
      fills: 0,
      issues: [],
    });
    expect(equityOf({ ...now, holdings: [{ ...NOTHING, quantity: 3, costKrw: 77 }] })).toBe(1_077);
  });

  it('takes a win back when the rest of the order loses more', () => {
    const totals = new AccountTotals();
    const sell = { side: 'sell', price: 100, quantity: 1, commissionKrw: 0, taxKrw: 0 } as const;
    totals.add(fillOf('s', sell, 50), null);
    totals.add(fillOf('s', sell, -60), 50);
    const curve = new EquityCurve(10);
    const report = totals.report({
      accountId: 'A1',
      startingCashKrw: 1,
      cashKrw: 1,
      holdings: [],
      mark: () => null,
      curve,
    });
    expect(report).toMatchObject({ wins: 0, closes: 1, winRatePpb: 0 });
  });
});

describe('the equity curve', () => {
  it('measures the worst fall from a peak, over every point it ever saw', () => {
    const curve = new EquityCurve(4);
    for (const [i, equityKrw] of [100, 120, 90, 110, 130, 117, 125].entries()) curve.add({ ts: i, equityKrw });
    // 120 → 90 is a quarter; 130 → 117 a tenth.
    expect(curve.maxDrawdownPpb).toBe(250_000_000);
    expect(curve.drawdownWithPpb(65)).toBe(500_000_000);
    expect(curve.drawdownWithPpb(1_000)).toBe(250_000_000);
  });

  it('stays bounded, in order, and keeps the newest point', () => {
    const curve = new EquityCurve(100);
    for (let i = 0; i < 10_000; i += 1) {
      curve.add({ ts: i, equityKrw: 1_000 + i });
      expect(curve.points.length).toBeLessThanOrEqual(100);
      expect(curve.points.at(-1)?.ts).toBe(i);
    }
    const times = curve.points.map(({ ts }) => ts);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeLessThan(1_000);
  });
});
