/** When an order that the market does not see would have traded. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShadowBook, type ShadowFill, type ShadowOrder } from '#shared/exchange/index.ts';

const level = (price: number, qty: number) => ({ price, qty });
const DEPTH = {
  asks: [level(101, 50), level(102, 80), level(103, 10)],
  bids: [level(100, 40), level(99, 60)],
};
const buy = (limit: number | null, quantity: number, no = 'B'): ShadowOrder => ({ no, side: 'buy', limit, quantity });
const sell = (limit: number | null, quantity: number, no = 'S'): ShadowOrder => ({ no, side: 'sell', limit, quantity });
const bookWith = (depth = DEPTH): ShadowBook => {
  const book = new ShadowBook();
  book.show(depth, true);
  return book;
};
const units = (fills: readonly ShadowFill[]): number => fills.reduce((sum, { quantity }) => sum + quantity, 0);

describe('taking', () => {
  it('walks the levels up to the limit and never takes a unit twice while the level stands', () => {
    const book = bookWith();
    expect(book.take(buy(102, 100))).toEqual([
      { no: 'B', price: 101, quantity: 50, role: 'taker' },
      { no: 'B', price: 102, quantity: 50, role: 'taker' },
    ]);
    expect(book.take(buy(102, 100, 'C'))).toEqual([{ no: 'C', price: 102, quantity: 30, role: 'taker' }]);
    expect(book.available('buy', 103)).toBe(10);
    // The same figures shown once more are the same units.
    book.show(DEPTH, true);
    expect(book.available('buy', 102)).toBe(0);
    // A level that went and came again is new.
    book.show({ ...DEPTH, asks: [level(102, 80)] }, true);
    book.show(DEPTH, true);
    expect(book.available('buy', 101)).toBe(50);
    expect(book.available('buy', 102)).toBe(50);
  });

  it('owes no more than what is left of a level that has shrunk', () => {
    const book = bookWith();
    book.take(buy(101, 50));
    book.show({ ...DEPTH, asks: [level(101, 20)] }, true);
    book.show({ ...DEPTH, asks: [level(101, 45)] }, true);
    expect(book.available('buy', 101)).toBe(25);
  });

  it('takes at any price where there is no limit, and waits with the rest', () => {
    const book = bookWith();
    expect(units(book.take(buy(null, 200)))).toBe(140);
    book.rest(buy(null, 60));
    expect(book.show({ ...DEPTH, asks: [...DEPTH.asks, level(104, 25)] }, true)).toEqual([
      { no: 'B', price: 104, quantity: 25, role: 'maker' },
    ]);
  });
});

describe('waiting', () => {
  it('stands behind all that is shown at its price', () => {
    const book = bookWith();
    book.rest(buy(100, 10));
    expect(book.trade({ price: 100, quantity: 39, aggressor: 'sell' })).toEqual([]);
    expect(book.trade({ price: 100, quantity: 5, aggressor: 'sell' })).toEqual([
      { no: 'B', price: 100, quantity: 4, role: 'maker' },
    ]);
    expect(book.trade({ price: 100, quantity: 50, aggressor: 'sell' })).toEqual([
      { no: 'B', price: 100, quantity: 6, role: 'maker' },
    ]);
    expect(book.empty).toBe(true);
  });

  it('moves up when those before it go away, and never back', () => {
    const book = bookWith();
    book.rest(buy(100, 10));
    book.show({ ...DEPTH, bids: [level(100, 3)] }, true);
    book.show({ ...DEPTH, bids: [level(100, 500)] }, true);
    expect(units(book.trade({ price: 100, quantity: 7, aggressor: 'sell' }))).toBe(4);
  });

  it('has nobody before it at a price inside the spread or where a thin side shows nobody', () => {
    const book = bookWith({ ...DEPTH, bids: [level(98, 5)] });
    book.rest(buy(100, 10));
    expect(units(book.trade({ price: 100, quantity: 6, aggressor: 'sell' }))).toBe(6);
  });

  it('is filled at its own price by a trade through it, however long the queue', () => {
    const book = bookWith();
    book.rest(sell(102, 10));
    expect(book.trade({ price: 103, quantity: 4, aggressor: 'buy' })).toEqual([
      { no: 'S', price: 102, quantity: 4, role: 'maker' },
    ]);
  });

  it('waits behind a queue of unknown length below the last level shown', () => {
    const full = Array.from({ length: 10 }, (_, i) => level(100 - i, 10));
    const book = bookWith({ asks: DEPTH.asks, bids: full });
    book.rest(buy(80, 10));
    expect(book.trade({ price: 80, quantity: 1_000, aggressor: 'sell' })).toEqual([]);
    expect(units(book.trade({ price: 79, quantity: 3, aggressor: 'sell' }))).toBe(3);
  });

  it('is not touched by trades of its own side', () => {
    const book = bookWith();
    book.rest(buy(100, 10));
    expect(book.trade({ price: 99, quantity: 500, aggressor: 'buy' })).toEqual([]);
  });

  it('shares a trade by price, then age', () => {
    const book = bookWith({ ...DEPTH, bids: [] });
    book.rest(buy(99, 5, 'old'));
    book.rest(buy(100, 5, 'best'));
    book.rest(buy(99, 5, 'young'));
    expect(
      book.trade({ price: 99, quantity: 12, aggressor: 'sell' }).map(({ no, quantity }) => [no, quantity]),
    ).toEqual([
      ['best', 5],
      ['old', 5],
      ['young', 2],
    ]);
  });
});

describe('an auction', () => {
  it('collects without trading, and fills only what was better than the price found', () => {
    const book = new ShadowBook();
    book.show(DEPTH, false);
    book.rest(buy(105, 10, 'better'));
    book.rest(buy(104, 10, 'equal'));
    book.rest(sell(null, 7, 'any'));
    expect(book.show({ ...DEPTH, asks: [level(103, 99)] }, false)).toEqual([]);
    expect(book.trade({ price: 104, quantity: 1, aggressor: null })).toEqual([
      { no: 'any', price: 104, quantity: 7, role: 'auction' },
      { no: 'better', price: 104, quantity: 10, role: 'auction' },
    ]);
    expect(book.empty).toBe(false);
  });
});

describe('whatever the market does', () => {
  const depth = fc
    .record({
      mid: fc.integer({ min: 95, max: 105 }),
      asks: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 10 }),
      bids: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 10 }),
    })
    .map(({ mid, asks, bids }) => ({
      asks: asks.map((qty, i) => level(mid + 1 + i, qty)).filter(({ qty }) => qty > 0),
      bids: bids.map((qty, i) => level(mid - i, qty)).filter(({ qty }) => qty > 0),
    }));
  const step = fc.oneof(
    fc.record({ kind: fc.constant('show' as const), depth }),
    fc.record({
      kind: fc.constant('trade' as const),
      price: fc.integer({ min: 85, max: 115 }),
      quantity: fc.integer({ min: 1, max: 60 }),
      aggressor: fc.constantFrom('buy' as const, 'sell' as const, null),
    }),
    fc.record({
      kind: fc.constant('order' as const),
      side: fc.constantFrom('buy' as const, 'sell' as const),
      limit: fc.option(fc.integer({ min: 85, max: 115 }), { nil: null }),
      quantity: fc.integer({ min: 1, max: 40 }),
    }),
  );

  it('fills no order beyond its quantity or its limit, and takes no more from a trade or a book than was there', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const book = new ShadowBook();
        const orders = new Map<string, { order: ShadowOrder; filled: number }>();
        const note = (fills: readonly ShadowFill[], most: number): void => {
          expect(units(fills)).toBeLessThanOrEqual(most);
          for (const { no, price, quantity } of fills) {
            const entry = orders.get(no)!;
            entry.filled += quantity;
            expect(entry.filled).toBeLessThanOrEqual(entry.order.quantity);
            const { side, limit } = entry.order;
            if (limit !== null && side === 'buy') expect(price).toBeLessThanOrEqual(limit);
            if (limit !== null && side === 'sell') expect(price).toBeGreaterThanOrEqual(limit);
          }
        };
        const sum = (levels: readonly { readonly qty: number }[]): number => levels.reduce((s, { qty }) => s + qty, 0);
        let shown = { asks: 0, bids: 0 };
        steps.forEach((each, i) => {
          if (each.kind === 'show') {
            shown = { asks: sum(each.depth.asks), bids: sum(each.depth.bids) };
            note(book.show(each.depth, true), shown.asks + shown.bids);
          } else if (each.kind === 'trade') {
            note(book.trade(each), each.aggressor === null ? Number.MAX_SAFE_INTEGER : each.quantity);
          } else {
            const order = { no: String(i), side: each.side, limit: each.limit, quantity: each.quantity };
            orders.set(order.no, { order, filled: 0 });
            const taken = book.take(order);
            note(taken, each.side === 'buy' ? shown.asks : shown.bids);
            const left = order.quantity - units(taken);
            if (left > 0) book.rest({ ...order, quantity: left });
          }
        });
      }),
      { numRuns: 400 },
    );
  });
});
