/** What a corporate action makes of the desk's books: units, cost, realised profit, and the two identities. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountBook } from '#core/trading/account-book.ts';
import type { DeskEventOf } from '#core/trading/journal-events.ts';
import { equityOf } from '#core/trading/performance.ts';
import type { CorporateAction } from '#shared/domain/index.ts';
import { krw } from '#shared/num/index.ts';
import { changedHolding } from '#shared/market/index.ts';

const SAMSUNG = 'KRX:005930';
const HYNIX = 'KRX:000660';
const STARTING = 100_000_000;

function adjusted(change: Partial<DeskEventOf<'holdingAdjusted'>>): DeskEventOf<'holdingAdjusted'> {
  return {
    kind: 'holdingAdjusted',
    accountId: 'A1',
    adjustmentNo: '1',
    instrumentId: SAMSUNG,
    action: { kind: 'split', from: 1, to: 5 },
    reasonKo: '1:5 액면분할',
    quantityBefore: 10,
    quantity: 50,
    costKrw: 700_090,
    cashKrw: 0,
    incomeKrw: 0,
    realisedKrw: 0,
    other: null,
    exchangeTs: 0,
    sessionDate: '2026-11-25',
    reconciled: false,
    ts: 0,
    ...change,
  };
}

function holding(quantity: number, costKrw: number): AccountBook {
  const book = new AccountBook('A1');
  book.holdings.set(SAMSUNG, { accountId: 'A1', instrumentId: SAMSUNG, quantity, costKrw, realisedKrw: 0 });
  book.totals.adjust(SAMSUNG, 0);
  return book;
}

function report(book: AccountBook, cashKrw: number, mark: number) {
  const holdings = [...book.holdings.values()];
  const now = { accountId: 'A1', startingCashKrw: STARTING, cashKrw, holdings, mark: () => mark, curve: book.curve };
  return book.totals.report(now);
}

describe('a corporate action in the books of the desk', () => {
  it('makes fifty units of ten at the same cost', () => {
    const book = holding(10, 700_090);
    expect(book.adjust(adjusted({}))).toEqual([SAMSUNG]);
    expect(book.holding(SAMSUNG)).toMatchObject({ quantity: 50, costKrw: 700_090, realisedKrw: 0 });
    expect(book.adjustments.has('1')).toBe(true);
  });

  it('counts an issue that was never traded: what came with a split-off is valued too', () => {
    const book = holding(10, 700_000);
    const other = { instrumentId: HYNIX, quantity: 3, costKrw: 210_000 } as const;
    expect(book.adjust(adjusted({ quantity: 7, costKrw: 490_000, other }))).toEqual([SAMSUNG, HYNIX]);
    const { unrealisedKrw, issues } = report(book, STARTING - 700_000, 80_000);
    expect(issues.map(({ instrumentId }) => instrumentId)).toEqual([SAMSUNG, HYNIX]);
    expect(unrealisedKrw).toBe(10 * 80_000 - 700_000);
  });

  it('keeps equity less starting cash at realised plus unrealised, whatever the action', () => {
    const units = fc.integer({ min: 1, max: 20 });
    const actions = fc.oneof<fc.Arbitrary<CorporateAction>[]>(
      fc.record({ kind: fc.constant('split' as const), from: units, to: units }),
      fc.record({ kind: fc.constant('bonus' as const), old: units, new: units }),
      fc.record({
        kind: fc.constant('rights' as const),
        old: units,
        new: units,
        issuePrice: fc.nat(90_000).map((n) => n + 1),
      }),
      fc.record({ kind: fc.constant('cashDividend' as const), perUnit: fc.integer({ min: 1, max: 5_000 }) }),
    );
    fc.assert(
      fc.property(actions, fc.integer({ min: 1, max: 10_000 }), fc.nat(5_000), (action, quantity, extra) => {
        const costKrw = krw(quantity * 70_000 + extra);
        const after = changedHolding({ quantity, costKrw }, action, { base: 14_000, cum: 70_000 });
        const paid = after.cashKrw + after.incomeKrw;
        const book = holding(quantity, costKrw);
        const realisedKrw = paid + after.costKrw - costKrw;
        expect(realisedKrw).toBe(after.realisedKrw + after.incomeKrw);
        book.adjust(adjusted({ ...after, quantityBefore: quantity, realisedKrw, other: null }));
        const cashKrw = STARTING - costKrw + paid;
        const figures = report(book, cashKrw, 14_010);
        const equity = equityOf({ cashKrw, holdings: [...book.holdings.values()], mark: () => 14_010 });
        expect(equity - STARTING).toBe(figures.realisedKrw + figures.unrealisedKrw);
        expect(cashKrw).toBe(STARTING + figures.realisedKrw - book.holding(SAMSUNG).costKrw);
      }),
    );
  });
});
