/**
 * Where market data comes from, as the hub sees it: the simulated exchange today, a live line later. The port lives with
 * its only user, because folders of one rank do not import each other.
 */
import type {
  CandleColumn,
  InstrumentId,
  Interruption,
  Interval,
  MarketState,
  OpenableFacts,
  Side,
  TradedProduct,
  VenueName,
} from '#shared/domain/index.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';

/** The exchange's clock and phases. */
export interface FeedSession {
  readonly sessionDate: SessionDate;
  /** Of KRX by its schedule. */
  readonly phase: Phase;
  /** Of NXT by its schedule; null where it is not open on that date. */
  readonly nxtPhase: Phase | null;
  /** true while orders at the previous close and at the close are taken. */
  readonly preCloseOpen: boolean;
  readonly postCloseOpen: boolean;
  /** Start of KRX's after-market or off-hours trading, which does not count for the day's candle; null where there is none. */
  readonly afterTs: EpochMs | null;
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

/** What an issue is today. */
export interface FeedListing {
  /** stock if absent. */
  readonly product?: TradedProduct;
  /** true: NXT trades it too. */
  readonly nxt?: boolean;
  /** Set: only single prices every 30 minutes. */
  readonly singlePrice?: string;
  /** Set while its first price is still to be found: a new listing, a relisting, a capital reduction. */
  readonly newListing?: boolean;
  readonly firstPrice?: object;
}

/** Figures of one issue on one venue now; won, 0 where there is none yet. */
export interface FeedIssue {
  readonly phase: Phase;
  /** The session it is in, where that is another than the feed's: a night belongs to the day after it. */
  readonly sessionDate?: SessionDate;
  readonly interruption: Interruption | null;
  readonly basePrice: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly halted: boolean;
  readonly last: number;
  /** Of the regular session. */
  readonly open: number;
  readonly high: number;
  readonly low: number;
  /** Official close, 0 until it is set. */
  readonly close: number;
  readonly volume: number;
  readonly value: number;
  readonly bestBid: number;
  readonly bestBidQty: number;
  readonly bestAsk: number;
  readonly bestAskQty: number;
  /** Units of a purchase, where the feed knows them better than the listing. */
  readonly lotSize?: number;
  /** Nearest prices at which a volatility interruption would be triggered. */
  readonly viUp: number;
  readonly viDown: number;
  /** Of a future or option: how many contracts the broker would let be opened; absent: not told, or too old. */
  readonly openable?: OpenableFacts;
  /** Of a bond: its yield at the last price in millionths, where the broker tells it. */
  readonly yieldPpm?: number;
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

/** One trade in the market; `aggressor` null in an auction and at a fixed price. */
export interface FeedTrade {
  readonly seq: number;
  readonly instrumentId: InstrumentId;
  readonly venue: VenueName;
  readonly price: number;
  readonly quantity: number;
  readonly aggressor: Side | null;
  readonly ts: EpochMs;
}

/** A candle of the feed's own; prices in won. */
export interface FeedBar {
  readonly openTs: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface FeedListener {
  /** Another day or market: what was known before is void. */
  opened(): void;
  /** Minutes of today that were missed while the line was down, oldest first. */
  filled?(id: InstrumentId, minutes: readonly FeedBar[]): void;
  /** Every trade of every issue, in order. */
  traded(trade: FeedTrade): void;
  /** A stretch of time is done; also says that the feed is alive. */
  advanced(): void;
}

/** What somebody looks at; focus: the issue in the ticket or the chart · list: one of many · orders: one with open orders or held. */
export interface FeedWish {
  readonly instrumentId: InstrumentId;
  readonly what: 'quote' | 'book' | 'tape';
  readonly rank: 'orders' | 'focus' | 'list';
  /** Of a book: KRX if absent. */
  readonly venue?: VenueName;
}

/** Candles of one issue, oldest first. */
export interface FeedCandles {
  readonly length: number;
  readonly columns: Readonly<Record<CandleColumn, Float64Array>>;
}

export interface Feed {
  /** Wants data until the returned function is called; absent where everything comes by itself. */
  want?(wish: FeedWish): () => void;
  /** Fetches what the guard needs to know of an issue nobody looks at; absent where it is always known. */
  prepare?(id: InstrumentId): Promise<void>;
  /**
   * Candles from where the feed comes from: days before today, or minutes of today after candles of earlier days in the
   * interval asked for. Absent where the hub's own record is all there is.
   */
  candles?(
    wish: { readonly instrumentId: InstrumentId; readonly interval: Interval; readonly limit: number },
    signal: AbortSignal,
  ): Promise<FeedCandles>;
  /** Wall time since when what is known of one issue is old; null while it is fresh. */
  staleSince?(id: InstrumentId): EpochMs | null;
  session(): FeedSession;
  /** Issues traded in the market now running. */
  instrumentIds(): readonly InstrumentId[];
  /** undefined: not in this market. */
  listed(id: InstrumentId): FeedListing | undefined;
  /** KRX if no venue is named; undefined: not traded there. */
  issue(id: InstrumentId, venue?: VenueName): FeedIssue | undefined;
  depth(id: InstrumentId, venue?: VenueName): FeedDepth | undefined;
  /** Each market with its index, circuit breaker and sidecar; none where the feed knows nothing of them. */
  markets(): readonly MarketState[];
  watchMarket(listener: FeedListener): () => void;
}
