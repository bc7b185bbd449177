/** The real market's books as the orders of this program meet them: one shadow book an issue and venue, kept up while orders wait. */
import { codeOf, type InstrumentId, type Side, type VenueName } from '#shared/domain/index.ts';
import { ShadowBook, type ShadowFill, type ShadowOrder } from '#shared/exchange/index.ts';
import { isContinuous } from '#shared/time/index.ts';
import type { Feed, FeedTrade } from '../../market/index.ts';

/** A fill with where it happened. */
export interface LiveFill extends ShadowFill {
  readonly venue: VenueName;
}

interface Board {
  readonly instrumentId: InstrumentId;
  readonly venue: VenueName;
  readonly book: ShadowBook;
  /** Ends the wish for this issue's data. */
  readonly release: () => void;
}

export class LiveBoard {
  readonly #feed: Feed;
  readonly #boards = new Map<string, Board>();

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  /** Venues whose books are looked at. */
  get size(): number {
    return this.#boards.size;
  }

  /** Best price of a side now, null where there is none. */
  best(at: { readonly instrumentId: InstrumentId; readonly venue: VenueName }, side: Side): number | null {
    const depth = this.#feed.depth(at.instrumentId, at.venue);
    return (side === 'buy' ? depth?.bids[0] : depth?.asks[0])?.price ?? null;
  }

  /** Units that an order could take at once. */
  available(at: { readonly instrumentId: InstrumentId; readonly venue: VenueName }, order: ShadowOrder): number {
    return this.#open(at).book.available(order.side, order.limit);
  }

  /** What an order takes from the shown book now; nothing while an auction collects. */
  take(at: { readonly instrumentId: InstrumentId; readonly venue: VenueName }, order: ShadowOrder): LiveFill[] {
    const board = this.#open(at);
    if (!this.#matches(board)) return [];
    return board.book.take(order).map((fill) => ({ ...fill, venue: at.venue }));
  }

  /** The order waits from now on. */
  rest(at: { readonly instrumentId: InstrumentId; readonly venue: VenueName }, order: ShadowOrder): void {
    this.#open(at).book.rest(order);
  }

  withdraw(at: { readonly instrumentId: InstrumentId; readonly venue: VenueName }, no: string): void {
    this.#boards.get(keyOf(at))?.book.withdraw(no);
  }

  /** A trade of the real market. */
  traded(trade: FeedTrade): LiveFill[] {
    const board = this.#boards.get(keyOf(trade));
    return board ? board.book.trade(trade).map((fill) => ({ ...fill, venue: trade.venue })) : [];
  }

  /** Looks at every book in which orders wait, and lets go of those in which none does. */
  look(): LiveFill[] {
    const fills: LiveFill[] = [];
    for (const [key, board] of this.#boards) {
      if (board.book.empty) {
        board.release();
        this.#boards.delete(key);
        continue;
      }
      const depth = this.#feed.depth(board.instrumentId, board.venue);
      if (!depth) continue;
      for (const fill of board.book.show(depth, this.#matches(board))) fills.push({ ...fill, venue: board.venue });
    }
    return fills;
  }

  clear(): void {
    for (const { release } of this.#boards.values()) release();
    this.#boards.clear();
  }

  #matches({ instrumentId, venue }: Board): boolean {
    const issue = this.#feed.issue(instrumentId, venue);
    return issue !== undefined && !issue.halted && isContinuous(issue.phase);
  }

  #open(at: { readonly instrumentId: InstrumentId; readonly venue: VenueName }): Board {
    const key = keyOf(at);
    let board = this.#boards.get(key);
    if (!board) {
      const { instrumentId, venue } = at;
      const stops = (['book', 'tape'] as const).map((what) =>
        this.#feed.want?.({ instrumentId, what, rank: 'orders' }),
      );
      board = { instrumentId, venue, book: new ShadowBook(), release: () => stops.forEach((stop) => stop?.()) };
      this.#boards.set(key, board);
      const depth = this.#feed.depth(instrumentId, venue);
      if (depth) board.book.show(depth, false);
    }
    return board;
  }
}

const keyOf = ({ instrumentId, venue }: { readonly instrumentId: InstrumentId; readonly venue: VenueName }): string =>
  `${codeOf(instrumentId)}|${venue}`;
