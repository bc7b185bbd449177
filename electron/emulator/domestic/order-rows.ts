/** Orders of the account as the ledger's inquiries show them: new orders, changes and withdrawals, each with its number. */
import { codeOf } from '#shared/domain/index.ts';
import { orderCodeOf, orderKindOf } from '#shared/market/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { ExchangeOrder } from '../../simulator/index.ts';
import type { Ground } from '../ground.ts';
import { timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import type { Ghost } from './ghosts.ts';

/** Number of the branch that all orders carry. @source samples */
export const BRANCH = '06010';

/** ORD_DVSN of an order. */
export function divisionCodeOf(order: Pick<ExchangeOrder, 'type' | 'timeInForce' | 'session'>): string {
  return orderCodeOf(order) ?? '00';
}

/** Korean name of ORD_DVSN. */
export function divisionNameOf(code: string): string {
  return orderKindOf(code)?.nameKo ?? '지정가';
}

/** Number of the withdrawal of an order: an order is withdrawn once, so its own number names it. */
export function cancelNoOf(no: string): string {
  return `5${no.slice(1)}`;
}

export const SIDE_CODE = { sell: '01', buy: '02' } as const;
const SIDE_KO = { sell: '매도', buy: '매수' } as const;

function average(order: ExchangeOrder): string {
  return order.filledQty === 0 ? '0' : String(Math.round(order.filledValue / order.filledQty));
}

/** Rows of a day's inquiry (주식일별주문체결), oldest first. */
export function dailyRows(ground: Ground, date: SessionDate, ghosts: readonly Ghost[]): Row[] {
  const orders = ground.simulator.orders(ground.accountId, date);
  const rows: Row[] = [];
  for (const order of orders) rows.push(...rowsOf(ground, order));
  for (const ghost of ghosts) if (ghost.order.sessionDate === date) rows.push(ghostRow(ground, ghost));
  return rows.sort((a, b) => String(a['odno']).slice(1).localeCompare(String(b['odno']).slice(1)));
}

function commonOf(ground: Ground, order: ExchangeOrder): Row {
  const code = divisionCodeOf(order);
  return {
    ord_dt: ymd(order.sessionDate),
    ord_gno_brno: BRANCH,
    ord_dvsn_name: divisionNameOf(code),
    sll_buy_dvsn_cd: SIDE_CODE[order.side],
    pdno: codeOf(order.instrumentId),
    prdt_name: ground.instrument(order.instrumentId)?.nameKo ?? '',
    ord_unpr: order.price ?? 0,
    ord_tmd: timeText(order.exchangeTs),
    loan_dt: ymd(order.credit?.loanDate ?? (order.credit ? order.sessionDate : '')),
    ord_dvsn_cd: code,
    ccld_cndt_name: order.timeInForce === 'ioc' ? 'IOC' : order.timeInForce === 'fok' ? 'FOK' : '없음',
    ctac_tlno: '00000000000',
    prdt_type_cd: '300',
    excg_dvsn_cd: order.route === 'NXT' ? '21' : '02',
    cpbc_ordp_mtrl_dvsn_cd: '11',
    ord_orgno: '00000',
    excg_id_dvsn_Cd: order.route,
    stpm_cndt_pric: order.stopPrice ?? 0,
    stpm_efct_occr_dtmd: order.triggered ? timeText(order.exchangeTs) : '',
  };
}

function rowsOf(ground: Ground, order: ExchangeOrder): Row[] {
  const { brokerOrderNo: no, originalOrderNo, quantity, filledQty, filledValue, status, side } = order;
  const rest = quantity - filledQty;
  const gone = status === 'canceled' || status === 'expired';
  const byHand = status === 'canceled' && order.timeInForce === 'day';
  const name = SIDE_KO[side] + (originalOrderNo === null ? '' : '정정*');
  const common = commonOf(ground, order);
  const own: Row = {
    ...common,
    odno: no,
    orgn_odno: originalOrderNo ?? '',
    sll_buy_dvsn_cd_name: name,
    ord_qty: quantity,
    tot_ccld_qty: filledQty,
    avg_prvs: average(order),
    cncl_yn: gone && rest > 0 ? 'Y' : 'N',
    tot_ccld_amt: filledValue,
    cnc_cfrm_qty: gone ? rest : 0,
    cncl_cfrm_qty: gone ? rest : 0,
    rmn_qty: status === 'open' ? rest : 0,
    rjct_qty: 0,
  };
  if (!byHand || rest === 0) return [own];
  const withdrawal: Row = {
    ...common,
    odno: cancelNoOf(no),
    orgn_odno: no,
    sll_buy_dvsn_cd_name: `${SIDE_KO[side]}취소*`,
    ord_qty: rest,
    tot_ccld_qty: 0,
    avg_prvs: 0,
    cncl_yn: 'N',
    tot_ccld_amt: 0,
    cnc_cfrm_qty: rest,
    cncl_cfrm_qty: rest,
    rmn_qty: 0,
    rjct_qty: 0,
  };
  return [own, withdrawal];
}

function ghostRow(ground: Ground, { order, no }: Ghost): Row {
  return {
    ...commonOf(ground, order),
    odno: no,
    orgn_odno: '',
    sll_buy_dvsn_cd_name: `${SIDE_KO[order.side]}거부`,
    ord_qty: order.quantity,
    tot_ccld_qty: 0,
    avg_prvs: 0,
    cncl_yn: 'N',
    tot_ccld_amt: 0,
    cnc_cfrm_qty: 0,
    cncl_cfrm_qty: 0,
    rmn_qty: 0,
    rjct_qty: order.quantity,
  };
}

/** A row of the orders that may be changed or withdrawn (정정취소가능주문). */
export function openRow(ground: Ground, order: ExchangeOrder): Row {
  const { brokerOrderNo, originalOrderNo, quantity, filledQty, filledValue, price, side, route, stopPrice } = order;
  const code = divisionCodeOf(order);
  return {
    ord_gno_brno: BRANCH,
    odno: brokerOrderNo,
    orgn_odno: originalOrderNo ?? '',
    ord_dvsn_name: divisionNameOf(code),
    pdno: codeOf(order.instrumentId),
    prdt_name: ground.instrument(order.instrumentId)?.nameKo ?? '',
    rvse_cncl_dvsn_name: originalOrderNo === null ? '' : `${SIDE_KO[side]}정정*`,
    ord_qty: quantity,
    ord_unpr: price ?? 0,
    ord_tmd: timeText(order.exchangeTs),
    tot_ccld_qty: filledQty,
    tot_ccld_amt: filledValue,
    psbl_qty: quantity - filledQty,
    sll_buy_dvsn_cd: SIDE_CODE[side],
    ord_dvsn_cd: code,
    mgco_aptm_odno: '',
    excg_dvsn_cd: route === 'NXT' ? '21' : '02',
    excg_id_dvsn_cd: route,
    excg_id_dvsn_name: route === 'NXT' ? '넥스트레이드' : route === 'SOR' ? 'SOR' : '한국거래소',
    stpm_cndt_pric: stopPrice ?? 0,
    stpm_efct_occr_yn: order.triggered ? 'Y' : 'N',
  };
}
