/** A basket of orders (바스켓): judged as a whole, sent one after another, reported row by row. */
import { z } from 'zod';
import { NewOrder, OrderState, Reason } from './order.ts';

/** Rows of a basket. */
export const BASKET_LIMIT = 200;

export const BasketRow = NewOrder.omit({ requestId: true, allowDuplicate: true, credit: true });
export type BasketRow = z.infer<typeof BasketRow>;

export const BasketRows = z.array(BasketRow).min(1).max(BASKET_LIMIT);

/** What the guard says of one row, with the rows before it taken as sent. Money in minor units of the row's currency. */
export const BasketVerdict = z.strictObject({
  denial: Reason.nullable(),
  warnings: z.array(z.string()),
  amountKrw: z.int().nonnegative(),
  commissionKrw: z.int().nonnegative(),
  taxKrw: z.int().nonnegative(),
});
export type BasketVerdict = z.infer<typeof BasketVerdict>;

/** notSent: the basket was stopped before it, or was refused as a whole. */
export const BasketOutcome = z.strictObject({
  orderId: z.string().nullable(),
  state: z.union([OrderState, z.literal('notSent')]),
  reason: Reason.nullable(),
});
export type BasketOutcome = z.infer<typeof BasketOutcome>;

/** The gesture of one row of a basket: a repeat of the basket finds what was sent by it. */
export function basketRequestId(basketId: string, row: number): string {
  return `${basketId}:${row}`;
}
