/** Order (주문): what I asked, and where it stands. */
import { z } from 'zod';
import { InstrumentId, IsoDate } from './instrument.ts';

export const Side = z.enum(['buy', 'sell']);
export type Side = z.infer<typeof Side>;

/** limit 지정가 · market 시장가 */
export const OrderType = z.enum(['limit', 'market']);
export type OrderType = z.infer<typeof OrderType>;

/** day 당일 · ioc 즉시 체결, 나머지 취소 · fok 전량 즉시 체결 아니면 취소 */
export const TimeInForce = z.enum(['day', 'ioc', 'fok']);
export type TimeInForce = z.infer<typeof TimeInForce>;

/** Bound on a quantity field; the guard's own caps are lower. */
const Quantity = z.int().positive().max(1_000_000_000);
const OrderPrice = z.int().positive().max(100_000_000);
const RequestId = z.string().min(8).max(64);

/** What a user's gesture asks for. `requestId` names the gesture: a repeat gets the first answer. */
export const NewOrder = z.strictObject({
  requestId: RequestId,
  accountId: z.string().min(1).max(64),
  instrumentId: InstrumentId,
  side: Side,
  type: OrderType,
  timeInForce: TimeInForce,
  /** Won per unit; null for a market order. */
  price: OrderPrice.nullable(),
  quantity: Quantity,
  /** true: the user said "once more" to an equal order of a moment ago. */
  allowDuplicate: z.boolean().default(false),
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
  quantity: z.int().positive(),
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
