/** Whether a screen would see a difference between two values. */
import type { Candle, OrderBook, Quote } from '#shared/domain/index.ts';

/** For values that are only made when they have changed. */
export const never = (): boolean => false;

/** Quotes that look the same; open, high, low and value move with the volume. */
export function sameQuote(a: Quote, b: Quote): boolean {
  return (
    a.last === b.last &&
    a.volume === b.volume &&
    a.bid === b.bid &&
    a.bidQty === b.bidQty &&
    a.ask === b.ask &&
    a.askQty === b.askQty &&
    a.phase === b.phase &&
    a.sessionDate === b.sessionDate
  );
}

function sameLevels(a: OrderBook['asks'], b: OrderBook['asks']): boolean {
  return a.length === b.length && a.every((level, i) => level.price === b[i]?.price && level.qty === b[i].qty);
}

/** Books with the same levels, totals and expected match. */
export function sameBook(a: OrderBook, b: OrderBook): boolean {
  return (
    a.totalAskQty === b.totalAskQty &&
    a.totalBidQty === b.totalBidQty &&
    a.expected?.price === b.expected?.price &&
    a.expected?.qty === b.expected?.qty &&
    sameLevels(a.asks, b.asks) &&
    sameLevels(a.bids, b.bids)
  );
}

/** The same candle, no further traded and no more final. */
export function sameCandle(a: Candle, b: Candle): boolean {
  return a.openTs === b.openTs && a.volume === b.volume && a.close === b.close && a.closed === b.closed;
}
