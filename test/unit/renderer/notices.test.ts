/** The notification centre: what is merged, what is still to be acknowledged, when the user is left alone. */
import { describe, expect, it } from 'vitest';
import {
  type Alert,
  breaksQuiet,
  DEFAULT_NOTICES,
  type Fill,
  isQuiet,
  noticeKind,
  NOTHING_SEEN,
  type Order,
  type Seen,
} from '#shared/domain/index.ts';
import { allSeen, MERGE_MS, type NoticeSources, noticesOf, someSeen } from '../../../renderer/client/notice-list.ts';

function alert(alertId: string, ts: number, change: Partial<Alert> = {}): Alert {
  return { alertId, code: 'ORDER_VOID', level: 'caution', titleKo: '알림', bodyKo: '', ts, ...change };
}

function order(orderId: string, filledQty: number, updatedTs: number): Order {
  return { orderId, filledQty, filledValue: filledQty * 100, quantity: 10, updatedTs } as Order;
}

function fill(fillId: string, orderId: string): Fill {
  return { fillId, orderId } as Fill;
}

function sources(parts: { alerts?: Alert[]; fills?: Fill[]; orders?: Order[] }): NoticeSources {
  return {
    alerts: parts.alerts ?? [],
    fills: new Map((parts.fills ?? []).map((each) => [each.fillId, each])),
    orders: new Map((parts.orders ?? []).map((each) => [each.orderId, each])),
  };
}

const WORDS = {
  fillTitle: ({ orderId, filledQty }: Order) => `${orderId} ${filledQty}`,
  fillBody: () => '',
};

const lines = (from: NoticeSources, seen: Seen = NOTHING_SEEN) =>
  noticesOf(from, seen, WORDS).map(({ title, keys, unseen }) => [title, keys.length, unseen]);

describe('alerts', () => {
  it('alike within five minutes are one line, the newest first', () => {
    const alerts = [alert('a', 1_000), alert('b', 2_000, { titleKo: '다른' }), alert('c', 3_000)];
    expect(lines(sources({ alerts }))).toEqual([
      ['알림', 2, true],
      ['다른', 1, true],
    ]);
    expect(lines(sources({ alerts: [alert('a', 0), alert('b', MERGE_MS + 1)] }))).toHaveLength(2);
  });

  it('stay to be acknowledged, one by one or all', () => {
    const from = sources({ alerts: [alert('a', 1_000), alert('b', 2_000, { titleKo: '다른' })] });
    const [newest] = noticesOf(from, NOTHING_SEEN, WORDS);
    const one = someSeen(NOTHING_SEEN, newest ? [newest] : []);
    expect(lines(from, one)).toEqual([
      ['다른', 1, false],
      ['알림', 1, true],
    ]);
    const all = allSeen(from, one);
    expect(all).toEqual({ alertTs: 2_000, fillId: null, keys: [] });
    expect(lines(from, all).every(([, , unseen]) => unseen === false)).toBe(true);
  });

  it('that happen again after they were acknowledged are news', () => {
    const first = sources({ alerts: [alert('a', 1_000)] });
    const seen = allSeen(first, NOTHING_SEEN);
    expect(lines(sources({ alerts: [alert('a', 1_000), alert('b', 2_000)] }), seen)).toEqual([
      ['알림', 1, true],
      ['알림', 1, false],
    ]);
  });
});

describe('fills', () => {
  it('are one line an order, news again when it goes on filling', () => {
    const part = sources({ fills: [fill('1', 'x'), fill('2', 'x')], orders: [order('x', 4, 1_000)] });
    expect(lines(part)).toEqual([['x 4', 1, true]]);
    const seen = allSeen(part, NOTHING_SEEN);
    expect(lines(part, seen)).toEqual([['x 4', 1, false]]);
    const more = sources({
      fills: [fill('1', 'x'), fill('2', 'x'), fill('3', 'x')],
      orders: [order('x', 10, 2_000)],
    });
    expect(lines(more, seen)).toEqual([['x 10', 1, true]]);
    expect(lines(more, someSeen(seen, noticesOf(more, seen, WORDS)))).toEqual([['x 10', 1, false]]);
  });

  it('are all unseen where the mark has left the memory of the screen', () => {
    const from = sources({ fills: [fill('9', 'x')], orders: [order('x', 1, 0)] });
    expect(lines(from, { ...NOTHING_SEEN, fillId: 'gone' })).toEqual([['x 1', 1, true]]);
  });
});

describe('do not disturb', () => {
  const daily = { ...DEFAULT_NOTICES.quiet, daily: true };

  it('goes over midnight, and not at all where it begins as it ends', () => {
    const at = (time: string) => isQuiet(daily, time);
    expect(['21:59', '22:00', '03:00', '07:29', '07:30'].map(at)).toEqual([false, true, true, true, false]);
    expect(isQuiet({ ...daily, from: '12:00', until: '13:00' }, '12:30')).toBe(true);
    expect(isQuiet({ ...daily, from: '12:00', until: '12:00' }, '12:00')).toBe(false);
    expect(isQuiet({ ...daily, daily: false, now: true }, '12:00')).toBe(true);
  });

  it('lets through what stops trading, and shows what needs an act', () => {
    expect((['info', 'caution', 'high', 'critical'] as const).map((level) => breaksQuiet(level, 'sound'))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(breaksQuiet('high', 'sight')).toBe(true);
  });
});

describe('the kind of an alert', () => {
  it('follows from its message', () => {
    expect(['PRICE_ALERT', 'LATE_FILL', 'MANDATE_FIRED', 'CANCELS_REMAIN', 'INTERNAL_BUG'].map(noticeKind)).toEqual([
      'price',
      'fill',
      'order',
      'order',
      'system',
    ]);
  });
});
