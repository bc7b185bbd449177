/**
 * 국내주식기간별시세 FHKST03010100: daily candles with adjusted prices, at most 100 a page, newest first.
 *
 *     → FID_INPUT_DATE_1 20260701 · FID_INPUT_DATE_2 20261123 · FID_PERIOD_DIV_CODE D · FID_ORG_ADJ_PRC 0 (수정주가)
 *     ← output2 [{ stck_bsop_date 20261123, stck_oprc 70000, stck_hgpr 71000, stck_lwpr 69900, stck_clpr 70300, acml_vol 9000000 }]
 */
import type { SessionDate } from '#shared/time/index.ts';
import { epochMs, kstInstant } from '#shared/time/index.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { dateOf, dateText, rowsOf, text, whole } from './fields.ts';
import type { ChartBar } from './time-chart.ts';

export const DAILY_CHART = 'domestic-stock.inquire-daily-itemchartprice';

/** The call for the days of a span. */
export function dailyChart(asked: {
  readonly code: string;
  readonly from: SessionDate;
  readonly to: SessionDate;
  readonly signal: AbortSignal;
}): KisCall {
  const { code, from, to, signal } = asked;
  return {
    api: DAILY_CHART,
    lane: 'read',
    signal,
    params: {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: code,
      FID_INPUT_DATE_1: dateText(from),
      FID_INPUT_DATE_2: dateText(to),
      FID_PERIOD_DIV_CODE: 'D',
      FID_ORG_ADJ_PRC: '0',
    },
  };
}

/** The days of a page with trading in them, newest first; each opens at midnight. */
export function dailyBars(answer: KisAnswer): readonly (ChartBar & { readonly date: SessionDate })[] {
  return rowsOf(answer, 'output2').flatMap((row) => {
    const date = dateOf(text(row, 'stck_bsop_date'));
    const close = whole(row, 'stck_clpr');
    // Pages are filled up with empty rows.
    if (date === null || close === 0) return [];
    const [open, high, low] = [whole(row, 'stck_oprc'), whole(row, 'stck_hgpr'), whole(row, 'stck_lwpr')];
    const openTs = epochMs(kstInstant(date, 0));
    return [
      {
        date,
        openTs,
        open: open || close,
        high: high || close,
        low: low || close,
        close,
        volume: whole(row, 'acml_vol'),
      },
    ];
  });
}
