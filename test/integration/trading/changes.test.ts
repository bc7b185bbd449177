/** Replace and cancel: asked once, confirmed by notice or inquiry. */
import { describe, expect, it } from 'vitest';
import { DeskStand } from '#test/support/desk-stand.ts';

const sent = (stand: DeskStand): string[] => stand.broker.received.map(({ verb }) => verb);

describe('changes', () => {
  it('wait for the confirming notice, and bring a new number to the same order', async () => {
    const stand = await DeskStand.open();
    const { orderId } = await stand.submit({ quantity: 10, price: 9_900 });
    stand.broker.fill('000001', 4);
    await stand.time.advance(10);
    const answer = stand.desk.replace({ requestId: stand.requestId(), orderId, price: 9_950 });
    await stand.time.settle();
    expect(await answer).toMatchObject({ state: 'partiallyFilled', reason: null });
    expect(stand.find(orderId)).toMatchObject({ pending: 'replace', price: 9_900 });
    await expect(stand.desk.replace({ requestId: stand.requestId(), orderId, price: 9_960 })).rejects.toMatchObject({
      code: 'ORDER_PENDING',
    });
    await stand.time.advance(10);
    expect(stand.find(orderId)).toMatchObject({ pending: 'none', price: 9_950, brokerOrderNos: ['000001', '000002'] });
    stand.broker.fill('000002', 6);
    await stand.time.advance(10);
    expect(stand.find(orderId)).toMatchObject({ state: 'filled', filledQty: 10, filledValue: 4 * 9_900 + 6 * 9_950 });
  });

  it('are judged by the guard, and by the money they need more', async () => {
    const stand = await DeskStand.open({ accounts: [{ accountId: 'A1', cashKrw: 100_010 }] });
    const { orderId } = await stand.submit({ quantity: 10, price: 10_000 });
    const change = (price: number) => stand.desk.replace({ requestId: stand.requestId(), orderId, price });
    expect(await change(10_010)).toMatchObject({
      state: 'accepted',
      reason: { code: 'GUARD_CASH', messageKo: '주문 가능 금액이 100원 모자랍니다.' },
    });
    expect(await change(9_995)).toMatchObject({ reason: { code: 'GUARD_TICK' } });
    expect(sent(stand)).toEqual(['submit']);
    const lower = change(9_990);
    await stand.time.advance(10);
    expect(await lower).toMatchObject({ reason: null });
    expect(stand.find(orderId).price).toBe(9_990);
  });

  it('that are refused or lost leave the order as it was', async () => {
    const stand = await DeskStand.open();
    const { orderId } = await stand.submit({ price: 9_900 });
    stand.broker.mischief.replace = () => ({ refuse: 'EXCH_LIMIT' });
    const refused = stand.desk.replace({ requestId: stand.requestId(), orderId, price: 9_950 });
    await stand.time.advance(1_000);
    expect(await refused).toMatchObject({ state: 'accepted', reason: { code: 'EXCH_LIMIT' } });
    expect(stand.find(orderId)).toMatchObject({ pending: 'none', price: 9_900 });
    stand.broker.mischief.replace = () => 'lost';
    const lost = stand.desk.replace({ requestId: stand.requestId(), orderId, price: 9_960 });
    await stand.time.advance(4_000);
    expect(stand.find(orderId).pending).toBe('replace');
    await stand.time.advance(1_000);
    expect(await lost).toMatchObject({ reason: { code: 'ORDER_UNCONFIRMED' } });
    await stand.time.advance(20_000);
    expect(stand.find(orderId)).toMatchObject({ pending: 'none', price: 9_900 });
    expect(stand.alerts()).toContain('삼성전자 매수 10주 주문의 정정이 반영되지 않았습니다.');
  });

  it('whose notice is lost are found by asking', async () => {
    const stand = await DeskStand.open();
    const { orderId } = await stand.submit({ price: 9_900 });
    stand.broker.mischief.notice = (event) =>
      event.kind === 'replaced' || event.kind === 'canceled' ? 'drop' : undefined;
    void stand.desk.replace({ requestId: stand.requestId(), orderId, price: 9_950 });
    await stand.time.advance(20_000);
    expect(stand.find(orderId)).toMatchObject({ pending: 'none', price: 9_950, brokerOrderNo: '000002' });
    void stand.desk.cancel({ requestId: stand.requestId(), orderId });
    await stand.time.advance(20_000);
    expect(stand.find(orderId)).toMatchObject({ state: 'canceled' });
  });

  it('to cancel are sent again only after an inquiry found the order open, and not for ever', async () => {
    const stand = await DeskStand.open();
    const { orderId } = await stand.submit({ price: 9_900 });
    let asked = 0;
    stand.broker.mischief.cancel = () => {
      asked += 1;
      return 'lost';
    };
    stand.broker.mischief.inquiry = () => 'fails';
    void stand.desk.cancel({ requestId: stand.requestId(), orderId });
    await stand.time.advance(20_000);
    expect(asked).toBe(1);
    stand.broker.mischief.inquiry = () => undefined;
    await stand.time.advance(300_000);
    expect(asked).toBe(10);
    expect(stand.find(orderId)).toMatchObject({ state: 'accepted', pending: 'none' });
    expect(stand.alerts().some((title) => title.includes('취소가 받아들여지지 않았습니다'))).toBe(true);
    stand.broker.mischief = {};
    void stand.desk.cancel({ requestId: stand.requestId(), orderId });
    await stand.time.advance(10);
    expect(stand.find(orderId).state).toBe('canceled');
    await expect(stand.desk.cancel({ requestId: stand.requestId(), orderId })).rejects.toMatchObject({
      code: 'ORDER_NOT_OPEN',
    });
    await expect(stand.desk.cancel({ requestId: stand.requestId(), orderId: 'nothing' })).rejects.toMatchObject({
      code: 'ORDER_UNKNOWN',
    });
  });

  it('to cancel overtake a replace that is under way', async () => {
    const stand = await DeskStand.open();
    const { orderId } = await stand.submit({ price: 9_900 });
    stand.broker.mischief.notice = (event) => (event.kind === 'replaced' ? 'late' : undefined);
    void stand.desk.replace({ requestId: stand.requestId(), orderId, price: 9_950 });
    await stand.time.settle();
    void stand.desk.cancel({ requestId: stand.requestId(), orderId }).catch(() => undefined);
    await stand.time.advance(20_000);
    expect(stand.broker.openNos()).toEqual([]);
    expect(stand.find(orderId)).toMatchObject({ state: 'canceled', brokerOrderNos: ['000001', '000002'] });
  });

  it('cancel all that is open now, and nothing that comes after', async () => {
    const stand = await DeskStand.open({
      accounts: [
        { accountId: 'A1', cashKrw: 10_000_000 },
        { accountId: 'A2', cashKrw: 10_000_000 },
      ],
    });
    await stand.submit({ price: 9_900 });
    await stand.submit({ price: 9_800 });
    await stand.submit({ accountId: 'A2', price: 9_700 });
    expect(await stand.desk.cancelAll('A1')).toEqual({ asked: 2 });
    const after = await stand.submit({ price: 9_600 });
    await stand.time.advance(5_000);
    expect(stand.orders('A1').map(({ state }) => state)).toEqual(['accepted', 'canceled', 'canceled']);
    expect(stand.orders('A2').map(({ state }) => state)).toEqual(['accepted']);
    expect(stand.find(after.orderId).state).toBe('accepted');
    expect(await stand.desk.cancelAll(null)).toEqual({ asked: 2 });
    await stand.time.advance(5_000);
    expect(await stand.desk.cancelAll(null)).toEqual({ asked: 0 });
    await expect(stand.desk.cancelAll('nobody')).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
  });
});
