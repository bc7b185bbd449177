/** Whether a screen would see a difference between two values. */
import type { Candle, Interruption, MarketState, NxtQuote, OrderBook, Quote } from '#shared/domain/index.ts';

/** For values that are only made when they have changed. */
export const never = (): boolean => false;

function sameInterruption(a: Interruption | null, b: Interruption | null): boolean {
  return a?.kind === b?.kind && a?.sinceTs === b?.sinceTs && a?.untilTs === b?.untilTs && a?.note === b?.note;
}

function sameNxt(a: NxtQuote | null, b: NxtQuote | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.last === b.last &&
    a.volume === b.volume &&
    a.bid === b.bid &&
    a.bidQty === b.bidQty &&
    a.ask === b.ask &&
    a.askQty === b.askQty &&
    a.phase === b.phase &&
    sameInterruption(a.interruption, b.interruption)
  );
}

/** Quotes that look the same; open, high, low and value move with the volume, the limits with the base. */
export function sameQuote(a: Quote, b: Quote): boolean {
  return (
    a.last === b.last &&
    a.volume === b.volume &&
    a.bid === b.bid &&
    a.bidQty === b.bidQty &&
    a.ask === b.ask &&
    a.askQty === b.askQty &&
    a.phase === b.phase &&
    a.close === b.close &&
    a.base === b.base &&
    a.lotSize === b.lotSize &&
    a.viUp === b.viUp &&
    a.viDown === b.viDown &&
    a.sessionDate === b.sessionDate &&
    sameInterruption(a.interruption, b.interruption) &&
    sameNxt(a.nxt, b.nxt)
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

/** Market states that look the same. */
export function sameState(a: MarketState, b: MarketState): boolean {
  return (
    a.indexChangePpm === b.indexChangePpm &&
    a.breaker?.level === b.breaker?.level &&
    a.breaker?.untilTs === b.breaker?.untilTs &&
    a.breakersUsed.length === b.breakersUsed.length &&
    a.sidecar?.side === b.sidecar?.side &&
    a.sidecar?.untilTs === b.sidecar?.untilTs
  );
}

/** The same candle, no further traded and no more final. */
export function sameCandle(a: Candle, b: Candle): boolean {
  return a.openTs === b.openTs && a.volume === b.volume && a.close === b.close && a.closed === b.closed;
}
