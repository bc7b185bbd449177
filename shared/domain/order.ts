/** Order (주문): what I asked, and where it stands. */
import { z } from 'zod';
import { OrderCredit } from './credit.ts';
import { InstrumentId, IsoDate } from './instrument.ts';

export const Side = z.enum(['buy', 'sell']);
export type Side = z.infer<typeof Side>;

/**
 * limit 지정가 · market 시장가 · conditionalLimit 조건부지정가 · bestOpposite 최유리지정가 · bestSame 최우선지정가 · mid 중간가 ·
 * stopLimit 스톱지정가 · preClose 장전 시간외 종가 · postClose 장후 시간외 종가 · offHours 시간외 단일가(2026-09-13까지)
 */
export const OrderType = z.enum([
  'limit',
  'market',
  'conditionalLimit',
  'bestOpposite',
  'bestSame',
  'mid',
  'stopLimit',
  'preClose',
  'postClose',
  'offHours',
]);
export type OrderType = z.infer<typeof OrderType>;

/** day 당일 · ioc 즉시 체결, 나머지 취소 · fok 전량 즉시 체결 아니면 취소 · gtp NXT 프리마켓까지 */
export const TimeInForce = z.enum(['day', 'ioc', 'fok', 'gtp']);
export type TimeInForce = z.infer<typeof TimeInForce>;

/** Where an order trades: KRX 한국거래소 · NXT 넥스트레이드. */
export const VenueName = z.enum(['KRX', 'NXT']);
export type VenueName = z.infer<typeof VenueName>;

/** Where an order is sent: a venue, or SOR 자동 선택, which is a wish and not a venue. */
export const Route = z.enum(['KRX', 'NXT', 'SOR']);
export type Route = z.infer<typeof Route>;

/**
 * Which market of KRX an order is meant for: the codes 41-47 are the after-market's (애프터마켓) and valid nowhere else; an
 * order on a future or option for the night (야간장) is never one for the day.
 */
export const OrderSession = z.enum(['regular', 'after', 'night']);
export type OrderSession = z.infer<typeof OrderSession>;

/** True where the type carries a limit price of its own. */
export function isPriced(type: OrderType): boolean {
  return type === 'limit' || type === 'conditionalLimit' || type === 'stopLimit' || type === 'offHours';
}

/**
 * What a change of price makes of an order: a type that takes its price from the book becomes a limit order; null for
 * the types whose price cannot be changed.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 17
 */
export function amendedType(type: OrderType): OrderType | null {
  if (type === 'mid' || type === 'preClose' || type === 'postClose') return null;
  return isPriced(type) ? type : 'limit';
}

/**
 * True where a buy holds its own price: the price is the worst it can pay. A conditional limit order may end as a market
 * order, so it holds the day's upper limit, like the types without a price.
 */
export function holdsOwnPrice(type: OrderType): boolean {
  return isPriced(type) && type !== 'conditionalLimit';
}

/** Bound on a quantity field; the guard's own caps are lower. */
const Quantity = z.int().positive().max(1_000_000_000);
/** Won, or 1/10,000 of a foreign currency: up to a million of it a share. */
const OrderPrice = z.int().positive().max(10_000_000_000);
const RequestId = z.string().min(8).max(64);

/** What a user's gesture asks for. `requestId` names the gesture: a repeat gets the first answer. */
export const NewOrder = z.strictObject({
  requestId: RequestId,
  accountId: z.string().min(1).max(64),
  instrumentId: InstrumentId,
  side: Side,
  type: OrderType,
  timeInForce: TimeInForce,
  /** Won per unit; null for the types that carry none. */
  price: OrderPrice.nullable(),
  /** Price at which a stop-limit order is triggered (CNDT_PRIC), won; null for every other type. */
  stopPrice: OrderPrice.nullable().default(null),
  route: Route.default('KRX'),
  session: OrderSession.default('regular'),
  quantity: Quantity,
  /** true: the user said "once more" to an equal order of a moment ago. */
  allowDuplicate: z.boolean().default(false),
  /** Absent: in cash. */
  credit: OrderCredit.optional(),
});
export type NewOrder = z.infer<typeof NewOrder>;

/** Change of the price of the whole rest (잔량전부 정정). */
export const ReplaceOrder = z.strictObject({
  requestId: RequestId,
  orderId: z.string().min(1).max(64),
  price: OrderPrice,
});
export type ReplaceOrder = z.infer<typeof ReplaceOrder>;

/** Withdrawal of the whole rest (잔량전부 취소). */
export const CancelOrder = z.strictObject({ requestId: RequestId, orderId: z.string().min(1).max(64) });
export type CancelOrder = z.infer<typeof CancelOrder>;

/** created 작성 · denied 사전 차단 · submitting 전송 중 · unconfirmed 확인 중 · accepted 접수 · partiallyFilled 일부 체결 · filled 체결 · canceled 취소 · expired 만료 · rejected 거부 */
export const OrderState = z.enum([
  'created',
  'denied',
  'submitting',
  'unconfirmed',
  'accepted',
  'partiallyFilled',
  'filled',
  'canceled',
  'expired',
  'rejected',
]);
export type OrderState = z.infer<typeof OrderState>;

/** Why an order was refused, in words. */
export const Reason = z.strictObject({ code: z.string(), messageKo: z.string(), actionKo: z.string() });
export type Reason = z.infer<typeof Reason>;

export const Order = z.strictObject({
  orderId: z.string(),
  requestId: z.string(),
  accountId: z.string(),
  instrumentId: InstrumentId,
  side: Side,
  type: OrderType,
  timeInForce: TimeInForce,
  price: z.int().positive().nullable(),
  /** null: no stop-limit order. */
  stopPrice: z.int().positive().nullable(),
  route: Route,
  session: OrderSession,
  /** Where its rest waits, null until the broker has told; an order sent by SOR may trade on both. */
  venue: VenueName.nullable(),
  /** true once a stop-limit order has reached its stop price: it waits in the book as a limit order. */
  triggered: z.boolean(),
  quantity: z.int().positive(),
  /** Absent: in cash, or placed in another program, where it is not told. */
  credit: OrderCredit.optional(),
  filledQty: z.int().nonnegative(),
  /** Won of all fills; the average price is derived from it. */
  filledValue: z.int().nonnegative(),
  state: OrderState,
  /** A change sent and not yet confirmed. */
  pending: z.enum(['none', 'replace', 'cancel']),
  /** The broker's number in force, null until known. */
  brokerOrderNo: z.string().nullable(),
  /** All numbers the order has had, oldest first: each replace brings a new one. */
  brokerOrderNos: z.array(z.string()),
  reason: Reason.nullable(),
  /** true: placed in another program on the same account. */
  external: z.boolean(),
  sessionDate: IsoDate,
  /** The exchange's clock when the order was written: what the market clock showed. */
  exchangeTs: z.int(),
  /** Wall time. */
  createdTs: z.int(),
  updatedTs: z.int(),
});
export type Order = z.infer<typeof Order>;

/** Fill (내 체결): an execution of my order; costs in won. */
export const Fill = z.strictObject({
  fillId: z.string(),
  orderId: z.string(),
  accountId: z.string(),
  instrumentId: InstrumentId,
  side: Side,
  price: z.int().positive(),
  quantity: z.int().positive(),
  /** Where it traded. */
  venue: VenueName,
  commissionKrw: z.int().nonnegative(),
  taxKrw: z.int().nonnegative(),
  /** Realised profit of this fill after its costs and its share of the purchase costs; 0 for a buy. */
  realisedKrw: z.int(),
  exchangeTs: z.int(),
  sessionDate: IsoDate,
  settlementDate: IsoDate,
  /** true: learnt by asking the broker after a gap, not from a notice. */
  reconciled: z.boolean(),
});
export type Fill = z.infer<typeof Fill>;
