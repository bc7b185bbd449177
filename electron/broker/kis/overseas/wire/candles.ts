/**
 * Candles of foreign issues: 기간별시세 HHDFS76240000 by the day, 해외주식분봉조회 HHDFS76950200 by the minute (real only).
 *
 *     → EXCD NAS · SYMB AAPL · GUBN 0 · BYMD "" · MODP 1        ← output2 [{ xymd 20220406, open 1073.4700, … clos, tvol }] newest first
 *     → EXCD NAS · SYMB AAPL · NMIN 1 · PINC 1 · NEXT "" / 1 · NREC 120 · FILL "" · KEYB "" / 20240222155500
 *     ← output2 [{ xymd 20240222, xhms 160000, kymd 20240223, khms 060000, open 197.3400, …, last, evol }] newest first
 */
import { kstInstant, type EpochMs } from '#shared/time/index.ts';
import { dateOf, instantOf, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { amount, units } from './amounts.ts';
import type { ForeignSymbol } from './exchange.ts';

export const FOREIGN_DAILY = 'overseas-stock.dailyprice';
export const FOREIGN_MINUTES = 'overseas-stock.inquire-time-itemchartprice';
/** Rows of a page. */
const MINUTE_ROWS = 120;

/** A candle; prices in 1/10,000 of the currency. */
export interface ForeignBar {
  readonly openTs: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The call for days up to and with `until` ("YYYYMMDD"; empty: up to now). */
export function foreignDaily(at: ForeignSymbol, until: string): KisCall {
  return {
    api: FOREIGN_DAILY,
    lane: 'read',
    params: { AUTH: '', EXCD: at.quoteCode, SYMB: at.symbol, GUBN: '0', BYMD: until, MODP: '1' },
  };
}

/** The call for minutes; `before`: "YYYYMMDDHHMMSS" there, of the newest wanted; empty: the newest there are. */
export function foreignMinutes(at: ForeignSymbol, before: string): KisCall {
  return {
    api: FOREIGN_MINUTES,
    lane: 'read',
    params: {
      AUTH: '',
      EXCD: at.quoteCode,
      SYMB: at.symbol,
      NMIN: '1',
      PINC: '1',
      NEXT: before === '' ? '' : '1',
      NREC: String(MINUTE_ROWS),
      FILL: '',
      KEYB: before,
    },
  };
}

/** The days of a page, newest first as they come; each with its date there. */
export function foreignDailyBars(answer: KisAnswer): readonly (ForeignBar & { readonly date: string })[] {
  return rowsOf(answer, 'output2').flatMap((row) => {
    const date = dateOf(text(row, 'xymd'));
    const close = amount(row, 'clos');
    if (date === null || close <= 0) return [];
    const [open, high, low] = [amount(row, 'open'), amount(row, 'high'), amount(row, 'low')];
    // A day without trades has a close only.
    const prices = open > 0 ? { open, high, low, close } : { open: close, high: close, low: close, close };
    return [{ date: text(row, 'xymd'), openTs: kstInstant(date, 0), ...prices, volume: units(row, 'tvol') }];
  });
}

/** The minutes of a page, newest first as they come; each with its key there. */
export function foreignMinuteBars(answer: KisAnswer): readonly (ForeignBar & { readonly key: string })[] {
  return rowsOf(answer, 'output2').flatMap((row) => {
    const date = dateOf(text(row, 'kymd'));
    const openTs = date === null ? null : instantOf(date, text(row, 'khms'));
    const close = amount(row, 'last');
    if (openTs === null || close <= 0) return [];
    const [open, high, low] = [amount(row, 'open'), amount(row, 'high'), amount(row, 'low')];
    const key = text(row, 'xymd') + text(row, 'xhms').padStart(6, '0');
    return [{ key, openTs, open, high, low, close, volume: units(row, 'evol') }];
  });
}
