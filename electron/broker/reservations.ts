/** The port for reservation orders (예약주문): instructions that the broker holds and sends itself at the next opening (adr/0014). */
import type { Cleared, InstrumentId, OrderType, Reason, Reservation, Side } from '#shared/domain/index.ts';
import type { ErrorCode, ErrorParams } from '#shared/errors/index.ts';
import type { SessionDate } from '#shared/time/index.ts';

/** What is asked of the broker. */
export interface ReservationTerms {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly type: OrderType;
  /** Won; null: a type without a price. */
  readonly price: number | null;
  readonly quantity: number;
  /** Last day on which its rest is sent anew; null: the next session only. */
  readonly endDate: SessionDate | null;
}

/** One as the broker's list shows it, its days read. */
export interface HeldReservation extends Reservation {
  readonly date: SessionDate;
  readonly endDate: SessionDate | null;
}

export interface ReservationChange {
  readonly of: HeldReservation;
  readonly to: ReservationTerms;
}

/** Refused: nothing can have happened. */
export type ReservationAnswer =
  | { readonly ok: true; readonly no: string }
  | { readonly ok: false; readonly code: ErrorCode; readonly params?: ErrorParams };

export interface AccountReservations {
  /** Why the account has none; null: it has. Asks nothing. */
  unavailable(accountId: string): Reason | null;
  /** All pages or none, both days included. Throws what stands in the way, and as a page fails. */
  list(
    about: { readonly accountId: string; readonly from: SessionDate; readonly to: SessionDate },
    signal?: AbortSignal,
  ): Promise<readonly HeldReservation[]>;
  /** Throws where nobody knows what became of it: it is looked for in the list then, never sent again. */
  place(terms: Cleared<ReservationTerms>): Promise<ReservationAnswer>;
  /** As `place`. */
  change(change: Cleared<ReservationChange>): Promise<ReservationAnswer>;
  /** As `place`; passes always. */
  cancel(reservation: HeldReservation): Promise<ReservationAnswer>;
}
