/** Notifications (알림): how the user is told, when not, and what they have acknowledged. */
import { z } from 'zod';
import type { Alert } from '../account.ts';

/** price 가격 · fill 체결 · order 주문 · system 시스템 */
export type NoticeKind = 'price' | 'fill' | 'order' | 'system';

/** The only document of its kind. */
export const NOTICES_ID = 'main';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const SoundByLevel = z.strictObject({
  info: z.boolean(),
  caution: z.boolean(),
  high: z.boolean(),
  critical: z.boolean(),
});

/** How far the user has acknowledged what an environment told. */
const Seen = z.strictObject({
  /** Alerts up to this wall time. */
  alertTs: z.int().nonnegative(),
  /** Fills up to this one, in the order of the record; null: none. */
  fillId: z.string().nullable(),
  /** Later ones that were acknowledged one by one. */
  keys: z.array(z.string().max(100)).max(1_000),
});
export type Seen = z.infer<typeof Seen>;

export const NOTHING_SEEN: Seen = { alertTs: 0, fillId: null, keys: [] };

export const Notices = z.strictObject({
  sound: SoundByLevel,
  /** Notices of the operating system while no window of ours has the focus. */
  desktop: z.boolean(),
  fills: z.boolean(),
  /** Do not disturb: by hand, or every day between two times of the Korean day. */
  quiet: z.strictObject({ now: z.boolean(), daily: z.boolean(), from: TimeOfDay, until: TimeOfDay }),
  /** By environment and connection. */
  seen: z.record(z.string().max(100), Seen),
});
export type Notices = z.infer<typeof Notices>;

/** What a new user starts with. */
export const DEFAULT_NOTICES: Notices = {
  sound: { info: false, caution: true, high: true, critical: true },
  desktop: false,
  fills: true,
  quiet: { now: false, daily: false, from: '22:00', until: '07:30' },
  seen: {},
};

/** What an alert is about, by the code of its message. */
export function noticeKind(code: string): NoticeKind {
  if (code === 'PRICE_ALERT') return 'price';
  if (code === 'LATE_FILL') return 'fill';
  return /^(ORDER|MANDATE|REPLACE|CANCEL|STOP_|CONDITIONAL|NEVER_)/.test(code) ? 'order' : 'system';
}

/** Whether the user wants to be left alone at a time of the Korean day, "HH:MM"; a span may go over midnight. */
export function isQuiet({ now, daily, from, until }: Notices['quiet'], time: string): boolean {
  if (now) return true;
  if (!daily || from === until) return false;
  return from < until ? time >= from && time < until : time >= from || time < until;
}

/** What may still be told while the user wants to be left alone: only what stops trading is heard, and what needs an act is seen. */
export function breaksQuiet(level: Alert['level'], by: 'sound' | 'sight'): boolean {
  return level === 'critical' || (by === 'sight' && level === 'high');
}
