/** Market data outside React: cells and charts subscribe by key; streams to the core open and close by what is watched. */
import type { OrderBook, Quote, Tape, VenueName } from '#shared/domain/index.ts';
import type { CoreClient } from './supervisor.ts';

/** The contract takes at most this many ids in one quotes stream. */
export const QUOTES_PER_STREAM = 100;
/** At most this many quotes streams; an issue beyond them stays without a price. */
export const QUOTE_STREAMS = 4;

type Listener = () => void;

/** Listeners by key, told once for a batch however many of its items they watch. */
class Listeners {
  readonly #byKey = new Map<string, Set<Listener>>();

  /** Returns what takes the listener off again. */
  add(key: string, listener: Listener): () => void {
    const set = this.#byKey.get(key) ?? new Set();
    set.add(listener);
    this.#byKey.set(key, set);
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.#byKey.get(key) === set) this.#byKey.delete(key);
    };
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  keys(): readonly string[] {
    return [...this.#byKey.keys()];
  }

  tell(keys: Iterable<string>): void {
    const told = new Set<Listener>();
    for (const key of keys) for (const listener of this.#byKey.get(key) ?? []) told.add(listener);
    for (const listener of told) listener();
  }
}

/** One stream per watched key, opened with the first listener and closed after the last. */
class Channel<T> {
  readonly #listeners = new Listeners();
  readonly #values = new Map<string, T>();
  readonly #closers = new Map<string, () => void>();
  readonly #open: (client: CoreClient, key: string, take: (value: T) => void) => () => void;
  #client: CoreClient | null = null;

  constructor(open: (client: CoreClient, key: string, take: (value: T) => void) => () => void) {
    this.#open = open;
  }

  attach(client: CoreClient): void {
    this.#client = client;
    for (const key of this.#listeners.keys()) this.#start(key);
  }

  detach(): void {
    for (const close of this.#closers.values()) close();
    this.#closers.clear();
    this.#client = null;
  }

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  /** Forgets values of a market that is gone. */
  clear(): void {
    const keys = [...this.#values.keys()];
    this.#values.clear();
    this.#listeners.tell(keys);
  }

  watch(key: string, listener: Listener): () => void {
    const remove = this.#listeners.add(key, listener);
    if (!this.#closers.has(key)) this.#start(key);
    return () => {
      remove();
      if (this.#listeners.has(key)) return;
      this.#closers.get(key)?.();
      this.#closers.delete(key);
      this.#values.delete(key);
    };
  }

  #start(key: string): void {
    if (!this.#client) return;
    const close = this.#open(this.#client, key, (value) => {
      this.#values.set(key, value);
      this.#listeners.tell([key]);
    });
    this.#closers.set(key, close);
  }
}

function last<T>(items: readonly T[]): T | undefined {
  return items[items.length - 1];
}

/** Quotes of all watched issues over as few streams as possible. */
class QuoteBoard {
  readonly #listeners = new Listeners();
  readonly #quotes = new Map<string, Quote>();
  readonly #streams = new Map<string, () => void>();
  #client: CoreClient | null = null;
  #planned = false;

  attach(client: CoreClient): void {
    this.#client = client;
    this.#plan();
  }

  detach(): void {
    for (const close of this.#streams.values()) close();
    this.#streams.clear();
    this.#client = null;
  }

  get(id: string): Quote | undefined {
    return this.#quotes.get(id);
  }

  clear(): void {
    const keys = [...this.#quotes.keys()];
    this.#quotes.clear();
    this.#listeners.tell(keys);
  }

  watch(id: string, listener: Listener): () => void {
    const fresh = !this.#listeners.has(id);
    const remove = this.#listeners.add(id, listener);
    if (fresh) this.#plan();
    return () => {
      remove();
      if (!this.#listeners.has(id)) this.#plan();
    };
  }

  /** Many cells come and go in one render: the streams change once, after it. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#reopen();
    });
  }

  #reopen(): void {
    const client = this.#client;
    if (!client) return;
    const ids = [...this.#listeners.keys()].sort();
    const wanted = new Map<string, string[]>();
    for (let at = 0; at < ids.length && wanted.size < QUOTE_STREAMS; at += QUOTES_PER_STREAM) {
      const part = ids.slice(at, at + QUOTES_PER_STREAM);
      wanted.set(part.join(), part);
    }
    const old = [...this.#streams].filter(([key]) => !wanted.has(key));
    for (const [key, instrumentIds] of wanted) {
      if (this.#streams.has(key)) continue;
      const close = client.market.quotes({ instrumentIds }, { batch: (items) => this.#take(items) });
      this.#streams.set(key, close);
    }
    // After the new ones stand, so that no issue is without a stream in between.
    for (const [key, close] of old) {
      close();
      this.#streams.delete(key);
    }
  }

  #take(items: readonly Quote[]): void {
    for (const quote of items) this.#quotes.set(quote.instrumentId, quote);
    this.#listeners.tell(items.map((quote) => quote.instrumentId));
  }
}

function openBook(
  of: { readonly client: CoreClient; readonly id: string; readonly venue: VenueName },
  take: (book: OrderBook) => void,
): () => void {
  return of.client.market.book(
    { instrumentId: of.id, venue: of.venue },
    {
      batch: (items) => {
        const book = last(items);
        if (book) take(book);
      },
    },
  );
}

export class MarketBus {
  readonly #quotes = new QuoteBoard();
  readonly #books = {
    KRX: new Channel<OrderBook>((client, id, take) => openBook({ client, id, venue: 'KRX' }, take)),
    NXT: new Channel<OrderBook>((client, id, take) => openBook({ client, id, venue: 'NXT' }, take)),
  } as const;
  readonly #tapes = new Channel<Tape>((client, instrumentId, take) =>
    client.market.tape(
      { instrumentId },
      {
        batch: (items) => {
          const tape = last(items);
          if (tape) take(tape);
        },
      },
    ),
  );

  /** Follows a client until `detach`; last values stay visible meanwhile. */
  attach(client: CoreClient): void {
    this.#quotes.attach(client);
    this.#books.KRX.attach(client);
    this.#books.NXT.attach(client);
    this.#tapes.attach(client);
  }

  detach(): void {
    this.#quotes.detach();
    this.#books.KRX.detach();
    this.#books.NXT.detach();
    this.#tapes.detach();
  }

  /** Another market is playing: its prices have nothing to do with the old ones. */
  clear(): void {
    this.#quotes.clear();
    this.#books.KRX.clear();
    this.#books.NXT.clear();
    this.#tapes.clear();
  }

  quote(id: string): Quote | undefined {
    return this.#quotes.get(id);
  }

  book(id: string, venue: VenueName = 'KRX'): OrderBook | undefined {
    return this.#books[venue].get(id);
  }

  tape(id: string): Tape | undefined {
    return this.#tapes.get(id);
  }

  watchQuote(id: string, listener: Listener): () => void {
    return this.#quotes.watch(id, listener);
  }

  watchBook(id: string, listener: Listener, venue: VenueName = 'KRX'): () => void {
    return this.#books[venue].watch(id, listener);
  }

  watchTape(id: string, listener: Listener): () => void {
    return this.#tapes.watch(id, listener);
  }
}
