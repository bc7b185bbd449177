/** Rows of the ladder, changes of levels, my orders beside them; strength of the tape. */
import { describe, expect, it } from 'vitest';
import type { Order, OrderBook, Tick } from '#shared/domain/index.ts';
import {
  CHANGE_MS,
  deepest,
  LevelMemory,
  LEVELS,
  ownOrders,
  rungs,
} from '../../../renderer/panels/order-book/parts/rungs.ts';
import { tapeStrength } from '../../../renderer/panels/tape/parts/strength.ts';

function book(asks: readonly (readonly [number, number])[], bids: readonly (readonly [number, number])[]): OrderBook {
  const level = ([price, qty]: readonly [number, number]) => ({ price, qty });
  return {
    instrumentId: 'KRX:A',
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
    const rows = rungs(
      book(
        [
          [101, 5],
          [102, 6],
        ],
        [[100, 7]],
      ),
    );
    expect(rows).toHaveLength(2 * LEVELS);
    expect(rows[LEVELS - 1]).toMatchObject({ side: 'ask', depth: 0, level: { price: 101 } });
    expect(rows[LEVELS]).toMatchObject({ side: 'bid', depth: 0, level: { price: 100 } });
    expect(rows[0]?.level).toBeNull();
    expect(rungs(undefined).every((row) => row.level === null)).toBe(true);
  });

  it('measures bars by the deepest level', () => {
    expect(deepest(book([[101, 5]], [[100, 700]]))).toBe(700);
    expect(deepest(undefined)).toBe(1);
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
  });
});

describe('my orders in the ladder', () => {
  const order = (facts: Partial<Order>): Order =>
    ({ accountId: 'a', instrumentId: 'KRX:A', price: 100, state: 'accepted', ...facts }) as Order;

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

describe('strength of the tape', () => {
  it('counts by who took liquidity and leaves auctions out', () => {
    const tick = (side: Tick['side'], qty: number): Tick => ({ side, qty }) as Tick;
    expect(tapeStrength([tick('buy', 3), tick('sell', 2), tick(null, 100), tick('buy', 1)])).toEqual({
      bought: 4,
      sold: 2,
    });
  });
});
