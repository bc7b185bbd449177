/** The market as the screens and the guard see it: quotes, books, trades and candles, made only for who looks. */
import {
  codeOf,
  foreignExchangeOf,
  productOf,
  type Candle,
  type CandleColumn,
  type Instrument,
  type InstrumentId,
  type Interval,
  type IssueFacts,
  type Market,
  type MarketState,
  type OrderBook,
  type Quote,
  type RuleSheet,
  type Tape,
  type VenueName,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ViClass } from '#shared/market/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import { DAY_MS, kstInstant, type EpochMs } from '#shared/time/index.ts';
import { INTERVAL_MS, type Bar } from './candle-builder.ts';
import { barsOf, candleTable, MAX_CANDLES, type CandleTable, type CandleWish } from './candle-table.ts';
import { EventRate } from './event-rate.ts';
import { factsOf, type MarketFacts } from './facts.ts';
import type { Feed, FeedTrade, FeedWish } from './feed.ts';
import { bookOf, quoteOf } from './quotes.ts';
import { rulesOf } from './rules.ts';
import { never, sameBook, sameCandle, sameQuote, sameState } from './sameness.ts';
import { DayRecord } from './day-record.ts';
import { WatchList } from './watch-list.ts';

/** Watchers hear at most this often, wall time: one frame of a screen. */
const PUBLISH_MS = 16;
/** A running feed that says nothing for longer is stale. @source threats O06 */
const STALE_MS = 3_000;
/** Candles sent at once to one watcher; at high speed more may have passed, and the screen asks again. */
const MAX_CANDLES_AT_ONCE = 500;
/** Markets that have an index. */
const WATCHED_MARKETS = ['KOSPI', 'KOSDAQ'] as const satisfies readonly Market[];

export interface MarketHubParts {
  readonly feed: Feed;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Every instrument known. */
  readonly instruments: () => readonly Instrument[];
  readonly find: (id: InstrumentId) => Instrument | undefined;
  /** The newest `limit` daily candles, oldest first. */
  readonly dailyCandles: (
    id: InstrumentId,
    limit: number,
  ) => { readonly length: number; readonly columns: Readonly<Record<CandleColumn, Float64Array>> };
}

const STEP_MS: Readonly<Record<Interval, number>> = { ...INTERVAL_MS, '1d': DAY_MS };

type CandleKey = `${InstrumentId}|${Interval}`;
type BookKey = `${InstrumentId}|${VenueName}`;

export class MarketHub implements MarketFacts {
  readonly #parts: MarketHubParts;
  readonly #quotes: WatchList<InstrumentId, Quote>;
  readonly #books: WatchList<BookKey, OrderBook>;
  readonly #states: WatchList<Market, MarketState>;
  readonly #tapes: WatchList<InstrumentId, Tape>;
  readonly #candles: WatchList<CandleKey, Candle>;
  readonly #tapeCounts = new Map<InstrumentId, number>();
  /** Open time of the newest candle sent, by key. */
  readonly #sentCandles = new Map<CandleKey, number>();
  readonly #tradeListeners = new Set<(trade: FeedTrade) => void>();
  readonly #unwatch: () => void;
  #record = new DayRecord(null);
  #lastBeat: { readonly wallTs: EpochMs; readonly monotonicMs: number };
  #lastPublishMs = Number.NEGATIVE_INFINITY;
  #planned = false;
  readonly #rate = new EventRate();

  constructor(parts: MarketHubParts) {
    this.#parts = parts;
    const { clock, feed, logger } = parts;
    this.#quotes = new WatchList(logger);
    this.#books = new WatchList(logger);
    this.#states = new WatchList(logger);
    this.#tapes = new WatchList(logger);
    this.#candles = new WatchList(logger);
    this.#lastBeat = { wallTs: clock.now(), monotonicMs: clock.monotonicMs() };
    this.#unwatch = feed.watchMarket({
      opened: () => this.#open(),
      filled: (id, minutes) => this.#record.fill(id, minutes),
      traded: (trade) => {
        this.#record.add(trade);
        for (const listener of this.#tradeListeners) listener(trade);
      },
      advanced: () => this.#advance(),
    });
  }

  /** For the board, which reads every issue. */
  get feed(): Feed {
    return this.#parts.feed;
  }

  /** What is known of an instrument, with what the feed has told of it; undefined: nothing. */
  instrument(id: InstrumentId): Instrument | undefined {
    return this.#parts.find(id);
  }

  /** Every instrument known. */
  instruments(): readonly Instrument[] {
    return this.#parts.instruments();
  }

  /** Issues traded in the market now running. */
  inMarket(): readonly InstrumentId[] {
    return this.#parts.feed.instrumentIds();
  }

  exchangeNow(): EpochMs {
    return this.#parts.feed.session().exchangeTs;
  }

  facts(id: InstrumentId): IssueFacts | undefined {
    const instrument = this.#parts.find(id);
    if (!instrument) return undefined;
    const { feed } = this.#parts;
    return factsOf(feed, instrument, this.staleSince() ?? feed.staleSince?.(id) ?? null);
  }

  /** Fetches what the guard has to know of an issue that nobody looks at; at once where it is always known. */
  async prepare(id: InstrumentId): Promise<void> {
    await this.#parts.feed.prepare?.(id);
  }

  /** What applies to an instrument now; `viClass`: what the user says its VI class is. */
  rules(id: InstrumentId, viClass: ViClass | null): RuleSheet {
    const instrument = this.#parts.find(id);
    if (!instrument) throw new AppError('INSTRUMENT_UNKNOWN', { code: codeOf(id) });
    if (instrument.priceScale !== 0) throw new AppError('RULES_KRX_ONLY', { code: codeOf(id) });
    return rulesOf(this.#parts.feed, instrument, viClass);
  }

  /** Wall time since when a feed that should be giving data gives none; null while it does, or is paused on purpose. */
  staleSince(): EpochMs | null {
    const silentMs = this.#parts.clock.monotonicMs() - this.#lastBeat.monotonicMs;
    return silentMs > STALE_MS && this.#parts.feed.session().running ? this.#lastBeat.wallTs : null;
  }

  /** How the line stands: giving data, still on purpose, silent, or failed. */
  state(): 'live' | 'paused' | 'stale' | 'down' {
    const { up, running } = this.#parts.feed.session();
    if (!up) return 'down';
    if (!running) return 'paused';
    return this.staleSince() === null ? 'live' : 'stale';
  }

  /** Events of the exchange per second of wall time, over about the last second; 0 while it stands. */
  eventsPerSecond(): number {
    return this.state() === 'live' ? this.#rate.perSecond : 0;
  }

  /** What lets a hub continue the session's candles and trades after a restart. */
  readonly keepsake = {
    save: (): unknown => this.#record.save(),
    restore: (saved: unknown): void => {
      if (!this.#record.restore(saved)) this.#parts.logger.warn('candles of the session could not be restored');
    },
    saveAt: (ts: EpochMs): unknown => this.#record.saveAt(ts),
  };

  /** Quotes of the instruments now and whenever they change; one looked at alone is in the ticket or the chart. */
  watchQuotes(
    ids: readonly InstrumentId[],
    listener: (quote: Quote) => void,
    rank: FeedWish['rank'] = ids.length === 1 ? 'focus' : 'list',
  ): () => void {
    const stops = ids.map((instrumentId) => {
      const stop = this.#quotes.add(instrumentId, listener, this.#quote(instrumentId));
      return this.#wanting({ instrumentId, what: 'quote', rank }, stop);
    });
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Keeps what an order or a holding hangs on coming, whether somebody looks at it or not. */
  follow(ids: readonly InstrumentId[]): () => void {
    const stops = ids.map((instrumentId) =>
      this.#wanting({ instrumentId, what: 'quote', rank: 'orders' }, () => undefined),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }

  watchBook(
    wish: { readonly instrumentId: InstrumentId; readonly venue: VenueName; readonly rank?: FeedWish['rank'] | null },
    listener: (book: OrderBook) => void,
  ): () => void {
    const { instrumentId, venue, rank = 'focus' } = wish;
    const stop = this.#books.add(`${instrumentId}|${venue}`, listener, bookOf(this.#parts.feed, instrumentId, venue));
    return rank === null ? stop : this.#wanting({ instrumentId, what: 'book', rank, venue }, stop);
  }

  /** Every trade from now on, none merged with another: what is judged by the tick must not miss one. */
  watchTrades(listener: (trade: FeedTrade) => void): () => void {
    this.#tradeListeners.add(listener);
    return () => void this.#tradeListeners.delete(listener);
  }

  /** Each market's index, circuit breaker and sidecar, now and whenever they change. */
  watchStates(listener: (state: MarketState) => void): () => void {
    const now = this.#parts.feed.markets();
    const find = (market: Market): MarketState | undefined => now.find((state) => state.market === market);
    const stops = WATCHED_MARKETS.map((market) => this.#states.add(market, listener, find(market)));
    return () => {
      for (const stop of stops) stop();
    };
  }

  watchTape(id: InstrumentId, listener: (tape: Tape) => void): () => void {
    const stop = this.#tapes.add(id, listener, this.#tape(id));
    return this.#wanting({ instrumentId: id, what: 'tape', rank: 'focus' }, stop);
  }

  /** The forming candle whenever it changes, and each before it once more when it is final. */
  watchCandle(
    wish: { readonly instrumentId: InstrumentId; readonly interval: Interval },
    listener: (candle: Candle) => void,
  ): () => void {
    const { instrumentId, interval } = wish;
    const key: CandleKey = `${instrumentId}|${interval}`;
    const newest = this.#newestCandle(instrumentId, interval);
    // Whoever looks already must not miss what has passed since the last frame.
    if (!this.#candles.has(key)) this.#sentCandles.set(key, newest?.openTs ?? this.exchangeNow());
    const stop = this.#candles.add(key, listener, newest);
    return this.#wanting({ instrumentId, what: 'tape', rank: 'focus' }, () => {
      stop();
      if (!this.#candles.has(key)) this.#sentCandles.delete(key);
    });
  }

  /**
   * The same as `candles`, with what the feed can fetch: days and minutes before anybody looked. What it knows of today
   * becomes part of the record, so that the forming candle goes on from it.
   */
  async fetchCandles(wish: CandleWish, signal: AbortSignal): Promise<CandleTable> {
    const { feed } = this.#parts;
    const { instrumentId, interval, limit } = wish;
    if (!feed.candles || interval === '10s' || !this.#parts.find(instrumentId)) return this.candles(wish);
    const { columns, length } = await feed.candles(wish, signal);
    const fetched = barsOf(columns, length);
    // The days of an American issue are not those of the record.
    if (foreignExchangeOf(instrumentId) !== null) return this.#table(wish, fetched);
    const today = kstInstant(feed.session().sessionDate, 0);
    const before = fetched.filter(({ openTs }) => openTs < today);
    if (interval === '1d') return this.#table(wish, [...before, ...this.#today(instrumentId)]);
    this.#record.fill(instrumentId, fetched.slice(before.length));
    const own = this.#record.bars(instrumentId, interval, Number.NEGATIVE_INFINITY);
    return this.#table(wish, [...before.slice(-limit), ...own]);
  }

  /** The newest `limit` candles, oldest first: of the running session, or daily up to and with it. */
  candles(wish: CandleWish): CandleTable {
    const { instrumentId, interval } = wish;
    if (!this.#parts.find(instrumentId)) throw new AppError('INSTRUMENT_UNKNOWN', { code: codeOf(instrumentId) });
    const bars =
      interval === '1d'
        ? this.#dailyBars(instrumentId)
        : this.#record.bars(instrumentId, interval, Number.NEGATIVE_INFINITY);
    return this.#table(wish, bars);
  }

  #table(wish: CandleWish, bars: readonly Bar[]): CandleTable {
    return candleTable({ wish, bars, sessionDate: this.#parts.feed.session().sessionDate });
  }

  close(): void {
    this.#unwatch();
    for (const list of this.#lists()) list.clear();
  }

  /** Wants what is looked at from a feed that must be asked; the returned function ends both. */
  #wanting(wish: FeedWish, stop: () => void): () => void {
    const unwant = this.#parts.feed.want?.(wish);
    if (!unwant) return stop;
    return () => {
      stop();
      unwant();
    };
  }

  #lists() {
    return [this.#quotes, this.#books, this.#states, this.#tapes, this.#candles];
  }

  #open(): void {
    this.#record = new DayRecord(this.#parts.feed);
    this.#tapeCounts.clear();
    this.#sentCandles.clear();
    for (const list of this.#lists()) list.forget();
    this.#advance();
  }

  /** The feed is alive; who looks hears of it at once, or within a frame. */
  #advance(): void {
    const { clock, timers } = this.#parts;
    const monotonicMs = clock.monotonicMs();
    this.#lastBeat = { wallTs: clock.now(), monotonicMs };
    this.#rate.count(this.#parts.feed.session().events, monotonicMs);
    if (this.#planned) return;
    const waitMs = this.#lastPublishMs + PUBLISH_MS - monotonicMs;
    if (waitMs <= 0) {
      this.#publish();
      return;
    }
    this.#planned = true;
    timers.after(Math.ceil(waitMs), () => {
      this.#planned = false;
      this.#publish();
    });
  }

  #publish(): void {
    this.#lastPublishMs = this.#parts.clock.monotonicMs();
    const { feed } = this.#parts;
    for (const id of this.#quotes.keys()) this.#quotes.publish(id, this.#quote(id), sameQuote);
    for (const key of this.#books.keys()) {
      const [id, venue] = key.split('|') as [InstrumentId, VenueName];
      this.#books.publish(key, bookOf(feed, id, venue), sameBook);
    }
    if (WATCHED_MARKETS.some((market) => this.#states.has(market)))
      for (const state of feed.markets()) this.#states.publish(state.market, state, sameState);
    for (const id of this.#tapes.keys()) {
      const count = this.#record.tradeCount(id);
      if (this.#tapeCounts.get(id) === count) continue;
      this.#tapeCounts.set(id, count);
      this.#tapes.publish(id, this.#tape(id), never);
    }
    for (const key of this.#candles.keys()) this.#publishCandles(key);
  }

  #publishCandles(key: CandleKey): void {
    const [id, interval] = key.split('|') as [InstrumentId, Interval];
    const candles = this.#candlesFrom(id, interval, this.#sentCandles.get(key) ?? 0);
    for (const candle of candles.slice(-MAX_CANDLES_AT_ONCE)) this.#candles.publish(key, candle, sameCandle);
    const newest = candles.at(-1);
    if (newest) this.#sentCandles.set(key, newest.openTs);
  }

  #quote(id: InstrumentId): Quote | undefined {
    return quoteOf(this.#parts.feed, id, this.#parts.clock.now());
  }

  #tape(id: InstrumentId): Tape | undefined {
    return this.#parts.feed.issue(id) ? { instrumentId: id, ticks: this.#record.ticks(id) } : undefined;
  }

  #newestCandle(id: InstrumentId, interval: Interval): Candle | undefined {
    if (interval === '1d') return this.#candlesFrom(id, interval, 0).at(-1);
    const last = this.#record.lastTradeTs(id);
    return last === null ? undefined : this.#candlesFrom(id, interval, last - (last % STEP_MS[interval])).at(-1);
  }

  /** Candles of the session whose interval reaches beyond `from`, oldest first. */
  #candlesFrom(id: InstrumentId, interval: Interval, from: number): Candle[] {
    const { exchangeTs, phase, afterTs } = this.#parts.feed.session();
    const dayDone = phase === 'closed' || (afterTs !== null && exchangeTs >= afterTs);
    const stepMs = STEP_MS[interval];
    const bars = interval === '1d' ? this.#today(id) : this.#record.bars(id, interval, from - (from % stepMs));
    return bars.map((bar) => ({
      instrumentId: id,
      interval,
      ...bar,
      closed: interval === '1d' ? dayDone : exchangeTs >= bar.openTs + stepMs,
    }));
  }

  /** The regular session of the running day as one candle; none before its first trade. */
  #today(id: InstrumentId): Bar[] {
    const issue = this.#parts.feed.issue(id);
    if (!issue || issue.open === 0) return [];
    const { open, high, low } = issue;
    const close = issue.close === 0 ? issue.last : issue.close;
    // Only shares of KRX trade after hours beside the day that counts.
    const volume = productOf(id) === 'stock' ? this.#record.regularVolume(id) : issue.volume;
    return [{ openTs: kstInstant(this.#parts.feed.session().sessionDate, 0), open, high, low, close, volume }];
  }

  /** Days before the session: what comes after it in the files is not known yet in a replay. */
  #dailyBars(id: InstrumentId): Bar[] {
    const { columns, length } = this.#parts.dailyCandles(id, MAX_CANDLES);
    const today = kstInstant(this.#parts.feed.session().sessionDate, 0);
    const before = barsOf(columns, length).filter(({ openTs }) => openTs < today);
    return [...before, ...this.#today(id)];
  }
}
