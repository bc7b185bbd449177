/** What holdings are worth, and the profit of a session. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill, Performance, Position } from '#shared/domain/index.ts';
import { averageCost, performanceAt, sessionProfit, totalValue, valueOf } from '../../../renderer/client/valuation.ts';

const SAMSUNG = 'KRX:005930';
const HYNIX = 'KRX:000660';

function position(facts: Partial<Position>): Position {
  return { accountId: 'a', instrumentId: SAMSUNG, quantity: 0, sellable: 0, costKrw: 0, realisedKrw: 0, ...facts };
}

function fill(facts: Partial<Fill>): Fill {
  return {
    fillId: 'f',
    orderId: 'o',
    accountId: 'a',
    instrumentId: SAMSUNG,
    side: 'buy',
    price: 50_000,
    quantity: 10,
    venue: 'KRX',
    commissionKrw: 70,
    taxKrw: 0,
    realisedKrw: 0,
    exchangeTs: 0,
    sessionDate: '2025-02-11',
    settlementDate: '2025-02-13',
    reconciled: false,
    ...facts,
  };
}

describe('value', () => {
  it('of a bond counts thousands of won at a price for ten thousand', () => {
    const held = position({ instrumentId: 'BOND:KR6000009A04', quantity: 500, costKrw: 513_250 });
    expect(valueOf(held, { last: 1_027_000, base: 1_026_500 })).toEqual({ valueKrw: 513_500, unrealisedKrw: 250 });
    expect(averageCost(held)).toBe(1_026_500);
  });

  it('is the last price, or the base price before the first trade', () => {
    const held = position({ quantity: 10, costKrw: 500_070 });
    expect(valueOf(held, { last: 51_000, base: 50_000 })).toEqual({ valueKrw: 510_000, unrealisedKrw: 9_930 });
    expect(valueOf(held, { last: null, base: 50_000 })?.valueKrw).toBe(500_000);
    expect(valueOf(held, undefined)).toBeNull();
    expect(averageCost(held)).toBe(50_007);
    expect(averageCost(position({}))).toBe(0);
  });

  it('counts an unpriced holding at its cost and says so', () => {
    const held = [
      position({ quantity: 10, costKrw: 500_070 }),
      position({ instrumentId: HYNIX, quantity: 1, costKrw: 200_000 }),
    ];
    const total = totalValue(held, (id) => (id === SAMSUNG ? { last: 51_000, base: 50_000 } : undefined));
    expect(total).toEqual({ costKrw: 700_070, valueKrw: 710_000, unrealisedKrw: 9_930, unpriced: 1 });
  });
});

describe('performance at the prices of this moment', () => {
  // The core reckoned at 50,000; since then the price has risen to 51,000.
  const held = [position({ quantity: 10, costKrw: 500_070 })];
  const report: Performance = {
    accountId: 'a',
    startingCashKrw: 1_000_000,
    equityKrw: 999_930,
    realisedKrw: 0,
    unrealisedKrw: -70,
    commissionKrw: 70,
    taxKrw: 0,
    returnPpb: -70_000,
    maxDrawdownPpb: 0,
    winRatePpb: null,
    wins: 0,
    closes: 0,
    fills: 1,
    issues: [],
  };

  it('moves equity, unrealised profit and return together', () => {
    const now = performanceAt(report, held, () => ({ last: 51_000, base: 50_000 }));
    expect(now).toMatchObject({ equityKrw: 1_009_930, unrealisedKrw: 9_930, returnPpb: 9_930_000 });
  });

  it('keeps what the core said where a price is missing', () => {
    expect(performanceAt(report, held, () => undefined)).toBe(report);
  });
});

describe('profit of a session', () => {
  const marks = (last: number, base: number) => (id: string) => (id === SAMSUNG ? { last, base } : undefined);

  it('moves with what was held before', () => {
    const positions = [position({ quantity: 10, costKrw: 1 })];
    expect(sessionProfit({ positions, fills: [], marks: marks(51_000, 50_000) })).toBe(10_000);
  });

  it('takes bought and sold units at what they cost and brought, costs included', () => {
    const fills = [
      fill({ side: 'buy', price: 50_500, quantity: 10, commissionKrw: 70 }),
      fill({ side: 'sell', price: 51_500, quantity: 4, commissionKrw: 28, taxKrw: 300 }),
    ];
    const positions = [position({ quantity: 6, costKrw: 1 })];
    const expected = 6 * 51_000 - (10 * 50_500 + 70) + (4 * 51_500 - 28 - 300);
    expect(sessionProfit({ positions, fills, marks: marks(51_000, 50_000) })).toBe(expected);
  });

  it('is unknown where the price of a traded holding is', () => {
    const traded = [fill({ instrumentId: HYNIX })];
    expect(
      sessionProfit({
        positions: [position({ instrumentId: HYNIX, quantity: 10 })],
        fills: traded,
        marks: marks(1, 1),
      }),
    ).toBeNull();
    const untouched = [position({ instrumentId: HYNIX, quantity: 10 })];
    expect(sessionProfit({ positions: untouched, fills: [], marks: marks(1, 1) })).toBe(0);
  });

  it('equals the change of net assets, however the day was traded', () => {
    const trade = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      price: fc.integer({ min: 1_000, max: 100_000 }),
      quantity: fc.integer({ min: 1, max: 500 }),
      commissionKrw: fc.nat(1_000),
    });
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 20 }), fc.integer({ min: 10_000, max: 20_000 }), (trades, last) => {
        const start = 10_000;
        const base = 50_000;
        let held = start;
        let cash = 0;
        const fills = trades.map((entry) => {
          held += entry.side === 'buy' ? entry.quantity : -entry.quantity;
          cash += (entry.side === 'buy' ? -1 : 1) * entry.price * entry.quantity - entry.commissionKrw;
          return fill({ ...entry });
        });
        const profit = sessionProfit({ positions: [position({ quantity: held })], fills, marks: marks(last, base) });
        expect(profit).toBe(cash + held * last - start * base);
      }),
    );
  });
});
