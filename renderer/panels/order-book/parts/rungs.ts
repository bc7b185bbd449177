/** The ladder as rows: ten asks downwards, ten bids below, of one venue or of both, with my own orders and what changed at each level. */
import { type Order, type OrderBook, type Quote, isOpen } from '#shared/domain/index.ts';

/** Levels of one side. */
export const LEVELS = 10;
/** How long a change of a level stays beside it, wall milliseconds. */
export const CHANGE_MS = 1_500;

/** Units that stand at a price on one venue. */
export interface Standing {
  readonly ask: number;
  readonly bid: number;
}

export interface Rung {
  /** both: orders of both sides stand at this price, as in an auction or where two venues overlap. */
  readonly side: 'ask' | 'bid' | 'both';
  /** Distance from the spread, 0 nearest; where the sides overlap, the place from the top. */
  readonly depth: number;
  /** null: an empty place. */
  readonly price: number | null;
  readonly krx: Standing;
  readonly nxt: Standing;
}

/** The books that a ladder shows; one of them, or both. */
export interface Books {
  readonly krx?: OrderBook | undefined;
  readonly nxt?: OrderBook | undefined;
}

const EMPTY: Standing = { ask: 0, bid: 0 };

type Standings = ReadonlyMap<number, { readonly krx: Standing; readonly nxt: Standing }>;

function standings(books: Books): Standings {
  const all = new Map<number, { krx: Standing; nxt: Standing }>();
  const add = (venue: 'krx' | 'nxt', side: 'ask' | 'bid', level: { readonly price: number; readonly qty: number }) => {
    const at = all.get(level.price) ?? { krx: EMPTY, nxt: EMPTY };
    all.set(level.price, { ...at, [venue]: { ...at[venue], [side]: at[venue][side] + level.qty } });
  };
  for (const venue of ['krx', 'nxt'] as const) {
    for (const level of books[venue]?.asks ?? []) add(venue, 'ask', level);
    for (const level of books[venue]?.bids ?? []) add(venue, 'bid', level);
  }
  return all;
}

const asked = (at: { readonly krx: Standing; readonly nxt: Standing }): number => at.krx.ask + at.nxt.ask;
const bidden = (at: { readonly krx: Standing; readonly nxt: Standing }): number => at.krx.bid + at.nxt.bid;

/** True where somebody buys at or above what somebody else sells for: while orders are collected, or between two venues. */
export function overlaps(books: Books): boolean {
  const asks = [...(books.krx?.asks ?? []), ...(books.nxt?.asks ?? [])].map((level) => level.price);
  const bids = [...(books.krx?.bids ?? []), ...(books.nxt?.bids ?? [])].map((level) => level.price);
  return asks.length > 0 && bids.length > 0 && Math.min(...asks) <= Math.max(...bids);
}

/** One price axis around `centre`, each price once; for books whose sides overlap. */
function axis(all: Standings, centre: number): readonly Rung[] {
  const prices = [...all.keys()].sort((a, b) => b - a);
  const rows = 2 * LEVELS;
  const at = prices.findIndex((price) => price <= centre);
  const middle = at < 0 ? prices.length : at;
  const from = Math.max(0, Math.min(middle - LEVELS, prices.length - rows));
  return Array.from({ length: rows }, (_, depth): Rung => {
    const price = prices[from + depth] ?? null;
    const standing = price === null ? undefined : all.get(price);
    const { krx, nxt } = standing ?? { krx: EMPTY, nxt: EMPTY };
    const side = asked({ krx, nxt }) === 0 ? 'bid' : bidden({ krx, nxt }) === 0 ? 'ask' : 'both';
    return { side: price === null ? (depth < LEVELS ? 'ask' : 'bid') : side, depth, price, krx, nxt };
  });
}

/** Twenty rows from the highest price to the lowest; levels that do not exist stay empty in their place. `centre` is the price around which overlapping books are shown. */
export function rungs(books: Books, centre: number | null = null): readonly Rung[] {
  const all = standings(books);
  if (overlaps(books)) {
    const bids = [...all.keys()].filter((price) => bidden(all.get(price) ?? { krx: EMPTY, nxt: EMPTY }) > 0);
    return axis(all, centre ?? Math.max(...bids));
  }
  const asks = [...all.keys()].filter((price) => asked(all.get(price) ?? { krx: EMPTY, nxt: EMPTY }) > 0);
  const bids = [...all.keys()].filter((price) => bidden(all.get(price) ?? { krx: EMPTY, nxt: EMPTY }) > 0);
  asks.sort((a, b) => a - b);
  bids.sort((a, b) => b - a);
  const rung = (side: 'ask' | 'bid', depth: number): Rung => {
    const price = (side === 'ask' ? asks : bids)[depth] ?? null;
    const { krx, nxt } = (price === null ? undefined : all.get(price)) ?? { krx: EMPTY, nxt: EMPTY };
    return { side, depth, price, krx, nxt };
  };
  return [
    ...Array.from({ length: LEVELS }, (_, i) => rung('ask', LEVELS - 1 - i)),
    ...Array.from({ length: LEVELS }, (_, depth) => rung('bid', depth)),
  ];
}

/** The largest quantity of a row on one venue and side, for the length of the bars. */
export function deepest(rows: readonly Rung[]): number {
  let most = 1;
  for (const { krx, nxt } of rows) most = Math.max(most, krx.ask, krx.bid, nxt.ask, nxt.bid);
  return most;
}

/** What a row says of its price besides its quantities. */
export type Mark = 'limitUp' | 'limitDown' | 'viUp' | 'viDown';

/** Marks by price: the limits of the day, and on each side the first row at or beyond the price that triggers a VI. */
export function marksOf(
  rows: readonly Rung[],
  quote: Pick<Quote, 'upperLimit' | 'lowerLimit' | 'viUp' | 'viDown'>,
): ReadonlyMap<number, Mark> {
  const prices = rows.flatMap((row) => (row.price === null ? [] : [row.price]));
  const marks = new Map<number, Mark>();
  const { viUp, viDown } = quote;
  const up = viUp === null ? [] : prices.filter((price) => price >= viUp);
  const down = viDown === null ? [] : prices.filter((price) => price <= viDown);
  if (up.length > 0) marks.set(Math.min(...up), 'viUp');
  if (down.length > 0) marks.set(Math.max(...down), 'viDown');
  if (prices.includes(quote.upperLimit)) marks.set(quote.upperLimit, 'limitUp');
  if (prices.includes(quote.lowerLimit)) marks.set(quote.lowerLimit, 'limitDown');
  return marks;
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
  if (!before || before.instrumentId !== after.instrumentId || before.venue !== after.venue) return new Map();
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

/** True for a stop-limit order that still waits for its stop price: it stands in no book. */
export function waitsForStop(order: Order): boolean {
  return order.stopPrice !== null && !order.triggered;
}

/** My open orders of an issue by price, with the quantity still open; one that waits for its stop price stands there. */
export function ownOrders(
  orders: Iterable<Order>,
  accountId: string | null,
  instrumentId: string | null,
): ReadonlyMap<number, readonly Order[]> {
  const own = new Map<number, Order[]>();
  for (const order of orders) {
    if (order.accountId !== accountId || order.instrumentId !== instrumentId || !isOpen(order.state)) continue;
    const price = waitsForStop(order) ? order.stopPrice : order.price;
    if (price === null) continue;
    const list = own.get(price) ?? [];
    list.push(order);
    own.set(price, list);
  }
  return own;
}
