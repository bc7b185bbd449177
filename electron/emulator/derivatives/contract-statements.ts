/** Statements of the account of futures and options: amounts, fees and profit by contract and day, and a day's settlement. */
import { isSettledByDifference, valueOf } from '#shared/market/index.ts';
import type { Call, Ground, Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { isoOf, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import type { Booked } from './contract-account.ts';
import { contractId, type ListedContract } from './contract-listing.ts';
import type { ContractMarket } from './contract-market.ts';

const PAGE = 20;

function grouped(list: readonly Booked[], keyOf: (each: Booked) => string): readonly (readonly Booked[])[] {
  const groups = new Map<string, Booked[]>();
  for (const each of list) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return [...groups.values()];
}

const sum = (list: readonly Booked[], pick: (each: Booked) => number): number =>
  list.reduce((total, each) => total + pick(each), 0);
const ofSide = (list: readonly Booked[], side: Booked['side']): readonly Booked[] =>
  list.filter((each) => each.side === side);

/** 선물옵션기간약정수수료일별 */
export function contractFees(call: Call, _ground: Ground, market: ContractMarket): Reply {
  market.wake();
  const [from, to] = [isoOf(call.params.needed('INQR_STRT_DAY')), isoOf(call.params.needed('INQR_END_DAY'))];
  const shown = market.account.booked.filter(({ date }) => date >= from && date <= to);
  const rows = grouped(shown, ({ date, contract }) => `${date} ${contract.code}`).flatMap((list): Row[] => {
    const [first] = list;
    if (!first) return [];
    const [sold, bought] = [ofSide(list, 'sell'), ofSide(list, 'buy')];
    return [
      {
        ord_dt: ymd(first.date),
        pdno: first.contract.code,
        item_name: first.contract.nameKo,
        sll_agrm_amt: sum(sold, ({ amount }) => amount),
        sll_fee: sum(sold, ({ fee }) => fee),
        buy_agrm_amt: sum(bought, ({ amount }) => amount),
        buy_fee: sum(bought, ({ fee }) => fee),
        tot_fee_smtl: sum(list, ({ fee }) => fee),
        trad_pfls: sum(list, ({ realised }) => realised),
      },
    ];
  });
  const page = pageOf(call, {
    rows: rows.reverse(),
    size: PAGE,
    width: 200,
    keyOf: (row) => `${row['ord_dt'] ?? ''}${row['pdno'] ?? ''}`,
    echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD']),
  });
  const output2 = {
    sll_agrm_amt: sum(ofSide(shown, 'sell'), ({ amount }) => amount),
    buy_agrm_amt: sum(ofSide(shown, 'buy'), ({ amount }) => amount),
    agrm_amt_smtl: sum(shown, ({ amount }) => amount),
    sll_fee: sum(ofSide(shown, 'sell'), ({ fee }) => fee),
    buy_fee: sum(ofSide(shown, 'buy'), ({ fee }) => fee),
    fee_smtl: sum(shown, ({ fee }) => fee),
    trad_pfls_smtl: sum(shown, ({ realised }) => realised),
  };
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

/** 선물옵션 잔고정산손익내역: of the present day with what is held, of a day before with what was closed on it. */
export function contractSettlement(call: Call, _ground: Ground, market: ContractMarket): Reply {
  market.wake();
  const date = isoOf(call.params.needed('INQR_DT'));
  const booked = market.account.booked.filter((each) => each.date === date);
  const held = date === market.date ? [...market.account.held.values()] : [];
  const contracts = new Map<string, ListedContract>(
    [...booked, ...held].map(({ contract }) => [contract.code, contract]),
  );
  let [ofToday, ofBefore] = [0, 0];
  const rows = [...contracts.values()].map((contract): Row => {
    const own = booked.filter((each) => each.contract.code === contract.code);
    const { quantity = 0, settled = 0 } = held.find((each) => each.contract.code === contract.code) ?? {};
    const id = contractId(contract);
    const open = market.price(contract) * quantity - settled;
    const gain = open < 0 ? -valueOf(id, -open, 1) : valueOf(id, open, 1);
    const realised = sum(own, (each) => each.realised);
    if (isSettledByDifference(id)) {
      if (own.length > 0) ofToday += realised + gain;
      else ofBefore += gain;
    }
    const [opened, closed] = [sum(own, (each) => each.opened), sum(own, (each) => each.closed)];
    return {
      pdno: contract.code,
      prdt_name: contract.nameKo,
      trad_dvsn_name: quantity < 0 ? '매도' : '매수',
      bfdy_cblc_qty: Math.abs(quantity) - opened + closed,
      new_qty: opened,
      mnpl_rpch_qty: closed,
      cblc_qty: Math.abs(quantity),
      cblc_amt: valueOf(id, Math.abs(settled), 1),
      trad_pfls_amt: realised,
      evlu_amt: valueOf(id, market.price(contract), Math.abs(quantity)),
      evlu_pfls_amt: gain,
    };
  });
  const page = pageOf(call, {
    rows,
    size: PAGE,
    width: 200,
    keyOf: (row) => String(row['pdno']),
    echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD', 'INQR_DT']),
  });
  const output2 = {
    thdt_dfpa: Math.floor(ofToday),
    rnwl_dfpa: Math.floor(ofBefore),
    fee: sum(booked, ({ fee }) => fee),
    dnca_cash: Math.floor(market.account.cash),
  };
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}
