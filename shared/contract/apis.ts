/** APIs area: every API of KIS as data, its live channels, what was called in this run, and calls written as code. */
import { z } from 'zod';
import { EndpointKind, Reason } from '../domain/index.ts';
import { area, method, stream } from '../rpc/define.ts';

/** Where a call goes: an emulator in this process, or a connection of the user's. */
export const ApiEnvironment = z.enum(['simulator', 'paper', 'real']);
export type ApiEnvironment = z.infer<typeof ApiEnvironment>;

const ApiId = z.string().min(1).max(120);
/** Fields by their names in the catalogue. */
export const ApiParams = z.record(z.string().max(60), z.string().max(2_000));

/** What an API does to orders, and whether the desk does the same. */
export const ApiOrder = z.strictObject({
  verb: z.enum(['place', 'change', 'withdraw']),
  /** Whose orders the desk takes; null: none of these, as `lack` says. */
  desk: z.enum(['krx', 'overseas', 'bond']).nullable(),
  lack: z.enum(['credit', 'reservation', 'daytime', 'futures', 'overseasFutures']).nullable(),
});
export type ApiOrder = z.infer<typeof ApiOrder>;

/** A row of the list: one API under one of its names. */
export const ApiRow = z.strictObject({
  /** Place in the official list, from 1; null: only in the samples or on the portal. */
  no: z.int().positive().nullable(),
  id: z.string(),
  name: z.string(),
  /** "국내주식" of "[국내주식]주문/계좌" */
  category: z.string(),
  /** "주문/계좌"; empty where a category has no menus. */
  menu: z.string(),
  kind: z.enum(['rest', 'ws']),
  /** null: a channel. */
  method: z.enum(['GET', 'POST']).nullable(),
  path: z.string(),
  trIds: z.strictObject({ real: z.array(z.string()), paper: z.array(z.string()) }),
  /** true: paper answers it. */
  paper: z.boolean(),
  order: ApiOrder.nullable(),
  /** true: it hands out keys or tokens, so it is never called from here. */
  secret: z.boolean(),
});
export type ApiRow = z.infer<typeof ApiRow>;

const ApiCode = z.strictObject({ code: z.string(), name: z.string() });

/** One field of a form. */
export const ApiField = z.strictObject({
  name: z.string(),
  label: z.string(),
  required: z.boolean(),
  /** true: it may be sent empty. */
  blank: z.boolean(),
  maxLen: z.int().positive().nullable(),
  codes: z.array(ApiCode),
  /** What the form begins with; empty: nothing is known. */
  start: z.string(),
  note: z.string().nullable(),
  /** account: the core fills it from the connection · page: paging fills it · user: typed */
  fill: z.enum(['user', 'account', 'page']),
  /** false: chooses the TR id and is not sent. */
  sent: z.boolean(),
});
export type ApiField = z.infer<typeof ApiField>;

/** One field of an answer, or a column of a channel. */
export const ApiColumn = z.strictObject({
  name: z.string(),
  label: z.string(),
  /** figure: the catalogue says so · text: a code, a day, a number of something · open: a figure where every value is one */
  kind: z.enum(['figure', 'text', 'open']),
  codes: z.array(ApiCode),
});
export type ApiColumn = z.infer<typeof ApiColumn>;

/** All that is known of one API. */
export const ApiDetail = z.strictObject({
  id: z.string(),
  fields: z.array(ApiField),
  /** Empty for a channel. */
  blocks: z.array(z.strictObject({ name: z.string(), rows: z.boolean(), columns: z.array(ApiColumn) })),
  /** null: a call. */
  channel: z
    .strictObject({
      keyLabel: z.string(),
      keyStart: z.string(),
      /** true: the core fills the key from the connection. */
      ownKey: z.boolean(),
      columns: z.array(ApiColumn),
    })
    .nullable(),
  /** none: one page · next: the next page can be asked for · time: a date or time has to be moved, as `how` says */
  paging: z.strictObject({ kind: z.enum(['none', 'next', 'time']), how: z.string().nullable() }),
  /** Where the TR id depends on something. */
  trRules: z.array(z.strictObject({ when: z.string(), real: z.string().nullable(), paper: z.string().nullable() })),
  rateNote: z.string().nullable(),
  notes: z.array(z.string()),
  /** Number of its page on the portal, and the screen of the HTS that shows the same. */
  portalId: z.string().nullable(),
  hts: z.string().nullable(),
});
export type ApiDetail = z.infer<typeof ApiDetail>;

/** Whether calls can go somewhere, and to whom. */
export const ApiPlace = z.strictObject({
  env: ApiEnvironment,
  endpoint: EndpointKind,
  /** Name or masked account of the connection; null: the emulator in this process, or nobody. */
  label: z.string().nullable(),
  /** true: it is the connection of the environment in force. */
  inForce: z.boolean(),
  /** Why nothing can be called there; null: it can. */
  reasonKo: z.string().nullable(),
});
export type ApiPlace = z.infer<typeof ApiPlace>;

/** A call that was made in this run. */
export const ApiCallRecord = z.strictObject({
  callId: z.string(),
  at: z.number(),
  api: z.string(),
  name: z.string(),
  env: ApiEnvironment,
  endpoint: EndpointKind.nullable(),
  /** What was typed, without account and keys. */
  params: z.record(z.string(), z.string()),
  /** Pages that came, each of which cost one call. */
  pages: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  ms: z.number().nonnegative(),
  synthetic: z.boolean(),
  /** null: it was answered. */
  reason: Reason.nullable(),
});
export type ApiCallRecord = z.infer<typeof ApiCallRecord>;

/** What comes over a live channel. */
export const ApiMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('state'),
    state: z.enum(['waiting', 'live', 'polled', 'refused']),
    endpoint: EndpointKind,
    /** Why it is not live, where that is known. */
    reasonKo: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('record'),
    /** Counts from 1. */
    seq: z.int().positive(),
    at: z.number(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
]);
export type ApiMessage = z.infer<typeof ApiMessage>;

/** A call, a channel, an order or a line of the command line, ready to run. */
export const ApiRecipe = z.strictObject({
  id: z.string(),
  product: z.string(),
  ko: z.string(),
  en: z.string(),
  kind: z.enum(['call', 'channel', 'order', 'cli']),
  /** null: a line of the command line. */
  api: z.string().nullable(),
  params: z.record(z.string(), z.string()),
  /** Of a channel; empty: the core fills it. */
  key: z.string(),
  /** The same on the command line; null: there is none. */
  cli: z.string().nullable(),
});
export type ApiRecipe = z.infer<typeof ApiRecipe>;

export const ApiCopyForm = z.enum(['curl', 'typescript', 'python', 'cli']);
export type ApiCopyForm = z.infer<typeof ApiCopyForm>;

export const apis = area({
  list: method({
    about: 'Every API of KIS: the rows of the official list in their order, behind them those that it leaves out.',
    input: z.strictObject({}),
    output: z.array(ApiRow),
  }),
  describe: method({
    about: 'All that is known of one API, with a form that is filled where something sensible is known.',
    input: z.strictObject({ id: ApiId }),
    output: ApiDetail,
  }),
  places: method({
    about: 'Where calls can go now.',
    input: z.strictObject({}),
    output: z.array(ApiPlace),
  }),
  history: method({
    about: 'Calls of this run, the newest first; no secret and no account is in them.',
    input: z.strictObject({}),
    output: z.array(ApiCallRecord),
  }),
  subscribe: stream({
    about: 'Listens to a real-time channel; order notices are those of the connection.',
    input: z.strictObject({ api: ApiId, env: ApiEnvironment, key: z.string().max(40).default('') }),
    item: ApiMessage,
    mode: 'every',
  }),
  copy: method({
    about: 'A call written as code; keys and account are read from the environment, never written.',
    input: z.strictObject({
      api: ApiId,
      env: ApiEnvironment,
      params: ApiParams.default({}),
      key: z.string().max(40).default(''),
      form: ApiCopyForm,
    }),
    output: z.strictObject({ text: z.string() }),
  }),
  postman: method({
    about: 'The whole catalogue as a Postman collection (2.1).',
    input: z.strictObject({}),
    output: z.strictObject({ text: z.string() }),
  }),
  recipes: method({
    about: 'Calls, channels and commands ready to run, one for each thing that the sample programs of the broker show.',
    input: z.strictObject({}),
    output: z.array(ApiRecipe),
  }),
});
