/**
 * 해외선물 분봉조회 HHDFC55020400 and 해외선물 체결추이(일간) HHDFC55020100: bars of a contract, in pages by the key of the last answer.
 *
 *     → SRS_CD ESZ26 · EXCH_CD CME · START_DATE_TIME "" · CLOSE_DATE_TIME 20261127 · QRY_TP Q · QRY_CNT 120 · QRY_GAP 1 · INDEX_KEY ""
 *     ← output1 [{ data_date 20231208, data_time 202100, open_price 75.41, high_price, low_price, last_price, last_qntt 5, vol 3985 }]
 *     ← output2 { ret_cnt 0120, index_key "20231208       246" }; of days the blocks are the other way round
 */
import { kstInstant, type SessionDate } from '#shared/time/index.ts';
import { dateOf, dateText, instantOf, recordOf, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { ChartBar } from '../../joint/index.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { contracts, quoted } from './figures.ts';

const APIS = {
  minutes: { api: 'overseas-futureoption.inquire-time-futurechartprice', rows: 'output1', head: 'output2' },
  days: { api: 'overseas-futureoption.daily-ccnl', rows: 'output2', head: 'output1' },
} as const;
export type BarKind = keyof typeof APIS;
/** Rows of a page. @source catalogue, QRY_CNT */
const PAGE = 120;

/** The call for a page; `key`: of the answer before, empty for the newest. `date`: up to which, in Korea. */
export function futureBars(
  kind: BarKind,
  about: { readonly code: string; readonly exchange: string; readonly date: SessionDate; readonly key: string },
): KisCall {
  const { code, exchange, date, key } = about;
  return {
    api: APIS[kind].api,
    lane: 'read',
    params: {
      SRS_CD: code,
      EXCH_CD: exchange,
      START_DATE_TIME: '',
      CLOSE_DATE_TIME: dateText(date),
      QRY_TP: key === '' ? 'Q' : 'P',
      QRY_CNT: String(PAGE),
      QRY_GAP: kind === 'minutes' ? '1' : '',
      INDEX_KEY: key,
    },
  };
}

/** The bars of a page in no order, prices in 1/10^8, and the key of the next one; empty: there is none. */
export function futureBarPage(
  kind: BarKind,
  answer: KisAnswer,
  shift: number,
): { readonly bars: readonly ChartBar[]; readonly key: string } {
  const { rows, head } = APIS[kind];
  const bars = rowsOf(answer, rows).flatMap((row): ChartBar[] => {
    const date = dateOf(text(row, 'data_date'));
    const close = quoted(row, 'last_price', shift);
    const openTs = date && (kind === 'days' ? kstInstant(date, 0) : instantOf(date, text(row, 'data_time')));
    if (openTs === null || close <= 0) return [];
    const [open, high, low] = (['open_price', 'high_price', 'low_price'] as const).map((name) =>
      quoted(row, name, shift),
    ) as [number, number, number];
    const prices = open > 0 ? { open, high, low, close } : { open: close, high: close, low: close, close };
    // Of a minute its own contracts are told, of a day all of it.
    return [{ openTs, ...prices, volume: contracts(row, kind === 'days' ? 'vol' : 'last_qntt') }];
  });
  return { bars, key: text(recordOf(answer, head), 'index_key') };
}
