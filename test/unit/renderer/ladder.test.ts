/** Rows of the ladder of one venue and of both, marks, changes of levels, my orders beside them; strength of the tape. */
import { describe, expect, it } from 'vitest';
import type { Order, OrderBook, Tick, VenueName } from '#shared/domain/index.ts';
import { imbalanceOf } from '../../../renderer/panels/order-book/parts/auction-strip.tsx';
import {
  CHANGE_MS,
  deepest,
  LevelMemory,
  LEVELS,
  marksOf,
  overlaps,
  ownOrders,
  rungs,
} from '../../../renderer/panels/order-book/parts/rungs.ts';
import { tapeStrength } from '../../../renderer/panels/tape/parts/strength.ts';

type Levels = readonly (readonly [number, number])[];

function book(asks: Levels, bids: Levels, venue: VenueName = 'KRX'): OrderBook {
  const level = ([price, qty]: readonly [number, number]) => ({ price, qty });
  return {
    instrumentId: 'KRX:A',
    venue,
    asks: asks.map(level),
    bids: bids.map(level),
    totalAskQty: 0,
    totalBidQty: 0,
    expected: null,
    exchangeTs: 0,
  };
}

describe('rungs', () => {
  it('always gives ten rows a side, the best ones next to each other', () => {
    const krx = book(
      [
        [101, 5],
        [102, 6],
      ],
      [[100, 7]],
    );
    const rows = rungs({ krx });
    expect(rows).toHaveLength(2 * LEVELS);
    expect(rows[LEVELS - 1]).toMatchObject({ side: 'ask', depth: 0, price: 101, krx: { ask: 5, bid: 0 } });
    expect(rows[LEVELS]).toMatchObject({ side: 'bid', depth: 0, price: 100, krx: { ask: 0, bid: 7 } });
    expect(rows[0]?.price).toBeNull();
    expect(rungs({}).every((row) => row.price === null)).toBe(true);
  });

  it('puts both venues at one price into one row, each with its own size', () => {
    const krx = book([[101, 5]], [[100, 7]]);
    const nxt = book(
      [
        [101, 2],
        [103, 4],
      ],
      [[99, 9]],
      'NXT',
    );
    const rows = rungs({ krx, nxt });
    expect(rows[LEVELS - 1]).toMatchObject({ price: 101, krx: { ask: 5 }, nxt: { ask: 2 } });
    expect(rows[LEVELS - 2]).toMatchObject({ price: 103, krx: { ask: 0 }, nxt: { ask: 4 } });
    expect(rows.slice(LEVELS).map((row) => row.price)).toEqual([100, 99, ...Array<null>(LEVELS - 2).fill(null)]);
  });

  it('shows each price once where the sides overlap, as in an auction, around the expected price', () => {
    const asks: Levels = Array.from({ length: 10 }, (_, i) => [100 + i, 1]);
    const bids: Levels = Array.from({ length: 10 }, (_, i) => [112 - i, 2]);
    const krx = book(asks, bids);
    expect(overlaps({ krx })).toBe(true);
    const rows = rungs({ krx }, 106);
    const prices = rows.flatMap((row) => (row.price === null ? [] : [row.price]));
    expect(prices).toEqual([112, 111, 110, 109, 108, 107, 106, 105, 104, 103, 102, 101, 100]);
    expect(rows.find((row) => row.price === 105)).toMatchObject({ side: 'both', krx: { ask: 1, bid: 2 } });
    expect(rows.find((row) => row.price === 112)?.side).toBe('bid');
    expect(rows.find((row) => row.price === 100)?.side).toBe('ask');
  });

  it('keeps the expected price in sight where the prices are more than the rows', () => {
    const asks: Levels = Array.from({ length: 10 }, (_, i) => [100 + 2 * i, 1]);
    const bids: Levels = Array.from({ length: 10 }, (_, i) => [201 - 2 * i, 2]);
    const wide = { krx: book(asks, bids), nxt: book([[150, 1]], [[149, 1]], 'NXT') };
    expect(rungs(wide, 118).some((row) => row.price === 118)).toBe(true);
    expect(rungs(wide, 201).some((row) => row.price === 201)).toBe(true);
    expect(rungs(wide, 201)).toHaveLength(2 * LEVELS);
  });

  it('measures bars by the deepest size of a venue', () => {
    expect(deepest(rungs({ krx: book([[101, 5]], [[100, 700]]) }))).toBe(700);
    expect(deepest(rungs({}))).toBe(1);
  });
});

describe('marks', () => {
  const rows = rungs({
    krx: book(
      [
        [108, 1],
        [110, 1],
        [112, 1],
        [130, 1],
      ],
      [
        [92, 1],
        [88, 1],
        [70, 1],
      ],
    ),
  });

  it('stand at the limits and at the first row at or beyond a VI price', () => {
    const marks = marksOf(rows, { upperLimit: 130, lowerLimit: 70, viUp: 109, viDown: 90 });
    expect([...marks]).toEqual([
      [110, 'viUp'],
      [88, 'viDown'],
      [130, 'limitUp'],
      [70, 'limitDown'],
    ]);
  });

  it('are none where no VI applies and the limits are out of sight', () => {
    expect(marksOf(rows, { upperLimit: 200, lowerLimit: 10, viUp: null, viDown: null }).size).toBe(0);
  });
});

describe('the imbalance of an auction', () => {
  it('is what one side has written more', () => {
    expect(imbalanceOf({ totalAskQty: 100, totalBidQty: 300 })).toEqual({ more: 200, bidPercent: 75 });
    expect(imbalanceOf({ totalAskQty: 0, totalBidQty: 0 })).toEqual({ more: 0, bidPercent: 50 });
  });
});

describe('changes of levels', () => {
  it('add up for a while, then start again', () => {
    const memory = new LevelMemory();
    memory.after(book([[101, 10]], []), 0);
    expect(memory.after(book([[101, 15]], []), 100).get(101)?.delta).toBe(5);
    const third = book([[101, 12]], []);
    expect(memory.after(third, 200).get(101)?.delta).toBe(2);
    expect(memory.after(third, 300).get(101)?.delta).toBe(2);
    expect(memory.after(book([[101, 13]], []), 200 + CHANGE_MS).get(101)?.delta).toBe(1);
  });

  it('say nothing of a level that was not shown before, nor of another issue', () => {
    const memory = new LevelMemory();
    memory.after(book([[101, 10]], []), 0);
    expect(
      memory.after(
        book(
          [
            [101, 10],
            [102, 99],
          ],
          [],
        ),
        1,
      ).size,
    ).toBe(0);
    expect(memory.after({ ...book([[101, 1]], []), instrumentId: 'KRX:B' }, 2).size).toBe(0);
    expect(memory.after({ ...book([[101, 9]], [], 'NXT'), instrumentId: 'KRX:B' }, 3).size).toBe(0);
  });
});

describe('my orders in the ladder', () => {
  const order = (facts: Partial<Order>): Order =>
    ({ accountId: 'a', instrumentId: 'KRX:A', price: 100, stopPrice: null, state: 'accepted', ...facts }) as Order;

  it('are the open limit orders of the account and issue in view', () => {
    const own = ownOrders(
      [
        order({}),
        order({ state: 'partiallyFilled' }),
        order({ state: 'filled' }),
        order({ price: null }),
        order({ accountId: 'b' }),
        order({ instrumentId: 'KRX:B' }),
        order({ state: 'unconfirmed', price: 99 }),
      ],
      'a',
      'KRX:A',
    );
    expect(own.get(100)).toHaveLength(2);
    expect(own.get(99)).toHaveLength(1);
    expect(own.size).toBe(2);
  });
});

describe('a stop-limit order of mine', () => {
  const stop = (triggered: boolean): Order =>
    ({ accountId: 'a', instrumentId: 'KRX:A', price: 98, stopPrice: 99, triggered, state: 'accepted' }) as Order;

  it('stands at its stop price while it waits there, then at its own', () => {
    expect([...ownOrders([stop(false)], 'a', 'KRX:A').keys()]).toEqual([99]);
    expect([...ownOrders([stop(true)], 'a', 'KRX:A').keys()]).toEqual([98]);
  });
});

describe('strength of the tape', () => {
  it('counts by who took liquidity and leaves auctions out', () => {
    const tick = (side: Tick['side'], qty: number): Tick => ({ side, qty }) as Tick;
    expect(tapeStrength([tick('buy', 3), tick('sell', 2), tick(null, 100), tick('buy', 1)])).toEqual({
      bought: 4,
      sold: 2,
    });
  });
});
