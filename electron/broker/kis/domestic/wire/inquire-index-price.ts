/**
 * 국내업종 현재지수 FHPUP02100000, real only: a market's index.
 *
 *     → FID_COND_MRKT_DIV_CODE U · FID_INPUT_ISCD 0001 (KOSPI) / 1001 (KOSDAQ)
 *     ← output { bstp_nmix_prpr 2484.64, bstp_nmix_prdy_ctrt -0.26, prdy_vrss_sign 5 … }
 */
import type { KisAnswer, KisCall } from '../../ports.ts';
import { recordOf, text } from './fields.ts';

export const INDEX_PRICE = 'domestic-stock.inquire-index-price';
const CODES = { KOSPI: '0001', KOSDAQ: '1001' } as const;
const PPM_OF_PERCENT = 10_000;

/** The call. */
export function indexPrice(market: keyof typeof CODES): KisCall {
  return {
    api: INDEX_PRICE,
    lane: 'background',
    params: { FID_COND_MRKT_DIV_CODE: 'U', FID_INPUT_ISCD: CODES[market] },
  };
}

/** Change from the previous close in parts per million; null: not told. */
export function indexChangePpm(answer: KisAnswer): number | null {
  const told = text(recordOf(answer, 'output'), 'bstp_nmix_prdy_ctrt');
  const percent = Number(told);
  return told === '' || !Number.isFinite(percent) ? null : Math.round(percent * PPM_OF_PERCENT);
}
