/** Pension accounts (product codes 22 and 29) at the desk: the inquiries that each answers, a restart, and a day that no inquiry tells of. */
import { afterEach, describe, expect, it } from 'vitest';
import type { KisBroker } from '#core/broker/index.ts';
import { psblOrder } from '#core/broker/kis/domestic/wire/inquire-psbl-order.ts';
import { openKisBroker } from '#core/app/environments/kis-broker.ts';
import { MarketHub } from '#core/market/index.ts';
import { Desk, TradingGate } from '#core/trading/index.ts';
import type { InstrumentId, NewOrder } from '#shared/domain/index.ts';
import { MemoryJournal } from '#test/support/desk-stand.ts';
import { openKisStage, type KisStage } from '#test/support/kis-stage.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { PLAIN } from '#test/support/plain-order.ts';
import { SAMSUNG, TEST_LISTING } from '#test/support/simulator.ts';

const PENSION = 'kis-pension';
const find = (id: InstrumentId) => TEST_LISTING.find((issue) => issue.id === id);
const closers: (() => unknown)[] = [];
let requests = 0;

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function opened(productCode: string) {
  const gate = new TradingGate();
  const stage = await openKisStage({ currentEpoch: () => gate.epoch });
  closers.push(() => stage.close());
  const { rest, realtime, serverClock, time, feed } = stage;
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const nothing = { length: 0, columns: {} as never };
  const listed = { instruments: () => TEST_LISTING, find, dailyCandles: () => nothing };
  const hub = new MarketHub({ feed, clock, timers, logger, ...listed });
  closers.push(() => hub.close());
  const keys = { ...stage.keys, productCode };
  const journal = new MemoryJournal();
  let ids = 0;
  const start = async (): Promise<{ readonly broker: KisBroker; readonly desk: Desk }> => {
    const line = { environment: 'real', rest, realtime, serverClock, clock, timers, logger } as const;
    const account = { ...line, keys, currentEpoch: () => gate.epoch };
    const about = { connectionId: PENSION, name: '연금', find, power: null, bondWishes: { tell: () => undefined } };
    const broker = openKisBroker(account, about);
    const next = (): string => `id-${(ids += 1)}`;
    const desk = new Desk({ journal, broker, market: hub, clock, timers, ids: { next }, log: logger, gate });
    closers.push(() => desk.stop());
    closers.push(() => broker.close());
    await stage.drive(desk.start());
    await stage.drive(hub.prepare(SAMSUNG));
    await time.advance(5_000);
    return { broker, desk };
  };
  /** As the screen does it: what the guard must know is asked for, then the order is sent. */
  const sent = async (desk: Desk, change: Partial<NewOrder> = {}) => {
    await stage.drive(hub.prepare(SAMSUNG));
    return stage.drive(desk.submit(order(change)));
  };
  return { stage, sent, start, ...(await start()) };
}

const order = (change: Partial<NewOrder> = {}): NewOrder => ({
  requestId: `request-${(requests += 1)}`,
  accountId: PENSION,
  instrumentId: SAMSUNG,
  side: 'buy',
  type: 'market',
  timeInForce: 'day',
  ...PLAIN,
  price: null,
  quantity: 3,
  allowDuplicate: true,
  ...change,
});

const firmOf = (stage: KisStage) => {
  const { simulator } = stage.emulator;
  const account = simulator.accounts().find(({ name }) => name.includes('연금'));
  return { account, held: simulator.positions(account?.accountId ?? '') };
};

/** A price that rests. */
const lowest = ({ emulator }: KisStage): number => {
  const low = emulator.simulator.issue(SAMSUNG)?.lowerLimit ?? 0;
  expect(low).toBeGreaterThan(0);
  return low;
};

const stateOf = (desk: Desk) => desk.snapshot().find((delta) => delta.kind === 'tradingState');

describe.each(['29', '22'])('a pension of product code %s', (productCode) => {
  it('buys, rests, is withdrawn and sells, to the won as the firm has it', async () => {
    const { stage, sent, desk } = await opened(productCode);
    expect(desk.accounts()).toMatchObject([{ accountId: PENSION, name: '연금' }]);
    const bought = await sent(desk);
    expect(bought).toMatchObject({ state: 'accepted' });
    await stage.time.advance(8_000);
    expect(desk.positions(PENSION)).toMatchObject([{ instrumentId: SAMSUNG, quantity: 3, sellable: 3 }]);
    const low = lowest(stage);
    const resting = await sent(desk, { type: 'limit', price: low, quantity: 1 });
    expect(resting).toMatchObject({ state: 'accepted' });
    await stage.time.advance(3_000);
    expect(desk.orders({ accountId: PENSION, open: true, limit: 9 })).toHaveLength(1);
    await stage.drive(desk.cancel({ requestId: `request-${(requests += 1)}`, orderId: resting.orderId }));
    await stage.time.advance(6_000);
    expect(desk.orders({ accountId: PENSION, open: true, limit: 9 })).toHaveLength(0);
    await sent(desk, { side: 'sell', quantity: 1 });
    await stage.time.advance(60_000);
    const { account, held } = firmOf(stage);
    expect(held).toMatchObject([{ instrumentId: SAMSUNG, quantity: 2 }]);
    expect(desk.positions(PENSION)).toMatchObject([{ quantity: 2 }]);
    const [shown] = desk.accounts();
    expect(shown?.cashD2Krw).toBe(account?.cashD2Krw);
    expect(shown?.buyingPowerKrw).toBe(account?.buyingPowerKrw);
    // The share account of the same number saw nothing of it.
    expect(stage.emulator.books().orders).toEqual([]);
    expect(stateOf(desk)).toMatchObject({ tradingState: { state: 'active' } });
  });
});

describe('a retirement pension', () => {
  it('finds its fills again after a restart on the day, with the average price that the list tells', async () => {
    const { stage, sent, desk, broker, start } = await opened('29');
    await sent(desk, { quantity: 5 });
    await stage.time.advance(8_000);
    const before = desk.fills({ accountId: PENSION, limit: 9 }).map(({ price, quantity }) => price * quantity);
    desk.stop();
    broker.close();
    const again = await start();
    await stage.time.advance(10_000);
    expect(again.desk.positions(PENSION)).toMatchObject([{ quantity: 5 }]);
    expect(again.desk.fills({ accountId: PENSION, limit: 9 })).toHaveLength(before.length);
    const [row] = await stage.drive(again.broker.orders(PENSION, stage.emulator.simulator.session().sessionDate));
    expect(row?.filledValue).toBe(before.reduce((sum, value) => sum + value, 0));
  });

  it('writes off the order of a day before as expired, and halts where a day that nobody saw had traded', async () => {
    const { stage, sent, desk, broker, start } = await opened('29');
    const low = lowest(stage);
    const resting = await sent(desk, { type: 'limit', price: low, quantity: 1 });
    expect(resting).toMatchObject({ state: 'accepted' });
    await stage.time.advance(3_000);
    desk.stop();
    broker.close();
    await stage.drive(stage.emulator.nextDay());
    // The token of the day before has run out: another one is issued once a minute.
    await stage.time.advance(60_000);
    const again = await start();
    await stage.time.advance(20_000);
    const after = again.desk.orders({ accountId: PENSION, open: false, limit: 9 });
    expect(after.find(({ orderId }) => orderId === resting.orderId)).toMatchObject({ state: 'expired', filledQty: 0 });
    expect(stateOf(again.desk)).toMatchObject({ tradingState: { state: 'active' } });
    await expect(stage.drive(again.broker.orders(PENSION, '2026-11-24' as never))).rejects.toMatchObject({
      code: 'KIS_ANSWER_BAD',
    });
    // What traded on a day that nobody can ask about shows in what is held, and stops trading.
    again.desk.stop();
    again.broker.close();
    const { account } = firmOf(stage);
    const elsewhere = {
      accountId: account?.accountId ?? '',
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'market',
    } as const;
    const { simulator } = stage.emulator;
    await stage.drive(simulator.jump('open'));
    expect(simulator.submit({ ...elsewhere, timeInForce: 'day', ...PLAIN, price: null, quantity: 2 })).toMatchObject({
      ok: true,
    });
    await stage.time.advance(5_000);
    expect(firmOf(stage).held).toMatchObject([{ quantity: 2 }]);
    await stage.drive(stage.emulator.nextDay());
    await stage.time.advance(60_000);
    const third = await start();
    await stage.time.advance(60_000);
    expect(stateOf(third.desk)).toMatchObject({ tradingState: { state: 'halted' } });
  });

  it('tells its deposit, and has none of the inquiries of other accounts', async () => {
    const { stage } = await opened('29');
    const call = (api: string, product: string, params = {}) => {
      const account = { CANO: stage.keys.accountNo, ACNT_PRDT_CD: product };
      return stage.drive(stage.rest.call({ api, lane: 'account', params: { ...account, ...params } }));
    };
    const told = await call('domestic-stock.pension-inquire-deposit', '29', { ACCA_DVSN_CD: '00' });
    expect(told.blocks['output']).toMatchObject({ dnca_tota: String(firmOf(stage).account?.cashD0Krw) });
    const { api, params } = psblOrder({ CANO: '', ACNT_PRDT_CD: '' });
    const { CANO: _number, ACNT_PRDT_CD: _product, ...asked } = params;
    await expect(call(api, '29', asked)).rejects.toMatchObject({ code: 'KIS_INPUT' });
    await expect(call(api, '01', asked)).resolves.toBeDefined();
  });
});
