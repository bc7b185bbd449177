/** Statements of the share account: profit by day and by issue from the firm's executions, and the combined margin. */
import { codeOf } from '#shared/domain/index.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import type { AbroadMarkets } from '../overseas/abroad-markets.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { ratio, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { dateOf } from './account.ts';
import { tradeKind } from './loans.ts';
import { booksOf, type Totals } from './holdings.ts';

/** Rows of a page; no source tells how many the broker sends. */
const PAGE = 20;
const ECHO = ['CANO', 'ACNT_PRDT_CD', 'INQR_STRT_DT', 'INQR_END_DT'];

/** Days of a call, both included. */
function within(call: Call): (row: { readonly date: string }) => boolean {
  const [from, to] = [dateOf(call, 'INQR_STRT_DT'), dateOf(call, 'INQR_END_DT')];
  return ({ date }) => date >= from && date <= to;
}

const costsOf = ({ costs, tax }: Totals): Row => ({ fee: costs - tax, tl_tax: tax, loan_int: 0 });

function sumsOf(list: readonly Totals[], boughtName: string): Row {
  const sum = (pick: (each: Totals) => number): number => list.reduce((total, each) => total + pick(each), 0);
  const [sold, profit] = [sum((each) => each.sold), sum((each) => each.profit)];
  const realised = profit - sum((each) => each.costs);
  return {
    sll_qty_smtl: sum((each) => each.soldQty),
    sll_tr_amt_smtl: sold,
    [boughtName]: sum((each) => each.boughtQty),
    buy_tr_amt_smtl: sum((each) => each.bought),
    tot_qty: sum((each) => each.soldQty + each.boughtQty),
    tot_tr_amt: sum((each) => each.bought + each.sold),
    tot_fee: sum((each) => each.costs - each.tax),
    tot_tltx: sum((each) => each.tax),
    tot_rlzt_pfls: realised,
    loan_int: 0,
    tot_pftrt: ratio(realised * 100, sold - profit),
  };
}

/** 기간별손익일별합산조회: a row for each day with trades. */
export function periodProfit(call: Call, ground: Ground): Reply {
  const days = booksOf(ground).days.filter(({ bought, sold }) => bought + sold > 0);
  const shown = days.filter(within(call));
  const rows = shown.map((day): Row => ({
    trad_dt: ymd(day.date),
    buy_amt: day.bought,
    sll_amt: day.sold,
    rlzt_pfls: day.profit - day.costs,
    ...costsOf(day),
    buy_qty1: day.boughtQty,
    sll_qty1: day.soldQty,
    pfls_rt: ratio((day.profit - day.costs) * 100, day.sold - day.profit),
  }));
  if (call.params.text('SORT_DVSN') !== '01') rows.reverse();
  const page = pageOf(call, {
    rows,
    size: PAGE,
    width: 100,
    keyOf: (row) => String(row['trad_dt']),
    echo: echoOf(call, ECHO),
  });
  const output2 = sumsOf(shown, 'buy_qty_smtl');
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 기간별매매손익현황조회: a row for each issue and day with trades. */
export function periodTradeProfit(call: Call, ground: Ground): Reply {
  const shown = booksOf(ground).issueDays.filter(within(call));
  const rows = shown.map((day): Row => ({
    trad_dt: ymd(day.date),
    pdno: codeOf(day.instrumentId),
    prdt_name: ground.instrument(day.instrumentId)?.nameKo ?? '',
    trad_dvsn_name: tradeKind(day),
    loan_dt: day.loan ? ymd(day.loan.date) : '',
    hldg_qty: day.leftQty,
    pchs_unpr: ratio(day.soldCost, day.soldQty, 4),
    buy_qty: day.boughtQty,
    buy_amt: day.bought,
    sll_pric: ratio(day.sold, day.soldQty, 4),
    sll_qty: day.soldQty,
    sll_amt: day.sold,
    rlzt_pfls: day.profit - day.costs,
    pfls_rt: ratio((day.profit - day.costs) * 100, day.soldCost),
    ...costsOf(day),
  }));
  if (call.params.text('SORT_DVSN') !== '01') rows.reverse();
  const page = pageOf(call, {
    rows,
    size: PAGE,
    width: 100,
    keyOf: (row) => `${row['trad_dt'] ?? ''}${row['pdno'] ?? ''}${row['loan_dt'] ?? ''}${row['trad_dvsn_name'] ?? ''}`,
    echo: echoOf(call, ECHO),
  });
  const output2 = sumsOf(shown, 'buyqty_smtl');
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 주식통합증거금 현황. Every currency stands for itself here: no won are changed and nothing is lent against shares. */
export function combinedMargin(call: Call, ground: Ground, markets: AbroadMarkets): Reply {
  const inWon = call.params.text('WCRC_FRCR_DVSN_CD') === '02';
  const { buyingPowerKrw, marginPowerKrw, cashD0Krw, reservedKrw, unpaidKrw } = ground.simulator.account(
    ground.accountId,
  );
  const { paid, held } = ground.inBonds();
  const [cash, most] = [Math.max(0, buyingPowerKrw - paid - held), Math.max(0, marginPowerKrw - paid - held)];
  const output: Record<string, string | number> = {
    acmga_rt: 100,
    stck_cash_objt_amt: cashD0Krw - paid,
    stck_cash_use_amt: reservedKrw,
    stck_cash_ord_psbl_amt: cash,
    rcvb_amt: unpaidKrw,
    ovrs_stck_itgr_mgna_dvsn_name: '미신청',
  };
  for (const percent of [20, 30, 40, 50, 60, 100]) {
    output[`stck_cash${percent}_max_ord_psbl_amt`] = most;
    output[`stck_itgr_cash${percent}_ord_psbl_amt`] = most;
  }
  for (const percent of [45, 50, 60, 70]) {
    output[`stck_fncg${percent}_max_ord_psbl_amt`] = Math.floor((cash * 100) / percent);
    output[`stck_itgr_fncg${percent}_ord_psbl_amt`] = Math.floor((cash * 100) / percent);
  }
  for (const market of markets.all) {
    const name = market.facts.currency.toLowerCase();
    if (name === 'vnd') continue;
    const { total, reserved } = market.cash();
    const rate = market.fxRate / 1_000_000;
    const money = (coins: number): string =>
      inWon ? String(Math.round(Number(market.coins(coins)) * rate)) : market.coins(coins);
    const free = Math.max(0, total - reserved);
    output[`${name}_objt_amt`] = money(total);
    output[`${name}_use_amt`] = money(reserved);
    output[`${name}_ord_psbl_amt`] = money(free);
    output[`${name}_gnrl_ord_psbl_amt`] = money(free);
    output[`${name}_itgr_ord_psbl_amt`] = money(free);
    output[`${name}_frst_bltn_exrt`] = rate.toFixed(8);
  }
  return { blocks: { output }, said: ASKED };
}
