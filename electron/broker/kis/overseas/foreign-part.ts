/** Foreign issues as a part of a connection's feed: boards, books and limits as the hub sees them. */
import { foreignExchangeOf, NO_LIMITS, type ForeignInstrument, type InstrumentId } from '#shared/domain/index.ts';
import { foreignLimits, type ForeignListing } from '#shared/market/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import type { FeedDepth, FeedIssue, FeedLevel } from '../../../market/index.ts';
import type { FeedPart, PartListener } from '../joint/joint-feed.ts';
import type { KisRealtime, KisRest, ServerClock } from '../ports.ts';
import { createForeignFeed, type ForeignFeed, type ForeignIssue } from './foreign-feed.ts';
import type { ForeignLevel } from './wire/quote.ts';

export interface ForeignPartParts {
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

/** Foreign issues as a part of a connection's feed. */
export function foreignPart(parts: ForeignPartParts, told: PartListener): FeedPart {
  const abroad = createForeignFeed({ ...parts, ...told });
  const product = (id: InstrumentId) => parts.find(id)?.product ?? 'stock';
  return {
    owns: (id) => foreignExchangeOf(id) !== null,
    instrumentIds: () => parts.issues().map(({ id }) => id),
    want: (wish) => abroad.want(wish),
    prepare: (id) => abroad.prepare(id),
    candles: (wish, signal) => abroad.candles(wish, signal),
    staleSince: (id) => abroad.staleSince(id),
    listed: (id) => ({ product: product(id), nxt: false }),
    issue: (id) => {
      const known = abroad.issue(id);
      return known && viewOf(known, { id, product: product(id) });
    },
    depth: (id) => depthOf(abroad, id),
    close: () => abroad.close(),
  };
}
