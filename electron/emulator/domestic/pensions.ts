/** The pension accounts (product codes 22 and 29) of the number: accounts of their own at the same market, and the inquiries of 29. */
import { codeOf } from '#shared/domain/index.ts';
import type { ExchangeOrder } from '../../simulator/index.ts';
import { idOf, type Call, type Ground, type Params, type Reply } from '../ground.ts';
import { ASKED, echoOf, pageOf } from '../paging.ts';
import { percent, ratio, timeText } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { priceNow } from './account.ts';
import { booksOf } from './holdings.ts';
import { BRANCH, cancelNoOf, divisionCodeOf, divisionNameOf, SIDE_CODE } from './order-rows.ts';

const PENSIONS: Readonly<Record<string, string>> = { '22': '오프라인 KIS 개인연금', '29': '오프라인 KIS 퇴직연금' };
const RETIREMENT = '29';
const OWN = 'domestic-stock.pension-';
/** Inquiries that a retirement pension does not answer, because it has its own; a strict server shows a client that mixes them. */
const OF_OTHERS: ReadonlySet<string> = new Set(
  ['balance', 'balance-rlz-pl', 'daily-ccld', 'psbl-order', 'psbl-rvsecncl', 'psbl-sell', 'period-profit'].map(
    (name) => `domestic-stock.inquire-${name}`,
  ),
);

/** The ground of a pension account, which is opened when it is first called for. */
function pensionGround(ground: Ground, product: string): Ground {
  const { simulator, settings, facts } = ground;
  const name = PENSIONS[product] ?? '';
  const account =
    simulator.accounts().find((each) => each.name === name) ??
    simulator.createAccount({ name, startingCashKrw: settings.startingCashKrw });
  const nothing = { paid: 0, held: 0 };
  return {
    ...ground,
    facts: { ...facts, account: `${facts.account.slice(0, 8)}-${product}` },
    accountId: account.accountId,
    opening: [],
    inBonds: () => nothing,
  };
}

/** Product codes under which the number has an account for an API, beside its own; paper has no pensions. */
export function pensionsFor(apiId: string, env: 'paper' | 'real'): readonly string[] {
  if (env === 'paper' || !apiId.startsWith('domestic-stock.')) return [];
  if (apiId.startsWith(OWN)) return [RETIREMENT];
  return OF_OTHERS.has(apiId) ? ['22'] : ['22', RETIREMENT];
}

/** Whether a call is about the retirement pension; what others ask of its inquiries is made up, so that they can be looked at. */
export function isPension({ params }: Call): boolean {
  return params.text('ACNT_PRDT_CD') === RETIREMENT;
}

/** The ground of the account that a call names. */
export function groundOfCall(ground: Ground, params: Params): Ground {
  const product = params.text('ACNT_PRDT_CD');
  return product in PENSIONS ? pensionGround(ground, product) : ground;
}

/** The ground of an account of the number by the firm's id; null: it is somebody else's. */
export function groundOfAccount(ground: Ground, accountId: string): Ground | null {
  if (accountId === ground.accountId) return ground;
  const account = ground.simulator.accounts().find((each) => each.accountId === accountId);
  const product = Object.keys(PENSIONS).find((code) => PENSIONS[code] === account?.name);
  return product === undefined ? null : pensionGround(ground, product);
}

/** 퇴직연금 잔고조회 */
export function pensionBalance(call: Call, ground: Ground): Reply {
  const { held, days } = booksOf(ground);
  const { cashD0Krw, cashD1Krw, cashD2Krw } = ground.simulator.account(ground.accountId);
  const positions = ground.simulator.positions(ground.accountId);
  const shown = held.filter(({ quantity }) => quantity > 0);
  const rows = shown.map(({ instrumentId, quantity, cost, boughtToday, soldToday }): Row => {
    const { price } = priceNow(ground, instrumentId);
    const worth = price * quantity;
    return {
      cblc_dvsn_name: '현금',
      prdt_name: ground.instrument(instrumentId)?.nameKo ?? '',
      pdno: codeOf(instrumentId),
      item_dvsn_name: '주식',
      thdt_buyqty: boughtToday,
      thdt_sll_qty: soldToday,
      hldg_qty: quantity,
      ord_psbl_qty: positions.find((each) => each.instrumentId === instrumentId)?.sellable ?? 0,
      pchs_avg_pric: ratio(cost, quantity, 4),
      pchs_amt: cost,
      prpr: price,
      evlu_amt: worth,
      evlu_pfls_amt: worth - cost,
      evlu_erng_rt: percent(worth, cost, 8),
    };
  });
  const worth = shown.reduce((sum, each) => sum + priceNow(ground, each.instrumentId).price * each.quantity, 0);
  const today = days.at(-1);
  const page = pageOf(call, {
    rows,
    size: 50,
    width: 100,
    keyOf: (row) => String(row['pdno']),
    echo: echoOf(call, ['CANO', 'ACNT_PRDT_CD', 'ACCA_DVSN_CD', 'INQR_DVSN']),
  });
  const output2 = {
    dnca_tot_amt: cashD0Krw,
    nxdy_excc_amt: cashD1Krw,
    prvs_rcdl_excc_amt: cashD2Krw,
    thdt_buy_amt: today?.bought ?? 0,
    thdt_sll_amt: today?.sold ?? 0,
    thdt_tlex_amt: today?.costs ?? 0,
    scts_evlu_amt: worth,
    tot_evlu_amt: cashD2Krw + worth,
  };
  return { blocks: { output1: page.rows, output2 }, top: page.top, trCont: page.trCont, said: ASKED };
}

function orderRows(ground: Ground, order: ExchangeOrder): readonly Row[] {
  const { brokerOrderNo: no, originalOrderNo, side, quantity, filledQty, filledValue, price, status } = order;
  const code = divisionCodeOf(order);
  const sideKo = side === 'sell' ? '매도' : '매수';
  const rest = quantity - filledQty;
  const own: Row = {
    ord_gno_brno: BRANCH,
    sll_buy_dvsn_cd: SIDE_CODE[side],
    trad_dvsn_name: originalOrderNo === null ? sideKo : `${sideKo}정정*`,
    odno: no,
    pdno: codeOf(order.instrumentId),
    prdt_name: ground.instrument(order.instrumentId)?.nameKo ?? '',
    ord_unpr: price ?? 0,
    ord_qty: quantity,
    tot_ccld_qty: filledQty,
    nccs_qty: status === 'open' ? rest : 0,
    ord_dvsn_cd: code,
    ord_dvsn_name: divisionNameOf(code),
    orgn_odno: originalOrderNo ?? '',
    ord_tmd: timeText(order.exchangeTs),
    objt_cust_dvsn_name: '',
    pchs_avg_pric: ratio(filledValue, filledQty, 4),
    stpm_cndt_pric: order.stopPrice ?? 0,
    stpm_efct_occr_dtmd: '',
    stpm_efct_occr_yn: order.triggered ? 'Y' : 'N',
    excg_id_dvsn_cd: order.route,
  };
  const byHand = status === 'canceled' && order.timeInForce !== 'ioc' && order.timeInForce !== 'fok';
  if (!byHand || rest === 0) return [own];
  const withdrawal = { trad_dvsn_name: `${sideKo}취소*`, odno: cancelNoOf(no), orgn_odno: no, ord_qty: rest };
  return [own, { ...own, ...withdrawal, tot_ccld_qty: 0, nccs_qty: 0, pchs_avg_pric: '0' }];
}

/** 퇴직연금 미체결내역: the orders of the present day, newest first. */
export function pensionOrders(call: Call, ground: Ground): Reply {
  const { simulator, accountId } = ground;
  const side = call.params.text('SLL_BUY_DVSN_CD');
  const done = call.params.text('CCLD_NCCS_DVSN');
  const rows = simulator
    .orders(accountId, simulator.session().sessionDate)
    .flatMap((order) => orderRows(ground, order))
    .filter(
      (row) =>
        (side === '' || side === '00' || row['sll_buy_dvsn_cd'] === side) &&
        (done !== '01' || Number(row['tot_ccld_qty']) > 0) &&
        (done !== '02' || Number(row['nccs_qty']) > 0),
    )
    .reverse();
  return { blocks: { output: rows }, said: ASKED };
}

/** 퇴직연금 매수가능조회: what the cash pays for at a price. */
export function pensionPower(call: Call, ground: Ground): Reply {
  const { buyingPowerKrw } = ground.simulator.account(ground.accountId);
  const asked = Number(call.params.text('ORD_UNPR') || '0');
  const code = call.params.text('PDNO');
  const price = asked > 0 ? Math.floor(asked) : code === '' ? 0 : (ground.simulator.issue(idOf(code))?.upperLimit ?? 0);
  const output = {
    ord_psbl_cash: buyingPowerKrw,
    ruse_psbl_amt: 0,
    psbl_qty_calc_unpr: price,
    max_buy_amt: buyingPowerKrw,
    max_buy_qty: price > 0 ? Math.floor(buyingPowerKrw / price) : 0,
  };
  return { blocks: { output }, said: ASKED };
}

/** 퇴직연금 예수금조회 */
export function pensionDeposit(_call: Call, ground: Ground): Reply {
  const { cashD0Krw, cashD1Krw, cashD2Krw } = ground.simulator.account(ground.accountId);
  const output = {
    dnca_tota: cashD0Krw,
    nxdy_excc_amt: cashD1Krw,
    nxdy_sttl_amt: cashD1Krw - cashD0Krw,
    nx2_day_sttl_amt: cashD2Krw - cashD1Krw,
  };
  return { blocks: { output }, said: ASKED };
}
