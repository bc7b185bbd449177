/** What an inquiry says of one order number, whichever inquiry it was. */
import type { Route, Side, VenueName } from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';

export interface OrderRow {
  readonly date: SessionDate;
  readonly no: string;
  /** Empty: a first order. */
  readonly originalNo: string;
  readonly orgNo: string;
  readonly code: string;
  readonly side: Side;
  /** ORD_DVSN. */
  readonly kind: string;
  readonly route: Route;
  /** null: not told, as for an order sent by SOR. */
  readonly venue: VenueName | null;
  readonly quantity: number;
  /** Won, 0: none. */
  readonly price: number;
  readonly stopPrice: number;
  readonly triggered: boolean;
  /** HHMMSS. */
  readonly time: string;
  /** Totals of this number: units and won. */
  readonly filledQty: number;
  readonly filledValue: number;
  /** Still waiting. */
  readonly restQty: number;
  readonly canceledQty: number;
  readonly rejectedQty: number;
  /** true: not an order but the withdrawal of `originalNo`. */
  readonly isCancel: boolean;
}

/** EXCG_ID_DVSN_CD; blank means KRX. */
export function routeOf(told: string): Route {
  return told === 'NXT' || told === 'SOR' ? told : 'KRX';
}

/** The short code of PDNO: "A005930" and "Q500001" carry a letter before it. */
export function codeOfProduct(told: string): string {
  return told.length === 7 && /^[AQ]/.test(told) ? told.slice(1) : told;
}
