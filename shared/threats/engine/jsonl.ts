/** Reads the stream from a file: one event of JSON a line, each checked, a clear word for every bad one. */
import { z } from 'zod';
import { InstrumentId, OrderState, Side, VenueName } from '../../domain/index.ts';
import { PHASES } from '../../time/index.ts';
import type { ThreatEvent } from '../events.ts';

/** Until the year 2100: a time given in micro- or nanoseconds would make everything after it old. */
const Ts = z.int().min(0).max(4_102_444_800_000);
const Finite = z.number();
const Nullable = Finite.nullable().default(null);
const IndexMarket = z.enum(['KOSPI', 'KOSDAQ']);
const Levels = z.array(Finite).max(40);
const Closes = z.array(Finite).max(2_000).default([]);
const event = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ts: Ts, ...shape });

/** Every kind of event as a file may hold it; what is usual may be left out. */
export const ThreatEventLine = z.discriminatedUnion('kind', [
  event('issue', {
    id: InstrumentId,
    nameKo: z.string().default(''),
    market: z.enum(['KOSPI', 'KOSDAQ', 'KONEX']).default('KOSPI'),
    sector: z.string().nullable().default(null),
    base: Finite,
    upper: Finite,
    lower: Finite,
    dynamicViPpm: Finite.default(30_000),
    staticViPpm: Finite.default(100_000),
    viReference: Finite.default(0),
    tick: Finite,
    averageVolume: Nullable,
    minuteVolumes: z.array(Finite).max(400).nullable().default(null),
    usualDepth: Nullable,
    usualSpreadTicks: Nullable,
    closes: Closes,
    flags: z.array(z.enum(['managed', 'caution', 'warning', 'danger', 'halted', 'overheated'])).default([]),
    lively: z.boolean().default(true),
    followed: z.boolean().default(true),
  }),
  event('trade', {
    id: InstrumentId,
    venue: VenueName.default('KRX'),
    price: Finite,
    quantity: Finite,
    side: Side.nullable().default(null),
  }),
  event('book', { id: InstrumentId, venue: VenueName.default('KRX'), bids: Levels, asks: Levels }),
  event('vi', {
    id: InstrumentId,
    on: z.boolean(),
    cause: z.enum(['static', 'dynamic', 'both']).nullable().default(null),
  }),
  event('phase', { venue: VenueName.default('KRX'), phase: z.enum(PHASES), id: InstrumentId.nullable().default(null) }),
  event('index', { market: IndexMarket, ppm: Finite }),
  event('futures', { market: IndexMarket, ppm: Finite }),
  event('indexHistory', { market: IndexMarket, medianRange30Ppm: Finite, closes: Closes }),
  event('fx', { rate: Finite }),
  event('flow', {
    market: IndexMarket,
    group: z.enum(['foreign', 'institution', 'retail']),
    netKrw: Finite,
    averageTurnoverKrw: Nullable,
    pastDays: Closes,
  }),
  event('account', {
    accountId: z.string().max(80),
    equityKrw: Finite,
    dayStartKrw: Finite,
    peakKrw: Finite,
    buyingPowerKrw: Finite,
    cashD2Krw: Finite,
    positions: z
      .array(
        z.strictObject({
          id: InstrumentId,
          quantity: Finite,
          valueKrw: Finite,
          costKrw: Finite,
          sector: z.string().nullable().default(null),
        }),
      )
      .default([]),
  }),
  event('order', {
    accountId: z.string().max(80),
    orderId: z.string().max(80),
    id: InstrumentId,
    side: Side,
    price: Nullable,
    inWon: z.boolean().optional(),
    quantity: Finite,
    step: z.union([z.enum(['asked', 'cancelAsked', 'replaceAsked']), OrderState]),
    gesture: z.string().nullable().default(null),
  }),
  event('fill', {
    accountId: z.string().max(80),
    orderId: z.string().max(80),
    execId: z.string().max(80),
    id: InstrumentId,
    side: Side,
    price: Finite,
    quantity: Finite,
    cumulativeQty: Finite,
    orderQty: Finite,
    realisedKrw: Nullable,
    stop: z.boolean().default(false),
  }),
  event('reconcile', { accountId: z.string().max(80), id: InstrumentId, deskQty: Finite, brokerQty: Finite }),
  event('line', { state: z.enum(['up', 'down']) }),
  event('skew', { offsetMs: Finite }),
  event('token', {
    what: z.enum(['issued', 'foreign', 'refused', 'expires']),
    expiresTs: Nullable,
    connection: z.string().max(80).optional(),
  }),
  event('schema', { channel: z.string().max(80), expected: Finite, got: Finite }),
  event('text', { where: z.enum(['log', 'export', 'clipboard', 'file', 'crash']), text: z.string().max(1_000_000) }),
  event('integrity', {
    what: z.enum(['journal', 'settings', 'scenario']),
    name: z.string().min(1).max(200),
    whole: z.boolean(),
  }),
  event('program', {
    what: z.enum(['rateLimited', 'reconnect', 'diskFreeMb', 'walMb', 'loopDelayP99Ms', 'llmSpendPct']),
    value: Finite,
  }),
  event('clock', {}),
]);

/** A line read, or why it is none. */
export type ReadLine = { readonly event: ThreatEvent } | { readonly problemKo: string };

/** One line. Blank lines are the caller's to pass over. */
export function readThreatLine(line: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problemKo: 'JSON이 아닙니다. 한 줄에 이벤트 하나를 적으세요.' };
  }
  const read = ThreatEventLine.safeParse(value);
  if (read.success) return { event: read.data as ThreatEvent };
  const [issue] = read.error.issues;
  if (issue === undefined || (issue.path.length === 0 && issue.code === 'invalid_type'))
    return { problemKo: '이벤트가 아닙니다. 한 줄에 {"kind": …, "ts": …} 하나를 적으세요.' };
  const where = issue.path.join('.');
  if (where === 'kind' || issue.code === 'invalid_union')
    return { problemKo: '모르는 이벤트 종류(kind)입니다. docs/threat-events.md의 목록을 보세요.' };
  if (issue.code === 'unrecognized_keys') return { problemKo: `모르는 이름입니다: ${issue.keys.join(', ')}` };
  return { problemKo: `'${where}' 값이 없거나 맞지 않습니다. docs/threat-events.md에서 단위와 범위를 보세요.` };
}
