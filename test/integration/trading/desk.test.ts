/** The desk from the verb to the broker and back: what it says, writes, sends and never does twice. */
import { describe, expect, it } from 'vitest';
import { DeskStand, issueFacts, SAMSUNG } from '#test/support/desk-stand.ts';
import type { DeskDelta } from '#shared/contract/index.ts';
import { DeskDelta as DeskDeltaSchema, OrderAck, OrderPreview } from '#shared/contract/index.ts';
import { Performance } from '#shared/domain/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const KODEX = 'KRX:069500';

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
    expect(stand.alerts().some((title) => title.startsWith('주문 기록과 증권사의 기록이 맞지 않아'))).toBe(true);
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
    expect(stand.alerts()).toContain(
      '주문 기록과 증권사의 기록이 맞지 않아 매매를 멈췄습니다. 005930 보유: Maru 10주, 증권사 9주',
    );
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

describe('what the screen is told', () => {
  it('is every change in order, after a full beginning, each of the declared shape', async () => {
    const stand = await DeskStand.open();
    await stand.buy(5);
    const begin = stand.desk.snapshot();
    const told: DeskDelta[] = [];
    const stop = stand.desk.watch((deltas) => told.push(...deltas));
    stand.desk.watch(() => {
      throw new Error('a broken screen');
    });
    const { orderId } = await stand.submit({ side: 'sell', price: 10_500, quantity: 5 });
    stand.broker.fill('000002', 5);
    await stand.time.advance(10);
    stop();
    await stand.submit({ price: 9_900 });
    for (const delta of [...begin, ...told]) expect(DeskDeltaSchema.parse(delta)).toEqual(delta);
    const states = told.flatMap((delta) =>
      delta.kind === 'order' && delta.order.orderId === orderId ? [delta.order.state] : [],
    );
    expect(states).toEqual(['submitting', 'accepted', 'filled']);
    expect(told.filter(({ kind }) => kind === 'fill')).toHaveLength(1);
    expect(new Set(begin.map(({ kind }) => kind))).toEqual(
      new Set(['tradingState', 'account', 'position', 'fill', 'order']),
    );
    expect(stand.log.lines.map(({ message }) => message)).toContain('a watcher of the desk failed');
  });

  it('previews cost, limits and verdict of a draft', async () => {
    const stand = await DeskStand.open();
    const { requestId: _id, allowDuplicate: _again, ...draft } = stand.order({ price: 10_000, quantity: 1_000 });
    const preview = OrderPreview.parse(stand.desk.preview(draft));
    // 10,000,000 won; commission 1,405.27 → 1,400 won; settled on the second session after 2025-02-11.
    expect(preview).toMatchObject({
      denial: null,
      rules: 18,
      warnings: [],
      amountKrw: 10_000_000,
      commissionKrw: 1_400,
      taxKrw: 0,
      totalKrw: 10_001_400,
      settlementDate: '2025-02-13',
    });
    expect(preview.buyingPowerAfterKrw).toBe(89_998_600);
    expect(preview.maxQuantity).toBe(9_998);
    expect(stand.desk.preview({ ...draft, type: 'market', price: null })).toMatchObject({
      amountKrw: 13_000_000,
      maxQuantity: 7_691,
    });
    expect(stand.desk.preview({ ...draft, price: 10_007 }).denial).toMatchObject({ code: 'GUARD_TICK' });
    expect(stand.desk.preview({ ...draft, quantity: 1_000_000_000 })).toMatchObject({
      denial: { code: 'GUARD_QUANTITY_CAP' },
      amountKrw: 0,
      maxQuantity: 9_998,
    });
    expect(stand.desk.preview({ ...draft, instrumentId: KODEX })).toMatchObject({
      denial: { code: 'INSTRUMENT_UNKNOWN' },
      maxQuantity: 0,
    });
    await stand.buy(20);
    // 200,000 won; 28.1 → 20 won; tax of 2025 0.15 % = 300 won.
    expect(stand.desk.preview({ ...draft, side: 'sell', price: 10_000, quantity: 20 })).toMatchObject({
      amountKrw: 200_000,
      commissionKrw: 20,
      taxKrw: 300,
      totalKrw: 199_680,
      maxQuantity: 20,
    });
    stand.market.set(SAMSUNG, issueFacts({ sessionDate: sessionDate('2027-12-30') }));
    expect(stand.desk.preview(draft).settlementDate).toBeNull();
  });

  it('adopts an account that was opened while it runs', async () => {
    const stand = await DeskStand.open();
    stand.broker.openAccount('A2', 5_000_000);
    expect(await stand.desk.adoptAccount('A2')).toMatchObject({
      accountId: 'A2',
      buyingPowerKrw: 5_000_000,
      environment: 'simulation',
    });
    expect(await stand.submit({ accountId: 'A2' })).toMatchObject({ state: 'accepted' });
    expect(Performance.parse(stand.desk.performance('A2'))).toMatchObject({ equityKrw: 5_000_000 });
    expect(stand.desk.equity('A2').columns.equity[0]).toBe(5_000_000);
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
            (error: { code: string }) => error.code,
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
