/** The feed on KIS before the offline KIS, and the hub on the feed. */
import { afterEach, describe, expect, it } from 'vitest';
import { MarketHub, type FeedTrade } from '#core/market/index.ts';
import { kstInstant, MINUTE_MS } from '#shared/time/index.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { openKisStage, type KisStage, type StageOptions } from '#test/support/kis-stage.ts';
import { HYNIX, SAMSUNG, TEST_LISTING } from '#test/support/simulator.ts';

let stage: KisStage;
afterEach(() => stage.close());

async function open(options: StageOptions = {}): Promise<FeedTrade[]> {
  stage = await openKisStage(options);
  const trades: FeedTrade[] = [];
  stage.feed.watchMarket({ opened: () => undefined, advanced: () => undefined, traded: (trade) => trades.push(trade) });
  return trades;
}

/** Moves the market, and lets what it tells arrive. */
async function move(ms: number): Promise<void> {
  await stage.drive(stage.emulator.simulator.step(ms));
  await stage.drive(stage.emulator.settle());
  await stage.time.advance(500);
}

/** What the exchange and the feed must agree upon. */
const figuresOf = (id = SAMSUNG, venue: 'KRX' | 'NXT' = 'KRX') => {
  const { basePrice, upperLimit, lowerLimit, last, open, high, low, volume, value, phase, halted } =
    stage.emulator.simulator.issue(id, venue) as NonNullable<ReturnType<typeof stage.emulator.simulator.issue>>;
  return { basePrice, upperLimit, lowerLimit, last, open, high, low, volume, value, phase, halted };
};

describe('what somebody looks at', () => {
  it('is looked at by REST and then told by the channel, trade by trade', async () => {
    const trades = await open();
    expect(stage.feed.issue(SAMSUNG)).toBeUndefined();
    const stop = stage.feed.want?.({ instrumentId: SAMSUNG, what: 'quote', rank: 'focus' });
    await stage.time.advance(2_000);
    expect(stage.feed.issue(SAMSUNG)).toMatchObject(figuresOf());
    const real: FeedTrade[] = [];
    const { simulator } = stage.emulator;
    const unwatch = simulator.watchMarket({
      opened: () => undefined,
      advanced: () => undefined,
      traded: (trade) => real.push(trade),
    });
    await move(30_000);
    unwatch();
    const told = (list: readonly FeedTrade[]) =>
      list
        .filter(({ instrumentId, venue }) => instrumentId === SAMSUNG && venue === 'KRX')
        .map(({ price, quantity, aggressor, ts }) => ({ price, quantity, aggressor, ts: ts - (ts % 1_000) }));
    expect(told(trades)).toEqual(told(real));
    expect(trades.length).toBeGreaterThan(3);
    expect(stage.feed.issue(SAMSUNG)).toMatchObject(figuresOf());
    expect(stage.feed.staleSince?.(SAMSUNG)).toBeNull();
    stop?.();
    await stage.time.advance(5_000);
    expect(stage.emulator.registrations().filter((name) => name.includes('005930'))).toEqual([]);
  });

  it('has a board of its own for each venue', async () => {
    await open();
    stage.feed.want?.({ instrumentId: SAMSUNG, what: 'quote', rank: 'focus' });
    stage.feed.want?.({ instrumentId: SAMSUNG, what: 'book', rank: 'focus', venue: 'KRX' });
    stage.feed.want?.({ instrumentId: SAMSUNG, what: 'book', rank: 'focus', venue: 'NXT' });
    await stage.time.advance(2_000);
    await move(10_000);
    const { simulator } = stage.emulator;
    for (const venue of ['KRX', 'NXT'] as const) {
      const { asks, bids, totalAskQty, totalBidQty } = simulator.depth(SAMSUNG, venue) ?? { asks: [], bids: [] };
      expect(stage.feed.depth(SAMSUNG, venue)).toMatchObject({
        asks: asks.slice(0, 10),
        bids: bids.slice(0, 10),
        totalAskQty,
        totalBidQty,
      });
      expect(stage.feed.issue(SAMSUNG, venue)).toMatchObject(figuresOf(SAMSUNG, venue));
    }
    expect(stage.feed.listed(SAMSUNG)).toMatchObject({ nxt: true });
  });

  it('knows no NXT in paper', async () => {
    await open({ env: 'paper' });
    stage.feed.want?.({ instrumentId: SAMSUNG, what: 'quote', rank: 'focus' });
    await stage.time.advance(5_000);
    expect(stage.feed.issue(SAMSUNG)).toMatchObject(figuresOf());
    expect(stage.feed.issue(SAMSUNG, 'NXT')).toBeUndefined();
    expect(stage.feed.listed(SAMSUNG)).toMatchObject({ nxt: false });
  });

  it('is prepared for an order that nobody looked at before, once for all who ask at the same time', async () => {
    await open();
    await stage.drive(Promise.all([stage.feed.prepare?.(HYNIX), stage.feed.prepare?.(HYNIX)]));
    expect(stage.feed.issue(HYNIX)).toMatchObject(figuresOf(HYNIX));
    const { bestBid, bestAsk } = stage.emulator.simulator.issue(HYNIX) ?? {};
    expect(stage.feed.issue(HYNIX)).toMatchObject({ bestBid, bestAsk });
    await stage.time.advance(30_000);
    expect(stage.feed.staleSince?.(HYNIX)).not.toBeNull();
    await stage.drive(stage.feed.prepare?.(HYNIX) ?? Promise.resolve());
    expect(stage.feed.staleSince?.(HYNIX)).toBeNull();
  });
});

describe('the line', () => {
  function hub(): MarketHub {
    return new MarketHub({
      feed: stage.feed,
      clock: stage.time.clock,
      timers: stage.time.timers,
      logger: createMemoryLog().logger,
      instruments: () => TEST_LISTING,
      find: (id) => TEST_LISTING.find((issue) => issue.id === id),
      dailyCandles: () => ({ length: 0, columns: {} as never }),
    });
  }

  /** Today's minutes put together. */
  async function minutes(market: MarketHub): Promise<{ readonly volume: number; readonly high: number }> {
    const wish = { instrumentId: SAMSUNG, interval: '1m', limit: 500 } as const;
    const { columns } = await stage.drive(market.fetchCandles(wish, new AbortController().signal));
    const today = kstInstant(stage.feed.session().sessionDate, 0);
    const from = columns.openTs.findIndex((ts) => ts >= today);
    // Days before come from the history.
    expect(from).toBeGreaterThan(0);
    const volume = columns.volume.slice(from).reduce((sum, each) => sum + each, 0);
    return { volume, high: Math.max(...columns.high.slice(from)) };
  }

  it('is fresh while the market is quiet, old when it is cut, and fresh again', async () => {
    await open();
    const market = hub();
    market.watchQuotes([SAMSUNG], () => undefined);
    await stage.time.advance(2_000);
    await stage.time.advance(5 * MINUTE_MS);
    expect(market.state()).toBe('live');
    expect(market.facts(SAMSUNG)?.staleSince).toBeNull();
    stage.transport.setOffline(true);
    await stage.time.advance(20_000);
    expect(market.state()).not.toBe('live');
    expect(market.facts(SAMSUNG)?.staleSince).not.toBeNull();
    stage.transport.setOffline(false);
    await stage.time.advance(90_000);
    expect(market.state()).toBe('live');
    expect(market.facts(SAMSUNG)?.staleSince).toBeNull();
    market.close();
  });

  it('fills the minutes that were missed, and goes on from them', async () => {
    await open();
    const market = hub();
    market.watchCandle({ instrumentId: SAMSUNG, interval: '1m' }, () => undefined);
    await stage.time.advance(2_000);
    const begun = figuresOf().volume;
    // The offline KIS has not heard the opening auction.
    const before = await minutes(market);
    await move(2 * MINUTE_MS);
    stage.transport.setOffline(true);
    await move(3 * MINUTE_MS);
    stage.transport.setOffline(false);
    await stage.time.advance(90_000);
    await move(MINUTE_MS);
    const after = await minutes(market);
    expect(after.volume - before.volume).toBe(figuresOf().volume - begun);
    expect(after.high).toBe(figuresOf().high);
    market.close();
  });
});
