/** Cash in several currencies: holds, charges, settlement by market, changing money, and that no cent is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OverseasLedger, type ForeignOrder } from '#shared/exchange/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const DATE = sessionDate('2026-11-24');
const DOLLAR = { rate: 1_400_000_000, digits: 2 };

function opened(): OverseasLedger {
  const ledger = new OverseasLedger();
  ledger.openAccount('a', 100_000_000);
  return ledger;
}

function order(over: Partial<ForeignOrder>): ForeignOrder {
  const basis = { accountId: 'a', exchange: 'NASD', code: 'AAPL', side: 'buy', quantity: 10 } as const;
  return { ...basis, holdPrice: 2_700_000, date: DATE, ...over };
}

describe('dollars', () => {
  it('are bought with won and hold an order with its commission', () => {
    const ledger = opened();
    // 3,800,000 ÷ 1,401.4 = 2,711.57…
    expect(ledger.buyCurrency('a', { currency: 'USD', won: 3_800_000, terms: DOLLAR })).toBe(271_157);
    expect(ledger.won('a')).toBe(96_200_000);
    expect(ledger.shortage(order({}))).toBeNull();
    ledger.place('1', order({}));
    // 2,700 dollars and 0.25 %.
    expect(ledger.cash('a', 'USD')).toEqual({ currency: 'USD', settled: 271_157, total: 271_157, reserved: 270_675 });
    expect(ledger.shortage(order({ quantity: 1 }))).toBe('CASH');
    expect(() => ledger.sellCurrency('a', { currency: 'USD', minor: 483, terms: DOLLAR })).toThrow(RangeError);
    expect(ledger.fill('1', { price: 2_690_000, quantity: 10 })).toEqual({ amount: 269_000, charges: 672 });
    expect(ledger.cash('a', 'USD')).toMatchObject({ settled: 271_157, total: 1_485, reserved: 0 });
    ledger.settle(DATE);
    expect(ledger.cash('a', 'USD').settled).toBe(271_157);
    ledger.settle(sessionDate('2026-11-25'));
    expect(ledger.cash('a', 'USD').settled).toBe(1_485);
  });

  it('of a sale buy again at once, and become won only once settled', () => {
    const ledger = opened();
    ledger.buyCurrency('a', { currency: 'USD', won: 3_800_000, terms: DOLLAR });
    ledger.place('1', order({}));
    ledger.fill('1', { price: 2_700_000, quantity: 10 });
    expect(ledger.shortage(order({ side: 'sell', quantity: 11 }))).toBe('SELLABLE');
    ledger.place('2', order({ side: 'sell' }));
    // 2,800 dollars − 7.00 − SEC 0.0577, up to 6 cents.
    expect(ledger.fill('2', { price: 2_800_000, quantity: 10 })).toEqual({ amount: 280_000, charges: 706 });
    expect(ledger.holdings('a')).toEqual([]);
    expect(ledger.shortage(order({}))).toBeNull();
    ledger.settle(sessionDate('2026-11-25'));
    const { settled } = ledger.cash('a', 'USD');
    expect(settled).toBe(271_157 - 270_675 + 279_294);
    // 2,797.76 × 1,398.6.
    expect(ledger.sellCurrency('a', { currency: 'USD', minor: settled, terms: DOLLAR })).toBe(3_912_947);
  });
});

describe('currencies', () => {
  it('do not pay for each other', () => {
    const ledger = opened();
    ledger.buyCurrency('a', { currency: 'USD', won: 50_000_000, terms: DOLLAR });
    const tokyo = order({ exchange: 'TKSE', code: '7203', quantity: 100, holdPrice: 25_000 });
    expect(ledger.shortage(tokyo)).toBe('CASH');
    ledger.buyCurrency('a', { currency: 'JPY', won: 5_000_000, terms: { rate: 9_200_000, digits: 0 } });
    expect(ledger.shortage(tokyo)).toBeNull();
    ledger.place('1', tokyo);
    ledger.fill('1', { price: 25_000, quantity: 100 });
    const before = ledger.cash('a', 'JPY');
    ledger.settle(sessionDate('2026-11-25'));
    expect(ledger.cash('a', 'JPY').settled).toBe(before.settled);
    ledger.settle(sessionDate('2026-11-26'));
    expect(ledger.cash('a', 'JPY').settled).toBe(before.settled - 250_000 - 750);
  });

  it('beyond the won at hand and unknown accounts are refused', () => {
    const ledger = opened();
    expect(() => ledger.buyCurrency('a', { currency: 'USD', won: 100_000_001, terms: DOLLAR })).toThrow(RangeError);
    expect(() => ledger.won('b')).toThrow('ACCOUNT_UNKNOWN');
  });
});

describe('rounding', () => {
  it('an order in many fills of fractions of a cent costs what the whole costs, and never more than was held', () => {
    const ledger = opened();
    ledger.buyCurrency('a', { currency: 'USD', won: 1_000_000, terms: DOLLAR });
    const before = ledger.cash('a', 'USD').total;
    const cheap = order({ quantity: 1_000, holdPrice: 1_250 });
    ledger.place('1', cheap);
    const held = ledger.cash('a', 'USD').reserved;
    for (let unit = 0; unit < 1_000; unit += 1) ledger.fill('1', { price: 1_250, quantity: 1 });
    // 1,000 × 0.125 dollars and 0.25 %.
    expect(before - ledger.cash('a', 'USD').total).toBe(12_500 + 31);
    expect(held).toBe(12_531);
  });
});

describe('conservation', () => {
  const acts = fc.record({
    act: fc.constantFrom('buy' as const, 'sell' as const, 'settle' as const),
    exchange: fc.constantFrom('NASD' as const, 'TKSE' as const, 'SEHK' as const),
    quantity: fc.integer({ min: 1, max: 300 }),
    price: fc.integer({ min: 10_000, max: 300_000 }),
    share: fc.integer({ min: 1, max: 100 }),
    days: fc.nat(3),
  });
  const CURRENCY = { NASD: 'USD', TKSE: 'JPY', SEHK: 'HKD' } as const;

  it('by currency: cash is what was changed, less purchases, plus sales, less charges; and nobody overdraws', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 50 }), (steps) => {
        const ledger = opened();
        const want = new Map<string, number>();
        for (const currency of ['USD', 'JPY', 'HKD'] as const) {
          const terms = { rate: 100_000_000, digits: currency === 'JPY' ? 0 : 2 };
          want.set(currency, ledger.buyCurrency('a', { currency, won: 30_000_000, terms }));
        }
        let date = DATE;
        steps.forEach(({ act, exchange, quantity, price, share, days }, at) => {
          if (act === 'settle') {
            date = sessionDate(`2026-12-0${1 + days}`);
            ledger.settle(date);
            return;
          }
          const wanted = order({ exchange, code: 'X', side: act, quantity, holdPrice: price, date });
          if (ledger.shortage(wanted) === null) {
            ledger.place(String(at), wanted);
            const part = Math.max(1, Math.floor((quantity * share) / 100));
            const { amount, charges } = ledger.fill(String(at), { price, quantity: part });
            if (part < quantity) ledger.release(String(at));
            const key = CURRENCY[exchange];
            want.set(key, (want.get(key) ?? 0) + (act === 'buy' ? 0 - amount : amount) - charges);
          }
          for (const currency of ['USD', 'JPY', 'HKD'] as const) {
            const cash = ledger.cash('a', currency);
            expect(cash.total).toBe(want.get(currency));
            expect(cash.total).toBeGreaterThanOrEqual(0);
            expect(cash.reserved).toBe(0);
          }
        });
        ledger.settle(sessionDate('2027-01-29'));
        for (const [currency, amount] of want) expect(ledger.cash('a', currency as 'USD').settled).toBe(amount);
      }),
      { numRuns: 200 },
    );
  });
});
