/** The kinds of entry in the exchange's durable log. What was sent can be played again; what came of it is the record. */
import { z } from 'zod';
import {
  AccountKind,
  CorporateAction,
  InstrumentId,
  IsoDate,
  Market,
  OrderCredit,
  OrderSession,
  OrderType,
  Route,
  Side,
  SimulationPlan,
  TimeInForce,
  VenueName,
} from '#shared/domain/index.ts';
import { LIQUIDITY_ROLES } from '#shared/market/index.ts';
import type { Upcaster, Upcasters } from '../storage/index.ts';

const OwnerNo = z.int().positive();
const OrderNo = z.string().regex(/^\d{10}$/);
const Instant = z.int();

const AccountOpened = z.strictObject({
  accountId: z.string(),
  /** Number of the account at the exchange, from 1. */
  owner: OwnerNo,
  name: z.string(),
  accountKind: AccountKind,
  startingCashKrw: z.int().positive(),
  /** Held from the beginning, at what it cost; nothing if absent. */
  holdings: z
    .array(z.strictObject({ instrumentId: InstrumentId, quantity: z.int().positive(), costKrw: z.int().positive() }))
    .optional(),
});

/** A session opens: a new day of the market running, or the first of another. */
const RunStarted = z.strictObject({
  run: z.int().positive(),
  /** live: the real market, seen through a feed; a log of such days holds nothing else. */
  plan: z.union([SimulationPlan, z.strictObject({ mode: z.literal('live') })]),
  date: IsoDate,
  d1Date: IsoDate,
  d2Date: IsoDate,
});

/** replaced: another market was started · lost: the state of the market could not be restored. */
const RunEnded = z.strictObject({ run: z.int().positive(), at: Instant, cause: z.enum(['replaced', 'lost']) });

/**
 * The market was taken back from `at` to `to`; the customers' orders open then were withdrawn, and `hash` is over all
 * events up to and with that. What the orders still open at `at` came to stands before it.
 */
const RunRewound = z.strictObject({ run: z.int().positive(), at: Instant, to: Instant, hash: z.string() });

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
      session: OrderSession,
      route: Route,
      /** Won, 0 where the type carries none; the same for the stop price. */
      price: z.number(),
      stopPrice: z.number(),
      quantity: z.number(),
      /** Absent: in cash. */
      credit: OrderCredit.optional(),
    }),
    z.strictObject({
      verb: z.literal('replace'),
      no: OrderNo,
      orderNo: z.int().positive(),
      price: z.number(),
      /** Set where the change makes another type of it. */
      type: OrderType.nullable(),
    }),
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
  /** What is traded, as far as costs go. */
  product: z.enum(['stock', 'etp', 'elw']),
  side: Side,
  type: OrderType,
  timeInForce: TimeInForce,
  session: OrderSession,
  route: Route,
  /** Where its rest waits. */
  venue: VenueName,
  /** As asked, or as the exchange took it from the book; null where there is none. */
  price: z.int().positive().nullable(),
  stopPrice: z.int().positive().nullable(),
  quantity: z.int().positive(),
  /** Won per unit that a buy holds: its price, or the upper limit. */
  holdPrice: z.int().positive(),
});

const OrderFilled = z.strictObject({
  ...Origin,
  no: OrderNo,
  venue: VenueName,
  /** Whether it took from the book or stood in it, which decides fees. */
  role: z.enum(LIQUIDITY_ROLES),
  price: z.int().positive(),
  quantity: z.int().positive(),
});

const OrderCanceled = z.strictObject({
  ...Origin,
  no: OrderNo,
  quantity: z.int().positive(),
  cause: z.enum(['user', 'ioc', 'fok', 'replaced', 'expired', 'limits', 'void']),
});

/** A stop-limit order reached its stop price and entered the book. */
const OrderTriggered = z.strictObject({ ...Origin, no: OrderNo });

/** The rest of a conditional limit order became a market order. */
const OrderConverted = z.strictObject({ ...Origin, no: OrderNo, quantity: z.int().positive() });

/** A corporate action that the user entered for the practice market. */
const ActionRegistered = z.strictObject({
  /** From 1, in order. */
  no: z.int().positive(),
  instrumentId: InstrumentId,
  exDate: IsoDate,
  action: CorporateAction,
});

/** The user took it back before it took effect. */
const ActionWithdrawn = z.strictObject({ action: z.int().positive() });

/** The day of a run is the first without the right; prices in won. */
const ActionApplied = z.strictObject({
  action: z.int().positive(),
  run: z.int().positive(),
  base: z.int().positive(),
  cum: z.int().positive(),
});

const HeldUnits = z.strictObject({ quantity: z.int().nonnegative(), costKrw: z.int() });

/** What the action made of one holding: the rule of that time, so that a later one does not change what was told. */
const HoldingAdjusted = z.strictObject({
  /** From 1, in order, over all accounts. */
  adjustment: z.int().positive(),
  action: z.int().positive(),
  ts: Instant,
  owner: OwnerNo,
  /** own units, bought with a loan, or sold short. */
  held: z.enum(['own', 'loan', 'short']),
  instrumentId: InstrumentId,
  before: HeldUnits,
  after: HeldUnits.extend({
    cashKrw: z.int().nonnegative(),
    realisedKrw: z.int(),
    incomeKrw: z.int().nonnegative(),
    other: HeldUnits.extend({ instrumentId: InstrumentId }).nullable(),
  }),
});

const SCHEMAS = {
  'account.opened': AccountOpened,
  'run.started': RunStarted,
  'run.ended': RunEnded,
  'run.rewound': RunRewound,
  'order.sent': OrderSent,
  'order.accepted': OrderAccepted,
  'order.filled': OrderFilled,
  'order.canceled': OrderCanceled,
  'order.triggered': OrderTriggered,
  'order.converted': OrderConverted,
  'action.registered': ActionRegistered,
  'action.withdrawn': ActionWithdrawn,
  'action.applied': ActionApplied,
  'holding.adjusted': HoldingAdjusted,
} as const;

export type LogKind = keyof typeof SCHEMAS;
export type LogData<K extends LogKind> = z.infer<(typeof SCHEMAS)[K]>;

/** One entry by kind. */
export type LogEntry = { readonly [K in LogKind]: { readonly kind: K; readonly data: LogData<K> } }[LogKind];

const FACTS = ['order.accepted', 'order.filled', 'order.canceled', 'order.triggered', 'order.converted'] as const;

/** What the exchange did to a customer's order. */
export type OrderFact = Extract<LogEntry, { readonly kind: (typeof FACTS)[number] }>;
export type SentInput = LogData<'order.sent'>['input'];

/** Adds fields that an older entry could not have. */
const adding =
  (fields: Readonly<Record<string, unknown>>): Upcaster =>
  (data) => ({ ...(data as object), ...fields });

/** Until version 2 there was one venue, and neither stops nor sessions; a change always made a limit order of it. */
const ONE_VENUE = { route: 'KRX', session: 'regular' } as const;

const sentV2: Upcaster = (data) => {
  const { input, ...rest } = data as { readonly input: { readonly verb: string } };
  if (input.verb === 'submit') return { ...rest, input: { ...input, ...ONE_VENUE, stopPrice: 0 } };
  return { ...rest, input: input.verb === 'replace' ? { ...input, type: 'limit' } : input };
};

/** Steps that bring older entries to the newest shape; a kind not listed is at version 1. */
export const LOG_UPCASTERS: Upcasters = {
  // Until version 2 every account paid in full.
  'account.opened': [adding({ accountKind: 'cash' })],
  'order.sent': [sentV2],
  'order.accepted': [adding({ ...ONE_VENUE, venue: 'KRX', stopPrice: null, product: 'stock' })],
  // What a fill of then cost was counted as a taker's.
  'order.filled': [adding({ venue: 'KRX', role: 'taker' })],
  // Later causes were added; an older program must not take them for damage.
  'order.canceled': [adding({})],
};

/** Version in which a kind's data are written. */
export function logVersion(kind: LogKind): number {
  return (LOG_UPCASTERS[kind]?.length ?? 0) + 1;
}

/** Reads an entry in its newest shape; throws where the log holds what this program never wrote. */
export function parseLogEntry(kind: string, data: unknown): LogEntry {
  const schema = SCHEMAS[kind as LogKind] as z.ZodType | undefined;
  if (!schema) throw new RangeError(`unknown log entry ${kind}`);
  return { kind, data: schema.parse(data) } as LogEntry;
}

export function isOrderFact(entry: LogEntry): entry is OrderFact {
  return FACTS.some((kind) => kind === entry.kind);
}
