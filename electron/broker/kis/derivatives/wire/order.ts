/**
 * 선물옵션 주문 TTTO1101U/VTTO1101U and 정정취소주문 TTTO1103U/VTTO1103U of the day; STTN1101U and STTN1103U of the night (real only).
 *
 *     → ORD_PRCS_DVSN_CD 02 · SLL_BUY_DVSN_CD 02 · SHTN_PDNO 101W09 · ORD_QTY 1 · UNIT_PRICE 355.05 · NMPR_TYPE_CD 01 · KRX_NMPR_CNDT_CD 0 · ORD_DVSN_CD 01
 *     → ORD_PRCS_DVSN_CD 02 · RVSE_CNCL_DVSN_CD 01 정정 / 02 취소 · ORGN_ODNO 0000004018 · ORD_QTY 0 · UNIT_PRICE 355.10 · RMN_QTY_YN Y · …
 *     ← output { ODNO 0000007045, ORD_TMD 131604, ITEM_NAME 코스피200 F 202203 }
 */
import type { Side } from '#shared/domain/index.ts';
import type { DerivativeCodeRow } from '#shared/market/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import type { KisCall } from '../../ports.ts';
import { pointsText } from './figures.ts';

export const DERIVATIVE_ORDER = 'domestic-futureoption.order';
export const DERIVATIVE_CHANGE = 'domestic-futureoption.order-rvsecncl';
/** Selector of the TR id: the night has ids of its own. @source catalogue, trIdBy of order and order-rvsecncl */
const BY_NIGHT = { session: 'night' } as const;
const BY_DAY = { session: 'day' } as const;
/** ORD_PRCS_DVSN_CD: send it. */
const SEND = '02';
/** SLL_BUY_DVSN_CD. */
export const SIDE_CODES = { sell: '01', buy: '02' } as const satisfies Record<Side, string>;

/** The call for a new order; `price` 0 where its kind carries none. */
export function derivativeOrder(
  account: AccountFields,
  order: {
    readonly code: string;
    readonly side: Side;
    readonly kind: DerivativeCodeRow;
    readonly quantity: number;
    readonly price: number;
    readonly night: boolean;
  },
): Omit<KisCall, 'pass'> {
  const { code, side, kind, quantity, price, night } = order;
  return {
    api: DERIVATIVE_ORDER,
    select: night ? BY_NIGHT : BY_DAY,
    lane: 'order',
    params: {
      ...account,
      ORD_PRCS_DVSN_CD: SEND,
      SLL_BUY_DVSN_CD: SIDE_CODES[side],
      SHTN_PDNO: code,
      ORD_QTY: String(quantity),
      UNIT_PRICE: pointsText(price),
      NMPR_TYPE_CD: kind.quote,
      KRX_NMPR_CNDT_CD: kind.condition,
      ORD_DVSN_CD: kind.code,
      CTAC_TLNO: '',
      FUOP_ITEM_DVSN_CD: '',
    },
  };
}

/** The call for another price of the whole rest (null: its withdrawal). */
export function derivativeChange(
  account: AccountFields,
  change: {
    readonly no: string;
    readonly kind: DerivativeCodeRow;
    readonly price: number | null;
    readonly night: boolean;
  },
): Omit<KisCall, 'pass'> {
  const { no, kind, price, night } = change;
  return {
    api: DERIVATIVE_CHANGE,
    select: night ? BY_NIGHT : BY_DAY,
    lane: 'order',
    params: {
      ...account,
      ORD_PRCS_DVSN_CD: SEND,
      RVSE_CNCL_DVSN_CD: price === null ? '02' : '01',
      ORGN_ODNO: no,
      // The whole rest, whatever it is by the time it arrives.
      ORD_QTY: '0',
      RMN_QTY_YN: 'Y',
      UNIT_PRICE: price === null ? '0' : pointsText(price),
      NMPR_TYPE_CD: kind.quote,
      KRX_NMPR_CNDT_CD: kind.condition,
      ORD_DVSN_CD: kind.code,
      FUOP_ITEM_DVSN_CD: '',
    },
  };
}
