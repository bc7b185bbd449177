/** Candles: history and live ones make one series, whatever comes first. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '#shared/domain/index.ts';
import type { StreamListener } from '#shared/rpc/index.ts';
import { type Bar, type BarList, BarStore } from '../../../renderer/client/bar-store.ts';
import { followCandles } from '../../../renderer/client/candle-feed.ts';
import {
  grown,
  lookedAt,
  MARGIN,
  newest,
  WINDOW_BARS,
  wantsOlder,
} from '../../../renderer/panels/chart/parts/bar-window.ts';
import type { CoreClient } from '../../../renderer/client/supervisor.ts';

function bar(openTs: number, close = 100): Bar {
  return { openTs, open: 100, high: 110, low: 90, close, volume: 1 };
}
const candle = (openTs: number, close = 100): Candle => ({
  ...bar(openTs, close),
  instrumentId: 'KRX:A',
  interval: '1m',
  closed: false,
});

function columnsOf(history: readonly Bar[]) {
  const column = (pick: (entry: Bar) => number): Float64Array => Float64Array.from(history, pick);
  return {
    openTs: column((b) => b.openTs),
    open: column((b) => b.open),
    high: column((b) => b.high),
    low: column((b) => b.low),
    close: column((b) => b.close),
    volume: column((b) => b.volume),
  };
}

function stand(history: readonly Bar[]) {
  let live: StreamListener<Candle> | null = null;
  let settle: { resolve: (table: unknown) => void; reject: (error: unknown) => void } | null = null;
  let closed = false;
  const limits: number[] = [];
  const market = {
    candle: (_: unknown, listener: StreamListener<Candle>) => {
      live = listener;
      return () => {
        closed = true;
      };
    },
    candles: ({ limit }: { limit: number }) => {
      limits.push(limit);
      return new Promise((resolve, reject) => (settle = { resolve, reject }));
    },
  };
  const seen: string[] = [];
  let series: BarList = [];
  const times = (): string =>
    series
      .slice()
      .map((b) => b.openTs)
      .join();
  const following = followCandles(
    { market } as unknown as CoreClient,
    { instrumentId: 'KRX:A', interval: '1m' },
    {
      reset(bars) {
        series = bars;
        seen.push(`reset ${times()}`);
      },
      older: (count) => seen.push(`older ${count}`),
      update: (b) => seen.push(`update ${b.openTs}:${b.close}`),
      failed: (error) => seen.push(error.code),
      olderFailed: (error) => seen.push(`older ${error.code}`),
    },
  );
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 6; turn += 1) await Promise.resolve();
  };
  return {
    seen,
    limits,
    following,
    times,
    series: () => series,
    isClosed: () => closed,
    push: (...candles: Candle[]) => live?.batch(candles, { snapshot: false, seq: 1 }),
    answer: async (given: readonly Bar[] = history) => {
      settle?.resolve({ length: given.length, columns: columnsOf(given) });
      await turns();
    },
    refuse: async () => {
      settle?.reject(new Error('no'));
      await turns();
    },
  };
}

describe('the candle feed', () => {
  it('lays candles that came early over the history', async () => {
    const feed = stand([bar(1), bar(2, 100)]);
    feed.push(candle(2, 105), candle(3));
    expect(feed.seen).toEqual([]);
    await feed.answer();
    expect(feed.seen).toEqual(['reset 1,2,3']);
    expect(feed.series().at(1)?.close).toBe(105);
  });

  it('updates the last candle and adds new ones in order of time', async () => {
    const feed = stand([bar(1)]);
    await feed.answer();
    feed.push(candle(3, 7), candle(1, 5), candle(2, 6));
    expect(feed.seen).toEqual(['reset 1', 'update 1:5', 'update 2:6', 'update 3:7']);
    expect(feed.times()).toBe('1,2,3');
  });

  it('draws anew when an older candle is corrected, or one that was missed comes late', async () => {
    const feed = stand([bar(1), bar(3), bar(4)]);
    await feed.answer();
    feed.push(candle(3, 55));
    expect(feed.seen.at(-1)).toBe('reset 1,3,4');
    expect(feed.series().at(1)?.close).toBe(55);
    feed.push(candle(2));
    expect(feed.seen.at(-1)).toBe('reset 1,2,3,4');
  });

  it('closes its stream', async () => {
    const feed = stand([]);
    await feed.answer();
    feed.following.close();
    expect(feed.isClosed()).toBe(true);
  });

  const many = (count: number, last: number): Bar[] =>
    Array.from({ length: count }, (_, n) => bar(last - count + 1 + n));

  it('asks for older candles once at a time, and no more when all are there', async () => {
    const feed = stand(many(2_000, 10_000));
    feed.following.older();
    await feed.answer();
    feed.following.older();
    feed.following.older();
    expect(feed.limits).toEqual([2_000, 8_000]);
    feed.push(candle(10_001));
    await feed.answer(many(5_000, 10_000));
    expect(feed.seen.slice(1)).toEqual(['update 10001:100', 'older 3000']);
    expect(feed.series().length).toBe(5_001);
    expect(feed.series().at(0)?.openTs).toBe(5_001);
    expect(feed.series().at(-1)?.openTs).toBe(10_001);
    // Fewer came than were asked for: there are no older ones.
    feed.following.older();
    expect(feed.limits).toHaveLength(2);
  });

  it('says when older candles cannot be had, and keeps those it has', async () => {
    const feed = stand(many(2_000, 10_000));
    await feed.answer();
    feed.following.older();
    await feed.refuse();
    expect(feed.seen.at(-1)).toMatch(/^older /);
    expect(feed.series().length).toBe(2_000);
    feed.following.older();
    expect(feed.limits).toHaveLength(2);
  });
});

describe('the store of bars', () => {
  const storeOf = (...times: number[]): BarStore => BarStore.of(columnsOf(times.map((ts) => bar(ts))), times.length);
  const timesOf = (store: BarStore): number[] => store.slice().map((b) => b.openTs);

  it('is read like an array', () => {
    const store = storeOf(10, 20, 30);
    expect([store.at(0)?.openTs, store.at(-1)?.openTs, store.at(3), store.at(-4)]).toEqual([
      10,
      30,
      undefined,
      undefined,
    ]);
    expect(store.slice(-2).map((b) => b.openTs)).toEqual([20, 30]);
    expect(store.slice(0, -1).map((b) => b.openTs)).toEqual([10, 20]);
    expect([store.placeFrom(20), store.placeFrom(21), store.placeFrom(99)]).toEqual([1, 2, 3]);
  });

  it('keeps one bar an open time, in order, whatever comes first and from which end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }),
        (put, older) => {
          const store = new BarStore();
          for (const ts of put) store.put(bar(ts, ts));
          const known = [...new Set(put)].sort((a, b) => a - b);
          expect(timesOf(store)).toEqual(known);
          const before = older.sort((a, b) => a - b);
          const fitting = before.filter((ts) => known[0] === undefined || ts < known[0]);
          expect(store.putBefore(storeOf(...before))).toBe(fitting.length);
          expect(timesOf(store)).toEqual([...fitting, ...known]);
        },
      ),
    );
  });
});

describe('the window of a chart', () => {
  it('follows the newest bars and is cut now and then', () => {
    let span = newest(50_000);
    expect(span).toEqual({ from: 50_000 - WINDOW_BARS, to: 50_000 });
    let cuts = 0;
    for (let total = 50_001; total <= 60_000; total += 1) {
      const next = grown(span, total);
      if (next.from !== span.from) cuts += 1;
      span = next;
      expect(span.to).toBe(total);
      expect(span.to - span.from).toBeLessThanOrEqual(WINDOW_BARS + 400);
    }
    expect(cuts).toBeLessThan(30);
    expect(newest(30)).toEqual({ from: 0, to: 30 });
  });

  it('holds what is seen with room beside it, and is never larger', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 10, max: 2_500 }),
        (total, start, width) => {
          const from = Math.min(start, Math.max(0, total - width));
          const seen = { from, to: Math.min(total, from + width) };
          const span = lookedAt(newest(total), seen, total);
          expect(span.to - span.from).toBeLessThanOrEqual(WINDOW_BARS);
          expect(span.from).toBeLessThanOrEqual(Math.max(0, seen.from - MARGIN));
          expect(span.to).toBeGreaterThanOrEqual(Math.min(total, seen.to + MARGIN));
          // A second look finds nothing to do.
          expect(lookedAt(span, seen, total)).toBe(span);
        },
      ),
    );
    expect(wantsOlder({ from: 0, to: 10 })).toBe(true);
    expect(wantsOlder({ from: MARGIN, to: 900 })).toBe(false);
  });
});
