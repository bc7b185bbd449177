/** What the desk writes into the journal: every kind of entry, its shape and its version. */
import { z } from 'zod';
import {
  CorporateAction,
  InstrumentId,
  IsoDate,
  MandateTerms,
  MandateTrigger,
  OrderSession,
  OrderCredit,
  OrderType,
  Route,
  Side,
  TimeInForce,
  TradingState,
  VenueName,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { epochMs } from '#shared/time/index.ts';
import type { JournalEntry, NewJournalEntry, Upcaster, Upcasters } from '../storage/index.ts';

const Won = z.int();
const Params = z.record(z.string(), z.union([z.string(), z.number()]));
const because = { code: z.string(), params: Params };
const ofOrder = { orderId: z.string(), ts: z.int() };
const ofMandate = { mandateId: z.string(), ts: z.int() };
const terms = {
  accountId: z.string(),
  instrumentId: InstrumentId,
  side: Side,
  type: OrderType,
  timeInForce: TimeInForce,
  session: OrderSession,
  route: Route,
  price: z.int().positive().nullable(),
  stopPrice: z.int().positive().nullable(),
  quantity: z.int().positive(),
  sessionDate: IsoDate,
  /** The exchange's clock when it was written, or when the broker received it. */
  exchangeTs: z.int(),
};

const event = <const Kind extends string, Shape extends z.core.$ZodLooseShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

/** One thing that happened at the desk; `ts` is wall time. */
export const DeskEvent = z.discriminatedUnion('kind', [
  event('orderCreated', {
    ...ofOrder,
    ...terms,
    requestId: z.string(),
    allowDuplicate: z.boolean(),
    automated: z.boolean(),
    /** Absent: in cash. */
    credit: OrderCredit.optional(),
  }),
  event('orderDenied', { ...ofOrder, ...because }),
  event('orderSubmitting', { ...ofOrder, epoch: z.int() }),
  event('orderWithheld', { ...ofOrder, ...because }),
  event('orderAccepted', { ...ofOrder, brokerOrderNo: z.string(), via: z.enum(['answer', 'notice', 'inquiry']) }),
  event('orderRejected', { ...ofOrder, ...because }),
  event('orderUnconfirmed', { ...ofOrder, cause: z.enum(['timeout', 'cut', 'crash', 'failed']) }),
  event('orderNeverArrived', { ...ofOrder, by: z.enum(['user', 'session']) }),
  event('orderRelinked', { ...ofOrder, brokerOrderNo: z.string() }),
  event('externalSeen', { ...ofOrder, ...terms, brokerOrderNo: z.string() }),
  event('replaceDenied', { ...ofOrder, ...because, requestId: z.string(), price: z.int().positive() }),
  event('replaceAsked', { ...ofOrder, requestId: z.string(), price: z.int().positive() }),
  event('replaceRefused', { ...ofOrder, ...because }),
  event('orderReplaced', {
    ...ofOrder,
    brokerOrderNo: z.string(),
    price: z.int().positive().nullable(),
    /** What it is now: another price makes a limit order of some types. */
    type: OrderType,
  }),
  // How it waits, where that was not known when it left: the venue, the price taken from the book, its stop reached or not.
  event('orderStanding', {
    ...ofOrder,
    venue: VenueName.nullable(),
    price: z.int().positive().nullable(),
    triggered: z.boolean(),
  }),
  event('cancelAsked', { ...ofOrder, requestId: z.string().nullable() }),
  event('cancelSent', { ...ofOrder, brokerOrderNo: z.string() }),
  event('cancelRefused', { ...ofOrder, ...because }),
  event('orderCanceled', {
    ...ofOrder,
    quantity: z.int().nonnegative(),
    cause: z.enum(['user', 'ioc', 'fok', 'exchange', 'limits', 'void']),
  }),
  event('orderExpired', { ...ofOrder, quantity: z.int().nonnegative() }),
  event('fillRecorded', {
    ...ofOrder,
    fillId: z.string(),
    brokerOrderNo: z.string(),
    venue: VenueName,
    price: z.int().positive(),
    quantity: z.int().positive(),
    /** Total filled of the broker's number after this fill. */
    cumulativeQty: z.int().positive(),
    commissionKrw: Won,
    taxKrw: Won,
    exchangeTs: z.int(),
    sessionDate: IsoDate,
    settlementDate: IsoDate,
    reconciled: z.boolean(),
  }),
  // A corporate action changed a holding; `quantity` and `costKrw` are what is held from then on.
  event('holdingAdjusted', {
    accountId: z.string(),
    /** The broker's number of it: the same is taken in once. */
    adjustmentNo: z.string(),
    instrumentId: InstrumentId,
    action: CorporateAction,
    reasonKo: z.string(),
    quantityBefore: z.int().nonnegative(),
    quantity: z.int().nonnegative(),
    costKrw: Won,
    /** Paid for fractions and rights, and as income after tax; what of it was profit. */
    cashKrw: Won,
    incomeKrw: Won,
    realisedKrw: Won,
    other: z.strictObject({ instrumentId: InstrumentId, quantity: z.int().positive(), costKrw: Won }).nullable(),
    exchangeTs: z.int(),
    sessionDate: IsoDate,
    reconciled: z.boolean(),
    ts: z.int(),
  }),
  // The broker has said when a holding ends by itself; told again where the date is another.
  event('holdingEndTold', {
    accountId: z.string(),
    instrumentId: InstrumentId,
    endsOn: IsoDate,
    endsTs: z.int(),
    ts: z.int(),
  }),
  // A holding is gone without an order after its end. What was paid for it no inquiry tells, so that nothing of it is realised here.
  event('positionSettled', {
    accountId: z.string(),
    instrumentId: InstrumentId,
    how: z.enum(['finalSettlement', 'redemption']),
    /** What was held until then, and what it had cost; below zero where more was sold than bought. */
    quantityBefore: z.int(),
    costKrw: z.int(),
    endsOn: IsoDate,
    sessionDate: IsoDate,
    ts: z.int(),
  }),
  // What is held from then on, because the broker says so: as the account is first seen, or by the user's word.
  event('holdingsAdopted', {
    accountId: z.string(),
    /** opening: before what was booked at first sight · first: as that was settled · user: over a difference */
    by: z.enum(['opening', 'first', 'user']),
    /** Every holding; an issue not named is not held. */
    holdings: z.array(
      // Below zero: sold, of futures and options only; its cost is what was got for it, below zero too.
      z.strictObject({ instrumentId: InstrumentId, quantity: z.int(), costKrw: z.int() }),
    ),
    /** Net assets that profit is counted from; null: as before. */
    startingKrw: z.int().nonnegative().nullable(),
    sessionDate: IsoDate,
    ts: z.int(),
  }),
  event('tradingStateChanged', { tradingState: TradingState, ts: z.int() }),
  event('sweepStarted', {
    sweepId: z.string(),
    accountId: z.string().nullable(),
    /** null: everything open, whatever may still turn up. */
    orderIds: z.array(z.string()).nullable(),
    ts: z.int(),
  }),
  event('sweepEnded', { sweepId: z.string(), ts: z.int() }),
  event('alertRaised', {
    alertId: z.string(),
    level: z.enum(['info', 'caution', 'high', 'critical']),
    ...because,
    ts: z.int(),
  }),
  event('mandatePlaced', {
    ...ofMandate,
    setId: z.string(),
    requestId: z.string(),
    ...MandateTerms.shape,
    route: Route,
    entryOrderId: z.string().nullable(),
    placedExchangeTs: z.int(),
    watchedDate: IsoDate.nullable(),
    watchedBase: z.int().nonnegative().nullable(),
  }),
  // It goes on into another trading day, whose base price no corporate action has changed.
  event('mandateCarried', { ...ofMandate, watchedDate: IsoDate, watchedBase: z.int().nonnegative() }),
  // Its entry has filled so far; the quantity it protects from then on.
  event('mandateArmed', { ...ofMandate, quantity: z.int().positive() }),
  event('mandateRevised', { ...ofMandate, trigger: MandateTrigger, price: z.int().positive().nullable() }),
  event('mandateTrailed', { ...ofMandate, extreme: z.int().positive() }),
  // Reached, and held back; null: no longer.
  event('mandateHeld', { ...ofMandate, code: z.string().nullable(), params: Params }),
  // In the same write as the order that it became: one is never on the disk without the other.
  event('mandateFired', { ...ofMandate, orderId: z.string(), quantity: z.int().positive(), price: z.int().positive() }),
  event('mandateEnded', { ...ofMandate, state: z.enum(['cancelled', 'expired', 'failed']), ...because }),
  // Up to this trading day nothing of the account is left to ask for, but what is still open.
  event('sessionReconciled', { accountId: z.string(), sessionDate: IsoDate, ts: z.int() }),
  event('equitySampled', { points: z.array(z.strictObject({ accountId: z.string(), equityKrw: Won })), ts: z.int() }),
]);
export type DeskEvent = z.infer<typeof DeskEvent>;
/** What befalls an order that is known. */
export type OrderChange = Exclude<
  Extract<DeskEvent, { readonly orderId: string }>,
  { kind: 'orderCreated' | 'externalSeen' | 'mandateFired' }
>;
export type DeskEventOf<K extends DeskEvent['kind']> = Extract<DeskEvent, { kind: K }>;

const PREFIX = 'desk.';

/** Adds fields that an older entry could not have. */
const adding =
  (fields: Readonly<Record<string, unknown>>): Upcaster =>
  (data) => ({ ...(data as object), ...fields });

/** Until version 2 there was one venue, and neither stops nor sessions. */
const termsV2 = adding({ session: 'regular', route: 'KRX', stopPrice: null });

/** Until version 2 a change always made a limit order of it. */
const replacedV2 = adding({ type: 'limit' });

/** Steps that bring older entries to the newest shape; a kind not listed is at version 1. */
export const DESK_UPCASTERS: Upcasters = {
  // Credit was added; an older program must not take it for damage.
  'desk.orderCreated': [termsV2, adding({})],
  'desk.externalSeen': [termsV2],
  'desk.orderReplaced': [replacedV2],
  // Later causes were added; an older program must not take them for damage.
  'desk.orderCanceled': [adding({})],
  'desk.tradingStateChanged': [adding({})],
  'desk.fillRecorded': [adding({ venue: 'KRX' })],
  // Unknown: such a mandate is judged anew before the next trade sets it off.
  'desk.mandatePlaced': [adding({ watchedDate: null, watchedBase: null })],
};

/** An event as the journal takes it. */
export function toEntry(event: DeskEvent): NewJournalEntry {
  const { kind, ts, ...data } = event;
  return { kind: PREFIX + kind, v: (DESK_UPCASTERS[PREFIX + kind]?.length ?? 0) + 1, ts: epochMs(ts), data };
}

/** An entry as the desk reads it; null for an entry that is not the desk's. Data that do not fit are refused, never guessed. */
export function fromEntry(entry: JournalEntry): DeskEvent | null {
  if (!entry.kind.startsWith(PREFIX)) return null;
  const data = entry.data as Record<string, unknown>;
  const parsed = DeskEvent.safeParse({ ...data, kind: entry.kind.slice(PREFIX.length), ts: entry.ts });
  if (!parsed.success) throw new AppError('JOURNAL_BROKEN', { seq: entry.seq }, { cause: parsed.error });
  return parsed.data;
}
