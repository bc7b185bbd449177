/**
 * 주식현재가 호가/예상체결 FHKST01010200: ten levels a side, and the expected price while an auction collects.
 *
 *     → FID_COND_MRKT_DIV_CODE J / NX · FID_INPUT_ISCD 005930
 *     ← output1 { askp1 71900 … askp10, askp_rsqn1 91918 …, bidp1 71800 …, bidp_rsqn1 95221 …, total_askp_rsqn 1159362,
 *       total_bidp_rsqn 2095167 } output2 { antc_cnpr 0, antc_vol 0, … }
 */
import type { VenueName } from '#shared/domain/index.ts';
import type { KisAnswer, KisCall, KisLane } from '../../ports.ts';
import { rowsOf, whole, type AnyRow } from './fields.ts';
import { divisionOf } from './inquire-price.ts';

export const ASKING_PRICE = 'domestic-stock.inquire-asking-price-exp-ccn';

export interface LevelFacts {
  readonly price: number;
  readonly qty: number;
}

/** Levels best first. */
export interface DepthFacts {
  readonly asks: readonly LevelFacts[];
  readonly bids: readonly LevelFacts[];
  readonly totalAskQty: number;
  readonly totalBidQty: number;
  /** null: no auction collects, or it has no price yet. */
  readonly expected: LevelFacts | null;
}

const LEVELS = Array.from({ length: 10 }, (_, at) => at + 1);

/** The call. */
export function askingPrice(asked: {
  readonly code: string;
  readonly venue: VenueName;
  readonly lane: KisLane;
}): KisCall {
  const params = { FID_COND_MRKT_DIV_CODE: divisionOf(asked.venue), FID_INPUT_ISCD: asked.code };
  return { api: ASKING_PRICE, lane: asked.lane, params };
}

/** Levels of a side under the names that calls and channels share. */
export function levelsOf(row: AnyRow, side: 'askp' | 'bidp'): readonly LevelFacts[] {
  return LEVELS.map((level) => ({
    price: whole(row, `${side}${level}`),
    qty: whole(row, `${side}_rsqn${level}`),
  })).filter(({ price, qty }) => price > 0 && qty > 0);
}

/** What was answered; null: not traded there. */
export function askingFacts(answer: KisAnswer): DepthFacts | null {
  const [row] = rowsOf(answer, 'output1');
  if (!row || Object.keys(row).length === 0) return null;
  const expected = rowsOf(answer, 'output2')[0] ?? {};
  const [price, qty] = [whole(expected, 'antc_cnpr'), whole(expected, 'antc_vol')];
  return {
    asks: levelsOf(row, 'askp'),
    bids: levelsOf(row, 'bidp'),
    totalAskQty: whole(row, 'total_askp_rsqn'),
    totalBidQty: whole(row, 'total_bidp_rsqn'),
    expected: price > 0 && qty > 0 ? { price, qty } : null,
  };
}
