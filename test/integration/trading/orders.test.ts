/** Orders at the desk: judged, written, sent once. */
import { describe, expect, it } from 'vitest';
import { OrderAck } from '#shared/contract/index.ts';
import { DeskStand, SAMSUNG } from '#test/support/desk-stand.ts';

const sent = (stand: DeskStand): string[] => stand.broker.received.map(({ verb }) => verb);

describe('an order', () => {
  it('is written before it is sent, and its fills become a position', async () => {
    const stand = await DeskStand.open();
    const writtenAtSend: string[][] = [];
    stand.broker.mischief.submit = () => void writtenAtSend.push(stand.journal.kinds());
    const ack = await stand.submit({ quantity: 10, price: 10_000 });
    expect(writtenAtSend[0]?.slice(-2)).toEqual(['orderCreated', 'orderSubmitting']);
    expect(OrderAck.parse(ack)).toMatchObject({ state: 'accepted', brokerOrderNo: '000001', reason: null });
    stand.broker.fill('000001', 4);
    await stand.time.advance(10);
    expect(stand.find(ack.orderId)).toMatchObject({ state: 'partiallyFilled', filledQty: 4, filledValue: 40_000 });
    stand.broker.fill('000001', 6);
    await stand.time.advance(10);
    expect(stand.find(ack.orderId)).toMatchObject({ state: 'filled', filledQty: 10, pending: 'none' });
    // 100,000 won and 14.05 won of commission, of which the broker takes whole tens.
    expect(stand.desk.positions('A1')).toEqual([
      { accountId: 'A1', instrumentId: SAMSUNG, quantity: 10, sellable: 10, costKrw: 100_010, realisedKrw: 0 },
    ]);
    expect(stand.log.lines).toEqual([]);
  });

  it('that is denied is kept with its reason and never sent', async () => {
    const stand = await DeskStand.open();
    const ack = await stand.submit({ price: 10_007 });
    expect(ack).toMatchObject({
      state: 'denied',
      brokerOrderNo: null,
      reason: { code: 'GUARD_TICK', actionKo: '10,000원이나 10,010원으로 바꾸세요.' },
    });
    expect(stand.find(ack.orderId)).toMatchObject({ state: 'denied' });
    expect(sent(stand)).toEqual([]);
    await expect(stand.desk.submit(stand.order({ accountId: 'nobody' }))).rejects.toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
    });
  });

  it('that the broker refuses is rejected in the broker’s words', async () => {
    const stand = await DeskStand.open();
    stand.broker.mischief.submit = () => ({ refuse: 'EXCH_CASH' });
    expect(await stand.submit()).toMatchObject({ state: 'rejected', reason: { code: 'EXCH_CASH' } });
  });

  it('is sent once however often it is asked, and its id is worth one order only', async () => {
    const stand = await DeskStand.open();
    const order = stand.order({ price: 9_900 });
    const twice = [stand.desk.submit(order), stand.desk.submit(order)];
    await stand.time.advance(10);
    const [first, second] = await Promise.all(twice);
    expect(second).toEqual(first);
    stand.broker.fill('000001', 10);
    await stand.time.advance(10);
    expect(await stand.desk.submit(order)).toEqual(first);
    await expect(stand.desk.submit({ ...order, quantity: 11 })).rejects.toMatchObject({ code: 'REQUEST_REUSED' });
    await expect(
      stand.desk.cancel({ requestId: order.requestId, orderId: first?.orderId ?? '' }),
    ).rejects.toMatchObject({ code: 'REQUEST_REUSED' });
    await stand.crash();
    expect(await stand.desk.submit(order)).toEqual(first);
    expect(sent(stand)).toEqual(['submit']);
  });

  it('equal to one of a moment ago is taken for a slip, unless it is meant', async () => {
    const stand = await DeskStand.open();
    await stand.submit({ allowDuplicate: false });
    await stand.time.advance(1_190);
    expect(await stand.submit({ allowDuplicate: false })).toMatchObject({
      reason: { messageKo: '같은 주문을 1.2초 전에 냈습니다.' },
    });
    expect(await stand.submit({ allowDuplicate: true })).toMatchObject({ state: 'accepted' });
    await stand.time.advance(3_000);
    expect(await stand.submit({ allowDuplicate: false })).toMatchObject({ state: 'accepted' });
    expect(await stand.submit({ allowDuplicate: false, quantity: 11 })).toMatchObject({ state: 'accepted' });
  });

  it('is held to the pace of a hand', async () => {
    const stand = await DeskStand.open();
    const acks = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((i) => stand.desk.submit(stand.order({ quantity: i }))));
    expect(acks.map(({ reason }) => reason?.code ?? 'sent')).toEqual([
      'sent',
      'sent',
      'sent',
      'sent',
      'sent',
      'GUARD_RATE',
      'GUARD_RATE',
    ]);
    await stand.time.advance(1_000);
    expect(await stand.submit()).toMatchObject({ state: 'accepted' });
  });

  it('cannot spend cash that another order, still on its way, will hold', async () => {
    const stand = await DeskStand.open({ accounts: [{ accountId: 'A1', cashKrw: 150_000 }] });
    const first = stand.desk.submit(stand.order({ price: 10_000, quantity: 10 }));
    const second = stand.desk.submit(stand.order({ price: 10_000, quantity: 9 }));
    await stand.time.advance(10);
    expect(await first).toMatchObject({ state: 'accepted' });
    // 150,000 − 100,010 are left; nine would need 90,010.
    expect(await second).toMatchObject({
      state: 'denied',
      reason: {
        code: 'GUARD_CASH',
        messageKo: '주문 가능 금액이 40,020원 모자랍니다.',
        actionKo: '수량을 4주로 줄이세요.',
      },
    });
    expect(await stand.submit({ price: 10_000, quantity: 4 })).toMatchObject({ state: 'accepted' });
  });

  it('cannot sell what another sell order ties up', async () => {
    const stand = await DeskStand.open();
    await stand.buy(10);
    await stand.submit({ side: 'sell', quantity: 6, price: 10_100 });
    expect(stand.desk.positions('A1')[0]).toMatchObject({ quantity: 10, sellable: 4 });
    expect(await stand.submit({ side: 'sell', quantity: 5, price: 10_100 })).toMatchObject({
      reason: { messageKo: '팔 수 있는 수량은 4주입니다. 6주가 다른 주문에 묶여 있습니다.' },
    });
  });
});

describe('too much at once', () => {
  it('is refused when the desk cannot follow', async () => {
    const stand = await DeskStand.open();
    const answers: Promise<unknown>[] = [];
    // All in one turn, while one is being written.
    stand.journal.before = () => {
      if (answers.length > 0) return;
      for (let i = 0; i < 300; i += 1)
        answers.push(
          stand.desk.submit(stand.order()).then(
            ({ state }) => state,
            (error: unknown) => (error as { code: string }).code,
          ),
        );
    };
    await stand.submit();
    const told = await Promise.all(answers);
    expect(told.filter((each) => each === 'DESK_BUSY')).toHaveLength(45);
    expect(told.filter((each) => each === 'denied')).toHaveLength(251);
  });

  it('is refused before the desk is started and after it is stopped', async () => {
    const stand = new DeskStand();
    await expect(stand.desk.submit(stand.order())).rejects.toMatchObject({ code: 'DESK_NOT_READY' });
    await expect(stand.desk.setTradingState('halted')).rejects.toMatchObject({ code: 'DESK_NOT_READY' });
    await stand.start();
    stand.broker.mischief.submit = () => 'silence';
    const hanging = stand.desk.submit(stand.order());
    stand.desk.stop();
    await expect(hanging).rejects.toMatchObject({ code: 'DESK_NOT_READY' });
    await expect(stand.desk.submit(stand.order())).rejects.toMatchObject({ code: 'DESK_NOT_READY' });
  });
});
