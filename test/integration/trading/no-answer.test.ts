/** When the broker is silent, the line is cut, or both sides differ. */
import { describe, expect, it } from 'vitest';
import { DeskStand, SAMSUNG } from '#test/support/desk-stand.ts';

const sent = (stand: DeskStand): string[] => stand.broker.received.map(({ verb }) => verb);

describe('no answer', () => {
  it('makes an order unconfirmed; it is found by its terms and never sent again', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => 'silence';
    stand.broker.mischief.notice = () => 'drop';
    stand.broker.mischief.inquiry = () => 'fails';
    const answer = stand.desk.submit(stand.order({ price: 9_900 }));
    await stand.time.advance(5_000);
    const ack = await answer;
    expect(ack).toMatchObject({
      state: 'unconfirmed',
      reason: { messageKo: '주문 결과를 확인하고 있습니다. 다시 주문하지 마세요.' },
    });
    expect(await stand.submit({ allowDuplicate: false, quantity: 3 })).toMatchObject({
      reason: { code: 'GUARD_UNCONFIRMED' },
    });
    await expect(
      stand.desk.replace({ requestId: stand.requestId(), orderId: ack.orderId, price: 9_950 }),
    ).rejects.toMatchObject({ code: 'ORDER_UNCONFIRMED' });
    stand.broker.fill('000001', 4);
    stand.broker.mischief = {};
    await stand.time.advance(15_000);
    expect(stand.find(ack.orderId)).toMatchObject({ state: 'partiallyFilled', brokerOrderNo: '000001', filledQty: 4 });
    expect(stand.desk.fills({ accountId: 'A1', limit: 10 })).toMatchObject([{ reconciled: true, quantity: 4 }]);
    expect(sent(stand)).toEqual(['submit']);
  });

  it('is told to an automation as a denial even when it insists', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => 'lost';
    void stand.desk.submit(stand.order());
    await stand.time.advance(5_010);
    stand.broker.mischief = {};
    const order = stand.order({ allowDuplicate: true, quantity: 3 });
    expect(await stand.desk.submit(order, { automated: true })).toMatchObject({
      reason: { code: 'GUARD_UNCONFIRMED' },
    });
    expect(await stand.submit({ allowDuplicate: true, quantity: 3 })).toMatchObject({ state: 'accepted' });
    await stand.buy(5);
    expect(await stand.desk.submit(stand.order({ side: 'sell', quantity: 1 }), { automated: true })).not.toMatchObject({
      state: 'denied',
    });
  });

  it('is still heard when it comes late', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => 'late';
    stand.broker.mischief.notice = () => 'drop';
    stand.broker.mischief.inquiry = () => 'fails';
    const answer = stand.desk.submit(stand.order());
    await stand.time.advance(5_000);
    expect(await answer).toMatchObject({ state: 'unconfirmed' });
    await stand.time.advance(2_000);
    expect(stand.find((await answer).orderId)).toMatchObject({ state: 'accepted', brokerOrderNo: '000001' });
  });

  it('remembers a cancel and sends it once the number is known', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => 'late';
    stand.broker.mischief.inquiry = () => 'fails';
    void stand.desk.submit(stand.order());
    await stand.time.advance(1);
    const [order] = stand.orders();
    const ack = await stand.desk.cancel({ requestId: stand.requestId(), orderId: order?.orderId ?? '' });
    expect(ack).toMatchObject({ state: 'submitting' });
    expect(stand.find(ack.orderId).pending).toBe('cancel');
    expect(sent(stand)).toEqual(['submit']);
    await stand.time.advance(7_010);
    expect(sent(stand)).toEqual(['submit', 'cancel']);
    expect(stand.find(ack.orderId)).toMatchObject({ state: 'canceled', pending: 'none' });
  });

  it('asks the user where two orders fit, and takes his word', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = (order) => (order.price === 9_900 ? 'silence' : undefined);
    stand.broker.mischief.notice = () => 'drop';
    const twins = [stand.desk.submit(stand.order({ price: 9_900 })), stand.desk.submit(stand.order({ price: 9_900 }))];
    await stand.time.advance(20_000);
    const acks = await Promise.all(twins);
    expect(acks.map(({ orderId }) => stand.find(orderId).state)).toEqual(['unconfirmed', 'unconfirmed']);
    expect(stand.alerts()).toContain(
      '삼성전자 매수 10주 주문의 결과를 하나로 정하지 못했습니다. 증권사에 같은 주문이 2건 있습니다.',
    );
    expect(stand.orders()).toHaveLength(2);
    stand.broker.mischief = {};
    for (const { orderId } of acks) await stand.desk.resolveUnconfirmed(orderId);
    await stand.time.advance(20_000);
    // His word was wrong twice: both are there, and nothing is lost.
    expect(
      stand
        .orders()
        .filter(({ external }) => external)
        .map(({ brokerOrderNo }) => brokerOrderNo)
        .sort(),
    ).toEqual(['000001', '000002']);
  });

  it('ends with the session when nothing like it was ever seen', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => 'lost';
    const answer = stand.desk.submit(stand.order());
    await stand.time.advance(70_000);
    expect(stand.find((await answer).orderId).state).toBe('unconfirmed');
    expect(
      stand.alerts().some((title) => title.endsWith('초 동안 삼성전자 매수 10주 주문을 증권사에서 찾지 못했습니다.')),
    ).toBe(true);
    stand.broker.endSession();
    await stand.time.advance(15_000);
    expect(stand.find((await answer).orderId)).toMatchObject({ state: 'rejected', reason: { code: 'NEVER_ARRIVED' } });
  });

  it('links an order again that was given up too soon', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => 'silence';
    stand.broker.mischief.notice = () => 'drop';
    stand.broker.mischief.inquiry = () => 'fails';
    const answer = stand.desk.submit(stand.order());
    await stand.time.advance(5_010);
    const { orderId } = await answer;
    expect(await stand.desk.resolveUnconfirmed(orderId)).toMatchObject({
      state: 'rejected',
      reason: { code: 'NEVER_ARRIVED' },
    });
    stand.broker.mischief = {};
    stand.broker.fill('000001', 10);
    await stand.time.advance(20_000);
    expect(stand.find(orderId)).toMatchObject({ state: 'filled', external: false, reason: null });
    expect(stand.alerts()).toContain('접수되지 않은 것으로 보았던 삼성전자 매수 10주 주문을 증권사에서 찾았습니다.');
  });
});

describe('the line', () => {
  it('that is cut makes what was on its way unconfirmed, and orders wait until both agree again', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => 'silence';
    stand.broker.mischief.notice = () => 'drop';
    const answer = stand.desk.submit(stand.order());
    await stand.time.advance(100);
    stand.broker.line('down');
    expect(await answer).toMatchObject({ state: 'unconfirmed' });
    expect(stand.desk.status).toBe('down');
    await expect(stand.desk.submit(stand.order())).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    stand.broker.mischief = {};
    stand.broker.line('up');
    expect(stand.desk.status).toBe('reconciling');
    await expect(stand.desk.submit(stand.order())).rejects.toMatchObject({ code: 'DESK_NOT_READY' });
    await stand.time.advance(1_000);
    expect(stand.desk.status).toBe('ready');
    expect(stand.find((await answer).orderId)).toMatchObject({ state: 'accepted' });
  });

  it('that is absent at the start is waited for', async () => {
    const stand = new DeskStand();
    stand.broker.mischief.inquiry = () => 'fails';
    await stand.start();
    expect(stand.desk.status).toBe('reconciling');
    stand.broker.mischief = {};
    await stand.time.advance(2_000);
    expect(stand.desk.status).toBe('ready');
  });

  it('whose inquiries never answer is asked again', async () => {
    const stand = await DeskStand.open();
    const { accounts } = stand.broker;
    let hung = 0;
    stand.broker.accounts = () => {
      hung += 1;
      return new Promise(() => undefined);
    };
    await stand.time.advance(80_000);
    expect(hung).toBeGreaterThanOrEqual(1);
    stand.broker.accounts = accounts;
    const no = stand.broker.placeElsewhere(stand.order());
    stand.broker.mischief.notice = () => 'drop';
    stand.broker.fill(no, 1);
    await stand.time.advance(80_000);
    expect(stand.desk.positions('A1')).toMatchObject([{ quantity: 1 }]);
  });
});

describe('differences', () => {
  it('of a position that stay halt trading', async () => {
    const stand = await DeskStand.open();
    await stand.buy(10);
    stand.broker.positions = () =>
      Promise.resolve([{ accountId: 'A1', instrumentId: SAMSUNG, quantity: 9, sellable: 9 }]);
    await stand.time.advance(300_000);
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'invariant' });
    expect(stand.alerts()).toContain('005930 보유가 Maru 10주, 증권사 9주로 다릅니다. 매매를 멈췄습니다.');
  });

  it('of an order that the broker has never heard of halt trading', async () => {
    const stand = await DeskStand.open();
    await stand.submit();
    stand.broker.orders = () => Promise.resolve([]);
    stand.broker.openOrders = () => Promise.resolve([]);
    await stand.time.advance(120_000);
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'invariant' });
    expect(stand.alerts().filter((title) => title.includes('찾지 못했습니다'))).toHaveLength(1);
  });
});
