/**
 * Prices of foreign issues: 현재체결가 HHDFS00000300, 현재가상세 HHDFS76200200 and 현재가 1호가 HHDFS76200100 (real only),
 * and the channels 실시간지연체결가 HDFSCNT0, 실시간호가 HDFSASP0 and 지연호가(아시아) HDFSASP1 with one level (real only): for
 * America without delay, for Asia a quarter of an hour late.
 *
 *     → AUTH "" · EXCD NAS · SYMB AAPL
 *     ← output { rsym DNASAAPL, zdiv 4, base 1091.2600, last 1091.2600, tvol 0, tamt 0 }
 *     HDFSCNT0  DNASAAPL^AAPL^4^20240506^20240506^202223^20240507^092223^OPEN^HIGH^LOW^LAST^…^PBID^PASK^VBID^VASK^EVOL^TVOL^TAMT^…
 *     HDFSASP0  RBAQAAPL^AAPL^4^20240506^202223^20240507^092223^1482^381^0^-10^182.8500^182.8700^350^57^0^-10^ … ten levels
 */
import { foreignCurrencyOf, type Side } from '#shared/domain/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import { dateOf, instantOf, recordOf, text, type AnyRow } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall, KisLane } from '../../ports.ts';
import { amount, turnover, units } from './amounts.ts';
import type { ForeignSymbol } from './exchange.ts';

export const FOREIGN_PRICE = 'overseas-stock.price';
export const FOREIGN_DETAIL = 'overseas-stock.price-detail';
export const FOREIGN_BOOK = 'overseas-stock.inquire-asking-price';
export const FOREIGN_TRADES_LIVE = 'overseas-stock.delayed-ccnl';
const BOOK_LIVE = 'overseas-stock.asking-price';
const BOOK_LIVE_ASIA = 'overseas-stock.delayed-asking-price-asia';

/** The channel of an issue's book. */
export function foreignBookLive({ exchange }: ForeignSymbol): string {
  return foreignCurrencyOf(exchange) === 'USD' ? BOOK_LIVE : BOOK_LIVE_ASIA;
}

/** true for a channel that carries books. */
export function isBookLive(api: string): boolean {
  return api === BOOK_LIVE || api === BOOK_LIVE_ASIA;
}

/** Levels a side. */
const LEVELS = 10;

/** What is known of an issue's day; 1/10,000 of the currency, 0: not told. */
export interface ForeignQuote {
  readonly base: number;
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  /** The day's turnover. */
  readonly value: number;
  /** The day's limits (상한가, 하한가). */
  readonly upper: number;
  readonly lower: number;
  /** Units of a purchase (매매단위). */
  readonly lot: number;
}

/** What a trade tells of the day. */
type Day = Omit<ForeignQuote, 'base' | 'upper' | 'lower' | 'lot'>;

export interface ForeignLevel {
  readonly price: number;
  readonly qty: number;
}

export interface ForeignBook {
  readonly asks: readonly ForeignLevel[];
  readonly bids: readonly ForeignLevel[];
}

/** One trade, with the day so far. */
export interface ForeignTrade {
  readonly quote: Day;
  readonly bid: ForeignLevel;
  readonly ask: ForeignLevel;
  readonly quantity: number;
  readonly aggressor: Side | null;
  readonly ts: EpochMs | null;
}

const asked = (api: string, at: ForeignSymbol, lane: KisLane): KisCall => ({
  api,
  lane,
  params: { AUTH: '', EXCD: at.quoteCode, SYMB: at.symbol },
});

export const foreignPrice = (at: ForeignSymbol, lane: KisLane = 'read'): KisCall => asked(FOREIGN_PRICE, at, lane);
export const foreignDetail = (at: ForeignSymbol, lane: KisLane = 'read'): KisCall => asked(FOREIGN_DETAIL, at, lane);
export const foreignBookCall = (at: ForeignSymbol, lane: KisLane = 'read'): KisCall => asked(FOREIGN_BOOK, at, lane);

/** The day by 현재체결가, which tells no open, high and low, or by 현재가상세. */
export function foreignQuote(answer: KisAnswer): ForeignQuote {
  const row = recordOf(answer, 'output');
  return {
    base: amount(row, 'base'),
    upper: amount(row, 'uplp'),
    lower: amount(row, 'dnlp'),
    lot: units(row, 'vnit'),
    ...dayOf(row, ['open', 'high', 'low', 'last', 'tvol', 'tamt']),
  };
}

type Names = readonly [open: string, high: string, low: string, last: string, volume: string, value: string];

function dayOf(row: AnyRow, [open, high, low, last, volume, value]: Names): Day {
  return {
    open: amount(row, open),
    high: amount(row, high),
    low: amount(row, low),
    last: amount(row, last),
    volume: units(row, volume),
    value: turnover(row, value),
  };
}

function levels(row: AnyRow, names: { readonly price: string; readonly qty: string }): readonly ForeignLevel[] {
  return Array.from({ length: LEVELS }, (_, i) => ({
    price: amount(row, `${names.price}${i + 1}`),
    qty: units(row, `${names.qty}${i + 1}`),
  })).filter(({ price, qty }) => price > 0 && qty > 0);
}

/** The book by 현재가 1호가: output2 has one level for most markets and ten for America. */
export function foreignBook(answer: KisAnswer): ForeignBook {
  return foreignBookOf(recordOf(answer, 'output2'), { bid: ['pbid', 'vbid'], ask: ['pask', 'vask'] });
}

/** The book of a channel's record; Asia's columns have other letters. */
export function foreignLiveBook(record: AnyRow): ForeignBook {
  if ('pbid1' in record) return foreignBookOf(record, { bid: ['pbid', 'vbid'], ask: ['pask', 'vask'] });
  return foreignBookOf(record, { bid: ['PBID', 'VBID'], ask: ['PASK', 'VASK'] });
}

function foreignBookOf(
  row: AnyRow,
  names: { readonly bid: readonly [string, string]; readonly ask: readonly [string, string] },
): ForeignBook {
  const side = ([price, qty]: readonly [string, string]): readonly ForeignLevel[] => levels(row, { price, qty });
  return { bids: side(names.bid), asks: side(names.ask) };
}

/** A trade of the channel. */
export function foreignLiveTrade(record: AnyRow): ForeignTrade {
  const date = dateOf(text(record, 'KYMD'));
  const sold = units(record, 'BIVL');
  const bought = units(record, 'ASVL');
  return {
    quote: dayOf(record, ['OPEN', 'HIGH', 'LOW', 'LAST', 'TVOL', 'TAMT']),
    bid: { price: amount(record, 'PBID'), qty: units(record, 'VBID') },
    ask: { price: amount(record, 'PASK'), qty: units(record, 'VASK') },
    quantity: units(record, 'EVOL'),
    aggressor: sold === bought ? null : bought > sold ? 'buy' : 'sell',
    ts: date === null ? null : instantOf(date, text(record, 'KHMS')),
  };
}
