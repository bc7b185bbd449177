/** Listed bonds at the desk: quotes, orders, purchases and the one pot of cash, through guard, KIS and the books. */
import { afterEach, describe, expect, it } from 'vitest';
import type { NewOrder } from '#shared/domain/index.ts';
import { BONDS, CORPORATE, openBondStage, type BondStage } from '#test/support/bond-stage.ts';
import { KIS_ACCOUNT } from '#test/support/kis-stage.ts';
import { PLAIN } from '#test/support/plain-order.ts';

let stage: BondStage;
let requests = 0;

afterEach(() => stage.close());

/** The ticket looks at a bond: its account comes, its figures are here. */
async function begin(): Promise<void> {
  stage = await openBondStage();
  await stage.drive(stage.hub.prepare(CORPORATE));
  await stage.time.advance(8_000);
  await fresh();
}

const fresh = () => stage.drive(stage.hub.prepare(CORPORATE));
const last = (): number => stage.hub.facts(CORPORATE)?.last ?? stage.hub.facts(CORPORATE)?.base ?? 0;

const order = (change: Partial<NewOrder> = {}): NewOrder => ({
  requestId: `bond-${(requests += 1)}`,
  accountId: BONDS,
  instrumentId: CORPORATE,
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  ...PLAIN,
  price: last(),
  quantity: 100,
  allowDuplicate: true,
  ...change,
});

const preview = (change: Partial<NewOrder> = {}) => {
  const { requestId: _requestId, allowDuplicate: _allowDuplicate, ...draft } = order(change);
  return stage.desk.preview(draft);
};
const submit = async (change: Partial<NewOrder>) => {
  await fresh();
  const ack = await stage.drive(stage.desk.submit(order(change)));
  await stage.time.advance(8_000);
  return ack;
};
const newest = () => stage.desk.orders({ accountId: BONDS, open: false, limit: 1 })[0];
const cashOf = (accountId: string) => stage.desk.accounts().find((each) => each.accountId === accountId)?.cashD2Krw;

describe('the bond account', () => {
  it('is not there until a bond is held or in the ticket', async () => {
    stage = await openBondStage();
    await stage.time.advance(30_000);
    expect(stage.desk.accounts().map(({ accountId }) => accountId)).toEqual([KIS_ACCOUNT]);
    expect(stage.desk.tradingState.state).toBe('active');
    await stage.drive(stage.hub.prepare(CORPORATE));
    await stage.time.advance(8_000);
    expect(stage.desk.accounts()).toMatchObject([
      { accountId: KIS_ACCOUNT, cashD2Krw: 100_000_000 },
      { accountId: BONDS, product: 'bond', cashD2Krw: 100_000_000, buyingPowerKrw: 100_000_000 },
    ]);
  });

  it('judges an order by face amount, tick, hours and account, and takes limit orders of the day only', async () => {
    await begin();
    const price = last();
    const { denial, amountKrw, totalKrw, settlementDate } = preview({ quantity: 100 });
    expect(denial).toBeNull();
    // 100 units of 1,000 won of face at a price for 10,000 won.
    expect(amountKrw).toBe(Math.floor((price * 100) / 1_000));
    expect(totalKrw).toBe(amountKrw + Math.floor((amountKrw * 15) / 10_000));
    expect(settlementDate).toBe('2026-11-24');
    const tick = preview({ price: 1_026_550 }).denial;
    expect(tick).toMatchObject({
      code: 'GUARD_TICK',
      messageKo: '가격이 호가 단위 1.00원에 맞지 않습니다.',
      actionKo: '10,265.00원이나 10,266.00원으로 바꾸세요.',
    });
    expect(preview({ type: 'market', price: null }).denial?.code).toBe('GUARD_BOND_TYPE');
    expect(preview({ timeInForce: 'ioc' }).denial?.code).toBe('GUARD_BOND_TYPE');
    expect(preview({ accountId: KIS_ACCOUNT }).denial?.code).toBe('GUARD_BOND_ACCOUNT');
    expect(preview({ side: 'sell', quantity: 1 }).denial?.code).toBe('GUARD_BOND_SELLABLE');
    expect(preview({ quantity: 1_000_000 }).denial?.code).toBe('GUARD_BOND_CASH');
  });

  it('shows price, yield, book and days', async () => {
    await begin();
    const { hub } = stage;
    const stop = hub.watchBook({ instrumentId: CORPORATE, venue: 'KRX' }, () => undefined);
    await stage.time.advance(3_000);
    const depth = stage.feed.depth(CORPORATE, 'KRX');
    expect(depth?.asks).toHaveLength(5);
    expect(depth?.bids[0]?.price).toBeLessThan(depth?.asks[0]?.price ?? 0);
    expect(depth?.asks.every(({ price }) => price % 100 === 0)).toBe(true);
    expect(stage.feed.issue(CORPORATE)?.yieldPpm).toBeGreaterThan(0);
    stop();
    const never = new AbortController().signal;
    const days = await stage.drive(hub.fetchCandles({ instrumentId: CORPORATE, interval: '1d', limit: 50 }, never));
    expect(days.length).toBeGreaterThanOrEqual(50);
    expect([...days.columns.openTs]).toEqual([...days.columns.openTs].sort((a, b) => a - b));
  });

  it('places, moves and withdraws an order', async () => {
    await begin();
    const far = last() - 10_000;
    const ack = await submit({ price: far });
    expect(newest()).toMatchObject({ orderId: ack.orderId, state: 'accepted', price: far, filledQty: 0 });
    await fresh();
    await stage.drive(stage.desk.replace({ requestId: 'bond-move', orderId: ack.orderId, price: far + 100 }));
    await stage.time.advance(8_000);
    expect(newest()).toMatchObject({ state: 'accepted', price: far + 100, quantity: 100 });
    await stage.drive(stage.desk.cancel({ requestId: 'bond-cancel', orderId: ack.orderId }));
    await stage.time.advance(8_000);
    expect(newest()).toMatchObject({ state: 'canceled', filledQty: 0 });
    expect(stage.desk.tradingState.state).toBe('active');
  });

  it('buys twice and sells out of one purchase at a time, to the won, and finds it again after a restart', async () => {
    await begin();
    await submit({ price: last() + 1_000, quantity: 300 });
    await submit({ price: last() + 1_000, quantity: 200 });
    expect(stage.desk.positions(BONDS)).toMatchObject([{ instrumentId: CORPORATE, quantity: 500 }]);
    expect(stage.emulator.bonds.lots.map(({ quantity }) => quantity)).toEqual([300, 200]);
    // Together there is enough, but no single purchase has so much.
    const both = await submit({ side: 'sell', price: last() - 1_000, quantity: 400 });
    expect(both).toMatchObject({ state: 'rejected', reason: { code: 'KIS_BOND_LOTS' } });
    await submit({ side: 'sell', price: last() - 1_000, quantity: 250 });
    expect(newest()).toMatchObject({ state: 'filled', filledQty: 250 });
    expect(stage.emulator.bonds.lots.map(({ quantity }) => quantity)).toEqual([50, 200]);
    // Bonds are paid from the one pot, which both accounts show.
    const left = 100_000_000 - stage.emulator.bonds.paid;
    expect(stage.emulator.bonds.paid).toBeGreaterThan(0);
    expect([cashOf(BONDS), cashOf(KIS_ACCOUNT)]).toEqual([left, left]);
    expect(stage.desk.tradingState.state).toBe('active');
    const before = { fills: stage.desk.fills({ accountId: BONDS, limit: 10 }), held: stage.desk.positions(BONDS) };
    await stage.restart();
    expect(stage.desk.fills({ accountId: BONDS, limit: 10 })).toEqual(before.fills);
    expect(stage.desk.positions(BONDS)).toEqual(before.held);
    expect(stage.desk.tradingState.state).toBe('active');
  });

  it('never sends an order twice whose answer was cut off, and finds it by asking', async () => {
    await begin();
    stage.emulator.faults.call({ kind: 'cut', when: 'after' }, { only: 'orders' });
    await fresh();
    const ack = await stage.drive(stage.desk.submit(order({ price: last() - 10_000, quantity: 10 })));
    expect(ack.state).toBe('unconfirmed');
    await stage.time.advance(20_000);
    expect(stage.desk.orders({ accountId: BONDS, open: false, limit: 10 })).toMatchObject([
      { orderId: ack.orderId, state: 'accepted', external: false },
    ]);
    expect(stage.emulator.bonds.orders).toHaveLength(1);
    expect(stage.desk.tradingState.state).toBe('active');
  });
});
