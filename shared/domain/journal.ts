/** The journal as a person reads it: what happened, when, to which order, why, and by whom. */
import { z } from 'zod';
import { InstrumentId } from './instrument.ts';
import { Reason, Side } from './order.ts';

/** orders 주문 · fills 체결 · holdings 잔고·계좌 · samples 순자산 표본 · state 매매 상태 · alerts 알림 · mandates 조건 주문 · system 환경·잠금 · other 그 밖 */
export const JournalGroup = z.enum([
  'orders',
  'fills',
  'holdings',
  'samples',
  'state',
  'alerts',
  'mandates',
  'system',
  'other',
]);
export type JournalGroup = z.infer<typeof JournalGroup>;

/** user 사용자 · program 사용자가 맡긴 조건 · broker 증권사·거래소 · maru 마루 스스로 */
export const JournalActor = z.enum(['user', 'program', 'broker', 'maru']);
export type JournalActor = z.infer<typeof JournalActor>;

/** desk: what the environment in force has recorded · system: switches of the environment and locks, whatever is in force */
export const JournalRecord = z.enum(['desk', 'system']);
export type JournalRecord = z.infer<typeof JournalRecord>;

/** One entry. `data` is what was recorded, as it was. */
export const JournalLine = z.strictObject({
  /** Number within its record, from 1 without gaps. */
  seq: z.int().positive(),
  /** Wall time. */
  ts: z.int(),
  kind: z.string(),
  group: JournalGroup,
  actor: JournalActor,
  /** Why, where an error code was recorded with it. */
  reason: Reason.nullable(),
  orderId: z.string().nullable(),
  accountId: z.string().nullable(),
  instrumentId: z.string().nullable(),
  side: Side.nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type JournalLine = z.infer<typeof JournalLine>;

/** Entries of one page. */
export const JOURNAL_PAGE_LIMIT = 500;

/** Which entries are wanted; what is absent does not count. */
export const JournalFilter = z.strictObject({
  groups: z.array(JournalGroup).max(JournalGroup.options.length).nullable().default(null),
  accountId: z.string().min(1).max(64).nullable().default(null),
  instrumentId: InstrumentId.nullable().default(null),
  /** Wall time, both ends included. */
  fromTs: z.int().nullable().default(null),
  toTs: z.int().nullable().default(null),
  /** Found in what was recorded (numbers of orders, codes, notes), whatever its case. */
  text: z.string().trim().max(60).default(''),
});
export type JournalFilter = z.infer<typeof JournalFilter>;

export const JournalPage = z.strictObject({
  /** Newest first. */
  lines: z.array(JournalLine),
  /** Where the next page goes on; null: the beginning of the record was reached. May be set with fewer lines than asked, where few entries fit. */
  next: z.int().positive().nullable(),
  /** Entries of the record in all, whatever the filter. */
  total: z.int().nonnegative(),
});
export type JournalPage = z.infer<typeof JournalPage>;

const GROUPS: Readonly<Record<string, JournalGroup>> = {
  fillRecorded: 'fills',
  holdingAdjusted: 'holdings',
  holdingsAdopted: 'holdings',
  holdingEndTold: 'holdings',
  positionSettled: 'holdings',
  sessionReconciled: 'holdings',
  equitySampled: 'samples',
  tradingStateChanged: 'state',
  sweepStarted: 'state',
  sweepEnded: 'state',
  alertRaised: 'alerts',
  externalSeen: 'orders',
  environmentSwitched: 'system',
  environmentFailed: 'system',
  pinSet: 'system',
  pinFailed: 'system',
  realArmed: 'system',
  realDisarmed: 'system',
  connectionSaved: 'system',
  connectionRemoved: 'system',
  playStarted: 'system',
  playEnded: 'system',
  playMandateSigned: 'system',
  playMandateRevoked: 'system',
  detectorSet: 'system',
};

/** The group of a kind of entry. */
export function journalGroup(kind: string): JournalGroup {
  const known = GROUPS[kind];
  if (known) return known;
  if (/^mandate/i.test(kind)) return 'mandates';
  return /^(order|replace|cancel)/.test(kind) ? 'orders' : 'other';
}

/** Kinds that come from the broker or the exchange. */
const FROM_BROKER: ReadonlySet<string> = new Set([
  'orderAccepted',
  'orderRejected',
  'orderReplaced',
  'orderStanding',
  'orderExpired',
  'replaceRefused',
  'cancelRefused',
  'fillRecorded',
  'externalSeen',
  'holdingAdjusted',
  'holdingEndTold',
  'positionSettled',
]);
/** Kinds that a press of the user makes. */
const BY_USER: ReadonlySet<string> = new Set([
  'replaceAsked',
  'cancelAsked',
  'sweepStarted',
  'environmentSwitched',
  'pinSet',
  'pinFailed',
  'realArmed',
  'connectionSaved',
  'connectionRemoved',
  'playMandateSigned',
  'playMandateRevoked',
  'detectorSet',
]);

/** Who made an entry, from its kind and what was recorded with it. */
export function journalActor(kind: string, data: Readonly<Record<string, unknown>>): JournalActor {
  if (kind === 'orderCreated') return data['automated'] === true ? 'program' : 'user';
  if (kind === 'orderCanceled') return data['cause'] === 'user' ? 'user' : 'broker';
  if (kind === 'realDisarmed') return data['cause'] === 'user' || data['cause'] === 'kill' ? 'user' : 'maru';
  // A change that the user did not ask for has no number of a request.
  if (kind === 'cancelAsked' && data['requestId'] === null) return 'maru';
  const state = data['tradingState'];
  const cause = typeof state === 'object' && state !== null && 'cause' in state ? state.cause : data['by'];
  if (cause === 'user') return 'user';
  if (FROM_BROKER.has(kind)) return 'broker';
  if (BY_USER.has(kind)) return 'user';
  return 'maru';
}
