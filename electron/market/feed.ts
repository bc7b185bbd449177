/**
 * Where market data comes from, as the hub sees it: the simulated exchange today, a live line later. The port lives with
 * its only user, because folders of one rank do not import each other.
 */
import type { InstrumentId, Side } from '#shared/domain/index.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';

/** The exchange's clock and phase. */
export interface FeedSession {
  readonly sessionDate: SessionDate;
  readonly phase: Phase;
  readonly exchangeTs: EpochMs;
  /** false: the line or the exchange has failed. */
  readonly up: boolean;
  /** true: data should be coming; false: paused on purpose, or the day is over. */
  readonly running: boolean;
  /** Events of the exchange in this session so far. */
  readonly events: number;
  /** When orders are next taken, "HH:MM" today or a date; null while they are, or when unknown. */
  readonly nextOpen: string | null;
}

/** Figures of one issue now; won, 0 where there is none yet. */
export interface FeedIssue {
  readonly basePrice: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly halted: boolean;
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly value: number;
  readonly bestBid: number;
  readonly bestBidQty: number;
  readonly bestAsk: number;
  readonly bestAskQty: number;
}

export interface FeedLevel {
  readonly price: number;
  readonly qty: number;
}

/** Up to ten levels a side, best first; `expected` while an auction collects. */
export interface FeedDepth {
  readonly asks: readonly FeedLevel[];
  readonly bids: readonly FeedLevel[];
  readonly totalAskQty: number;
  readonly totalBidQty: number;
  readonly expected: FeedLevel | null;
}

/** One trade in the market; `aggressor` null in an auction. */
export interface FeedTrade {
  readonly seq: number;
  readonly instrumentId: InstrumentId;
  readonly price: number;
  readonly quantity: number;
  readonly aggressor: Side | null;
  readonly ts: EpochMs;
}

export interface FeedListener {
  /** Another day or market: what was known before is void. */
  opened(): void;
  /** Every trade of every issue, in order. */
  traded(trade: FeedTrade): void;
  /** A stretch of time is done; also says that the feed is alive. */
  advanced(): void;
}

export interface Feed {
  session(): FeedSession;
  /** Issues traded in the market now running. */
  instrumentIds(): readonly InstrumentId[];
  /** undefined: not in this market. */
  issue(id: InstrumentId): FeedIssue | undefined;
  depth(id: InstrumentId): FeedDepth | undefined;
  watchMarket(listener: FeedListener): () => void;
}
