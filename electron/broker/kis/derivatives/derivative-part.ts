/** Futures and options as a part of a connection's feed: live where a channel is registered, else as often as they are asked for. */
import { derivativeFamilyOf, type DerivativeInstrument, type InstrumentId } from '#shared/domain/index.ts';
import { derivativePhase, krxCalendar, nightAt, nightSession, tradesAtNight } from '#shared/market/index.ts';
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import { kstDate, type EpochMs, type TradingCalendar } from '#shared/time/index.ts';
import type { FeedDepth, FeedIssue, FeedWish } from '../../../market/index.ts';
import { oneEar, type FeedPart, type PartListener } from '../joint/index.ts';
import type {
  ChannelRecord,
  KisEnvironment,
  KisRealtime,
  KisRest,
  ServerClock,
  WishRank,
  WishState,
} from '../ports.ts';
import { derivativeCandles } from './derivative-candles.ts';
import type { DerivativePower } from './derivative-power.ts';
import { knownContract, nightContract, type Contract } from './wire/names.ts';
import {
  derivativeBook,
  derivativeBookCall,
  derivativeLiveBook,
  derivativeLiveTrade,
  derivativePrice,
  derivativeQuote,
  DERIVATIVE_BOOK,
  type DerivativeBook,
  type DerivativeLevel,
  type DerivativeQuote,
} from './wire/quote.ts';

/** A quote nobody refreshed for longer says nothing of the present; as long as the guard would trust it. */
const FRESH_MS = 15_000;
/** Between looks at whether the night has begun or ended, wall time. */
const BEAT_MS = 1_000;

/** What the broker says of a contract beyond its code. */
export type LearntContract = Pick<DerivativeQuote, 'nameKo' | 'lastDay' | 'strike' | 'base'>;

export interface DerivativePartParts {
  readonly environment: KisEnvironment;
  readonly rest: KisRest;
  readonly realtime: KisRealtime;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** The contracts known offline. */
  readonly issues: () => readonly DerivativeInstrument[];
  /** One of them, or one that is known by its code alone. */
  readonly find: (id: InstrumentId) => DerivativeInstrument | undefined;
  /** Told what the broker says of a contract. */
  readonly learnt?: (id: InstrumentId, facts: LearntContract) => void;
  /** How many contracts may be opened; absent: the connection has no account for them. */
  readonly power?: DerivativePower;
  readonly calendar?: TradingCalendar;
}

interface State {
  /** As the day names it, or while its night is open as the night does. */
  readonly at: Contract;
  quote: DerivativeQuote | null;
  book: DerivativeBook | null;
  /** Best of either side by the newest word, of a trade or of the book. */
  top: { readonly bid: DerivativeLevel; readonly ask: DerivativeLevel };
  /** Contracts taken by buyers and by sellers, as the last trade told them. */
  taken: { readonly bought: number; readonly sold: number } | null;
  /** Wall time of the newest word about its price. */
  heardTs: EpochMs | null;
  /** While its trades come live, silence means that nobody trades. */
  live: boolean;
}

/** One registration that somebody wants; made anew when the night begins or ends. */
interface Wire {
  readonly wish: FeedWish;
  stop: () => void;
}

const NONE: DerivativeLevel = { price: 0, qty: 0 };

const RANKS: Readonly<Record<FeedWish['rank'], WishRank>> = { orders: 'positions', focus: 'focus', list: 'list' };

class ContractFeed implements FeedPart {
  readonly #parts: DerivativePartParts;
  readonly #told: PartListener;
  readonly #states = new Map<InstrumentId, State>();
  readonly #wires = new Set<Wire>();
  readonly #beat: Timer;
  #night: boolean;

  constructor(parts: DerivativePartParts, told: PartListener) {
    this.#parts = { ...parts, realtime: oneEar(parts.realtime) };
    this.#told = told;
    this.#night = this.#isNight();
    this.#beat = parts.timers.every(BEAT_MS, () => this.#follow());
  }

  owns(id: InstrumentId): boolean {
    return derivativeFamilyOf(id) !== null;
  }

  instrumentIds(): readonly InstrumentId[] {
    return this.#parts.issues().map(({ id }) => id);
  }

  want(wish: FeedWish): () => void {
    const { instrumentId: id, what } = wish;
    const state = this.#state(id);
    if (state.quote === null) this.#refresh(id);
    if (what === 'book' && state.book === null) this.#refreshBook(id);
    const wire: Wire = { wish, stop: this.#register(wish) };
    this.#wires.add(wire);
    return () => {
      this.#wires.delete(wire);
      wire.stop();
    };
  }

  async prepare(id: InstrumentId): Promise<void> {
    const { power } = this.#parts;
    const state = this.#state(id);
    if (state.quote === null || this.staleSince(id) !== null) await this.#fetch(id);
    // What it needs is asked at its present price; the last day of trading must not open anything by an old one.
    await power?.prepare(id, state.quote?.last || state.quote?.base || 0);
  }

  candles: FeedPart['candles'] = (wish, signal) => {
    const { rest, serverClock, calendar = krxCalendar } = this.#parts;
    const { interval, limit, instrumentId } = wish;
    const now = serverClock.now();
    const at = knownContract(instrumentId);
    const night = this.#tradesNow(instrumentId) ? nightAt(calendar, now) : null;
    return derivativeCandles({ interval, limit, at, night, rest, now, signal });
  };

  staleSince(id: InstrumentId): EpochMs | null {
    const state = this.#states.get(id);
    if (!state || state.heardTs === null || state.live) return null;
    return this.#parts.clock.now() - state.heardTs > FRESH_MS ? state.heardTs : null;
  }

  listed(): ReturnType<FeedPart['listed']> {
    return { product: 'stock', nxt: false };
  }

  issue(id: InstrumentId): FeedIssue | undefined {
    const state = this.#states.get(id);
    const quote = state?.quote;
    // Nothing can be shown or judged before a base price is known.
    if (!state || !quote || quote.base <= 0) return undefined;
    const { calendar = krxCalendar, serverClock, find, power } = this.#parts;
    const lastDay = quote.lastDay ?? find(id)?.lastDay ?? null;
    const { bid, ask } = state.top;
    const openable = power?.of(id);
    const at = serverClock.now();
    const nights = this.#hasNights(id);
    return {
      phase: derivativePhase(calendar, { at, lastDay, nights }),
      ...(nights ? { sessionDate: nightSession(calendar, at) } : {}),
      interruption: null,
      basePrice: quote.base,
      // Without limits nothing would stop a slip: a contract whose limits are not told has none that a price could lie in.
      upperLimit: quote.upper,
      lowerLimit: quote.lower,
      halted: false,
      last: quote.last,
      open: quote.open,
      high: quote.high,
      low: quote.low,
      close: 0,
      volume: quote.volume,
      value: quote.value,
      bestBid: bid.price,
      bestBidQty: bid.qty,
      bestAsk: ask.price,
      bestAskQty: ask.qty,
      viUp: 0,
      viDown: 0,
      ...(openable ? { openable } : {}),
    };
  }

  depth(id: InstrumentId): FeedDepth | undefined {
    const book = this.#states.get(id)?.book;
    return book ? { ...book, expected: null } : undefined;
  }

  close(): void {
    this.#beat.cancel();
    for (const { stop } of this.#wires) stop();
    this.#wires.clear();
  }

  #isNight(): boolean {
    const { environment, serverClock, calendar = krxCalendar } = this.#parts;
    return environment === 'real' && nightAt(calendar, serverClock.now()) !== null;
  }

  /** Whether a contract has nights here: paper has none. */
  #hasNights(id: InstrumentId): boolean {
    return this.#parts.environment === 'real' && tradesAtNight(id);
  }

  #tradesNow(id: InstrumentId): boolean {
    return this.#night && tradesAtNight(id);
  }

  /** With the bell of the night everything about its contracts is another: quote, book, channels. */
  #follow(): void {
    const night = this.#isNight();
    if (night === this.#night) return;
    this.#night = night;
    for (const id of [...this.#states.keys()]) if (tradesAtNight(id)) this.#states.delete(id);
    this.#parts.power?.forget();
    for (const wire of this.#wires) {
      const { instrumentId: id, what } = wire.wish;
      if (!tradesAtNight(id)) continue;
      wire.stop();
      wire.stop = this.#register(wire.wish);
      this.#refresh(id);
      if (what === 'book') this.#refreshBook(id);
    }
    this.#told.changed();
  }

  #register({ instrumentId: id, what, rank }: FeedWish): () => void {
    const { channels, code } = this.#state(id).at;
    if (channels === null) return () => undefined;
    return this.#parts.realtime.want({
      api: what === 'book' ? channels.book : channels.trades,
      key: code,
      rank: RANKS[rank],
      record: (record) => {
        if (what === 'book') this.#heardBook(id, derivativeLiveBook(record));
        else this.#heardTrade(id, record);
      },
      state: (told) => this.#wishState(id, what, told),
    });
  }

  #state(id: InstrumentId): State {
    let state = this.#states.get(id);
    if (!state) {
      const nothing = {
        quote: null,
        book: null,
        top: { bid: NONE, ask: NONE },
        taken: null,
        heardTs: null,
        live: false,
      };
      const day = knownContract(id);
      this.#states.set(id, (state = { at: this.#tradesNow(id) ? nightContract(day) : day, ...nothing }));
    }
    return state;
  }

  #wishState(id: InstrumentId, what: FeedWish['what'], told: WishState): void {
    if (what === 'book') return;
    const state = this.#state(id);
    const isLive = told === 'live';
    // What was missed while it was not live is asked for.
    if (isLive && !state.live) this.#refresh(id);
    state.live = isLive;
  }

  #heardTrade(id: InstrumentId, record: ChannelRecord): void {
    const { clock, serverClock } = this.#parts;
    const state = this.#state(id);
    const { day, bid, ask, quantity, bought, sold, ts } = derivativeLiveTrade(record, kstDate(serverClock.now()));
    const { quote, taken } = state;
    if (quote) {
      const { upper, lower } = quote;
      state.quote = { ...quote, ...day, upper: day.upper || upper, lower: day.lower || lower };
    }
    // What stands in for the channel tells the day only.
    if (bid.price > 0 || ask.price > 0) state.top = { bid, ask };
    state.taken = { bought, sold };
    state.heardTs = clock.now();
    if (quantity > 0 && day.last > 0) {
      const byBuyer = taken !== null && bought - taken.bought > 0;
      const bySeller = taken !== null && sold - taken.sold > 0;
      const aggressor = byBuyer === bySeller ? null : byBuyer ? 'buy' : 'sell';
      this.#told.traded({ instrumentId: id, price: day.last, quantity, aggressor, ts: ts ?? serverClock.now() });
    }
    this.#told.changed();
  }

  #heardBook(id: InstrumentId, book: DerivativeBook): void {
    const state = this.#state(id);
    state.book = book;
    state.top = { bid: book.bids[0] ?? NONE, ask: book.asks[0] ?? NONE };
    this.#told.changed();
  }

  #refresh(id: InstrumentId): void {
    this.#fetch(id).catch((error: unknown) => this.#failed(id, error));
  }

  async #fetch(id: InstrumentId): Promise<void> {
    const { rest, clock, learnt } = this.#parts;
    const state = this.#state(id);
    const quote = derivativeQuote(await rest.call(derivativePrice(state.at)));
    state.quote = quote;
    state.heardTs = clock.now();
    if (quote.base > 0) learnt?.(id, quote);
    this.#told.changed();
  }

  #refreshBook(id: InstrumentId): void {
    const { rest } = this.#parts;
    if (!rest.offers(DERIVATIVE_BOOK)) return;
    rest.call(derivativeBookCall(this.#state(id).at)).then(
      (answer) => this.#heardBook(id, derivativeBook(answer)),
      (error: unknown) => this.#failed(id, error),
    );
  }

  #failed(id: InstrumentId, error: unknown): void {
    this.#parts.logger.warn('a quote of a future or option could not be asked for', { id, error: String(error) });
  }
}

/** Futures and options as a part of a connection's feed. */
export function derivativePart(parts: DerivativePartParts, told: PartListener): FeedPart {
  return new ContractFeed(parts, told);
}
