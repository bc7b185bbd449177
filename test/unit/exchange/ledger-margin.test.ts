/** Margin accounts: what may be bought unpaid, when it is due, what is sold by force, and that no won is made or lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger, type LedgerOrder, type SaleTerms } from '#shared/exchange/ledger/ledger.ts';
import { krxCalendar, marginRate, UNPAID_INTEREST, unpaidDates } from '#shared/market/index.ts';
import { addDays, epochMs, sessionDate, type SessionDate } from '#shared/time/index.ts';

const DAY = sessionDate('2026-11-23');
const SAMSUNG = 'KRX:005930';
const HYNIX = 'KRX:000660';

function opened(cash: number, kind: 'cash' | 'margin40' = 'margin40'): Ledger {
  const ledger = new Ledger();
  ledger.openAccount({ accountId: 'a', name: '하나', startingCashKrw: cash, createdTs: epochMs(0), kind });
  ledger.openSession(DAY);
  return ledger;
}

function order(over: Partial<LedgerOrder>): LedgerOrder {
  const basis = { accountId: 'a', instrumentId: SAMSUNG, market: 'KOSPI', side: 'buy', quantity: 10 } as const;
  return { ...basis, holdPrice: 100_000, tradeDate: DAY, marginPercent: 40, ...over };
}

function terms(lowerLimit: number, over: Partial<SaleTerms> = {}): SaleTerms {
  return { market: 'KOSPI', lowerLimit, lotSize: 1, halted: false, ...over };
}

/** Places and fills at once. */
function trade(ledger: Ledger, no: string, over: Partial<LedgerOrder>, price = 100_000): void {
  const wanted = order(over);
  expect(ledger.shortage(wanted)).toBeNull();
  ledger.place(no, wanted);
  ledger.fill(no, { price, quantity: wanted.quantity });
}

describe('margin rates', () => {
  it.each([
    [{ kind: 'cash', market: 'KOSPI', percent: 20 }, 100, 'cash'],
    [{ kind: 'margin40', market: 'KOSPI', percent: 20 }, 20, 'issue'],
    [{ kind: 'margin40', market: 'KOSPI', percent: 20, reason: 'alert' }, 100, 'alert'],
    [{ kind: 'margin40', market: 'KOSDAQ', reason: 'managed' }, 100, 'managed'],
    [{ kind: 'margin40', market: 'KOSDAQ', frozen: true, percent: 30 }, 100, 'frozen'],
    [{ kind: 'margin40', market: 'KOSDAQ' }, 40, 'default'],
    [{ kind: 'margin40', market: 'KONEX' }, 100, 'default'],
  ] as const)('%j: %d %% because of %s', (question, percent, why) => {
    expect(marginRate(question)).toMatchObject({ percent, why });
  });

  it('says that interest on unpaid money is missing', () => {
    expect(UNPAID_INTEREST).toMatchObject({ modelled: false, status: 'U' });
  });

  it('a default is never shown as known, and no other rate exists', () => {
    expect(marginRate({ kind: 'margin40', market: 'KOSPI' }).status).toBe('U');
    expect(() => marginRate({ kind: 'margin40', market: 'KOSPI', percent: 45 })).toThrow(RangeError);
  });
});

describe('buying on margin', () => {
  it('holds 40 % and the whole commission, and a cash account holds all', () => {
    const margin = opened(1_000_000);
    margin.place('1', order({}));
    // 1,000,000 × 40 % + 140 won.
    expect(margin.account('a').reservedKrw).toBe(400_140);
    expect(margin.power('a', 40)).toEqual({ cashKrw: 0, maxKrw: 1_499_650 });
    const cash = opened(1_000_140, 'cash');
    cash.place('1', order({ marginPercent: 100 }));
    expect(cash.account('a').reservedKrw).toBe(1_000_140);
    expect(cash.power('a', 40)).toEqual({ cashKrw: 0, maxKrw: 0 });
  });

  it.each([
    [20, 5],
    [30, 3],
    [40, 2],
    [50, 2],
    [60, 1],
    [100, 1],
  ])('at %d %% cash of 1,003,000 won buys %d million won', (marginPercent, millions) => {
    const ledger = opened(1_003_000);
    expect(ledger.shortage(order({ marginPercent, quantity: millions * 10 }))).toBeNull();
    expect(ledger.shortage(order({ marginPercent, quantity: (millions + 1) * 10 + 10 }))).toBe('CASH');
  });

  it('shows the power with and without leaving something unpaid', () => {
    const ledger = opened(1_000_000);
    trade(ledger, '1', {});
    // Bought for 1,000,140: nothing is left in cash, 600,000 − 140 may still stand as margin.
    expect(ledger.power('a', 40)).toEqual({ cashKrw: 0, maxKrw: 1_499_650 });
    expect(ledger.power('a', 100)).toEqual({ cashKrw: 0, maxKrw: 599_860 });
  });

  it('does not count the cash twice when what was bought is sold again the same day', () => {
    const ledger = opened(400_200);
    trade(ledger, '1', {});
    expect(ledger.shortage(order({ quantity: 1 }))).toBe('CASH');
    trade(ledger, '2', { side: 'sell', quantity: 5 });
    expect(ledger.power('a', 40).maxKrw).toBeLessThan(1_000);
    trade(ledger, '3', { side: 'sell', quantity: 5 });
    expect(ledger.account('a').cashD2Krw).toBe(400_200 - 140 - 140 - 2_000);
    expect(ledger.power('a', 100)).toEqual({ cashKrw: 397_920, maxKrw: 397_920 });
  });
});

describe('unpaid purchases', () => {
  it('are due two sessions on and sold for at the next opening, by the calendar', () => {
    // Thursday before 추석 2026: Friday and the weekend are closed.
    expect(unpaidDates(krxCalendar, sessionDate('2026-09-23'))).toEqual({ due: '2026-09-29', sale: '2026-09-30' });
    expect(unpaidDates(krxCalendar, DAY)).toEqual({ due: '2026-11-25', sale: '2026-11-26' });
  });

  it('call on each day, sell on D+3 at the lower limit, freeze for 30 days', () => {
    const ledger = opened(400_140);
    const issues = new Map([[SAMSUNG, terms(70_000)]]);
    trade(ledger, '1', {});
    expect(ledger.marginCalls()).toEqual([{ accountId: 'a', reason: 'unpaid', amountKrw: 600_000, dueIn: 2 }]);
    ledger.openSession(sessionDate('2026-11-24'));
    expect(ledger.marginCalls()).toMatchObject([{ amountKrw: 600_000, dueIn: 1 }]);
    ledger.openSession(sessionDate('2026-11-25'));
    expect(ledger.marginCalls()).toMatchObject([{ amountKrw: 600_000, dueIn: 0 }]);
    expect(ledger.account('a')).toMatchObject({ unpaidKrw: 600_000, frozenUntil: null });
    expect(ledger.forcedSales(issues)).toEqual([]);
    ledger.openSession(sessionDate('2026-11-26'));
    // One unit brings 70,000 × (1 − 0.2140527 %) = 69,850 at worst: 600,000 ÷ 69,850 = 8.6 → 9.
    expect(ledger.forcedSales(issues)).toEqual([
      { accountId: 'a', reason: 'unpaid', instrumentId: SAMSUNG, kind: 'own', quantity: 9 },
    ]);
    expect(ledger.account('a').frozenUntil).toBe('2026-12-25');
    expect(ledger.marginRate('a', { market: 'KOSPI', percent: 20 })).toMatchObject({ percent: 100, why: 'frozen' });
    trade(ledger, '2', { side: 'sell', quantity: 9, tradeDate: sessionDate('2026-11-26') }, 80_000);
    expect(ledger.forcedSales(issues)).toEqual([]);
    expect(ledger.shortage(order({ quantity: 1, tradeDate: sessionDate('2026-11-26') }))).toBeNull();
    ledger.openSession(sessionDate('2026-12-28'));
    expect(ledger.marginRate('a', { market: 'KOSPI', percent: 20 })).toMatchObject({ percent: 20, why: 'issue' });
  });

  it('a deposit in time pays, and nothing is sold or frozen', () => {
    const ledger = opened(400_140);
    trade(ledger, '1', {});
    ledger.openSession(sessionDate('2026-11-24'));
    ledger.openSession(sessionDate('2026-11-25'));
    ledger.receive('a', 600_000);
    expect(ledger.marginCalls()).toEqual([]);
    ledger.openSession(sessionDate('2026-11-26'));
    expect(ledger.forcedSales(new Map([[SAMSUNG, terms(70_000)]]))).toEqual([]);
    expect(ledger.account('a')).toMatchObject({ frozenUntil: null, otherKrw: 600_000 });
  });

  it('a sale too late to pay in time still counts against the forced sale, but the account is frozen', () => {
    const ledger = opened(400_140);
    trade(ledger, '1', {});
    ledger.openSession(sessionDate('2026-11-24'));
    ledger.openSession(sessionDate('2026-11-25'));
    trade(ledger, '2', { side: 'sell', quantity: 7, tradeDate: sessionDate('2026-11-25') });
    ledger.openSession(sessionDate('2026-11-26'));
    expect(ledger.forcedSales(new Map([[SAMSUNG, terms(70_000)]]))).toEqual([]);
    expect(ledger.account('a').frozenUntil).toBe('2026-12-25');
  });

  it('sells what was bought on margin first, passes over halted issues, and keeps to lots', () => {
    const ledger = opened(2_001_000);
    trade(ledger, '1', { instrumentId: HYNIX, marginPercent: 100, quantity: 15 });
    trade(ledger, '2', {});
    ledger.openSession(sessionDate('2026-11-24'));
    ledger.openSession(sessionDate('2026-11-25'));
    ledger.openSession(sessionDate('2026-11-26'));
    const owed = ledger.account('a').unpaidKrw;
    expect(owed).toBe(2_500_350 - 2_001_000);
    const at = (samsung: Partial<SaleTerms>): unknown =>
      ledger
        .forcedSales(
          new Map([
            [SAMSUNG, terms(70_000, samsung)],
            [HYNIX, terms(70_000)],
          ]),
        )
        .map(({ instrumentId, quantity }) => [instrumentId, quantity]);
    expect(at({})).toEqual([[SAMSUNG, 8]]);
    expect(at({ halted: true })).toEqual([[HYNIX, 8]]);
    expect(at({ lotSize: 10 })).toEqual([[SAMSUNG, 10]]);
    expect(at({ lowerLimit: 20_000 })).toEqual([
      [SAMSUNG, 10],
      [HYNIX, 5],
    ]);
  });
});

type Step =
  | {
      readonly act: 'place';
      readonly side: 'buy' | 'sell';
      readonly issue: number;
      readonly quantity: number;
      readonly price: number;
      readonly percent: number;
    }
  | { readonly act: 'fill' | 'release'; readonly pick: number; readonly share: number; readonly way: number }
  | { readonly act: 'session' | 'receive'; readonly amount: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('place' as const),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    issue: fc.nat(2),
    quantity: fc.integer({ min: 1, max: 3_000 }),
    price: fc.integer({ min: 1, max: 90_000 }),
    percent: fc.constantFrom(20, 30, 40, 50, 60, 100),
  }),
  fc.record({
    act: fc.constantFrom('fill' as const, 'fill' as const, 'release' as const),
    pick: fc.nat(9),
    share: fc.integer({ min: 1, max: 100 }),
    way: fc.nat(3),
  }),
  fc.record({ act: fc.constantFrom('session' as const, 'receive' as const), amount: fc.nat(1_000_000) }),
);

const WAYS = [
  {},
  { venue: 'KRX', role: 'auction' },
  { venue: 'NXT', role: 'maker' },
  { venue: 'NXT', role: 'taker' },
] as const;

/** A firm that places what the ledger allows and fills it at its hold price or better. */
class Firm {
  readonly ledger: Ledger;
  readonly open = new Map<string, LedgerOrder>();
  readonly kind: 'cash' | 'margin40';
  date: SessionDate = DAY;
  #count = 0;

  constructor(kind: 'cash' | 'margin40', channel: 'bankis' | 'promo') {
    this.kind = kind;
    this.ledger = new Ledger();
    const account = { accountId: 'a', name: '하나', startingCashKrw: 50_000_000, createdTs: epochMs(0), kind, channel };
    this.ledger.openAccount(account);
    this.ledger.openSession(DAY);
  }

  play(s: Step): void {
    if (s.act === 'session') {
      this.date = addDays(this.date, 1);
      this.ledger.openSession(this.date);
    } else if (s.act === 'receive') this.ledger.receive('a', s.amount);
    else if (s.act === 'place') this.#place(s);
    else if (s.act === 'fill' || s.act === 'release') this.#change(s);
  }

  #place(s: Extract<Step, { act: 'place' }>): void {
    const { percent } = this.ledger.marginRate('a', { market: 'KOSPI', percent: s.percent });
    const wanted = order({
      side: s.side,
      instrumentId: `KRX:00000${s.issue}`,
      quantity: s.quantity,
      holdPrice: s.price,
      marginPercent: percent,
      tradeDate: this.date,
    });
    if (this.ledger.shortage(wanted) !== null) return;
    this.#count += 1;
    this.ledger.place(String(this.#count), wanted);
    this.open.set(String(this.#count), wanted);
  }

  #change(s: Extract<Step, { pick: number }>): void {
    const [no, found] = [...this.open][s.pick % Math.max(1, this.open.size)] ?? [];
    if (no === undefined || !found) return;
    if (s.act === 'release') {
      this.ledger.release(no);
      this.open.delete(no);
      return;
    }
    const quantity = Math.max(1, Math.floor((found.quantity * s.share) / 100));
    const price = found.side === 'buy' ? Math.max(1, found.holdPrice - s.share) : found.holdPrice + s.share;
    this.ledger.fill(no, { price, quantity, ...WAYS[s.way] });
    if (quantity === found.quantity) this.open.delete(no);
    else this.open.set(no, { ...found, quantity: found.quantity - quantity });
  }
}

describe('properties', () => {
  const kinds = fc.constantFrom('cash' as const, 'margin40' as const);
  const channels = fc.constantFrom('bankis' as const, 'promo' as const);

  it('conserves cash and cost in every kind of account, and holds come back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), kinds, channels, (steps, kind, channel) => {
        const firm = new Firm(kind, channel);
        for (const s of steps) {
          firm.play(s);
          const a = firm.ledger.account('a');
          const cost = firm.ledger.holdings('a').reduce((sum, h) => sum + h.costKrw, 0);
          expect(a.cashD2Krw).toBe(
            a.startingCashKrw + a.otherKrw - a.boughtKrw + a.soldKrw - a.commissionKrw - a.taxKrw,
          );
          expect(a.cashD2Krw + cost).toBe(a.startingCashKrw + a.otherKrw + a.realisedKrw);
          expect(a.reservedKrw).toBeGreaterThanOrEqual(0);
          if (kind === 'cash') {
            expect(a.cashD2Krw - a.reservedKrw).toBeGreaterThanOrEqual(0);
            expect(a.unpaidKrw).toBe(0);
          }
        }
        for (const no of firm.open.keys()) firm.ledger.release(no);
        expect(firm.ledger.account('a').reservedKrw).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it('never lets a margin account owe more than its margin covers at the highest rate of lending', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), channels, (steps, channel) => {
        const firm = new Firm('margin40', channel);
        for (const s of steps) {
          if (s.act === 'session') continue;
          firm.play(s);
          // At 20 % the least own part of any purchase is a fifth: what is owed is at most 80 % of what was bought.
          const { cashD2Krw, boughtKrw } = firm.ledger.account('a');
          expect(0 - cashD2Krw).toBeLessThanOrEqual(boughtKrw * 0.8);
          expect(firm.ledger.power('a', 100).maxKrw).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});
