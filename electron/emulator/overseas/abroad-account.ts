/** Orders in foreign issues and the account's money in their currencies. */
import { OVERSEAS_ORDER_CODES, type OverseasOrderCode } from '#shared/market/index.ts';
import type { ErrorCode } from '#shared/errors/index.ts';
import { kstDate } from '#shared/time/index.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { orderRefused, Refused } from '../refusals.ts';
import { isoOf, percent, ratio, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { EXCD, EXCHANGE_KO, orderedIssue, type AbroadIssue } from './abroad-issues.ts';
import type { AbroadMarket } from './abroad-market.ts';
import type { AbroadOrder } from './abroad-terms.ts';
import { NATIONS, type AbroadMarkets } from './abroad-markets.ts';
import { standings, type Standing } from './abroad-standings.ts';

/** Number of the branch of orders abroad. @source samples */
export const ABROAD_BRANCH = '01790';
const SENT = ['APBK0013', '주문 전송 완료 되었습니다.'] as const;
/** Exchanges whose orders cannot be moved to another price. @source catalogue, 해외주식 정정취소주문 */
const CANCEL_ONLY: ReadonlySet<string> = new Set(['SHAA', 'SZAA', 'HASE', 'VNSE']);
const SIDE = { buy: ['02', '매수'], sell: ['01', '매도'] } as const;

/** Reasons of the exchange and the ledger as codes with words. */
function refused(reason: string, ground: Ground): Refused {
  return orderRefused(`EXCH_${reason}` as ErrorCode, ground.facts.env);
}

/** Number of the withdrawal of an order. */
export const abroadCancelNo = (no: string): string => `5${no.slice(1)}`;

function answer(no: string, ground: Ground): Reply {
  return {
    blocks: { output: { KRX_FWDG_ORD_ORGNO: ABROAD_BRANCH, ODNO: no, ORD_TMD: timeText(ground.now()) } },
    said: SENT,
  };
}

function quantityOf(call: Call, ground: Ground): number {
  const quantity = Number(call.params.text('ORD_QTY'));
  if (!Number.isSafeInteger(quantity) || quantity <= 0) throw refused('QUANTITY', ground);
  return quantity;
}

function issueOf(call: Call, ground: Ground): AbroadIssue {
  const exchange = call.params.needed('OVRS_EXCG_CD').toUpperCase();
  if (!Object.hasOwn(EXCD, exchange)) {
    throw new Refused('APBK1664', '해외거래소코드를 확인하십시오.');
  }
  const issue = orderedIssue(exchange, call.params.needed('PDNO'));
  if (!issue) throw refused('UNKNOWN_ISSUE', ground);
  return issue;
}

/** 해외주식 주문 */
export function abroadOrder(call: Call, ground: Ground, markets: AbroadMarkets): Reply {
  const issue = issueOf(call, ground);
  const market = markets.of(issue.exchange);
  market.wake();
  const side = call.select['side'] === 'sell' ? 'sell' : 'buy';
  const code = (call.params.text('ORD_DVSN') || '00') as OverseasOrderCode;
  if (!OVERSEAS_ORDER_CODES.includes(code)) throw refused('TYPE', ground);
  if (ground.facts.env === 'paper' && code !== '00') {
    throw new Refused('APBK1664', '모의투자에서는 지정가(00) 주문만 가능합니다.');
  }
  const price = market.scaled(call.params.text('OVRS_ORD_UNPR') || '0');
  if (price === null) throw refused('TICK', ground);
  const sent = market.submit({ issue, side, orderCode: code, price, quantity: quantityOf(call, ground) }, ground.now());
  if ('reason' in sent) throw refused(sent.reason, ground);
  return answer(sent.order.no, ground);
}

/** 해외주식 정정취소주문 */
export function abroadChange(call: Call, ground: Ground, markets: AbroadMarkets): Reply {
  const no = call.params.needed('ORGN_ODNO').padStart(10, '0');
  const exchange = call.params.needed('OVRS_EXCG_CD').toUpperCase();
  const order = markets.orders.find((each) => each.no === no && each.status === 'open');
  if (!order || (order.issue.exchange !== exchange && order.issue.symbol !== call.params.text('PDNO')))
    throw refused('UNKNOWN_ORDER', ground);
  const market = markets.of(order.issue.exchange);
  const what = call.params.needed('RVSE_CNCL_DVSN_CD');
  const rest = order.quantity - order.filledQty;
  if (what === '02') {
    const reason = market.cancel(order);
    if (reason !== null) throw refused(reason, ground);
    return answer(abroadCancelNo(no), ground);
  }
  if (what === '01' && CANCEL_ONLY.has(order.issue.exchange)) {
    throw new Refused('APBK1664', '이 거래소의 주문은 취소만 가능합니다.');
  }
  if (what !== '01') throw new Refused('APBK0501', '정정취소구분코드를 확인하십시오.');
  const quantity = quantityOf(call, ground);
  if (quantity > rest) throw refused('AMEND_QUANTITY', ground);
  if (quantity !== rest) throw new Refused('APBK1664', '이 서버는 잔량 일부의 정정을 지원하지 않습니다.');
  const price = market.scaled(call.params.needed('OVRS_ORD_UNPR'));
  if (price === null) throw refused('TICK', ground);
  const sent = market.replace(order, price, ground.now());
  if ('reason' in sent) throw refused(sent.reason, ground);
  return answer(sent.order.no, ground);
}

function orderRow(market: AbroadMarket, order: AbroadOrder): Row {
  const { issue, side, quantity, filledQty, traded, price, status } = order;
  const rest = status === 'open' ? quantity - filledQty : 0;
  const { code: nation, nameKo: nationKo } = NATIONS[market.facts.currency];
  const state = {
    open: filledQty > 0 ? '일부체결' : '접수',
    filled: '완료',
    canceled: '취소',
    replaced: '정정',
    expired: '만료',
  }[status];
  return {
    ord_dt: ymd(order.date),
    ord_gno_brno: ABROAD_BRANCH,
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
    tr_crcy_cd: market.facts.currency,
    natn_cd: nation,
    natn_kor_name: nationKo,
    tr_natn: nation,
    tr_natn_name: nationKo,
    ft_ord_qty: quantity,
    ft_ccld_qty: filledQty,
    nccs_qty: rest,
    ft_ord_unpr3: market.text(price, 8),
    ft_ccld_unpr3: filledQty === 0 ? '0.00000000' : market.text(traded / filledQty, 8),
    ft_ccld_amt3: market.text(traded, 5),
    ovrs_excg_cd: issue.exchange,
    prcs_stat_name: state,
    loan_type_cd: '10',
    dmst_ord_dt: ymd(kstDate(order.ts)),
    thco_ord_tmd: timeText(order.ts),
    mdia_dvsn_name: 'OpenAPI',
  };
}

/** A withdrawal as a row of its own. */
function cancelRow(market: AbroadMarket, order: AbroadOrder): Row {
  const rest = order.quantity - order.filledQty;
  return {
    ...orderRow(market, order),
    odno: abroadCancelNo(order.no),
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
export function abroadOpenOrders(call: Call, ground: Ground, markets: AbroadMarkets): Reply {
  const rows = markets.meant(call.params.text('OVRS_EXCG_CD').toUpperCase()).flatMap(({ market, exchange }) =>
    market
      .openOrders()
      .filter(({ issue }) => exchange === null || issue.exchange === exchange)
      .map((order) => orderRow(market, order)),
  );
  if (call.params.text('SORT_SQN') !== 'DS') rows.reverse();
  const page = paged(call, ground, { rows, echo: ['CANO', 'ACNT_PRDT_CD', 'OVRS_EXCG_CD', 'SORT_SQN'] });
  return { blocks: { output: page.rows }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 해외주식 주문체결내역 */
export function abroadOrders(call: Call, ground: Ground, markets: AbroadMarkets): Reply {
  const { params } = call;
  const [from, to] = [isoOf(params.needed('ORD_STRT_DT')), isoOf(params.needed('ORD_END_DT'))];
  const side = params.text('SLL_BUY_DVSN');
  const done = params.text('CCLD_NCCS_DVSN');
  const symbol = params.text('PDNO').replace('%', '').toUpperCase();
  const rows = markets
    .meant(params.text('OVRS_EXCG_CD').replace('%', '').toUpperCase())
    .flatMap(({ market, exchange }) =>
      market.orders
        .filter(
          (order) =>
            order.date >= from &&
            order.date <= to &&
            (symbol === '' || order.issue.symbol === symbol) &&
            (exchange === null || order.issue.exchange === exchange) &&
            (side === '' || side === '00' || SIDE[order.side][0] === side) &&
            (done !== '01' || order.filledQty > 0) &&
            (done !== '02' || order.status === 'open'),
        )
        .flatMap((order) => [
          orderRow(market, order),
          ...(order.status === 'canceled' ? [cancelRow(market, order)] : []),
        ]),
    );
  if (params.text('SORT_SQN') !== 'DS') rows.reverse();
  const page = paged(call, ground, { rows, echo: ['CANO', 'ACNT_PRDT_CD', 'PDNO', 'ORD_STRT_DT', 'ORD_END_DT'] });
  return { blocks: { output: page.rows }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 해외주식 잔고 */
export function abroadBalance(call: Call, ground: Ground, markets: AbroadMarkets): Reply {
  const [cano, product] = ground.facts.account.split('-');
  const meant = markets.meant(call.params.text('OVRS_EXCG_CD').toUpperCase());
  const held = meant.flatMap(({ market, exchange }) =>
    standings(market).filter(({ issue }) => exchange === null || issue.exchange === exchange),
  );
  const rows = held.map(({ issue, market, quantity, sellable, cost, worth }): Row => ({
    cano: cano ?? '',
    acnt_prdt_cd: product ?? '',
    prdt_type_cd: '512',
    ovrs_pdno: issue.symbol,
    ovrs_item_name: issue.nameKo,
    frcr_evlu_pfls_amt: market.text(worth - cost, 6),
    evlu_pfls_rt: percent(worth, cost),
    pchs_avg_pric: market.text(quantity === 0 ? 0 : cost / quantity),
    ovrs_cblc_qty: quantity,
    ord_psbl_qty: sellable,
    frcr_pchs_amt1: market.text(cost, 5),
    ovrs_stck_evlu_amt: market.text(worth, 8),
    now_pric2: market.text(market.last(issue), 6),
    tr_crcy_cd: market.facts.currency,
    ovrs_excg_cd: issue.exchange,
    loan_type_cd: '10',
  }));
  // Sums of one currency: the call names one.
  const [only = { market: markets.us }] = meant;
  const text = (scaled: number, places: number): string => only.market.text(scaled, places);
  const [cost, worth] = [held.reduce((t, e) => t + e.cost, 0), held.reduce((t, e) => t + e.worth, 0)];
  const page = paged(call, ground, { rows, echo: ['CANO', 'ACNT_PRDT_CD', 'OVRS_EXCG_CD', 'TR_CRCY_CD'] });
  const output2 = {
    frcr_pchs_amt1: text(cost, 5),
    ovrs_rlzt_pfls_amt: '0.00000',
    ovrs_tot_pfls: text(worth - cost, 5),
    rlzt_erng_rt: '0.00000000',
    tot_evlu_pfls_amt: text(worth, 8),
    tot_pftrt: percent(worth, cost, 8),
    frcr_buy_amt_smtl1: text(cost, 6),
    ovrs_rlzt_pfls_amt2: '0.00000',
    frcr_buy_amt_smtl2: text(cost, 6),
  };
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 해외주식 체결기준현재잔고 */
export function abroadPresent(call: Call, _ground: Ground, markets: AbroadMarkets): Reply {
  const nation = call.params.text('NATN_CD');
  const shown = markets.all.filter(
    ({ facts }) => nation === '' || nation === '000' || NATIONS[facts.currency].code === nation,
  );
  const inWon = call.params.text('WCRC_FRCR_DVSN_CD') === '01';
  const rateOf = (market: AbroadMarket): number => market.fxRate / 1_000_000;
  const won = (market: AbroadMarket, scaled: number): number => market.whole(scaled) * rateOf(market);
  const held = shown.flatMap(standings);
  const output1 = held.map(({ issue, market, quantity, sellable, cost, worth, boughtToday, soldToday }): Row => {
    const money = (scaled: number, places: number): string =>
      inWon ? won(market, scaled).toFixed(places) : market.text(scaled, places);
    return {
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
      bass_exrt: rateOf(market).toFixed(8),
      buy_crcy_cd: market.facts.currency,
      ovrs_now_pric1: money(market.last(issue), 5),
      avg_unpr3: money(quantity === 0 ? 0 : cost / quantity, 4),
      tr_mket_name: EXCHANGE_KO[issue.exchange],
      natn_kor_name: NATIONS[market.facts.currency].nameKo,
      pchs_rmnd_wcrc_amt: Math.round(won(market, cost)),
      unit_amt: 1,
      std_pdno: '',
      prdt_type_cd: '512',
      scts_dvsn_name: '현금',
      loan_rmnd: 0,
      ovrs_excg_cd: issue.exchange,
      item_lnkg_excg_cd: EXCD[issue.exchange],
    };
  });
  const output2 = shown.map((market): Row => {
    const { settled, total, reserved } = market.cash();
    const free = Math.max(0, total - reserved);
    const drawable = Math.min(settled, free);
    return {
      crcy_cd: market.facts.currency,
      crcy_cd_name: NATIONS[market.facts.currency].currencyKo,
      frcr_dncl_amt_2: market.coins(total),
      frst_bltn_exrt: rateOf(market).toFixed(8),
      frcr_buy_mgn_amt: market.coins(reserved),
      frcr_drwg_psbl_amt_1: market.coins(drawable),
      frcr_evlu_amt2: Math.round(Number(market.coins(drawable)) * rateOf(market)),
      acpl_cstd_crcy_yn: 'Y',
      nxdy_frcr_drwg_psbl_amt: market.coins(free),
    };
  });
  const sum = (of: (standing: Standing) => number): number =>
    Math.round(held.reduce((total, standing) => total + won(standing.market, of(standing)), 0));
  const [cost, worth] = [sum((each) => each.cost), sum((each) => each.worth)];
  const cashWon = Math.round(
    shown.reduce((all, market) => all + Number(market.coins(market.cash().total)) * rateOf(market), 0),
  );
  const [only = markets.us] = shown;
  const { total, reserved } = only.cash();
  const output3: Row = {
    pchs_amt_smtl: cost,
    evlu_amt_smtl: worth,
    evlu_pfls_amt_smtl: worth - cost,
    dncl_amt: 0,
    tot_dncl_amt: cashWon,
    frcr_evlu_tota: cashWon,
    evlu_erng_rt1: percent(worth, cost, 8),
    pchs_amt_smtl_amt: cost,
    evlu_amt_smtl_amt: worth,
    tot_evlu_pfls_amt: worth - cost,
    tot_asst_amt: worth + cashWon,
    frcr_use_psbl_amt: only.coins(Math.max(0, total - reserved)),
    tot_frcr_cblc_smtl: only.coins(total),
  };
  return { blocks: { output1, output2, output3 }, said: ASKED };
}

/** 해외주식 매수가능금액조회 */
export function abroadBuyable(call: Call, ground: Ground, markets: AbroadMarkets): Reply {
  const issue = orderedIssue(call.params.needed('OVRS_EXCG_CD').toUpperCase(), call.params.needed('ITEM_CD'));
  if (!issue) throw refused('UNKNOWN_ISSUE', ground);
  const market = markets.of(issue.exchange);
  const { total, reserved } = market.cash();
  const free = Math.max(0, total - reserved);
  const asked = market.scaled(call.params.text('OVRS_ORD_UNPR') || '0') ?? 0;
  const each = market.whole(asked > 0 ? asked : market.last(issue));
  // Its usual commission, as the ledger holds it.
  const rate = market.facts.fees.find(({ name }) => name === 'commission')?.ppb ?? 0;
  const most = Math.floor(Number(market.coins(free)) / (each * (1 + rate / 1_000_000_000)));
  const output = {
    tr_crcy_cd: market.facts.currency,
    ord_psbl_frcr_amt: market.coins(free),
    sll_ruse_psbl_amt: '0.00',
    ovrs_ord_psbl_amt: market.coins(free),
    max_ord_psbl_qty: most,
    echm_af_ord_psbl_amt: '0.00',
    echm_af_ord_psbl_qty: 0,
    ord_psbl_qty: most,
    exrt: ratio(market.fxRate, 1_000_000, 8),
    frcr_ord_psbl_amt1: market.coins(free),
    ovrs_max_ord_psbl_qty: most,
  };
  return { blocks: { output }, said: ASKED };
}
