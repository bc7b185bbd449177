/** Records of the channels of a trading day: trades, order books, expected prices. */
import { codeOf } from '#shared/domain/index.ts';
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import { hourCode, levelFields, marketCode, strengthOf } from '../domestic/quotes.ts';
import type { Phase } from '#shared/time/index.ts';
import type { DepthLevel } from '#shared/exchange/index.ts';
import type { Ladder, Look } from '../domestic/look.ts';
import type { IndexLook } from '../domestic/market-answers.ts';
import { percent, ratio, signOf, timeText, ymd } from '../server-text.ts';
import type { Row } from '../shape.ts';
import type { TapeTrade } from '../tape.ts';

/** What a record needs beside the trade. */
export interface RecordFacts {
  readonly look: Look;
  readonly ladder: Ladder | undefined;
  /** Of the session, "2026-11-26". */
  readonly date: string;
  readonly listedShares: number;
}

const hourOf = (ts: number): string => (ts === 0 ? '000000' : timeText(epochMs(ts)));

/** 체결: one trade with the state of the issue after it, under upper-case names. */
export function tradeRow(trade: TapeTrade, { look, ladder, date, listedShares }: RecordFacts): Row {
  const { price, quantity, side, volume, value, boughtQty, soldQty, buys, sells } = trade;
  const open = look.open > 0 ? look.open : price;
  const high = Math.max(look.high, price);
  const low = look.low > 0 ? Math.min(look.low, price) : price;
  const kind = side === 'buy' ? '1' : side === 'sell' ? '5' : look.phase === 'openAuction' ? '3' : '1';
  return {
    MKSC_SHRN_ISCD: codeOf(look.id),
    STCK_CNTG_HOUR: timeText(trade.ts),
    STCK_PRPR: price,
    PRDY_VRSS_SIGN: signOf(price, look.base, look),
    PRDY_VRSS: price - look.base,
    PRDY_CTRT: percent(price, look.base),
    WGHN_AVRG_STCK_PRC: ratio(value, volume),
    STCK_OPRC: open,
    STCK_HGPR: high,
    STCK_LWPR: low,
    ASKP1: look.ask,
    BIDP1: look.bid,
    CNTG_VOL: quantity,
    ACML_VOL: volume,
    ACML_TR_PBMN: value,
    SELN_CNTG_CSNU: sells,
    SHNU_CNTG_CSNU: buys,
    NTBY_CNTG_CSNU: buys - sells,
    CTTR: strengthOf({ boughtQty, soldQty }),
    SELN_CNTG_SMTN: soldQty,
    SHNU_CNTG_SMTN: boughtQty,
    CCLD_DVSN: kind,
    CNTG_CLS_CODE: kind,
    SHNU_RATE: ratio(boughtQty, boughtQty + soldQty),
    PRDY_VOL_VRSS_ACML_VOL_RATE: '0.00',
    OPRC_HOUR: hourOf(look.openTs),
    OPRC_VRSS_PRPR_SIGN: signOf(price, open),
    OPRC_VRSS_PRPR: price - open,
    HGPR_HOUR: hourOf(look.highTs),
    HGPR_VRSS_PRPR_SIGN: signOf(price, high),
    HGPR_VRSS_PRPR: price - high,
    LWPR_HOUR: hourOf(look.lowTs),
    LWPR_VRSS_PRPR_SIGN: signOf(price, low),
    LWPR_VRSS_PRPR: price - low,
    BSOP_DATE: ymd(date),
    NEW_MKOP_CLS_CODE: marketCode(look.phase),
    TRHT_YN: look.halted ? 'Y' : 'N',
    ASKP_RSQN1: look.askQty,
    BIDP_RSQN1: look.bidQty,
    TOTAL_ASKP_RSQN: ladder?.totalAsk ?? 0,
    TOTAL_BIDP_RSQN: ladder?.totalBid ?? 0,
    VOL_TNRT: ratio(volume * 100, listedShares),
    PRDY_SMNS_HOUR_ACML_VOL: 0,
    PRDY_SMNS_HOUR_ACML_VOL_RATE: '0.00',
    HOUR_CLS_CODE: hourCode(look.phase),
    MRKT_TRTM_CLS_CODE: '',
    VI_STND_PRC: look.viReference,
  };
}

/** 호가: ten levels a side and, while an auction collects, the expected price. */
export function bookRow(look: Look, ladder: Ladder, at: EpochMs): Row {
  const { expected } = ladder;
  return {
    MKSC_SHRN_ISCD: codeOf(look.id),
    BSOP_HOUR: timeText(at),
    HOUR_CLS_CODE: hourCode(look.phase),
    ...levelFields(ladder, true),
    ANTC_CNPR: expected?.price ?? 0,
    ANTC_CNQN: expected?.qty ?? 0,
    ANTC_VOL: expected?.qty ?? 0,
    ANTC_CNTG_VRSS: expected ? expected.price - look.base : 0,
    ANTC_CNTG_VRSS_SIGN: expected ? signOf(expected.price, look.base, look) : '3',
    ANTC_CNTG_PRDY_CTRT: expected ? percent(expected.price, look.base) : '0.00',
    ACML_VOL: look.volume,
    STCK_DEAL_CLS_CODE: '0',
    KMID_CLS_CODE: '0',
    NMID_CLS_CODE: '0',
  };
}

const lowered = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));

/** 예상체결: what the auction would trade now, under lower-case names. */
export function expectedRow(facts: RecordFacts & { readonly expected: DepthLevel; readonly at: EpochMs }): Row {
  const { look, expected, at } = facts;
  const { volume, value, boughtQty, soldQty, buys, sells } = look;
  const counts = { volume, value, boughtQty, soldQty, buys, sells };
  return lowered(tradeRow({ ts: at, price: expected.price, quantity: expected.qty, side: null, ...counts }, facts));
}

/** MKOP_CLS_CODE of a part of the day. @source catalogue values */
function statusCode(phase: Phase): string {
  switch (phase) {
    case 'openAuction':
      return '110';
    case 'continuous':
      return '112';
    case 'closeAuction':
      return '121';
    case 'postClose':
      return '140';
    case 'offHours':
      return '150';
    case 'halted':
      return '174';
    case 'closed':
      return '129';
    case 'preOpen':
    case 'viAuction':
    case 'reopenAuction':
    case 'periodicAuction':
    case 'afterMarket':
    case 'preMarket':
    case 'break':
    case 'night':
    case 'afterAuction':
      return '';
  }
}

/** 장운영정보 of an issue. */
export function statusRow(look: Look): Row {
  return {
    mksc_shrn_iscd: codeOf(look.id),
    trht_yn: look.halted ? 'Y' : 'N',
    tr_susp_reas_cntt: '(null)',
    mkop_cls_code: statusCode(look.phase),
    antc_mkop_cls_code: look.phase === 'openAuction' ? '311' : look.phase === 'closeAuction' ? '121' : '',
    mrkt_trtm_cls_code: '',
    divi_app_cls_code: '',
    iscd_stat_cls_code: look.halted ? '58' : '55',
    vi_cls_code: look.inVi ? 'Y' : 'N',
    ovtm_vi_cls_code: 'N',
    EXCH_CLS_CODE: look.division === 'NX' ? '2' : '1',
    exch_cls_code: look.division === 'NX' ? '2' : '1',
  };
}

/** 업종지수 체결. */
export function indexRow(look: IndexLook, at: EpochMs): Row {
  const { value, base, up, down, flat, atUpper, atLower } = look;
  const [high, low] = [Math.max(value, base), Math.min(value, base)];
  return {
    bstp_cls_code: look.code,
    bsop_hour: timeText(at),
    prpr_nmix: value.toFixed(2),
    prdy_vrss_sign: signOf(value, base),
    bstp_nmix_prdy_vrss: (value - base).toFixed(2),
    acml_vol: Math.round(look.volume / 1_000),
    acml_tr_pbmn: Math.round(look.traded / 1_000_000),
    pcas_vol: 0,
    pcas_tr_pbmn: 0,
    prdy_ctrt: percent(value, base),
    oprc_nmix: base.toFixed(2),
    nmix_hgpr: high.toFixed(2),
    nmix_lwpr: low.toFixed(2),
    oprc_vrss_nmix_prpr: (value - base).toFixed(2),
    oprc_vrss_nmix_sign: signOf(value, base),
    hgpr_vrss_nmix_prpr: (value - high).toFixed(2),
    hgpr_vrss_nmix_sign: signOf(value, high),
    lwpr_vrss_nmix_prpr: (value - low).toFixed(2),
    lwpr_vrss_nmix_sign: signOf(value, low),
    prdy_clpr_vrss_oprc_rate: '0.00',
    prdy_clpr_vrss_hgpr_rate: percent(high, base),
    prdy_clpr_vrss_lwpr_rate: percent(low, base),
    uplm_issu_cnt: atUpper,
    ascn_issu_cnt: up,
    stnr_issu_cnt: flat,
    down_issu_cnt: down,
    lslm_issu_cnt: atLower,
    qtqt_ascn_issu_cnt: 0,
    qtqt_down_issu_cnt: 0,
    tick_vrss: 0,
  };
}
