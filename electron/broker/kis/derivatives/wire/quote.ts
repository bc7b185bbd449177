/**
 * Prices of futures and options: 선물옵션 시세 FHMIF10000000 and 시세호가 FHMIF10010000, and the channels of trades and books
 * (real only), whose columns are named futs_… of an index future, optn_… of an option and stck_… or nothing of a stock future.
 *
 *     → FID_COND_MRKT_DIV_CODE F · FID_INPUT_ISCD 101S09
 *     ← output1 { hts_kor_isnm F 202203, futs_prpr 395.00, futs_sdpr 388.30, futs_mxpr 419.35, futs_llam 357.25, futs_oprc 391.05,
 *       futs_hgpr 395.15, futs_lwpr 391.00, acml_vol 220924, acml_tr_pbmn 21741293338, futs_last_tr_date 20220310, acpr "" }
 *     ← output2 { futs_askp1 395.05, askp_rsqn1 12, futs_bidp1 395.00, bidp_rsqn1 20, … five levels }
 */
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import { dateOf, instantOf, recordOf, text, type AnyRow } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall, KisLane } from '../../ports.ts';
import { points, whole } from './figures.ts';
import type { Contract } from './names.ts';

export const DERIVATIVE_PRICE = 'domestic-futureoption.inquire-price';
export const DERIVATIVE_BOOK = 'domestic-futureoption.inquire-asking-price';

/** The turnover is told in thousands of won. @source sample: 220,924 contracts of about 98 million won are 21,741,293,338 */
const TURNOVER_WON = 1_000;
/** Levels of the longest book: ten of a stock future, five of everything else. */
const LEVELS = 10;

/** The day of a contract; prices in 1/100, 0: not told. */
export interface DerivativeDay {
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  /** Won. */
  readonly value: number;
  /** The limits in force now (실시간 가격제한): they widen in steps. */
  readonly upper: number;
  readonly lower: number;
}

export interface DerivativeQuote extends DerivativeDay {
  /** 기준가. */
  readonly base: number;
  /** What the broker knows of the contract itself; empty or null: not told. */
  readonly nameKo: string;
  readonly lastDay: SessionDate | null;
  readonly strike: number;
}

export interface DerivativeLevel {
  readonly price: number;
  readonly qty: number;
}

export interface DerivativeBook {
  readonly asks: readonly DerivativeLevel[];
  readonly bids: readonly DerivativeLevel[];
  readonly totalAskQty: number;
  readonly totalBidQty: number;
}

export interface DerivativeTrade {
  readonly day: DerivativeDay;
  readonly bid: DerivativeLevel;
  readonly ask: DerivativeLevel;
  readonly quantity: number;
  /** Contracts that buyers and sellers have taken so far today; who of them took this one shows in the change. */
  readonly bought: number;
  readonly sold: number;
  readonly ts: EpochMs | null;
}

const asked = (api: string, at: Contract, lane: KisLane): KisCall => ({
  api,
  lane,
  params: { FID_COND_MRKT_DIV_CODE: at.division, FID_INPUT_ISCD: at.code },
});

export const derivativePrice = (at: Contract, lane: KisLane = 'read'): KisCall => asked(DERIVATIVE_PRICE, at, lane);
export const derivativeBookCall = (at: Contract, lane: KisLane = 'read'): KisCall => asked(DERIVATIVE_BOOK, at, lane);

/** The day by 선물옵션 시세. */
export function derivativeQuote(answer: KisAnswer): DerivativeQuote {
  const row = recordOf(answer, 'output1');
  return {
    last: points(row, 'futs_prpr'),
    open: points(row, 'futs_oprc'),
    high: points(row, 'futs_hgpr'),
    low: points(row, 'futs_lwpr'),
    volume: whole(row, 'acml_vol'),
    value: whole(row, 'acml_tr_pbmn') * TURNOVER_WON,
    upper: points(row, 'futs_mxpr'),
    lower: points(row, 'futs_llam'),
    base: points(row, 'futs_sdpr') || points(row, 'futs_prdy_clpr'),
    nameKo: text(row, 'hts_kor_isnm'),
    lastDay: dateOf(text(row, 'futs_last_tr_date')),
    strike: points(row, 'acpr'),
  };
}

/** The first of several columns that the row has. */
function named(row: AnyRow, names: readonly string[]): string {
  return names.find((name) => text(row, name) !== '') ?? (names[0] as string);
}

function levels(row: AnyRow, side: 'ask' | 'bid'): readonly DerivativeLevel[] {
  return Array.from({ length: LEVELS }, (_, at) => ({
    price: points(row, named(row, [`futs_${side}p${at + 1}`, `optn_${side}p${at + 1}`, `${side}p${at + 1}`])),
    qty: whole(row, `${side}p_rsqn${at + 1}`),
  })).filter(({ price, qty }) => price > 0 && qty > 0);
}

function bookOf(row: AnyRow): DerivativeBook {
  return {
    asks: levels(row, 'ask'),
    bids: levels(row, 'bid'),
    totalAskQty: whole(row, 'total_askp_rsqn'),
    totalBidQty: whole(row, 'total_bidp_rsqn'),
  };
}

/** The book by 시세호가. */
export function derivativeBook(answer: KisAnswer): DerivativeBook {
  return bookOf(recordOf(answer, 'output2'));
}

/** The book of a channel's record. */
export const derivativeLiveBook = (record: AnyRow): DerivativeBook => bookOf(record);

/** A trade of a channel's record; `date`: the session it belongs to. */
export function derivativeLiveTrade(record: AnyRow, date: SessionDate): DerivativeTrade {
  const price = (what: string): number => {
    const stock = what === 'prpr' || /^[ohl]/.test(what) ? [`stck_${what}`] : [];
    return points(record, named(record, [`futs_${what}`, `optn_${what}`, ...stock, what]));
  };
  return {
    day: {
      last: price('prpr'),
      open: price('oprc'),
      high: price('hgpr'),
      low: price('lwpr'),
      volume: whole(record, 'acml_vol'),
      value: whole(record, 'acml_tr_pbmn') * TURNOVER_WON,
      upper: points(record, 'dynm_mxpr'),
      lower: points(record, 'dynm_llam'),
    },
    bid: { price: price('bidp1'), qty: whole(record, 'bidp_rsqn1') },
    ask: { price: price('askp1'), qty: whole(record, 'askp_rsqn1') },
    quantity: whole(record, 'last_cnqn'),
    bought: whole(record, 'shnu_cntg_smtn'),
    sold: whole(record, 'seln_cntg_smtn'),
    ts: instantOf(date, text(record, 'bsop_hour')),
  };
}
