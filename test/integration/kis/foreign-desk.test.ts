/** American stocks at KIS, real and paper, before the offline KIS: quotes, charts, orders, fills, holdings, dollars. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Cleared } from '#shared/domain/index.ts';
import type { ReplaceRequest, SubmitOrder } from '#core/broker/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { PLAIN } from '#test/support/plain-order.ts';
import { AAPL, DOLLARS, openForeignStage, type ForeignStage } from '#test/support/foreign-stage.ts';

const TODAY = sessionDate('2026-11-23');
let stage: ForeignStage;

afterEach(() => stage.close());

const cleared = <T>(order: T): Cleared<T> => ({ order, epoch: stage.epoch }) as Cleared<T>;

const limit = (change: Partial<SubmitOrder>): Cleared<SubmitOrder> =>
  cleared({
    accountId: DOLLARS,
    instrumentId: AAPL,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    ...PLAIN,
    price: 2_300_000,
    quantity: 1,
    ...change,
  });

async function placed(change: Partial<SubmitOrder>): Promise<string> {
  const answer = await stage.drive(stage.desk.submit(limit(change)));
  if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.params)}`);
  return answer.brokerOrderNo;
}

/** Everything the market and the notices have to say is here by then. */
const settle = (ms = 6_000): Promise<void> => stage.time.advance(ms);

describe.each(['real', 'paper'] as const)('American stocks at KIS %s', (env) => {
  it('shows the dollar account in 1/10,000 dollar', async () => {
    stage = await openForeignStage({ env });
    const [account] = await stage.drive(stage.desk.accounts());
    expect(account).toMatchObject({
      accountId: DOLLARS,
      currency: 'USD',
      startingCashKrw: null,
      cashD2Krw: 1_000_000_000,
      buyingPowerKrw: 1_000_000_000,
      reservedKrw: 0,
      sessionDate: TODAY,
    });
  });

  it('places, replaces and withdraws a limit order, and shows each number of it', async () => {
    stage = await openForeignStage({ env });
    const first = await placed({ price: 1_000_000, quantity: 3 });
    await settle();
    const [open] = await stage.drive(stage.desk.openOrders());
    expect(open).toMatchObject({ brokerOrderNo: first, status: 'open', price: 1_000_000, quantity: 3, filledQty: 0 });
    expect((await stage.drive(stage.desk.account())).buyingPowerKrw).toBeLessThanOrEqual(1_000_000_000 - 3_000_000);
    const change = cleared<ReplaceRequest>({ accountId: DOLLARS, brokerOrderNo: first, price: 1_010_000 });
    expect(await stage.drive(stage.desk.replace(change))).toEqual({ ok: true });
    await settle();
    const [next] = await stage.drive(stage.desk.openOrders());
    expect(next).toMatchObject({ originalOrderNo: first, price: 1_010_000, quantity: 3 });
    const second = next?.brokerOrderNo ?? '';
    expect(await stage.drive(stage.desk.cancel({ accountId: DOLLARS, brokerOrderNo: second }))).toEqual({ ok: true });
    await settle();
    const orders = await stage.drive(stage.desk.orders(TODAY));
    expect(orders.map(({ brokerOrderNo, status }) => ({ brokerOrderNo, status }))).toEqual([
      { brokerOrderNo: first, status: 'replaced' },
      { brokerOrderNo: second, status: 'canceled' },
    ]);
    expect(
      stage.events.filter(({ kind }) => kind === 'replaced' || kind === 'canceled').map(({ kind }) => kind),
    ).toEqual(['replaced', 'canceled']);
    expect((await stage.drive(stage.desk.account())).buyingPowerKrw).toBe(1_000_000_000);
  });

  it('refuses what America does not know without sending it, and an order cleared under another state', async () => {
    stage = await openForeignStage({ env });
    const submit = (change: Partial<SubmitOrder>) => stage.drive(stage.desk.submit(limit(change)));
    expect(await submit({ type: 'market', price: null })).toEqual({ ok: false, code: 'EXCH_TYPE' });
    expect(await submit({ timeInForce: 'ioc' })).toEqual({ ok: false, code: 'EXCH_TYPE' });
    expect(await submit({ instrumentId: 'KRX:005930' })).toEqual({ ok: false, code: 'EXCH_UNKNOWN_ISSUE' });
    const stale = limit({});
    stage.epoch += 1;
    expect(await stage.drive(stage.desk.submit(stale))).toEqual({ ok: false, code: 'GUARD_HALTED' });
    expect(await stage.drive(stage.desk.orders(TODAY))).toEqual([]);
  });

  it('buys at the market and tells fills whose sum is exact, holdings with their cost, and the dollars left', async () => {
    stage = await openForeignStage({ env });
    await stage.drive(stage.feed.prepare(AAPL));
    const last = stage.feed.issue(AAPL)?.last || stage.feed.issue(AAPL)?.base || 0;
    const price = Math.ceil((last * 1.02) / 100) * 100;
    const no = await placed({ price, quantity: 5 });
    await settle(30_000);
    const [order] = await stage.drive(stage.desk.orders(TODAY));
    expect(order).toMatchObject({ brokerOrderNo: no, status: 'filled', filledQty: 5 });
    const executions = await stage.drive(stage.desk.executions(TODAY));
    expect(executions.at(-1)).toMatchObject({
      cumulativeQty: 5,
      cumulativeValue: order?.filledValue,
      settlementDate: '2026-11-24',
    });
    const heard = stage.events.flatMap((event) => (event.kind === 'fill' ? [event.execution.quantity] : []));
    expect(heard.reduce((sum, quantity) => sum + quantity, 0)).toBe(5);
    const positions = await stage.drive(stage.desk.positions());
    expect(positions).toEqual([
      { accountId: DOLLARS, instrumentId: AAPL, quantity: 5, sellable: 5, costKrw: order?.filledValue },
    ]);
    const paid = (order?.filledValue ?? 0) + (executions.at(-1)?.cumulativeCommissionKrw ?? 0);
    const { cashD2Krw } = await stage.drive(stage.desk.account());
    expect(1_000_000_000 - cashD2Krw).toBe(paid);
  });

  it('tells what another program did as its own', async () => {
    stage = await openForeignStage({ env });
    await stage.drive(stage.desk.orders(TODAY));
    // The same server seen by a second client that this desk knows nothing of.
    const other = limit({ price: 1_000_000 });
    const { rest, keys } = stage;
    await stage.drive(
      rest.call({
        api: 'overseas-stock.order',
        select: { side: 'buy' },
        lane: 'order',
        pass: { cleared: other },
        params: {
          CANO: keys.accountNo,
          ACNT_PRDT_CD: keys.productCode,
          OVRS_EXCG_CD: 'NASD',
          PDNO: 'AAPL',
          ORD_QTY: '2',
          OVRS_ORD_UNPR: '100.00',
          SLL_TYPE: '',
          ORD_SVR_DVSN_CD: '0',
          ORD_DVSN: '00',
        },
      }),
    );
    await settle();
    const orders = await stage.drive(stage.desk.orders(TODAY));
    expect(orders).toMatchObject([{ status: 'open', price: 1_000_000, quantity: 2 }]);
  });

  it('shows a price, and a chart of days', async () => {
    stage = await openForeignStage({ env });
    await stage.drive(stage.feed.prepare(AAPL));
    const issue = stage.feed.issue(AAPL);
    expect(issue?.phase).toBe('afterMarket');
    expect(issue?.base).toBeGreaterThan(1_000_000);
    expect(issue?.last).toBeGreaterThan(1_000_000);
    expect(stage.feed.staleSince(AAPL)).toBeNull();
    const never = new AbortController().signal;
    const days = await stage.drive(stage.feed.candles({ instrumentId: AAPL, interval: '1d', limit: 5 }, never));
    expect(days.length).toBe(5);
    const times = [...days.columns.openTs];
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

describe('American quotes at KIS real', () => {
  it('come live with trades and a book of ten levels', async () => {
    stage = await openForeignStage({ env: 'real' });
    const stops = (['quote', 'book'] as const).map((what) =>
      stage.feed.want({ instrumentId: AAPL, what, rank: 'focus' }),
    );
    await settle(2_000);
    await stage.drive(stage.emulator.simulator.step(180_000));
    await settle(1_000);
    const book = stage.feed.depth(AAPL);
    expect(book?.bids.length).toBeGreaterThan(0);
    expect(book?.bids.length).toBeLessThanOrEqual(10);
    expect(book?.bids[0]?.price).toBeLessThan(book?.asks[0]?.price ?? 0);
    expect(stage.trades.length).toBeGreaterThan(0);
    expect(stage.trades.every(({ price, quantity }) => Number.isSafeInteger(price) && quantity > 0)).toBe(true);
    for (const stop of stops) stop();
    const heard = stage.trades.length;
    await settle(5_000);
    expect(stage.trades).toHaveLength(heard);
  });

  it('have a chart of minutes, merged into longer ones', async () => {
    stage = await openForeignStage({ env: 'real' });
    const never = new AbortController().signal;
    const ask = (interval: '1m' | '5m') =>
      stage.drive(stage.feed.candles({ instrumentId: AAPL, interval, limit: 60 }, never));
    const minutes = await ask('1m');
    expect(minutes.length).toBeGreaterThan(0);
    const fives = await ask('5m');
    expect([...fives.columns.openTs].every((ts) => ts % 300_000 === 0)).toBe(true);
  });
});
