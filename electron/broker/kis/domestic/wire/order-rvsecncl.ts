/**
 * 주식주문(정정취소) TTTC0013U, VTTC0013U: another price for the whole rest, or its withdrawal; the answer has a new number.
 *
 *     → KRX_FWDG_ORD_ORGNO 06010 · ORGN_ODNO 0000002101 · ORD_DVSN 00 · RVSE_CNCL_DVSN_CD 01 정정 / 02 취소 ·
 *       ORD_QTY 10 · ORD_UNPR 70200 · QTY_ALL_ORD_YN Y · EXCG_ID_DVSN_CD KRX · CNDT_PRIC ""
 *     ← output { KRX_FWDG_ORD_ORGNO 06010, ODNO 0001569140, ORD_TMD 131502 }
 */
import type { Route } from '#shared/domain/index.ts';
import type { KisCall } from '../../ports.ts';
import type { AccountFields } from './order-cash.ts';

export const ORDER_RVSECNCL = 'domestic-stock.order-rvsecncl';

/** A change or a withdrawal of the whole rest in the broker's words. */
export interface OrderChange {
  readonly what: 'replace' | 'cancel';
  readonly no: string;
  readonly orgNo: string;
  /** ORD_DVSN that the rest has afterwards. */
  readonly kind: string;
  /** The rest; the broker takes all of it whatever this says. */
  readonly quantity: number;
  /** Won; 0 on a withdrawal. */
  readonly price: number;
  /** Must be where the order was sent. */
  readonly route: Route;
  readonly stopPrice: number | null;
}

/** The call for a change or a withdrawal. */
export function orderRvsecncl(account: AccountFields, change: OrderChange): Omit<KisCall, 'pass'> {
  const { what, no, orgNo, kind, quantity, price, route, stopPrice } = change;
  return {
    api: ORDER_RVSECNCL,
    lane: 'order',
    params: {
      ...account,
      KRX_FWDG_ORD_ORGNO: orgNo,
      ORGN_ODNO: no,
      ORD_DVSN: kind,
      RVSE_CNCL_DVSN_CD: what === 'replace' ? '01' : '02',
      ORD_QTY: String(quantity),
      ORD_UNPR: String(price),
      QTY_ALL_ORD_YN: 'Y',
      EXCG_ID_DVSN_CD: route,
      CNDT_PRIC: stopPrice === null ? '' : String(stopPrice),
    },
  };
}
