/** Orders in American issues and the account's dollars. */
import { OVERSEAS_ORDER_CODES, type OverseasOrderCode } from '#shared/market/index.ts';
import type { ErrorCode } from '#shared/errors/index.ts';
import { kstDate } from '#shared/time/index.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { orderRefused, Refused } from '../refusals.ts';
import { isoOf, percent, ratio, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { EXCD, EXCHANGE_KO, orderedIssue, US_ISSUES, type UsIssue } from './us-issues.ts';
import type { UsMarket, UsOrder } from './us-market.ts';
import { dollars, scaledOf } from './us-text.ts';

/** Number of the branch of orders abroad. @source samples */
export const US_BRANCH = '01790';
const SENT = ['APBK0013', '주문 전송 완료 되었습니다.'] as const;
const SIDE = { buy: ['02', '매수'], sell: ['01', '매도'] } as const;

/** Reasons of the exchange and the ledger as codes with words. */
function refused(reason: string, ground: Ground): Refused {
  return orderRefused(`EXCH_${reason}` as ErrorCode, ground.facts.env);
}

/** Number of the withdrawal of an order. */
export const usCancelNo = (no: string): string => `5${no.slice(1)}`;

function answer(no: string, ground: Ground): Reply {
  return {
    blocks: { output: { KRX_FWDG_ORD_ORGNO: US_BRANCH, ODNO: no, ORD_TMD: timeText(ground.now()) } },
    said: SENT,
  };
}

function quantityOf(call: Call, ground: Ground): number {
  const quantity = Number(call.params.text('ORD_QTY'));
  if (!Number.isSafeInteger(quantity) || quantity <= 0) throw refused('QUANTITY', ground);
  return quantity;
}

function issueOf(call: Call, ground: Ground): UsIssue {
  const exchange = call.params.needed('OVRS_EXCG_CD').toUpperCase();
  if (!['NASD', 'NYSE', 'AMEX'].includes(exchange)) {
    throw new Refused('APBK1664', '이 서버에서는 미국 거래소(NASD, NYSE, AMEX) 주문만 가능합니다.');
  }
  const issue = orderedIssue(exchange, call.params.needed('PDNO'));
  if (!issue) throw refused('UNKNOWN_ISSUE', ground);
  return issue;
}

/** 해외주식 주문 */
export function usOrder(call: Call, ground: Ground, us: UsMarket): Reply {
  const issue = issueOf(call, ground);
  const side = call.select['side'] === 'sell' ? 'sell' : 'buy';
  const code = (call.params.text('ORD_DVSN') || '00') as OverseasOrderCode;
  if (!OVERSEAS_ORDER_CODES.includes(code)) throw refused('TYPE', ground);
  if (ground.facts.env === 'paper' && code !== '00') {
    throw new Refused('APBK1664', '모의투자에서는 지정가(00) 주문만 가능합니다.');
  }
  const price = scaledOf(call.params.text('OVRS_ORD_UNPR') || '0');
  if (price === null) throw refused('TICK', ground);
  const sent = us.submit({ issue, side, orderCode: code, price, quantity: quantityOf(call, ground) }, ground.now());
  if ('reason' in sent) throw refused(sent.reason, ground);
  return answer(sent.order.no, ground);
}

/** 해외주식 정정취소주문 */
export function usChange(call: Call, ground: Ground, us: UsMarket): Reply {
  const no = call.params.needed('ORGN_ODNO').padStart(10, '0');
  const order = us.openOrders().find((each) => each.no === no);
  if (!order) throw refused('UNKNOWN_ORDER', ground);
  const what = call.params.needed('RVSE_CNCL_DVSN_CD');
  const rest = order.quantity - order.filledQty;
  if (what === '02') {
    const reason = us.cancel(order);
    if (reason !== null) throw refused(reason, ground);
    return answer(usCancelNo(no), ground);
  }
  if (what !== '01') throw new Refused('APBK0501', '정정취소구분코드를 확인하십시오.');
  const quantity = quantityOf(call, ground);
  if (quantity > rest) throw refused('AMEND_QUANTITY', ground);
  if (quantity !== rest) throw new Refused('APBK1664', '이 서버는 잔량 일부의 정정을 지원하지 않습니다.');
  const price = scaledOf(call.params.needed('OVRS_ORD_UNPR'));
  if (price === null) throw refused('TICK', ground);
  const sent = us.replace(order, price, ground.now());
  if ('reason' in sent) throw refused(sent.reason, ground);
  return answer(sent.order.no, ground);
}

function orderRow(order: UsOrder): Row {
  const { issue, side, quantity, filledQty, traded, price, status } = order;
  const rest = status === 'open' ? quantity - filledQty : 0;
  const state = {
    open: filledQty > 0 ? '일부체결' : '접수',
    filled: '완료',
    canceled: '취소',
    replaced: '정정',
    expired: '만료',
  }[status];
  return {
    ord_dt: ymd(order.date),
    ord_gno_brno: US_BRANCH,
    odno: order.no,
    orgn_odno: order.original,
    pdno: issue.symbol,
    prdt_name: issue.nameKo,
    sll_buy_dvsn_cd: SIDE[side][0],
    sll_buy_dvsn_cd_name: SIDE[side][1],
    rvse_cncl_dvsn_cd: order.original === '' ? '00' : '01',
    rvse_cncl_dvsn_cd_name: order.original === '' ? '' : '정정',
    rvse_cncl_dvsn: order.original === '' ? '00' : '01',
    rvse_cncl_dvsn_name: order.original === '' ? '' : '정정',
    rjct_rson: '',
    rjct_rson_name: '',
    ord_tmd: timeText(order.ts),
    tr_mket_name: EXCHANGE_KO[issue.exchange],
    tr_crcy_cd: 'USD',
    natn_cd: '840',
    natn_kor_name: '미국',
    tr_natn: '840',
    tr_natn_name: '미국',
    ft_ord_qty: quantity,
    ft_ccld_qty: filledQty,
    nccs_qty: rest,
    ft_ord_unpr3: dollars(price, 8),
    ft_ccld_unpr3: filledQty === 0 ? '0.00000000' : dollars(traded / filledQty, 8),
    ft_ccld_amt3: dollars(traded, 5),
    ovrs_excg_cd: issue.exchange,
    prcs_stat_name: state,
    loan_type_cd: '10',
    dmst_ord_dt: ymd(kstDate(order.ts)),
    thco_ord_tmd: timeText(order.ts),
    mdia_dvsn_name: 'OpenAPI',
  };
}

/** A withdrawal as a row of its own. */
function cancelRow(order: UsOrder): Row {
  const rest = order.quantity - order.filledQty;
  return {
    ...orderRow(order),
    odno: usCancelNo(order.no),
    orgn_odno: order.no,
    rvse_cncl_dvsn: '02',
    rvse_cncl_dvsn_name: '취소',
    ft_ord_qty: rest,
    ft_ccld_qty: 0,
    nccs_qty: 0,
    ft_ccld_unpr3: '0.00000000',
    ft_ccld_amt3: '0.00000',
    prcs_stat_name: '완료',
  };
}

function paged(call: Call, ground: Ground, list: { readonly rows: readonly Row[]; readonly echo: readonly string[] }) {
  return pageOf(call, {
    rows: list.rows,
    size: call.api.pageSize?.[ground.facts.env] ?? call.api.pageSize?.real ?? 40,
    width: 200,
    keyOf: (row) => String(row['odno'] ?? row['ovrs_pdno']),
    echo: echoOf(call, list.echo),
  });
}

/** 해외주식 미체결내역 */
export function usOpenOrders(call: Call, ground: Ground, us: UsMarket): Reply {
  const exchange = call.params.text('OVRS_EXCG_CD').toUpperCase();
  const rows = us
    .openOrders()
    // NASD means all of the United States in an inquiry of the account.
    .filter(({ issue }) => exchange === '' || exchange === 'NASD' || issue.exchange === exchange)
    .map(orderRow);
  if (call.params.text('SORT_SQN') !== 'DS') rows.reverse();
  const page = paged(call, ground, { rows, echo: ['CANO', 'ACNT_PRDT_CD', 'OVRS_EXCG_CD', 'SORT_SQN'] });
  return { blocks: { output: page.rows }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 해외주식 주문체결내역 */
export function usOrders(call: Call, ground: Ground, us: UsMarket): Reply {
  const { params } = call;
  const [from, to] = [isoOf(params.needed('ORD_STRT_DT')), isoOf(params.needed('ORD_END_DT'))];
  const side = params.text('SLL_BUY_DVSN');
  const done = params.text('CCLD_NCCS_DVSN');
  const symbol = params.text('PDNO').replace('%', '').toUpperCase();
  const exchange = params.text('OVRS_EXCG_CD').replace('%', '').toUpperCase();
  const rows = us.orders
    .filter(
      (order) =>
        order.date >= from &&
        order.date <= to &&
        (symbol === '' || order.issue.symbol === symbol) &&
        (exchange === '' || exchange === 'NASD' || order.issue.exchange === exchange) &&
        (side === '' || side === '00' || SIDE[order.side][0] === side) &&
        (done !== '01' || order.filledQty > 0) &&
        (done !== '02' || order.status === 'open'),
    )
    .flatMap((order) => (order.status === 'canceled' ? [orderRow(order), cancelRow(order)] : [orderRow(order)]));
  if (params.text('SORT_SQN') !== 'DS') rows.reverse();
  const page = paged(call, ground, { rows, echo: ['CANO', 'ACNT_PRDT_CD', 'PDNO', 'ORD_STRT_DT', 'ORD_END_DT'] });
  return { blocks: { output: page.rows }, top: page.top, trCont: page.trCont, said: ASKED };
}

interface Standing {
  readonly issue: UsIssue;
  readonly quantity: number;
  readonly sellable: number;
  /** 1/10,000 dollar paid without charges. */
  readonly cost: number;
  readonly worth: number;
  readonly boughtToday: number;
  readonly soldToday: number;
}

/** What is held, with what was paid for it: average cost without charges, from the orders' fills. */
function standings(us: UsMarket): Standing[] {
  return us.holdings().flatMap(({ exchange, code, quantity, sellable }) => {
    const issue = US_ISSUES.find((each) => each.exchange === exchange && each.symbol === code);
    if (!issue) return [];
    let [units, cost, boughtToday, soldToday] = [0, 0, 0, 0];
    for (const order of us.orders) {
      if (order.issue !== issue || order.filledQty === 0) continue;
      if (order.side === 'buy') {
        units += order.filledQty;
        cost += order.traded;
        if (order.date === us.date) boughtToday += order.filledQty;
      } else {
        cost -= units === 0 ? 0 : Math.round((cost * order.filledQty) / units);
        units -= order.filledQty;
        if (order.date === us.date) soldToday += order.filledQty;
      }
    }
    return [{ issue, quantity, sellable, cost, worth: us.last(issue) * quantity, boughtToday, soldToday }];
  });
}

/** 해외주식 잔고 */
export function usBalance(call: Call, ground: Ground, us: UsMarket): Reply {
  const [cano, product] = ground.facts.account.split('-');
  const exchange = call.params.text('OVRS_EXCG_CD').toUpperCase();
  const held = standings(us).filter(
    ({ issue }) => exchange === '' || exchange === 'NASD' || issue.exchange === exchange,
  );
  const rows = held.map(({ issue, quantity, sellable, cost, worth }): Row => ({
    cano: cano ?? '',
    acnt_prdt_cd: product ?? '',
    prdt_type_cd: '512',
    ovrs_pdno: issue.symbol,
    ovrs_item_name: issue.nameKo,
    frcr_evlu_pfls_amt: dollars(worth - cost, 6),
    evlu_pfls_rt: percent(worth, cost),
    pchs_avg_pric: dollars(quantity === 0 ? 0 : cost / quantity),
    ovrs_cblc_qty: quantity,
    ord_psbl_qty: sellable,
    frcr_pchs_amt1: dollars(cost, 5),
    ovrs_stck_evlu_amt: dollars(worth, 8),
    now_pric2: dollars(us.last(issue), 6),
    tr_crcy_cd: 'USD',
    ovrs_excg_cd: issue.exchange,
    loan_type_cd: '10',
  }));
  const [cost, worth] = [held.reduce((t, e) => t + e.cost, 0), held.reduce((t, e) => t + e.worth, 0)];
  const page = paged(call, ground, { rows, echo: ['CANO', 'ACNT_PRDT_CD', 'OVRS_EXCG_CD', 'TR_CRCY_CD'] });
  const output2 = {
    frcr_pchs_amt1: dollars(cost, 5),
    ovrs_rlzt_pfls_amt: '0.00000',
    ovrs_tot_pfls: dollars(worth - cost, 5),
    rlzt_erng_rt: '0.00000000',
    tot_evlu_pfls_amt: dollars(worth, 8),
    tot_pftrt: percent(worth, cost, 8),
    frcr_buy_amt_smtl1: dollars(cost, 6),
    ovrs_rlzt_pfls_amt2: '0.00000',
    frcr_buy_amt_smtl2: dollars(cost, 6),
  };
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

const cents = (minor: number): string => (minor / 100).toFixed(2);

/** 해외주식 체결기준현재잔고 */
export function usPresent(call: Call, ground: Ground, us: UsMarket): Reply {
  const rate = ground.settings.fxRate / 1_000_000;
  const inWon = call.params.text('WCRC_FRCR_DVSN_CD') === '01';
  const money = (scaled: number, places: number): string =>
    inWon ? ((scaled / 10_000) * rate).toFixed(places) : dollars(scaled, places);
  const held = standings(us);
  const output1 = held.map(({ issue, quantity, sellable, cost, worth, boughtToday, soldToday }): Row => ({
    prdt_name: issue.nameKo,
    cblc_qty13: quantity.toFixed(8),
    thdt_buy_ccld_qty1: boughtToday.toFixed(8),
    thdt_sll_ccld_qty1: soldToday.toFixed(8),
    ccld_qty_smtl1: quantity.toFixed(8),
    ord_psbl_qty1: sellable.toFixed(8),
    frcr_pchs_amt: money(cost, 5),
    frcr_evlu_amt2: money(worth, 6),
    evlu_pfls_amt2: money(worth - cost, 5),
    evlu_pfls_rt1: percent(worth, cost, 8),
    pdno: issue.symbol,
    bass_exrt: rate.toFixed(8),
    buy_crcy_cd: 'USD',
    ovrs_now_pric1: money(us.last(issue), 5),
    avg_unpr3: money(quantity === 0 ? 0 : cost / quantity, 4),
    tr_mket_name: EXCHANGE_KO[issue.exchange],
    natn_kor_name: '미국',
    pchs_rmnd_wcrc_amt: Math.round((cost / 10_000) * rate),
    unit_amt: 1,
    std_pdno: '',
    prdt_type_cd: '512',
    scts_dvsn_name: '현금',
    loan_rmnd: 0,
    ovrs_excg_cd: issue.exchange,
    item_lnkg_excg_cd: EXCD[issue.exchange],
  }));
  const { settled, total, reserved } = us.cash();
  const free = Math.max(0, total - reserved);
  const output2: Row[] = [
    {
      crcy_cd: 'USD',
      crcy_cd_name: '미국 달러',
      frcr_dncl_amt_2: cents(total),
      frst_bltn_exrt: rate.toFixed(8),
      frcr_buy_mgn_amt: cents(reserved),
      frcr_drwg_psbl_amt_1: cents(Math.min(settled, free)),
      frcr_evlu_amt2: Math.round((Math.min(settled, free) / 100) * rate),
      acpl_cstd_crcy_yn: 'Y',
      nxdy_frcr_drwg_psbl_amt: cents(free),
    },
  ];
  const [cost, worth] = [held.reduce((t, e) => t + e.cost, 0), held.reduce((t, e) => t + e.worth, 0)];
  const won = (scaled: number): number => Math.round((scaled / 10_000) * rate);
  const cashWon = Math.round((total / 100) * rate);
  const output3: Row = {
    pchs_amt_smtl: won(cost),
    evlu_amt_smtl: won(worth),
    evlu_pfls_amt_smtl: won(worth - cost),
    dncl_amt: 0,
    tot_dncl_amt: cashWon,
    frcr_evlu_tota: cashWon,
    evlu_erng_rt1: percent(worth, cost, 8),
    pchs_amt_smtl_amt: won(cost),
    evlu_amt_smtl_amt: won(worth),
    tot_evlu_pfls_amt: won(worth - cost),
    tot_asst_amt: won(worth) + cashWon,
    frcr_use_psbl_amt: cents(free),
    tot_frcr_cblc_smtl: cents(total),
  };
  return { blocks: { output1, output2, output3 }, said: ASKED };
}

/** 해외주식 매수가능금액조회 */
export function usBuyable(call: Call, ground: Ground, us: UsMarket): Reply {
  const issue = orderedIssue(call.params.needed('OVRS_EXCG_CD').toUpperCase(), call.params.needed('ITEM_CD'));
  if (!issue) throw refused('UNKNOWN_ISSUE', ground);
  const { total, reserved } = us.cash();
  const free = Math.max(0, total - reserved);
  const price = scaledOf(call.params.text('OVRS_ORD_UNPR') || '0') ?? 0;
  // A quarter of a percent of commission, as the ledger holds it.
  const each = price > 0 ? price : us.last(issue);
  const most = Math.floor((free * 100) / (each * 1.0025));
  const output = {
    tr_crcy_cd: 'USD',
    ord_psbl_frcr_amt: cents(free),
    sll_ruse_psbl_amt: '0.00',
    ovrs_ord_psbl_amt: cents(free),
    max_ord_psbl_qty: most,
    echm_af_ord_psbl_amt: '0.00',
    echm_af_ord_psbl_qty: 0,
    ord_psbl_qty: most,
    exrt: ratio(ground.settings.fxRate, 1_000_000, 8),
    frcr_ord_psbl_amt1: cents(free),
    ovrs_max_ord_psbl_qty: most,
  };
  return { blocks: { output }, said: ASKED };
}
