/** Credit orders in the ledger: loans and short sales of borrowed units, their collateral, calls and forced sales. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger, type LedgerOrder } from '#shared/exchange/ledger/ledger.ts';
import {
  collateralPercent,
  collateralShortage,
  CREDIT_INTEREST,
  CREDIT_ORDERS,
  creditBarred,
  creditOrderOf,
  LOAN_RULE,
} from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';

const DAY = sessionDate('2026-11-23');
const SAMSUNG = 'KRX:005930';

function opened(cash: number): Ledger {
  const ledger = new Ledger();
  ledger.openAccount({ accountId: 'a', name: '하나', startingCashKrw: cash, createdTs: epochMs(0), kind: 'margin40' });
  ledger.openSession(DAY);
  return ledger;
}

function order(over: Partial<LedgerOrder>): LedgerOrder {
  const basis = { accountId: 'a', instrumentId: SAMSUNG, market: 'KOSPI', side: 'buy', quantity: 10 } as const;
  return { ...basis, holdPrice: 100_000, tradeDate: DAY, ...over };
}

function trade(ledger: Ledger, no: string, over: Partial<LedgerOrder>, price = 100_000): void {
  const wanted = order(over);
  expect(ledger.shortage(wanted)).toBeNull();
  ledger.place(no, wanted);
  ledger.fill(no, { price, quantity: wanted.quantity });
}

describe('kinds of credit order', () => {
  it.each([
    ['21', 'buy', 'loanOpen', 'house'],
    ['22', 'sell', 'shortOpen', 'market'],
    ['23', 'buy', 'loanOpen', 'market'],
    ['24', 'sell', 'shortOpen', 'house'],
    ['25', 'sell', 'loanClose', 'house'],
    ['26', 'buy', 'shortClose', 'market'],
    ['27', 'sell', 'loanClose', 'market'],
    ['28', 'buy', 'shortClose', 'house'],
  ] as const)('%s is a %s: %s with money of the %s', (code, side, act, money) => {
    expect(creditOrderOf(code)).toEqual({ code, side, act, money });
  });

  it('are eight, and no other code is one', () => {
    expect(CREDIT_ORDERS).toHaveLength(8);
    expect(creditOrderOf('20')).toBeUndefined();
    expect([creditBarred('alert'), creditBarred(undefined)]).toEqual([true, false]);
  });

  it('say that interest is missing and that the rules are unconfirmed', () => {
    expect(CREDIT_INTEREST).toMatchObject({ modelled: false, status: 'U' });
    expect(LOAN_RULE.status).toBe('U');
  });
});

describe('loans', () => {
  it('take 45 % in cash and the commission; a sale pays the loan back first', () => {
    const ledger = opened(450_140);
    trade(ledger, '1', { credit: 'loanOpen' });
    expect(ledger.account('a')).toMatchObject({ cashD2Krw: 0, loanKrw: 550_000, unpaidKrw: 0 });
    expect(ledger.positions('a')).toEqual([]);
    expect(ledger.shortage(order({ side: 'sell' }))).toBe('SELLABLE');
    trade(ledger, '2', { side: 'sell', credit: 'loanClose', quantity: 4 }, 110_000);
    // 440,000 − 60 − 880 − 220,000 of the loan.
    expect(ledger.account('a')).toMatchObject({ cashD2Krw: 219_060, loanKrw: 330_000 });
    trade(ledger, '3', { side: 'sell', credit: 'loanClose', quantity: 6 }, 50_000);
    expect(ledger.account('a')).toMatchObject({ cashD2Krw: 219_060 + 300_000 - 40 - 600 - 330_000, loanKrw: 0 });
  });

  it('are refused one won short, and cannot be paid for with what is unpaid', () => {
    expect(opened(450_139).shortage(order({ credit: 'loanOpen' }))).toBe('CASH');
    const ledger = opened(1_000_140);
    trade(ledger, '1', { marginPercent: 40 });
    expect(ledger.shortage(order({ credit: 'loanOpen', quantity: 1 }))).toBe('CASH');
  });

  it('are called below 140 % and sold for at the second opening after', () => {
    expect(collateralPercent({ collateral: krw(1_399), loan: krw(1_000) })).toBe(139);
    expect(collateralShortage({ collateral: krw(1_400), loan: krw(1_000) })).toBe(0);
    const ledger = opened(450_140);
    const terms = new Map([[SAMSUNG, { market: 'KOSPI', lowerLimit: 50_000, lotSize: 1, halted: false } as const]]);
    trade(ledger, '1', { credit: 'loanOpen' });
    // 10 × 77,000 ÷ 550,000 = 140 %: enough.
    ledger.judgeCollateral(new Map([[SAMSUNG, 77_000]]));
    expect(ledger.marginCalls()).toEqual([]);
    ledger.judgeCollateral(new Map([[SAMSUNG, 72_000]]));
    ledger.openSession(sessionDate('2026-11-24'));
    expect(ledger.marginCalls()).toEqual([{ accountId: 'a', reason: 'collateral', amountKrw: 50_000, dueIn: 0 }]);
    expect(ledger.forcedSales(terms)).toEqual([]);
    ledger.judgeCollateral(new Map([[SAMSUNG, 70_000]]));
    ledger.openSession(sessionDate('2026-11-25'));
    // 70,000 short; a unit brings 49,892 at the lower limit: two.
    expect(ledger.forcedSales(terms)).toEqual([
      { accountId: 'a', reason: 'collateral', instrumentId: SAMSUNG, kind: 'loan', quantity: 2 },
    ]);
  });

  it('a deposit on the day of the call ends it', () => {
    const ledger = opened(450_140);
    trade(ledger, '1', { credit: 'loanOpen' });
    ledger.judgeCollateral(new Map([[SAMSUNG, 72_000]]));
    ledger.openSession(sessionDate('2026-11-24'));
    ledger.receive('a', 50_000);
    ledger.judgeCollateral(new Map([[SAMSUNG, 72_000]]));
    expect(ledger.marginCalls()).toEqual([]);
  });
});

describe('short sales of borrowed units', () => {
  it('keep the proceeds and 5 % more until they are covered', () => {
    const ledger = opened(60_000);
    const short = order({ side: 'sell', credit: 'shortOpen' });
    trade(ledger, '1', short);
    // Proceeds 1,000,000 − 140 − 2,000; collateral 50,000 from the cash.
    expect(ledger.account('a')).toMatchObject({ cashD2Krw: 10_000, pledgedKrw: 997_860 + 50_000 });
    expect(ledger.holdings('a')).toMatchObject([{ kind: 'short', quantity: 10, costKrw: 997_860 }]);
    expect(ledger.shortage(order({ credit: 'shortClose', quantity: 11 }))).toBe('SELLABLE');
    trade(ledger, '2', { credit: 'shortClose' }, 90_000);
    expect(ledger.account('a')).toMatchObject({
      cashD2Krw: 60_000 + 1_000_000 - 140 - 2_000 - 900_000 - 120,
      pledgedKrw: 0,
      realisedKrw: 997_860 - 900_120,
    });
  });

  it('need their collateral, and to be covered dearer than sold need cash', () => {
    expect(opened(49_999).shortage(order({ side: 'sell', credit: 'shortOpen' }))).toBe('CASH');
    // 140 won for the commission of the purchase stay in cash.
    const ledger = opened(50_140);
    trade(ledger, '1', { side: 'sell', credit: 'shortOpen' });
    expect(ledger.shortage(order({ credit: 'shortClose', holdPrice: 104_700 }))).toBeNull();
    expect(ledger.shortage(order({ credit: 'shortClose', holdPrice: 104_800 }))).toBe('CASH');
  });
});

describe('conservation', () => {
  const acts = fc.record({
    credit: fc.constantFrom(
      'loanOpen' as const,
      'loanClose' as const,
      'shortOpen' as const,
      'shortClose' as const,
      undefined,
    ),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: fc.integer({ min: 1, max: 400 }),
    price: fc.integer({ min: 1_000, max: 90_000 }),
    share: fc.integer({ min: 1, max: 100 }),
    session: fc.boolean(),
  });
  const SIDE = { loanOpen: 'buy', loanClose: 'sell', shortOpen: 'sell', shortClose: 'buy' } as const;

  it('cash, collateral and cost less what is owed are what was brought and earned, whatever is traded', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 50 }), (steps) => {
        const ledger = opened(20_000_000);
        steps.forEach(({ credit, side, quantity, price, share, session }, at) => {
          const wanted = order({
            side: credit === undefined ? side : SIDE[credit],
            quantity,
            holdPrice: price,
            ...(credit === undefined ? {} : { credit }),
          });
          if (ledger.shortage(wanted) === null) {
            const no = String(at);
            ledger.place(no, wanted);
            const part = Math.max(1, Math.floor((quantity * share) / 100));
            ledger.fill(no, { price, quantity: part });
            if (part < quantity) ledger.release(no);
          }
          if (session) ledger.openSession(DAY);
          const a = ledger.account('a');
          const cost = ledger.holdings('a').reduce((sum, h) => sum + h.costKrw * (h.kind === 'short' ? -1 : 1), 0);
          expect(a.cashD2Krw + a.pledgedKrw - a.loanKrw + cost).toBe(a.startingCashKrw + a.realisedKrw);
          expect(a.reservedKrw).toBe(0);
          expect(a.loanKrw >= 0 && a.pledgedKrw >= 0).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });
});
