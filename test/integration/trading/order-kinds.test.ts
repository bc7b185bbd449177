/** Stops, prices taken from the book, venues and conversions at the desk: told, lost, repeated, and after a crash. */
import { describe, expect, it } from 'vitest';
import { sessionDate } from '#shared/time/index.ts';
import { DeskStand, issueFacts, SAMSUNG, venueFacts, type StandOptions } from '#test/support/desk-stand.ts';

const STOP = { type: 'stopLimit', stopPrice: 10_500, price: 10_600 } as const;

/** A day on which stops and mid prices exist; the stand's own day is before them. */
const DAY = sessionDate('2025-03-11');

async function open(options: StandOptions = {}): Promise<DeskStand> {
  const stand = new DeskStand(options);
  stand.market.set(SAMSUNG, issueFacts({ sessionDate: DAY }));
  stand.broker.session = DAY;
  await stand.start();
  return stand;
}

async function both(stand: DeskStand): Promise<void> {
  stand.market.set(SAMSUNG, issueFacts({ sessionDate: DAY, onNxt: true, nxt: venueFacts() }));
  await stand.time.advance(1);
}

describe('a stop-limit order', () => {
  it('leaves with its stop price, and is told once when it was reached', async () => {
    const stand = await open();
    const { orderId } = await stand.submit(STOP);
    expect(stand.broker.received).toMatchObject([{ verb: 'submit', order: { ...STOP, route: 'KRX' } }]);
    expect(stand.find(orderId)).toMatchObject({ ...STOP, state: 'accepted', triggered: false, venue: 'KRX' });
    stand.broker.mischief.notice = ({ kind }) => (kind === 'triggered' ? 'twice' : undefined);
    stand.broker.trigger('000001');
    await stand.time.advance(30_000);
    expect(stand.find(orderId)).toMatchObject({ triggered: true, state: 'accepted', price: 10_600 });
    expect(stand.alerts().filter((title) => title.includes('조건 가격에 닿아'))).toHaveLength(1);
    await stand.crash();
    expect(stand.find(orderId)).toMatchObject({ triggered: true, stopPrice: 10_500 });
    expect(stand.alerts().filter((title) => title.includes('조건 가격에 닿아'))).toHaveLength(1);
  });

  it('that was reached while nobody told is found by asking', async () => {
    const stand = await open();
    const { orderId } = await stand.submit(STOP);
    stand.broker.mischief.notice = ({ kind }) => (kind === 'triggered' ? 'drop' : undefined);
    stand.kill();
    stand.broker.trigger('000001');
    await stand.start();
    expect(stand.find(orderId).triggered).toBe(true);
    // A late repeat of the first notice does not undo it.
    const row = stand.broker.row('000001');
    stand.broker.say({ kind: 'accepted', order: { ...row, triggered: false } });
    await stand.time.advance(10);
    expect(stand.find(orderId).triggered).toBe(true);
  });

  it('is worth its request once: the same with another stop price is another order', async () => {
    const stand = await open();
    const order = stand.order(STOP);
    const first = stand.desk.submit(order);
    await stand.time.advance(10);
    await first;
    await expect(stand.desk.submit({ ...order, stopPrice: 10_510 })).rejects.toMatchObject({ code: 'REQUEST_REUSED' });
    await expect(stand.desk.submit({ ...order, route: 'NXT' })).rejects.toMatchObject({ code: 'REQUEST_REUSED' });
    expect(await stand.desk.submit(order)).toEqual(await first);
  });

  it('keeps its stop price through a change of price', async () => {
    const stand = await open();
    const { orderId } = await stand.submit(STOP);
    const changed = stand.desk.replace({ requestId: stand.requestId(), orderId, price: 10_700 });
    await stand.time.advance(20);
    await changed;
    expect(stand.find(orderId)).toMatchObject({ type: 'stopLimit', stopPrice: 10_500, price: 10_700, pending: 'none' });
  });
});

describe('an order that takes its price from the book', () => {
  const best = { type: 'bestSame', price: null } as const;

  it('shows that price as soon as it is told, and holds the upper limit until then', async () => {
    const stand = await open({ accounts: [{ accountId: 'A1', cashKrw: 135_000 }] });
    stand.broker.mischief.notice = ({ kind }) => (kind === 'accepted' ? 'drop' : undefined);
    const answer = stand.desk.submit(stand.order(best));
    await stand.time.advance(1);
    const { orderId } = await answer;
    // 10 × 13,000 are held of 135,000: nothing is left for one more at 10,000.
    expect(await stand.submit({ price: 10_000, quantity: 1 })).toMatchObject({ reason: { code: 'GUARD_CASH' } });
    stand.broker.takePrice('000001', 9_990);
    await stand.time.advance(16_000);
    expect(stand.find(orderId)).toMatchObject({ type: 'bestSame', price: 9_990, state: 'accepted' });
    expect(await stand.submit({ price: 10_000, quantity: 3 })).toMatchObject({ state: 'accepted' });
    await stand.crash();
    expect(stand.find(orderId)).toMatchObject({ type: 'bestSame', price: 9_990 });
  });

  it('is found again by its other terms when its answer was lost', async () => {
    const stand = await open();
    stand.broker.mischief = {
      submit: () => 'silence',
      notice: ({ kind }) => (kind === 'accepted' ? 'drop' : undefined),
    };
    const answer = stand.desk.submit(stand.order(best));
    await stand.time.advance(1);
    stand.broker.takePrice('000001', 9_990);
    await stand.time.advance(6_000);
    await answer;
    expect(stand.orders()).toMatchObject([{ state: 'accepted', brokerOrderNo: '000001', price: 9_990 }]);
  });

  it('becomes a limit order by a change of price, and stays one', async () => {
    const stand = await open();
    const { orderId } = await stand.submit(best);
    const changed = stand.desk.replace({ requestId: stand.requestId(), orderId, price: 9_900 });
    await stand.time.advance(20);
    expect(await changed).toMatchObject({ state: 'accepted' });
    expect(stand.find(orderId)).toMatchObject({ type: 'limit', price: 9_900, brokerOrderNo: '000002' });
    await stand.crash();
    expect(stand.find(orderId)).toMatchObject({ type: 'limit', price: 9_900 });
  });

  it('cannot be given a price where its price is always in the middle', async () => {
    const stand = await open();
    const { orderId } = await stand.submit({ type: 'mid', price: null });
    const changed = stand.desk.replace({ requestId: stand.requestId(), orderId, price: 9_900 });
    await stand.time.advance(20);
    expect(await changed).toMatchObject({ state: 'accepted', reason: { code: 'GUARD_AMEND_TYPE' } });
    expect(stand.broker.received.map(({ verb }) => verb)).toEqual(['submit']);
  });
});

describe('a route', () => {
  it('is not a venue: where an order waits is told by the broker', async () => {
    const stand = await open();
    await both(stand);
    const nxt = await stand.submit({ route: 'NXT', price: 9_900 });
    const sor = await stand.submit({ route: 'SOR', price: 9_800 });
    expect(stand.find(nxt.orderId)).toMatchObject({ route: 'NXT', venue: 'NXT' });
    expect(stand.find(sor.orderId)).toMatchObject({ route: 'SOR', venue: 'KRX' });
    stand.broker.fill(nxt.brokerOrderNo ?? '', 10);
    await stand.time.advance(10);
    expect(stand.desk.fills({ accountId: 'A1', limit: 1 })).toMatchObject([{ venue: 'NXT', quantity: 10 }]);
    await stand.crash();
    expect(stand.find(sor.orderId)).toMatchObject({ route: 'SOR', venue: 'KRX' });
    expect(stand.desk.fills({ accountId: 'A1', limit: 1 })).toMatchObject([{ venue: 'NXT' }]);
  });

  it('to NXT is denied where NXT does not trade the issue', async () => {
    const stand = await open();
    for (const route of ['NXT', 'SOR'] as const)
      expect(await stand.submit({ route })).toMatchObject({ state: 'denied', reason: { code: 'GUARD_NOT_ON_NXT' } });
    expect(stand.broker.received).toEqual([]);
  });
});

describe('the exchange’s own changes', () => {
  it('of a conditional limit into a market order is told once, with its hold known from the start', async () => {
    const stand = await open({ accounts: [{ accountId: 'A1', cashKrw: 135_000 }] });
    const ask = { type: 'conditionalLimit', price: 10_000 } as const;
    expect(await stand.submit({ ...ask, quantity: 11 })).toMatchObject({ reason: { code: 'GUARD_CASH' } });
    const { orderId } = await stand.submit({ ...ask, quantity: 10 });
    const order = stand.broker.row('000001');
    for (let times = 0; times < 2; times += 1) stand.broker.say({ kind: 'converted', order });
    await stand.time.advance(10);
    expect(stand.find(orderId)).toMatchObject({ type: 'conditionalLimit', state: 'accepted' });
    expect(stand.alerts().filter((title) => title.includes('시장가가 되었습니다'))).toHaveLength(1);
  });

  it('of limits and types end orders with their reason', async () => {
    const stand = await open();
    for (const [cause, words] of [
      ['limits', '가격 제한폭이 새로 정해져'],
      ['void', '유형이 끝나는 시각이 되어'],
    ] as const) {
      const { orderId, brokerOrderNo } = await stand.submit({ price: 9_900 });
      const at = {
        accountId: 'A1',
        brokerOrderNo: brokerOrderNo ?? '',
        quantity: 10,
        exchangeTs: stand.time.clock.now(),
      };
      stand.broker.say({ kind: 'canceled', ...at, cause });
      await stand.time.advance(10);
      expect(stand.find(orderId)).toMatchObject({ state: 'canceled' });
      expect(stand.alerts().some((title) => title.includes(words))).toBe(true);
    }
    stand.kill();
  });
});
