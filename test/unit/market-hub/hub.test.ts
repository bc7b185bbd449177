/** The market hub on a feed moved by hand. */
import { describe, expect, it } from 'vitest';
import { MarketHub } from '#core/market/index.ts';
import { Candle, CANDLE_COLUMNS, OrderBook, Quote, Tape, type Instrument } from '#shared/domain/index.ts';
import { epochMs, kstInstant, sessionDate } from '#shared/time/index.ts';
import { createFakeTime, type FakeTime } from '#test/support/fake-time.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { at, FEED_DAY, StubFeed } from '#test/support/stub-feed.ts';

const A = 'KRX:005930';
const B = 'KRX:000660';
const OTHER = 'KRX:035720';

function instrument(id: string, basePrice: number): Instrument {
  return {
    id,
    code: id.slice(4),
    nameKo: id,
    nameEn: null,
    market: 'KOSPI',
    priceScale: 0,
    lotSize: 1,
    basePrice,
    listedShares: null,
    suspended: false,
    kospi200: null,
    asOf: '2026-02-27',
  };
}

const KNOWN = [instrument(A, 70_000), instrument(B, 200_000), instrument(OTHER, 50_000)];

/** Daily candles of 2026-02-27, 03-02, 03-03 and 03-04: the last two are the running day and a day after it. */
const DAYS = ['2026-02-27', '2026-03-02', '2026-03-03', '2026-03-04'].map((date) => kstInstant(sessionDate(date), 0));

interface Stand {
  readonly hub: MarketHub;
  readonly feed: StubFeed;
  readonly time: FakeTime;
  readonly lines: readonly { readonly level: string }[];
}

function stand(feed = new StubFeed([A, B])): Stand {
  const time = createFakeTime();
  const { logger, lines } = createMemoryLog();
  const hub = new MarketHub({
    feed,
    clock: time.clock,
    timers: time.timers,
    logger,
    instruments: () => KNOWN,
    find: (id) => KNOWN.find((known) => known.id === id),
    dailyCandles: () => {
      const flat = (value: number): Float64Array => Float64Array.from(DAYS, () => value);
      const columns = {
        openTs: Float64Array.from(DAYS),
        open: flat(1),
        high: flat(2),
        low: flat(1),
        close: flat(2),
        volume: flat(9),
      };
      return { length: DAYS.length, columns };
    },
  });
  feed.open();
  return { hub, feed, time, lines };
}

describe('quotes', () => {
  it('are told at once, then only when they change, at most once a frame', async () => {
    const { hub, feed, time } = stand();
    const seen: Quote[] = [];
    const stop = hub.watchQuotes([A, B, OTHER], (quote) => seen.push(Quote.parse(quote)));
    expect(seen.map((quote) => [quote.instrumentId, quote.last])).toEqual([
      [A, null],
      [B, null],
    ]);
    await time.advance(20);
    feed.trade(A, '09:00:01', 70_100, 5);
    feed.advanced();
    expect(seen).toHaveLength(3);
    expect(seen[2]).toMatchObject({
      instrumentId: A,
      last: 70_100,
      open: 70_100,
      volume: 5,
      value: 350_500,
      exchangeTs: at('09:00:01'),
    });
    for (const price of [70_200, 70_300, 70_400]) {
      feed.trade(A, '09:00:02', price, 1);
      feed.advanced();
    }
    expect(seen).toHaveLength(3);
    await time.advance(16);
    expect(seen).toHaveLength(4);
    expect(seen[3]).toMatchObject({ last: 70_400, volume: 8 });
    feed.advanced();
    await time.advance(100);
    expect(seen).toHaveLength(4);
    stop();
    feed.trade(A, '09:00:03', 70_500, 1);
    feed.advanced();
    await time.advance(100);
    expect(seen).toHaveLength(4);
  });

  it('start anew with another market', async () => {
    const { hub, feed, time } = stand();
    feed.trade(A, '09:00:01', 70_100, 5);
    const seen: Quote[] = [];
    hub.watchQuotes([A], (quote) => seen.push(quote));
    await time.advance(20);
    const fresh = feed.issues.get(B);
    if (fresh) feed.issues.set(A, fresh);
    feed.sessionNow = { ...feed.sessionNow, sessionDate: sessionDate('2026-03-04') };
    feed.open();
    await time.advance(20);
    expect(seen.at(-1)).toMatchObject({ last: null, sessionDate: '2026-03-04' });
  });

  it('go on for others when one watcher throws', async () => {
    const { hub, feed, time, lines } = stand();
    hub.watchQuotes([A], () => {
      throw new Error('deaf');
    });
    const seen: Quote[] = [];
    hub.watchQuotes([A], (quote) => seen.push(quote));
    await time.advance(20);
    feed.trade(A, '09:00:01', 70_100, 5);
    feed.advanced();
    expect(seen).toHaveLength(2);
    expect(lines.filter((line) => line.level === 'error')).toHaveLength(2);
  });
});

describe('book and tape', () => {
  it('show ten levels with what an auction would match', async () => {
    const { hub, feed, time } = stand();
    const seen: OrderBook[] = [];
    hub.watchBook({ instrumentId: A, venue: 'KRX' }, (book) => seen.push(OrderBook.parse(book)));
    expect(seen).toEqual([]);
    await time.advance(20);
    const level = { price: 70_000, qty: 3 };
    feed.depths.set(A, { asks: [], bids: [level], totalAskQty: 0, totalBidQty: 3, expected: level });
    feed.advanced();
    feed.advanced();
    await time.advance(20);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ bids: [level], expected: level, totalBidQty: 3 });
    feed.depths.set(A, { asks: [], bids: [{ ...level, qty: 4 }], totalAskQty: 0, totalBidQty: 3, expected: level });
    feed.advanced();
    await time.advance(20);
    expect(seen).toHaveLength(2);
  });

  it('keep the newest fifty trades of every issue, looked at or not', async () => {
    const { hub, feed, time } = stand();
    for (let i = 1; i <= 60; i += 1) feed.trade(A, '09:00:01', 70_000 + i, i, i % 2 === 0 ? 'buy' : null);
    const seen: Tape[] = [];
    hub.watchTape(A, (tape) => seen.push(Tape.parse(tape)));
    expect(seen[0]?.ticks).toHaveLength(50);
    expect(seen[0]?.ticks[0]).toMatchObject({ seq: 11, price: 70_011, qty: 11, side: null });
    expect(seen[0]?.ticks.at(-1)).toMatchObject({ seq: 60, price: 70_060, side: 'buy', volume: 1_830 });
    await time.advance(20);
    feed.advanced();
    await time.advance(20);
    const before = seen.length;
    feed.advanced();
    await time.advance(20);
    expect(seen).toHaveLength(before);
    feed.trade(A, '09:00:02', 70_000, 1, 'sell');
    feed.advanced();
    await time.advance(20);
    expect(seen.at(-1)?.ticks.at(-1)).toMatchObject({ seq: 61, side: 'sell' });
  });
});

describe('candles', () => {
  it('form, close once, and never change afterwards', async () => {
    const { hub, feed, time } = stand();
    const seen: Candle[] = [];
    const step = async (): Promise<void> => {
      feed.advanced();
      await time.advance(20);
    };
    hub.watchCandle({ instrumentId: A, interval: '1m' }, (candle) => seen.push(Candle.parse(candle)));
    feed.trade(A, '09:00:05', 70_000, 1);
    await step();
    feed.trade(A, '09:00:50', 70_500, 2);
    await step();
    feed.trade(A, '09:00:59', 69_900, 1);
    feed.trade(A, '09:01:01', 70_100, 4);
    await step();
    feed.advanced('09:02:30');
    await step();
    await step();
    expect(seen.map(({ openTs, close, volume, closed }) => [openTs, close, volume, closed])).toEqual([
      [at('09:00:00'), 70_000, 1, false],
      [at('09:00:00'), 70_500, 3, false],
      [at('09:00:00'), 69_900, 4, true],
      [at('09:01:00'), 70_100, 4, false],
      [at('09:01:00'), 70_100, 4, true],
    ]);
    expect(seen[2]).toMatchObject({ open: 70_000, high: 70_500, low: 69_900 });
  });

  it('of a high speed come one by one, none left out', async () => {
    const { hub, feed, time } = stand();
    const seen: Candle[] = [];
    hub.watchCandle({ instrumentId: A, interval: '1m' }, (candle) => seen.push(candle));
    await time.advance(20);
    for (const minute of ['00', '01', '02', '05', '06']) feed.trade(A, `09:${minute}:30`, 70_000, 1);
    const late: Candle[] = [];
    hub.watchCandle({ instrumentId: A, interval: '1m' }, (candle) => late.push(candle));
    expect(late).toHaveLength(1);
    feed.advanced();
    await time.advance(20);
    expect(seen.map(({ openTs, closed }) => [openTs, closed])).toEqual(
      ['00', '01', '02', '05', '06'].map((minute) => [at(`09:${minute}:00`), minute !== '06']),
    );
  });

  it.each([
    ['10s', ['09:00:00', '09:00:50', '09:01:00', '09:04:10']],
    ['1m', ['09:00:00', '09:01:00', '09:04:00']],
    ['3m', ['09:00:00', '09:03:00']],
    ['5m', ['09:00:00']],
    ['60m', ['09:00:00']],
  ] as const)('of %s add up to the trades', (interval, opens) => {
    const { hub, feed } = stand();
    feed.trade(A, '09:00:05', 70_000, 1);
    feed.trade(A, '09:00:50', 70_500, 2);
    feed.trade(A, '09:01:09', 69_900, 3);
    feed.trade(A, '09:04:10', 70_200, 4);
    const table = hub.candles({ instrumentId: A, interval, limit: 100 });
    expect(table.header).toEqual({ instrumentId: A, interval, sessionDate: FEED_DAY });
    expect([...table.columns.openTs]).toEqual(opens.map(at));
    expect(Object.keys(table.columns)).toEqual([...CANDLE_COLUMNS]);
    expect(table.columns.volume.reduce((sum, volume) => sum + volume, 0)).toBe(10);
    expect(Math.max(...table.columns.high)).toBe(70_500);
    expect(Math.min(...table.columns.low)).toBe(69_900);
    expect(table.columns.open[0]).toBe(70_000);
    expect(table.columns.close[table.length - 1]).toBe(70_200);
    expect(hub.candles({ instrumentId: A, interval, limit: 1 }).columns.openTs[0]).toBe(at(opens.at(-1) ?? ''));
  });

  it('of a day end with the running one, and show no day that is still to come', async () => {
    const { hub, feed, time } = stand();
    expect([...hub.candles({ instrumentId: A, interval: '1d', limit: 10 }).columns.openTs]).toEqual(DAYS.slice(0, 2));
    feed.trade(A, '09:00:05', 70_000, 1);
    const table = hub.candles({ instrumentId: A, interval: '1d', limit: 2 });
    expect([...table.columns.openTs]).toEqual(DAYS.slice(1, 3));
    expect([...table.columns.close]).toEqual([2, 70_000]);
    const seen: Candle[] = [];
    hub.watchCandle({ instrumentId: A, interval: '1d' }, (candle) => seen.push(Candle.parse(candle)));
    await time.advance(20);
    feed.trade(A, '09:10:05', 70_300, 1);
    feed.advanced();
    expect(seen.map(({ openTs, close, closed }) => [openTs, close, closed])).toEqual([
      [DAYS[2], 70_000, false],
      [DAYS[2], 70_300, false],
    ]);
  });

  it('keep at least an hour of ten-second ones and the whole day of minutes', () => {
    const { hub, feed } = stand();
    const two = (n: number): string => String(n).padStart(2, '0');
    for (let second = 0; second < 6 * 3_600; second += 10) {
      feed.trade(
        A,
        `${two(9 + Math.floor(second / 3_600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`,
        70_000,
        1,
      );
    }
    expect(hub.candles({ instrumentId: A, interval: '1m', limit: 10_000 }).length).toBe(360);
    const tens = hub.candles({ instrumentId: A, interval: '10s', limit: 10_000 });
    expect(tens.length).toBeGreaterThanOrEqual(360);
    expect(tens.length).toBeLessThanOrEqual(720);
    expect(tens.columns.openTs[tens.length - 1]).toBe(at('14:59:50'));
  });

  it('refuse an issue that nobody knows, and are empty for one outside the market', () => {
    const { hub } = stand();
    expect(() => hub.candles({ instrumentId: 'KRX:999999', interval: '1m', limit: 1 })).toThrow('INSTRUMENT_UNKNOWN');
    expect(hub.candles({ instrumentId: OTHER, interval: '1m', limit: 1 }).length).toBe(0);
  });

  it('come back after a restart, for the same session alone', () => {
    const first = stand();
    first.feed.trade(A, '09:00:05', 70_000, 1);
    first.feed.trade(B, '09:07:05', 200_500, 3);
    const saved = structuredClone(first.hub.keepsake.save());
    const again = stand();
    again.hub.keepsake.restore(saved);
    for (const instrumentId of [A, B]) {
      const wish = { instrumentId, interval: '1m', limit: 99 } as const;
      expect(again.hub.candles(wish)).toEqual(first.hub.candles(wish));
    }
    again.feed.trade(A, '09:08:00', 70_100, 2);
    const seen: Tape[] = [];
    again.hub.watchTape(A, (tape) => seen.push(tape));
    expect(seen[0]?.ticks.map(({ volume }) => volume)).toEqual([1, 3]);
    for (const other of [new StubFeed([A]), new StubFeed([B, A])]) {
      const { hub, lines } = stand(other);
      hub.keepsake.restore(saved);
      expect(lines).toHaveLength(1);
      expect(hub.candles({ instrumentId: A, interval: '1m', limit: 9 }).length).toBe(0);
    }
    const { hub, lines } = stand();
    hub.keepsake.restore(undefined);
    hub.keepsake.restore({ version: 1 });
    expect(lines).toHaveLength(2);
  });
});

describe('facts for the guard', () => {
  it('are those of the running market', () => {
    const { hub, feed } = stand();
    feed.trade(A, '09:00:01', 70_100, 5);
    expect(hub.facts(A)).toMatchObject({
      inMarket: true,
      base: 70_000,
      upperLimit: 91_000,
      last: 70_100,
      krx: { bid: null, phase: 'continuous', last: 70_100 },
      nxt: null,
      sessionDate: FEED_DAY,
      staleSince: null,
    });
    expect(hub.facts(OTHER)).toMatchObject({
      inMarket: false,
      base: 50_000,
      upperLimit: 65_000,
      lowerLimit: 35_000,
      last: null,
    });
    expect(hub.facts('KRX:999999')).toBeUndefined();
    expect(hub.exchangeNow()).toBe(at('09:00:01'));
    expect(hub.inMarket()).toEqual([A, B]);
    expect(hub.instruments()).toBe(KNOWN);
  });

  it('say since when a feed that claims to run has been silent, and nothing of a pause', async () => {
    const { hub, feed, time } = stand();
    feed.advanced();
    const beat = time.clock.now();
    await time.advance(3_000);
    expect(hub.facts(A)?.staleSince).toBeNull();
    expect(hub.state()).toBe('live');
    await time.advance(1);
    expect(hub.facts(A)?.staleSince).toBe(epochMs(beat));
    expect(hub.state()).toBe('stale');
    feed.sessionNow = { ...feed.sessionNow, running: false };
    expect(hub.facts(A)?.staleSince).toBeNull();
    expect(hub.state()).toBe('paused');
    feed.sessionNow = { ...feed.sessionNow, running: true };
    feed.advanced();
    expect(hub.facts(A)?.staleSince).toBeNull();
    feed.sessionNow = { ...feed.sessionNow, up: false };
    expect(hub.state()).toBe('down');
  });

  it('count the events of a second', async () => {
    const { hub, feed, time } = stand();
    for (let i = 0; i < 30; i += 1) {
      feed.sessionNow = { ...feed.sessionNow, events: feed.sessionNow.events + 40 };
      feed.advanced();
      await time.advance(100);
    }
    expect(hub.eventsPerSecond()).toBe(400);
    feed.sessionNow = { ...feed.sessionNow, running: false };
    expect(hub.eventsPerSecond()).toBe(0);
  });
});
