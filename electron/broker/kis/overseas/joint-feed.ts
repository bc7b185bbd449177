/** One Feed over Korean and American issues: each question goes to the part that its issue belongs to. */
import { NO_LIMITS, usExchangeOf, type InstrumentId, type UsInstrument } from '#shared/domain/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import type { FeedDepth, FeedIssue, FeedLevel, FeedListener } from '../../../market/index.ts';
import type { KisFeed } from '../feed.ts';
import type { KisRealtime, KisRest, ServerClock } from '../ports.ts';
import { createUsFeed, type UsFeed, type UsIssue } from './us-feed.ts';
import type { UsLevel } from './wire/quote.ts';

export interface JointFeedParts {
  readonly rest: KisRest;
  readonly realtime: KisRealtime;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The American issues known. */
  readonly issues: () => readonly UsInstrument[];
}

const isUs = (id: InstrumentId): boolean => usExchangeOf(id) !== null;

/** As the hub sees a board: America has neither limits nor interruptions that KIS tells of. */
function viewOf(issue: UsIssue): FeedIssue | undefined {
  // Nothing can be shown or judged before a base price is known.
  if (issue.base <= 0) return undefined;
  const { phase, base: basePrice, last, open, high, low, volume, value } = issue;
  const { bestBid, bestBidQty, bestAsk, bestAskQty } = issue;
  return {
    phase,
    interruption: null,
    basePrice,
    ...NO_LIMITS,
    halted: false,
    last,
    open,
    high,
    low,
    close: 0,
    volume,
    value,
    bestBid,
    bestBidQty,
    bestAsk,
    bestAskQty,
    viUp: 0,
    viDown: 0,
  };
}

const sumOf = (levels: readonly UsLevel[]): number => levels.reduce((sum, { qty }) => sum + qty, 0);

function depthOf(us: UsFeed, id: InstrumentId): FeedDepth | undefined {
  const book = us.depth(id);
  if (!book) return undefined;
  const asks: readonly FeedLevel[] = book.asks;
  return { asks, bids: book.bids, totalAskQty: sumOf(book.asks), totalBidQty: sumOf(book.bids), expected: null };
}

/** Joins American issues to the feed of the Korean ones, which keeps everything else: the session, the markets, the line. */
export function joinUsFeed(won: KisFeed, parts: JointFeedParts): KisFeed {
  const listeners = new Set<FeedListener>();
  let seq = 0;
  const us = createUsFeed({
    ...parts,
    traded: (trade) => {
      seq += 1;
      for (const listener of listeners) listener.traded({ ...trade, seq, venue: 'KRX' });
    },
    changed: () => {
      for (const listener of listeners) listener.advanced();
    },
  });
  const product = (id: InstrumentId) => parts.issues().find((issue) => issue.id === id)?.product ?? 'stock';
  return {
    want: (wish) => (isUs(wish.instrumentId) ? us.want(wish) : (won.want?.(wish) ?? (() => undefined))),
    prepare: async (id) => (isUs(id) ? us.prepare(id) : won.prepare?.(id)),
    candles: async (wish, signal) => {
      if (isUs(wish.instrumentId)) return us.candles(wish, signal);
      if (!won.candles) throw new TypeError('the feed has no candles');
      return won.candles(wish, signal);
    },
    staleSince: (id) => (isUs(id) ? us.staleSince(id) : (won.staleSince?.(id) ?? null)),
    session: () => won.session(),
    instrumentIds: () => [...won.instrumentIds(), ...parts.issues().map(({ id }) => id)],
    listed: (id) => (isUs(id) ? { product: product(id), nxt: false } : won.listed(id)),
    issue: (id, venue) => {
      if (!isUs(id)) return won.issue(id, venue);
      const known = venue === 'NXT' ? undefined : us.issue(id);
      return known && viewOf(known);
    },
    depth: (id, venue) => (isUs(id) ? (venue === 'NXT' ? undefined : depthOf(us, id)) : won.depth(id, venue)),
    markets: () => won.markets(),
    watchMarket: (listener) => {
      listeners.add(listener);
      const stop = won.watchMarket(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    close: () => {
      us.close();
      won.close();
      listeners.clear();
    },
  };
}
