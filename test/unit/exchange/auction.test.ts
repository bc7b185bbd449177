/** The call auction: the named cases of the rule. Any book: `book-random.test.ts`. */
import { describe, expect, it } from 'vitest';
import { auctionOutcome, specialQuote, type TieBreak } from '#shared/exchange/book/auction.ts';
import { Book } from '#shared/exchange/book/book.ts';
import { BandLadder } from '#shared/exchange/book/ladder.ts';
import { BUY, OrderPool, SELL } from '#shared/exchange/book/order-pool.ts';
import { tickTable } from '#shared/market/index.ts';
import { DAY } from '#test/support/exchange.ts';

const table = tickTable('KOSPI', DAY);
/** 1,990 … 1,999 by 1 and 2,000 … 2,050 by 5: 21 valid prices over a change of tick. */
const ladder = new BandLadder(table, { lower: 1_990, upper: 2_050 });

type Entry = readonly [side: 'buy' | 'sell', price: number | null, quantity: number];

function bookOf(entries: readonly Entry[]): Book {
  const pool = new OrderPool();
  const book = new Book(pool, ladder, 2_000);
  for (const [at, [side, price, quantity]] of entries.entries()) {
    const slot = pool.add({
      orderNo: at + 1,
      owner: 1,
      issue: 0,
      side: side === 'buy' ? BUY : SELL,
      price: price ?? 0,
      quantity,
      open: quantity,
    });
    book.append(slot, price === null ? null : ladder.indexOf(price));
  }
  return book;
}

function priceOf(
  entries: readonly Entry[],
  last: number,
  tieBreak?: TieBreak,
): { price: number; quantity: number } | null {
  const outcome = auctionOutcome(bookOf(entries), last, tieBreak);
  return outcome && { price: outcome.price, quantity: outcome.quantity };
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

describe('first price of an issue without a market price (art. 36)', () => {
  const range: Entry[] = [
    ['buy', 2_010, 100],
    ['sell', 1_998, 100],
  ];
  it.each([
    ['the appraisal price itself', 2_005, 2_005],
    ['the nearest, below', 2_002, 2_000],
    ['the nearest, above', 2_003, 2_005],
  ])('%s', (_name, appraisal, price) => {
    expect(priceOf(range, appraisal, 'nearest')).toEqual({ price, quantity: 100 });
  });
});

describe('special quote of a day without a trade (art. 2(9))', () => {
  it.each<[string, Entry[], number]>([
    [
      'the lowest offer below the base',
      [
        ['sell', 1_998, 5],
        ['sell', 1_996, 5],
        ['buy', 1_990, 5],
      ],
      1_996,
    ],
    [
      'the highest bid above the base',
      [
        ['buy', 2_005, 5],
        ['buy', 2_010, 5],
        ['sell', 2_020, 5],
      ],
      2_010,
    ],
    [
      'none: offers from the base up, bids from the base down',
      [
        ['buy', 2_000, 5],
        ['sell', 2_005, 5],
      ],
      0,
    ],
    ['none in an empty book', [], 0],
    [
      'a market offer one tick below the lowest',
      [
        ['sell', null, 5],
        ['sell', 2_000, 5],
      ],
      1_999,
    ],
    [
      'a market bid one tick above the highest',
      [
        ['buy', null, 5],
        ['buy', 2_000, 5],
      ],
      2_005,
    ],
    ['a market bid alone stands at the base itself', [['buy', null, 5]], 0],
  ])('%s', (_name, entries, price) => {
    expect(specialQuote(bookOf(entries), 2_000)).toBe(price);
  });
});
