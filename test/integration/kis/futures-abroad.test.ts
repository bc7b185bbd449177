/** Futures abroad before the offline KIS: quotes, books, trades and charts in the scale of the contract, holdings of both signs, money by currency, and no order. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MarketHub } from '#core/market/index.ts';
import { Desk, TradingGate } from '#core/trading/index.ts';
import type { InstrumentId, NewOrder } from '#shared/domain/index.ts';
import { valueOf } from '#shared/market/index.ts';
import { MemoryJournal } from '#test/support/desk-stand.ts';
import {
  CL,
  ES,
  FUTURES_ABROAD_ACCOUNT,
  masterFuture,
  openFutureStage,
  type FutureStage,
} from '#test/support/future-stage.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { PLAIN } from '#test/support/plain-order.ts';
import { TEST_LISTING } from '#test/support/simulator.ts';

const POINT = 100_000_000;
const TICK = POINT / 4;
const EURO: InstrumentId = 'OVF:6EZ26';
let stage: FutureStage;

beforeEach(async () => {
  stage = await openFutureStage();
});
afterEach(async () => stage.close());

describe('the feed', () => {
  it('tells prices with the decimals that the broker leaves out, and the part of the day by its hours', async () => {
    await stage.drive(stage.feed.prepare?.(ES) ?? Promise.resolve());
    const issue = stage.feed.issue(ES, 'KRX');
    expect(issue).toMatchObject({ phase: 'continuous', basePrice: 6_025.25 * POINT });
    expect(issue?.bestAsk).toBe((issue?.bestBid ?? 0) + TICK);
    await stage.drive(stage.feed.prepare?.(EURO) ?? Promise.resolve());
    expect(stage.feed.issue(EURO, 'KRX')?.basePrice).toBe(105_605_000);
  });

  it('follows trades and the book over the socket, and knows nothing of a contract whose decimals it was not told', async () => {
    const traded: { price: number; quantity: number; aggressor: string | null }[] = [];
    stage.feed.watchMarket({
      opened: () => undefined,
      advanced: () => undefined,
      traded: (trade: (typeof traded)[number]) => traded.push(trade),
    });
    const stops = (['tape', 'book'] as const).map((what) =>
      stage.feed.want?.({ instrumentId: ES, what, rank: 'focus' }),
    );
    await stage.time.advance(20_000);
    expect(traded.length).toBeGreaterThan(3);
    for (const { price } of traded) expect(price % TICK).toBe(0);
    expect(new Set(traded.map(({ aggressor }) => aggressor))).toEqual(new Set(['buy', 'sell']));
    const depth = stage.feed.depth(ES, 'KRX');
    expect(depth?.asks).toHaveLength(5);
    expect(depth?.bids[0]?.price).toBe((depth?.asks[0]?.price ?? 0) - TICK);
    expect(stage.feed.issue(ES, 'KRX')?.last).toBe(traded.at(-1)?.price);
    for (const stop of stops) stop?.();
    expect(stage.feed.issue('OVF:FDXZ26', 'KRX')).toBeUndefined();
    expect(stage.feed.listed('OVF:FDXZ26')).toBeUndefined();
  });

  it('draws minutes, longer bars of them, and days over several pages', async () => {
    await stage.drive(stage.feed.prepare?.(ES) ?? Promise.resolve());
    const candles = (interval: string, limit: number) =>
      stage.drive(
        stage.feed.candles?.({ instrumentId: ES, interval, limit } as never, new AbortController().signal) ??
          Promise.reject(new Error()),
      );
    const minutes = await candles('1m', 100);
    expect(minutes.length).toBeGreaterThan(25);
    const fives = await candles('5m', 100);
    const sum = (of: Float64Array): number => of.reduce((total, each) => total + each, 0);
    expect(sum(fives.columns.volume)).toBe(sum(minutes.columns.volume));
    const days = await candles('1d', 200);
    expect(days.length).toBe(200);
    const { openTs, close } = days.columns;
    expect([...openTs]).toEqual([...openTs].sort((a, b) => a - b));
    expect(close.at(-2)).toBe(6_025.25 * POINT);
  });

  it('is asked for by REST where no channel is free, under the channel’s names', async () => {
    const signal = new AbortController().signal;
    const [day] = await stage.drive(stage.poll.fetch({ api: 'overseas-futureoption.ccnl', key: 'ESZ26' }, signal));
    expect(day).toMatchObject({ series_cd: 'ESZ26', psttl_price: '602525', last_qntt: '0' });
    const [book] = await stage.drive(
      stage.poll.fetch({ api: 'overseas-futureoption.asking-price', key: 'ESZ26' }, signal),
    );
    expect(Number(book?.['ask_price_1'])).toBe(Number(book?.['bid_price_1']) + 25);
  });
});

describe('the account', () => {
  it('shows what is held with its sign and cost, and the money of the currency', async () => {
    const positions = await stage.drive(stage.broker.positions(FUTURES_ABROAD_ACCOUNT));
    expect(positions).toMatchObject([
      { instrumentId: ES, quantity: 1, sellable: 1, costKrw: valueOf(ES, 6_020.25 * POINT, 1) },
      { instrumentId: CL, quantity: -2, sellable: 2, costKrw: valueOf(CL, 7_165_000_000, -2) },
    ]);
    // 50 dollars a point, in 1/10,000 of a dollar.
    expect(positions[0]?.costKrw).toBe(6_020.25 * 50 * 10_000);
    const accounts = await stage.drive(stage.broker.accounts());
    expect(accounts).toMatchObject([
      {
        accountId: FUTURES_ABROAD_ACCOUNT,
        product: 'derivative',
        currency: 'USD',
        cashD0Krw: 1_000_000_000,
        cashD2Krw: 1_000_000_000,
      },
    ]);
    expect(accounts).toHaveLength(1);
  });

  it('comes to the desk with its holdings, and the guard sends no order of it', async () => {
    const { clock, timers } = stage.time;
    const { logger } = createMemoryLog();
    const find = (id: InstrumentId) => masterFuture(id) ?? TEST_LISTING.find((issue) => issue.id === id);
    const hub = new MarketHub({
      feed: stage.feed,
      clock,
      timers,
      logger,
      instruments: () => TEST_LISTING,
      find,
      dailyCandles: () => ({ length: 0, columns: {} as never }),
    });
    let ids = 0;
    const desk = new Desk({
      journal: new MemoryJournal(),
      broker: stage.broker,
      market: hub,
      clock,
      timers,
      ids: { next: () => `id-${(ids += 1)}` },
      log: logger,
      gate: new TradingGate(),
    });
    await stage.drive(desk.start());
    await stage.drive(hub.prepare(ES));
    expect(desk.accounts()).toMatchObject([{ currency: 'USD', product: 'derivative' }]);
    expect(desk.positions(FUTURES_ABROAD_ACCOUNT)).toMatchObject([
      { instrumentId: ES, quantity: 1 },
      { instrumentId: CL, quantity: -2 },
    ]);
    const order: NewOrder = {
      requestId: 'request-1',
      accountId: FUTURES_ABROAD_ACCOUNT,
      instrumentId: ES,
      side: 'sell',
      type: 'market',
      timeInForce: 'day',
      ...PLAIN,
      price: null,
      quantity: 1,
      allowDuplicate: true,
    };
    const ack = await stage.drive(desk.submit(order).catch((error: unknown) => error));
    expect(JSON.stringify(ack)).toContain('GUARD_FUTURES_ABROAD');
    expect(stage.rest.health().errors).toEqual([]);
    desk.stop();
    hub.close();
  });
});
