/** The call auction: the named cases of the rule, and any book against a brute-force reading of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auctionOutcome, uncross } from '#shared/exchange/auction.ts';
import { Book } from '#shared/exchange/book.ts';
import { BandLadder } from '#shared/exchange/ladder.ts';
import { BUY, OrderPool, SELL } from '#shared/exchange/order-pool.ts';
import { tickTable } from '#shared/market/index.ts';
import { naiveAuction, naiveUncross, type NaiveOrder } from '#test/support/naive-exchange.ts';
import { DAY } from '#test/support/exchange.ts';

const table = tickTable('KOSPI', DAY);
/** 1,990 … 1,999 by 1 and 2,000 … 2,050 by 5: 21 valid prices over a change of tick. */
const ladder = new BandLadder(table, { lower: 1_990, upper: 2_050 });
const prices = Array.from({ length: ladder.size }, (_, index) => ladder.priceAt(index));

type Entry = readonly [side: 'buy' | 'sell', price: number | null, quantity: number];

function bookOf(entries: readonly Entry[]): { book: Book; pool: OrderPool; orders: NaiveOrder[] } {
  const pool = new OrderPool();
  const book = new Book(pool, ladder, 0);
  const orders = entries.map(([side, price, quantity], at): NaiveOrder => ({
    no: at + 1,
    side,
    price,
    open: quantity,
  }));
  for (const { no, side, price, open } of orders) {
    const slot = pool.add({
      orderNo: no,
      owner: 1,
      issue: 0,
      side: side === 'buy' ? BUY : SELL,
      price: price ?? 0,
      quantity: open,
      open,
    });
    book.append(slot, price === null ? null : ladder.indexOf(price));
  }
  return { book, pool, orders };
}

function priceOf(entries: readonly Entry[], last: number): { price: number; quantity: number } | null {
  const outcome = auctionOutcome(bookOf(entries).book, last);
  return outcome && { price: ladder.priceAt(outcome.index), quantity: outcome.quantity };
}

describe('auction price', () => {
  it('all better orders fill and one side fills at the price', () => {
    const entries: Entry[] = [
      ['buy', 2_010, 150],
      ['sell', 2_000, 100],
    ];
    expect(priceOf(entries, 1_995)).toEqual({ price: 2_010, quantity: 100 });
  });

  const range: Entry[] = [
    ['buy', 2_010, 100],
    ['sell', 1_998, 100],
  ];
  it.each([
    ['equal to the last price', 2_005, 2_005],
    ['nearest when the last price is below', 1_992, 1_998],
    ['nearest when the last price is above', 2_040, 2_010],
    ['the nearest above a last price off tick between them', 2_002, 2_005],
  ])('of several: %s', (_name, last, price) => {
    expect(priceOf(range, last)).toEqual({ price, quantity: 100 });
  });

  it.each<[string, Entry[], number, number, number]>([
    [
      'even: the last price',
      [
        ['buy', null, 10],
        ['sell', null, 10],
      ],
      2_000,
      2_000,
      10,
    ],
    [
      'more to buy: one tick up',
      [
        ['buy', null, 11],
        ['sell', null, 10],
      ],
      2_000,
      2_005,
      10,
    ],
    [
      'more to sell: one tick down',
      [
        ['buy', null, 10],
        ['sell', null, 11],
      ],
      2_000,
      1_999,
      10,
    ],
    [
      'not above the upper limit',
      [
        ['buy', null, 11],
        ['sell', null, 10],
      ],
      2_050,
      2_050,
      10,
    ],
    [
      'not below the lower limit',
      [
        ['buy', null, 10],
        ['sell', null, 11],
      ],
      1_990,
      1_990,
      10,
    ],
  ])('only market orders, %s', (_name, entries, last, price, quantity) => {
    expect(priceOf(entries, last)).toEqual({ price, quantity });
  });

  it('a market buy joins above the best buy, at the highest sell or at the last price', () => {
    expect(
      priceOf(
        [
          ['buy', null, 50],
          ['buy', 2_000, 10],
          ['sell', 1_999, 20],
        ],
        1_995,
      ),
    ).toEqual({ price: 2_005, quantity: 20 });
    expect(
      priceOf(
        [
          ['buy', null, 50],
          ['sell', 1_999, 20],
          ['sell', 2_030, 5],
        ],
        1_995,
      ),
    ).toEqual({ price: 2_030, quantity: 25 });
    expect(
      priceOf(
        [
          ['buy', null, 50],
          ['sell', 1_999, 20],
        ],
        2_010,
      ),
    ).toEqual({ price: 2_010, quantity: 20 });
  });

  it('a market sell mirrors it', () => {
    expect(
      priceOf(
        [
          ['sell', null, 50],
          ['sell', 2_000, 10],
          ['buy', 2_005, 20],
        ],
        2_010,
      ),
    ).toEqual({ price: 1_999, quantity: 20 });
    expect(
      priceOf(
        [
          ['sell', null, 50],
          ['buy', 1_999, 20],
        ],
        1_995,
      ),
    ).toEqual({ price: 1_995, quantity: 20 });
  });

  it('nothing where the sides do not meet', () => {
    expect(priceOf([], 2_000)).toBeNull();
    expect(priceOf([['buy', null, 10]], 2_000)).toBeNull();
    expect(
      priceOf(
        [
          ['buy', 1_999, 10],
          ['sell', 2_000, 10],
        ],
        2_000,
      ),
    ).toBeNull();
  });
});

describe('against brute force', () => {
  const price = fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 6, arbitrary: fc.constantFrom(...prices) },
  );
  const entry = fc.tuple(fc.constantFrom('buy' as const, 'sell' as const), price, fc.integer({ min: 1, max: 60 }));
  const entries = fc.array(entry, { maxLength: 30 });

  it('the same price and quantity for any book and last price', () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...prices), (list, last) => {
        expect(priceOf(list, last)).toEqual(naiveAuction(bookOf(list).orders, prices, last));
      }),
      { numRuns: 3_000 },
    );
  });

  it('the same trades in the same order, and what is left does not cross', () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...prices), (list, last) => {
        const { book, pool, orders } = bookOf(list);
        const outcome = auctionOutcome(book, last);
        fc.pre(outcome !== null);
        const trades: unknown[] = [];
        uncross(book, pool, outcome, {
          crossed: (m) => trades.push({ price: m.price, quantity: m.quantity, buyNo: m.buyNo, sellNo: m.sellNo }),
        });
        expect(trades).toEqual(naiveUncross(orders, ladder.priceAt(outcome.index), outcome.quantity));
        const [bid, ask] = [book.bestIndex(BUY), book.bestIndex(SELL)];
        if (bid >= 0 && ask >= 0) expect(bid).toBeLessThan(ask);
        expect(book.marketQuantity(BUY) > 0 && book.front(SELL) >= 0).toBe(false);
        expect(book.marketQuantity(SELL) > 0 && book.front(BUY) >= 0).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
