/** One Feed over Korean and foreign issues: each question goes to the part that its issue belongs to. */
import { foreignExchangeOf, NO_LIMITS, type ForeignInstrument, type InstrumentId } from '#shared/domain/index.ts';
import { foreignLimits, type ForeignListing } from '#shared/market/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import type { FeedDepth, FeedIssue, FeedLevel, FeedListener } from '../../../market/index.ts';
import type { KisFeed } from '../feed.ts';
import type { KisRealtime, KisRest, ServerClock } from '../ports.ts';
import { createForeignFeed, type ForeignFeed, type ForeignIssue } from './foreign-feed.ts';
import type { ForeignLevel } from './wire/quote.ts';

export interface JointFeedParts {
  readonly rest: KisRest;
  readonly realtime: KisRealtime;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The foreign issues known. */
  readonly issues: () => readonly ForeignInstrument[];
  /** One of them, or one that is known by its symbol alone. */
  readonly find: (id: InstrumentId) => ForeignInstrument | undefined;
}

const isAbroad = (id: InstrumentId): boolean => foreignExchangeOf(id) !== null;

/** As the hub sees a board: KIS tells of no interruptions abroad, and of limits only where it tells the details. */
function viewOf(issue: ForeignIssue, listing: ForeignListing): FeedIssue | undefined {
  // Nothing can be shown or judged before a base price is known.
  if (issue.base <= 0) return undefined;
  const { phase, date, upper, lower, lot, base: basePrice, last, open, high, low, volume, value } = issue;
  const { bestBid, bestBidQty, bestAsk, bestAskQty } = issue;
  const ours = foreignLimits(listing, { date, base: basePrice });
  const isTold = ours !== NO_LIMITS && upper > 0 && lower > 0;
  const limits = isTold ? { upperLimit: upper, lowerLimit: lower } : ours;
  return {
    phase,
    interruption: null,
    basePrice,
    ...limits,
    ...(lot > 0 ? { lotSize: lot } : {}),
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

const sumOf = (levels: readonly ForeignLevel[]): number => levels.reduce((sum, { qty }) => sum + qty, 0);

function depthOf(abroad: ForeignFeed, id: InstrumentId): FeedDepth | undefined {
  const book = abroad.depth(id);
  if (!book) return undefined;
  const asks: readonly FeedLevel[] = book.asks;
  return { asks, bids: book.bids, totalAskQty: sumOf(book.asks), totalBidQty: sumOf(book.bids), expected: null };
}

/** Joins foreign issues to the feed of the Korean ones, which keeps everything else: the session, the markets, the line. */
export function joinForeignFeed(won: KisFeed, parts: JointFeedParts): KisFeed {
  const listeners = new Set<FeedListener>();
  let seq = 0;
  const abroad = createForeignFeed({
    ...parts,
    traded: (trade) => {
      seq += 1;
      for (const listener of listeners) listener.traded({ ...trade, seq, venue: 'KRX' });
    },
    changed: () => {
      for (const listener of listeners) listener.advanced();
    },
  });
  const product = (id: InstrumentId) => parts.find(id)?.product ?? 'stock';
  return {
    want: (wish) => (isAbroad(wish.instrumentId) ? abroad.want(wish) : (won.want?.(wish) ?? (() => undefined))),
    prepare: async (id) => (isAbroad(id) ? abroad.prepare(id) : won.prepare?.(id)),
    candles: async (wish, signal) => {
      if (isAbroad(wish.instrumentId)) return abroad.candles(wish, signal);
      if (!won.candles) throw new TypeError('the feed has no candles');
      return won.candles(wish, signal);
    },
    staleSince: (id) => (isAbroad(id) ? abroad.staleSince(id) : (won.staleSince?.(id) ?? null)),
    session: () => won.session(),
    instrumentIds: () => [...won.instrumentIds(), ...parts.issues().map(({ id }) => id)],
    listed: (id) => (isAbroad(id) ? { product: product(id), nxt: false } : won.listed(id)),
    issue: (id, venue) => {
      if (!isAbroad(id)) return won.issue(id, venue);
      const known = venue === 'NXT' ? undefined : abroad.issue(id);
      return known && viewOf(known, { id, product: product(id) });
    },
    depth: (id, venue) => (isAbroad(id) ? (venue === 'NXT' ? undefined : depthOf(abroad, id)) : won.depth(id, venue)),
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
      abroad.close();
      won.close();
      listeners.clear();
    },
  };
}
