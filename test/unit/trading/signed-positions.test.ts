/** Bonds by face amount, futures and options on both sides of zero: what a fill makes of a holding, by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equityOf } from '#core/trading/performance.ts';
import { applyFill, type FillMoney, type Holding } from '#core/trading/portfolio.ts';
import {
  derivativeTerms,
  isSettledByDifference,
  productTicks,
  readDerivativeCode,
  valueOf,
} from '#shared/market/index.ts';

const FUTURE = 'KRXF:A01609';
const nothing = (instrumentId: string): Holding => ({
  accountId: 'A1',
  instrumentId,
  quantity: 0,
  costKrw: 0,
  realisedKrw: 0,
});
const fill = (side: FillMoney['side'], price: number, quantity: number, commissionKrw = 0): FillMoney => ({
  side,
  price,
  quantity,
  commissionKrw,
  taxKrw: 0,
});

describe('what a quantity is worth', () => {
  it('counts shares by the won, bonds by 1,000 won of face, futures by their multiplier', () => {
    expect(valueOf('KRX:005930', 55_700, 3)).toBe(167_100);
    // 10,265.00 won for 10,000 of face; 15 units are 15,000 of face.
    expect(valueOf('BOND:KR6095572D81', 1_026_500, 15)).toBe(15_397);
    expect(valueOf(FUTURE, 35_505, 2)).toBe(177_525_000);
    expect(valueOf('KRXJ:111W09', 7_030_000, 10)).toBe(7_030_000);
    expect(valueOf(FUTURE, 35_505, -2)).toBe(-177_525_000);
  });

  it('knows what it does not know', () => {
    expect(derivativeTerms('KRXC:167R12')).toBeNull();
    expect(derivativeTerms('KRXF:199W09')).toBeNull();
    expect(productTicks('KRXC:167R12')).toBeNull();
    expect(readDerivativeCode('401W09W12')).toBeNull();
    expect(readDerivativeCode('201W09355')).toEqual({ kind: 'call', product: '01' });
  });

  it('tells a future from what is paid for', () => {
    expect(isSettledByDifference(FUTURE)).toBe(true);
    expect(isSettledByDifference('KRXF:B01609355')).toBe(false);
    expect(isSettledByDifference('BOND:KR6095572D81')).toBe(false);
    expect(isSettledByDifference('KRX:111111')).toBe(false);
  });
});

describe('positions below zero', () => {
  it('opens by a sale, closes by a purchase, and turns over in one fill', () => {
    const sold = applyFill(nothing(FUTURE), fill('sell', 35_500, 2, 100));
    // 355.00 × 250,000 × 2 was got for it; the charge is spent at once, for nothing was paid that could carry it.
    expect(sold).toMatchObject({ after: { quantity: -2, costKrw: -177_500_000 }, realisedKrw: -100 });
    const half = applyFill(sold.after, fill('buy', 35_400, 1, 50));
    // 88,750,000 got, 88,500,050 paid.
    expect(half).toMatchObject({ after: { quantity: -1, costKrw: -88_750_000 }, realisedKrw: 249_950 });
    const turned = applyFill(half.after, fill('buy', 35_600, 3, 90));
    // One closes: 88,750,000 − 89,000,000 − 90. Two open at 178,000,000.
    expect(turned).toMatchObject({ after: { quantity: 2, costKrw: 178_000_000 }, realisedKrw: -250_090 });
    expect(turned.after.realisedKrw).toBe(-100 + 249_950 - 250_090);
  });

  it('never sells a share or a bond that is not there', () => {
    expect(() => applyFill(nothing('BOND:KR6095572D81'), fill('sell', 1_000_000, 1))).toThrow(/sold 1 of 0/);
    expect(() => applyFill(nothing('KRX:005930'), fill('sell', 50_000, 1))).toThrow(/sold 1 of 0/);
  });

  it('counts of a future its gain only, of an option its value', () => {
    const short = applyFill(nothing(FUTURE), fill('sell', 35_500, 1)).after;
    const option = applyFill(nothing('KRXF:B01609355'), fill('buy', 520, 1)).after;
    const mark = (id: string): number => (id === FUTURE ? 35_000 : 600);
    expect(equityOf({ cashKrw: 50_000_000, holdings: [short, option], mark })).toBe(50_000_000 + 1_250_000 + 1_500_000);
  });

  it('makes and loses no won, whatever the fills: what is realised is what the money says once all is closed', () => {
    const step = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      price: fc.integer({ min: 30_000, max: 40_000 }).map((price) => price - (price % 5)),
      quantity: fc.integer({ min: 1, max: 9 }),
      commissionKrw: fc.integer({ min: 0, max: 5_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
        let held = nothing(FUTURE);
        let cash = 0;
        const take = (money: FillMoney): void => {
          held = applyFill(held, money).after;
          const amount = valueOf(FUTURE, money.price, money.quantity);
          cash += (money.side === 'sell' ? amount : -amount) - money.commissionKrw;
        };
        for (const each of steps) take({ ...each, taxKrw: 0 });
        if (held.quantity !== 0) take(fill(held.quantity > 0 ? 'sell' : 'buy', 35_000, Math.abs(held.quantity), 7));
        expect(held).toMatchObject({ quantity: 0, costKrw: 0, realisedKrw: cash });
      }),
    );
  });
});
