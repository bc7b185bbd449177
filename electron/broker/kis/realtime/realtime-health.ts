/** How the real-time client stands, for the health panel. */
import { envelope, type ErrorEnvelope } from '#shared/errors/index.ts';
import type { WishState } from '../ports.ts';
import type { AlarmKind, ChannelAlarm } from './channel-intake.ts';
import type { RegistrationDesk } from './registration-desk.ts';
import type { Registration } from './registration.ts';
import type { LineState, SocketLine } from './socket-line.ts';

/** One channel and key. */
export interface StreamHealth {
  readonly api: string;
  readonly nameKo: string;
  /** Of order notices only that there is one: it is the user's HTS id. */
  readonly key: string;
  readonly state: WishState;
  /** Milliseconds since its last record. */
  readonly lastMs: number | null;
  readonly records: number;
  /** What is wrong with it; null: nothing. */
  readonly alarmKo: string | null;
}

/** The facts of the line and of every stream; ages in milliseconds. */
export interface RealtimeHealth {
  readonly registrations: number;
  readonly registrationLimit: number;
  readonly polled: number;
  readonly socket: {
    readonly state: LineState;
    readonly ageMs: number | null;
    readonly lastMessageMs: number | null;
    readonly reconnects: number;
    readonly nextTryMs: number | null;
  };
  /** true: what passes here can be read and changed on its way; the broker offers nothing else. */
  readonly isUnencrypted: boolean;
  readonly gaps: number;
  /** Why there is no line; null: there is one, or nobody wants it. */
  readonly problem: ErrorEnvelope | null;
  readonly streams: readonly StreamHealth[];
}

const ALARM_CODES = {
  extra: 'KIS_COLUMNS_EXTRA',
  fewer: 'KIS_COLUMNS_FEWER',
  broken: 'KIS_FRAME_BROKEN',
  astray: 'KIS_FRAME_ASTRAY',
  sealed: 'KIS_FRAME_SEALED',
} as const satisfies Record<AlarmKind, string>;

/** Streams are listed in the order they were wanted; more than this many are not shown. */
const MOST_STREAMS = 500;
const HIDDEN_KEY = '•••';

function alarmText(alarm: ChannelAlarm, columns: number): string {
  return envelope(ALARM_CODES[alarm.kind], { columns, fields: alarm.fields ?? 0, count: alarm.count }).messageKo;
}

function troubleOf(registration: Registration): string | null {
  const { refusal, intake } = registration;
  const { channel, alarms } = intake;
  if (refusal) return envelope(refusal.code, { name: channel.name, why: refusal.why }).messageKo;
  const texts = [...alarms.values()].map((alarm) => alarmText(alarm, channel.columns.length));
  return texts.length > 0 ? texts.join(' ') : null;
}

/** What the panel shows. */
export function healthOf(parts: {
  readonly line: SocketLine;
  readonly desk: RegistrationDesk;
  readonly isUnencrypted: boolean;
  readonly problem: ErrorEnvelope | null;
  readonly nowMs: number;
}): RealtimeHealth {
  const { line, desk, isUnencrypted, problem, nowMs } = parts;
  const streams = desk.all
    .filter((one) => one.isWanted)
    .slice(0, MOST_STREAMS)
    .map((one): StreamHealth => {
      const { channel } = one.intake;
      return {
        api: channel.id,
        nameKo: channel.name,
        key: channel.encrypted ? HIDDEN_KEY : one.key,
        state: [...one.wishes.values()][0] ?? 'waiting',
        lastMs: one.lastMs === null ? null : nowMs - one.lastMs,
        records: one.records,
        alarmKo: troubleOf(one),
      };
    });
  return {
    registrations: desk.registered,
    registrationLimit: desk.budget,
    polled: desk.polled().length,
    socket: line.facts(),
    isUnencrypted,
    gaps: desk.gaps,
    problem,
    streams,
  };
}
