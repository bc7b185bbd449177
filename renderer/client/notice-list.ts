/** What the notification centre lists: alerts of the desk and fills, newest first, alike ones merged, with what is still to be acknowledged. */
import { type Alert, type Fill, noticeKind, type NoticeKind, type Order, type Seen } from '#shared/domain/index.ts';

/** One line of the centre. */
export interface Notice {
  /** Of the newest of those merged; acknowledging names each. */
  readonly key: string;
  readonly keys: readonly string[];
  readonly kind: NoticeKind;
  readonly level: Alert['level'];
  readonly title: string;
  readonly body: string;
  /** Wall time of the newest. */
  readonly ts: number;
  readonly unseen: boolean;
}

/** Alike notices within this time are one line. */
export const MERGE_MS = 5 * 60_000;
/** Fills that the centre lists; all are in their own table. */
const FILLS_LIMIT = 50;

export interface NoticeSources {
  readonly alerts: readonly Alert[];
  /** In the order of the record. */
  readonly fills: ReadonlyMap<string, Fill>;
  readonly orders: ReadonlyMap<string, Order>;
}

interface Words {
  readonly fillTitle: (order: Order) => string;
  readonly fillBody: (order: Order) => string;
}

/** Alerts alike within a while, as one line each; they come oldest first. */
function ofAlerts(alerts: readonly Alert[], { alertTs, keys }: Seen): Notice[] {
  const known = new Set(keys);
  const open = new Map<string, Notice>();
  const lines: Notice[] = [];
  for (const alert of alerts) {
    const unseen = alert.ts > alertTs && !known.has(alert.alertId);
    const alike = `${alert.code}|${alert.titleKo}`;
    const before = open.get(alike);
    const line: Notice = {
      key: alert.alertId,
      keys: [alert.alertId],
      kind: noticeKind(alert.code),
      level: alert.level,
      title: alert.titleKo,
      body: alert.bodyKo,
      ts: alert.ts,
      unseen,
    };
    // What was acknowledged and happens again is news.
    if (before && before.unseen === unseen && alert.ts - before.ts <= MERGE_MS) {
      const merged = { ...line, keys: [...before.keys, alert.alertId] };
      lines[lines.indexOf(before)] = merged;
      open.set(alike, merged);
    } else {
      lines.push(line);
      open.set(alike, line);
    }
  }
  return lines;
}

/** Fills, one line an order; an order that goes on filling is news again. */
function ofFills({ fills, orders }: NoticeSources, seen: Seen, words: Words): Notice[] {
  const known = new Set(seen.keys);
  // A mark that has left the screen's memory lies before everything that is here.
  let passed = seen.fillId === null || !fills.has(seen.fillId);
  const fresh = new Map<string, boolean>();
  for (const fill of fills.values()) {
    // Put again at the end: the order filled last comes last.
    const before = fresh.get(fill.orderId) ?? false;
    fresh.delete(fill.orderId);
    fresh.set(fill.orderId, before || passed);
    if (fill.fillId === seen.fillId) passed = true;
  }
  return [...fresh].slice(-FILLS_LIMIT).flatMap(([orderId, isNew]) => {
    const order = orders.get(orderId);
    if (!order) return [];
    const key = `fill:${orderId}:${order.filledQty}`;
    return {
      key,
      keys: [key],
      kind: 'fill',
      level: 'info',
      title: words.fillTitle(order),
      body: words.fillBody(order),
      ts: order.updatedTs,
      unseen: isNew && !known.has(key),
    } satisfies Notice;
  });
}

/** Every line, newest first. */
export function noticesOf(sources: NoticeSources, seen: Seen, words: Words): readonly Notice[] {
  return [...ofAlerts(sources.alerts, seen), ...ofFills(sources, seen, words)].sort((a, b) => b.ts - a.ts);
}

/** The mark once everything that is listed now was acknowledged. */
export function allSeen({ alerts, fills }: NoticeSources, before: Seen): Seen {
  return {
    alertTs: Math.max(before.alertTs, alerts.at(-1)?.ts ?? 0),
    fillId: [...fills.keys()].at(-1) ?? before.fillId,
    keys: [],
  };
}

/** The mark once some lines were acknowledged. */
export function someSeen(before: Seen, notices: readonly Notice[]): Seen {
  const keys = new Set([...before.keys, ...notices.flatMap((notice) => notice.keys)]);
  return { ...before, keys: [...keys].slice(-1_000) };
}
