/**
 * 주식현재가 시세 FHKST01010100: price, limits and standing of an issue on a venue. No bid or ask.
 *
 *     → FID_COND_MRKT_DIV_CODE J (KRX) / NX (NXT) · FID_INPUT_ISCD 005930
 *     ← output { stck_prpr 128500, stck_oprc 128500, stck_hgpr 130000, stck_lwpr 128500, acml_vol 2669075,
 *       acml_tr_pbmn 344570137500, stck_sdpr 128500, stck_mxpr 167000, stck_llam 90000, temp_stop_yn N,
 *       iscd_stat_cls_code 55, vi_cls_code N, sltr_yn N, short_over_yn N, bstp_kor_isnm … }
 *
 * An unknown code is answered with empty fields, not with an error.
 */
import type { VenueName } from '#shared/domain/index.ts';
import type { KisAnswer, KisCall, KisLane } from '../../ports.ts';
import { rowsOf, text, whole } from './fields.ts';

export const INQUIRE_PRICE = 'domestic-stock.inquire-price';
/** iscd_stat_cls_code of an issue whose trading is suspended. */
const SUSPENDED = '58';

/** Won, 0 where there is none. */
export interface PriceFacts {
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly value: number;
  readonly base: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly halted: boolean;
  readonly inVi: boolean;
  /** 정리매매. */
  readonly liquidation: boolean;
}

/** FID_COND_MRKT_DIV_CODE. */
export function divisionOf(venue: VenueName): 'J' | 'NX' {
  return venue === 'NXT' ? 'NX' : 'J';
}

/** The call. */
export function inquirePrice(asked: {
  readonly code: string;
  readonly venue: VenueName;
  readonly lane: KisLane;
}): KisCall {
  const params = { FID_COND_MRKT_DIV_CODE: divisionOf(asked.venue), FID_INPUT_ISCD: asked.code };
  return { api: INQUIRE_PRICE, lane: asked.lane, params };
}

/** What was answered; null: not traded there. */
export function priceFacts(answer: KisAnswer): PriceFacts | null {
  const [row] = rowsOf(answer, 'output');
  if (!row || whole(row, 'stck_sdpr') === 0) return null;
  const volume = whole(row, 'acml_vol');
  const open = whole(row, 'stck_oprc');
  const vi = text(row, 'vi_cls_code').toUpperCase();
  return {
    // Before the first trade the base stands in its place.
    last: volume === 0 && open === 0 ? 0 : whole(row, 'stck_prpr'),
    open,
    high: whole(row, 'stck_hgpr'),
    low: whole(row, 'stck_lwpr'),
    volume,
    value: whole(row, 'acml_tr_pbmn'),
    base: whole(row, 'stck_sdpr'),
    upperLimit: whole(row, 'stck_mxpr'),
    lowerLimit: whole(row, 'stck_llam'),
    halted: text(row, 'temp_stop_yn').toUpperCase() === 'Y' || text(row, 'iscd_stat_cls_code') === SUSPENDED,
    inVi: vi !== '' && vi !== 'N' && vi !== '0',
    liquidation: text(row, 'sltr_yn').toUpperCase() === 'Y',
  };
}
