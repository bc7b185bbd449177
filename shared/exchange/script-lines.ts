/** The lines of an exchange script: one JSON object each, one command each. The format is told in docs/exchange-script.md. */
import { z } from 'zod';
import { IsoDate, Market, OrderType, Side, TimeInForce } from '../domain/index.ts';
import { isSessionDate, type SessionDate } from '../time/index.ts';

const Code = z.string().regex(/^[0-9A-Z]{6}$/);
/** Names of orders, chosen by the author. */
const Id = z.string().min(1).max(64);
/** Whatever number the author wants to try: the exchange itself says no to a wrong one. */
const AnyNumber = z.number();
const Owner = z.int().min(0).max(2_147_483_647);
const Phases = z.enum(['preOpen', 'openAuction', 'continuous', 'closeAuction', 'viAuction', 'halted', 'closed']);

const SCHEMAS = {
  date: z.strictObject({
    date: IsoDate.refine((text): text is SessionDate => isSessionDate(text)),
    seed: z.int().min(0).max(4_294_967_295).default(1),
  }),
  instrument: z.strictObject({
    instrument: Code,
    market: Market.default('KOSPI'),
    base: z.int().positive(),
    lot: z.int().positive().default(1),
    shares: z.int().positive().nullable().default(null),
    upper: z.int().positive().optional(),
    lower: z.int().positive().optional(),
    newListing: z.boolean().default(false),
    halted: z.boolean().default(false),
  }),
  phase: z.strictObject({ phase: Phases }),
  clock: z.strictObject({ clock: z.string().regex(/^\d{2}:\d{2}(:\d{2}(\.\d{3})?)?$/) }),
  order: z.strictObject({
    order: Side,
    id: Id,
    code: Code.optional(),
    type: OrderType.default('limit'),
    price: AnyNumber.optional(),
    quantity: AnyNumber,
    timeInForce: TimeInForce.default('day'),
    owner: Owner.default(1),
  }),
  replace: z.strictObject({ replace: Id, price: AnyNumber, owner: Owner.optional() }),
  cancel: z.strictObject({ cancel: Id, owner: Owner.optional() }),
  book: z.strictObject({ book: Code, levels: z.int().min(1).max(100).default(10) }),
} as const;

type Schemas = typeof SCHEMAS;
export type CommandName = keyof Schemas;
export type Command<N extends CommandName> = z.output<Schemas[N]>;

/** A line by its command's name. */
export type ScriptLine = { readonly [N in CommandName]: { readonly name: N; readonly line: Command<N> } }[CommandName];

const NAMES = Object.keys(SCHEMAS) as CommandName[];

/** A line, or in Korean why it is none. */
export type ParsedLine =
  { readonly ok: true; readonly value: ScriptLine } | { readonly ok: false; readonly why: string };

/** Reads one line of text. */
export function parseScriptLine(text: string): ParsedLine {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, why: 'JSON이 아닙니다.' };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { ok: false, why: 'JSON 객체 하나를 적어야 합니다.' };
  }
  const found = NAMES.filter((name) => Object.hasOwn(json, name));
  const [name] = found;
  if (name === undefined || found.length > 1) {
    return { ok: false, why: `명령은 다음 가운데 하나만 적습니다: ${NAMES.join(', ')}.` };
  }
  const parsed = SCHEMAS[name].safeParse(json);
  if (!parsed.success) return { ok: false, why: complaint(parsed.error, json) };
  return { ok: true, value: { name, line: parsed.data } as ScriptLine };
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
