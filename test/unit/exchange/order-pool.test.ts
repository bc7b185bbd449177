/** The pool of open orders against a plain map, past its first sizes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUY, OrderPool } from '#shared/exchange/book/order-pool.ts';

function add(pool: OrderPool, orderNo: number): number {
  return pool.add({ orderNo, owner: orderNo % 7, issue: 0, side: BUY, price: 100, quantity: 1, open: 1 });
}

describe('order pool', () => {
  it('finds what it holds and nothing else, whatever comes and goes', () => {
    const act = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 400 }));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
        const pool = new OrderPool();
        const held = new Map<number, number>();
        for (const [add_, no] of acts) {
          // Numbers a table length apart meet in one run.
          const orderNo = no * 4_096 + (no % 3);
          const slot = held.get(orderNo);
          if (add_ && slot === undefined) held.set(orderNo, add(pool, orderNo));
          else if (!add_ && slot !== undefined) {
            pool.release(slot);
            held.delete(orderNo);
          }
        }
        for (let no = 1; no <= 400; no += 1) {
          const orderNo = no * 4_096 + (no % 3);
          expect(pool.slotOf(orderNo)).toBe(held.get(orderNo) ?? -1);
        }
        expect(pool.live).toBe(held.size);
      }),
    );
  });

  it('grows and uses freed slots again', () => {
    const pool = new OrderPool();
    for (let no = 1; no <= 10_000; no += 1) add(pool, no);
    for (let no = 1; no <= 10_000; no += 2) pool.release(pool.slotOf(no));
    for (let no = 10_001; no <= 15_000; no += 1) add(pool, no);
    expect(pool.live).toBe(10_000);
    expect(pool.extent).toBe(10_000);
    for (let no = 1; no <= 15_000; no += 1) {
      const slot = pool.slotOf(no);
      expect(slot >= 0).toBe(no > 10_000 || no % 2 === 0);
      if (slot >= 0) expect(pool.orderNo[slot]).toBe(no);
    }
  });
});
