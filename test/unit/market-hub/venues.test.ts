/** The market hub where there is more than one venue, an interruption, and a market after the close. */
import { describe, expect, it } from 'vitest';
import { MarketHub } from '#core/market/index.ts';
import {
  MarketState,
  OrderBook,
  Quote,
  Tape,
  type Candle,
  type Instrument,
  type Interruption,
} from '#shared/domain/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { at, StubFeed } from '#test/support/stub-feed.ts';

const A = 'KRX:005930';

const INSTRUMENT: Instrument = {
  id: A,
  code: '005930',
  nameKo: '삼성전자',
  nameEn: null,
  market: 'KOSPI',
  priceScale: 0,
  lotSize: 1,
  basePrice: 70_000,
  listedShares: null,
  suspended: false,
  kospi200: true,
  asOf: '2026-02-27',
};

const VI: Interruption = {
  kind: 'viDynamic',
  level: null,
  sinceTs: at('10:00:00'),
  untilTs: at('10:02:00'),
  reference: 70_000,
  price: 72_100,
  note: '',
};

function stand() {
  const feed = new StubFeed([A]);
  const time = createFakeTime();
  const nothing = new Float64Array(0);
  const hub = new MarketHub({
    feed,
    clock: time.clock,
    timers: time.timers,
    logger: createMemoryLog().logger,
    instruments: () => [INSTRUMENT],
    find: (id) => (id === A ? INSTRUMENT : undefined),
    dailyCandles: () => ({
      length: 0,
      columns: { openTs: nothing, open: nothing, high: nothing, low: nothing, close: nothing, volume: nothing },
    }),
  });
  feed.open();
  const change = (venue: 'issues' | 'nxtIssues', facts: object): void => {
    const before = feed[venue].get(A) ?? feed.issues.get(A);
    if (before) feed[venue].set(A, { ...before, ...facts });
  };
  return { feed, time, hub, change };
}

describe('a quote', () => {
  it('tells of an interruption when it begins, when its end is known, and when it is over', async () => {
    const { feed, time, hub, change } = stand();
    const seen: Quote[] = [];
    hub.watchQuotes([A], (quote) => seen.push(Quote.parse(quote)));
    expect(seen.at(-1)).toMatchObject({ phase: 'continuous', interruption: null, close: null, viUp: null, nxt: null });
    for (const facts of [
      { phase: 'viAuction', interruption: { ...VI, untilTs: null } },
      { phase: 'viAuction', interruption: VI },
      { phase: 'continuous', interruption: null, viUp: 72_100, viDown: 67_900 },
    ]) {
      change('issues', facts);
      await time.advance(20);
      feed.advanced();
    }
    expect(seen.slice(1).map(({ phase, interruption }) => [phase, interruption?.untilTs])).toEqual([
      ['viAuction', null],
      ['viAuction', VI.untilTs],
      ['continuous', undefined],
    ]);
    expect(seen.at(-1)).toMatchObject({ viUp: 72_100, viDown: 67_900 });
  });

  it('carries what NXT says, and is told anew when only that changes', async () => {
    const { feed, time, hub, change } = stand();
    change('nxtIssues', { bestBid: 69_900, bestBidQty: 3 });
    const seen: Quote[] = [];
    hub.watchQuotes([A], (quote) => seen.push(Quote.parse(quote)));
    expect(seen[0]?.nxt).toMatchObject({ last: null, bid: 69_900, bidQty: 3, volume: 0, phase: 'continuous' });
    await time.advance(20);
    feed.nxtTrade(A, '10:00:00', 70_050, 2);
    feed.advanced();
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({ last: null, volume: 0, nxt: { last: 70_050, volume: 2, value: 140_100 } });
  });

  it('keeps the official close while the after-market goes on', () => {
    const { feed, hub, change } = stand();
    feed.sessionNow = { ...feed.sessionNow, afterTs: epochMs(at('16:00:00')) };
    feed.open();
    feed.trade(A, '15:30:05', 71_000, 10);
    change('issues', { close: 71_000 });
    feed.trade(A, '16:00:01', 71_500, 4);
    const seen: Quote[] = [];
    hub.watchQuotes([A], (quote) => seen.push(Quote.parse(quote)));
    expect(seen[0]).toMatchObject({ close: 71_000, last: 71_500, high: 71_000, volume: 14 });
  });
});

describe('books and the tape', () => {
  it('are one per venue, and one for both', async () => {
    const { feed, time, hub, change } = stand();
    const level = { price: 70_000, qty: 3 };
    feed.depths.set(A, { asks: [], bids: [level], totalAskQty: 0, totalBidQty: 3, expected: null });
    feed.nxtDepths.set(A, { asks: [level], bids: [], totalAskQty: 3, totalBidQty: 0, expected: null });
    change('nxtIssues', {});
    const books: OrderBook[] = [];
    for (const venue of ['KRX', 'NXT'] as const)
      hub.watchBook({ instrumentId: A, venue }, (book) => books.push(OrderBook.parse(book)));
    expect(books.map(({ venue, totalAskQty, totalBidQty }) => [venue, totalAskQty, totalBidQty])).toEqual([
      ['KRX', 0, 3],
      ['NXT', 3, 0],
    ]);
    const tapes: Tape[] = [];
    hub.watchTape(A, (tape) => tapes.push(Tape.parse(tape)));
    feed.trade(A, '10:00:00', 70_000, 5);
    feed.nxtTrade(A, '10:00:01', 70_050, 2);
    feed.trade(A, '10:00:02', 70_000, 1);
    await time.advance(20);
    feed.advanced();
    expect(tapes.at(-1)?.ticks.map(({ venue, qty, volume }) => [venue, qty, volume])).toEqual([
      ['KRX', 5, 5],
      ['NXT', 2, 2],
      ['KRX', 1, 6],
    ]);
    await time.advance(20);
    feed.nxtDepths.set(A, { asks: [], bids: [], totalAskQty: 0, totalBidQty: 0, expected: null });
    feed.advanced();
    expect(books).toHaveLength(3);
    expect(books[2]).toMatchObject({ venue: 'NXT', asks: [] });
  });
});

describe('candles', () => {
  it('hold the after-market within the day, the day itself without it, and NXT nowhere', async () => {
    const { feed, time, hub, change } = stand();
    feed.sessionNow = { ...feed.sessionNow, afterTs: epochMs(at('16:00:00')) };
    feed.open();
    const days: Candle[] = [];
    hub.watchCandle({ instrumentId: A, interval: '1d' }, (candle) => days.push(candle));
    feed.trade(A, '09:00:00', 70_000, 5);
    feed.nxtTrade(A, '10:00:01', 75_000, 2);
    feed.trade(A, '15:30:05', 71_000, 10);
    change('issues', { close: 71_000 });
    feed.trade(A, '15:40:05', 71_000, 3);
    await time.advance(20);
    feed.advanced();
    expect(days.at(-1)).toMatchObject({ open: 70_000, high: 71_000, close: 71_000, volume: 18, closed: false });
    feed.trade(A, '16:00:00', 72_000, 4);
    await time.advance(20);
    feed.advanced();
    expect(days.at(-1)).toMatchObject({ high: 71_000, close: 71_000, volume: 18, closed: true });
    const minutes = hub.candles({ instrumentId: A, interval: '60m', limit: 99 });
    expect([...minutes.columns.openTs]).toEqual(['09:00', '15:00', '16:00'].map((text) => at(text)));
    expect([...minutes.columns.volume]).toEqual([5, 13, 4]);
    const newest: Candle[] = [];
    feed.nxtTrade(A, '16:30:00', 75_000, 2);
    hub.watchCandle({ instrumentId: A, interval: '1m' }, (candle) => newest.push(candle));
    expect(newest).toMatchObject([{ openTs: at('16:00'), close: 72_000, volume: 4 }]);
  });

  it('keep what counts for the day over a restart', () => {
    const first = stand();
    first.feed.sessionNow = { ...first.feed.sessionNow, afterTs: epochMs(at('16:00:00')) };
    first.feed.open();
    first.feed.trade(A, '09:00:00', 70_000, 5);
    first.feed.trade(A, '16:00:00', 72_000, 4);
    const saved = structuredClone(first.hub.keepsake.save());
    const again = stand();
    again.feed.sessionNow = first.feed.sessionNow;
    again.feed.issues.set(A, { ...(first.feed.issues.get(A) ?? again.feed.issues.get(A)) } as never);
    again.feed.open();
    again.hub.keepsake.restore(saved);
    const day = again.hub.candles({ instrumentId: A, interval: '1d', limit: 1 });
    expect([...day.columns.volume]).toEqual([5]);
  });
});

describe('market states', () => {
  it('are told now and when they change', async () => {
    const { feed, time, hub } = stand();
    const kospi: MarketState = { market: 'KOSPI', indexChangePpm: 0, breaker: null, breakersUsed: [], sidecar: null };
    feed.states = [kospi];
    const seen: MarketState[] = [];
    const stop = hub.watchStates((state) => seen.push(MarketState.parse(state)));
    expect(seen).toEqual([kospi]);
    await time.advance(20);
    feed.advanced();
    feed.states = [
      { ...kospi, indexChangePpm: -80_000, breaker: { level: 1, untilTs: at('10:20:00') }, breakersUsed: [1] },
    ];
    await time.advance(20);
    feed.advanced();
    expect(seen).toHaveLength(2);
    stop();
    feed.states = [kospi];
    await time.advance(20);
    feed.advanced();
    expect(seen).toHaveLength(2);
  });
});

describe('facts for the guard', () => {
  it('tell both venues apart, and what the issue is today', () => {
    const { feed, hub, change } = stand();
    feed.listings.set(A, { nxt: true, product: 'stock', singlePrice: 'overheated', newListing: true });
    feed.sessionNow = { ...feed.sessionNow, nxtPhase: 'preMarket', phase: 'preOpen', preCloseOpen: true };
    change('issues', { phase: 'preOpen' });
    change('nxtIssues', { phase: 'viAuction', interruption: VI, bestAsk: 70_100 });
    expect(hub.facts(A)).toMatchObject({
      krx: { venuePhase: 'preOpen', phase: 'preOpen', preCloseOpen: true, ask: null },
      nxt: { venuePhase: 'preMarket', phase: 'viAuction', interruption: VI, ask: 70_100 },
      onNxt: true,
      product: 'stock',
      singlePrice: 'overheated',
      firstPricePending: true,
    });
    const extension = { ...VI, kind: 'extension' } as const;
    change('nxtIssues', { phase: 'closeAuction', interruption: extension });
    expect(hub.facts(A)?.nxt).toMatchObject({ venuePhase: 'closeAuction', phase: 'closeAuction' });
    feed.sessionNow = { ...feed.sessionNow, nxtPhase: null };
    expect(hub.facts(A)).toMatchObject({ nxt: null, onNxt: true });
    feed.listings.set(A, {});
    expect(hub.facts(A)).toMatchObject({ noReference: false, firstPricePending: false, onNxt: false });
    feed.sessionNow = { ...feed.sessionNow, postCloseOpen: true };
    expect(hub.facts(A)?.noReference).toBe(true);
    change('issues', { open: 70_000 });
    expect(hub.facts(A)?.noReference).toBe(false);
  });
});
