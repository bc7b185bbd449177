/**
 * Prices of futures abroad: 해외선물종목현재가 HHDFC55010000, 해외선물 호가 HHDFC86000000, and the channels of trades HDFFF020 and
 * books HDFFF010. Prices come with their decimals left out (`quoted`).
 *
 *     → SRS_CD ESZ26
 *     ← output1 { last_price 602525, prev_price 600000, sttl_price 600100, open_price, high_price, low_price, vol 1201, bid_price, bid_qntt,
 *       ask_price, ask_qntt, crc_cd USD, tick_size 0.25, trd_to_date 20261218, sbsnsdate 20261127, open_date 20261127, open_time 080000,
 *       close_date 20261128, close_time 070000 }
 *     → SRS_CD ESZ26
 *     ← output2 [{ bid_qntt 12, bid_price 602500, ask_qntt 9, ask_price 602525 }] five levels, best first
 */
import { codeOf, FUTURES_ABROAD_SCALE, futuresProductOf, type InstrumentId } from '#shared/domain/index.ts';
import { scaledFrom } from '#shared/num/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import { dateOf, instantOf, recordOf, rowsOf, text, type AnyRow } from '../../domestic/wire/fields.ts';
import type { KisAnswer, KisCall, KisLane } from '../../ports.ts';
import { contracts, quoted } from './figures.ts';

const PRICE = 'overseas-futureoption.inquire-price';
export const BOOK = 'overseas-futureoption.inquire-asking-price';
export const TRADES_LIVE = 'overseas-futureoption.ccnl';
export const BOOK_LIVE = 'overseas-futureoption.asking-price';
const LEVELS = 5;

export interface FutureLevel {
  /** 1/10^8; 0: none. */
  readonly price: number;
  readonly qty: number;
}

/** The day of a contract; prices in 1/10^8, 0: not told. */
export interface FutureDay {
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  /** Previous settlement, else the previous close. */
  readonly base: number;
  /** The hours of the trading day under way or to come; null: not told. */
  readonly hours: { readonly startTs: EpochMs; readonly endTs: EpochMs } | null;
}

export interface FutureQuote extends FutureDay {
  readonly bid: FutureLevel;
  readonly ask: FutureLevel;
  readonly lastDay: SessionDate | null;
  /** true: currency and tick are those that this product is known by, as far as the broker told them. */
  readonly fits: boolean;
}

export interface FutureBook {
  readonly asks: readonly FutureLevel[];
  readonly bids: readonly FutureLevel[];
  readonly totalAskQty: number;
  readonly totalBidQty: number;
}

export interface FutureTrade {
  readonly day: FutureDay;
  readonly quantity: number;
  readonly aggressor: 'buy' | 'sell' | null;
  readonly ts: EpochMs | null;
}

const asked = (api: string, code: string, lane: KisLane): KisCall => ({ api, lane, params: { SRS_CD: code } });

export const futurePriceCall = (code: string, lane: KisLane = 'read'): KisCall => asked(PRICE, code, lane);
export const futureBookCall = (code: string, lane: KisLane = 'read'): KisCall => asked(BOOK, code, lane);

function hoursOf(row: AnyRow, prefix: '' | 'mrkt_'): FutureDay['hours'] {
  const at = (what: 'open' | 'close'): EpochMs | null => {
    const date = dateOf(text(row, `${prefix}${what}_date`));
    return date && instantOf(date, text(row, `${prefix}${what}_time`));
  };
  const [startTs, endTs] = [at('open'), at('close')];
  return startTs === null || endTs === null || endTs <= startTs ? null : { startTs, endTs };
}

function dayOf(row: AnyRow, shift: number, about: { base: readonly string[]; prefix: '' | 'mrkt_' }): FutureDay {
  const price = (name: string): number => quoted(row, name, shift);
  return {
    last: price('last_price'),
    open: price('open_price'),
    high: price('high_price'),
    low: price('low_price'),
    volume: contracts(row, 'vol'),
    base: about.base.map(price).find((each) => each > 0) ?? 0,
    hours: hoursOf(row, about.prefix),
  };
}

/** Whether currency and tick are those of the product; what the broker does not tell contradicts nothing. */
function fitsProduct(id: InstrumentId, row: AnyRow, shift: number): boolean {
  const product = futuresProductOf(id);
  if (product === null) return false;
  const [currency, size] = [text(row, 'crc_cd'), text(row, 'tick_size')];
  const tick = scaledFrom(product.tick, FUTURES_ABROAD_SCALE);
  // Whether the tick comes with its decimals or without is not documented.
  const sizes = [0, shift].map((places) => scaledFrom(size, FUTURES_ABROAD_SCALE - places, 'halfUp'));
  const isTick = size === '' || !/[1-9]/.test(size) || sizes.includes(tick);
  return (currency === '' || currency === product.currency) && isTick;
}

/** The day by 해외선물종목현재가. */
export function futureQuote(answer: KisAnswer, id: InstrumentId, shift: number): FutureQuote {
  const row = recordOf(answer, 'output1');
  const level = (side: 'bid' | 'ask'): FutureLevel => ({
    price: quoted(row, `${side}_price`, shift),
    qty: contracts(row, `${side}_qntt`),
  });
  return {
    ...dayOf(row, shift, { base: ['sttl_price', 'prev_price'], prefix: '' }),
    bid: level('bid'),
    ask: level('ask'),
    lastDay: dateOf(text(row, 'trd_to_date')),
    fits: fitsProduct(id, row, shift),
  };
}

function bookOf(levels: readonly { readonly bid: FutureLevel; readonly ask: FutureLevel }[]): FutureBook {
  const side = (name: 'bid' | 'ask'): readonly FutureLevel[] =>
    levels.map((level) => level[name]).filter(({ price, qty }) => price > 0 && qty > 0);
  const sum = (each: readonly FutureLevel[]): number => each.reduce((total, { qty }) => total + qty, 0);
  const [asks, bids] = [side('ask'), side('bid')];
  return { asks, bids, totalAskQty: sum(asks), totalBidQty: sum(bids) };
}

/** The book by 해외선물 호가. */
export function futureBook(answer: KisAnswer, shift: number): FutureBook {
  return bookOf(
    rowsOf(answer, 'output2').map((row) => ({
      bid: { price: quoted(row, 'bid_price', shift), qty: contracts(row, 'bid_qntt') },
      ask: { price: quoted(row, 'ask_price', shift), qty: contracts(row, 'ask_qntt') },
    })),
  );
}

/** The book of a channel's record. */
export function futureLiveBook(row: AnyRow, shift: number): FutureBook {
  const at = (side: 'bid' | 'ask', level: number): FutureLevel => ({
    price: quoted(row, `${side}_price_${level}`, shift),
    qty: contracts(row, `${side}_qntt_${level}`),
  });
  return bookOf(
    Array.from({ length: LEVELS }, (_, place) => ({ bid: at('bid', place + 1), ask: at('ask', place + 1) })),
  );
}

/** A trade of a channel's record. */
export function futureLiveTrade(row: AnyRow, shift: number): FutureTrade {
  const date = dateOf(text(row, 'recv_date'));
  const side = text(row, 'quotsign');
  return {
    day: dayOf(row, shift, { base: ['psttl_price', 'prev_price'], prefix: 'mrkt_' }),
    quantity: contracts(row, 'last_qntt'),
    aggressor: side === '2' ? 'buy' : side === '5' ? 'sell' : null,
    ts: date && instantOf(date, text(row, 'recv_time')),
  };
}

/** The series code of an id. */
export const seriesOf = (id: InstrumentId): string => codeOf(id);
