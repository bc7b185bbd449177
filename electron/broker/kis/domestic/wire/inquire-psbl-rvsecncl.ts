/**
 * 주식정정취소가능주문조회 TTTC0084R, real only: the orders that can be changed or withdrawn now.
 *
 *     → INQR_DVSN_1 0 · INQR_DVSN_2 0
 *     ← output [{ ord_gno_brno 06010, odno 0001569139, orgn_odno 0001569136, pdno 009150, ord_qty 1, ord_unpr 140000,
 *       ord_tmd 131438, tot_ccld_qty 0, tot_ccld_amt 0, psbl_qty 1, sll_buy_dvsn_cd 02, ord_dvsn_cd 00,
 *       excg_id_dvsn_cd KRX, stpm_cndt_pric 0, stpm_efct_occr_yn N }]
 */
import type { SessionDate } from '#shared/time/index.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { orderNo, rowsOf, text, whole } from './fields.ts';
import type { AccountFields } from './order-cash.ts';
import { codeOfProduct, routeOf, type OrderRow } from './order-row.ts';

export const PSBL_RVSECNCL = 'domestic-stock.inquire-psbl-rvsecncl';

/** The call. */
export function psblRvsecncl(account: AccountFields): KisCall {
  return { api: PSBL_RVSECNCL, lane: 'account', params: { ...account, INQR_DVSN_1: '0', INQR_DVSN_2: '0' } };
}

/** The open orders of one page; they are of the present day. */
export function psblRvsecnclRows(answer: KisAnswer, today: SessionDate): readonly OrderRow[] {
  return rowsOf(answer, 'output').map((row) => {
    const route = routeOf(text(row, 'excg_id_dvsn_cd'));
    return {
      date: today,
      no: orderNo(text(row, 'odno')),
      originalNo: orderNo(text(row, 'orgn_odno')),
      orgNo: text(row, 'ord_gno_brno'),
      code: codeOfProduct(text(row, 'pdno')),
      side: text(row, 'sll_buy_dvsn_cd') === '01' ? 'sell' : 'buy',
      kind: text(row, 'ord_dvsn_cd'),
      route,
      venue: route === 'SOR' ? null : route,
      quantity: whole(row, 'ord_qty'),
      price: whole(row, 'ord_unpr'),
      stopPrice: whole(row, 'stpm_cndt_pric'),
      triggered: text(row, 'stpm_efct_occr_yn').toUpperCase() === 'Y',
      time: text(row, 'ord_tmd'),
      filledQty: whole(row, 'tot_ccld_qty'),
      filledValue: whole(row, 'tot_ccld_amt'),
      restQty: whole(row, 'psbl_qty'),
      canceledQty: 0,
      rejectedQty: 0,
      isCancel: false,
    };
  });
}
