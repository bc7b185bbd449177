/**
 * 퇴직연금 (product code 29), real only: 잔고조회 TTTC2208R, 미체결내역 TTTC2210R, 매수가능조회 TTTC0503R. The account's own
 * inquiries; its orders are those of every share account.
 *
 *     balance → ACCA_DVSN_CD 00 · INQR_DVSN 00
 *             ← output1 [{ pdno 069500, hldg_qty 10, ord_psbl_qty 10, pchs_amt 412350 … }]
 *               output2 { dnca_tot_amt 5000000, nxdy_excc_amt 5000000, prvs_rcdl_excc_amt 4587650, tot_evlu_amt 5000100 }
 *     orders  → USER_DVSN_CD %% · SLL_BUY_DVSN_CD 00 · CCLD_NCCS_DVSN %% · INQR_DVSN_3 00
 *             ← output [{ ord_gno_brno 06010, odno 0001569139, orgn_odno "", trad_dvsn_name 매수, sll_buy_dvsn_cd 02,
 *               pdno 069500, ord_qty 10, ord_unpr 41235, ord_tmd 131438, tot_ccld_qty 3, nccs_qty 7, pchs_avg_pric 41235,
 *               ord_dvsn_cd 00, excg_id_dvsn_cd KRX }]
 *     power   → PDNO 069500 · ORD_UNPR 0 · ORD_DVSN 01 · ACCA_DVSN_CD 00 · CMA_EVLU_AMT_ICLD_YN N
 *             ← output { ord_psbl_cash 4587650, max_buy_amt 4587650 … }
 *
 * The orders are those of the present day: the call names no date and the rows tell none. What was traded is told as an
 * average price (pchs_avg_pric); that it is the average of the order's fills is best knowledge.
 */
import { SECOND_MS, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { instantOf, orderNo, recordOf, rowsOf, text, unreadable, whole, type AnyRow } from './fields.ts';
import type { BalanceCash, HeldRow } from './inquire-balance.ts';
import type { AccountFields } from './order-cash.ts';
import { codeOfProduct, routeOf, type OrderRow } from './order-row.ts';

const PREFIX = 'domestic-stock.pension-inquire';
export const PENSION_BALANCE = `${PREFIX}-balance`;
export const PENSION_ORDERS = `${PREFIX}-daily-ccld`;
export const PENSION_POWER = `${PREFIX}-psbl-order`;

/** 적립금구분코드. @source examples of the official repository */
const WHOLE_FUND = '00';
/** A row may be so far ahead of the server's clock; one further ahead is of a day before. */
const AHEAD_MS = 60 * SECOND_MS;
/** What is listed at an exchange; funds and deposits of a pension have longer codes. */
const LISTED = /^[0-9A-Z]{6}$/;

/** The call for what is held and the cash. */
export function pensionBalance(account: AccountFields): KisCall {
  return { api: PENSION_BALANCE, lane: 'account', params: { ...account, ACCA_DVSN_CD: WHOLE_FUND, INQR_DVSN: '00' } };
}

/** Listed issues that are held, of one page: funds and deposits of the pension are no business of the desk. */
export function pensionHeld(answer: KisAnswer): readonly HeldRow[] {
  return rowsOf(answer, 'output1')
    .map((row) => ({
      code: codeOfProduct(text(row, 'pdno')),
      quantity: whole(row, 'hldg_qty'),
      sellable: whole(row, 'ord_psbl_qty'),
      cost: whole(row, 'pchs_amt'),
    }))
    .filter(({ code, quantity }) => quantity > 0 && LISTED.test(code));
}

/** The cash, of the last page; null where that page has none. */
export function pensionCash(answer: KisAnswer): BalanceCash | null {
  const [row] = rowsOf(answer, 'output2');
  if (!row) return null;
  return {
    d0: whole(row, 'dnca_tot_amt'),
    d1: whole(row, 'nxdy_excc_amt'),
    d2: whole(row, 'prvs_rcdl_excc_amt'),
    netAsset: whole(row, 'tot_evlu_amt'),
  };
}

/** The call for the orders of the present day, of every exchange. */
export function pensionOrders(account: AccountFields): KisCall {
  return {
    api: PENSION_ORDERS,
    lane: 'account',
    params: { ...account, USER_DVSN_CD: '%%', SLL_BUY_DVSN_CD: '00', CCLD_NCCS_DVSN: '%%', INQR_DVSN_3: '00' },
  };
}

/** 지정가: its fills are at its price or better. */
const LIMIT = '00';

/**
 * Average price of what traded, won with its fraction. One that no fill of a limit order could have is something else than
 * that: throws KIS_ANSWER_BAD, because the cost of every holding would be wrong.
 */
function averageOf(row: AnyRow): number {
  const told = text(row, 'pchs_avg_pric');
  const [average, price] = [Number(told), whole(row, 'ord_unpr')];
  const isSell = text(row, 'sll_buy_dvsn_cd') === '01';
  const isLimit = text(row, 'ord_dvsn_cd') === LIMIT && price > 0;
  const isWorse = isLimit && (isSell ? average < price : average > price);
  if (!(average > 0) || !Number.isFinite(average) || isWorse) throw unreadable(`pchs_avg_pric: ${told.slice(0, 20)}`);
  return average;
}

/**
 * The order numbers of one page as of `date`, the present session. Rows whose time of day has not come yet are of a day
 * before and left out. Throws KIS_ANSWER_BAD where units traded and no believable average price tells for how much.
 */
export function pensionRows(answer: KisAnswer, date: SessionDate, now: EpochMs): readonly OrderRow[] {
  return rowsOf(answer, 'output')
    .map((row): OrderRow => {
      const route = routeOf(text(row, 'excg_id_dvsn_cd'));
      const originalNo = orderNo(text(row, 'orgn_odno'));
      const filledQty = whole(row, 'tot_ccld_qty');
      const average = filledQty > 0 ? averageOf(row) : 0;
      const quantity = whole(row, 'ord_qty');
      const restQty = whole(row, 'nccs_qty');
      return {
        date,
        no: orderNo(text(row, 'odno')),
        originalNo,
        orgNo: text(row, 'ord_gno_brno'),
        code: codeOfProduct(text(row, 'pdno')),
        side: text(row, 'sll_buy_dvsn_cd') === '01' ? 'sell' : 'buy',
        kind: text(row, 'ord_dvsn_cd'),
        route,
        venue: route === 'SOR' ? null : route,
        quantity,
        price: whole(row, 'ord_unpr'),
        stopPrice: whole(row, 'stpm_cndt_pric'),
        triggered: text(row, 'stpm_efct_occr_yn').toUpperCase() === 'Y',
        time: text(row, 'ord_tmd'),
        filledQty,
        filledValue: Math.round(average * filledQty),
        restQty,
        canceledQty: Math.max(0, quantity - filledQty - restQty),
        // A refusal is told by its notice; without one it looks like a withdrawal.
        rejectedQty: 0,
        isCancel: originalNo !== '' && /취소|CANCEL/i.test(text(row, 'trad_dvsn_name')),
      };
    })
    .filter(({ time }) => (instantOf(date, time) ?? now) <= now + AHEAD_MS);
}

/** An issue that every pension may buy: the call wants one, and the cash is the same for all. KODEX 200. */
const ANY_ISSUE = '069500';

/** The call for what a purchase may use. */
export function pensionPower(account: AccountFields): KisCall {
  return {
    api: PENSION_POWER,
    lane: 'account',
    params: {
      ...account,
      PDNO: ANY_ISSUE,
      ACCA_DVSN_CD: WHOLE_FUND,
      CMA_EVLU_AMT_ICLD_YN: 'N',
      ORD_UNPR: '0',
      ORD_DVSN: '01',
    },
  };
}

/** 주문가능현금 in won: a pension pays everything from its own cash. */
export function pensionBuyingPower(answer: KisAnswer): number {
  return whole(recordOf(answer, 'output'), 'ord_psbl_cash');
}
