/** The kinds of entry in the exchange's durable log. What was sent can be played again; what came of it is the record. */
import { z } from 'zod';
import { InstrumentId, IsoDate, Market, OrderType, Side, SimulationPlan, TimeInForce } from '#shared/domain/index.ts';

const OwnerNo = z.int().positive();
const OrderNo = z.string().regex(/^\d{10}$/);
const Instant = z.int();

const AccountOpened = z.strictObject({
  accountId: z.string(),
  /** Number of the account at the exchange, from 1. */
  owner: OwnerNo,
  name: z.string(),
  startingCashKrw: z.int().positive(),
});

/** A session opens: a new day of the market running, or the first of another. */
const RunStarted = z.strictObject({
  run: z.int().positive(),
  plan: SimulationPlan,
  date: IsoDate,
  d1Date: IsoDate,
  d2Date: IsoDate,
});

/** replaced: another market was started · lost: the state of the market could not be restored. */
const RunEnded = z.strictObject({ run: z.int().positive(), at: Instant, cause: z.enum(['replaced', 'lost']) });

/** An order verb that reached the exchange, at its instant; `hash` is over all events up to and with its effects. */
const OrderSent = z.strictObject({
  run: z.int().positive(),
  at: Instant,
  owner: OwnerNo,
  hash: z.string(),
  input: z.discriminatedUnion('verb', [
    z.strictObject({
      verb: z.literal('submit'),
      /** The firm's number if the exchange takes the order. */
      no: OrderNo,
      code: z.string(),
      side: Side,
      type: OrderType,
      timeInForce: TimeInForce,
      price: z.number(),
      quantity: z.number(),
    }),
    z.strictObject({ verb: z.literal('replace'), no: OrderNo, orderNo: z.int().positive(), price: z.number() }),
    z.strictObject({ verb: z.literal('cancel'), orderNo: z.int().positive() }),
  ]),
});

/** Where an event of the exchange comes from: its number and instant. `seq` 0: the firm's own act after a market ended. */
const Origin = { seq: z.int().nonnegative(), ts: Instant };

const OrderAccepted = z.strictObject({
  ...Origin,
  no: OrderNo,
  originalNo: OrderNo.nullable(),
  /** Number at the exchange, which counts anew every day. */
  orderNo: z.int().positive(),
  owner: OwnerNo,
  instrumentId: InstrumentId,
  market: Market,
  side: Side,
  type: OrderType,
  timeInForce: TimeInForce,
  price: z.int().positive().nullable(),
  quantity: z.int().positive(),
  /** Won per unit that a buy holds: its price, or the upper limit. */
  holdPrice: z.int().positive(),
});

const OrderFilled = z.strictObject({ ...Origin, no: OrderNo, price: z.int().positive(), quantity: z.int().positive() });

const OrderCanceled = z.strictObject({
  ...Origin,
  no: OrderNo,
  quantity: z.int().positive(),
  cause: z.enum(['user', 'ioc', 'fok', 'replaced', 'expired']),
});

const SCHEMAS = {
  'account.opened': AccountOpened,
  'run.started': RunStarted,
  'run.ended': RunEnded,
  'order.sent': OrderSent,
  'order.accepted': OrderAccepted,
  'order.filled': OrderFilled,
  'order.canceled': OrderCanceled,
} as const;

export type LogKind = keyof typeof SCHEMAS;
export type LogData<K extends LogKind> = z.infer<(typeof SCHEMAS)[K]>;

/** One entry by kind. */
export type LogEntry = { readonly [K in LogKind]: { readonly kind: K; readonly data: LogData<K> } }[LogKind];

/** What the exchange did to a customer's order. */
export type OrderFact = Extract<LogEntry, { readonly kind: 'order.accepted' | 'order.filled' | 'order.canceled' }>;
export type SentInput = LogData<'order.sent'>['input'];

/** Version of every kind's data; the first change of one brings an upcaster. */
export const LOG_VERSION = 1;

/** Reads an entry; throws where the log holds what this program never wrote. */
export function parseLogEntry(kind: string, data: unknown): LogEntry {
  const schema = SCHEMAS[kind as LogKind] as z.ZodType | undefined;
  if (!schema) throw new RangeError(`unknown log entry ${kind}`);
  return { kind, data: schema.parse(data) } as LogEntry;
}

export function isOrderFact(entry: LogEntry): entry is OrderFact {
  return entry.kind === 'order.accepted' || entry.kind === 'order.filled' || entry.kind === 'order.canceled';
}
