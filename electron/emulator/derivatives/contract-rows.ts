/** Contracts, orders and money of the offline KIS as the broker's rows. */
import { kstDate } from '#shared/time/index.ts';
import { daysLeft, DERIVATIVE_CODES, valueOf } from '#shared/market/index.ts';
import { percent, ratio, signOf, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { contractId, type ListedContract } from './contract-listing.ts';
import type { ContractMarket } from './contract-market.ts';
import { fairPrice, optionParts } from './contract-prices.ts';
import type { ContractOrder, ContractTrade, Seat } from './contract-terms.ts';

const LEVELS = 5;
/** Levels of a single-stock future's book. */
const STOCK_LEVELS = 10;

/** Number of the branch of orders. */
export const CONTRACT_BRANCH = '06010';
const SIDE = { buy: ['02', '매수'], sell: ['01', '매도'] } as const;

/** A price as the server writes it: "355.05"; of a share in won without places. */
export function priceText({ family }: Pick<ListedContract, 'family'>, price: number): string {
  return family === 'stock' ? String(Math.round(price / 100)) : (price / 100).toFixed(2);
}

/** The day of a contract under the names of 선물옵션 시세. */
export function dayRow(market: ContractMarket, seat: Seat): Row {
  const { contract, base } = seat;
  const last = market.price(contract);
  const text = (price: number): string => priceText(contract, price);
  const spot = market.spot(contract);
  const date = market.date ?? contract.lastDay;
  const fair = fairPrice(contract, spot, date);
  return {
    hts_kor_isnm: contract.nameKo,
    futs_prpr: text(last),
    futs_prdy_vrss: text(last - base),
    prdy_vrss_sign: signOf(last, base, { upperLimit: seat.upper, lowerLimit: seat.lower }),
    futs_prdy_clpr: text(base),
    futs_prdy_ctrt: percent(last, base),
    acml_vol: seat.volume,
    // Thousands of won, as the broker shows the turnover of an index future.
    acml_tr_pbmn: Math.round(seat.value / 1_000),
    hts_otst_stpl_qty: 200_000 + seat.volume,
    otst_stpl_qty_icdc: seat.volume,
    futs_oprc: text(seat.open),
    futs_hgpr: text(seat.high),
    futs_lwpr: text(seat.low),
    futs_mxpr: text(seat.upper),
    futs_llam: text(seat.lower),
    basis: ((fair - spot) / 100).toFixed(2),
    mrkt_basis: ((last - spot) / 100).toFixed(2),
    futs_sdpr: text(base),
    hts_thpr: text(fair),
    dprt: percent(last, fair),
    crbr_aply_mxpr: '0.00',
    crbr_aply_llam: '0.00',
    futs_last_tr_date: ymd(contract.lastDay),
    hts_rmnn_dynu: Math.max(0, daysLeft(date, contract.lastDay)),
    futs_lstn_medm_hgpr: text(Math.max(seat.high, base)),
    futs_lstn_medm_lwpr: text(seat.low === 0 ? base : Math.min(seat.low, base)),
    acpr: contract.kind === 'future' ? '' : (contract.strike / 100).toFixed(2),
    ...(contract.kind === 'future' ? { delta_val: '1.0000' } : greeks(contract, spot)),
  };
}

function greeks(contract: ListedContract, spot: number): Row {
  // How much of a move of the spot shows: from one far in the money to none far out of it.
  const near = Math.max(0, Math.min(1, 0.5 + (spot - contract.strike) / (spot * 0.12)));
  return { delta_val: (contract.kind === 'call' ? near : near - 1).toFixed(4) };
}

/** The book under the names of the block or channel: futs_, optn_ or none. */
export function bookRow(seat: Seat, names: 'futs_' | 'optn_' | ''): Row {
  const { contract, book } = seat;
  const row: Record<string, string | number> = {};
  const most = contract.family === 'stock' && names === '' ? STOCK_LEVELS : LEVELS;
  for (const [side, name] of [
    ['sell', 'ask'],
    ['buy', 'bid'],
  ] as const) {
    const levels = book.levels(side, most);
    for (let at = 0; at < most; at += 1) {
      row[`${names}${name}p${at + 1}`] = priceText(contract, levels[at]?.price ?? 0);
      row[`${name}p_rsqn${at + 1}`] = levels[at]?.qty ?? 0;
      row[`${name}p_csnu${at + 1}`] = levels[at] ? 1 : 0;
    }
    row[`total_${name}p_rsqn`] = book.total(side);
    row[`total_${name}p_csnu`] = levels.length;
  }
  return row;
}

/** A trade under the columns of its channel. */
export function tradeRow(market: ContractMarket, seat: Seat, trade: ContractTrade): Row {
  const { contract, base, book } = seat;
  const text = (price: number): string => priceText(contract, price);
  const isStock = contract.family === 'stock';
  const head = contract.kind !== 'future' ? 'optn_' : isStock ? 'stck_' : 'futs_';
  const best = contract.kind !== 'future' ? 'optn_' : isStock ? '' : 'futs_';
  const code = contract.kind === 'future' ? 'futs_shrn_iscd' : 'optn_shrn_iscd';
  const { last_cnqn, ...shared } = {
    last_cnqn: trade.quantity,
    bsop_hour: timeText(trade.ts),
    prdy_vrss_sign: signOf(trade.price, base),
    acml_vol: trade.volume,
    acml_tr_pbmn: Math.round(trade.value / 1_000),
    hts_otst_stpl_qty: 200_000 + trade.volume,
    askp_rsqn1: book.levels('sell', 1)[0]?.qty ?? 0,
    bidp_rsqn1: book.levels('buy', 1)[0]?.qty ?? 0,
    seln_cntg_smtn: trade.sold,
    shnu_cntg_smtn: trade.bought,
    cttr: ratio(trade.bought * 100, trade.sold),
    total_askp_rsqn: book.total('sell'),
    total_bidp_rsqn: book.total('buy'),
    dynm_mxpr: text(seat.upper),
    dynm_llam: text(seat.lower),
    dynm_prc_limt_yn: 'N',
    hts_thpr: text(fairPrice(contract, market.spot(contract), market.date ?? contract.lastDay)),
  };
  return {
    ...shared,
    last_cnqn,
    [code]: contract.code,
    [`${head}prpr`]: text(trade.price),
    [`${head}oprc`]: text(seat.open),
    [`${head}hgpr`]: text(seat.high),
    [`${head}lwpr`]: text(seat.low),
    [isStock ? 'prdy_vrss' : `${head}prdy_vrss`]: text(trade.price - base),
    [contract.kind === 'future' ? 'futs_prdy_ctrt' : 'prdy_ctrt']: percent(trade.price, base),
    [`${best}askp1`]: text(book.best('sell')),
    [`${best}bidp1`]: text(book.best('buy')),
  };
}

/** One row of the option board. */
export function boardRow(market: ContractMarket, seat: Seat): Row {
  const { contract, base, book } = seat;
  const text = (price: number): string => priceText(contract, price);
  const last = market.price(contract);
  const spot = market.spot(contract);
  const { intrinsic, time } = optionParts(contract, spot, market.date ?? contract.lastDay);
  const distance = Math.abs(spot - contract.strike);
  return {
    ...greeks(contract, spot),
    acpr: (contract.strike / 100).toFixed(2),
    optn_shrn_iscd: contract.code,
    optn_prpr: text(last),
    optn_prdy_vrss: text(last - base),
    prdy_vrss_sign: signOf(last, base),
    optn_prdy_ctrt: percent(last, base),
    optn_bidp: text(book.best('buy')),
    optn_askp: text(book.best('sell')),
    acml_vol: seat.volume,
    hts_otst_stpl_qty: 20_000 + seat.volume,
    invl_val: text(intrinsic),
    tmvl_val: text(time),
    hts_thpr: text(intrinsic + time),
    atm_cls_name: distance <= 125 ? 'ATM' : intrinsic > 0 ? 'ITM' : 'OTM',
    optn_oprc: text(seat.open),
    optn_hgpr: text(seat.high),
    optn_lwpr: text(seat.low),
    optn_mxpr: text(seat.upper),
    optn_llam: text(seat.lower),
  };
}

/** Number of the withdrawal of an order. */
export const contractCancelNo = (no: string): string => `6${no.slice(1)}`;

/** An order number with its totals. */
export function orderRow(order: ContractOrder): Row {
  const { contract, side, quantity, filledQty, traded, price, status, kindCode } = order;
  const kind = DERIVATIVE_CODES.find(({ code }) => code === kindCode);
  const rest = status === 'open' ? quantity - filledQty : 0;
  const text = (scaled: number): string => priceText(contract, scaled);
  return {
    ord_gno_brno: CONTRACT_BRANCH,
    ord_dt: ymd(order.date),
    odno: order.no,
    orgn_odno: order.original,
    sll_buy_dvsn_cd: SIDE[side][0],
    trad_dvsn_name: order.original === '' ? SIDE[side][1] : `${SIDE[side][1]}정정`,
    nmpr_type_cd: kind?.quote ?? '01',
    nmpr_type_name: kind?.nameKo ?? '',
    pdno: contract.code,
    prdt_name: contract.nameKo,
    ord_qty: quantity,
    ord_idx: text(price),
    // The night's word for it.
    ord_idx4: text(price),
    qty: rest,
    ord_tmd: timeText(order.ts),
    tot_ccld_qty: filledQty,
    avg_idx: filledQty === 0 ? '0.00' : (traded / filledQty / 100).toFixed(4),
    tot_ccld_amt: valueOf(contractId(contract), traded, 1),
    rjct_qty: 0,
  };
}

/** A withdrawal as a row of its own. */
export function cancelRow(order: ContractOrder): Row {
  const rest = order.quantity - order.filledQty;
  return {
    ...orderRow(order),
    odno: contractCancelNo(order.no),
    orgn_odno: order.no,
    trad_dvsn_name: `${SIDE[order.side][1]}취소`,
    ord_qty: rest,
    qty: 0,
    tot_ccld_qty: 0,
    avg_idx: '0.00',
    tot_ccld_amt: 0,
  };
}

/** What is held, a row for each contract. */
export function heldRows(market: ContractMarket): readonly Row[] {
  return [...market.account.held.values()].map(({ contract, quantity, cost, settled }): Row => {
    const id = contractId(contract);
    const side = quantity < 0 ? 'sell' : 'buy';
    const price = market.price(contract);
    const size = Math.abs(quantity);
    const [average, base] = [cost / quantity / 100, settled / quantity / 100];
    const worth = valueOf(id, price, size);
    const paid = valueOf(id, Math.abs(cost), 1);
    const gain = side === 'buy' ? worth - paid : paid - worth;
    return {
      pdno: contract.code,
      prdt_type_cd: '301',
      shtn_pdno: contract.code,
      prdt_name: contract.nameKo,
      sll_buy_dvsn_name: SIDE[side][1],
      sll_buy_dvsn_cd: SIDE[side][0],
      cblc_qty: size,
      excc_unpr: base.toFixed(4),
      ccld_avg_unpr1: average.toFixed(4),
      idx_clpr: priceText(contract, price),
      pchs_amt: paid,
      evlu_amt: worth,
      evlu_pfls_amt: gain,
      trad_pfls_amt: 0,
      lqd_psbl_qty: market.money.closable(contract, side === 'buy' ? 'sell' : 'buy'),
    };
  });
}

/** Money under the names of 잔고현황 and 총자산현황. */
export function moneyRow(market: ContractMarket): Row {
  const { account } = market;
  const { futures, options } = account.openGain((each) => market.price(each));
  const margin = market.money.margin();
  const free = Math.max(0, market.money.free());
  const cash = Math.floor(account.cash);
  const assets = Math.floor(account.cash + futures + options);
  const nextDay = Math.floor(account.cash + futures);
  return {
    dnca_cash: cash,
    dnca_tota: cash,
    tot_dncl_amt: cash,
    cash_mgna: margin,
    brkg_mgna_cash: margin,
    mgna_tota: margin,
    thdt_dfpa: Math.floor(futures),
    fee: account.fees,
    nxdy_dnca: nextDay,
    nxdy_dncl_amt: nextDay,
    prsm_dpast: assets,
    prsm_dpast_amt: assets,
    futr_evlu_pfls_amt: Math.floor(futures),
    opt_evlu_pfls_amt: Math.floor(options),
    evlu_pfls_amt_smtl: Math.floor(futures + options),
    ord_psbl_cash: free,
    ord_psbl_tota: free,
    wdrw_psbl_tot_amt: free,
    add_mgna_tota: Math.max(0, Math.ceil(-market.money.free())),
    pchs_amt_smtl: 0,
  };
}

/** The Korean date of an instant as the server writes it. */
export const dayText = (ts: number): string => ymd(kstDate(ts as ContractTrade['ts']));
