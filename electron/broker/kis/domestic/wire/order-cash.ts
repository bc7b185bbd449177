/**
 * 주식주문(현금) TTTC0011U/0012U, VTTC0011U/0012U: a new order.
 *
 *     → PDNO 005930 · ORD_DVSN 00 · ORD_QTY 10 · ORD_UNPR 70300 · EXCG_ID_DVSN_CD KRX · SLL_TYPE "" · CNDT_PRIC ""
 *     ← output { KRX_FWDG_ORD_ORGNO 06010, ODNO 0001569139, ORD_TMD 131438 }
 */
import type { Route, Side } from '#shared/domain/index.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { orderNo, recordOf, text } from './fields.ts';

export const ORDER_CASH = 'domestic-stock.order-cash';

/** An order in the broker's words. */
export interface CashOrder {
  readonly code: string;
  /** ORD_DVSN. */
  readonly kind: string;
  readonly side: Side;
  readonly route: Route;
  readonly quantity: number;
  /** Won; 0 for a type that carries no price. */
  readonly price: number;
  /** Won; null: not a stop-limit order. */
  readonly stopPrice: number | null;
}

/** The account's two fields, in every call about it. */
export type AccountFields = Readonly<Record<'CANO' | 'ACNT_PRDT_CD', string>>;

/** What the broker gives an order or a change. */
export interface OrderReceipt {
  /** Empty: the broker took it and named no number. */
  readonly no: string;
  /** KRX_FWDG_ORD_ORGNO, needed to change or withdraw it. */
  readonly orgNo: string;
  /** HHMMSS. */
  readonly time: string;
}

/** The call for a new order. */
export function orderCash(account: AccountFields, order: CashOrder): Omit<KisCall, 'pass'> {
  const { code, kind, side, route, quantity, price, stopPrice } = order;
  return {
    api: ORDER_CASH,
    select: { side },
    lane: 'order',
    params: {
      ...account,
      PDNO: code,
      ORD_DVSN: kind,
      ORD_QTY: String(quantity),
      ORD_UNPR: String(price),
      EXCG_ID_DVSN_CD: route,
      SLL_TYPE: side === 'sell' ? '01' : '',
      CNDT_PRIC: stopPrice === null ? '' : String(stopPrice),
    },
  };
}

/** What came back of an order, a change or a cancel. */
export function orderReceipt(answer: KisAnswer): OrderReceipt {
  const row = recordOf(answer, 'output');
  return { no: orderNo(text(row, 'ODNO')), orgNo: text(row, 'KRX_FWDG_ORD_ORGNO'), time: text(row, 'ORD_TMD') };
}
