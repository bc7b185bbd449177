/**
 * Money by currency: 해외증거금 통화별조회 TTTC2101R and 주식통합증거금 현황 TTTC0869R; real only. Amounts stay in their currency.
 *
 *     ← output [{ natn_name 미국, crcy_cd USD, frcr_dncl_amt1 1000.00, frcr_gnrl_ord_psbl_amt 990.00, itgr_ord_psbl_amt 990.00, bass_exrt 1465.30 … }]
 *     ← output { acmga_rt 100, stck_cash_ord_psbl_amt 5000000, usd_ord_psbl_amt 990.00, usd_frst_bltn_exrt 1465.30 … }
 */
import type { CombinedMargin, CurrencyFunds } from '#shared/domain/index.ts';
import { FOREIGN_DIGITS } from '#shared/num/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import { recordOf, rowsOf, text, type AnyRow } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { told } from './told.ts';

const FOREIGN_MARGIN = 'overseas-stock.foreign-margin';
const COMBINED_MARGIN = 'domestic-stock.intgr-margin';
/** Rates of margin and shares of a loan that the answer has fields for. */
const MARGINS = [20, 30, 40, 50, 60, 100] as const;
const LOANS = [45, 50, 60, 70] as const;
const CURRENCIES = ['usd', 'hkd', 'jpy', 'cny'] as const;

/** The call for every currency. */
export function foreignMargin(account: AccountFields): KisCall {
  return { api: FOREIGN_MARGIN, lane: 'account', params: { ...account } };
}

/** The call for the combined margin, foreign amounts in their currency (01 외화기준). */
export function combinedMargin(account: AccountFields): KisCall {
  return {
    api: COMBINED_MARGIN,
    lane: 'account',
    params: { ...account, CMA_EVLU_AMT_ICLD_YN: 'N', WCRC_FRCR_DVSN_CD: '01', FWEX_CTRT_FRCR_DVSN_CD: '01' },
  };
}

const amount = (row: AnyRow, name: string): number | null => told(row, name, FOREIGN_DIGITS);

/** The currencies of one page; the broker fills pages up with empty rows. */
export function currencyRows(answer: KisAnswer): readonly CurrencyFunds[] {
  return rowsOf(answer, 'output')
    .filter((row) => text(row, 'crcy_cd') !== '')
    .map((row) => ({
      currency: text(row, 'crcy_cd'),
      nation: text(row, 'natn_name'),
      deposit: amount(row, 'frcr_dncl_amt1'),
      unsettledBuy: amount(row, 'ustl_buy_amt'),
      unsettledSell: amount(row, 'ustl_sll_amt'),
      unpaid: amount(row, 'frcr_rcvb_amt'),
      margin: amount(row, 'frcr_mgn_amt'),
      orderable: amount(row, 'frcr_gnrl_ord_psbl_amt'),
      combinedOrderable: amount(row, 'itgr_ord_psbl_amt'),
      rate: text(row, 'bass_exrt'),
    }));
}

/** The combined margin. */
export function combinedRow(answer: KisAnswer): CombinedMargin {
  const row = recordOf(answer, 'output');
  return {
    marginRate: text(row, 'acmga_rt'),
    mode: text(row, 'ovrs_stck_itgr_mgna_dvsn_name'),
    cashKrw: told(row, 'stck_cash_ord_psbl_amt'),
    substituteKrw: told(row, 'stck_sbst_ord_psbl_amt'),
    reusableKrw: told(row, 'stck_ruse_psbl_ord_psbl_amt'),
    unpaidKrw: told(row, 'rcvb_amt'),
    limitKrw: told(row, 'lmt_amt'),
    byMargin: MARGINS.map((percent) => ({
      percent,
      aloneKrw: told(row, `stck_cash${percent}_max_ord_psbl_amt`),
      combinedKrw: told(row, `stck_itgr_cash${percent}_ord_psbl_amt`),
    })),
    byLoan: LOANS.map((percent) => ({
      percent,
      aloneKrw: told(row, `stck_fncg${percent}_max_ord_psbl_amt`),
      combinedKrw: told(row, `stck_itgr_fncg${percent}_ord_psbl_amt`),
    })),
    currencies: CURRENCIES.map((currency) => ({
      currency: currency.toUpperCase(),
      subject: amount(row, `${currency}_objt_amt`),
      used: amount(row, `${currency}_use_amt`),
      orderable: amount(row, `${currency}_ord_psbl_amt`),
      general: amount(row, `${currency}_gnrl_ord_psbl_amt`),
      combined: amount(row, `${currency}_itgr_ord_psbl_amt`),
      rate: text(row, `${currency}_frst_bltn_exrt`),
    })),
  };
}
