/**
 * Candles of futures and options: 기간별시세 FHKIF03020100 by the day, 분봉조회 FHKIF03020200 by the minute (real only).
 *
 *     → FID_COND_MRKT_DIV_CODE F · FID_INPUT_ISCD 101W09 · FID_INPUT_DATE_1 20250301 · FID_INPUT_DATE_2 20250810 · FID_PERIOD_DIV_CODE D
 *     ← output2 [{ stck_bsop_date 20250808, futs_oprc 430.00, futs_hgpr 433.10, futs_lwpr 429.00, futs_prpr 432.05, acml_vol 190000 }]
 *     → … FID_HOUR_CLS_CODE 60 · FID_PW_DATA_INCU_YN Y · FID_FAKE_TICK_INCU_YN N · FID_INPUT_DATE_1 20230901 · FID_INPUT_HOUR_1 100000
 *     ← output2 [{ stck_bsop_date 20230901, stck_cntg_hour 095900, futs_oprc …, cntg_vol 812 }] both newest first
 */
import { kstInstant, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import { dateOf, dateText, instantOf, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall, KisRow } from '../../ports.ts';
import { points, whole } from './figures.ts';
import type { Contract } from './names.ts';

export const DERIVATIVE_DAYS = 'domestic-futureoption.inquire-daily-fuopchartprice';
export const DERIVATIVE_MINUTES = 'domestic-futureoption.inquire-time-fuopchartprice';

/** A candle; prices in 1/100. */
export interface DerivativeBar {
  readonly date: SessionDate;
  readonly openTs: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The call for the days of a span. */
export function derivativeDays(at: Contract, span: { readonly from: SessionDate; readonly to: SessionDate }): KisCall {
  return {
    api: DERIVATIVE_DAYS,
    lane: 'read',
    params: {
      FID_COND_MRKT_DIV_CODE: at.division,
      FID_INPUT_ISCD: at.code,
      FID_INPUT_DATE_1: dateText(span.from),
      FID_INPUT_DATE_2: dateText(span.to),
      FID_PERIOD_DIV_CODE: 'D',
    },
  };
}

/** The call for minutes up to and with a time of a day, "HHMMSS". */
export function derivativeMinutes(at: Contract, until: { readonly date: SessionDate; readonly time: string }): KisCall {
  return {
    api: DERIVATIVE_MINUTES,
    lane: 'read',
    params: {
      FID_COND_MRKT_DIV_CODE: at.division,
      FID_INPUT_ISCD: at.code,
      FID_HOUR_CLS_CODE: '60',
      FID_PW_DATA_INCU_YN: 'Y',
      FID_FAKE_TICK_INCU_YN: 'N',
      FID_INPUT_DATE_1: dateText(until.date),
      FID_INPUT_HOUR_1: until.time,
    },
  };
}

function barOf(row: KisRow, volume: string): Omit<DerivativeBar, 'date' | 'openTs'> | null {
  const close = points(row, 'futs_prpr');
  if (close <= 0) return null;
  const [open, high, low] = [points(row, 'futs_oprc'), points(row, 'futs_hgpr'), points(row, 'futs_lwpr')];
  // A day without trades has a close only.
  const prices = open > 0 ? { open, high, low, close } : { open: close, high: close, low: close, close };
  return { ...prices, volume: whole(row, volume) };
}

/** The days of a page, newest first as they come. */
export function derivativeDayBars(answer: KisAnswer): readonly DerivativeBar[] {
  return rowsOf(answer, 'output2').flatMap((row) => {
    const date = dateOf(text(row, 'stck_bsop_date'));
    const bar = barOf(row, 'acml_vol');
    return date === null || bar === null ? [] : [{ ...bar, date, openTs: kstInstant(date, 0) }];
  });
}

/** The minutes of a page, newest first as they come. */
export function derivativeMinuteBars(answer: KisAnswer): readonly DerivativeBar[] {
  return rowsOf(answer, 'output2').flatMap((row) => {
    const date = dateOf(text(row, 'stck_bsop_date'));
    const openTs = date && instantOf(date, text(row, 'stck_cntg_hour'));
    const bar = barOf(row, 'cntg_vol');
    return date === null || openTs === null || bar === null ? [] : [{ ...bar, date, openTs }];
  });
}
