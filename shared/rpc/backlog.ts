/** What waits to be sent on a stream: the newest value per key, or every item in order. Both bounded. */

/** One batch as it will travel. */
export interface Batch<Item> {
  readonly items: readonly Item[];
  /** Number of the last item contained, counted from 1. */
  readonly seq: number;
  readonly snapshot: boolean;
}

/** Items of one stream between the handler and the wire. */
export interface Backlog<Item> {
  /** false: full, the item was not taken. */
  add(item: Item): boolean;
  /** Forgets what waits; the next batch is this full state. false: more than can be held. */
  replaceAll(items: readonly Item[]): boolean;
  /** true when a batch could be taken. */
  readonly waiting: boolean;
  /** Takes the next batch out. */
  take(): Batch<Item>;
}

/** Keeps only the newest item of each key; the batch holds one item a key, in the order the keys first came. */
export function latestBacklog<Item>(parts: {
  readonly key: (item: Item) => string;
  readonly limit: number;
}): Backlog<Item> {
  let newest = new Map<string, Item>();
  let seq = 0;
  let snapshot = false;
  const keep = (item: Item): boolean => {
    newest.set(parts.key(item), item);
    return newest.size <= parts.limit;
  };
  return {
    add(item) {
      seq += 1;
      return keep(item);
    },
    replaceAll(items) {
      newest = new Map();
      snapshot = true;
      return items.every(keep);
    },
    get waiting() {
      return snapshot || newest.size > 0;
    },
    take() {
      const batch = { items: [...newest.values()], seq, snapshot };
      newest = new Map();
      snapshot = false;
      return batch;
    },
  };
}

/** Keeps every item, numbered and in order, up to `limit`; a batch holds at most `batchItems`, a snapshot travels whole. */
export function everyBacklog<Item>(parts: { readonly limit: number; readonly batchItems: number }): Backlog<Item> {
  let queue: Item[] = [];
  let taken = 0;
  let full: readonly Item[] | null = null;
  return {
    add(item) {
      if (queue.length >= parts.limit) return false;
      queue.push(item);
      return true;
    },
    replaceAll(items) {
      taken += queue.length;
      queue = [];
      full = [...items];
      return true;
    },
    get waiting() {
      return full !== null || queue.length > 0;
    },
    take() {
      if (full !== null) {
        const batch = { items: full, seq: taken, snapshot: true };
        full = null;
        return batch;
      }
      const items = queue.splice(0, parts.batchItems);
      taken += items.length;
      return { items, seq: taken, snapshot: false };
    },
  };
}
