/** Listed bonds as a part of a connection's feed: quotes, books and days; live where a channel is registered, else as often as they are asked for. */
import {
  codeOf,
  NO_LIMITS,
  productOf,
  CANDLE_COLUMNS,
  type CandleColumn,
  type InstrumentId,
} from '#shared/domain/index.ts';
import { bondPhase, krxCalendar } from '#shared/market/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import type { EpochMs, TradingCalendar } from '#shared/time/index.ts';
import type { FeedDepth, FeedIssue } from '../../../market/index.ts';
import type { FeedPart, PartListener } from '../joint/joint-feed.ts';
import { oneEar } from '../joint/one-ear.ts';
import type { KisRealtime, KisRest, ServerClock, WishRank } from '../ports.ts';
import { bondBars, bondDays } from './wire/candles.ts';
import {
  bondBook,
  bondBookCall,
  bondLiveBook,
  bondLiveTrade,
  bondPriceCall,
  bondQuote,
  BOND_BOOK_LIVE,
  BOND_PRICE,
  BOND_TRADES_LIVE,
  type BondBook,
  type BondQuote,
} from './wire/quote.ts';

/** A quote nobody refreshed for longer says nothing of the present; as long as the guard would trust it. */
const FRESH_MS = 15_000;

export interface BondPartParts {
  readonly rest: KisRest;
  readonly realtime: KisRealtime;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The bonds known offline. */
  readonly issues: () => readonly { readonly id: InstrumentId }[];
  /** Whether an id is that of a bond which may be shown. */
  readonly find: (id: InstrumentId) => unknown;
  /** A bond is in the ticket, or about to be ordered. */
  readonly wanted?: (id: InstrumentId) => void;
  readonly calendar?: TradingCalendar;
}

interface State {
  quote: BondQuote | null;
  book: BondBook | null;
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

class BondFeed implements FeedPart {
  readonly #parts: BondPartParts;
  readonly #told: PartListener;
  readonly #bonds = new Map<InstrumentId, State>();
  readonly #stops = new Set<() => void>();

  constructor(parts: BondPartParts, told: PartListener) {
    this.#parts = { ...parts, realtime: oneEar(parts.realtime) };
    this.#told = told;
  }

  owns(id: InstrumentId): boolean {
    return productOf(id) === 'bond';
  }

  instrumentIds(): readonly InstrumentId[] {
    return this.#parts.issues().map(({ id }) => id);
  }

  want(wish: Parameters<FeedPart['want']>[0]): () => void {
    const { instrumentId: id, what, rank } = wish;
    const { realtime, rest, wanted } = this.#parts;
    // Paper has no figures of bonds at all.
    if (!rest.offers(BOND_PRICE)) return () => undefined;
    const state = this.#state(id);
    if (rank !== 'list') wanted?.(id);
    if (state.quote === null) this.#later(id, this.#fetch(id));
    if (what === 'book' && state.book === null) this.#later(id, this.#fetchBook(id));
    const stop = realtime.want({
      api: what === 'book' ? BOND_BOOK_LIVE : BOND_TRADES_LIVE,
      key: codeOf(id),
      rank: RANKS[rank],
      record: (record) => {
        if (what === 'book') this.#setBook(id, bondLiveBook(record));
        else this.#trade(id, record);
      },
      state: (told) => {
        if (what === 'book') return;
        const isLive = told === 'live';
        // What was missed while it was not live is asked for.
        if (isLive && !state.live) this.#later(id, this.#fetch(id));
        state.live = isLive;
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
    if (!this.#parts.rest.offers(BOND_PRICE)) return;
    this.#parts.wanted?.(id);
    if (this.staleSince(id) === null && this.#state(id).quote !== null) return;
    await this.#fetch(id);
  }

  async candles(wish: Parameters<FeedPart['candles']>[0], signal: AbortSignal): ReturnType<FeedPart['candles']> {
    const { rest } = this.#parts;
    const isDaily = wish.interval === '1d' && rest.offers(BOND_PRICE);
    const bars = isDaily ? bondBars(await rest.call({ ...bondDays(codeOf(wish.instrumentId)), signal })) : [];
    const newest = bars.slice(-wish.limit);
    const columns = Object.fromEntries(
      CANDLE_COLUMNS.map((name) => [name, Float64Array.from(newest, (bar) => bar[name])]),
    ) as Record<CandleColumn, Float64Array>;
    return { length: newest.length, columns };
  }

  staleSince(id: InstrumentId): EpochMs | null {
    const state = this.#bonds.get(id);
    if (!state || state.heardTs === null || state.live) return null;
    return this.#parts.clock.now() - state.heardTs > FRESH_MS ? state.heardTs : null;
  }

  listed(id: InstrumentId): ReturnType<FeedPart['listed']> {
    if (!this.#parts.rest.offers(BOND_PRICE) || this.#parts.find(id) === undefined) return undefined;
    return { nxt: false };
  }

  issue(id: InstrumentId): FeedIssue | undefined {
    const { quote, book } = this.#bonds.get(id) ?? { quote: null, book: null };
    const base = quote?.base || quote?.last || 0;
    // Nothing can be shown or judged before a price is known.
    if (!quote || base <= 0) return undefined;
    const { last, open, high, low, volume, upper, lower, yieldPpm } = quote;
    const limits = upper > 0 && lower > 0 ? { upperLimit: upper, lowerLimit: lower } : NO_LIMITS;
    return {
      phase: bondPhase(this.#parts.calendar ?? krxCalendar, this.#parts.serverClock.now()),
      interruption: null,
      basePrice: base,
      ...limits,
      halted: false,
      last,
      open,
      high,
      low,
      close: 0,
      volume,
      // The broker tells no turnover of a bond.
      value: 0,
      bestBid: book?.bids[0]?.price ?? 0,
      bestBidQty: book?.bids[0]?.qty ?? 0,
      bestAsk: book?.asks[0]?.price ?? 0,
      bestAskQty: book?.asks[0]?.qty ?? 0,
      viUp: 0,
      viDown: 0,
      ...(yieldPpm === null ? {} : { yieldPpm }),
    };
  }

  depth(id: InstrumentId): FeedDepth | undefined {
    const book = this.#bonds.get(id)?.book;
    return book ? { ...book, expected: null } : undefined;
  }

  close(): void {
    for (const stop of [...this.#stops]) stop();
  }

  #state(id: InstrumentId): State {
    let state = this.#bonds.get(id);
    if (!state) this.#bonds.set(id, (state = { quote: null, book: null, heardTs: null, live: false }));
    return state;
  }

  #trade(id: InstrumentId, record: Parameters<typeof bondLiveTrade>[0]): void {
    const { clock, serverClock } = this.#parts;
    const state = this.#state(id);
    const { day, quantity, ts } = bondLiveTrade(record, serverClock.now());
    const { upper, lower, base } = state.quote ?? { upper: 0, lower: 0, base: 0 };
    state.quote = { ...day, base: day.base || base, upper, lower };
    state.heardTs = clock.now();
    if (quantity > 0 && day.last > 0) {
      // Who took is not told.
      const trade = { instrumentId: id, price: day.last, quantity, aggressor: null };
      this.#told.traded({ ...trade, ts: ts ?? serverClock.now() });
    }
    this.#told.changed();
  }

  #setBook(id: InstrumentId, book: BondBook): void {
    this.#state(id).book = book;
    this.#told.changed();
  }

  async #fetch(id: InstrumentId): Promise<void> {
    const quote = bondQuote(await this.#parts.rest.call(bondPriceCall(codeOf(id))));
    const state = this.#state(id);
    state.quote = quote;
    state.heardTs = this.#parts.clock.now();
    this.#told.changed();
  }

  async #fetchBook(id: InstrumentId): Promise<void> {
    this.#setBook(id, bondBook(await this.#parts.rest.call(bondBookCall(codeOf(id)))));
  }

  #later(id: InstrumentId, fetching: Promise<void>): void {
    fetching.catch((error: unknown) => {
      this.#parts.logger.warn('a bond could not be asked for', { id, error: String(error) });
    });
  }
}

/** Listed bonds as a part of a connection's feed; of the real environment, since paper has none of their APIs. */
export function bondPart(parts: BondPartParts, told: PartListener): FeedPart {
  return new BondFeed(parts, told);
}
