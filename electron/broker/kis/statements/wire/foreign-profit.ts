/**
 * Shares abroad: 해외주식 기간손익 TTTS3039R (what was closed) and 해외주식 일별거래내역 CTOS4001R (what was traded, and its costs); real only.
 *
 *     ← output1 [{ trad_day 20261124, ovrs_pdno AAPL, slcl_qty 2, ovrs_rlzt_pfls_amt 12.34, pftrt 3.1, ovrs_excg_cd NASD … }]
 *     ← output1 [{ trad_dt 20261124, sll_buy_dvsn_cd 01, pdno AAPL, ccld_qty 2, tr_frcr_amt2 460.30, frcr_fee1 0.01 … }]
 */
import type { ForeignCurrency, ProfitFigures, ProfitIssue } from '#shared/domain/index.ts';
import { FOREIGN_DIGITS } from '#shared/num/index.ts';
import type { AccountFields } from '../../domestic/wire/order-cash.ts';
import { dateText, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { Region } from '../../overseas/region.ts';
import { idOfRow } from '../../overseas/wire/exchange.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { dayOf, isEmpty, type Span } from './stock-profit.ts';
import { summed, told, toldRate, UNTOLD, wholeSum } from './told.ts';

const FOREIGN_PROFIT = 'overseas-stock.inquire-period-profit';
const FOREIGN_TRADES = 'overseas-stock.inquire-period-trans';

/** The call for what was closed, in the currency. */
export function foreignProfit(account: AccountFields, region: Region, { from, to }: Span): KisCall {
  return {
    api: FOREIGN_PROFIT,
    lane: 'account',
    params: {
      ...account,
      OVRS_EXCG_CD: region.asked[0] ?? region.clock,
      NATN_CD: region.nation,
      CRCY_CD: region.currency,
      PDNO: '',
      INQR_STRT_DT: dateText(from),
      INQR_END_DT: dateText(to),
      WCRC_FRCR_DVSN_CD: '01',
    },
  };
}

/** The call for every trade; it names no currency, so the rows of others are left out after it. */
export function foreignTrades(account: AccountFields, { from, to }: Span): KisCall {
  return {
    api: FOREIGN_TRADES,
    lane: 'account',
    params: {
      ...account,
      ERLM_STRT_DT: dateText(from),
      ERLM_END_DT: dateText(to),
      OVRS_EXCG_CD: '',
      PDNO: '',
      SLL_BUY_DVSN_CD: '00',
      LOAN_DVSN_CD: '',
    },
  };
}

const amount = (row: Parameters<typeof told>[0], name: string): number | null => told(row, name, FOREIGN_DIGITS);

/** What was closed, of one page. */
export function foreignProfitRows(answer: KisAnswer): readonly ProfitIssue[] {
  return rowsOf(answer, 'output1')
    .filter((row) => !isEmpty(row, 'trad_day'))
    .map((row) => {
      const code = text(row, 'ovrs_pdno');
      return {
        date: dayOf(row, 'trad_day'),
        instrumentId: idOfRow({ exchange: text(row, 'ovrs_excg_cd'), symbol: code }),
        code,
        name: text(row, 'ovrs_item_name'),
        kind: '',
        loanDate: null,
        ...UNTOLD,
        soldQty: told(row, 'slcl_qty'),
        soldKrw: amount(row, 'frcr_sll_amt_smtl1'),
        realisedKrw: amount(row, 'ovrs_rlzt_pfls_amt'),
        commissionKrw: amount(row, 'stck_sll_tlex'),
        returnPpb: toldRate(row, 'pftrt'),
      };
    });
}

/** A trade: its day, its issue and its figures. */
export interface ForeignTrade extends ProfitFigures {
  readonly date: string;
  readonly code: string;
  readonly name: string;
}

/** Trades in the currency, of one page. */
export function foreignTradeRows(answer: KisAnswer, currency: ForeignCurrency): readonly ForeignTrade[] {
  return rowsOf(answer, 'output1')
    .filter((row) => !isEmpty(row, 'trad_dt') && text(row, 'crcy_cd') === currency)
    .map((row) => {
      const [quantity, traded] = [told(row, 'ccld_qty'), amount(row, 'tr_frcr_amt2')];
      const sold = text(row, 'sll_buy_dvsn_cd') === '01';
      return {
        date: dayOf(row, 'trad_dt'),
        code: text(row, 'pdno'),
        name: text(row, 'ovrs_item_name'),
        ...UNTOLD,
        boughtQty: sold ? 0 : quantity,
        boughtKrw: sold ? 0 : traded,
        soldQty: sold ? quantity : 0,
        soldKrw: sold ? traded : 0,
        commissionKrw: wholeSum([amount(row, 'dmst_frcr_fee1'), amount(row, 'frcr_fee1')]),
      };
    });
}

/** Both together by day and issue: what was traded and paid by the trades, what it brought by the profit. */
export function joinedForeign(closed: readonly ProfitIssue[], trades: readonly ForeignTrade[]): readonly ProfitIssue[] {
  const keyOf = (row: { readonly date: string; readonly code: string }): string => `${row.date} ${row.code}`;
  const traded = new Map<string, ForeignTrade[]>();
  for (const row of trades) traded.set(keyOf(row), [...(traded.get(keyOf(row)) ?? []), row]);
  const known = new Set(closed.map(keyOf));
  const withTrades = closed.map((row) => {
    const sums = summed(traded.get(keyOf(row)) ?? []);
    return {
      ...row,
      boughtQty: sums.boughtQty,
      boughtKrw: sums.boughtKrw,
      commissionKrw: sums.commissionKrw ?? row.commissionKrw,
    };
  });
  // Bought and not closed: nothing was realised.
  const only = [...traded]
    .filter(([key]) => !known.has(key))
    .flatMap(([, rows]): ProfitIssue[] => {
      const [first] = rows;
      if (!first) return [];
      const { date, code, name } = first;
      const sums = summed(rows);
      const realisedKrw = sums.soldQty === 0 ? 0 : null;
      return [{ date, instrumentId: null, code, name, kind: '', loanDate: null, ...sums, realisedKrw }];
    });
  return [...withTrades, ...only].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}

/** The broker's sums of what was closed, of the last page, with what the trades cost. */
export function foreignTotal(answer: KisAnswer, trades: readonly ForeignTrade[]): ProfitFigures {
  const [row] = rowsOf(answer, 'output2');
  const sums = summed(trades);
  return {
    ...sums,
    realisedKrw: row ? amount(row, 'ovrs_rlzt_pfls_tot_amt') : null,
    returnPpb: row ? toldRate(row, 'tot_pftrt') : null,
  };
}
