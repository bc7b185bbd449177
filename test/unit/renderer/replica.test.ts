/** The desk's replica: order, replacement by a snapshot, bounds. */
import { describe, expect, it } from 'vitest';
import type { DeskDelta } from '#shared/contract/index.ts';
import type { Order, Position } from '#shared/domain/index.ts';
import { ALERTS_LIMIT, applyDesk, HISTORY_LIMIT, positionKey } from '../../../renderer/client/replica.ts';
import { EMPTY_DESK } from '../../../renderer/store/desk.ts';

function order(orderId: string, facts: Partial<Order> = {}): DeskDelta {
  return {
    kind: 'order',
    order: {
      orderId,
      requestId: `r-${orderId}`,
      accountId: 'a',
      instrumentId: 'KRX:005930',
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      price: 50_000,
      stopPrice: null,
      route: 'KRX',
      session: 'regular',
      venue: 'KRX',
      triggered: false,
      quantity: 10,
      filledQty: 0,
      filledValue: 0,
      state: 'accepted',
      pending: 'none',
      brokerOrderNo: '1',
      brokerOrderNos: ['1'],
      reason: null,
      external: false,
      sessionDate: '2025-02-11',
      exchangeTs: 0,
      createdTs: 0,
      updatedTs: 0,
      ...facts,
    },
  };
}

const held: Position = {
  accountId: 'a',
  instrumentId: 'KRX:005930',
  quantity: 10,
  sellable: 10,
  costKrw: 1,
  realisedKrw: 0,
};

describe('the replica', () => {
  it('keeps the last word on each thing', () => {
    const first = applyDesk(EMPTY_DESK, [order('1'), { kind: 'position', position: held }], true);
    expect(first.ready).toBe(true);
    const next = applyDesk(first, [order('1', { state: 'partiallyFilled', filledQty: 3 }), order('2')], false);
    expect([...next.orders.values()].map((entry) => [entry.orderId, entry.state])).toEqual([
      ['1', 'partiallyFilled'],
      ['2', 'accepted'],
    ]);
    expect(next.positions.get(positionKey('a', 'KRX:005930'))).toEqual(held);
    // What React compares is left alone where nothing changed.
    expect(next.positions).toBe(first.positions);
    expect(first.orders.get('1')?.state).toBe('accepted');
    expect(next.revision).toBe(first.revision + 1);
  });

  it('forgets everything when the full state comes again', () => {
    const before = applyDesk(EMPTY_DESK, [order('1'), { kind: 'position', position: held }], true);
    const after = applyDesk(before, [order('2')], true);
    expect([...after.orders.keys()]).toEqual(['2']);
    expect(after.positions.size).toBe(0);
    expect(after.revision).toBeGreaterThan(before.revision);
  });

  it('is not ready before the full state', () => {
    expect(applyDesk(EMPTY_DESK, [order('1')], false).ready).toBe(false);
  });

  it('drops the oldest ended orders beyond its bound, never an open one', () => {
    const ended = Array.from({ length: HISTORY_LIMIT + 50 }, (_, i) => order(`e${i}`, { state: 'filled' }));
    const state = applyDesk(EMPTY_DESK, [order('open'), ...ended], true);
    expect(state.orders.size).toBe(HISTORY_LIMIT);
    expect(state.orders.has('open')).toBe(true);
    expect(state.orders.has('e0')).toBe(false);
    expect(state.orders.has(`e${HISTORY_LIMIT + 49}`)).toBe(true);
  });

  it('keeps a bounded number of alerts, the newest', () => {
    const alerts = Array.from({ length: ALERTS_LIMIT + 5 }, (_, i): DeskDelta => ({
      kind: 'alert',
      alert: { alertId: String(i), code: 'ORDER_VOID', level: 'info', titleKo: '알림', bodyKo: '', ts: i },
    }));
    const state = applyDesk(EMPTY_DESK, alerts, true);
    expect(state.alerts).toHaveLength(ALERTS_LIMIT);
    expect(state.alerts[0]?.alertId).toBe('5');
  });
});
