/**
 * Domestic shares: 기간별손익일별합산조회 TTTC8708R, 기간별매매손익현황조회 TTTC8715R, 주식잔고조회_실현손익 TTTC8494R; real only.
 *
 *     → INQR_STRT_DT 20261101 · INQR_END_DT 20261127 · SORT_DVSN 00 · CBLC_DVSN 00
 *     ← output1 [{ trad_dt 20261124, buy_amt 0, sll_amt 703000, rlzt_pfls 3000, fee 98, tl_tax 1054, loan_int 0 … }]
 *       output2 { tot_rlzt_pfls 3000, tot_fee 98, tot_tltx 1054 … }
 */
import { krxId, type ProfitDay, type ProfitFigures, type ProfitIssue } from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import { dateOf, dateText, recordOf, rowsOf, text, unreadable, type AnyRow } from '../../domestic/wire/fields.ts';
import { codeOfProduct } from '../../domestic/wire/order-row.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { told, toldRate, UNTOLD } from './told.ts';

/** Both days included. */
export interface Span {
  readonly from: SessionDate;
  readonly to: SessionDate;
}

const PERIOD_PROFIT = 'domestic-stock.inquire-period-profit';
const PERIOD_TRADE_PROFIT = 'domestic-stock.inquire-period-trade-profit';
const BALANCE_REALISED = 'domestic-stock.inquire-balance-rlz-pl';

const spanned = ({ from, to }: Span) => ({
  INQR_STRT_DT: dateText(from),
  INQR_END_DT: dateText(to),
  SORT_DVSN: '00',
  CBLC_DVSN: '00',
  PDNO: '',
});

/** The call for a row a day. */
export function profitDays(account: AccountFields, span: Span): KisCall {
  return { api: PERIOD_PROFIT, lane: 'account', params: { ...account, ...spanned(span), INQR_DVSN: '00' } };
}

/** The call for a row an issue and day. */
export function profitIssues(account: AccountFields, span: Span): KisCall {
  return { api: PERIOD_TRADE_PROFIT, lane: 'account', params: { ...account, ...spanned(span) } };
}

/** The call for what today has realised, costs taken off. */
export function realisedToday(account: AccountFields): KisCall {
  return {
    api: BALANCE_REALISED,
    lane: 'account',
    params: {
      ...account,
      AFHR_FLPR_YN: 'N',
      OFL_YN: '',
      INQR_DVSN: '00',
      UNPR_DVSN: '01',
      FUND_STTL_ICLD_YN: 'N',
      FNCG_AMT_AUTO_RDPT_YN: 'N',
      PRCS_DVSN: '01',
      COST_ICLD_YN: 'Y',
    },
  };
}

function figures(row: AnyRow, quantities: { readonly buy: string; readonly sell: string }): ProfitFigures {
  return {
    boughtQty: told(row, quantities.buy),
    boughtKrw: told(row, 'buy_amt'),
    soldQty: told(row, quantities.sell),
    soldKrw: told(row, 'sll_amt'),
    realisedKrw: told(row, 'rlzt_pfls'),
    commissionKrw: told(row, 'fee'),
    taxKrw: told(row, 'tl_tax'),
    interestKrw: told(row, 'loan_int'),
    returnPpb: toldRate(row, 'pfls_rt'),
  };
}

/** The day of a row. Throws KIS_ANSWER_BAD: a row without one could not be placed, and dropping it would falsify the rest. */
export function dayOf(row: AnyRow, name: string): SessionDate {
  const date = dateOf(text(row, name));
  if (date === null) throw unreadable(`${name}: ${text(row, name).slice(0, 20)}`);
  return date;
}

/** true for the empty rows with which the broker fills pages up. */
export const isEmpty = (row: AnyRow, name: string): boolean => /^0*$/.test(text(row, name));

/** Rows by day, of one page. */
export function profitDayRows(answer: KisAnswer): readonly ProfitDay[] {
  return rowsOf(answer, 'output1')
    .filter((row) => !isEmpty(row, 'trad_dt'))
    .map((row) => ({ date: dayOf(row, 'trad_dt'), ...figures(row, { buy: 'buy_qty1', sell: 'sll_qty1' }) }));
}

/** Rows by issue and day, of one page. */
export function profitIssueRows(answer: KisAnswer): readonly ProfitIssue[] {
  return rowsOf(answer, 'output1')
    .filter((row) => !isEmpty(row, 'trad_dt'))
    .map((row) => {
      const code = codeOfProduct(text(row, 'pdno'));
      return {
        date: dayOf(row, 'trad_dt'),
        instrumentId: /^[0-9A-Z]{6}$/.test(code) ? krxId(code) : null,
        code,
        name: text(row, 'prdt_name'),
        kind: text(row, 'trad_dvsn_name'),
        loanDate: dateOf(text(row, 'loan_dt')),
        ...figures(row, { buy: 'buy_qty', sell: 'sll_qty' }),
      };
    });
}

/** The broker's own sums, of the last page. */
export function profitTotal(answer: KisAnswer): ProfitFigures {
  const [row] = rowsOf(answer, 'output2');
  if (!row) return UNTOLD;
  return {
    // 매수수량합계 is named differently in the two inquiries.
    boughtQty: told(row, 'buy_qty_smtl') ?? told(row, 'buyqty_smtl'),
    boughtKrw: told(row, 'buy_tr_amt_smtl'),
    soldQty: told(row, 'sll_qty_smtl'),
    soldKrw: told(row, 'sll_tr_amt_smtl'),
    realisedKrw: told(row, 'tot_rlzt_pfls'),
    commissionKrw: told(row, 'tot_fee'),
    taxKrw: told(row, 'tot_tltx'),
    interestKrw: told(row, 'loan_int'),
    returnPpb: toldRate(row, 'tot_pftrt'),
  };
}

/** 실현손익 of today, won; null: not told. */
export function realisedTodayKrw(answer: KisAnswer): number | null {
  return told(recordOf(answer, 'output2'), 'rlzt_pfls');
}
