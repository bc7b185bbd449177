/** Simultaneous quotes at a limit price (상·하한가 동시호가): who gets what at the auction and afterwards. */
import { describe, expect, it } from 'vitest';
import { BandLadder } from '#shared/exchange/book/ladder.ts';
import { tickTable } from '#shared/market/index.ts';
import { EngineBook } from '#test/support/engine-book.ts';
import { DAY } from '#test/support/exchange.ts';
import type { SlowEntry } from '#test/support/slow-exchange.ts';

const UPPER = 2_040;
const LOWER = 1_985;
const ladder = new BandLadder(tickTable('KOSPI', DAY), { lower: LOWER, upper: UPPER });

const order = (no: number, side: 'buy' | 'sell', price: number | null, open: number): SlowEntry => {
  return { no, side, kind: price === null ? 'market' : 'limit', price, open, time: 'day' };
};

/** Buys at the upper limit: 1 wants 50, 2 wants 500, 3 (a market order) 300, 4 wants 500; sold: so many units. */
function opening(sold: number): EngineBook {
  const book = new EngineBook(ladder, 2_000);
  for (const [no, price, quantity] of [
    [1, UPPER, 50],
    [2, UPPER, 500],
    [3, null, 300],
    [4, UPPER, 500],
  ] as const) {
    book.collect(order(no, 'buy', price, quantity));
  }
  book.collect(order(9, 'sell', 2_000, sold));
  return book;
}

const got = (book: EngineBook): [number, number][] => {
  const units = new Map<number, number>();
  for (const { buyNo, quantity } of book.trades) units.set(buyNo, (units.get(buyNo) ?? 0) + quantity);
  return [...units].sort((a, b) => a[0] - b[0]);
};
const RULE = { inside: 'above', sizeFirst: 'lasting' } as const;

describe('size-first allocation (R1 art. 22(3), R2 art. 34)', () => {
  it('the larger first, of equals the earlier, 100 units each', () => {
    const book = opening(250);
    book.auction(RULE);
    expect(book.trades.map((t) => [t.price, t.buyNo, t.quantity])).toEqual([
      [UPPER, 2, 100],
      [UPPER, 4, 100],
      [UPPER, 3, 50],
    ]);
  });

  it('then half of what each still wants, then the rest', () => {
    const book = opening(1_000);
    book.auction(RULE);
    // 100 100 100 50 = 350; halves 200 200 100 = 850; of the last 150 order 2 gets 150.
    expect(got(book)).toEqual([
      [1, 50],
      [2, 450],
      [3, 200],
      [4, 300],
    ]);
  });

  it('half of an odd rest is rounded up to a whole unit', () => {
    const book = new EngineBook(ladder, 2_000);
    book.collect(order(1, 'buy', UPPER, 105));
    book.collect(order(2, 'buy', UPPER, 103));
    book.collect(order(9, 'sell', 2_000, 205));
    book.auction(RULE);
    // 100 100, then 3 of the 5 and 2 of the 3.
    expect(got(book)).toEqual([
      [1, 103],
      [2, 102],
    ]);
  });

  it('without it, time decides, market orders at the limit included', () => {
    const book = opening(250);
    book.auction({ inside: 'above', sizeFirst: 'no' });
    expect(got(book)).toEqual([
      [1, 50],
      [2, 200],
    ]);
  });

  it('lasts until the orders are filled: later sellers serve the turns that are left', () => {
    const book = opening(250);
    book.auction(RULE);
    book.submit(order(5, 'buy', UPPER, 900));
    book.trades.length = 0;
    book.submit(order(10, 'sell', UPPER, 120));
    expect(book.trades.map((t) => [t.buyNo, t.quantity])).toEqual([
      [3, 50],
      [1, 50],
      [2, 20],
    ]);
    book.trades.length = 0;
    book.submit(order(11, 'sell', UPPER, 980));
    expect(got(book)).toEqual([
      [2, 380],
      [3, 200],
      [4, 400],
    ]);
    book.submit(order(12, 'sell', UPPER, 10));
    expect(book.trades.at(-1)).toMatchObject({ buyNo: 5, quantity: 10 });
  });

  it('a canceled order loses its turns', () => {
    const book = opening(250);
    book.auction(RULE);
    book.cancel(3, 250);
    book.trades.length = 0;
    book.submit(order(10, 'sell', UPPER, 60));
    expect(book.trades.map((t) => [t.buyNo, t.quantity])).toEqual([
      [1, 50],
      [2, 10],
    ]);
  });

  it('goes on after a snapshot', () => {
    const [book, copy] = [opening(250), opening(250)];
    for (const each of [book, copy]) each.auction(RULE);
    copy.rebuild();
    for (const each of [book, copy]) each.submit(order(10, 'sell', UPPER, 777));
    expect(copy.trades).toEqual(book.trades);
    expect(copy.rests()).toEqual(book.rests());
  });

  it('sells at the lower limit mirror it', () => {
    const book = new EngineBook(ladder, 2_000);
    book.collect(order(1, 'sell', LOWER, 50));
    book.collect(order(2, 'sell', LOWER, 400));
    book.collect(order(9, 'buy', 2_000, 120));
    book.auction(RULE);
    expect(book.trades.map((t) => [t.price, t.sellNo, t.quantity])).toEqual([
      [LOWER, 2, 100],
      [LOWER, 1, 20],
    ]);
  });

  it('holds for one auction only where the first price becomes the base', () => {
    const book = opening(250);
    book.auction({ inside: 'nearest', sizeFirst: 'once' });
    book.trades.length = 0;
    book.submit(order(10, 'sell', UPPER, 60));
    expect(book.trades.map((t) => [t.buyNo, t.quantity])).toEqual([
      [1, 50],
      [2, 10],
    ]);
  });
});
