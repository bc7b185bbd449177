/** A reservation order (예약주문) as the broker's list shows it: an instruction that the broker sends at the next opening (adr/0014). */
import { z } from 'zod';
import { InstrumentId, IsoDate } from './instrument.ts';
import { OrderType, Side } from './order.ts';

/** waiting: will be sent · sent: became an order · canceled · refused: it became none, `reason` says why. */
export const ReservationState = z.enum(['waiting', 'sent', 'canceled', 'refused']);
export type ReservationState = z.infer<typeof ReservationState>;

/** Date and number name it. */
export const Reservation = z.strictObject({
  accountId: z.string(),
  instrumentId: InstrumentId,
  /** The broker's day of it (예약주문주문일자). */
  date: IsoDate,
  no: z.string(),
  side: Side,
  /** null: a kind that Maru does not place; it can be cancelled all the same. */
  type: OrderType.nullable(),
  /** The broker's code of the kind, sent back with a cancel. */
  kindCode: z.string(),
  /** Won; null: a type without a price. */
  price: z.int().nullable(),
  quantity: z.int(),
  /** Last day on which its rest is sent anew; null: the next session only. */
  endDate: IsoDate.nullable(),
  state: ReservationState,
  /** Number of the order it became; null: none yet. */
  brokerOrderNo: z.string().nullable(),
  filledQty: z.int(),
  /** Why it was refused, in the broker's words; empty: it was not. */
  reason: z.string(),
});
export type Reservation = z.infer<typeof Reservation>;
