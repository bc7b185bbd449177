/** Quotes, books, trades and charts of foreign issues: live where a channel is registered, else as often as they are asked for. */
import type { CandleColumn, InstrumentId, Interval, Side } from '#shared/domain/index.ts';
import { overseasMoment } from '#shared/market/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import type { EpochMs, Phase, SessionDate } from '#shared/time/index.ts';
import { oneEar } from '../joint/one-ear.ts';
import type { KisRealtime, KisRest, ServerClock, WishRank, WishState } from '../ports.ts';
import { foreignCandles } from './foreign-candles.ts';
import { knownSymbol, type ForeignSymbol } from './wire/exchange.ts';
import {
  foreignBook,
  foreignBookCall,
  foreignBookLive,
  foreignDetail,
  foreignLiveBook,
  foreignLiveTrade,
  foreignPrice,
  foreignQuote,
  FOREIGN_BOOK,
  FOREIGN_DETAIL,
  FOREIGN_TRADES_LIVE,
  type ForeignBook,
  type ForeignQuote,
} from './wire/quote.ts';

/** A quote nobody refreshed for longer says nothing of the present; as long as the guard would trust it. */
const FRESH_MS = 15_000;

/** What is known of an issue now; prices in 1/10,000 of its currency, 0 where there is none. */
export interface ForeignIssue extends ForeignQuote {
  readonly phase: Phase;
  /** The date where the exchange is. */
  readonly date: SessionDate;
  readonly bestBid: number;
  readonly bestBidQty: number;
  readonly bestAsk: number;
  readonly bestAskQty: number;
}

export interface ForeignFeedTrade {
  readonly instrumentId: InstrumentId;
  readonly price: number;
  readonly quantity: number;
  readonly aggressor: Side | null;
  readonly ts: EpochMs;
}

export interface ForeignFeedParts {
  readonly rest: KisRest;
  readonly realtime: KisRealtime;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A trade came by the channel. */
  readonly traded: (trade: ForeignFeedTrade) => void;
  /** Something about the issue is new. */
  readonly changed: (id: InstrumentId) => void;
}

export interface ForeignFeed {
  /** Wants an issue's data until the returned function is called; throws INSTRUMENT_UNKNOWN for a Korean one. */
  want(wish: {
    readonly instrumentId: InstrumentId;
    readonly what: 'quote' | 'book' | 'tape';
    readonly rank: 'orders' | 'focus' | 'list';
  }): () => void;
  /** Fetches what the guard needs to know of an issue. */
  prepare(id: InstrumentId): Promise<void>;
  /** undefined: nothing was told of it yet. */
  issue(id: InstrumentId): ForeignIssue | undefined;
  depth(id: InstrumentId): ForeignBook | undefined;
  /** Wall time since when what is known is old; null while it is fresh. */
  staleSince(id: InstrumentId): EpochMs | null;
  candles(
    wish: { readonly instrumentId: InstrumentId; readonly interval: Interval; readonly limit: number },
    signal: AbortSignal,
  ): Promise<{ readonly length: number; readonly columns: Readonly<Record<CandleColumn, Float64Array>> }>;
  close(): void;
}

/** What a trade does not tell. */
const UNTOLD = { base: 0, upper: 0, lower: 0, lot: 0 } as const;

interface State {
  readonly at: ForeignSymbol;
  quote: ForeignQuote | null;
  book: ForeignBook | null;
  top: { readonly bid: { price: number; qty: number }; readonly ask: { price: number; qty: number } } | null;
  /** Wall time of the newest word about its price. */
  heardTs: EpochMs | null;
  /** While its trades come live, silence means that nobody trades. */
  live: boolean;
}

const RANKS: Readonly<Record<'orders' | 'focus' | 'list', WishRank>> = {
  orders: 'positions',
  focus: 'focus',
  list: 'list',
};

class AbroadFeed implements ForeignFeed {
  readonly #parts: ForeignFeedParts;
  readonly #issues = new Map<InstrumentId, State>();
  readonly #stops = new Set<() => void>();

  constructor(parts: ForeignFeedParts) {
    this.#parts = { ...parts, realtime: oneEar(parts.realtime) };
  }

  want(wish: Parameters<ForeignFeed['want']>[0]): () => void {
    const { instrumentId: id, what, rank } = wish;
    const state = this.#state(id);
    const { realtime } = this.#parts;
    if (state.quote === null) this.#refresh(id);
    if (what === 'book' && state.book === null) this.#refreshBook(id);
    const stop = realtime.want({
      api: what === 'book' ? foreignBookLive(state.at) : FOREIGN_TRADES_LIVE,
      key: state.at.channelKey,
      rank: RANKS[rank],
      record: (record) => {
        if (what === 'book') this.#book(id, foreignLiveBook(record));
        else this.#trade(id, record);
      },
      state: (told) => this.#wishState(id, what, told),
    });
    const end = (): void => {
      this.#stops.delete(end);
      stop();
    };
    this.#stops.add(end);
    return end;
  }

  async prepare(id: InstrumentId): Promise<void> {
    if (this.staleSince(id) === null && this.#state(id).quote !== null) return;
    await this.#fetch(id);
  }

  issue(id: InstrumentId): ForeignIssue | undefined {
    const state = this.#issues.get(id);
    if (!state?.quote) return undefined;
    const { quote, book, top, at } = state;
    const bid = book?.bids[0] ?? top?.bid;
    const ask = book?.asks[0] ?? top?.ask;
    const { phase, date } = overseasMoment(at.exchange, this.#parts.serverClock.now());
    return {
      ...quote,
      phase,
      date,
      bestBid: bid?.price ?? 0,
      bestBidQty: bid?.qty ?? 0,
      bestAsk: ask?.price ?? 0,
      bestAskQty: ask?.qty ?? 0,
    };
  }

  depth(id: InstrumentId): ForeignBook | undefined {
    return this.#issues.get(id)?.book ?? undefined;
  }

  staleSince(id: InstrumentId): EpochMs | null {
    const state = this.#issues.get(id);
    if (!state || state.heardTs === null || state.live) return null;
    return this.#parts.clock.now() - state.heardTs > FRESH_MS ? state.heardTs : null;
  }

  candles(wish: Parameters<ForeignFeed['candles']>[0], signal: AbortSignal): ReturnType<ForeignFeed['candles']> {
    return foreignCandles({ ...wish, at: this.#state(wish.instrumentId).at, rest: this.#parts.rest, signal });
  }

  close(): void {
    for (const stop of [...this.#stops]) stop();
  }

  #state(id: InstrumentId): State {
    let state = this.#issues.get(id);
    if (!state) {
      state = { at: knownSymbol(id), quote: null, book: null, top: null, heardTs: null, live: false };
      this.#issues.set(id, state);
    }
    return state;
  }

  #wishState(id: InstrumentId, what: 'quote' | 'book' | 'tape', told: WishState): void {
    const state = this.#state(id);
    if (what === 'book') return;
    const isLive = told === 'live';
    // What was missed while it was not live is asked for.
    if (isLive && !state.live) this.#refresh(id);
    state.live = isLive;
  }

  #trade(id: InstrumentId, record: Parameters<typeof foreignLiveTrade>[0]): void {
    const { clock, serverClock, traded, changed } = this.#parts;
    const state = this.#state(id);
    const { quote, bid, ask, quantity, aggressor, ts } = foreignLiveTrade(record);
    const { base, upper, lower, lot } = state.quote ?? UNTOLD;
    state.quote = { ...quote, base, upper, lower, lot };
    state.top = { bid, ask };
    state.heardTs = clock.now();
    if (quantity > 0 && quote.last > 0)
      traded({ instrumentId: id, price: quote.last, quantity, aggressor, ts: ts ?? serverClock.now() });
    changed(id);
  }

  #book(id: InstrumentId, book: ForeignBook): void {
    this.#state(id).book = book;
    this.#parts.changed(id);
  }

  #refresh(id: InstrumentId): void {
    this.#fetch(id).catch((error: unknown) => this.#failed(id, error));
  }

  async #fetch(id: InstrumentId): Promise<void> {
    const { rest, clock, changed } = this.#parts;
    const state = this.#state(id);
    // The detail tells open, high and low too, but paper does not offer it.
    const call = rest.offers(FOREIGN_DETAIL) ? foreignDetail(state.at) : foreignPrice(state.at);
    const quote = foreignQuote(await rest.call(call));
    state.quote = quote;
    state.heardTs = clock.now();
    changed(id);
  }

  #refreshBook(id: InstrumentId): void {
    const { rest } = this.#parts;
    if (!rest.offers(FOREIGN_BOOK)) return;
    rest.call(foreignBookCall(this.#state(id).at)).then(
      (answer) => this.#book(id, foreignBook(answer)),
      (error: unknown) => this.#failed(id, error),
    );
  }

  #failed(id: InstrumentId, error: unknown): void {
    this.#parts.logger.warn('a foreign quote could not be asked for', { id, error: String(error) });
  }
}

/** The foreign part of the feed; `close` ends its wishes. */
export function createForeignFeed(parts: ForeignFeedParts): ForeignFeed {
  return new AbroadFeed(parts);
}
