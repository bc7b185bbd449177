/** Futures and options at the desk: guard, margin by the broker's word, positions below zero, a restart, an answer that never came. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKisFeed, joinFeeds, type KisFeed } from '#core/broker/index.ts';
import { MarketHub } from '#core/market/index.ts';
import { DEFAULT_TRADING_SETTINGS, Desk, sendBasket, TradingGate } from '#core/trading/index.ts';
import type { InstrumentId, NewOrder } from '#shared/domain/index.ts';
import { valueOf } from '#shared/market/index.ts';
import {
  CALL,
  FUTURE,
  FUTURES_ACCOUNT,
  openDerivativeStage,
  type DerivativeStage,
} from '#test/support/derivative-stage.ts';
import { MemoryJournal } from '#test/support/desk-stand.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { PLAIN } from '#test/support/plain-order.ts';
import { TEST_LISTING } from '#test/support/simulator.ts';

/** The quarter after. */
const NEXT: InstrumentId = 'KRXF:A01703';
let stage: DerivativeStage;
let feed: KisFeed;
let hub: MarketHub;
let desk: Desk;
let journal: MemoryJournal;
const gate = new TradingGate();
let requests = 0;

function openDesk(): Desk {
  const { clock, timers } = stage.time;
  let ids = 0;
  const next = (): string => `id-${journal.entries.length}-${(ids += 1)}`;
  const { logger: log } = createMemoryLog();
  return new Desk({ journal, broker: stage.broker, market: hub, clock, timers, ids: { next }, log, gate });
}

beforeEach(async () => {
  stage = await openDerivativeStage({ env: 'real', currentEpoch: () => gate.epoch });
  const { rest, realtime, serverClock, time, part, contracts } = stage;
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const find = (id: InstrumentId) => contracts.find(id) ?? TEST_LISTING.find((issue) => issue.id === id);
  const instruments = () => TEST_LISTING;
  const parts = { rest, realtime, serverClock, clock, timers, logger };
  feed = joinFeeds(createKisFeed({ environment: 'real', ...parts, instruments, find }), [() => part]);
  const nothing = { length: 0, columns: {} as never };
  hub = new MarketHub({ feed, clock, timers, logger, instruments, find, dailyCandles: () => nothing });
  journal = new MemoryJournal();
  desk = openDesk();
  await stage.drive(desk.start());
  await stage.drive(hub.prepare(FUTURE));
  await stage.time.advance(5_000);
});

afterEach(async () => {
  desk.stop();
  hub.close();
  feed.close();
  await stage.close();
});

const order = (change: Partial<NewOrder> = {}): NewOrder => ({
  requestId: `request-${(requests += 1)}`,
  accountId: FUTURES_ACCOUNT,
  instrumentId: FUTURE,
  side: 'sell',
  type: 'market',
  timeInForce: 'day',
  ...PLAIN,
  price: null,
  quantity: 1,
  allowDuplicate: true,
  ...change,
});

const draftOf = (change: Partial<NewOrder>) => {
  const { requestId: _requestId, allowDuplicate: _allowDuplicate, ...draft } = order(change);
  return draft;
};

/** As the screen does it: what the guard must know is asked for, then the order is sent. */
async function sent(change: Partial<NewOrder>) {
  await stage.drive(hub.prepare(change.instrumentId ?? FUTURE));
  const ack = await stage.drive(desk.submit(order(change)));
  await stage.time.advance(8_000);
  return ack;
}

const held = (id: InstrumentId = FUTURE) => desk.positions(FUTURES_ACCOUNT).find((each) => each.instrumentId === id);

/** The desk's record is the firm's: units, and the money to the won. */
async function agrees(): Promise<void> {
  await stage.time.advance(60_000);
  const firm = stage.emulator.contracts.account;
  for (const { instrumentId, quantity } of desk.positions(FUTURES_ACCOUNT))
    expect(quantity).toBe(firm.held.get(instrumentId.slice(5))?.quantity ?? 0);
  const { equityKrw, startingCashKrw, realisedKrw, unrealisedKrw } = desk.performance(FUTURES_ACCOUNT);
  expect(equityKrw - startingCashKrw).toBe(realisedKrw + unrealisedKrw);
  expect(desk.snapshot().find((delta) => delta.kind === 'tradingState')).toMatchObject({
    tradingState: { state: 'active' },
  });
}

describe('an account of futures and options', () => {
  it('opens a short, closes a part of it, turns over, and stays with the firm through a restart', async () => {
    expect(desk.accounts()).toMatchObject([{ accountId: FUTURES_ACCOUNT, product: 'derivative' }]);
    expect(await sent({ quantity: 2 })).toMatchObject({ state: 'accepted' });
    expect(held()).toMatchObject({ quantity: -2, sellable: 2 });
    expect(held()?.costKrw).toBeLessThan(0);
    const fills = desk.fills({ accountId: FUTURES_ACCOUNT, limit: 10 });
    const got = fills.reduce((sum, fill) => sum + valueOf(FUTURE, fill.price, fill.quantity), 0);
    expect(held()?.costKrw).toBe(-got);
    await sent({ side: 'buy', quantity: 1 });
    expect(held()).toMatchObject({ quantity: -1 });
    await sent({ side: 'buy', quantity: 4 });
    expect(held()).toMatchObject({ quantity: 3, sellable: 3 });
    await agrees();
    const before = desk.positions(FUTURES_ACCOUNT);
    desk.stop();
    desk = openDesk();
    await stage.drive(desk.start());
    await stage.time.advance(10_000);
    expect(desk.positions(FUTURES_ACCOUNT)).toEqual(before);
    await agrees();
    // A desk without any record takes the same position over, short or long, with its cost.
    await sent({ quantity: 5 });
    expect(held()).toMatchObject({ quantity: -2 });
    desk.stop();
    journal = new MemoryJournal();
    desk = openDesk();
    await stage.drive(desk.start());
    await stage.time.advance(20_000);
    expect(held()).toMatchObject({ quantity: -2 });
    expect(held()?.costKrw).toBeLessThan(-170_000_000);
    await agrees();
  });

  it('opens no more than the broker lets, nothing it was not told about, and closes without asking', async () => {
    await stage.drive(hub.prepare(FUTURE));
    const preview = desk.preview(draftOf({ quantity: 3 }));
    expect(preview.denial).toBeNull();
    expect(preview.contract).toMatchObject({ multiplierKrw: 250_000, closes: 0, opens: 3, openable: 11, daysLeft: 16 });
    expect(preview.maxQuantity).toBe(11);
    expect(desk.preview(draftOf({ quantity: 12 })).denial?.code).toBe('GUARD_MARGIN_SHORT');
    await sent({ quantity: 3 });
    // The order has changed what may be opened: what was told before is void until it is asked again.
    expect(hub.facts(FUTURE)?.openable).toBeUndefined();
    expect(await stage.drive(desk.submit(order({ quantity: 1 })))).toMatchObject({
      state: 'denied',
      reason: { code: 'GUARD_MARGIN_UNKNOWN' },
    });
    expect(desk.preview(draftOf({ side: 'buy', quantity: 3 }))).toMatchObject({
      denial: null,
      contract: { closes: 3, opens: 0, openable: null },
    });
    expect(desk.preview(draftOf({ side: 'buy', quantity: 4 })).denial?.code).toBe('GUARD_MARGIN_UNKNOWN');
    expect(await stage.drive(desk.submit(order({ side: 'buy', quantity: 3 })))).toMatchObject({ state: 'accepted' });
    await stage.time.advance(8_000);
    expect(held()?.quantity).toBe(0);
    await agrees();
  });

  it('pays an option in full and is not asked for more, and writes one only by the broker’s word', async () => {
    await stage.drive(hub.prepare(CALL));
    const { upperLimit = 0, last } = hub.facts(CALL) ?? {};
    const price = Math.min(upperLimit, (last ?? 0) + 5);
    const preview = desk.preview(draftOf({ instrumentId: CALL, side: 'buy', type: 'limit', price, quantity: 2 }));
    expect(preview).toMatchObject({ denial: null, amountKrw: valueOf(CALL, price, 2) });
    expect(desk.preview(draftOf({ instrumentId: CALL, quantity: 200 })).denial?.code).toBe('GUARD_MARGIN_SHORT');
    await sent({ instrumentId: CALL, side: 'buy', type: 'limit', price, quantity: 2 });
    expect(held(CALL)).toMatchObject({ quantity: 2, sellable: 2 });
    await agrees();
    await sent({ instrumentId: CALL, quantity: 3 });
    expect(held(CALL)).toMatchObject({ quantity: -1 });
    await agrees();
  });

  it('sends a basket of two futures: what may be opened is asked anew between them', async () => {
    const rows = [FUTURE, NEXT].map((instrumentId) => draftOf({ instrumentId }));
    for (const { instrumentId } of rows) await stage.drive(hub.prepare(instrumentId));
    const { clock, timers } = stage.time;
    const { rates } = DEFAULT_TRADING_SETTINGS.guard;
    const parts = { desk, clock, timers, rates, prepare: (id: InstrumentId) => hub.prepare(id) };
    const wish = { basketId: 'basket-of-two', rows };
    const report = await stage.drive(sendBasket(parts, wish, new AbortController().signal));
    expect(report).toMatchObject({ sent: true, rows: [{ state: 'accepted' }, { state: 'accepted', reason: null }] });
    await stage.time.advance(8_000);
    expect([held()?.quantity, held(NEXT)?.quantity]).toEqual([-1, -1]);
    await agrees();
  });

  it('closes without waiting for a broker that does not say what may be opened', async () => {
    await sent({ quantity: 1 });
    const power = stage.emulator.faults;
    power.call({ kind: 'silence', taken: false }, { tr: ['TTTO5105R'] }, 10);
    const startMs = stage.time.clock.monotonicMs();
    await stage.drive(hub.prepare(FUTURE));
    expect(stage.time.clock.monotonicMs() - startMs).toBeLessThanOrEqual(1_100);
    expect(desk.preview(draftOf({})).denial?.code).toBe('GUARD_MARGIN_UNKNOWN');
    expect(await stage.drive(desk.submit(order({ side: 'buy' })))).toMatchObject({ state: 'accepted' });
    await stage.time.advance(8_000);
    expect(held()?.quantity).toBe(0);
  });

  it('keeps an order whose answer never came as unconfirmed, finds it, and never sends it again', async () => {
    await stage.drive(hub.prepare(FUTURE));
    stage.emulator.faults.call({ kind: 'cut', when: 'after' }, { only: 'orders' }, 1);
    const ack = await stage.drive(desk.submit(order({ quantity: 1, type: 'limit', price: 38_000 })));
    expect(ack).toMatchObject({ state: 'unconfirmed' });
    await stage.time.advance(15_000);
    expect(desk.orders({ accountId: FUTURES_ACCOUNT, open: true, limit: 5 })).toMatchObject([
      { state: 'accepted', price: 38_000, side: 'sell' },
    ]);
    expect(stage.emulator.contracts.orders).toHaveLength(1);
  });

  it('settles what has come to its last day: explained, recorded, and trading goes on', async () => {
    await sent({ quantity: 2 });
    expect(held()).toMatchObject({ quantity: -2 });
    await stage.time.advance(60_000);
    // To the day after 2026-12-10, the last day of the contract.
    for (let day = 0; day < 13; day += 1) await stage.emulator.nextDay();
    await stage.emulator.step(60_000);
    expect(stage.emulator.contracts.date).toBe('2026-12-11');
    expect(stage.emulator.contracts.account.held.size).toBe(0);
    await stage.time.advance(120_000);
    expect(held()?.quantity ?? 0).toBe(0);
    const [settled] = journal.entries.filter(({ kind }) => kind === 'desk.positionSettled');
    expect(settled?.data).toMatchObject({ how: 'finalSettlement', quantityBefore: -2, endsOn: '2026-12-10' });
    expect(desk.snapshot().find((delta) => delta.kind === 'tradingState')).toMatchObject({
      tradingState: { state: 'active' },
    });
  });

  it('takes no share, and the kinds and hours of futures', async () => {
    const code = (change: Partial<NewOrder>) => desk.preview(draftOf(change)).denial?.code;
    await stage.drive(hub.prepare('KRX:005930'));
    expect(code({ instrumentId: 'KRX:005930', side: 'buy', type: 'limit', price: 50_000 })).toBe('GUARD_STOCK_ACCOUNT');
    expect(code({ type: 'mid' })).toBe('GUARD_KIND');
    expect(code({ type: 'limit', price: 36_003 })).toBe('GUARD_POINT_TICK');
    expect(code({ type: 'limit', price: 99_000 })).toBe('GUARD_POINT_LIMIT_UP');
    const day = stage.emulator.simulator.session().exchangeTs;
    // To a quarter of an hour before four in the afternoon.
    await stage.drive(stage.emulator.simulator.step((15 * 60 + 46 - 9 * 60 - 1) * 60_000));
    expect(stage.emulator.simulator.session().exchangeTs).toBeGreaterThan(day);
    await stage.time.advance(3_000);
    await stage.drive(hub.prepare(FUTURE));
    expect(code({})).toBe('GUARD_SESSION');
  });
});
