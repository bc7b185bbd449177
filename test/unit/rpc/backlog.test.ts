/** What waits on a stream. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyBacklog, latestBacklog } from '../../../shared/rpc/backlog.ts';

describe('latest', () => {
  it('holds the newest item of each key and nothing else, whatever comes in between', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer())), (pushes) => {
        const backlog = latestBacklog<readonly [string, number]>({ key: ([key]) => key, limit: 10 });
        for (const item of pushes) expect(backlog.add(item)).toBe(true);
        const batch = backlog.take();
        expect(Object.fromEntries(batch.items)).toEqual(Object.fromEntries(pushes));
        expect(batch.seq).toBe(pushes.length);
        expect(backlog.waiting).toBe(false);
      }),
    );
  });

  it('refuses more keys than its limit', () => {
    const backlog = latestBacklog<number>({ key: String, limit: 2 });
    expect([1, 2, 1, 3].map((item) => backlog.add(item))).toEqual([true, true, true, false]);
  });

  it('merges later items into a waiting snapshot', () => {
    const backlog = latestBacklog<readonly [string, number]>({ key: ([key]) => key, limit: 9 });
    backlog.add(['gone', 1]);
    backlog.replaceAll([
      ['a', 1],
      ['b', 1],
    ]);
    backlog.add(['b', 2]);
    expect(backlog.take()).toEqual({
      items: [
        ['a', 1],
        ['b', 2],
      ],
      seq: 2,
      snapshot: true,
    });
  });
});

describe('every', () => {
  it('gives all items in order, numbered without gaps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 5 }), (pushes, batchItems) => {
        const backlog = everyBacklog<number>({ limit: 1_000, batchItems });
        for (const item of pushes) backlog.add(item);
        const got: number[] = [];
        let seq = 0;
        while (backlog.waiting) {
          const batch = backlog.take();
          expect(batch.items.length).toBeLessThanOrEqual(batchItems);
          expect(batch.seq - batch.items.length).toBe(seq);
          seq = batch.seq;
          got.push(...batch.items);
        }
        expect(got).toEqual(pushes);
      }),
    );
  });

  it('is full at its limit', () => {
    const backlog = everyBacklog<number>({ limit: 2, batchItems: 10 });
    expect([1, 2, 3].map((item) => backlog.add(item))).toEqual([true, true, false]);
  });

  it('lets a snapshot stand for what it contains, then counts on', () => {
    const backlog = everyBacklog<string>({ limit: 10, batchItems: 10 });
    backlog.add('in the snapshot');
    backlog.replaceAll(['all']);
    backlog.add('after');
    expect(backlog.take()).toEqual({ items: ['all'], seq: 1, snapshot: true });
    expect(backlog.take()).toEqual({ items: ['after'], seq: 2, snapshot: false });
    backlog.replaceAll([]);
    expect(backlog.waiting).toBe(true);
    expect(backlog.take()).toEqual({ items: [], seq: 2, snapshot: true });
  });
});
