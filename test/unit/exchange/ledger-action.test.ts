/** Corporate actions in the ledger: every kind of holding is changed, open orders go, and no won is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CorporateAction } from '#shared/domain/index.ts';
import { Ledger, type LedgerOrder } from '#shared/exchange/ledger/ledger.ts';
import { changedHolding, nextBase } from '#shared/market/index.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';

const DAY = sessionDate('2026-11-24');
const SAMSUNG = 'KRX:005930';

function opened(): Ledger {
  const ledger = new Ledger();
  ledger.openAccount({
    accountId: 'a',
    name: '하나',
    startingCashKrw: 100_000_000,
    createdTs: epochMs(0),
    kind: 'margin40',
  });
  ledger.openSession(DAY);
  return ledger;
}

function order(over: Partial<LedgerOrder>): LedgerOrder {
  const basis = { accountId: 'a', instrumentId: SAMSUNG, market: 'KOSPI', side: 'buy', quantity: 7 } as const;
  return { ...basis, holdPrice: 100_000, tradeDate: DAY, ...over };
}

function trade(ledger: Ledger, no: string, over: Partial<LedgerOrder>): void {
  const wanted = order(over);
  ledger.place(no, wanted);
  ledger.fill(no, { price: wanted.holdPrice, quantity: wanted.quantity });
}

function apply(ledger: Ledger, action: CorporateAction): string[] {
  const { basePrice, cumPrice } = nextBase({
    issue: { market: 'KOSPI', basePrice: 100_000 },
    date: DAY,
    close: 100_000,
    actions: [action],
  });
  return ledger.applyCorporateAction({ instrumentId: SAMSUNG, action, base: basePrice, cum: cumPrice });
}

describe('corporate actions', () => {
  it('rescale what is held and let go of open orders, which cannot be placed at the old price again', () => {
    const ledger = opened();
    trade(ledger, '1', {});
    ledger.place('2', order({ side: 'sell' }));
    ledger.place('3', order({ quantity: 1 }));
    ledger.place('4', order({ instrumentId: 'KRX:000660', quantity: 1 }));
    expect(apply(ledger, { kind: 'split', from: 1, to: 50 })).toEqual(['2', '3']);
    expect(ledger.holdings('a')).toMatchObject([{ quantity: 350, sellable: 350, costKrw: 700_090 }]);
    expect(() => ledger.fill('2', { price: 2_000, quantity: 1 })).toThrow('INTERNAL_BUG');
    ledger.release('4');
    expect(ledger.account('a').reservedKrw).toBe(0);
  });

  it('do the same where what they made of each holding is booked as recorded', () => {
    const action: CorporateAction = { kind: 'bonus', old: 2, new: 1 };
    const [by, recorded] = [opened(), opened()];
    for (const ledger of [by, recorded]) {
      trade(ledger, '1', {});
      trade(ledger, '2', { credit: 'loanOpen' });
      trade(ledger, '3', { credit: 'shortOpen', side: 'sell' });
    }
    const { basePrice: base, cumPrice: cum } = nextBase({
      issue: { market: 'KOSPI', basePrice: 100_000 },
      date: DAY,
      close: 100_000,
      actions: [action],
    });
    apply(by, action);
    for (const held of recorded.holdings('a')) {
      const { accountId, kind, instrumentId } = held;
      recorded.takeChange({ accountId, kind, instrumentId, after: changedHolding(held, action, { base, cum }) });
    }
    expect(by.holdings('a').map(({ quantity }) => quantity)).toEqual([10, 10, 10]);
    expect(recorded.holdings('a')).toEqual(by.holdings('a'));
    expect(recorded.account('a')).toEqual(by.account('a'));
  });

  it('end a loan whose units all became a fraction', () => {
    const ledger = opened();
    trade(ledger, '1', { credit: 'loanOpen' });
    expect(ledger.account('a').loanKrw).toBe(385_000);
    apply(ledger, { kind: 'split', from: 10, to: 1 });
    expect(ledger.account('a').loanKrw).toBe(0);
    expect(ledger.holdings('a')).toEqual([]);
  });

  it('make a short seller pay dividends', () => {
    const ledger = opened();
    trade(ledger, '1', { side: 'sell', credit: 'shortOpen' });
    apply(ledger, { kind: 'cashDividend', perUnit: 1_000 });
    expect(ledger.account('a').otherKrw).toBe(-(7_000 - 1_070));
  });

  it('conserve cash and cost whatever is held and done', () => {
    const units = fc.integer({ min: 1, max: 30 });
    const actions: fc.Arbitrary<CorporateAction> = fc.oneof(
      fc.record({ kind: fc.constantFrom('bonus' as const, 'stockDividend' as const), old: units, new: units }),
      fc.record({
        kind: fc.constant('rights' as const),
        old: units,
        new: units,
        issuePrice: fc.integer({ min: 1, max: 200_000 }),
      }),
      fc.record({ kind: fc.constantFrom('split' as const, 'capitalReduction' as const), from: units, to: units }),
      fc.record({
        kind: fc.constantFrom('distribution' as const, 'cashDividend' as const),
        perUnit: fc.integer({ min: 1, max: 90_000 }),
      }),
      fc.record({
        kind: fc.constant('splitOff' as const),
        from: units,
        to: units,
        appraisal: fc.integer({ min: 1_000, max: 200_000 }),
        newIssue: fc.record({ instrumentId: fc.constant('KRX:000002'), from: units, to: units }),
      }),
    );
    const credits = fc.constantFrom(undefined, 'loanOpen' as const, 'shortOpen' as const);
    fc.assert(
      fc.property(
        fc.array(credits, { maxLength: 4 }),
        fc.array(actions, { maxLength: 4 }),
        units,
        (held, done, quantity) => {
          const ledger = opened();
          held.forEach((credit, at) => {
            const side = credit === 'shortOpen' ? 'sell' : 'buy';
            trade(ledger, String(at), { side, quantity, ...(credit === undefined ? {} : { credit }) });
          });
          for (const action of done) {
            apply(ledger, action);
            const a = ledger.account('a');
            const cost = ledger.holdings('a').reduce((sum, h) => sum + h.costKrw * (h.kind === 'short' ? -1 : 1), 0);
            expect(a.cashD2Krw + a.pledgedKrw - a.loanKrw + cost).toBe(a.startingCashKrw + a.realisedKrw + a.otherKrw);
            for (const h of ledger.holdings('a')) expect(h.costKrw).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
