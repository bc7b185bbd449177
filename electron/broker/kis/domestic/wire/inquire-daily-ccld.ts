/**
 * 주식일별주문체결조회 TTTC0081R/CTSC9215R, VTTC0081R/VTSC9215R: every order number of a day with its totals, newest first.
 *
 *     → INQR_STRT_DT 20261124 · INQR_END_DT 20261124 · SLL_BUY_DVSN_CD 00 · CCLD_DVSN 00 · INQR_DVSN 00 · INQR_DVSN_3 00 ·
 *       EXCG_ID_DVSN_CD ALL (paper: KRX)
 *     ← output1 [{ ord_dt 20261124, ord_gno_brno 06010, odno 0001568197, orgn_odno "", sll_buy_dvsn_cd 02,
 *       sll_buy_dvsn_cd_name 매수, pdno 009150, ord_qty 10, ord_unpr 150000, ord_tmd 170100, tot_ccld_qty 3, tot_ccld_amt 450000, cncl_yn "", cncl_cfrm_qty 0,
 *       rmn_qty 7, rjct_qty 0, ord_dvsn_cd 00, excg_id_dvsn_Cd KRX, stpm_cndt_pric 0, stpm_efct_occr_dtmd "" }]
 *
 * A withdrawal has a row of its own, with the number it withdraws in orgn_odno and "매수취소*" as its name.
 * Both spellings of the canceled quantity occur, cncl_cfrm_qty and cnc_cfrm_qty, and excg_id_dvsn_Cd has its capital.
 */
import { addDays, type SessionDate } from '#shared/time/index.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { dateOf, dateText, orderNo, rowsOf, text, whole } from './fields.ts';
import type { AccountFields } from './order-cash.ts';
import { codeOfProduct, routeOf, type OrderRow } from './order-row.ts';

export const DAILY_CCLD = 'domestic-stock.inquire-daily-ccld';
/** Days that the first of the two TR ids surely reaches back; three months by the documents. */
const RECENT_DAYS = 88;

/** The call for all orders of a day; `allVenues`: of every exchange, which only the real environment knows. */
export function dailyCcld(
  account: AccountFields,
  asked: { readonly date: SessionDate; readonly today: SessionDate; readonly allVenues: boolean },
): KisCall {
  const { date, today, allVenues } = asked;
  const day = dateText(date);
  return {
    api: DAILY_CCLD,
    lane: 'account',
    select: { period: date < addDays(today, -RECENT_DAYS) ? 'before3Months' : 'within3Months' },
    params: {
      ...account,
      INQR_STRT_DT: day,
      INQR_END_DT: day,
      SLL_BUY_DVSN_CD: '00',
      PDNO: '',
      CCLD_DVSN: '00',
      INQR_DVSN: '00',
      INQR_DVSN_3: '00',
      ORD_GNO_BRNO: '',
      ODNO: '',
      INQR_DVSN_1: '',
      EXCG_ID_DVSN_CD: allVenues ? 'ALL' : 'KRX',
    },
  };
}

/** The order numbers of one page. */
export function dailyCcldRows(answer: KisAnswer, asked: SessionDate): readonly OrderRow[] {
  return rowsOf(answer, 'output1').map((row) => {
    const route = routeOf(text(row, 'excg_id_dvsn_Cd') || text(row, 'excg_id_dvsn_cd'));
    const originalNo = orderNo(text(row, 'orgn_odno'));
    return {
      date: dateOf(text(row, 'ord_dt')) ?? asked,
      no: orderNo(text(row, 'odno')),
      originalNo,
      orgNo: text(row, 'ord_gno_brno'),
      code: codeOfProduct(text(row, 'pdno')),
      side: text(row, 'sll_buy_dvsn_cd') === '01' ? 'sell' : 'buy',
      kind: text(row, 'ord_dvsn_cd'),
      route,
      venue: route === 'SOR' ? null : route,
      quantity: whole(row, 'ord_qty'),
      price: whole(row, 'ord_unpr'),
      stopPrice: whole(row, 'stpm_cndt_pric'),
      triggered: /[1-9]/.test(text(row, 'stpm_efct_occr_dtmd')),
      time: text(row, 'ord_tmd'),
      filledQty: whole(row, 'tot_ccld_qty'),
      filledValue: whole(row, 'tot_ccld_amt'),
      restQty: whole(row, 'rmn_qty'),
      canceledQty: whole(row, 'cncl_cfrm_qty') || whole(row, 'cnc_cfrm_qty'),
      rejectedQty: whole(row, 'rjct_qty'),
      isCancel: originalNo !== '' && /취소|CANCEL/i.test(text(row, 'sll_buy_dvsn_cd_name')),
    };
  });
}
