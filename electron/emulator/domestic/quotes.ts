/** 주식현재가 inquiries: price, order book, trades. */
import { roundToTick, tickAt, tickTable } from '#shared/market/index.ts';
import type { Phase } from '#shared/time/index.ts';
import { askedIssue, divisionOf, type Asked, type Call, type Ground, type Reply } from '../ground.ts';
import { percent, ratio, signOf, timeText } from '../server-text.ts';
import type { Row } from '../shape.ts';
import { ladderOf, LEVELS, lookAt, venuesOf, type Ladder, type Look } from './look.ts';
import type { TapeTrade } from '../tape.ts';

/** Success of a quote. @source samples */
export const QUOTED = ['MCA00000', '정상처리 되었습니다.'] as const satisfies Reply['said'];

/** First figure of NEW_MKOP_CLS_CODE: 1 before the open, 2 in session, 3 after it, 4 off hours. @source catalogue values */
export function marketCode(phase: Phase): string {
  switch (phase) {
    case 'continuous':
    case 'viAuction':
    case 'reopenAuction':
    case 'periodicAuction':
      return '20';
    case 'openAuction':
    case 'preMarket':
      return '11';
    case 'closeAuction':
      return '21';
    case 'postClose':
    case 'afterAuction':
    case 'afterMarket':
      return '31';
    case 'offHours':
      return '41';
    case 'preOpen':
    case 'break':
    case 'closed':
    case 'night':
    case 'halted':
      return '00';
  }
}

/** HOUR_CLS_CODE: 0 in session, B expected before the open, A after the close, C within the day. @source catalogue values */
export function hourCode(phase: Phase): string {
  switch (phase) {
    case 'openAuction':
      return 'B';
    case 'closeAuction':
    case 'afterAuction':
      return 'A';
    case 'viAuction':
    case 'reopenAuction':
    case 'periodicAuction':
      return 'C';
    case 'offHours':
      return 'D';
    case 'preOpen':
    case 'break':
    case 'closed':
    case 'night':
    case 'halted':
    case 'continuous':
    case 'preMarket':
    case 'postClose':
    case 'afterMarket':
      return '0';
  }
}

/** The issue a quote call names with its look; undefined where it is not traded there. */
function asked(call: Call, ground: Ground): { readonly issue: Asked; readonly look: Look } | undefined {
  const division = divisionOf(call.params);
  const issue = askedIssue(ground, call.params.needed('FID_INPUT_ISCD'), division);
  const look = issue && lookAt(ground, issue.id, division);
  return issue && look && { issue, look };
}

/** Price fields that every quote shares. */
export function priceFields(look: Look): Row {
  const price = look.last > 0 ? look.last : look.base;
  return {
    stck_prpr: price,
    prdy_vrss: price - look.base,
    prdy_vrss_sign: signOf(price, look.base, look),
    prdy_ctrt: percent(price, look.base),
    acml_vol: look.volume,
    acml_tr_pbmn: look.value,
    stck_oprc: look.open,
    stck_hgpr: look.high,
    stck_lwpr: look.low,
    stck_sdpr: look.base,
    stck_mxpr: look.upperLimit,
    stck_llam: look.lowerLimit,
  };
}

function yearFields(look: Look, date: string): Row {
  const price = look.last > 0 ? look.last : look.base;
  const [high, low] = [Math.max(look.high, look.base), look.low > 0 ? Math.min(look.low, look.base) : look.base];
  const over: Record<string, string | number> = {};
  for (const [name, rateName] of [
    ['d250_', 'd250_'],
    ['w52_', 'w52_'],
  ] as const) {
    over[`${name}hgpr`] = high;
    over[`${name}hgpr_date`] = date;
    over[`${name}lwpr`] = low;
    over[`${name}lwpr_date`] = date;
    const rate = rateName === 'd250_' ? 'vrss_prpr_rate' : 'vrss_prpr_ctrt';
    over[`${name}hgpr_${rate}`] = percent(price, high);
    over[`${name}lwpr_${rate}`] = percent(price, low);
  }
  return {
    ...over,
    stck_dryy_hgpr: high,
    dryy_hgpr_vrss_prpr_rate: percent(price, high),
    dryy_hgpr_date: date,
    stck_dryy_lwpr: low,
    dryy_lwpr_vrss_prpr_rate: percent(price, low),
    dryy_lwpr_date: date,
  };
}

/** 주식현재가 시세 */
export function inquirePrice(call: Call, ground: Ground): Reply {
  const found = asked(call, ground);
  // The broker answers an unknown code with empty fields, not with an error.
  if (!found) return { blocks: { output: {} }, said: QUOTED };
  const { issue, look } = found;
  const { sessionDate: date } = ground.simulator.session();
  const { market, listedShares } = issue.instrument;
  const price = look.last > 0 ? look.last : look.base;
  const table = tickTable(market, date, issue.listed.product ?? 'stock');
  const shares = listedShares ?? 0;
  const { close, high, low } = { close: look.base, high: look.high || look.base, low: look.low || look.base };
  const pivot = Math.round((high + low + close) / 3);
  const output: Row = {
    iscd_stat_cls_code: look.halted ? '58' : '55',
    marg_rate: '20.00',
    rprs_mrkt_kor_name: market,
    new_hgpr_lwpr_cls_code: '',
    bstp_kor_isnm: '',
    temp_stop_yn: look.halted ? 'Y' : 'N',
    oprc_rang_cont_yn: 'N',
    clpr_rang_cont_yn: 'N',
    crdt_able_yn: 'Y',
    grmn_rate_cls_code: '40',
    elw_pblc_yn: 'N',
    ...priceFields(look),
    prdy_vrss_vol_rate: '0.00',
    wghn_avrg_stck_prc: ratio(look.value, look.volume),
    hts_frgn_ehrt: '0.00',
    pvt_scnd_dmrs_prc: pivot + high - low,
    pvt_frst_dmrs_prc: 2 * pivot - low,
    pvt_pont_val: pivot,
    pvt_frst_dmsp_prc: 2 * pivot - high,
    pvt_scnd_dmsp_prc: pivot - high + low,
    dmrs_val: high,
    dmsp_val: low,
    rstc_wdth_prc: look.upperLimit - look.base,
    stck_fcam: 100,
    stck_sspr: roundToTick(table, Math.floor(look.base * 0.8), 'down'),
    aspr_unit: tickAt(table, price),
    hts_deal_qty_unit_val: issue.listed.lotSize,
    lstn_stcn: shares,
    hts_avls: Math.round((price * shares) / 100_000_000),
    per: '0.00',
    pbr: '0.00',
    stac_month: '12',
    vol_tnrt: ratio(look.volume * 100, shares),
    eps: '0.00',
    bps: '0.00',
    ...yearFields(look, date.replaceAll('-', '')),
    whol_loan_rmnd_rate: '0.00',
    ssts_yn: 'Y',
    stck_shrn_iscd: issue.code,
    fcam_cnnm: '100',
    cpfn_cnnm: '',
    vi_cls_code: look.inVi ? 'Y' : 'N',
    ovtm_vi_cls_code: 'N',
    mrkt_warn_cls_code: '00',
  };
  return { blocks: { output }, said: QUOTED };
}

/** Levels of a ladder under the broker's names. */
export function levelFields(ladder: Ladder, upper = false): Row {
  const row: Record<string, string | number> = {};
  const name = (text: string): string => (upper ? text.toUpperCase() : text);
  for (let level = 1; level <= LEVELS; level += 1) {
    const [ask, bid] = [ladder.asks[level - 1], ladder.bids[level - 1]];
    row[name(`askp${level}`)] = ask?.price ?? 0;
    row[name(`bidp${level}`)] = bid?.price ?? 0;
    row[name(`askp_rsqn${level}`)] = ask?.qty ?? 0;
    row[name(`bidp_rsqn${level}`)] = bid?.qty ?? 0;
  }
  row[name('total_askp_rsqn')] = ladder.totalAsk;
  row[name('total_bidp_rsqn')] = ladder.totalBid;
  return row;
}

/** 주식현재가 호가/예상체결 */
export function inquireAskingPrice(call: Call, ground: Ground): Reply {
  const found = asked(call, ground);
  const ladder = found && ladderOf(ground, found.issue.id, found.look.division);
  if (!found || !ladder) return { blocks: { output1: {}, output2: {} }, said: QUOTED };
  const { issue, look } = found;
  const output1: Row = {
    aspr_acpt_hour: timeText(ground.now()),
    ...levelFields(ladder),
    ntby_aspr_rsqn: ladder.totalBid - ladder.totalAsk,
    new_mkop_cls_code: marketCode(look.phase),
  };
  const expected = ladder.expected;
  const output2: Row = {
    antc_mkop_cls_code: expected ? '311' : '112',
    ...priceFields(look),
    antc_cnpr: expected?.price ?? 0,
    antc_cntg_vrss_sign: expected ? signOf(expected.price, look.base, look) : '3',
    antc_cntg_vrss: expected ? expected.price - look.base : 0,
    antc_cntg_prdy_ctrt: expected ? percent(expected.price, look.base) : '0.00',
    antc_vol: expected?.qty ?? 0,
    stck_shrn_iscd: issue.code,
    vi_cls_code: look.inVi ? 'Y' : 'N',
  };
  return { blocks: { output1, output2 }, said: QUOTED };
}

/** Newest trades of a division, newest first. */
export function tradesOf(ground: Ground, id: Asked['id'], division: Look['division']): TapeTrade[] {
  return venuesOf(division)
    .flatMap((venue) => ground.tape.day(id, venue).trades)
    .sort((a, b) => b.ts - a.ts);
}

/** Strength of buying: bought over sold units in percent. */
export function strengthOf(trade: { readonly boughtQty: number; readonly soldQty: number }): string {
  return ratio(trade.boughtQty * 100, trade.soldQty);
}

/** 주식현재가 체결 */
export function inquireTrades(call: Call, ground: Ground): Reply {
  const found = asked(call, ground);
  if (!found) return { blocks: { output: [] }, said: QUOTED };
  const { look } = found;
  const output = tradesOf(ground, look.id, look.division)
    .slice(0, 30)
    .map((trade) => ({
      stck_cntg_hour: timeText(trade.ts),
      stck_prpr: trade.price,
      prdy_vrss: trade.price - look.base,
      prdy_vrss_sign: signOf(trade.price, look.base, look),
      cntg_vol: trade.quantity,
      tday_rltv: strengthOf(trade),
      prdy_ctrt: percent(trade.price, look.base),
    }));
  return { blocks: { output }, said: QUOTED };
}

/** 주식현재가 시세2 */
export function inquirePrice2(call: Call, ground: Ground): Reply {
  const found = asked(call, ground);
  if (!found) return { blocks: { output: {} }, said: QUOTED };
  const { issue, look } = found;
  const price = look.last > 0 ? look.last : look.base;
  const against = (name: string, other: number): Row => ({
    [`${name}_vrss_prpr`]: other > 0 ? price - other : 0,
    [`${name}_vrss_prpr_sign`]: other > 0 ? signOf(price, other) : '3',
    [`prdy_clpr_vrss_${name}_rate`]: other > 0 ? percent(other, look.base) : '0.00',
  });
  const output: Row = {
    rprs_mrkt_kor_name: issue.instrument.market,
    crdt_able_yn: 'Y',
    crdt_rate: '40.00',
    marg_rate: '20.00',
    ...priceFields(look),
    ...against('lwpr', look.low),
    ...against('hgpr', look.high),
    ...against('oprc', look.open),
    mrkt_warn_cls_code: '00',
    vi_cls_code: look.inVi ? 'Y' : 'N',
    stck_prdy_clpr: look.base,
    trht_yn: look.halted ? 'Y' : 'N',
    prdy_vrss_vol_rate: '0.00',
  };
  return { blocks: { output }, said: QUOTED };
}
