/** Orders that wait outside the book: stop-limit orders for their price, fixed-price orders for the other side. */
import { describe, expect, it } from 'vitest';
import { FixedPriceQueue } from '#shared/exchange/book/fixed-price.ts';
import { BUY, OrderPool, SELL, type SideCode } from '#shared/exchange/book/order-pool.ts';
import { StopBook } from '#shared/exchange/book/stops.ts';

function added(pool: OrderPool, orderNo: number, side: SideCode, open = 10): number {
  return pool.add({ orderNo, owner: orderNo, issue: 0, side, price: 100, quantity: open, open });
}

describe('stop orders (R2 art. 4-3, 15-2)', () => {
  /** Order number, side and stop price, in the order in which they come. */
  const orders: readonly (readonly [number, SideCode, number])[] = [
    [1, BUY, 2_030],
    [2, BUY, 2_010],
    [3, BUY, 2_020],
    [4, BUY, 2_010],
    [5, SELL, 1_990],
    [6, SELL, 1_998],
    [7, SELL, 1_998],
  ];
  const stand = (): { pool: OrderPool; stops: StopBook; fired: (last: number) => number[] } => {
    const pool = new OrderPool();
    const stops = new StopBook(pool);
    for (const [no, side, stop] of orders) stops.add(added(pool, no, side), stop);
    const fired = (last: number): number[] => {
      const out: number[] = [];
      for (let slot = stops.due(last); slot >= 0; slot = stops.due(last)) out.push(pool.orderNo[slot] as number);
      return out;
    };
    return { pool, stops, fired };
  };

  it('buys fire at or above their stop, the lowest stop first, then the earlier', () => {
    const { stops, fired } = stand();
    expect(fired(2_009)).toEqual([]);
    expect(fired(2_025)).toEqual([2, 4, 3]);
    expect(stops.size).toBe(4);
  });

  it('sells fire at or below, the highest stop first, then the earlier', () => {
    expect(stand().fired(1_990)).toEqual([6, 7, 5]);
  });

  it('one that is withdrawn does not fire, and a fired one waits no more', () => {
    const { pool, stops, fired } = stand();
    stops.remove(pool.slotOf(2));
    expect(fired(2_010)).toEqual([4]);
    expect(() => stops.detach(pool.slotOf(4))).toThrow(RangeError);
  });

  it('added again in the order of a snapshot they fire alike', () => {
    const { pool, stops } = stand();
    const copy = new StopBook(pool);
    const kept = stops.slots().map((slot) => [slot, pool.stop[slot] as number] as const);
    for (const [slot, stop] of kept) copy.add(slot, stop);
    const out: number[] = [];
    for (let slot = copy.due(2_030); slot >= 0; slot = copy.due(2_030)) out.push(pool.orderNo[slot] as number);
    expect(out).toEqual([2, 4, 3, 1]);
  });
});

describe('fixed-price trading (R1 art. 34)', () => {
  it('serves by time at the one price', () => {
    const pool = new OrderPool();
    const queue = new FixedPriceQueue(pool);
    for (const no of [1, 2]) queue.append(added(pool, no, SELL));
    const fills: number[][] = [];
    const sink = { filled: (price: number, units: number, no: number) => void fills.push([price, units, no]) };
    expect(queue.take({ side: BUY, quantity: 13, price: 70_300 }, sink)).toBe(0);
    expect(fills).toEqual([
      [70_300, 10, 1],
      [70_300, 3, 2],
    ]);
    expect(queue.quantity(SELL)).toBe(7);
    expect(queue.take({ side: BUY, quantity: 9, price: 70_300 }, sink)).toBe(2);
    expect([queue.front(SELL), pool.live]).toEqual([-1, 0]);
  });

  it('trades both sides when their hour comes', () => {
    const pool = new OrderPool();
    const queue = new FixedPriceQueue(pool);
    for (const [no, side, open] of [
      [1, BUY, 4],
      [2, SELL, 10],
      [3, BUY, 8],
    ] as const) {
      queue.append(added(pool, no, side, open));
    }
    const matches: number[][] = [];
    queue.uncross(500, { crossed: (m) => void matches.push([m.price, m.quantity, m.buyNo, m.sellNo]) });
    expect(matches).toEqual([
      [500, 4, 1, 2],
      [500, 6, 3, 2],
    ]);
    expect([...queue.slots(BUY)].map((slot) => pool.open[slot])).toEqual([2]);
  });

  it('withdraws units without loss of place', () => {
    const pool = new OrderPool();
    const queue = new FixedPriceQueue(pool);
    for (const no of [1, 2]) queue.append(added(pool, no, BUY));
    queue.shrink(pool.slotOf(1), 9);
    queue.remove(pool.slotOf(2));
    expect([queue.quantity(BUY), pool.live]).toEqual([1, 1]);
  });
});
