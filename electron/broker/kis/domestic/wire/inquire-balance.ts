/**
 * 주식잔고조회 TTTC8434R, VTTC8434R: what is held, row by row of each loan date, and the account's cash.
 *
 *     → AFHR_FLPR_YN N · INQR_DVSN 02 · UNPR_DVSN 01 · FUND_STTL_ICLD_YN N · FNCG_AMT_AUTO_RDPT_YN N · PRCS_DVSN 00
 *     ← output1 [{ pdno 009150, hldg_qty 1657, ord_psbl_qty 1611, pchs_amt 224424497 … }]
 *       output2 [{ dnca_tot_amt 346455, nxdy_excc_amt 346455, prvs_rcdl_excc_amt 346455, nass_amt 2106055 … }]
 */
import type { KisAnswer, KisCall } from '../../ports.ts';
import { rowsOf, text, whole } from './fields.ts';
import type { AccountFields } from './order-cash.ts';
import { codeOfProduct } from './order-row.ts';

export const BALANCE = 'domestic-stock.inquire-balance';

/** What is held of an issue; rows of several loan dates are to be added up. */
export interface HeldRow {
  readonly code: string;
  readonly quantity: number;
  readonly sellable: number;
  /** 매입금액, won. */
  readonly cost: number;
}

/** Cash in won: settled today (예수금), after the next session's settlement, after that of two on (가수도정산금액), and the net asset. */
export interface BalanceCash {
  readonly d0: number;
  readonly d1: number;
  readonly d2: number;
  readonly netAsset: number;
  /** 총대출금액, won; absent: not told, or none. */
  readonly loan?: number;
}

/** The call. */
export function balance(account: AccountFields): KisCall {
  return {
    api: BALANCE,
    lane: 'account',
    params: {
      ...account,
      AFHR_FLPR_YN: 'N',
      OFL_YN: '',
      INQR_DVSN: '02',
      UNPR_DVSN: '01',
      FUND_STTL_ICLD_YN: 'N',
      FNCG_AMT_AUTO_RDPT_YN: 'N',
      PRCS_DVSN: '00',
    },
  };
}

/** What is held, of one page; rows of what was sold today are there with nothing left. */
export function heldRows(answer: KisAnswer): readonly HeldRow[] {
  return rowsOf(answer, 'output1')
    .map((row) => ({
      code: codeOfProduct(text(row, 'pdno')),
      quantity: whole(row, 'hldg_qty'),
      sellable: whole(row, 'ord_psbl_qty'),
      cost: whole(row, 'pchs_amt'),
    }))
    .filter(({ quantity }) => quantity > 0);
}

/** The cash, of the last page; null where that page has none. */
export function balanceCash(answer: KisAnswer): BalanceCash | null {
  const [row] = rowsOf(answer, 'output2');
  if (!row) return null;
  const loan = whole(row, 'tot_loan_amt');
  return {
    ...(loan > 0 ? { loan } : {}),
    d0: whole(row, 'dnca_tot_amt'),
    d1: whole(row, 'nxdy_excc_amt'),
    d2: whole(row, 'prvs_rcdl_excc_amt'),
    netAsset: whole(row, 'nass_amt'),
  };
}
