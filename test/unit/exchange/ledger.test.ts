/** The firm's ledger: holds, charges, settlement, and what can never happen to money. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger, type LedgerOrder } from '#shared/exchange/ledger/ledger.ts';
import { krw } from '#shared/num/index.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';

const DAY = sessionDate('2025-06-10');
const SAMSUNG = 'KRX:005930';

function opened(startingCashKrw = 100_000_000): Ledger {
  const ledger = new Ledger();
  ledger.openAccount({ accountId: 'a', name: '하나', startingCashKrw, createdTs: epochMs(0) });
  return ledger;
}

function order(over: Partial<LedgerOrder>): LedgerOrder {
  return {
    accountId: 'a',
    instrumentId: SAMSUNG,
    market: 'KOSPI',
    side: 'buy',
    quantity: 10,
    holdPrice: 60_000,
    tradeDate: DAY,
    ...over,
  };
}

describe('holds', () => {
  it('keeps price × quantity and the commission of a buy', () => {
    const ledger = opened();
    ledger.place('1', order({}));
    // 600,000 × 0.0140527 % = 84.3 → 80 won.
    expect(ledger.account('a').reservedKrw).toBe(600_080);
    ledger.release('1');
    expect(ledger.account('a').reservedKrw).toBe(0);
  });

  it('refuses a buy one won beyond the power, and takes it at exactly the power', () => {
    expect(opened(600_080).shortage(order({}))).toBeNull();
    expect(opened(600_079).shortage(order({}))).toBe('CASH');
    expect(opened(1_000_000_000_000).shortage(order({ quantity: 1_000_000_000, holdPrice: 100_000_000 }))).toBe('CASH');
  });

  it('lets a replace use what its own order holds', () => {
    const ledger = opened(600_080);
    ledger.place('1', order({}));
    expect(ledger.shortage(order({ quantity: 1 }))).toBe('CASH');
    expect(ledger.replaceShortage('1', 59_900)).toBeNull();
    expect(ledger.replaceShortage('1', 60_100)).toBe('CASH');
  });

  it('ties up units of a sell and refuses to sell what is not there', () => {
    const ledger = opened();
    expect(ledger.shortage(order({ side: 'sell', quantity: 1 }))).toBe('SELLABLE');
    ledger.place('1', order({}));
    ledger.fill('1', { price: 60_000, quantity: 10 });
    ledger.place('2', order({ side: 'sell', quantity: 7 }));
    expect(ledger.positions('a')).toEqual([{ accountId: 'a', instrumentId: SAMSUNG, quantity: 10, sellable: 3 }]);
    expect(ledger.shortage(order({ side: 'sell', quantity: 4 }))).toBe('SELLABLE');
    ledger.release('2');
    expect(ledger.shortage(order({ side: 'sell', quantity: 10 }))).toBeNull();
  });
});

describe('money', () => {
  it('charges a purchase and a sale as counted by hand', () => {
    const ledger = opened();
    ledger.place('1', order({}));
    expect(ledger.fill('1', { price: 59_900, quantity: 4 })).toMatchObject({
      filledQty: 4,
      filledValueKrw: 239_600,
      commissionKrw: 30,
    });
    // 239,600 + 360,000 = 599,600 → 84.2 → 80 won in all.
    expect(ledger.fill('1', { price: 60_000, quantity: 6 })).toEqual({
      filledQty: 10,
      filledValueKrw: 599_600,
      commissionKrw: 80,
      taxKrw: 0,
    });
    expect(ledger.account('a').cashD2Krw).toBe(100_000_000 - 599_680);
    ledger.place('2', order({ side: 'sell' }));
    // 610,000: commission 85.7 → 80; tax 0.15 % = 915.
    expect(ledger.fill('2', { price: 61_000, quantity: 10 })).toMatchObject({ commissionKrw: 80, taxKrw: 915 });
    expect(ledger.account('a').cashD2Krw).toBe(100_000_000 - 599_680 + 610_000 - 80 - 915);
    expect(ledger.positions('a')).toEqual([]);
  });

  it('lets a sale pay for a purchase at once', () => {
    const ledger = opened(600_080);
    ledger.place('1', order({}));
    ledger.fill('1', { price: 60_000, quantity: 10 });
    expect(ledger.shortage(order({ quantity: 1 }))).toBe('CASH');
    ledger.place('2', order({ side: 'sell' }));
    ledger.fill('2', { price: 60_000, quantity: 10 });
    expect(ledger.shortage(order({ quantity: 9 }))).toBeNull();
  });

  it('settles two sessions after the trade, whichever markets they belong to', () => {
    const ledger = opened();
    ledger.place('1', order({}));
    ledger.fill('1', { price: 60_000, quantity: 10 });
    const paid = 100_000_000 - 600_080;
    expect(ledger.account('a')).toMatchObject({ cashD0Krw: 100_000_000, cashD1Krw: 100_000_000, cashD2Krw: paid });
    ledger.openSession(DAY);
    expect(ledger.account('a')).toMatchObject({ cashD0Krw: 100_000_000, cashD1Krw: paid, cashD2Krw: paid });
    ledger.openSession(DAY);
    expect(ledger.account('a')).toMatchObject({ cashD0Krw: paid, cashD1Krw: paid, cashD2Krw: paid });
  });

  it('knows no other account', () => {
    expect(() => opened().account('b')).toThrow('ACCOUNT_UNKNOWN');
    expect(() => opened().fill('9', { price: 1, quantity: 1 })).toThrow('INTERNAL_BUG');
  });
});

type Step =
  | {
      readonly act: 'place';
      readonly side: 'buy' | 'sell';
      readonly issue: number;
      readonly quantity: number;
      readonly price: number;
    }
  | { readonly act: 'fill'; readonly pick: number; readonly share: number; readonly better: number }
  | { readonly act: 'release' | 'replace'; readonly pick: number; readonly better: number }
  | { readonly act: 'session' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('place' as const),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    issue: fc.nat(2),
    quantity: fc.integer({ min: 1, max: 5_000 }),
    price: fc.integer({ min: 1, max: 90_000 }),
  }),
  fc.record({
    act: fc.constant('fill' as const),
    pick: fc.nat(9),
    share: fc.integer({ min: 1, max: 100 }),
    better: fc.nat(500),
  }),
  fc.record({ act: fc.constantFrom('release' as const, 'replace' as const), pick: fc.nat(9), better: fc.nat(500) }),
  fc.record({ act: fc.constant('session' as const) }),
);

/** Plays steps as a firm would: only what the ledger allows is placed, and no fill is worse than its order's price. */
class Firm {
  readonly ledger = opened(50_000_000);
  readonly open = new Map<string, LedgerOrder>();
  #count = 0;

  play(s: Step): void {
    if (s.act === 'session') this.ledger.openSession(DAY);
    else if (s.act === 'place') {
      this.#place(
        order({ side: s.side, instrumentId: `KRX:00000${s.issue}`, quantity: s.quantity, holdPrice: s.price }),
      );
    } else {
      const [no, found] = [...this.open][s.pick % Math.max(1, this.open.size)] ?? [];
      if (no !== undefined && found) this.#change(s, no, found);
    }
  }

  #place(found: LedgerOrder): void {
    if (this.ledger.shortage(found) !== null) return;
    this.#count += 1;
    this.ledger.place(String(this.#count), found);
    this.open.set(String(this.#count), found);
  }

  #change(s: Extract<Step, { pick: number }>, no: string, found: LedgerOrder): void {
    if (s.act === 'fill') {
      const quantity = Math.max(1, Math.floor((found.quantity * s.share) / 100));
      const price = found.side === 'buy' ? Math.max(1, found.holdPrice - s.better) : found.holdPrice + s.better;
      this.ledger.fill(no, { price, quantity });
      if (quantity === found.quantity) this.open.delete(no);
      else this.open.set(no, { ...found, quantity: found.quantity - quantity });
      return;
    }
    const holdPrice = Math.max(1, found.holdPrice + s.better - 250);
    if (s.act === 'replace' && this.ledger.replaceShortage(no, holdPrice) !== null) return;
    this.ledger.release(no);
    this.open.delete(no);
    if (s.act === 'replace') {
      this.#count += 1;
      this.ledger.place(String(this.#count), { ...found, holdPrice });
      this.open.set(String(this.#count), { ...found, holdPrice });
    }
  }
}

describe('properties', () => {
  it('conserves money, never sells what is not there, never overdraws, and holds nothing without an order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const firm = new Firm();
        for (const s of steps) {
          firm.play(s);
          const a = firm.ledger.account('a');
          expect(a.cashD2Krw).toBe(a.startingCashKrw - a.boughtKrw + a.soldKrw - a.commissionKrw - a.taxKrw);
          expect(a.cashD2Krw - a.reservedKrw).toBeGreaterThanOrEqual(0);
          for (const p of firm.ledger.positions('a')) {
            expect(p.sellable).toBeGreaterThanOrEqual(0);
            const tied = [...firm.open.values()].filter((o) => o.side === 'sell' && o.instrumentId === p.instrumentId);
            expect(p.quantity - p.sellable).toBe(tied.reduce((sum, o) => sum + o.quantity, 0));
          }
        }
        for (const no of firm.open.keys()) firm.ledger.release(no);
        expect(firm.ledger.account('a').reservedKrw).toBe(krw(0));
        expect(firm.ledger.positions('a').every((p) => p.sellable === p.quantity && p.quantity > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('costs the same however an order is cut into fills', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('KOSPI' as const, 'KOSDAQ' as const),
        (parts, market) => {
          const quantity = parts.reduce((sum, part) => sum + part, 0);
          const run = (cuts: readonly number[]): unknown => {
            const ledger = opened(10_000_000_000);
            ledger.place('1', order({ quantity, market }));
            for (const cut of cuts) ledger.fill('1', { price: 60_000, quantity: cut });
            ledger.place('2', order({ quantity, market, side: 'sell' }));
            for (const cut of cuts) ledger.fill('2', { price: 60_000, quantity: cut });
            return ledger.account('a');
          };
          expect(run(parts)).toEqual(run([quantity]));
        },
      ),
    );
  });
});
