/** The small parts of the desk that have a bound: each is reached here. */
import { describe, expect, it } from 'vitest';
import { DeskState } from '#core/trading/desk-state.ts';
import type { DeskEvent } from '#core/trading/journal-events.ts';
import { Mailbox } from '#core/trading/mailbox.ts';
import { NoticeRoom, type OrderNotice } from '#core/trading/notice-room.ts';
import { fits, matchOrders } from '#core/trading/order-match.ts';
import { newRecord } from '#core/trading/order-record.ts';
import { RecentOrders } from '#core/trading/recent-orders.ts';
import { Recorder } from '#core/trading/recorder.ts';
import { RequestLog } from '#core/trading/request-log.ts';
import { LIMITS } from '#core/trading/settings.ts';
import type { BrokerOrder } from '#core/broker/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { krw } from '#shared/num/index.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';
import { PLAIN } from '#test/support/plain-order.ts';

const ACK = { orderId: 'o1', state: 'accepted', brokerOrderNo: '1', reason: null } as const;
const SAMPLE: DeskEvent = { kind: 'sweepEnded', sweepId: 's', ts: 1 };

describe('the mailbox', () => {
  it('keeps order, refuses beyond its bound, and has a front door', () => {
    const box = new Mailbox<number>(3);
    expect([1, 2, 3, 4].map((each) => box.post(each))).toEqual([true, true, true, false]);
    box.postFirst(0);
    expect([box.take(), box.take(), box.take(), box.take(), box.take()]).toEqual([0, 1, 2, 3, undefined]);
    expect(box.size).toBe(0);
  });

  it('lets go of what was taken', () => {
    const box = new Mailbox<number>(10);
    for (let i = 0; i < 10_000; i += 1) {
      expect(box.post(i)).toBe(true);
      expect(box.take()).toBe(i);
    }
    expect(box.size).toBe(0);
  });
});

describe('the request log', () => {
  it('keeps the first answer and forgets the oldest request', () => {
    const log = new RequestLog(2);
    log.open('r1', { verb: 'cancel', orderId: 'o1' });
    log.answer('r1', ACK);
    log.answer('r1', { ...ACK, state: 'filled' });
    expect(log.get('r1')?.ack).toEqual(ACK);
    log.open('r2', { verb: 'cancel', orderId: 'o1' });
    log.open('r3', { verb: 'cancel', orderId: 'o1' });
    expect(log.get('r1')).toBeUndefined();
    expect(log.get('r3')?.ack).toBeNull();
  });
});

describe('the memory of recent orders', () => {
  it('is bounded and told by time', () => {
    const recent = new RecentOrders(10);
    for (let ts = 1; ts <= 25; ts += 1) recent.add({ ts, orderId: String(ts), isNew: true });
    expect(recent.since(23).map(({ ts }) => ts)).toEqual([24, 25]);
    expect(recent.since(0).length).toBeLessThanOrEqual(10);
  });
});

describe('the room of waiting notices', () => {
  const notice = (brokerOrderNo: string): OrderNotice => ({
    kind: 'expired',
    accountId: 'A1',
    brokerOrderNo,
    quantity: 1,
    exchangeTs: epochMs(0),
  });

  it('keeps order and refuses beyond its bound', () => {
    const room = new NoticeRoom(3);
    expect(['1', '2', '1', '3'].map((no) => room.add(notice(no), 0))).toEqual([true, true, true, false]);
    expect(room.take(({ brokerOrderNo }) => brokerOrderNo === '1')).toHaveLength(2);
    expect(room.size).toBe(1);
  });
});

describe('the recorder', () => {
  it('keeps what the disk refuses, in order, up to its bound, and then says no more', () => {
    const written: string[] = [];
    let full = true;
    const journal = {
      append: (entries: readonly { readonly kind: string }[]) => {
        if (full) throw new AppError('DISK_FULL', { path: 'x' });
        written.push(...entries.map(({ kind }) => kind));
        return [];
      },
      read: () => [][Symbol.iterator](),
    };
    const recorder = new Recorder(journal, 3);
    expect(recorder.write([SAMPLE, SAMPLE])).toBe(false);
    expect(recorder.failure).toEqual({ code: 'DISK_FULL', params: { path: 'x' } });
    expect(recorder.retry()).toBeNull();
    expect(recorder.write([SAMPLE])).toBe(false);
    full = false;
    expect(recorder.retry()).toBe(3);
    expect(recorder.write([SAMPLE])).toBe(true);
    expect(written).toHaveLength(4);
    full = true;
    for (let i = 0; i < 4; i += 1) recorder.write([SAMPLE]);
    full = false;
    // A record with a hole would tell a wrong story: only a new start, which asks the broker, mends it.
    expect(recorder.retry()).toBeNull();
    expect(recorder.failure?.code).toBe('DISK_FULL');
  });

  it('takes any failure for one', () => {
    const journal = {
      append: () => {
        throw new Error('closed');
      },
      read: () => [][Symbol.iterator](),
    };
    const recorder = new Recorder(journal, 3);
    expect(recorder.write([SAMPLE])).toBe(false);
    expect(recorder.failure).toEqual({ code: 'INTERNAL_BUG', params: { what: 'closed' } });
  });
});

const TERMS = {
  accountId: 'A1',
  instrumentId: 'KRX:005930',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  ...PLAIN,
  price: 10_000,
  quantity: 10,
  sessionDate: '2025-02-11',
  exchangeTs: 0,
} as const;

function recordAt(orderId: string, sentTs: number) {
  const record = newRecord(
    {
      kind: 'orderCreated',
      orderId,
      requestId: `request-${orderId}`,
      allowDuplicate: false,
      automated: false,
      ...TERMS,
      ts: sentTs,
    },
    1,
  );
  record.sentTs = sentTs;
  return record;
}

function rowAt(brokerOrderNo: string, receivedTs: number, change: Partial<BrokerOrder> = {}): BrokerOrder {
  return {
    ...TERMS,
    sessionDate: sessionDate('2025-02-11'),
    brokerOrderNo,
    originalOrderNo: null,
    venue: 'KRX',
    triggered: false,
    filledQty: 0,
    filledValue: krw(0),
    status: 'open',
    exchangeTs: epochMs(receivedTs),
    receivedTs: epochMs(receivedTs),
    ...change,
  };
}

describe('matching by terms', () => {
  const window = { beforeMs: 2_000, afterMs: 60_000 };

  it('needs every term and the time window', () => {
    const record = recordAt('o1', 100_000);
    expect(fits(record, rowAt('1', 100_000), window)).toBe(true);
    expect(fits(record, rowAt('1', 98_000), window)).toBe(true);
    expect(fits(record, rowAt('1', 97_999), window)).toBe(false);
    expect(fits(record, rowAt('1', 160_000), window)).toBe(true);
    expect(fits(record, rowAt('1', 160_001), window)).toBe(false);
    const others: Partial<BrokerOrder>[] = [
      { accountId: 'A2' },
      { instrumentId: 'KRX:000660' },
      { side: 'sell' },
      { type: 'market' },
      { timeInForce: 'ioc' },
      { session: 'after' },
      { route: 'NXT' },
      { price: 9_990 },
      { stopPrice: 9_990 },
      { quantity: 11 },
      { sessionDate: sessionDate('2025-02-12') },
    ];
    for (const change of others) expect(fits(record, rowAt('1', 100_000, change), window)).toBe(false);
  });

  it('pairs only where there is no doubt on either side', () => {
    const [first, second] = [recordAt('o1', 100_000), recordAt('o2', 200_000)];
    const apart = matchOrders([first, second], [rowAt('1', 100_010), rowAt('2', 200_010), rowAt('3', 500_000)], window);
    expect(apart.pairs.map(({ record, row }) => [record.order.orderId, row.brokerOrderNo])).toEqual([
      ['o1', '1'],
      ['o2', '2'],
    ]);
    expect(apart.strangers.map(({ brokerOrderNo }) => brokerOrderNo)).toEqual(['3']);
    const twins = [recordAt('o1', 100_000), recordAt('o2', 100_001)];
    expect(matchOrders(twins, [rowAt('1', 100_010)], window)).toMatchObject({
      pairs: [],
      strangers: [],
      ambiguous: [{ count: 1 }, { count: 1 }],
    });
    expect(matchOrders([first], [rowAt('1', 100_010), rowAt('2', 100_020)], window)).toMatchObject({
      pairs: [],
      strangers: [],
      ambiguous: [{ count: 2 }],
    });
  });
});

describe('the state of the desk', () => {
  it('forgets the oldest ended orders and alerts, never an open one', () => {
    const state = new DeskState();
    const extra = 50;
    for (let i = 0; i < LIMITS.endedOrders + extra; i += 1) {
      const orderId = `o${i}`;
      state.apply({
        kind: 'orderCreated',
        orderId,
        requestId: `request-${i}`,
        allowDuplicate: false,
        automated: false,
        ...TERMS,
        ts: i,
      });
      if (i === 0) state.apply({ kind: 'orderSubmitting', orderId, epoch: 0, ts: i });
      else state.apply({ kind: 'orderDenied', orderId, code: 'GUARD_TICK', params: {}, ts: i });
      state.apply({
        kind: 'alertRaised',
        alertId: `a${i}`,
        level: 'info',
        code: 'CANCELS_CONFIRMED',
        params: {},
        ts: i,
      });
    }
    expect(state.orders.size).toBeLessThanOrEqual(LIMITS.endedOrders + 1);
    expect(state.record('o0')?.order.state).toBe('submitting');
    expect(state.record('o1')).toBeUndefined();
    expect(state.alerts).toHaveLength(LIMITS.alerts);
    expect(state.alerts.at(-1)?.alertId).toBe(`a${LIMITS.endedOrders + extra - 1}`);
    state.changes.take();
  });

  it('does not fold in what the table forbids', () => {
    const state = new DeskState();
    state.apply({
      kind: 'orderCreated',
      orderId: 'o1',
      requestId: 'request-1',
      allowDuplicate: false,
      automated: false,
      ...TERMS,
      ts: 1,
    });
    expect(() => state.apply({ kind: 'orderCanceled', orderId: 'o1', quantity: 10, cause: 'user', ts: 2 })).toThrow(
      'INTERNAL_BUG',
    );
    expect(() => state.apply({ kind: 'orderSubmitting', orderId: 'o2', epoch: 0, ts: 2 })).toThrow('INTERNAL_BUG');
  });
});
