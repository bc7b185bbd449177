/**
 * 매수가능조회 TTTC8908R, VTTC8908R: what a purchase may use. Asked without an issue, so that the figures are the account's.
 *
 *     → PDNO "" · ORD_UNPR "" · ORD_DVSN 01 · CMA_EVLU_AMT_ICLD_YN N · OVRS_ICLD_YN N
 *     ← output { ord_psbl_cash 741191178, nrcvb_buy_amt 107177377, max_buy_amt 1482382356 … }
 */
import type { KisAnswer, KisCall } from '../../ports.ts';
import { recordOf, whole } from './fields.ts';
import type { AccountFields } from './order-cash.ts';

export const PSBL_ORDER = 'domestic-stock.inquire-psbl-order';

/** The call. */
export function psblOrder(account: AccountFields): KisCall {
  return {
    api: PSBL_ORDER,
    lane: 'account',
    params: { ...account, PDNO: '', ORD_UNPR: '', ORD_DVSN: '01', CMA_EVLU_AMT_ICLD_YN: 'N', OVRS_ICLD_YN: 'N' },
  };
}

/** 미수없는매수금액 in won: what a purchase may use without leaving anything unpaid. */
export function buyingPower(answer: KisAnswer): number {
  return whole(recordOf(answer, 'output'), 'nrcvb_buy_amt');
}
