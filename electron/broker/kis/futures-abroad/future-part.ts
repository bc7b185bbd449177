/** Futures abroad as a part of a connection's feed: live where a channel is registered, else as often as they are asked for. */
import { isFutureAbroad, NO_LIMITS, type FutureAbroadInstrument, type InstrumentId } from '#shared/domain/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { FeedDepth, FeedIssue, FeedWish } from '../../../market/index.ts';
import { newestCandles, oneEar, type FeedPart, type PartListener } from '../joint/index.ts';
import type { ChannelRecord, KisRealtime, KisRest, ServerClock, WishRank, WishState } from '../ports.ts';
import { futureCandles } from './future-candles.ts';
import {
  BOOK,
  BOOK_LIVE,
  futureBook,
  futureBookCall,
  futureLiveBook,
  futureLiveTrade,
  futurePriceCall,
  futureQuote,
  seriesOf,
  TRADES_LIVE,
  type FutureBook,
  type FutureLevel,
  type FutureQuote,
} from './wire/quote.ts';

/** A quote nobody refreshed for longer says nothing of the present; as long as the guard would trust it. */
const FRESH_MS = 15_000;

export interface FuturePartParts {
  readonly rest: KisRest;
  readonly realtime: KisRealtime;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A contract as the symbol master has it; undefined: it does not name it. */
  readonly find: (id: InstrumentId) => FutureAbroadInstrument | undefined;
}

interface State {
  quote: FutureQuote | null;
  book: FutureBook | null;
  /** Best of either side by the newest word, of a quote or of the book. */
  top: { readonly bid: FutureLevel; readonly ask: FutureLevel };
  /** Wall time of the newest word about its price. */
  heardTs: EpochMs | null;
  /** While its trades come live, silence means that nobody trades. */
  live: boolean;
}

const NONE: FutureLevel = { price: 0, qty: 0 };
const RANKS: Readonly<Record<FeedWish['rank'], WishRank>> = { orders: 'positions', focus: 'focus', list: 'list' };

class FutureFeed implements FeedPart {
  readonly #parts: FuturePartParts;
  readonly #told: PartListener;
  readonly #states = new Map<InstrumentId, State>();
  readonly #stops = new Set<() => void>();

  constructor(parts: FuturePartParts, told: PartListener) {
    this.#parts = { ...parts, realtime: oneEar(parts.realtime) };
    this.#told = told;
  }

  owns(id: InstrumentId): boolean {
    return isFutureAbroad(id);
  }

  /** Known one by one: the master has thousands. */
  instrumentIds(): readonly InstrumentId[] {
    return [];
  }

  want({ instrumentId: id, what, rank }: FeedWish): () => void {
    const shift = this.#shift(id);
    if (shift === null) return () => undefined;
    const state = this.#state(id);
    if (state.quote === null) this.#later(id, this.#fetch(id, shift));
    if (what === 'book' && state.book === null) this.#later(id, this.#fetchBook(id, shift));
    const stop = this.#parts.realtime.want({
      api: what === 'book' ? BOOK_LIVE : TRADES_LIVE,
      key: seriesOf(id),
      rank: RANKS[rank],
      record: (record) => {
        if (what === 'book') this.#setBook(id, futureLiveBook(record, shift));
        else this.#trade(id, record, shift);
      },
      state: (told) => {
        if (what !== 'book') this.#stands(id, told, shift);
      },
    });
    const end = (): void => {
      this.#stops.delete(end);
      stop();
    };
    this.#stops.add(end);
    return end;
  }

  async prepare(id: InstrumentId): Promise<void> {
    const shift = this.#shift(id);
    if (shift === null) return;
    if (this.#state(id).quote === null || this.staleSince(id) !== null) await this.#fetch(id, shift);
  }

  candles: FeedPart['candles'] = async ({ interval, limit, instrumentId: id }, signal) => {
    const { rest, serverClock, find } = this.#parts;
    const shift = this.#shift(id);
    const exchange = find(id)?.exchange;
    if (shift === null || exchange === undefined) return newestCandles([], limit);
    return futureCandles({
      interval,
      limit,
      code: seriesOf(id),
      exchange,
      shift,
      rest,
      now: serverClock.now(),
      signal,
    });
  };

  staleSince(id: InstrumentId): EpochMs | null {
    const state = this.#states.get(id);
    if (!state || state.heardTs === null || state.live) return null;
    return this.#parts.clock.now() - state.heardTs > FRESH_MS ? state.heardTs : null;
  }

  listed(id: InstrumentId): ReturnType<FeedPart['listed']> {
    return this.#shift(id) === null ? undefined : { product: 'stock', nxt: false };
  }

  issue(id: InstrumentId): FeedIssue | undefined {
    const state = this.#states.get(id);
    const quote = state?.quote;
    // A quote in another currency or tick than believed would be read wrongly, and so would one without a base.
    if (!state || !quote || !quote.fits || quote.base <= 0) return undefined;
    const { hours, base, last, open, high, low, volume } = quote;
    const now = this.#parts.serverClock.now();
    const isOpen = hours !== null && now >= hours.startTs && now < hours.endTs;
    const { bid, ask } = state.top;
    return {
      phase: isOpen ? 'continuous' : 'closed',
      interruption: null,
      basePrice: base,
      ...NO_LIMITS,
      halted: false,
      last,
      open,
      high,
      low,
      close: 0,
      volume,
      // The broker tells no turnover of a future abroad.
      value: 0,
      bestBid: bid.price,
      bestBidQty: bid.qty,
      bestAsk: ask.price,
      bestAskQty: ask.qty,
      viUp: 0,
      viDown: 0,
    };
  }

  depth(id: InstrumentId): FeedDepth | undefined {
    const { book, quote } = this.#states.get(id) ?? { book: null, quote: null };
    return book && quote?.fits === true ? { ...book, expected: null } : undefined;
  }

  close(): void {
    for (const stop of [...this.#stops]) stop();
  }

  /** Places that its quotes leave out; null: they cannot be read, or are not offered (paper). */
  #shift(id: InstrumentId): number | null {
    const { rest, find } = this.#parts;
    return rest.offers(BOOK) ? (find(id)?.quoteShift ?? null) : null;
  }

  #state(id: InstrumentId): State {
    let state = this.#states.get(id);
    if (!state) {
      state = { quote: null, book: null, top: { bid: NONE, ask: NONE }, heardTs: null, live: false };
      this.#states.set(id, state);
    }
    return state;
  }

  #stands(id: InstrumentId, told: WishState, shift: number): void {
    const state = this.#state(id);
    const isLive = told === 'live';
    // What was missed while it was not live is asked for.
    if (isLive && !state.live) this.#later(id, this.#fetch(id, shift));
    state.live = isLive;
  }

  #trade(id: InstrumentId, record: ChannelRecord, shift: number): void {
    const { clock, serverClock } = this.#parts;
    const state = this.#state(id);
    const { day, quantity, aggressor, ts } = futureLiveTrade(record, shift);
    // Only the inquiry tells currency and tick: before it has, a record says nothing that could be shown.
    if (state.quote === null || day.last <= 0) return;
    const { base, hours } = state.quote;
    state.quote = { ...state.quote, ...day, base: day.base || base, hours: day.hours ?? hours };
    state.heardTs = clock.now();
    if (quantity > 0 && state.quote.fits)
      this.#told.traded({ instrumentId: id, price: day.last, quantity, aggressor, ts: ts ?? serverClock.now() });
    this.#told.changed();
  }

  #setBook(id: InstrumentId, book: FutureBook): void {
    const state = this.#state(id);
    state.book = book;
    state.top = { bid: book.bids[0] ?? NONE, ask: book.asks[0] ?? NONE };
    this.#told.changed();
  }

  async #fetch(id: InstrumentId, shift: number): Promise<void> {
    const { rest, clock, logger } = this.#parts;
    const quote = futureQuote(await rest.call(futurePriceCall(seriesOf(id))), id, shift);
    if (!quote.fits) logger.warn('currency or tick of a future abroad are not those that are known', { id });
    const state = this.#state(id);
    state.quote = quote;
    state.top = { bid: quote.bid, ask: quote.ask };
    state.heardTs = clock.now();
    this.#told.changed();
  }

  async #fetchBook(id: InstrumentId, shift: number): Promise<void> {
    this.#setBook(id, futureBook(await this.#parts.rest.call(futureBookCall(seriesOf(id))), shift));
  }

  #later(id: InstrumentId, fetching: Promise<void>): void {
    fetching.catch((error: unknown) => {
      this.#parts.logger.warn('a future abroad could not be asked for', { id, error: String(error) });
    });
  }
}

/** Futures abroad as a part of a connection's feed. */
export function futurePart(parts: FuturePartParts, told: PartListener): FeedPart {
  return new FutureFeed(parts, told);
}
