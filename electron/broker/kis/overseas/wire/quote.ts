/**
 * Prices of American issues: 현재체결가 HHDFS00000300, 현재가상세 HHDFS76200200 and 현재가 1호가 HHDFS76200100 (real only),
 * and the channels 실시간지연체결가 HDFSCNT0, 실시간호가 HDFSASP0 (real only), for America without delay.
 *
 *     → AUTH "" · EXCD NAS · SYMB AAPL
 *     ← output { rsym DNASAAPL, zdiv 4, base 1091.2600, last 1091.2600, tvol 0, tamt 0 }
 *     HDFSCNT0  DNASAAPL^AAPL^4^20240506^20240506^202223^20240507^092223^OPEN^HIGH^LOW^LAST^…^PBID^PASK^VBID^VASK^EVOL^TVOL^TAMT^…
 *     HDFSASP0  RBAQAAPL^AAPL^4^20240506^202223^20240507^092223^1482^381^0^-10^182.8500^182.8700^350^57^0^-10^ … ten levels
 */
import type { Side } from '#shared/domain/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import { dateOf, instantOf, recordOf, text, type AnyRow } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall, KisLane } from '../../ports.ts';
import { dollars, units } from './dollars.ts';
import type { UsSymbol } from './exchange.ts';

export const US_PRICE = 'overseas-stock.price';
export const US_DETAIL = 'overseas-stock.price-detail';
export const US_BOOK = 'overseas-stock.inquire-asking-price';
export const US_TRADES_LIVE = 'overseas-stock.delayed-ccnl';
export const US_BOOK_LIVE = 'overseas-stock.asking-price';
/** Levels a side. */
const LEVELS = 10;

/** What is known of an issue's day; 1/10,000 dollar, 0: not told. */
export interface UsQuote {
  readonly base: number;
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  /** Whole 1/10,000 dollar of the day's turnover. */
  readonly value: number;
}

export interface UsLevel {
  readonly price: number;
  readonly qty: number;
}

export interface UsBook {
  readonly asks: readonly UsLevel[];
  readonly bids: readonly UsLevel[];
}

/** One trade, with the day so far. */
export interface UsTrade {
  readonly quote: Omit<UsQuote, 'base'>;
  readonly bid: UsLevel;
  readonly ask: UsLevel;
  readonly quantity: number;
  readonly aggressor: Side | null;
  readonly ts: EpochMs | null;
}

const asked = (api: string, at: UsSymbol, lane: KisLane): KisCall => ({
  api,
  lane,
  params: { AUTH: '', EXCD: at.quoteCode, SYMB: at.symbol },
});

export const usPrice = (at: UsSymbol, lane: KisLane = 'read'): KisCall => asked(US_PRICE, at, lane);
export const usDetail = (at: UsSymbol, lane: KisLane = 'read'): KisCall => asked(US_DETAIL, at, lane);
export const usBookCall = (at: UsSymbol, lane: KisLane = 'read'): KisCall => asked(US_BOOK, at, lane);

/** The day by 현재체결가, which tells no open, high and low, or by 현재가상세. */
export function usQuote(answer: KisAnswer): UsQuote {
  const row = recordOf(answer, 'output');
  return { base: dollars(row, 'base'), ...dayOf(row, ['open', 'high', 'low', 'last', 'tvol', 'tamt']) };
}

type Names = readonly [open: string, high: string, low: string, last: string, volume: string, value: string];

function dayOf(row: AnyRow, [open, high, low, last, volume, value]: Names): Omit<UsQuote, 'base'> {
  return {
    open: dollars(row, open),
    high: dollars(row, high),
    low: dollars(row, low),
    last: dollars(row, last),
    volume: units(row, volume),
    value: dollars(row, value),
  };
}

function levels(row: AnyRow, names: { readonly price: string; readonly qty: string }): readonly UsLevel[] {
  return Array.from({ length: LEVELS }, (_, i) => ({
    price: dollars(row, `${names.price}${i + 1}`),
    qty: units(row, `${names.qty}${i + 1}`),
  })).filter(({ price, qty }) => price > 0 && qty > 0);
}

/** The book by 현재가 1호가: output2 has one level for most markets and ten for America. */
export function usBook(answer: KisAnswer): UsBook {
  return usBookOf(recordOf(answer, 'output2'), { bid: ['pbid', 'vbid'], ask: ['pask', 'vask'] });
}

/** The book of a channel's record. */
export function usLiveBook(record: AnyRow): UsBook {
  return usBookOf(record, { bid: ['PBID', 'VBID'], ask: ['PASK', 'VASK'] });
}

function usBookOf(
  row: AnyRow,
  names: { readonly bid: readonly [string, string]; readonly ask: readonly [string, string] },
): UsBook {
  const side = ([price, qty]: readonly [string, string]): readonly UsLevel[] => levels(row, { price, qty });
  return { bids: side(names.bid), asks: side(names.ask) };
}

/** A trade of the channel. */
export function usLiveTrade(record: AnyRow): UsTrade {
  const date = dateOf(text(record, 'KYMD'));
  const sold = units(record, 'BIVL');
  const bought = units(record, 'ASVL');
  return {
    quote: dayOf(record, ['OPEN', 'HIGH', 'LOW', 'LAST', 'TVOL', 'TAMT']),
    bid: { price: dollars(record, 'PBID'), qty: units(record, 'VBID') },
    ask: { price: dollars(record, 'PASK'), qty: units(record, 'VASK') },
    quantity: units(record, 'EVOL'),
    aggressor: sold === bought ? null : bought > sold ? 'buy' : 'sell',
    ts: date === null ? null : instantOf(date, text(record, 'KHMS')),
  };
}
