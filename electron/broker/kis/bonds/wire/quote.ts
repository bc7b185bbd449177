/**
 * Prices of listed bonds: 현재가(시세) FHKBJ773400C0, 현재가(호가) FHKBJ773401C0, and the channels 실시간체결가 H0BJCNT0 and
 * 실시간호가 H0BJASP0 with five levels (all real only).
 *
 *     → FID_COND_MRKT_DIV_CODE B · FID_INPUT_ISCD KR6095572D81
 *     ← output { bond_prpr 10265.00, bond_prdy_clpr 10280.00, acml_vol 110000, ernn_rate 4.478, bond_mxpr 13364.00, bond_llam 7196.00 }
 *     ← output { bond_askp1 …, askp_rsqn1, seln_ernn_rate1 … total_askp_rsqn }
 *     H0BJCNT0  KR6095572D81^name^101530^5^-15.00^-0.15^10265.00^1000^…   H0BJASP0  … the fifth level's quantities end in 52 and 53
 */
import { kstDate, type EpochMs } from '#shared/time/index.ts';
import { instantOf, recordOf, text, type AnyRow } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall, KisLane } from '../../ports.ts';
import { bondPrice, faceUnits, yieldPpm } from './amounts.ts';

export const BOND_PRICE = 'domestic-bond.inquire-price';
export const BOND_BOOK = 'domestic-bond.inquire-asking-price';
export const BOND_TRADES_LIVE = 'domestic-bond.bond-ccnl';
export const BOND_BOOK_LIVE = 'domestic-bond.bond-asking-price';

/** Levels a side. */
const LEVELS = 5;

/** A bond's day; prices in 1/100 won, 0: not told. */
export interface BondQuote {
  /** Previous close. */
  readonly base: number;
  /** 0 before the first trade of the day. */
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  /** Units of 1,000 won of face amount. */
  readonly volume: number;
  /** The day's limits (상한가, 하한가). */
  readonly upper: number;
  readonly lower: number;
  /** Yield at the last price in millionths; null: not told. */
  readonly yieldPpm: number | null;
}

/** What a trade tells of the day. */
export type BondDay = Omit<BondQuote, 'upper' | 'lower'>;

export interface BondLevel {
  readonly price: number;
  readonly qty: number;
}

export interface BondBook {
  readonly asks: readonly BondLevel[];
  readonly bids: readonly BondLevel[];
  readonly totalAskQty: number;
  readonly totalBidQty: number;
}

/** One trade, with the day so far. */
export interface BondTrade {
  readonly day: BondDay;
  readonly quantity: number;
  readonly ts: EpochMs | null;
}

const asked = (api: string, code: string, lane: KisLane): KisCall => ({
  api,
  lane,
  params: { FID_COND_MRKT_DIV_CODE: 'B', FID_INPUT_ISCD: code },
});

export const bondPriceCall = (code: string, lane: KisLane = 'read'): KisCall => asked(BOND_PRICE, code, lane);
export const bondBookCall = (code: string, lane: KisLane = 'read'): KisCall => asked(BOND_BOOK, code, lane);

type Names = Readonly<Record<'base' | 'last' | 'open' | 'high' | 'low' | 'volume' | 'yield', string>>;

function dayOf(row: AnyRow, names: Names): BondDay {
  const volume = faceUnits(row, names.volume);
  const base = bondPrice(row, names.base);
  // Before the first trade the broker shows the last price of the day before.
  if (volume === 0) return { base, last: 0, open: 0, high: 0, low: 0, volume, yieldPpm: yieldPpm(row, names.yield) };
  return {
    base,
    last: bondPrice(row, names.last),
    open: bondPrice(row, names.open),
    high: bondPrice(row, names.high),
    low: bondPrice(row, names.low),
    volume,
    yieldPpm: yieldPpm(row, names.yield),
  };
}

const ASKED: Names = {
  base: 'bond_prdy_clpr',
  last: 'bond_prpr',
  open: 'bond_oprc',
  high: 'bond_hgpr',
  low: 'bond_lwpr',
  volume: 'acml_vol',
  yield: 'ernn_rate',
};
const LIVE: Names = {
  base: 'stck_prdy_clpr',
  last: 'stck_prpr',
  open: 'stck_oprc',
  high: 'stck_hgpr',
  low: 'stck_lwpr',
  volume: 'acml_vol',
  yield: 'bond_cntg_ert',
};

/** The day by 현재가(시세). */
export function bondQuote(answer: KisAnswer): BondQuote {
  const row = recordOf(answer, 'output');
  return { ...dayOf(row, ASKED), upper: bondPrice(row, 'bond_mxpr'), lower: bondPrice(row, 'bond_llam') };
}

function levels(row: AnyRow, price: (level: number) => string, qty: (level: number) => string): readonly BondLevel[] {
  return Array.from({ length: LEVELS }, (_, i) => ({
    price: bondPrice(row, price(i + 1)),
    qty: faceUnits(row, qty(i + 1)),
  })).filter((level) => level.price > 0 && level.qty > 0);
}

/** The book by 현재가(호가). */
export function bondBook(answer: KisAnswer): BondBook {
  const row = recordOf(answer, 'output');
  const side = (price: string, qty: string): readonly BondLevel[] =>
    levels(
      row,
      (level) => `${price}${level}`,
      (level) => `${qty}${level}`,
    );
  return {
    asks: side('bond_askp', 'askp_rsqn'),
    bids: side('bond_bidp', 'bidp_rsqn'),
    totalAskQty: faceUnits(row, 'total_askp_rsqn'),
    totalBidQty: faceUnits(row, 'total_bidp_rsqn'),
  };
}

/** The book of a channel's record. @source resources/kis/catalogue.json: the columns of the fifth quantities have a letter more */
export function bondLiveBook(record: AnyRow): BondBook {
  const side = (name: string, fifth: string): readonly BondLevel[] =>
    levels(
      record,
      (level) => `${name}${level}`,
      (level) => (level === LEVELS ? fifth : `${name}_rsqn${level}`),
    );
  return {
    asks: side('askp', 'askp_rsqn52'),
    bids: side('bidp', 'bidp_rsqn53'),
    totalAskQty: faceUnits(record, 'total_askp_rsqn'),
    totalBidQty: faceUnits(record, 'total_bidp_rsqn'),
  };
}

/** A trade of the channel, on the date of the server's clock. */
export function bondLiveTrade(record: AnyRow, now: EpochMs): BondTrade {
  return {
    day: dayOf(record, LIVE),
    quantity: faceUnits(record, 'cntg_vol'),
    ts: instantOf(kstDate(now), text(record, 'stck_cntg_hour')),
  };
}
