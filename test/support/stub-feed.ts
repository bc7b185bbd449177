/** A market feed moved by hand. */
import type {
  Feed,
  FeedDepth,
  FeedIssue,
  FeedListener,
  FeedListing,
  FeedSession,
  FeedTrade,
} from '#core/market/index.ts';
import type { InstrumentId, MarketState, Side, VenueName } from '#shared/domain/index.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';

export const FEED_DAY = sessionDate('2026-03-03');

/** The instant of "HH:MM:SS" on the feed's day. */
export function at(text: string): number {
  return kstInstant(FEED_DAY, timeOfDayMs(text));
}

const EMPTY: FeedIssue = {
  phase: 'continuous',
  interruption: null,
  close: 0,
  viUp: 0,
  viDown: 0,
  basePrice: 70_000,
  upperLimit: 91_000,
  lowerLimit: 49_000,
  halted: false,
  last: 0,
  open: 0,
  high: 0,
  low: 0,
  volume: 0,
  value: 0,
  bestBid: 0,
  bestBidQty: 0,
  bestAsk: 0,
  bestAskQty: 0,
};

export class StubFeed implements Feed {
  readonly issues = new Map<InstrumentId, FeedIssue>();
  readonly nxtIssues = new Map<InstrumentId, FeedIssue>();
  readonly depths = new Map<InstrumentId, FeedDepth>();
  readonly nxtDepths = new Map<InstrumentId, FeedDepth>();
  readonly listings = new Map<InstrumentId, FeedListing>();
  states: readonly MarketState[] = [];
  sessionNow: FeedSession = {
    sessionDate: FEED_DAY,
    phase: 'continuous',
    nxtPhase: null,
    preCloseOpen: false,
    postCloseOpen: false,
    afterTs: null,
    exchangeTs: epochMs(at('09:00:00')),
    up: true,
    running: true,
    events: 0,
    nextOpen: null,
  };
  #listeners = new Set<FeedListener>();
  #seq = 0;

  constructor(ids: readonly InstrumentId[]) {
    for (const id of ids) this.issues.set(id, EMPTY);
  }

  session(): FeedSession {
    return this.sessionNow;
  }

  instrumentIds(): readonly InstrumentId[] {
    return [...this.issues.keys()];
  }

  listed(id: InstrumentId): FeedListing | undefined {
    return this.issues.has(id) ? (this.listings.get(id) ?? {}) : undefined;
  }

  issue(id: InstrumentId, venue: VenueName = 'KRX'): FeedIssue | undefined {
    return (venue === 'KRX' ? this.issues : this.nxtIssues).get(id);
  }

  depth(id: InstrumentId, venue: VenueName = 'KRX'): FeedDepth | undefined {
    return (venue === 'KRX' ? this.depths : this.nxtDepths).get(id);
  }

  markets(): readonly MarketState[] {
    return this.states;
  }

  watchMarket(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(): void {
    for (const listener of this.#listeners) listener.opened();
  }

  /** A trade on KRX at "HH:MM:SS", counted in the issue's figures; one after the regular session moves no open, high or low. */
  trade(id: InstrumentId, text: string, price: number, quantity: number, aggressor: Side | null = 'buy'): void {
    const ts = epochMs(at(text));
    const before = this.issues.get(id) ?? EMPTY;
    const first = before.last === 0;
    const { afterTs } = this.sessionNow;
    const regular = afterTs === null || ts < afterTs;
    this.issues.set(id, {
      ...before,
      last: price,
      ...(regular
        ? {
            open: first ? price : before.open,
            high: first ? price : Math.max(before.high, price),
            low: first ? price : Math.min(before.low, price),
          }
        : {}),
      volume: before.volume + quantity,
      value: before.value + price * quantity,
    });
    this.#tell(id, { venue: 'KRX', price, quantity, aggressor, ts });
  }

  /** The same on NXT. */
  nxtTrade(id: InstrumentId, text: string, price: number, quantity: number): void {
    const before = this.nxtIssues.get(id) ?? EMPTY;
    const volume = before.volume + quantity;
    this.nxtIssues.set(id, { ...before, last: price, volume, value: before.value + price * quantity });
    this.#tell(id, { venue: 'NXT', price, quantity, aggressor: 'buy', ts: epochMs(at(text)) });
  }

  #tell(instrumentId: InstrumentId, trade: Omit<FeedTrade, 'seq' | 'instrumentId'>): void {
    this.#seq += 1;
    this.sessionNow = { ...this.sessionNow, exchangeTs: trade.ts, events: this.sessionNow.events + 1 };
    for (const listener of this.#listeners) listener.traded({ seq: this.#seq, instrumentId, ...trade });
  }

  /** The end of a stretch of time, optionally at "HH:MM:SS". */
  advanced(text?: string): void {
    if (text !== undefined) this.sessionNow = { ...this.sessionNow, exchangeTs: epochMs(at(text)) };
    for (const listener of this.#listeners) listener.advanced();
  }
}
