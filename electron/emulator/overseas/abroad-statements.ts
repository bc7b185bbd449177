/** Statements of the accounts abroad: what was closed and traded, from the customer's orders, and the money by currency. */
import type { SessionDate } from '#shared/time/index.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { isoOf, ratio, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import type { AbroadIssue } from './abroad-issues.ts';
import { NATIONS, type AbroadMarkets } from './abroad-markets.ts';
import type { AbroadMarket } from './abroad-market.ts';

const PAGE = 20;

/** Sales of an issue on a day; amounts scaled as prices, costs in the smallest coins. */
interface Closed {
  readonly market: AbroadMarket;
  readonly issue: AbroadIssue;
  readonly date: SessionDate;
  quantity: number;
  sold: number;
  cost: number;
  charges: number;
}

function spanOf(call: Call, names: readonly [string, string]): (row: { readonly date: string }) => boolean {
  const [from, to] = [isoOf(call.params.needed(names[0])), isoOf(call.params.needed(names[1]))];
  return ({ date }) => date >= from && date <= to;
}

/** Everything that was sold, by issue and day, by the average of what was paid. */
function closedOf(market: AbroadMarket): readonly Closed[] {
  const held = new Map<string, { units: number; cost: number }>();
  const days = new Map<string, Closed>();
  for (const order of market.orders) {
    const { issue, side, date, filledQty, traded, charges } = order;
    if (filledQty === 0) continue;
    const own = held.get(issue.symbol) ?? { units: 0, cost: 0 };
    held.set(issue.symbol, own);
    if (side === 'buy') {
      own.units += filledQty;
      own.cost += traded;
      continue;
    }
    const share = own.units === 0 ? 0 : Math.round((own.cost * filledQty) / own.units);
    own.units -= filledQty;
    own.cost -= share;
    const key = `${date} ${issue.symbol}`;
    const day = days.get(key) ?? { market, issue, date, quantity: 0, sold: 0, cost: 0, charges: 0 };
    days.set(key, day);
    day.quantity += filledQty;
    day.sold += traded;
    day.cost += share;
    day.charges += charges;
  }
  return [...days.values()];
}

const rateOf = (market: AbroadMarket): number => market.fxRate / 1_000_000;

/** 해외주식 기간손익, profit after the costs of the sale. */
export function abroadProfit(call: Call, _ground: Ground, markets: AbroadMarkets): Reply {
  const inWon = call.params.text('WCRC_FRCR_DVSN_CD') === '02';
  const currency = call.params.text('CRCY_CD');
  const isWithin = spanOf(call, ['INQR_STRT_DT', 'INQR_END_DT']);
  const closed = markets
    .meant(call.params.text('OVRS_EXCG_CD').toUpperCase())
    .filter(({ market }) => currency === '' || market.facts.currency === currency)
    .flatMap(({ market }) => closedOf(market))
    .filter(isWithin);
  const money = (market: AbroadMarket, units: number, places = 2): string =>
    (inWon ? units * rateOf(market) : units).toFixed(places);
  const gainOf = ({ market, sold, cost, charges }: Closed): number =>
    market.whole(sold - cost) - Number(market.coins(charges));
  const rows = closed.reverse().map((day): Row => {
    const { market, issue, date, quantity, sold, cost, charges } = day;
    return {
      trad_day: ymd(date),
      ovrs_pdno: issue.symbol,
      ovrs_item_name: issue.nameKo,
      slcl_qty: quantity,
      pchs_avg_pric: money(market, market.whole(cost) / quantity, 4),
      frcr_pchs_amt1: money(market, market.whole(cost)),
      avg_sll_unpr: money(market, market.whole(sold) / quantity, 4),
      frcr_sll_amt_smtl1: money(market, market.whole(sold)),
      stck_sll_tlex: money(market, Number(market.coins(charges))),
      ovrs_rlzt_pfls_amt: money(market, gainOf(day)),
      pftrt: ratio(gainOf(day) * 100, market.whole(cost), 8),
      exrt: rateOf(market).toFixed(4),
      ovrs_excg_cd: issue.exchange,
      frst_bltn_exrt: rateOf(market).toFixed(8),
    };
  });
  const page = pageOf(call, {
    rows,
    size: PAGE,
    width: 200,
    keyOf: (row) => `${row['trad_day'] ?? ''}${row['ovrs_pdno'] ?? ''}`,
    echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD', 'OVRS_EXCG_CD', 'INQR_STRT_DT', 'INQR_END_DT']),
  });
  const sum = (name: string): string => rows.reduce((total, row) => total + Number(row[name]), 0).toFixed(2);
  const output2 = {
    stck_sll_amt_smtl: sum('frcr_sll_amt_smtl1'),
    stck_buy_amt_smtl: sum('frcr_pchs_amt1'),
    smtl_fee1: sum('stck_sll_tlex'),
    ovrs_rlzt_pfls_tot_amt: sum('ovrs_rlzt_pfls_amt'),
    tot_pftrt: ratio(Number(sum('ovrs_rlzt_pfls_amt')) * 100, Number(sum('frcr_pchs_amt1')), 8),
  };
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 해외주식 일별거래내역: a row for each order that traded. */
export function abroadTrades(call: Call, _ground: Ground, markets: AbroadMarkets): Reply {
  const isWithin = spanOf(call, ['ERLM_STRT_DT', 'ERLM_END_DT']);
  const side = call.params.text('SLL_BUY_DVSN_CD');
  const shown = markets.meant(call.params.text('OVRS_EXCG_CD').toUpperCase()).flatMap(({ market }) =>
    market.orders
      .filter((order) => order.filledQty > 0 && isWithin(order))
      .filter((order) => side === '' || side === '00' || (side === '01') === (order.side === 'sell'))
      .map((order) => ({ market, order })),
  );
  const rows = shown.reverse().map(({ market, order }): Row => {
    const sign = order.side === 'sell' ? -1 : 1;
    const coins = Number(market.coins(order.charges));
    const traded = market.whole(order.traded);
    return {
      trad_dt: ymd(order.date),
      sttl_dt: '',
      sll_buy_dvsn_cd: order.side === 'sell' ? '01' : '02',
      sll_buy_dvsn_name: order.side === 'sell' ? '매도' : '매수',
      pdno: order.issue.symbol,
      ovrs_item_name: order.issue.nameKo,
      ccld_qty: order.filledQty,
      amt_unit_ccld_qty: order.filledQty,
      ft_ccld_unpr2: (traded / order.filledQty).toFixed(4),
      ovrs_stck_ccld_unpr: (traded / order.filledQty).toFixed(8),
      tr_frcr_amt2: traded.toFixed(2),
      tr_amt: Math.round(traded * rateOf(market)),
      frcr_excc_amt_1: (traded + sign * coins).toFixed(2),
      wcrc_excc_amt: Math.round((traded + sign * coins) * rateOf(market)),
      dmst_frcr_fee1: coins.toFixed(2),
      frcr_fee1: '0.00',
      dmst_wcrc_fee: Math.round(coins * rateOf(market)),
      ovrs_wcrc_fee: 0,
      crcy_cd: market.facts.currency,
      erlm_exrt: rateOf(market).toFixed(4),
      loan_dvsn_cd: '10',
      loan_dvsn_name: '현금',
      odno: order.no,
    };
  });
  const page = pageOf(call, {
    rows,
    size: PAGE,
    width: 100,
    keyOf: (row) => String(row['odno']),
    echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD', 'ERLM_STRT_DT', 'ERLM_END_DT']),
  });
  return { blocks: { output1: page.rows, output2: {} }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 해외증거금 통화별조회 */
export function abroadMargin(_call: Call, _ground: Ground, markets: AbroadMarkets): Reply {
  const output = markets.all.map((market): Row => {
    const { settled, total, reserved } = market.cash();
    const free = Math.max(0, total - reserved);
    const waiting = total - settled;
    return {
      natn_name: NATIONS[market.facts.currency].nameKo,
      crcy_cd: market.facts.currency,
      frcr_dncl_amt1: market.coins(settled),
      ustl_buy_amt: market.coins(Math.max(0, -waiting)),
      ustl_sll_amt: market.coins(Math.max(0, waiting)),
      frcr_rcvb_amt: market.coins(0),
      frcr_mgn_amt: market.coins(reserved),
      frcr_gnrl_ord_psbl_amt: market.coins(free),
      frcr_ord_psbl_amt1: market.coins(free),
      itgr_ord_psbl_amt: market.coins(free),
      bass_exrt: rateOf(market).toFixed(8),
    };
  });
  return { blocks: { output }, trCont: 'D', said: ASKED };
}
