/**
 * 해외주식 주문 and 정정취소주문: in America TTTT1002U/TTTT1006U (paper VTTT1002U/VTTT1001U), TTTT1004U (VTTT1004U); every other
 * exchange has ids of its own, which the catalogue chooses by OVRS_EXCG_CD. China and Vietnam know no 정정.
 *
 *     → OVRS_EXCG_CD NASD · PDNO AAPL · ORD_QTY 1 · OVRS_ORD_UNPR 190.25 · SLL_TYPE "" / 00 · ORD_SVR_DVSN_CD 0 · ORD_DVSN 00
 *     → OVRS_EXCG_CD NASD · PDNO AAPL · ORGN_ODNO 0030138112 · RVSE_CNCL_DVSN_CD 01 정정 / 02 취소 · ORD_QTY 1 · OVRS_ORD_UNPR 191.00 / 0
 *     ← output { KRX_FWDG_ORD_ORGNO 01790, ODNO 0030138113, ORD_TMD 160524 }
 */
import { foreignCurrencyOf, type Side } from '#shared/domain/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import type { KisCall } from '../../ports.ts';
import { priceText } from './amounts.ts';
import type { ForeignSymbol } from './exchange.ts';

export const FOREIGN_ORDER = 'overseas-stock.order';
export const FOREIGN_CHANGE = 'overseas-stock.order-rvsecncl';
/** ORD_DVSN of a limit order, the only kind that both environments take. */
const LIMIT = '00';

/** The call for a new limit order of the day. */
export function foreignOrder(
  account: AccountFields,
  order: { readonly at: ForeignSymbol; readonly side: Side; readonly quantity: number; readonly price: number },
): Omit<KisCall, 'pass'> {
  const { at, side, quantity, price } = order;
  return {
    api: FOREIGN_ORDER,
    select: { side },
    lane: 'order',
    params: {
      ...account,
      OVRS_EXCG_CD: at.exchange,
      PDNO: at.symbol,
      ORD_QTY: String(quantity),
      OVRS_ORD_UNPR: priceText(price, foreignCurrencyOf(at.exchange)),
      SLL_TYPE: side === 'sell' ? '00' : '',
      ORD_SVR_DVSN_CD: '0',
      ORD_DVSN: LIMIT,
    },
  };
}

/** The call for another price of the whole rest (null: its withdrawal). */
export function foreignChange(
  account: AccountFields,
  change: { readonly at: ForeignSymbol; readonly no: string; readonly rest: number; readonly price: number | null },
): Omit<KisCall, 'pass'> {
  const { at, no, rest, price } = change;
  return {
    api: FOREIGN_CHANGE,
    lane: 'order',
    params: {
      ...account,
      OVRS_EXCG_CD: at.exchange,
      PDNO: at.symbol,
      ORGN_ODNO: no,
      RVSE_CNCL_DVSN_CD: price === null ? '02' : '01',
      ORD_QTY: String(rest),
      OVRS_ORD_UNPR: price === null ? '0' : priceText(price, foreignCurrencyOf(at.exchange)),
      ORD_SVR_DVSN_CD: '0',
    },
  };
}
