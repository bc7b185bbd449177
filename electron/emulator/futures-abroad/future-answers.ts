/** What the offline KIS answers about futures abroad: quotes, books, charts, what a contract is, holdings, money. */
import { FUTURES_ABROAD_SCALE, futureAbroadId } from '#shared/domain/index.ts';
import { valueOf } from '#shared/market/index.ts';
import { decimalText } from '#shared/num/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { addDays, weekday } from '#shared/time/index.ts';
import { QUOTED } from '../domestic/quotes.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { percent, signOf, dateText, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import type { FutureBar, FutureMarket, FutureSeat } from './future-market.ts';

export type FutureAnswerer = (call: Call, ground: Ground, market: FutureMarket) => Reply;

/** Product code of the account of futures abroad. */
export const FUTURES_ABROAD_PRODUCT = '08';
/** Rows of a page of bars, and pages of made-up minutes before the first that was lived through. */
const PAGE = 120;
const DAYS = 260;
const AMOUNT_PLACES = 4;
/** Margin of a contract in percent of what it is worth, made up. */
const MARGIN_PERCENT = 6;

/** A price as quotes have it: without its decimals. */
export const quoteText = ({ contract }: FutureSeat, price: number): string =>
  decimalText(price, FUTURES_ABROAD_SCALE - contract.shift);
const ledgerText = (price: number): string => decimalText(price, FUTURES_ABROAD_SCALE);
const amountText = (amount: number): string => decimalText(amount, AMOUNT_PLACES, 2);

const asked = (call: Pick<Call, 'params'>, market: FutureMarket): FutureSeat | undefined =>
  market.seat(call.params.text('SRS_CD').toUpperCase());

/** Hours of the day under the names that an answer or a channel has for them. */
export function hoursRow(market: FutureMarket, prefix: '' | 'mrkt_'): Row {
  const { startTs, endTs } = market.hours();
  return {
    [`${prefix}open_date`]: dateText(startTs),
    [`${prefix}open_time`]: timeText(startTs),
    [`${prefix}close_date`]: dateText(endTs),
    [`${prefix}close_time`]: timeText(endTs),
  };
}

/** The day's prices under the names that answers and channels share. */
export function dayRow(seat: FutureSeat): Row {
  const { base, last, open, high, low, volume } = seat;
  const price = last || base;
  return {
    last_price: quoteText(seat, price),
    open_price: quoteText(seat, open),
    high_price: quoteText(seat, high),
    low_price: quoteText(seat, low),
    prev_price: quoteText(seat, base),
    prev_diff_price: quoteText(seat, price - base),
    prev_diff_rate: percent(price, base),
    vol: volume,
  };
}

/** 해외선물종목현재가 */
const price: FutureAnswerer = (call, ground, market) => {
  const seat = asked(call, market);
  if (!seat) return { blocks: { output1: {} }, said: QUOTED };
  const { contract, base, last } = seat;
  const [bid] = market.depth(seat, 'buy');
  const [ask] = market.depth(seat, 'sell');
  const output1: Row = {
    ...dayRow(seat),
    ...hoursRow(market, ''),
    proc_date: dateText(ground.now()),
    proc_time: timeText(ground.now()),
    prev_diff_flag: signOf(last || base, base),
    bid_price: quoteText(seat, bid?.price ?? 0),
    bid_qntt: bid?.qty ?? 0,
    ask_price: quoteText(seat, ask?.price ?? 0),
    ask_qntt: ask?.qty ?? 0,
    exch_cd: contract.product.exchange,
    crc_cd: contract.product.currency,
    trd_to_date: ymd(contract.lastDay),
    expr_date: ymd(contract.lastDay),
    tick_size: contract.product.tick,
    sbsnsdate: ymd(market.date()),
    sttl_price: quoteText(seat, base),
  };
  return { blocks: { output1 }, said: QUOTED };
};

/** 해외선물 호가 */
const asking: FutureAnswerer = (call, ground, market) => {
  const seat = asked(call, market);
  if (!seat) return { blocks: { output1: {}, output2: [] }, said: QUOTED };
  const asks = market.depth(seat, 'sell');
  const output2 = market.depth(seat, 'buy').map((bid, level): Row => ({
    bid_qntt: bid.qty,
    bid_num: 1,
    bid_price: quoteText(seat, bid.price),
    ask_qntt: asks[level]?.qty ?? 0,
    ask_num: 1,
    ask_price: quoteText(seat, asks[level]?.price ?? 0),
  }));
  const head = { ...dayRow(seat), quot_date: dateText(ground.now()), quot_time: timeText(ground.now()) };
  return { blocks: { output1: head, output2 }, said: QUOTED };
};

/** 해외선물종목상세 */
const detail: FutureAnswerer = (call, _ground, market) => {
  const seat = asked(call, market);
  if (!seat) return { blocks: { output1: {} }, said: QUOTED };
  const { product, lastDay, tick, code } = seat.contract;
  const output1: Row = {
    ...hoursRow(market, 'mrkt_'),
    exch_cd: product.exchange,
    crc_cd: product.currency,
    tick_sz: product.tick,
    tick_val: amountText(valueOf(futureAbroadId(code), tick, 1)),
    disp_digit: '10',
    ctrt_size: product.perPoint,
    prev_price: quoteText(seat, seat.base),
    trd_to_date: ymd(lastDay),
    expr_date: ymd(lastDay),
    stat_tp: '0',
  };
  return { blocks: { output1 }, said: QUOTED };
};

function barRow(seat: FutureSeat, bar: FutureBar): Row {
  return {
    data_date: dateText(bar.startTs),
    data_time: timeText(bar.startTs),
    open_price: quoteText(seat, bar.open),
    high_price: quoteText(seat, bar.high),
    low_price: quoteText(seat, bar.low),
    last_price: quoteText(seat, bar.close),
    last_qntt: bar.volume,
    vol: bar.volume,
    prev_diff_flag: signOf(bar.close, bar.open),
    prev_diff_price: quoteText(seat, bar.close - bar.open),
    prev_diff_rate: percent(bar.close, bar.open),
  };
}

/** A page of rows, newest first, that begins behind the key of the last one. */
function barPage(call: Call, rows: readonly Row[]): { readonly page: readonly Row[]; readonly head: Row } {
  const count = Math.min(Number(call.params.text('QRY_CNT')) || PAGE, PAGE);
  const from = call.params.text('QRY_TP') === 'P' ? Number(call.params.text('INDEX_KEY')) || 0 : 0;
  const page = rows.slice(from, from + count);
  const more = from + count < rows.length;
  const head = { ret_cnt: String(page.length).padStart(4, '0'), index_key: more ? String(from + count) : '' };
  return { page, head };
}

/** 해외선물 분봉조회: the minutes that were lived through */
const minutes: FutureAnswerer = (call, _ground, market) => {
  const seat = asked(call, market);
  const rows = seat ? seat.bars.map((bar) => barRow(seat, bar)).toReversed() : [];
  const { page, head } = barPage(call, rows);
  return { blocks: { output1: page, output2: head }, said: QUOTED };
};

/** 해외선물 체결추이(일간): today, and made-up days before it that lead to its base */
const days: FutureAnswerer = (call, ground, market) => {
  const seat = asked(call, market);
  if (!seat) return { blocks: { output1: {}, output2: [] }, said: QUOTED };
  const { contract, base, last, open, high, low, volume } = seat;
  const rows: Row[] = [];
  const dated = (date: string, bar: Omit<FutureBar, 'startTs'>): Row => ({
    ...barRow(seat, { ...bar, startTs: market.hours().startTs }),
    data_date: ymd(date),
    data_time: '000000',
  });
  if (volume > 0) rows.push(dated(market.date(), { open, high, low, close: last, volume }));
  const rng = Rng.from(ground.seed, `future-days/${contract.code}`);
  let [date, close] = [market.date(), base];
  for (let left = DAYS; left > 0; left -= 1) {
    do date = addDays(date, -1);
    while (weekday(date) === 0 || weekday(date) === 6);
    const step = (most: number): number => rng.int(most + 1) * contract.tick;
    const first = Math.max(contract.tick * 100, close + step(80) - 40 * contract.tick);
    const [top, bottom] = [Math.max(first, close) + step(20), Math.min(first, close) - step(20)];
    rows.push(
      dated(date, { open: first, high: top, low: bottom, close, volume: contract.usual * (500 + rng.int(900)) }),
    );
    close = first + step(10) - 5 * contract.tick;
  }
  const { page, head } = barPage(call, rows);
  return { blocks: { output1: head, output2: page }, said: QUOTED };
};

/** Price, value and gain of what is held. */
function heldFigures(market: FutureMarket) {
  return market.held().flatMap((holding) => {
    const seat = market.seat(holding.code);
    if (!seat) return [];
    const now = seat.last || seat.base;
    const id = futureAbroadId(holding.code);
    const gain = valueOf(id, now, holding.quantity) - valueOf(id, holding.average, holding.quantity);
    const worth = Math.abs(valueOf(id, now, holding.quantity));
    const margin = Math.floor((worth * MARGIN_PERCENT) / 100);
    return [{ ...holding, seat, now, gain, margin, currency: seat.contract.product.currency }];
  });
}

/** 미결제내역조회(잔고) */
const holdings: FutureAnswerer = (call, { facts }, market) => {
  const kind = call.params.text('FUOP_DVSN');
  const rows = heldFigures(market).map((held): Row => ({
    cano: facts.account.slice(0, 8),
    acnt_prdt_cd: FUTURES_ABROAD_PRODUCT,
    ovrs_futr_fx_pdno: held.code,
    prdt_type_cd: '551',
    crcy_cd: held.currency,
    sll_buy_dvsn_cd: held.quantity < 0 ? '01' : '02',
    fm_ustl_qty: Math.abs(held.quantity),
    fm_ccld_avg_pric: ledgerText(held.average),
    fm_now_pric: ledgerText(held.now),
    fm_evlu_pfls_amt: amountText(held.gain),
    fuop_dvsn: '01',
    ecis_rsvn_ord_yn: 'N',
    fm_lqd_psbl_qty: Math.abs(held.quantity),
  }));
  const page = pageOf(call, {
    rows: kind === '02' ? [] : rows,
    size: PAGE,
    width: 100,
    keyOf: (row) => String(row['ovrs_futr_fx_pdno']),
    echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD', 'FUOP_DVSN']),
  });
  return { blocks: { output: page.rows }, top: page.top, trCont: page.trCont, said: ASKED };
};

/** 예수금현황: all money is in dollars */
const deposit: FutureAnswerer = (call, { facts, settings }, market) => {
  const currency = call.params.text('CRCY_CD');
  const own = heldFigures(market).filter((held) => held.currency === currency);
  const cash = currency === 'USD' ? settings.futuresAbroadCents * 100 : 0;
  const gain = own.reduce((sum, held) => sum + held.gain, 0);
  const margin = own.reduce((sum, held) => sum + held.margin, 0);
  const output: Row = {
    cano: facts.account.slice(0, 8),
    acnt_prdt_cd: FUTURES_ABROAD_PRODUCT,
    crcy_cd: currency,
    resp_dt: call.params.text('INQR_DT'),
    fm_nxdy_dncl_amt: amountText(cash),
    fm_tot_asst_evlu_amt: amountText(cash + gain),
    fm_dnca_rmnd: amountText(cash),
    fm_fuop_evlu_pfls_amt: amountText(gain),
    fm_brkg_mgn_amt: amountText(margin),
    fm_mntn_mgn_amt: amountText(Math.floor((margin * 9) / 10)),
    fm_ord_psbl_amt: amountText(Math.max(0, cash + gain - margin)),
    fm_drwg_psbl_amt: amountText(Math.max(0, cash + Math.min(0, gain) - margin)),
    fm_rcvb_amt: '0.00',
    fm_add_mgn_amt: '0.00',
  };
  return { blocks: { output }, said: ASKED };
};

/** By the name of the API. */
export const FUTURE_ANSWERS: Readonly<Record<string, FutureAnswerer>> = {
  'inquire-price': price,
  'inquire-asking-price': asking,
  'stock-detail': detail,
  'inquire-time-futurechartprice': minutes,
  'daily-ccnl': days,
  'inquire-unpd': holdings,
  'inquire-deposit': deposit,
};

/** Whether the market here answers a call: a contract that it lists, or the account of futures abroad. */
export function knowsFuture({ params }: Call, market: FutureMarket): boolean {
  if (params.has('ACNT_PRDT_CD')) return params.text('ACNT_PRDT_CD') === FUTURES_ABROAD_PRODUCT;
  return asked({ params }, market) !== undefined;
}
