/** Futures and options at KIS, real and paper, before the offline KIS: quotes, charts, orders on both sides, positions, margin, money. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Cleared } from '#shared/domain/index.ts';
import { valueOf } from '#shared/market/index.ts';
import type { ReplaceRequest, SubmitOrder } from '#core/broker/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import {
  CALL,
  FUTURE,
  FUTURES_ACCOUNT,
  openDerivativeStage,
  SHARE_FUTURE,
  type DerivativeStage,
} from '#test/support/derivative-stage.ts';
import { PLAIN } from '#test/support/plain-order.ts';

const TODAY = sessionDate('2026-11-24');
const CASH = 100_000_000;
let stage: DerivativeStage;

afterEach(() => stage.close());

const cleared = <T>(order: T): Cleared<T> => ({ order, epoch: stage.epoch }) as Cleared<T>;

const order = (change: Partial<SubmitOrder>): Cleared<SubmitOrder> =>
  cleared({
    accountId: FUTURES_ACCOUNT,
    instrumentId: FUTURE,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    ...PLAIN,
    price: 36_000,
    quantity: 1,
    ...change,
  });

async function placed(change: Partial<SubmitOrder>): Promise<string> {
  const answer = await stage.drive(stage.broker.submit(order(change)));
  if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.params)}`);
  return answer.brokerOrderNo;
}

const settle = (ms = 6_000): Promise<void> => stage.time.advance(ms);

/** Trades at the market and waits until the desk has heard of it. */
async function traded(change: Partial<SubmitOrder>): Promise<void> {
  const no = await placed({ type: 'market', price: null, ...change });
  await settle();
  const orders = await stage.drive(stage.broker.orders(FUTURES_ACCOUNT, TODAY));
  expect(orders.find(({ brokerOrderNo }) => brokerOrderNo === no)).toMatchObject({ status: 'filled', type: 'market' });
}

const position = async (): Promise<number> => {
  const [held] = await stage.drive(stage.broker.positions(FUTURES_ACCOUNT));
  return held?.quantity ?? 0;
};

describe.each(['real', 'paper'] as const)('futures and options at KIS %s', (env) => {
  it('shows the account, a quote, a book, and a chart of days', async () => {
    stage = await openDerivativeStage({ env });
    const [account] = await stage.drive(stage.broker.accounts());
    expect(account).toMatchObject({
      accountId: FUTURES_ACCOUNT,
      product: 'derivative',
      startingCashKrw: null,
      cashD0Krw: CASH,
      cashD2Krw: CASH,
      buyingPowerKrw: CASH,
      sessionDate: TODAY,
    });
    await stage.drive(stage.part.prepare(FUTURE));
    const issue = stage.part.issue(FUTURE);
    expect(issue).toMatchObject({ phase: 'continuous' });
    expect(issue?.upperLimit).toBeGreaterThan(issue?.basePrice ?? 0);
    // Ten percent of about ninety million won a contract.
    expect(issue?.openable).toMatchObject({ buy: 11, sell: 11 });
    expect(stage.contracts.find(FUTURE)).toMatchObject({ nameKo: '코스피200 F 202612', lastDay: '2026-12-10' });
    const stop = stage.part.want({ instrumentId: FUTURE, what: 'book', rank: 'focus' });
    await settle(8_000);
    const book = stage.part.depth(FUTURE);
    expect(book?.bids).toHaveLength(5);
    expect(book?.bids[0]?.price).toBeLessThan(book?.asks[0]?.price ?? 0);
    stop();
    const never = new AbortController().signal;
    const days = await stage.drive(stage.part.candles({ instrumentId: FUTURE, interval: '1d', limit: 150 }, never));
    expect(days.length).toBe(150);
    expect([...days.columns.openTs]).toEqual([...days.columns.openTs].sort((a, b) => a - b));
    await stage.drive(stage.part.prepare(CALL));
    expect(stage.contracts.find(CALL)).toMatchObject({ kind: 'call', strike: 36_000 });
    await stage.drive(stage.part.prepare(SHARE_FUTURE));
    expect(stage.part.issue(SHARE_FUTURE)?.basePrice).toBeGreaterThan(1_000_000);
  });

  it('opens a short, adds, closes a part, turns over, and shows every step as the firm has it', async () => {
    stage = await openDerivativeStage({ env });
    await traded({ side: 'sell', quantity: 2 });
    const [short] = await stage.drive(stage.broker.positions(FUTURES_ACCOUNT));
    expect(short).toMatchObject({ instrumentId: FUTURE, quantity: -2, sellable: 2 });
    expect(short?.costKrw).toBeLessThan(-170_000_000);
    await traded({ side: 'buy', quantity: 1 });
    expect(await position()).toBe(-1);
    await traded({ side: 'buy', quantity: 3 });
    expect(await position()).toBe(2);
    await traded({ side: 'sell', quantity: 2 });
    expect(await position()).toBe(0);
    const executions = await stage.drive(stage.broker.executions(FUTURES_ACCOUNT, TODAY));
    const totals = new Map(executions.map((each) => [each.brokerOrderNo, each]));
    expect(totals.size).toBe(4);
    let moved = 0;
    for (const { side, cumulativeValue = 0, cumulativeCommissionKrw } of totals.values())
      moved += (side === 'buy' ? -1 : 1) * valueOf(FUTURE, cumulativeValue, 1) - cumulativeCommissionKrw;
    const account = await stage.drive(stage.broker.account(FUTURES_ACCOUNT));
    // Flat again: what the trades brought less what they cost is all that the cash moved.
    expect(account.cashD0Krw).toBe(CASH + moved);
    expect(account.cashD2Krw).toBe(account.cashD0Krw);
    expect(account.reservedKrw).toBe(0);
  });

  it('places, replaces and withdraws, and shows each number of it', async () => {
    stage = await openDerivativeStage({ env });
    const first = await placed({ price: 34_000, quantity: 3 });
    await settle();
    expect(await stage.drive(stage.broker.openOrders(FUTURES_ACCOUNT))).toMatchObject([
      { brokerOrderNo: first, status: 'open', price: 34_000, quantity: 3, filledQty: 0, type: 'limit' },
    ]);
    expect((await stage.drive(stage.broker.account(FUTURES_ACCOUNT))).buyingPowerKrw).toBeLessThan(CASH);
    const change = cleared<ReplaceRequest>({ accountId: FUTURES_ACCOUNT, brokerOrderNo: first, price: 34_005 });
    expect(await stage.drive(stage.broker.replace(change))).toEqual({ ok: true });
    await settle();
    const [next] = await stage.drive(stage.broker.openOrders(FUTURES_ACCOUNT));
    expect(next).toMatchObject({ originalOrderNo: first, price: 34_005, quantity: 3 });
    const second = next?.brokerOrderNo ?? '';
    expect(await stage.drive(stage.broker.cancel({ accountId: FUTURES_ACCOUNT, brokerOrderNo: second }))).toEqual({
      ok: true,
    });
    await settle();
    const orders = await stage.drive(stage.broker.orders(FUTURES_ACCOUNT, TODAY));
    expect(orders.map(({ brokerOrderNo, status }) => ({ brokerOrderNo, status }))).toEqual([
      { brokerOrderNo: first, status: 'replaced' },
      { brokerOrderNo: second, status: 'canceled' },
    ]);
    expect((await stage.drive(stage.broker.account(FUTURES_ACCOUNT))).buyingPowerKrw).toBe(CASH);
  });

  it('refuses without sending what has no code, and an order cleared under another state', async () => {
    stage = await openDerivativeStage({ env });
    const submit = (change: Partial<SubmitOrder>) => stage.drive(stage.broker.submit(order(change)));
    expect(await submit({ type: 'mid', price: null })).toEqual({ ok: false, code: 'EXCH_TYPE' });
    expect(await submit({ route: 'NXT' })).toEqual({ ok: false, code: 'EXCH_TYPE' });
    expect(await submit({ type: 'market' })).toEqual({ ok: false, code: 'EXCH_TICK' });
    expect(await submit({ instrumentId: 'KRX:005930' })).toEqual({ ok: false, code: 'EXCH_UNKNOWN_ISSUE' });
    const stale = order({});
    stage.epoch += 1;
    expect(await stage.drive(stage.broker.submit(stale))).toEqual({ ok: false, code: 'GUARD_HALTED' });
    expect(await stage.drive(stage.broker.orders(FUTURES_ACCOUNT, TODAY))).toEqual([]);
  });

  it('finds an order whose answer never came by asking, with its kind', async () => {
    stage = await openDerivativeStage({ env });
    await stage.drive(stage.broker.orders(FUTURES_ACCOUNT, TODAY));
    stage.emulator.faults.call({ kind: 'cut', when: 'after' }, { only: 'orders' }, 1);
    await expect(stage.drive(stage.broker.submit(order({ timeInForce: 'fok' })))).rejects.toThrow();
    await settle();
    expect(await stage.drive(stage.broker.orders(FUTURES_ACCOUNT, TODAY))).toMatchObject([
      { type: 'limit', timeInForce: 'fok', price: 36_000, quantity: 1 },
    ]);
    // One order left; nothing was sent again.
    expect(stage.emulator.contracts.orders).toHaveLength(1);
  });

  it('buys an option for its premium and sells it again', async () => {
    stage = await openDerivativeStage({ env });
    await stage.drive(stage.part.prepare(CALL));
    await traded({ instrumentId: CALL, quantity: 2 });
    const [held] = await stage.drive(stage.broker.positions(FUTURES_ACCOUNT));
    expect(held).toMatchObject({ instrumentId: CALL, quantity: 2 });
    const account = await stage.drive(stage.broker.account(FUTURES_ACCOUNT));
    expect(account.cashD0Krw).toBeLessThanOrEqual(CASH - (held?.costKrw ?? 0));
    await traded({ instrumentId: CALL, side: 'sell', quantity: 2 });
    expect(await position()).toBe(0);
  });
});

describe('futures at KIS real', () => {
  it('come live with trades and a book, and a chart of minutes', async () => {
    stage = await openDerivativeStage({ env: 'real' });
    const stops = [FUTURE, CALL, SHARE_FUTURE].map((id) =>
      stage.part.want({ instrumentId: id, what: 'quote', rank: 'focus' }),
    );
    await settle(2_000);
    await stage.drive(stage.emulator.simulator.step(120_000));
    await settle(1_000);
    for (const id of [FUTURE, CALL, SHARE_FUTURE]) {
      const mine = stage.trades.filter(({ instrumentId }) => instrumentId === id);
      expect(mine.length, id).toBeGreaterThan(5);
      expect(
        mine.some(({ aggressor }) => aggressor === 'buy'),
        id,
      ).toBe(true);
      expect(stage.part.issue(id)?.last, id).toBe(mine.at(-1)?.price);
    }
    for (const stop of stops) stop();
    const never = new AbortController().signal;
    const fives = await stage.drive(stage.part.candles({ instrumentId: FUTURE, interval: '5m', limit: 10 }, never));
    expect(fives.length).toBeGreaterThan(0);
    expect([...fives.columns.openTs].every((ts) => ts % 300_000 === 0)).toBe(true);
  });
});
