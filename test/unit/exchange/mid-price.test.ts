/** Mid-price orders (중간가): a hidden queue that moves with the quotes. */
import { describe, expect, it } from 'vitest';
import { NO_CEIL, NO_FLOOR, type Incoming } from '#shared/exchange/book/book.ts';
import { BandLadder } from '#shared/exchange/book/ladder.ts';
import { BUY, SELL } from '#shared/exchange/book/order-pool.ts';
import { tickTable } from '#shared/market/index.ts';
import { EngineBook } from '#test/support/engine-book.ts';
import { DAY } from '#test/support/exchange.ts';
import type { SlowEntry } from '#test/support/slow-exchange.ts';

const ladder = new BandLadder(tickTable('KOSPI', DAY), { lower: 1_985, upper: 2_040 });

type Kind = SlowEntry['kind'];
const entry = (no: number, side: 'buy' | 'sell', kind: Kind, price: number | null, open: number): SlowEntry => {
  return { no, side, kind, price, open, time: 'day' };
};

/** Bids at 2,005, offers at 2,020: the mid is 2,012, which no limit order may name. */
function quoted(): EngineBook {
  const book = new EngineBook(ladder, 2_010);
  book.submit(entry(1, 'buy', 'limit', 2_005, 10));
  book.submit(entry(2, 'sell', 'limit', 2_020, 10));
  return book;
}
const trades = (book: EngineBook): number[][] => book.trades.map((t) => [t.price, t.quantity, t.buyNo, t.sellNo]);

describe('mid-price orders (R2 art. 4-2)', () => {
  it('stand between the quotes, fractions of a won dropped, ahead of the best bid', () => {
    const book = quoted();
    book.submit(entry(3, 'buy', 'mid', null, 5));
    expect(book.book.midPrice).toBe(2_012);
    book.submit(entry(4, 'sell', 'market', null, 8));
    expect(trades(book)).toEqual([
      [2_012, 5, 3, 4],
      [2_005, 3, 1, 4],
    ]);
  });

  it('meet a limit order that reaches them, at the mid', () => {
    const book = quoted();
    book.submit(entry(3, 'sell', 'mid', null, 5));
    book.submit(entry(4, 'buy', 'limit', 2_010, 5));
    expect(trades(book)).toEqual([]);
    book.submit(entry(5, 'buy', 'limit', 2_015, 3));
    expect(trades(book)).toEqual([[2_015, 3, 5, 3]]);
  });

  it('meet each other at once', () => {
    const book = quoted();
    book.submit(entry(3, 'sell', 'mid', null, 5));
    book.submit(entry(4, 'buy', 'mid', null, 7));
    expect(trades(book)).toEqual([[2_012, 5, 4, 3]]);
    expect(book.book.last).toBe(2_012);
    expect([book.book.midQuantity(BUY), book.book.midQuantity(SELL)]).toEqual([2, 0]);
  });

  it('move with the quotes and keep their time', () => {
    const book = quoted();
    book.submit(entry(3, 'buy', 'mid', null, 5));
    book.submit(entry(4, 'buy', 'mid', null, 5));
    book.submit(entry(5, 'sell', 'limit', 2_015, 1));
    expect(book.book.midPrice).toBe(2_010);
    book.submit(entry(6, 'sell', 'mid', null, 6));
    expect(trades(book)).toEqual([
      [2_010, 5, 3, 6],
      [2_010, 1, 4, 6],
    ]);
  });

  it('are suspended while one side has no quote, and live again with one', () => {
    const book = quoted();
    book.submit(entry(3, 'buy', 'mid', null, 5));
    book.cancel(2, 10);
    expect(book.book.midPrice).toBe(0);
    book.submit(entry(4, 'sell', 'limit', 2_005, 4));
    expect(trades(book)).toEqual([[2_005, 4, 1, 4]]);
    book.submit(entry(5, 'sell', 'limit', 2_010, 4));
    expect(book.book.midPrice).toBe(2_007);
  });

  it('with one won between the quotes stand on the bid: time decides, and a sell trades when the quote comes', () => {
    const book = new EngineBook(ladder, 1_990);
    book.submit(entry(1, 'buy', 'limit', 1_990, 4));
    book.submit(entry(2, 'sell', 'limit', 1_992, 4));
    book.submit(entry(3, 'sell', 'mid', null, 6));
    expect(book.book.midPrice).toBe(1_991);
    book.submit(entry(4, 'sell', 'limit', 1_991, 1));
    expect(trades(book)).toEqual([[1_990, 4, 1, 3]]);
  });

  it('fill or kill counts them at the price they will have when they are met', () => {
    const book = new EngineBook(ladder, 1_990);
    book.submit(entry(1, 'buy', 'limit', 1_989, 4));
    book.submit(entry(2, 'buy', 'limit', 1_990, 4));
    book.submit(entry(3, 'sell', 'limit', 1_991, 4));
    book.submit(entry(4, 'buy', 'mid', null, 6));
    // At 1,990: four of order 2; then the quotes are 1,989 and 1,991 and the mid is 1,990 still.
    const limit = ladder.indexOf(1_990);
    const asked: Incoming = { side: SELL, limit, quantity: 20, floor: NO_FLOOR, ceil: NO_CEIL };
    expect(book.book.matchable(asked)).toBe(10);
    book.submit({ ...entry(5, 'sell', 'limit', 1_990, 11), time: 'fok' });
    expect(book.trades).toEqual([]);
    book.submit({ ...entry(6, 'sell', 'limit', 1_990, 10), time: 'fok' });
    expect(trades(book)).toEqual([
      [1_990, 4, 2, 6],
      [1_990, 6, 4, 6],
    ]);
  });

  it('are void at the start of the closing auction', () => {
    const book = quoted();
    book.submit(entry(3, 'buy', 'mid', null, 5));
    const ended: number[] = [];
    book.book.voidMids((slot) => ended.push(book.pool.orderNo[slot] as number));
    expect(ended).toEqual([3]);
    expect(book.book.midQuantity(BUY)).toBe(0);
  });
});

describe('bounds of a volatility interruption', () => {
  const sink = { filled: () => undefined };

  it('stop a match before it trades at the bound, and say where', () => {
    const { book } = quoted();
    const rest = book.take({ side: BUY, limit: null, quantity: 20, floor: NO_FLOOR, ceil: 2_020 }, sink);
    expect([rest, book.blockedAt, book.last]).toEqual([20, 2_020, 2_010]);
    expect(book.matchable({ side: BUY, limit: null, quantity: 20, floor: NO_FLOOR, ceil: 2_020 })).toBe(0);
    const sold = book.take({ side: SELL, limit: null, quantity: 20, floor: 2_005, ceil: NO_CEIL }, sink);
    expect([sold, book.blockedAt]).toEqual([20, 2_005]);
  });

  it('let through what lies inside them, and clear the mark', () => {
    const { book } = quoted();
    book.take({ side: BUY, limit: null, quantity: 20, floor: NO_FLOOR, ceil: 2_020 }, sink);
    const rest = book.take({ side: BUY, limit: null, quantity: 20, floor: 2_005, ceil: 2_025 }, sink);
    expect([rest, book.blockedAt, book.last]).toEqual([10, 0, 2_020]);
  });

  it('hold for a mid as for any price', () => {
    const stand = quoted();
    stand.submit(entry(3, 'sell', 'mid', null, 5));
    const { book } = stand;
    expect(book.take({ side: BUY, limit: null, quantity: 5, floor: NO_FLOOR, ceil: 2_012 }, sink)).toBe(5);
    expect(book.blockedAt).toBe(2_012);
    expect(book.matchable({ side: BUY, limit: null, quantity: 5, floor: NO_FLOOR, ceil: 2_013 })).toBe(5);
  });
});
