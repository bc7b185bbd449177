/**
 * 해외주식 주문 and 정정취소주문 in America: TTTT1002U/TTTT1006U (paper VTTT1002U/VTTT1001U), TTTT1004U (VTTT1004U).
 *
 *     → OVRS_EXCG_CD NASD · PDNO AAPL · ORD_QTY 1 · OVRS_ORD_UNPR 190.25 · SLL_TYPE "" / 00 · ORD_SVR_DVSN_CD 0 · ORD_DVSN 00
 *     → OVRS_EXCG_CD NASD · PDNO AAPL · ORGN_ODNO 0030138112 · RVSE_CNCL_DVSN_CD 01 정정 / 02 취소 · ORD_QTY 1 · OVRS_ORD_UNPR 191.00 / 0
 *     ← output { KRX_FWDG_ORD_ORGNO 01790, ODNO 0030138113, ORD_TMD 160524 }
 */
import type { Side } from '#shared/domain/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import type { KisCall } from '../../ports.ts';
import { priceText } from './dollars.ts';
import type { UsSymbol } from './exchange.ts';

export const US_ORDER = 'overseas-stock.order';
export const US_CHANGE = 'overseas-stock.order-rvsecncl';
/** ORD_DVSN of a limit order, the only kind that both environments take. */
const LIMIT = '00';

/** The call for a new limit order of the day. */
export function usOrder(
  account: AccountFields,
  order: { readonly at: UsSymbol; readonly side: Side; readonly quantity: number; readonly price: number },
): Omit<KisCall, 'pass'> {
  const { at, side, quantity, price } = order;
  return {
    api: US_ORDER,
    select: { side },
    lane: 'order',
    params: {
      ...account,
      OVRS_EXCG_CD: at.exchange,
      PDNO: at.symbol,
      ORD_QTY: String(quantity),
      OVRS_ORD_UNPR: priceText(price),
      SLL_TYPE: side === 'sell' ? '00' : '',
      ORD_SVR_DVSN_CD: '0',
      ORD_DVSN: LIMIT,
    },
  };
}

/** The call for another price of the whole rest (null: its withdrawal). */
export function usChange(
  account: AccountFields,
  change: { readonly at: UsSymbol; readonly no: string; readonly rest: number; readonly price: number | null },
): Omit<KisCall, 'pass'> {
  const { at, no, rest, price } = change;
  return {
    api: US_CHANGE,
    lane: 'order',
    params: {
      ...account,
      OVRS_EXCG_CD: at.exchange,
      PDNO: at.symbol,
      ORGN_ODNO: no,
      RVSE_CNCL_DVSN_CD: price === null ? '02' : '01',
      ORD_QTY: String(rest),
      OVRS_ORD_UNPR: price === null ? '0' : priceText(price),
      ORD_SVR_DVSN_CD: '0',
    },
  };
}
