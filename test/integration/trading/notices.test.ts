/** What the broker tells: early, twice, late, too much, about others. */
import { describe, expect, it } from 'vitest';
import { DeskStand } from '#test/support/desk-stand.ts';

describe('notices', () => {
  it('that come before the answer wait for the number', async () => {
    const stand = await DeskStand.open({ noticeMs: 0 });
    // Filled the moment it arrives: both are told before the answer is.
    const unhook = stand.broker.events((event) => {
      if (event.kind === 'accepted') stand.broker.fill(event.order.brokerOrderNo, 10);
    });
    const ack = await stand.submit();
    unhook();
    expect(stand.find(ack.orderId)).toMatchObject({ state: 'filled', filledQty: 10 });
    expect(stand.orders()).toHaveLength(1);
  });

  it('are counted once when repeated, asked for when missing', async () => {
    const stand = await DeskStand.open();
    const { orderId } = await stand.submit({ quantity: 10 });
    stand.broker.mischief.notice = (event) =>
      event.kind === 'fill' ? (event.execution.cumulativeQty === 3 ? 'drop' : 'twice') : 'twice';
    stand.broker.fill('000001', 3);
    await stand.time.advance(10);
    expect(stand.find(orderId).filledQty).toBe(0);
    stand.broker.fill('000001', 5);
    await stand.time.advance(1_000);
    expect(stand.find(orderId)).toMatchObject({ filledQty: 8, state: 'partiallyFilled' });
    expect(
      stand.desk.fills({ accountId: 'A1', limit: 10 }).map(({ quantity, reconciled }) => [quantity, reconciled]),
    ).toEqual([
      [5, true],
      [3, true],
    ]);
  });

  it('of a fill after a cancel win, with an alert', async () => {
    const stand = await DeskStand.open();
    const { orderId } = await stand.submit({ quantity: 10 });
    await stand.desk.cancel({ requestId: stand.requestId(), orderId });
    await stand.time.advance(10);
    expect(stand.find(orderId)).toMatchObject({ state: 'canceled', filledQty: 0 });
    stand.broker.fill('000001', 10);
    await stand.time.advance(10);
    expect(stand.find(orderId)).toMatchObject({ state: 'filled', filledQty: 10 });
    expect(stand.alerts()).toContain('끝난 것으로 보았던 삼성전자 매수 10주 주문이 10주 체결되었습니다.');
    expect(stand.desk.tradingState.state).toBe('active');
  });

  it('of a fill beyond the quantity halt trading', async () => {
    const stand = await DeskStand.open();
    await stand.submit({ quantity: 10 });
    const other = await stand.submit({ quantity: 7, price: 9_000 });
    stand.broker.fill('000001', 11);
    await stand.time.advance(100);
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'invariant' });
    expect(stand.alerts().some((title) => title.includes('맞지 않는 체결'))).toBe(true);
    expect(stand.find(other.orderId).state).toBe('canceled');
  });

  it('of an order that was rejected halt trading when they bring a fill', async () => {
    const stand = await DeskStand.open();
    const { orderId } = await stand.submit({ quantity: 10 });
    stand.broker.say({
      kind: 'rejected',
      accountId: 'A1',
      brokerOrderNo: '000001',
      what: 'order',
      code: 'EXCH_LIMIT',
      exchangeTs: stand.time.clock.now(),
    });
    expect(stand.find(orderId)).toMatchObject({ state: 'rejected', reason: { code: 'EXCH_LIMIT' } });
    stand.broker.fill('000001', 1);
    await stand.time.advance(100);
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'invariant' });
  });

  it('of another program make an external order, which can be cancelled here', async () => {
    const stand = await DeskStand.open();
    const no = stand.broker.placeElsewhere(stand.order({ price: 9_900, quantity: 5 }));
    await stand.time.advance(10);
    const [order] = stand.orders();
    expect(order).toMatchObject({ external: true, state: 'accepted', brokerOrderNo: no });
    stand.broker.fill(no, 2);
    await stand.time.advance(10);
    expect(stand.desk.positions('A1')).toMatchObject([{ quantity: 2 }]);
    await stand.desk.cancel({ requestId: stand.requestId(), orderId: order?.orderId ?? '' });
    await stand.time.advance(10);
    expect(stand.orders()[0]).toMatchObject({ state: 'canceled', filledQty: 2 });
  });
});
