/** Orders in bonds, and the account's purchases and cash, which is the one pot of the shares. */
import type { ErrorCode } from '#shared/errors/index.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { orderRefused, Refused } from '../refusals.ts';
import { isoOf, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { bondIssue, type BondIssue } from './bond-issues.ts';
import { TICK, type BondMarket } from './bond-market.ts';
import type { BondLot, BondOrder } from './bond-terms.ts';

/** Number of the branch of bond orders, made up. */
const BRANCH = '01795';
const SENT = ['APBK0013', '주문 전송 완료 되었습니다.'] as const;
const SIDE = { buy: ['02', '매수'], sell: ['01', '매도'] } as const;

const refused = (reason: string, ground: Ground): Refused =>
  orderRefused(`EXCH_${reason}` as ErrorCode, ground.facts.env);

/** Number of the withdrawal of an order. */
const cancelNo = (no: string): string => `6${no.slice(1)}`;

function answer(no: string, ground: Ground): Reply {
  return { blocks: { output: { KRX_FWDG_ORD_ORGNO: BRANCH, ODNO: no, ORD_TMD: timeText(ground.now()) } }, said: SENT };
}

function priceOf(text: string): number | null {
  return /^\d{1,7}(?:\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * TICK) : null;
}

/** Won that a purchase of bonds may use: what the shares leave. */
export function bondPower(ground: Ground, market: BondMarket): number {
  const { buyingPowerKrw } = ground.simulator.account(ground.accountId);
  return Math.max(0, buyingPowerKrw - market.paid - market.reserved);
}

function issueOf(call: Call, ground: Ground): BondIssue {
  const issue = bondIssue(call.params.needed('PDNO'));
  if (!issue) throw refused('UNKNOWN_ISSUE', ground);
  return issue;
}

function termsOf(call: Call, ground: Ground): { readonly quantity: number; readonly price: number } {
  const quantity = Number(call.params.needed('ORD_QTY2'));
  if (!Number.isSafeInteger(quantity) || quantity <= 0) throw refused('QUANTITY', ground);
  const price = priceOf(call.params.needed('BOND_ORD_UNPR'));
  if (price === null || price === 0) throw refused('TICK', ground);
  return { quantity, price };
}

/** 장내채권 매수주문 */
export function bondBuy(call: Call, ground: Ground, market: BondMarket): Reply {
  const issue = issueOf(call, ground);
  market.wake();
  const wish = { issue, side: 'buy', lot: null, ...termsOf(call, ground) } as const;
  const sent = market.submit(wish, { power: bondPower(ground, market) });
  if ('reason' in sent) throw refused(sent.reason, ground);
  return answer(sent.order.no, ground);
}

function lotOf(call: Call, issue: BondIssue, market: BondMarket): BondLot | null {
  const [date, no] = [isoOf(call.params.text('BUY_DT')), call.params.text('BUY_SEQ')];
  if (date === '' && no === '') return null;
  const lot = market.lots.find((each) => each.issue === issue && each.date === date && each.no === Number(no));
  if (!lot) throw new Refused('APBK1664', '매수일자와 매수순번을 확인하십시오.');
  return lot;
}

/** 장내채권 매도주문 */
export function bondSell(call: Call, ground: Ground, market: BondMarket): Reply {
  const issue = issueOf(call, ground);
  market.wake();
  const wish = { issue, side: 'sell', lot: lotOf(call, issue, market), ...termsOf(call, ground) } as const;
  const sent = market.submit(wish, { power: 0 });
  if ('reason' in sent) throw refused(sent.reason, ground);
  return answer(sent.order.no, ground);
}

/** 장내채권 정정취소주문 */
export function bondChange(call: Call, ground: Ground, market: BondMarket): Reply {
  market.wake();
  const no = call.params.needed('ORGN_ODNO').padStart(10, '0');
  const order = market.openOrders().find((each) => each.no === no);
  if (!order || order.issue.code !== call.params.needed('PDNO')) throw refused('UNKNOWN_ORDER', ground);
  const what = call.params.needed('RVSE_CNCL_DVSN_CD');
  if (what === '02') {
    const reason = market.cancel(order);
    if (reason !== null) throw refused(reason, ground);
    return answer(cancelNo(no), ground);
  }
  if (what !== '01') throw new Refused('APBK0501', '정정취소구분코드를 확인하십시오.');
  const { quantity, price } = termsOf(call, ground);
  if (quantity !== order.quantity - order.filledQty && call.params.text('QTY_ALL_ORD_YN') !== 'Y')
    throw new Refused('APBK1664', '이 서버는 잔량 일부의 정정을 지원하지 않습니다.');
  const sent = market.replace(order, price, bondPower(ground, market));
  if ('reason' in sent) throw refused(sent.reason, ground);
  return answer(sent.order.no, ground);
}

function orderRow(market: BondMarket, order: BondOrder): Row {
  const { issue, side, quantity, filledQty, traded, price, status, lot } = order;
  return {
    ord_dt: ymd(order.date),
    odno: order.no,
    orgn_odno: order.original,
    ord_dvsn_name: order.original === '' ? '지정가' : '지정가 정정',
    sll_buy_dvsn_cd_name: SIDE[side][1],
    // Without "KR" and the check digit.
    shtn_pdno: issue.code.slice(2, 11),
    prdt_abrv_name: issue.nameKo,
    ord_qty: quantity,
    bond_ord_unpr: market.text(price),
    ord_tmd: timeText(order.ts),
    tot_ccld_qty: filledQty,
    bond_avg_unpr: filledQty === 0 ? '0.00' : market.text(traded / filledQty),
    tot_ccld_amt: Math.floor(traded / 1_000),
    loan_dt: '',
    buy_dt: lot ? ymd(lot.date) : '',
    samt_mket_ptci_yn_name: '일반시장',
    sprx_psbl_yn_ifom: 'N',
    ord_mdia_dvsn_name: 'OpenAPI',
    sll_buy_dvsn_cd: SIDE[side][0],
    nccs_qty: status === 'open' ? quantity - filledQty : 0,
    ord_gno_brno: BRANCH,
  };
}

/** A withdrawal as a row of its own. */
function cancelRow(market: BondMarket, order: BondOrder): Row {
  return {
    ...orderRow(market, order),
    odno: cancelNo(order.no),
    orgn_odno: order.no,
    ord_dvsn_name: '지정가 취소',
    ord_qty: order.quantity - order.filledQty,
    bond_ord_unpr: '0.00',
    tot_ccld_qty: 0,
    bond_avg_unpr: '0.00',
    tot_ccld_amt: 0,
    nccs_qty: 0,
  };
}

const paged = (call: Call, rows: readonly Row[], keyOf: (row: Row) => string) =>
  pageOf(call, { rows, size: 30, width: 200, keyOf, echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD']) });

/** 장내채권 주문체결내역 */
export function bondOrders(call: Call, _ground: Ground, market: BondMarket): Reply {
  const { params } = call;
  const [from, to] = [isoOf(params.needed('INQR_STRT_DT')), isoOf(params.needed('INQR_END_DT'))];
  const [side, open, code] = [params.text('SLL_BUY_DVSN_CD'), params.text('NCCS_YN'), params.text('PDNO')];
  const shown = market.orders.filter(
    (order) =>
      order.date >= from &&
      order.date <= to &&
      (code === '' || order.issue.code === code) &&
      (side === '' || side === '%' || SIDE[order.side][0] === side) &&
      (open !== 'C' || order.filledQty > 0) &&
      (open !== 'Y' || order.status === 'open'),
  );
  const rows = shown.flatMap((order) => [
    orderRow(market, order),
    ...(order.status === 'canceled' ? [cancelRow(market, order)] : []),
  ]);
  if (params.text('SORT_SQN_DVSN') === '02') rows.reverse();
  const page = paged(call, rows, (row) => String(row['odno']));
  const quantity = shown.reduce((sum, order) => sum + order.filledQty, 0);
  const traded = shown.reduce((sum, order) => sum + order.traded, 0);
  const output2 = {
    tot_ord_qty: shown.reduce((sum, order) => sum + order.quantity, 0),
    tot_ccld_qty_smtl: quantity,
    tot_bond_ccld_avg_unpr: quantity === 0 ? '0.00' : market.text(traded / quantity),
    tot_ccld_amt_smtl: Math.floor(traded / 1_000),
  };
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 채권정정취소가능주문조회 */
export function bondOpenOrders(call: Call, _ground: Ground, market: BondMarket): Reply {
  const rows = market.openOrders().map((order): Row => ({
    odno: order.no,
    pdno: order.issue.code,
    rvse_cncl_dvsn_name: order.original === '' ? '' : '정정',
    ord_qty: order.quantity,
    bond_ord_unpr: market.text(order.price),
    ord_tmd: timeText(order.ts),
    tot_ccld_qty: order.filledQty,
    tot_ccld_amt: Math.floor(order.traded / 1_000),
    ord_psbl_qty: order.quantity - order.filledQty,
    orgn_odno: order.original,
    sll_buy_dvsn_cd: SIDE[order.side][0],
    ord_dvsn_cd: '01',
    samt_mket_ptci_yn: 'N',
    prdt_abrv_name: order.issue.nameKo,
  }));
  const page = paged(call, rows, (row) => String(row['odno']));
  return { blocks: { output: page.rows }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 장내채권 잔고조회: a row for each purchase */
export function bondBalance(call: Call, _ground: Ground, market: BondMarket): Reply {
  const [code, date] = [call.params.text('PDNO'), isoOf(call.params.text('BUY_DT'))];
  const shown = market.lots.filter(
    (lot) => (code === '' || lot.issue.code === code) && (date === '' || lot.date === date),
  );
  const rows = shown.map((lot): Row => ({
    pdno: lot.issue.code,
    prdt_name: lot.issue.nameKo,
    buy_dt: ymd(lot.date),
    buy_sqno: lot.no,
    cblc_qty: lot.quantity,
    agrx_qty: lot.quantity,
    sprx_qty: 0,
    exdt: ymd(lot.issue.maturity),
    buy_erng_rt: '0.000',
    buy_unpr: market.text((lot.paid * 1_000) / lot.quantity),
    buy_amt: lot.paid,
    ord_psbl_qty: market.sellable(lot),
  }));
  const page = paged(call, rows, (row) => `${row['buy_dt'] ?? ''}${row['buy_sqno'] ?? ''}`);
  return { blocks: { output: page.rows }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 장내채권 매수가능조회 */
export function bondBuyable(call: Call, ground: Ground, market: BondMarket): Reply {
  issueOf(call, ground);
  const price = priceOf(call.params.needed('BOND_ORD_UNPR'));
  if (price === null || price === 0) throw refused('TICK', ground);
  const cash = bondPower(ground, market);
  const output = {
    ord_psbl_cash: cash,
    ord_psbl_sbst: 0,
    ruse_psbl_amt: 0,
    bond_ord_unpr2: market.text(price),
    buy_psbl_amt: cash,
    buy_psbl_qty: Math.floor((cash * 1_000) / price),
    cma_evlu_amt: 0,
  };
  return { blocks: { output }, said: ASKED };
}
