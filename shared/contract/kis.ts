/** KIS area: connections and their keys (written, never read back), health of the line, the catalogue of APIs and single calls. */
import { z } from 'zod';
import { EndpointKind, IsoDate, KisConnection, KisHealth, KisKind, Reason } from '../domain/index.ts';
import { area, method, stream } from '../rpc/define.ts';

const ConnectionRef = z.strictObject({ connectionId: z.string().min(1).max(64) });
/** Checked in the core, so that each field gets its own sentence. */
const Secret = z.string().max(400);

/** What a person enters; addresses only for the emulator. */
export const NewKisConnection = z.strictObject({
  label: z.string().trim().max(40).default(''),
  kind: KisKind,
  endpoint: EndpointKind,
  restUrl: z.string().max(200).nullable().default(null),
  wsUrl: z.string().max(200).nullable().default(null),
  appKey: Secret,
  appSecret: Secret,
  /** "12345678-01"; the product code is 01 if left out. */
  account: z.string().max(40),
  htsId: z.string().max(40).nullable().default(null),
  /** Day on which the broker issued the keys. */
  issuedOn: IsoDate.nullable().default(null),
});
export type NewKisConnection = z.infer<typeof NewKisConnection>;

/** One step of trying a connection. */
export const ConnectionCheck = z.strictObject({
  step: z.enum(['address', 'token', 'account', 'approval', 'socket', 'notice', 'clock']),
  nameKo: z.string(),
  ok: z.boolean(),
  reason: Reason.nullable(),
  ms: z.number().nonnegative(),
});
export type ConnectionCheck = z.infer<typeof ConnectionCheck>;

export const kis = area({
  connections: method({
    about: 'The connections known, with where their keys are and what to remember; never the keys.',
    input: z.strictObject({}),
    output: z.strictObject({
      connections: z.array(KisConnection),
      /** Whether this machine has a keychain; if not, why, and that keys last for this run only. */
      keychain: z.strictObject({ available: z.boolean(), reasonKo: z.string().nullable() }),
    }),
  }),
  save: method({
    about: 'Keeps a connection with its keys in the keychain, else in memory for this run.',
    input: NewKisConnection,
    output: KisConnection,
    cancellable: false,
  }),
  importYaml: method({
    about: 'Takes connections from the text of a kis_devlp.yaml; the file itself is left alone.',
    input: z.strictObject({ text: z.string().max(65_536), endpoint: EndpointKind.default('official') }),
    output: z.strictObject({
      connections: z.array(KisConnection),
      /** Entries that could not be taken, with the reason. */
      skipped: z.array(z.string()),
    }),
    cancellable: false,
  }),
  remove: method({
    about: 'Forgets a connection and its keys; records of its orders stay.',
    input: ConnectionRef,
    output: z.strictObject({ removed: z.boolean() }),
    cancellable: false,
  }),
  test: method({
    about: 'Tries a connection step by step, without orders.',
    input: ConnectionRef,
    output: z.array(ConnectionCheck),
  }),
  revokeToken: method({
    about: 'Gives the access token of a connection back to the broker.',
    input: ConnectionRef,
    output: z.strictObject({ revoked: z.boolean() }),
    cancellable: false,
  }),
  health: stream({
    about: 'How the line to KIS stands, once a second; nothing in the simulation.',
    input: z.strictObject({}),
    item: KisHealth,
    mode: 'latest',
  }),
  call: method({
    about: 'Calls one API of the catalogue that places no order; simulator answers from an emulator in this process.',
    input: z.strictObject({
      api: z.string().max(120),
      env: z.enum(['simulator', 'paper', 'real']),
      endpoint: EndpointKind.nullable().default(null),
      params: z.record(z.string().max(60), z.string().max(2_000)).default({}),
      /** Every page if true. */
      all: z.boolean().default(false),
      /** `callId` of an answer with `next`: goes on with the page after it, and takes the fields from there. */
      after: z.string().max(64).nullable().default(null),
    }),
    output: z.strictObject({
      api: z.string(),
      trId: z.string().nullable(),
      messageCode: z.string(),
      message: z.string(),
      /** Answer blocks, and the fields beside them under `top`. */
      blocks: z.record(z.string(), z.unknown()),
      complete: z.boolean(),
      /** Each cost one call. */
      pages: z.int().positive(),
      /** true: made up by the emulator from the field types. */
      synthetic: z.boolean(),
      /** Names the call among those of this run. */
      callId: z.string(),
      endpoint: EndpointKind,
      /** true: `after` can ask for the next page. */
      next: z.boolean(),
      ms: z.number().nonnegative(),
    }),
  }),
});
