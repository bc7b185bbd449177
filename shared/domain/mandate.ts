/** A mandate (조건 주문): a one-shot order that Maru keeps and sends by itself when a price is reached. Its state machine, and the judgement of a tick, are pure. */
import { z } from 'zod';
import { InstrumentId, IsoDate } from './instrument.ts';
import { NewOrder, Reason, Route, Side } from './order.ts';

/** Mandates of one environment that may stand at once. */
export const MANDATES_LIMIT = 10_000;

const Price = z.int().positive().max(10_000_000_000);

/** The distance a trailing stop keeps from the best price: an amount in the price unit, or parts per billion of it. */
export const TrailingDistance = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('amount'), value: Price }),
  z.strictObject({ by: z.literal('rate'), value: z.int().min(1_000_000).max(300_000_000) }),
]);
export type TrailingDistance = z.infer<typeof TrailingDistance>;

/** What sets a mandate off. A sale trails below the best price since it was armed, a purchase above the lowest. */
export const MandateTrigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('price'), when: z.enum(['atOrBelow', 'atOrAbove']), price: Price }),
  z.strictObject({ kind: z.literal('trailing'), distance: TrailingDistance }),
]);
export type MandateTrigger = z.infer<typeof MandateTrigger>;

/** What is to be sent, and when. */
export const MandateTerms = z.strictObject({
  accountId: z.string().min(1).max(64),
  instrumentId: InstrumentId,
  side: Side,
  trigger: MandateTrigger,
  type: z.enum(['market', 'limit']),
  /** Of a limit order; null of a market order. */
  price: Price.nullable(),
  quantity: z.int().positive().max(1_000_000_000),
  route: Route.default('KRX'),
  /** The last trading day on which it stands. */
  expires: IsoDate,
});
export type MandateTerms = z.infer<typeof MandateTerms>;

/** waiting 진입 기다림: its entry has not filled · armed 감시 중 · fired 보냄 · cancelled 취소 · expired 만료 · failed 보내지 못함 */
export const MandateState = z.enum(['waiting', 'armed', 'fired', 'cancelled', 'expired', 'failed']);
export type MandateState = z.infer<typeof MandateState>;

export const Mandate = z.strictObject({
  mandateId: z.string(),
  /** Legs of one placement: when one is sent, the others are cancelled (OCO). */
  setId: z.string(),
  requestId: z.string(),
  ...MandateTerms.shape,
  route: Route,
  state: MandateState,
  /** Why it ended, or why it is held back although its price was reached. */
  reason: Reason.nullable(),
  /** The order whose fills it protects (bracket); null: it stands by itself. */
  entryOrderId: z.string().nullable(),
  /** The order that it became. */
  orderId: z.string().nullable(),
  /** Best price seen by a trailing stop since it was armed. */
  extreme: z.int().positive().nullable(),
  placedTs: z.int(),
  /** The exchange's clock when it was placed; a market wound back before it ends the mandate. */
  placedExchangeTs: z.int(),
  /** The trading day whose prices its own are meant for, and the base price of that day; null before they were kept. */
  watchedDate: IsoDate.nullable(),
  watchedBase: z.int().nonnegative().nullable(),
  updatedTs: z.int(),
});
export type Mandate = z.infer<typeof Mandate>;

/** What a user's gesture asks for: up to two legs that end each other, alone or after an entry. */
export const MandateOrder = z.strictObject({
  requestId: z.string().min(8).max(56),
  entry: NewOrder.omit({ requestId: true, credit: true }).nullable().default(null),
  legs: z.array(MandateTerms).min(1).max(2),
});
export type MandateOrder = z.infer<typeof MandateOrder>;

/** What a mandate is called: sell below 손절, sell above 이익 실현, buy above 돌파 매수, buy below 도달 매수, trailing 추적. */
export type MandateKind = 'stopLoss' | 'takeProfit' | 'breakout' | 'touch' | 'trailing';

export function mandateKind({ side, trigger }: Pick<MandateTerms, 'side' | 'trigger'>): MandateKind {
  if (trigger.kind === 'trailing') return 'trailing';
  if (side === 'sell') return trigger.when === 'atOrBelow' ? 'stopLoss' : 'takeProfit';
  return trigger.when === 'atOrAbove' ? 'breakout' : 'touch';
}

export function isStanding(state: MandateState): boolean {
  return state === 'waiting' || state === 'armed';
}

const PPB = 1_000_000_000;

/** The price that sets a trailing mandate off, given the best price seen; rounded toward the later send, in the price unit. */
export function trailingPrice(side: Side, distance: TrailingDistance, extreme: number): number {
  const away =
    distance.by === 'amount'
      ? distance.value
      : Number((BigInt(extreme) * BigInt(distance.value) + BigInt(PPB - 1)) / BigInt(PPB));
  return side === 'sell' ? Math.max(1, extreme - away) : extreme + away;
}

/** The price that sets a mandate off now; null: a trailing one that has seen no price. */
export function triggerPrice(mandate: Pick<Mandate, 'side' | 'trigger' | 'extreme'>): number | null {
  const { trigger, side, extreme } = mandate;
  if (trigger.kind === 'price') return trigger.price;
  return extreme === null ? null : trailingPrice(side, trigger.distance, extreme);
}

/** What a trade does to an armed mandate: sets it off, moves the best price of a trailing one, or nothing. */
export type Judgement = { readonly fires: boolean; readonly extreme: number | null };

/** Judges one trade at `price`. A gap beyond the trigger sets it off like a touch. */
export function judgeTrade(mandate: Pick<Mandate, 'side' | 'trigger' | 'extreme'>, price: number): Judgement {
  const { side, trigger } = mandate;
  if (trigger.kind === 'price')
    return { fires: trigger.when === 'atOrBelow' ? price <= trigger.price : price >= trigger.price, extreme: null };
  const best = mandate.extreme;
  const extreme = best === null ? price : side === 'sell' ? Math.max(best, price) : Math.min(best, price);
  const limit = trailingPrice(side, trigger.distance, extreme);
  return { fires: side === 'sell' ? price <= limit : price >= limit, extreme };
}
