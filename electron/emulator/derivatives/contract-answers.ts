/** What the offline KIS answers about futures and options: quotes, books, charts, boards, orders, holdings, money. */
import type { ErrorCode } from '#shared/errors/index.ts';
import { scaledFrom } from '#shared/num/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { addDays, epochMs, MINUTE_MS, type SessionDate } from '#shared/time/index.ts';
import { isTradingDay, roundToTick } from '#shared/market/index.ts';
import { QUOTED } from '../domestic/quotes.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { orderRefused, Refused } from '../refusals.ts';
import { isoOf, percent, signOf, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import type { ContractMarket } from './contract-market.ts';
import { contractFees, contractSettlement } from './contract-statements.ts';
import {
  boardRow,
  bookRow,
  cancelRow,
  CONTRACT_BRANCH,
  contractCancelNo,
  dayRow,
  dayText,
  heldRows,
  moneyRow,
  orderRow,
  priceText,
} from './contract-rows.ts';
import type { ContractOrder, Seat } from './contract-terms.ts';

export type ContractAnswerer = (call: Call, ground: Ground, market: ContractMarket) => Reply;

/** Product code of the account of futures and options. */
const PRODUCT = '03';
const MINUTES = 102;
const DAYS = 100;
/** Days before the first that was played. */
const PAST_DAYS = 260;

function refused(reason: string, ground: Ground): Refused {
  return orderRefused(`EXCH_${reason}` as ErrorCode, ground.facts.env);
}

/** FID_COND_MRKT_DIV_CODE of the night: futures and options. @source catalogue */
const NIGHT_DIVISIONS: ReadonlySet<string> = new Set(['CM', 'EU']);

function asked(call: Pick<Call, 'params'>, market: ContractMarket): Seat | undefined {
  market.wake();
  const night = NIGHT_DIVISIONS.has(call.params.text('FID_COND_MRKT_DIV_CODE'));
  return market.seatOf(call.params.text('FID_INPUT_ISCD').toUpperCase(), night);
}

/** Whether an order verb or an inquiry is the night's: by its TR id, or by its name. */
const isOfNight = ({ select, api }: Call): boolean => select['session'] === 'night' || api.id.includes('ngt');

/** 선물옵션 시세 */
export const contractPrice: ContractAnswerer = (call, _ground, market) => {
  const seat = asked(call, market);
  if (!seat) return { blocks: { output1: {}, output2: {}, output3: {} }, said: QUOTED };
  const spot = (market.spot(seat.contract) / 100).toFixed(2);
  const index = { bstp_cls_code: '2001', hts_kor_isnm: seat.contract.underlyingKo, bstp_nmix_prpr: spot };
  return { blocks: { output1: dayRow(market, seat), output2: index, output3: index }, said: QUOTED };
};

/** 선물옵션 시세호가 */
export const contractAsking: ContractAnswerer = (call, ground, market) => {
  const seat = asked(call, market);
  if (!seat) return { blocks: { output1: {}, output2: {} }, said: QUOTED };
  const output1 = { ...dayRow(market, seat), futs_shrn_iscd: seat.contract.code };
  return {
    blocks: { output1, output2: { ...bookRow(seat, 'futs_'), aspr_acpt_hour: timeText(ground.now()) } },
    said: QUOTED,
  };
};

function headRow(market: ContractMarket, seat: Seat): Row {
  return {
    ...dayRow(market, seat),
    futs_shrn_iscd: seat.contract.code,
    kospi200_nmix: (market.spot(seat.contract) / 100).toFixed(2),
  };
}

/** 선물옵션 분봉조회: today's minutes up to a time, newest first. */
export const contractMinutes: ContractAnswerer = (call, _ground, market) => {
  const seat = asked(call, market);
  if (!seat) return { blocks: { output1: {}, output2: [] }, said: QUOTED };
  const until = `${call.params.needed('FID_INPUT_DATE_1')}${call.params.text('FID_INPUT_HOUR_1') || '235959'}`;
  const size = Math.max(60, Number(call.params.text('FID_HOUR_CLS_CODE')) || 60) / 60;
  const merged = new Map<number, Row & { readonly start: number }>();
  for (const bar of seat.bars) {
    const start = Math.floor(bar.startTs / (size * MINUTE_MS)) * size * MINUTE_MS;
    const text = (price: number): string => priceText(seat.contract, price);
    const before = merged.get(start);
    const [high, low] = [
      Math.max(bar.high, Math.round(Number(before?.['futs_hgpr'] ?? 0) * 100)),
      before ? Math.min(bar.low, Math.round(Number(before['futs_lwpr']) * 100)) : bar.low,
    ];
    merged.set(start, {
      start,
      stck_bsop_date: dayText(start),
      stck_cntg_hour: timeText(epochMs(start)),
      futs_oprc: before?.['futs_oprc'] ?? text(bar.open),
      futs_hgpr: text(high),
      futs_lwpr: text(low),
      futs_prpr: text(bar.close),
      cntg_vol: Number(before?.['cntg_vol'] ?? 0) + bar.volume,
      acml_tr_pbmn: Math.round(bar.value / 1_000),
    });
  }
  const rows = [...merged.values()]
    .filter((row) => `${row['stck_bsop_date'] ?? ''}${row['stck_cntg_hour'] ?? ''}` <= until)
    .reverse()
    .map(({ start: _start, ...row }) => row);
  return { blocks: { output1: headRow(market, seat), output2: rows.slice(0, MINUTES) }, said: QUOTED };
};

interface Day {
  readonly date: SessionDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Made-up days before the present one, newest first: they lead to its base price. */
function pastDays(ground: Ground, seat: Seat, before: SessionDate): readonly Day[] {
  const rng = Rng.from(ground.seed, `contract-days/${seat.contract.code}`);
  const toTick = (price: number): number => roundToTick(seat.table, Math.max(1, Math.round(price)), 'down') || 1;
  const days: Day[] = [];
  let [date, close] = [before, seat.base];
  while (days.length < PAST_DAYS) {
    date = addDays(date, -1);
    if (!isTradingDay(ground.calendar, date)) continue;
    const open = toTick(close * (1 - rng.normal() / 110));
    const high = toTick(Math.max(open, close) * (1 + rng.unit() / 200));
    const low = toTick(Math.min(open, close) * (1 - rng.unit() / 200));
    days.push({ date, open, high, low, close, volume: 100_000 + rng.int(100_000) });
    close = toTick(open * (1 - rng.normal() / 400));
  }
  return days;
}

/** 선물옵션기간별시세 */
export const contractDays: ContractAnswerer = (call, ground, market) => {
  const seat = asked(call, market);
  if (!seat || market.date === null) return { blocks: { output1: {}, output2: [] }, said: QUOTED };
  const { open, high, low, last: close, volume } = seat;
  const today: readonly Day[] = volume > 0 ? [{ date: market.date, open, high, low, close, volume }] : [];
  const [from, to] = [call.params.text('FID_INPUT_DATE_1'), call.params.text('FID_INPUT_DATE_2') || '99991231'];
  const text = (price: number): string => priceText(seat.contract, price);
  const output2 = [...today, ...pastDays(ground, seat, market.date)]
    .filter(({ date }) => ymd(date) >= from && ymd(date) <= to)
    .slice(0, DAYS)
    .map((day): Row => ({
      stck_bsop_date: ymd(day.date),
      futs_prpr: text(day.close),
      futs_oprc: text(day.open),
      futs_hgpr: text(day.high),
      futs_lwpr: text(day.low),
      acml_vol: day.volume,
      acml_tr_pbmn: 0,
      mod_yn: 'N',
    }));
  return { blocks: { output1: headRow(market, seat), output2 }, said: QUOTED };
};

/** 국내옵션전광판: calls and puts of the strip. */
export const optionBoard: ContractAnswerer = (_call, _ground, market) => {
  market.wake();
  const of = (kind: 'call' | 'put'): Row[] =>
    market
      .seats()
      .filter(({ contract }) => contract.kind === kind)
      .map((seat) => boardRow(market, seat));
  return { blocks: { output1: of('call'), output2: of('put') }, said: QUOTED };
};

/** 국내옵션전광판_옵션월물리스트 */
export const optionMonths: ContractAnswerer = (_call, _ground, market) => {
  market.wake();
  const months = new Set(
    market
      .seats()
      .filter(({ contract }) => contract.kind === 'call')
      .map(({ contract }) => ymd(contract.lastDay).slice(0, 6)),
  );
  const output = [...months].map((month) => ({
    mtrt_yymm_code: month,
    mtrt_yymm: `${month.slice(0, 4)}/${month.slice(4)}`,
  }));
  return { blocks: { output }, said: QUOTED };
};

/** 국내옵션전광판_선물: the futures on the KOSPI 200. */
export const futuresBoard: ContractAnswerer = (_call, _ground, market) => {
  market.wake();
  const output = market
    .seats()
    .filter(({ contract }) => contract.kind === 'future' && contract.family === 'index')
    .map((seat): Row => ({
      ...dayRow(market, seat),
      futs_shrn_iscd: seat.contract.code,
      futs_askp: priceText(seat.contract, seat.book.best('sell')),
      futs_bidp: priceText(seat.contract, seat.book.best('buy')),
      total_askp_rsqn: seat.book.total('sell'),
      total_bidp_rsqn: seat.book.total('buy'),
    }));
  return { blocks: { output }, said: QUOTED };
};

/** 국내선물 기초자산 시세 */
export const underlying: ContractAnswerer = (call, _ground, market) => {
  const seat = asked(call, market);
  if (!seat) return { blocks: { output1: {}, output2: [] }, said: QUOTED };
  const day = dayRow(market, seat);
  const { now, base } = market.spots(seat.contract);
  const output1 = {
    ...day,
    unas_prpr: (now / 100).toFixed(2),
    unas_prdy_vrss: ((now - base) / 100).toFixed(2),
    unas_prdy_vrss_sign: signOf(now, base),
    unas_prdy_ctrt: percent(now, base),
    unas_acml_vol: 0,
  };
  return { blocks: { output1, output2: [{ hts_rmnn_dynu: day['hts_rmnn_dynu'] ?? 0 }] }, said: QUOTED };
};

function receipt(no: string, seat: Seat | undefined, ground: Ground): Reply {
  const output = {
    ACNT_NAME: '모의고객',
    TRAD_DVSN_NAME: '',
    ITEM_NAME: seat?.contract.nameKo ?? '',
    ORD_TMD: timeText(ground.now()),
    ORD_GNO_BRNO: CONTRACT_BRANCH,
    ODNO: no,
    KRX_FWDG_ORD_ORGNO: CONTRACT_BRANCH,
  };
  return { blocks: { output }, said: ['APBK0029', '주문전송이 정상적으로 처리되었습니다.'] };
}

function priceOf(call: Call, ground: Ground): number {
  const price = scaledFrom(call.params.text('UNIT_PRICE') || '0', 2);
  if (price === null || price < 0) throw refused('TICK', ground);
  return price;
}

/** 선물옵션 주문 */
export const contractOrder: ContractAnswerer = (call, ground, market) => {
  market.wake();
  const { params } = call;
  const seat = market.seat(params.needed('SHTN_PDNO').toUpperCase());
  if (!seat) throw refused('UNKNOWN_ISSUE', ground);
  const quantity = Number(params.needed('ORD_QTY'));
  if (!Number.isSafeInteger(quantity) || quantity <= 0) throw refused('QUANTITY', ground);
  const side = params.needed('SLL_BUY_DVSN_CD') === '01' ? 'sell' : 'buy';
  const kindCode = params.text('ORD_DVSN_CD') || '01';
  const price = priceOf(call, ground);
  const wish = { contract: seat.contract, side, kindCode, price, quantity, night: isOfNight(call) } as const;
  const sent = market.submit(wish, ground.now());
  if ('reason' in sent) throw refused(sent.reason, ground);
  return receipt(sent.order.no, seat, ground);
};

/** 선물옵션 정정취소주문 */
export const contractChange: ContractAnswerer = (call, ground, market) => {
  const { params } = call;
  const no = params.needed('ORGN_ODNO').padStart(10, '0');
  const order = market.orders.find(
    (each) => each.no === no && each.night === isOfNight(call) && each.status === 'open',
  );
  if (!order) throw refused('UNKNOWN_ORDER', ground);
  const seat = market.seat(order.contract.code);
  const what = params.needed('RVSE_CNCL_DVSN_CD');
  if (params.text('RMN_QTY_YN') === 'N')
    throw new Refused('APBK1664', '이 서버는 잔량 일부의 정정·취소를 지원하지 않습니다.');
  if (what === '02') {
    const reason = market.cancel(order, ground.now());
    if (reason !== null) throw refused(reason, ground);
    return receipt(contractCancelNo(no), seat, ground);
  }
  if (what !== '01') throw new Refused('APBK0501', '정정취소구분코드를 확인하십시오.');
  const sent = market.replace(order, priceOf(call, ground), ground.now());
  if ('reason' in sent) throw refused(sent.reason, ground);
  return receipt(sent.order.no, seat, ground);
};

function paged(call: Call, ground: Ground, rows: readonly Row[]) {
  return pageOf(call, {
    rows,
    size: call.api.pageSize?.[ground.facts.env] ?? call.api.pageSize?.rows ?? 100,
    width: 200,
    keyOf: (row) => String(row['odno'] ?? row['shtn_pdno']),
    echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD']),
  });
}

/** 선물옵션 주문체결내역조회 */
export const contractOrders: ContractAnswerer = (call, ground, market) => {
  market.wake();
  const { params } = call;
  const [from, to] = [isoOf(params.needed('STRT_ORD_DT')), isoOf(params.needed('END_ORD_DT'))];
  const side = params.text('SLL_BUY_DVSN_CD');
  const done = params.text('CCLD_NCCS_DVSN');
  const fits = (order: ContractOrder): boolean =>
    order.night === isOfNight(call) &&
    order.date >= from &&
    order.date <= to &&
    (side === '' || side === '00' || (side === '01') === (order.side === 'sell')) &&
    (done !== '01' || order.filledQty > 0) &&
    (done !== '02' || order.status === 'open');
  const rows = market.orders
    .filter(fits)
    .flatMap((order) => [orderRow(order), ...(order.status === 'canceled' && order.asked ? [cancelRow(order)] : [])]);
  if (params.text('SORT_SQN') === 'DS') rows.reverse();
  const page = paged(call, ground, rows);
  return { blocks: { output1: page.rows, output2: {} }, top: page.top, trCont: page.trCont, said: ASKED };
};

/** 선물옵션 잔고현황 */
export const contractBalance: ContractAnswerer = (call, ground, market) => {
  market.wake();
  const [cano = ''] = ground.facts.account.split('-');
  const rows = heldRows(market).map((row) => ({ cano, acnt_prdt_cd: PRODUCT, ...row }));
  const page = paged(call, ground, rows);
  return { blocks: { output1: page.rows, output2: moneyRow(market) }, top: page.top, trCont: page.trCont, said: ASKED };
};

/** 선물옵션 총자산현황 */
export const contractDeposit: ContractAnswerer = (_call, _ground, market) => {
  market.wake();
  return { blocks: { output: moneyRow(market) }, said: ASKED };
};

/** 선물옵션 주문가능 */
export const contractPower: ContractAnswerer = (call, ground, market) => {
  market.wake();
  const { params } = call;
  const seat = market.seat(params.needed('PDNO').toUpperCase());
  if (!seat) throw refused('UNKNOWN_ISSUE', ground);
  const side = params.needed('SLL_BUY_DVSN_CD') === '01' ? 'sell' : 'buy';
  const open = market.money.openable(seat.contract, side, priceOf(call, ground));
  const close = market.money.closable(seat.contract, side);
  const output = {
    tot_psbl_qty: open + close,
    lqd_psbl_qty1: close,
    // The night's words for the same.
    lqd_psbl_qty: close,
    lqd_psbl_qty_1: close,
    max_ord_psbl_qty: open + close,
    ord_psbl_qty: open,
    bass_idx: (market.spot(seat.contract) / 100).toFixed(2),
  };
  return { blocks: { output }, said: ASKED };
};

/** The answers, by the names of the catalogue. */
export const CONTRACT_ANSWERS: Readonly<Record<string, ContractAnswerer>> = {
  'inquire-price': contractPrice,
  'inquire-asking-price': contractAsking,
  'inquire-time-fuopchartprice': contractMinutes,
  'inquire-daily-fuopchartprice': contractDays,
  'display-board-callput': optionBoard,
  'display-board-option-list': optionMonths,
  'display-board-futures': futuresBoard,
  'display-board-top': underlying,
  order: contractOrder,
  'order-rvsecncl': contractChange,
  'inquire-ccnl': contractOrders,
  'inquire-balance': contractBalance,
  'inquire-deposit': contractDeposit,
  'inquire-daily-amount-fee': contractFees,
  'inquire-balance-settlement-pl': contractSettlement,
  'inquire-psbl-order': contractPower,
  'inquire-ngt-ccnl': contractOrders,
  'inquire-ngt-balance': contractBalance,
  'inquire-psbl-ngt-order': contractPower,
};

/** Boards of series that have no market here are made up. */
const SERIES = new Set(['', 'K21']);

/** Whether the market here answers: of an account only that of futures and options, of a quote only a listed contract. */
export function knowsContract({ api, params }: Call, market: ContractMarket): boolean {
  if (params.has('ACNT_PRDT_CD')) return params.text('ACNT_PRDT_CD') === PRODUCT;
  market.wake();
  const code = params.text('FID_INPUT_ISCD');
  if (code !== '') return asked({ params }, market) !== undefined;
  return api.id.includes('display-board') && SERIES.has(params.text('FID_COND_MRKT_CLS_CODE'));
}
