/** The lines of an exchange script: one JSON object each, one command each. The format is told in docs/exchange-script.md. */
import { z } from 'zod';
import {
  CorporateAction,
  IsoDate,
  Market,
  OrderSession,
  OrderType,
  Route,
  Side,
  TimeInForce,
  VenueName,
} from '../../domain/index.ts';
import { ACCOUNT_KINDS, CREDIT_ACTS, FEE_CHANNELS, VI_CLASSES } from '../../market/index.ts';
import { isSessionDate, PHASES, type SessionDate } from '../../time/index.ts';

const Code = z.string().regex(/^[0-9A-Z]{6}$/);
/** Names of orders, accounts and kept states, chosen by the author. */
const Id = z.string().min(1).max(64);
/** Whatever number the author wants to try: the exchange itself says no to a wrong one. */
const AnyNumber = z.number();
const Owner = z.int().min(0).max(2_147_483_647);
const Day = IsoDate.refine((text): text is SessionDate => isSessionDate(text));
const Clock = z.string().regex(/^\d{2}:\d{2}(:\d{2}(\.\d{3})?)?$/);
const Won = z.int().positive();
/** Percent, at most four digits after the point. */
const Percent = z.number().min(-100).max(100);

const SCHEMAS = {
  date: z.strictObject({
    date: Day,
    seed: z.int().min(0).max(4_294_967_295).default(1),
    vi: z.boolean().optional(),
    breakers: z.boolean().default(true),
    index: z.enum(['given', 'issues']).default('given'),
    expiry: z.boolean().optional(),
  }),
  instrument: z.strictObject({
    instrument: Code,
    market: Market.default('KOSPI'),
    product: z.enum(['stock', 'etp', 'elw']).default('stock'),
    multiple: z.number().min(-10).max(10).optional(),
    viClass: z.enum(VI_CLASSES).optional(),
    nxt: z.boolean().default(false),
    base: Won,
    lot: Won.optional(),
    shares: Won.nullable().default(null),
    upper: Won.optional(),
    lower: Won.optional(),
    unlimited: z.boolean().default(false),
    newListing: z.boolean().default(false),
    firstPrice: z.strictObject({ lower: Won, upper: Won, reason: z.string().max(200).default('script') }).optional(),
    singlePrice: z
      .enum(['liquidation', 'overheated', 'etpCaution', 'abnormalSurge', 'lowLiquidity', 'preferred'])
      .optional(),
    /** In force on the day; `base` is then the close before it. */
    actions: z.array(CorporateAction).max(20).default([]),
    halted: z.boolean().default(false),
  }),
  account: z.strictObject({
    account: Id,
    cash: z.int().min(1).max(1_000_000_000_000).optional(),
    kind: z.enum(ACCOUNT_KINDS).optional(),
    channel: z.enum(FEE_CHANNELS).optional(),
  }),
  phase: z.strictObject({ phase: z.enum(PHASES), venue: VenueName.default('KRX') }),
  clock: z.strictObject({ clock: Clock }),
  order: z.strictObject({
    order: Side,
    id: Id,
    code: Code.optional(),
    ordDvsn: z.string().optional(),
    type: OrderType.optional(),
    timeInForce: TimeInForce.optional(),
    session: OrderSession.optional(),
    route: Route.optional(),
    price: AnyNumber.optional(),
    stopPrice: AnyNumber.optional(),
    quantity: AnyNumber,
    program: z.boolean().default(false),
    shortSale: z.boolean().default(false),
    /** The day it is meant for; the script's own if absent. */
    date: Day.optional(),
    owner: Owner.optional(),
    account: Id.optional(),
    credit: z.enum(CREDIT_ACTS).optional(),
    marginPercent: z.int().min(1).max(100).optional(),
  }),
  replace: z.strictObject({
    replace: Id,
    price: AnyNumber.optional(),
    quantity: AnyNumber.optional(),
    type: OrderType.optional(),
    /** Name of the part that changes, where it is not the whole rest. */
    as: Id.optional(),
    owner: Owner.optional(),
  }),
  cancel: z.strictObject({ cancel: Id, quantity: AnyNumber.optional(), owner: Owner.optional() }),
  halt: z.strictObject({ halt: Code, note: z.string().max(200).default(''), until: Clock.optional() }),
  resume: z.strictObject({ resume: Code, auctionS: z.int().min(1).max(7_200).optional() }),
  index: z.strictObject({ index: Market, percent: Percent }),
  futures: z.strictObject({
    futures: z.enum(['KOSPI200', 'KOSDAQ150']),
    percent: Percent,
    spotPercent: Percent.optional(),
  }),
  book: z.strictObject({
    book: Code,
    venue: VenueName.default('KRX'),
    levels: z.int().min(1).max(100).default(10),
  }),
  issue: z.strictObject({ issue: Code, venue: VenueName.default('KRX') }),
  market: z.strictObject({ market: Market }),
  snapshot: z.strictObject({ snapshot: Id }),
  rewind: z.strictObject({ rewind: Id }),
} as const;

type Schemas = typeof SCHEMAS;
export type CommandName = keyof Schemas;
export type Command<N extends CommandName> = z.output<Schemas[N]>;

/** A line by its command's name. */
export type ScriptLine = { readonly [N in CommandName]: { readonly name: N; readonly line: Command<N> } }[CommandName];

/** A line, or in Korean why it is none. */
export type ParsedLine =
  { readonly ok: true; readonly value: ScriptLine } | { readonly ok: false; readonly why: string };

/** Reads one line of text. */
export function parseScriptLine(text: string): ParsedLine {
  return readScriptLine(SCHEMAS, text) as ParsedLine;
}

/** Reads one line as exactly one of the commands that `schemas` names. */
export function readScriptLine<N extends string>(
  schemas: Readonly<Record<N, z.ZodType>>,
  text: string,
):
  | { readonly ok: true; readonly value: { readonly name: N; readonly line: unknown } }
  | { readonly ok: false; readonly why: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, why: 'JSON이 아닙니다.' };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { ok: false, why: 'JSON 객체 하나를 적어야 합니다.' };
  }
  const names = Object.keys(schemas) as N[];
  const name = commandOf(schemas, names, json);
  if (name === undefined) {
    return { ok: false, why: `명령은 다음 가운데 하나만 적습니다: ${names.join(', ')}.` };
  }
  const parsed = schemas[name].safeParse(json);
  if (!parsed.success) return { ok: false, why: complaint(parsed.error, json) };
  return { ok: true, value: { name, line: parsed.data } };
}

/** The one command of a line. A word that is a command by itself may be an item of another one: the date of an order. */
function commandOf<N extends string>(
  schemas: Readonly<Record<N, z.ZodType>>,
  names: readonly N[],
  json: object,
): N | undefined {
  const found = names.filter((name) => Object.hasOwn(json, name));
  if (found.length < 2) return found[0];
  const takes = (name: N, item: N): boolean => {
    const schema: z.ZodType = schemas[name];
    return item === name || (schema instanceof z.ZodObject && Object.hasOwn(schema.shape, item));
  };
  const whole = found.filter((name) => found.every((item) => takes(name, item)));
  return whole.length === 1 ? whole[0] : undefined;
}

/** The first thing that is wrong, in Korean. */
function complaint(error: z.ZodError, json: object): string {
  const issue = error.issues[0];
  if (!issue) return '모양이 맞지 않습니다.';
  const where = issue.path.join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return `모르는 항목입니다: ${issue.keys.join(', ')}.`;
    case 'invalid_type':
      return Object.hasOwn(json, where) ? `${where} 값의 종류가 맞지 않습니다.` : `${where} 항목이 없습니다.`;
    case 'invalid_value':
      return `${where} 값은 다음 가운데 하나입니다: ${issue.values.join(', ')}.`;
    default:
      return `${where} 값이 범위나 모양에 맞지 않습니다.`;
  }
}
