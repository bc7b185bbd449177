/** Quotes and books as the screens see them, made from the figures of the feed. */
import {
  foreignExchangeOf,
  type InstrumentId,
  type NxtQuote,
  type OrderBook,
  type Quote,
  type VenueName,
} from '#shared/domain/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import { orNull } from './facts.ts';
import type { Feed } from './feed.ts';
import { foreignMoment } from './foreign-facts.ts';

function nxtQuote(feed: Feed, id: InstrumentId): NxtQuote | null {
  const issue = feed.issue(id, 'NXT');
  if (!issue) return null;
  return {
    phase: issue.phase,
    interruption: issue.interruption,
    last: orNull(issue.last),
    volume: issue.volume,
    value: issue.value,
    bid: orNull(issue.bestBid),
    bidQty: issue.bestBidQty,
    ask: orNull(issue.bestAsk),
    askQty: issue.bestAskQty,
  };
}

/** The quote of an issue now; undefined outside the running market. */
export function quoteOf(feed: Feed, id: InstrumentId, receivedTs: EpochMs): Quote | undefined {
  const issue = feed.issue(id);
  if (!issue) return undefined;
  const { sessionDate: koreanDate, exchangeTs } = feed.session();
  const sessionDate =
    foreignExchangeOf(id) === null ? (issue.sessionDate ?? koreanDate) : foreignMoment({ id }, exchangeTs).date;
  return {
    instrumentId: id,
    sessionDate,
    phase: issue.phase,
    interruption: issue.interruption,
    nxt: nxtQuote(feed, id),
    close: orNull(issue.close),
    viUp: orNull(issue.viUp),
    viDown: orNull(issue.viDown),
    base: issue.basePrice,
    upperLimit: issue.upperLimit,
    lowerLimit: issue.lowerLimit,
    ...(issue.lotSize === undefined ? {} : { lotSize: issue.lotSize }),
    last: orNull(issue.last),
    open: orNull(issue.open),
    high: orNull(issue.high),
    low: orNull(issue.low),
    volume: issue.volume,
    value: issue.value,
    bid: orNull(issue.bestBid),
    bidQty: issue.bestBidQty,
    ask: orNull(issue.bestAsk),
    askQty: issue.bestAskQty,
    ...(issue.yieldPpm === undefined ? {} : { yieldPpm: issue.yieldPpm }),
    exchangeTs,
    receivedTs,
  };
}

/** Ten levels of an issue on a venue; undefined where it is not traded there. */
export function bookOf(feed: Feed, id: InstrumentId, venue: VenueName): OrderBook | undefined {
  const depth = feed.depth(id, venue);
  if (!depth) return undefined;
  const { asks, bids, totalAskQty, totalBidQty, expected } = depth;
  return {
    instrumentId: id,
    venue,
    asks: [...asks],
    bids: [...bids],
    totalAskQty,
    totalBidQty,
    expected,
    exchangeTs: feed.session().exchangeTs,
  };
}
