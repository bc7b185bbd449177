/** The user's connections to KIS and how they stand; no secret is ever in any of it. */
import { z } from 'zod';
import { Environment } from './account.ts';
import { IsoDate } from './instrument.ts';
import { Reason } from './order.ts';

/** paper 모의투자 · real 실전투자 */
export const KisKind = z.enum(['paper', 'real']);
export type KisKind = z.infer<typeof KisKind>;

/** official 증권사 서버 · emulator 이 컴퓨터의 오프라인 KIS */
export const EndpointKind = z.enum(['official', 'emulator']);
export type EndpointKind = z.infer<typeof EndpointKind>;

/** What the user should do about a connection before it stops working. */
export const KisReminder = z.strictObject({
  kind: z.enum(['keyExpired', 'keyExpiring', 'issueDateUnknown', 'inactive', 'htsIdSigns', 'memoryOnly']),
  level: z.enum(['info', 'caution', 'high']),
  textKo: z.string(),
});
export type KisReminder = z.infer<typeof KisReminder>;

/** A set of keys for one account, as the screen may know it. */
export const KisConnection = z.strictObject({
  /** Named after environment, address and account: the same account entered again is the same connection. */
  connectionId: z.string(),
  label: z.string(),
  kind: KisKind,
  endpoint: EndpointKind,
  /** Host and port of REST, without user information. */
  restHost: z.string(),
  wsHost: z.string(),
  /** "12******-01" */
  accountMasked: z.string(),
  hasHtsId: z.boolean(),
  /** Where the keys are: keychain of the operating system, or memory, which forgets at the end of this run; none: not there. */
  keptIn: z.enum(['keychain', 'memory', 'none']),
  keyIssuedOn: IsoDate.nullable(),
  /** One year after the issue. */
  keyExpiresOn: IsoDate.nullable(),
  /** Day of the last trade made here. */
  lastTradedOn: IsoDate.nullable(),
  reminders: z.array(KisReminder),
});
export type KisConnection = z.infer<typeof KisConnection>;

/** How the lock of the real environment stands. */
export const RealLock = z.strictObject({
  /** none: not the real environment · locked 잠김: orders are denied · armed 열림 until the end of the trading day */
  state: z.enum(['none', 'locked', 'armed']),
  pinSet: z.boolean(),
  armedUntilTs: z.int().nullable(),
  /** Wall time before which no further PIN is judged, after wrong ones. */
  retryAfterTs: z.int().nullable(),
});
export type RealLock = z.infer<typeof RealLock>;

/** Something that the broker of an environment does not offer, with the reason. */
export const Lack = z.strictObject({
  /** order type, route, channel or API: "order.conditionalLimit", "route.NXT", "api.domestic-stock.inquire-psbl-rvsecncl". */
  what: z.string(),
  nameKo: z.string(),
  reasonKo: z.string(),
});
export type Lack = z.infer<typeof Lack>;

/** The environment in force and what can be switched to. */
export const EnvironmentStatus = z.strictObject({
  environment: Environment,
  /** null in the simulation. */
  connectionId: z.string().nullable(),
  endpoint: EndpointKind.nullable(),
  /** ready: in force · switching · failed: in force, but not connected, with the reason. */
  phase: z.enum(['ready', 'switching', 'failed']),
  reason: Reason.nullable(),
  lock: RealLock,
  /** Rises with every switch. */
  generation: z.int().nonnegative(),
  choices: z.array(
    z.strictObject({
      environment: Environment,
      connectionId: z.string().nullable(),
      labelKo: z.string(),
      /** null: can be switched to. */
      reasonKo: z.string().nullable(),
    }),
  ),
  lacks: z.array(Lack),
  /** What the user must know while this environment is in force: unencrypted sockets, keys kept in memory. */
  noticesKo: z.array(z.string()),
});
export type EnvironmentStatus = z.infer<typeof EnvironmentStatus>;

/** What stands in the way of a switch until the user has said yes. */
export const SwitchBlocker = z.strictObject({
  kind: z.enum(['unconfirmed', 'stop', 'mandate']),
  textKo: z.string(),
  orderId: z.string().nullable(),
});
export type SwitchBlocker = z.infer<typeof SwitchBlocker>;

/** How the line to KIS stands; times in milliseconds, wall time where it ends on Ts. */
export const KisHealth = z.strictObject({
  connectionId: z.string(),
  /** Calls in the last second, and what is allowed. */
  callsPerSecond: z.number().nonnegative(),
  callLimit: z.int().positive(),
  waitingCalls: z.int().nonnegative(),
  registrations: z.int().nonnegative(),
  registrationLimit: z.int().positive(),
  /** Channels that are polled because no registration is free. */
  polled: z.int().nonnegative(),
  token: z.strictObject({
    state: z.enum(['none', 'issuing', 'valid', 'waiting']),
    ageMs: z.number().nonnegative().nullable(),
    expiresInMs: z.number().nullable(),
    /** Until the broker issues another one; null: at once. */
    guardMs: z.number().nonnegative().nullable(),
  }),
  socket: z.strictObject({
    state: z.enum(['off', 'connecting', 'open', 'waiting', 'inUse']),
    ageMs: z.number().nonnegative().nullable(),
    lastMessageMs: z.number().nonnegative().nullable(),
    reconnects: z.int().nonnegative(),
    nextTryMs: z.number().nonnegative().nullable(),
  }),
  /** Gaps that were filled by REST since the start. */
  gaps: z.int().nonnegative(),
  /** Server minus ours. */
  skewMs: z.number().nullable(),
  restP50Ms: z.number().nonnegative().nullable(),
  errors: z.array(z.strictObject({ code: z.string(), textKo: z.string(), count: z.int().positive(), lastTs: z.int() })),
  streams: z.array(
    z.strictObject({
      api: z.string(),
      nameKo: z.string(),
      key: z.string(),
      state: z.enum(['live', 'polled', 'waiting', 'refused']),
      lastMs: z.number().nonnegative().nullable(),
      records: z.int().nonnegative(),
      /** Set when the server sends more or fewer columns than we know. */
      alarmKo: z.string().nullable(),
    }),
  ),
});
export type KisHealth = z.infer<typeof KisHealth>;
