/**
 * 장내채권현재가(일별) FHKBJ773404C0: the newest hundred days of a bond; no chart by the minute is offered.
 *
 *     → FID_COND_MRKT_DIV_CODE B · FID_INPUT_ISCD KR6095572D81
 *     ← output [{ stck_bsop_date 20251114, bond_prpr 10265.00, acml_vol 110000, bond_oprc, bond_hgpr, bond_lwpr }] newest first
 */
import { kstInstant, type EpochMs } from '#shared/time/index.ts';
import { dateOf, rowsOf, text } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall } from '../../ports.ts';
import { bondPrice, faceUnits } from './amounts.ts';

const BOND_DAYS = 'domestic-bond.inquire-daily-price';

/** A day; prices in 1/100 won. */
export interface BondBar {
  readonly openTs: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The call for the newest days. */
export function bondDays(code: string): KisCall {
  return { api: BOND_DAYS, lane: 'read', params: { FID_COND_MRKT_DIV_CODE: 'B', FID_INPUT_ISCD: code } };
}

/** The days, oldest first; one without trades has a close only. */
export function bondBars(answer: KisAnswer): readonly BondBar[] {
  const bars = new Map<number, BondBar>();
  for (const row of rowsOf(answer, 'output')) {
    const date = dateOf(text(row, 'stck_bsop_date'));
    const close = bondPrice(row, 'bond_prpr');
    if (date === null || close <= 0) continue;
    const [open, high, low] = [bondPrice(row, 'bond_oprc'), bondPrice(row, 'bond_hgpr'), bondPrice(row, 'bond_lwpr')];
    const prices = open > 0 ? { open, high, low, close } : { open: close, high: close, low: close, close };
    const openTs = kstInstant(date, 0);
    bars.set(openTs, { openTs, ...prices, volume: faceUnits(row, 'acml_vol') });
  }
  return [...bars.values()].sort((a, b) => a.openTs - b.openTs);
}
