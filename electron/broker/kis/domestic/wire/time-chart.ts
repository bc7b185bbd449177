/**
 * 주식당일분봉조회 FHKST03010200 (30 a page) and 주식일별분봉조회 FHKST03010230 (120 a page): minutes, newest first; the next
 * page is asked for by an earlier time.
 *
 *     → FID_INPUT_ISCD 005930 · FID_INPUT_HOUR_1 100000 · FID_PW_DATA_INCU_YN N [· FID_INPUT_DATE_1 20261123]
 *     ← output2 [{ stck_bsop_date 20261124, stck_cntg_hour 100000, stck_oprc 92400, stck_hgpr 92500, stck_lwpr 92400,
 *       stck_prpr 92500, cntg_vol 1383 }]
 */
import { epochMs, MINUTE_MS, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { dateOf, dateText, instantOf, rowsOf, text, whole } from './fields.ts';

export const TODAY_MINUTES = 'domestic-stock.inquire-time-itemchartprice';
export const DAY_MINUTES = 'domestic-stock.inquire-time-dailychartprice';

/** A candle; prices in won. */
export interface ChartBar {
  readonly openTs: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

interface Asked {
  readonly code: string;
  /** HHMMSS: minutes up to and with it. */
  readonly until: string;
  readonly signal: AbortSignal;
}

/** The call for minutes of the present day. */
export function todayMinutes({ code, until, signal }: Asked): KisCall {
  return {
    api: TODAY_MINUTES,
    lane: 'read',
    signal,
    params: {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: code,
      FID_INPUT_HOUR_1: until,
      FID_PW_DATA_INCU_YN: 'N',
      FID_ETC_CLS_CODE: '',
    },
  };
}

/** The call for minutes of another day. */
export function dayMinutes({ code, until, signal, date }: Asked & { readonly date: SessionDate }): KisCall {
  return {
    api: DAY_MINUTES,
    lane: 'read',
    signal,
    params: {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: code,
      FID_INPUT_HOUR_1: until,
      FID_INPUT_DATE_1: dateText(date),
      FID_PW_DATA_INCU_YN: 'N',
      FID_FAKE_TICK_INCU_YN: '',
    },
  };
}

/** The minutes of a page that belong to the day, newest first. */
export function minuteBars(answer: KisAnswer, date: SessionDate): readonly ChartBar[] {
  return rowsOf(answer, 'output2').flatMap((row) => {
    const at = instantOf(date, text(row, 'stck_cntg_hour'));
    const close = whole(row, 'stck_prpr');
    if (at === null || close === 0 || dateOf(text(row, 'stck_bsop_date')) !== date) return [];
    const [open, high, low] = [whole(row, 'stck_oprc'), whole(row, 'stck_hgpr'), whole(row, 'stck_lwpr')];
    const openTs = epochMs(at - (at % MINUTE_MS));
    return [
      { openTs, open: open || close, high: high || close, low: low || close, close, volume: whole(row, 'cntg_vol') },
    ];
  });
}
