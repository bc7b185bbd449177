/** A market feed moved by hand. */
import type { Feed, FeedDepth, FeedIssue, FeedListener, FeedSession } from '#core/market/index.ts';
import type { InstrumentId, Side } from '#shared/domain/index.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';

export const FEED_DAY = sessionDate('2026-03-03');

/** The instant of "HH:MM:SS" on the feed's day. */
export function at(text: string): number {
  return kstInstant(FEED_DAY, timeOfDayMs(text));
}

const EMPTY: FeedIssue = {
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
  readonly depths = new Map<InstrumentId, FeedDepth>();
  sessionNow: FeedSession = {
    sessionDate: FEED_DAY,
    phase: 'continuous',
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

  issue(id: InstrumentId): FeedIssue | undefined {
    return this.issues.get(id);
  }

  depth(id: InstrumentId): FeedDepth | undefined {
    return this.depths.get(id);
  }

  watchMarket(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(): void {
    for (const listener of this.#listeners) listener.opened();
  }

  /** A trade at "HH:MM:SS", counted in the issue's figures. */
  trade(id: InstrumentId, text: string, price: number, quantity: number, aggressor: Side | null = 'buy'): void {
    const ts = epochMs(at(text));
    const before = this.issues.get(id) ?? EMPTY;
    const first = before.last === 0;
    this.issues.set(id, {
      ...before,
      last: price,
      open: first ? price : before.open,
      high: first ? price : Math.max(before.high, price),
      low: first ? price : Math.min(before.low, price),
      volume: before.volume + quantity,
      value: before.value + price * quantity,
    });
    this.#seq += 1;
    this.sessionNow = { ...this.sessionNow, exchangeTs: ts, events: this.sessionNow.events + 1 };
    for (const listener of this.#listeners)
      listener.traded({ seq: this.#seq, instrumentId: id, price, quantity, aggressor, ts });
  }

  /** The end of a stretch of time, optionally at "HH:MM:SS". */
  advanced(text?: string): void {
    if (text !== undefined) this.sessionNow = { ...this.sessionNow, exchangeTs: epochMs(at(text)) };
    for (const listener of this.#listeners) listener.advanced();
  }
}
