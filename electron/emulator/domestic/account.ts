/** Inquiries of the account: orders, what may be changed, balance, what may be bought and sold. */
import { codeOf, isPriced, type InstrumentId } from '#shared/domain/index.ts';
import { chargesOn, LOAN_RULE, orderKindOf } from '#shared/market/index.ts';
import { addDays, isSessionDate, type SessionDate } from '#shared/time/index.ts';
import { idOf, type Call, type Ground, type Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { orderRefused, Refused } from '../refusals.ts';
import { isoOf, percent, ratio, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import type { Ghost } from './ghosts.ts';
import { booksOf, type Held } from './holdings.ts';
import { sellableOf, tradeKind } from './loans.ts';
import { dailyRows, openRow } from './order-rows.ts';

const FIELDS_OF_DAILY = ['CANO', 'ACNT_PRDT_CD', 'INQR_STRT_DT', 'INQR_END_DT', 'PDNO', 'SLL_BUY_DVSN_CD', 'CCLD_DVSN'];

/** A date of a call. Throws KIOK0140. */
export function dateOf(call: Call, name: string): SessionDate {
  const text = isoOf(call.params.needed(name));
  if (!isSessionDate(text)) throw new Refused('KIOK0140', '조회일자를 확인하십시오.');
  return text;
}

const pageSize = (call: Call, ground: Ground, otherwise: number): number =>
  call.api.pageSize?.[ground.facts.env] ?? call.api.pageSize?.rows ?? otherwise;

/** 주식일별주문체결조회 */
export function dailyOrders(call: Call, ground: Ground, ghosts: readonly Ghost[]): Reply {
  const { params } = call;
  const [from, to] = [dateOf(call, 'INQR_STRT_DT'), dateOf(call, 'INQR_END_DT')];
  const side = params.text('SLL_BUY_DVSN_CD');
  const done = params.text('CCLD_DVSN');
  const code = params.text('PDNO');
  const no = params.text('ODNO');
  const venue = params.text('EXCG_ID_DVSN_CD').toUpperCase();
  const rows = ground
    .days()
    .filter((date) => date >= from && date <= to)
    .flatMap((date) => dailyRows(ground, date, ghosts))
    .filter(
      (row) =>
        (side === '' || side === '00' || row['sll_buy_dvsn_cd'] === side) &&
        (code === '' || row['pdno'] === codeOf(idOf(code))) &&
        (no === '' || row['odno'] === no.padStart(10, '0')) &&
        // The older ids carry no exchange, and then everything is shown.
        (venue === '' || venue === 'ALL' || row['excg_id_dvsn_Cd'] === venue) &&
        (done !== '01' || Number(row['tot_ccld_qty']) > 0) &&
        (done !== '02' || Number(row['rmn_qty']) > 0),
    );
  if (params.text('INQR_DVSN') !== '01') rows.reverse();
  const sum = (name: string): number => rows.reduce((total, row) => total + Number(row[name]), 0);
  const page = pageOf(call, {
    rows,
    size: pageSize(call, ground, 100),
    width: 100,
    keyOf: (row) => `${row['ord_dt'] ?? ''}${row['odno'] ?? ''}`,
    echo: echoOf(call, FIELDS_OF_DAILY),
  });
  const [quantity, amount] = [sum('tot_ccld_qty'), sum('tot_ccld_amt')];
  const output2 = {
    tot_ord_qty: sum('ord_qty'),
    tot_ccld_qty: quantity,
    tot_ccld_amt: amount,
    prsm_tlex_smtl: 0,
    pchs_avg_pric: ratio(amount, quantity, 4),
  };
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 주식정정취소가능주문조회 */
export function openOrders(call: Call, ground: Ground): Reply {
  const side = call.params.text('INQR_DVSN_2');
  const rows = ground.simulator
    .openOrders(ground.accountId)
    .filter(({ side: own }) => side === '' || side === '0' || (side === '1') === (own === 'sell'))
    .map((order) => openRow(ground, order))
    .reverse();
  const page = pageOf(call, {
    rows,
    size: pageSize(call, ground, 50),
    width: 100,
    keyOf: (row) => String(row['odno']),
    echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD']),
  });
  return { blocks: { output: page.rows }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** Last price of an issue, its base where it has none. */
export function priceNow(ground: Ground, id: InstrumentId): { readonly price: number; readonly base: number } {
  const view = ground.simulator.issue(id);
  const base = view?.basePrice ?? ground.instrument(id)?.basePrice ?? 0;
  return { price: view && view.last > 0 ? view.last : base, base };
}

/** Rows of one issue as one (종목별). */
function byIssue(list: readonly Held[]): readonly Held[] {
  const sums = new Map<InstrumentId, Held>();
  for (const held of list) {
    const sum = sums.get(held.instrumentId);
    if (!sum) {
      sums.set(held.instrumentId, { ...held });
      continue;
    }
    for (const name of ['quantity', 'cost', 'debt', 'boughtToday', 'soldToday', 'boughtBefore', 'soldBefore'] as const)
      sum[name] += held[name];
  }
  return [...sums.values()];
}

function balanceRow(ground: Ground, held: Held, byLoan: boolean): Row {
  const { instrumentId, quantity, cost, boughtToday, soldToday, boughtBefore, soldBefore } = held;
  const { price, base } = priceNow(ground, instrumentId);
  const worth = price * quantity;
  return {
    pdno: codeOf(instrumentId),
    prdt_name: ground.instrument(instrumentId)?.nameKo ?? '',
    trad_dvsn_name: byLoan ? tradeKind(held) : '현금',
    bfdy_buy_qty: boughtBefore,
    bfdy_sll_qty: soldBefore,
    thdt_buyqty: boughtToday,
    thdt_sll_qty: soldToday,
    hldg_qty: quantity,
    ord_psbl_qty: sellableOf(ground, held, byLoan),
    pchs_avg_pric: ratio(cost, quantity, 4),
    pchs_amt: cost,
    prpr: price,
    evlu_amt: worth,
    evlu_pfls_amt: quantity === 0 ? 0 : worth - cost,
    evlu_pfls_rt: percent(worth, cost),
    evlu_erng_rt: percent(worth, cost, 8),
    loan_dt: byLoan && held.loan ? ymd(held.loan.date) : '',
    loan_amt: held.debt,
    expd_dt: byLoan && held.loan ? ymd(addDays(held.loan.date, LOAN_RULE.termDays)) : '',
    fltt_rt: percent(price, base, 8),
    bfdy_cprs_icdc: price - base,
    item_mgna_rt_name: '',
    grta_rt_name: '',
    sbst_pric: Math.floor(price * 0.7),
    stck_loan_unpr: '0.0000',
  };
}

/** Sums of the account in won (output2 of the balance). */
export function balanceSums(ground: Ground, held: readonly Held[]): Row {
  const { cashD0Krw, cashD1Krw, cashD2Krw, startingCashKrw } = ground.simulator.account(ground.accountId);
  // Bonds are paid on the day, from the same pot.
  const { paid } = ground.inBonds();
  const { days } = booksOf(ground);
  const [today, before] = [days.at(-1), days.at(-2)];
  let [cost, worth, loan] = [0, 0, 0];
  for (const each of held) {
    loan += each.debt;
    cost += each.cost;
    worth += priceNow(ground, each.instrumentId).price * each.quantity;
  }
  const whole = cashD2Krw - paid + worth;
  return {
    dnca_tot_amt: cashD0Krw - paid,
    nxdy_excc_amt: cashD1Krw - paid,
    prvs_rcdl_excc_amt: cashD2Krw - paid,
    bfdy_buy_amt: before?.bought ?? 0,
    thdt_buy_amt: today?.bought ?? 0,
    bfdy_sll_amt: before?.sold ?? 0,
    thdt_sll_amt: today?.sold ?? 0,
    bfdy_tlex_amt: before?.costs ?? 0,
    thdt_tlex_amt: today?.costs ?? 0,
    scts_evlu_amt: worth,
    tot_loan_amt: loan,
    tot_evlu_amt: whole,
    nass_amt: whole - loan,
    fncg_gld_auto_rdpt_yn: '',
    pchs_amt_smtl_amt: cost,
    evlu_amt_smtl_amt: worth,
    evlu_pfls_smtl_amt: worth - cost,
    bfdy_tot_asst_evlu_amt: startingCashKrw,
    asst_icdc_amt: whole - startingCashKrw,
    asst_icdc_erng_rt: percent(whole, startingCashKrw, 8),
  };
}

/** 주식잔고조회. Sold out today stays in the list with nothing held, unless trades of the day before are left out. */
export function balance(call: Call, ground: Ground): Reply {
  const { held } = booksOf(ground);
  const byLoan = call.params.text('INQR_DVSN') === '01';
  const kept = held.filter(({ quantity, soldToday }) => quantity > 0 || soldToday > 0);
  const shown = byLoan ? kept : byIssue(kept);
  const page = pageOf(call, {
    rows: shown.map((each) => balanceRow(ground, each, byLoan)),
    size: pageSize(call, ground, 50),
    width: 100,
    keyOf: (row) => `${row['pdno'] ?? ''}${row['loan_dt'] ?? ''}${row['trad_dvsn_name'] ?? ''}`,
    echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD', 'AFHR_FLPR_YN', 'INQR_DVSN', 'UNPR_DVSN', 'FUND_STTL_ICLD_YN']),
  });
  const output2 = [balanceSums(ground, shown)];
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** The most units that `amount` won pay for at a price, commission included. */
function unitsFor(ground: Ground, id: InstrumentId, pay: { readonly amount: number; readonly price: number }): number {
  const { amount, price } = pay;
  const market = ground.simulator.listed(id)?.market ?? 'KOSPI';
  const { sessionDate: date } = ground.simulator.session();
  const costs = (quantity: number): number => {
    const cumulativeValue = price * quantity;
    return cumulativeValue + chargesOn({ cumulativeValue, side: 'buy', market, date }).commissionKrw;
  };
  let quantity = price > 0 && amount > 0 ? Math.floor(amount / price) : 0;
  while (quantity > 0 && costs(quantity) > amount) quantity -= 1;
  return quantity;
}

/** 매수가능조회 */
export function buyable(call: Call, ground: Ground): Reply {
  const { params } = call;
  const { buyingPowerKrw, marginPowerKrw } = ground.simulator.account(ground.accountId);
  const code = params.text('PDNO');
  const id = idOf(code);
  const view = code === '' ? undefined : ground.simulator.issue(id);
  if (code !== '' && !view) throw orderRefused('EXCH_UNKNOWN_ISSUE', ground.facts.env);
  const kind = orderKindOf(params.text('ORD_DVSN') || '01');
  const asked = Number(params.text('ORD_UNPR') || '0');
  const priced = kind !== null && isPriced(kind.type) && Number.isFinite(asked) && asked > 0;
  const price = priced ? Math.floor(asked) : (view?.upperLimit ?? 0);
  const { paid, held } = ground.inBonds();
  const [cash, most] = [Math.max(0, buyingPowerKrw - paid - held), Math.max(0, marginPowerKrw - paid - held)];
  const output = {
    ord_psbl_cash: cash,
    psbl_qty_calc_unpr: price,
    nrcvb_buy_amt: cash,
    nrcvb_buy_qty: unitsFor(ground, id, { amount: cash, price }),
    max_buy_amt: most,
    max_buy_qty: unitsFor(ground, id, { amount: most, price }),
  };
  return { blocks: { output }, said: ASKED };
}

/** 매도가능수량조회 */
export function sellable(call: Call, ground: Ground): Reply {
  const id = idOf(call.params.needed('PDNO'));
  const position = ground.simulator.positions(ground.accountId).find((each) => each.instrumentId === id);
  const held = booksOf(ground).held.find((each) => each.instrumentId === id && each.loan === null);
  const { price } = priceNow(ground, id);
  const quantity = held?.quantity ?? 0;
  const cost = held?.cost ?? 0;
  const worth = price * quantity;
  const output = {
    pdno: codeOf(id),
    prdt_name: ground.instrument(id)?.nameKo ?? '',
    buy_qty: held?.boughtToday ?? 0,
    sll_qty: held?.soldToday ?? 0,
    cblc_qty: quantity,
    nsvg_qty: 0,
    ord_psbl_qty: position?.sellable ?? 0,
    pchs_avg_pric: ratio(cost, quantity, 4),
    pchs_amt: cost,
    now_pric: price,
    evlu_amt: worth,
    evlu_pfls_amt: worth - cost,
    evlu_pfls_rt: percent(worth, cost),
  };
  return { blocks: { output }, said: ASKED };
}

/** 주식잔고조회_실현손익: the balance with what today's sales made, before costs. */
export function balanceRealised(call: Call, ground: Ground): Reply {
  const reply = balance(call, ground);
  const { days } = booksOf(ground);
  const today = days.at(-1);
  const made = (today?.profit ?? 0) - (call.params.text('COST_ICLD_YN') === 'Y' ? (today?.costs ?? 0) : 0);
  const [sums] = reply.blocks['output2'] as readonly Row[];
  const sold = (today?.sold ?? 0) - (today?.profit ?? 0);
  const gain = Number(sums?.['evlu_pfls_smtl_amt'] ?? 0);
  const cost = Number(sums?.['pchs_amt_smtl_amt'] ?? 0);
  const output2 = [
    {
      ...sums,
      rlzt_pfls: made,
      rlzt_erng_rt: ratio(made * 100, sold, 8),
      real_evlu_pfls: gain,
      real_evlu_pfls_erng_rt: ratio(gain * 100, cost, 8),
    },
  ];
  return { ...reply, blocks: { ...reply.blocks, output2 } };
}
