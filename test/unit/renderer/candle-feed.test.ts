/** Candles: history and live ones make one series, whatever comes first. */
import { describe, expect, it } from 'vitest';
import type { Candle } from '#shared/domain/index.ts';
import type { StreamListener } from '#shared/rpc/index.ts';
import { type Bar, followCandles, mergeBars } from '../../../renderer/client/candle-feed.ts';
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

function stand(history: readonly Bar[]) {
  let live: StreamListener<Candle> | null = null;
  let answer: () => void = () => undefined;
  let closed = false;
  const column = (pick: (entry: Bar) => number): Float64Array => Float64Array.from(history, pick);
  const table = {
    length: history.length,
    columns: {
      openTs: column((b) => b.openTs),
      open: column((b) => b.open),
      high: column((b) => b.high),
      low: column((b) => b.low),
      close: column((b) => b.close),
      volume: column((b) => b.volume),
    },
  };
  const market = {
    candle: (_: unknown, listener: StreamListener<Candle>) => {
      live = listener;
      return () => {
        closed = true;
      };
    },
    candles: () => new Promise((resolve) => (answer = () => resolve(table))),
  };
  const seen: string[] = [];
  let series: readonly Bar[] = [];
  const stop = followCandles(
    { market } as unknown as CoreClient,
    { instrumentId: 'KRX:A', interval: '1m' },
    {
      reset(bars) {
        series = bars;
        seen.push(`reset ${bars.map((b) => b.openTs).join(',')}`);
      },
      update: (b) => seen.push(`update ${b.openTs}:${b.close}`),
      failed: (error) => seen.push(error.code),
    },
  );
  return {
    seen,
    stop,
    series: () => series,
    isClosed: () => closed,
    push: (...candles: Candle[]) => live?.batch(candles, { snapshot: false, seq: 1 }),
    answer: async () => {
      answer();
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
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
    expect(feed.series()[1]?.close).toBe(105);
  });

  it('updates the last candle and adds new ones in order of time', async () => {
    const feed = stand([bar(1)]);
    await feed.answer();
    feed.push(candle(3, 7), candle(1, 5), candle(2, 6));
    expect(feed.seen).toEqual(['reset 1', 'update 1:5', 'update 2:6', 'update 3:7']);
  });

  it('draws anew when an older candle is corrected', async () => {
    const feed = stand([bar(1), bar(2), bar(3)]);
    await feed.answer();
    feed.push(candle(2, 55));
    expect(feed.seen.at(-1)).toBe('reset 1,2,3');
    expect(feed.series()[1]?.close).toBe(55);
  });

  it('closes its stream', async () => {
    const feed = stand([]);
    await feed.answer();
    feed.stop();
    expect(feed.isClosed()).toBe(true);
  });

  it('keeps one candle an open time', () => {
    expect(mergeBars([bar(1, 1), bar(2, 2)], [bar(2, 9)]).map((b) => b.close)).toEqual([1, 9]);
  });
});
