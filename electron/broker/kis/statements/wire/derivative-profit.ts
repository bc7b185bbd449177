/**
 * Futures and options: 선물옵션기간약정수수료일별 CTFO6119R and 선물옵션 잔고정산손익내역 CTFO6117R; real only.
 *
 *     ← output1 [{ ord_dt 20261124, pdno A01612, sll_agrm_amt 0, buy_agrm_amt 88750000, buy_fee 2662, tot_fee_smtl 2662, trad_pfls 0 … }]
 *     ← output1 [{ pdno A01612, trad_dvsn_name 매수, cblc_qty 1, new_qty 1, mnpl_rpch_qty 0, trad_pfls_amt 0, evlu_pfls_amt 12500 … }]
 *       output2 { thdt_dfpa 12500, rnwl_dfpa 0, fee 2662 … }
 */
import type { ProfitFigures, ProfitIssue, Settlement } from '#shared/domain/index.ts';
import { derivativeIdOfCode } from '#shared/market/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import { dateText, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { dayOf, isEmpty, type Span } from './stock-profit.ts';
import { told, UNTOLD } from './told.ts';

const DAILY_FEES = 'domestic-futureoption.inquire-daily-amount-fee';
const SETTLEMENT = 'domestic-futureoption.inquire-balance-settlement-pl';

/** The call for a row a contract and day. */
export function derivativeDays(account: AccountFields, { from, to }: Span): KisCall {
  return {
    api: DAILY_FEES,
    lane: 'account',
    params: { ...account, INQR_STRT_DAY: dateText(from), INQR_END_DAY: dateText(to) },
  };
}

/** The call for the settlement of one day. */
export function settlementOf(account: AccountFields, date: SessionDate): KisCall {
  return { api: SETTLEMENT, lane: 'account', params: { ...account, INQR_DT: dateText(date) } };
}

/** Rows by contract and day, of one page. */
export function derivativeProfitRows(answer: KisAnswer): readonly ProfitIssue[] {
  return rowsOf(answer, 'output1')
    .filter((row) => !isEmpty(row, 'ord_dt'))
    .map((row) => {
      const code = text(row, 'pdno').toUpperCase();
      return {
        date: dayOf(row, 'ord_dt'),
        instrumentId: derivativeIdOfCode(code),
        code,
        name: text(row, 'item_name'),
        kind: '',
        loanDate: null,
        ...UNTOLD,
        boughtKrw: told(row, 'buy_agrm_amt'),
        soldKrw: told(row, 'sll_agrm_amt'),
        realisedKrw: told(row, 'trad_pfls'),
        commissionKrw: told(row, 'tot_fee_smtl'),
      };
    });
}

/** The broker's sums, of the last page. */
export function derivativeTotal(answer: KisAnswer): ProfitFigures {
  const [row] = rowsOf(answer, 'output2');
  if (!row) return UNTOLD;
  return {
    ...UNTOLD,
    boughtKrw: told(row, 'buy_agrm_amt'),
    soldKrw: told(row, 'sll_agrm_amt'),
    realisedKrw: told(row, 'trad_pfls_smtl'),
    commissionKrw: told(row, 'fee_smtl'),
  };
}

/** The settlement of a day, of all its pages. */
export function settlementRows(answers: readonly KisAnswer[], date: SessionDate): Settlement {
  const sums = answers.flatMap((answer) => rowsOf(answer, 'output2')).at(-1);
  const rows = answers.flatMap((answer) => rowsOf(answer, 'output1'));
  return {
    date,
    dayKrw: sums ? told(sums, 'thdt_dfpa') : null,
    renewalKrw: sums ? told(sums, 'rnwl_dfpa') : null,
    commissionKrw: sums ? told(sums, 'fee') : null,
    contracts: rows
      .filter((row) => text(row, 'pdno') !== '')
      .map((row) => {
        const code = text(row, 'pdno').toUpperCase();
        return {
          instrumentId: derivativeIdOfCode(code),
          code,
          name: text(row, 'prdt_name'),
          kind: text(row, 'trad_dvsn_name'),
          quantity: told(row, 'cblc_qty'),
          openedQty: told(row, 'new_qty'),
          closedQty: told(row, 'mnpl_rpch_qty'),
          realisedKrw: told(row, 'trad_pfls_amt'),
          unrealisedKrw: told(row, 'evlu_pfls_amt'),
        };
      }),
  };
}
