/** The ladder as rows: ten asks downwards, ten bids below, with my own orders and what changed at each level. */
import { type BookLevel, type Order, type OrderBook, isOpen } from '#shared/domain/index.ts';

/** Levels of one side. */
export const LEVELS = 10;
/** How long a change of a level stays beside it, wall milliseconds. */
export const CHANGE_MS = 1_500;

export interface Rung {
  readonly side: 'ask' | 'bid';
  /** Distance from the spread, 0 nearest. */
  readonly depth: number;
  readonly level: BookLevel | null;
}

/** Twenty rows from the highest ask to the lowest bid; levels that do not exist stay empty in their place. */
export function rungs(book: OrderBook | undefined): readonly Rung[] {
  const asks = Array.from({ length: LEVELS }, (_, i): Rung => {
    const depth = LEVELS - 1 - i;
    return { side: 'ask', depth, level: book?.asks[depth] ?? null };
  });
  const bids = Array.from({ length: LEVELS }, (_, depth): Rung => ({
    side: 'bid',
    depth,
    level: book?.bids[depth] ?? null,
  }));
  return [...asks, ...bids];
}

/** The largest quantity of a level, for the length of the bars. */
export function deepest(book: OrderBook | undefined): number {
  let most = 1;
  for (const level of [...(book?.asks ?? []), ...(book?.bids ?? [])]) most = Math.max(most, level.qty);
  return most;
}

export interface LevelChange {
  readonly delta: number;
  readonly at: number;
}

/** Changes by price after a new book: a level still shown adds to its recent change, others are forgotten. */
export function levelChanges(facts: {
  readonly before: OrderBook | undefined;
  readonly after: OrderBook;
  readonly changes: ReadonlyMap<number, LevelChange>;
  /** Wall time. */
  readonly now: number;
}): ReadonlyMap<number, LevelChange> {
  const { before, after, changes, now } = facts;
  if (!before || before.instrumentId !== after.instrumentId) return new Map();
  const old = new Map([...before.asks, ...before.bids].map((level) => [level.price, level.qty]));
  const next = new Map<number, LevelChange>();
  for (const { price, qty } of [...after.asks, ...after.bids]) {
    const recent = changes.get(price);
    const kept = recent && now - recent.at < CHANGE_MS ? recent : undefined;
    const was = old.get(price);
    const delta = was === undefined ? 0 : qty - was;
    if (delta !== 0) next.set(price, { delta: delta + (kept?.delta ?? 0), at: now });
    else if (kept) next.set(price, kept);
  }
  return next;
}

/** Remembers the last book of a ladder, to say what has changed at each level since. */
export class LevelMemory {
  #book: OrderBook | undefined;
  #changes: ReadonlyMap<number, LevelChange> = new Map();

  /** Changes by price; the same book gives the same answer however often it is asked. */
  after(book: OrderBook | undefined, now: number): ReadonlyMap<number, LevelChange> {
    if (book && book !== this.#book) {
      this.#changes = levelChanges({ before: this.#book, after: book, changes: this.#changes, now });
      this.#book = book;
    }
    return this.#changes;
  }
}

/** My open limit orders of an issue by price, with the quantity still open. */
export function ownOrders(
  orders: Iterable<Order>,
  accountId: string | null,
  instrumentId: string | null,
): ReadonlyMap<number, readonly Order[]> {
  const own = new Map<number, Order[]>();
  for (const order of orders) {
    if (
      order.accountId !== accountId ||
      order.instrumentId !== instrumentId ||
      order.price === null ||
      !isOpen(order.state)
    )
      continue;
    const list = own.get(order.price) ?? [];
    list.push(order);
    own.set(order.price, list);
  }
  return own;
}
