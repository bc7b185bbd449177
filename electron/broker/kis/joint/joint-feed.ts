/** One Feed over every product: each question goes to the part that its issue belongs to, shares of KRX to the first feed. */
import type { InstrumentId } from '#shared/domain/index.ts';
import type {
  Feed,
  FeedDepth,
  FeedIssue,
  FeedListener,
  FeedListing,
  FeedTrade,
  FeedWish,
} from '../../../market/index.ts';
import type { KisFeed } from '../feed.ts';

/** A trade as a part hears it; the joint numbers them. */
export type PartTrade = Omit<FeedTrade, 'seq' | 'venue'>;

/** What a part tells. */
export interface PartListener {
  traded(trade: PartTrade): void;
  /** Something about an issue of its is new. */
  changed(): void;
}

/** The feed of one product: everything of the Feed port that is asked of an issue. */
export interface FeedPart {
  /** true for an issue of this product, known or not. */
  owns(id: InstrumentId): boolean;
  /** The issues known offline; others are known by their code once somebody asks for them. */
  instrumentIds(): readonly InstrumentId[];
  want(wish: FeedWish): () => void;
  prepare(id: InstrumentId): Promise<void>;
  candles: NonNullable<Feed['candles']>;
  staleSince: NonNullable<Feed['staleSince']>;
  listed(id: InstrumentId): FeedListing | undefined;
  issue(id: InstrumentId): FeedIssue | undefined;
  depth(id: InstrumentId): FeedDepth | undefined;
  close(): void;
}

/** Joins the parts to the feed of the Korean shares, which keeps everything else: the session, the markets, the line. */
export function joinFeeds(won: KisFeed, open: readonly ((told: PartListener) => FeedPart)[]): KisFeed {
  const listeners = new Set<FeedListener>();
  let seq = 0;
  const told: PartListener = {
    traded: (trade) => {
      seq += 1;
      for (const listener of listeners) listener.traded({ ...trade, seq, venue: 'KRX' });
    },
    changed: () => {
      for (const listener of listeners) listener.advanced();
    },
  };
  const parts = open.map((each) => each(told));
  const of = (id: InstrumentId): FeedPart | undefined => parts.find((part) => part.owns(id));
  return {
    want: (wish) => of(wish.instrumentId)?.want(wish) ?? won.want?.(wish) ?? (() => undefined),
    prepare: async (id) => (of(id) ?? won).prepare?.(id),
    candles: async (wish, signal) => {
      const asked = of(wish.instrumentId) ?? won;
      if (!asked.candles) throw new TypeError('the feed has no candles');
      return asked.candles(wish, signal);
    },
    staleSince: (id) => (of(id) ?? won).staleSince?.(id) ?? null,
    session: () => won.session(),
    instrumentIds: () => [...won.instrumentIds(), ...parts.flatMap((part) => part.instrumentIds())],
    listed: (id) => (of(id) ?? won).listed(id),
    // Only shares of KRX are traded on NXT too.
    issue: (id, venue) => {
      const part = of(id);
      if (!part) return won.issue(id, venue);
      return venue === 'NXT' ? undefined : part.issue(id);
    },
    depth: (id, venue) => {
      const part = of(id);
      if (!part) return won.depth(id, venue);
      return venue === 'NXT' ? undefined : part.depth(id);
    },
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
      for (const part of parts) part.close();
      won.close();
      listeners.clear();
    },
  };
}
