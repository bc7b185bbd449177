/** Today's course of issues for small lines: fetched once, a few at a time, then kept up by the last prices. */
import type { MarketBus } from './market-bus.ts';
import type { CoreClient } from './supervisor.ts';

/** A point every three minutes is more than the line has pixels. */
const INTERVAL = '3m';
const STEP_MS = 180_000;
const POINTS = 260;
/** A line is drawn again at most this often, milliseconds; nobody sees more in it. */
const REDRAW_MS = 1_000;
/** Calls on their way at once; lines can wait, orders cannot. */
const AT_ONCE = 2;

interface Course {
  /** Prices, oldest first; the last is the price now. */
  values: number[];
  /** When the last point began, by the exchange's clock. */
  begunAt: number;
  fetched: boolean;
  /** When the price that is drawn was received. */
  drawnAt: number;
}

type Listener = () => void;

export class SparkFeed {
  readonly #bus: MarketBus;
  readonly #client: () => CoreClient | null;
  /** false: history costs calls of a broker that has few; the line grows from what is seen. */
  readonly #history: () => boolean;
  readonly #courses = new Map<string, Course>();
  readonly #wanted = new Map<string, Set<Listener>>();
  readonly #queue: string[] = [];
  #running = 0;
  #era = 0;

  constructor(parts: {
    readonly bus: MarketBus;
    readonly client: () => CoreClient | null;
    readonly history: () => boolean;
  }) {
    this.#bus = parts.bus;
    this.#client = parts.client;
    this.#history = parts.history;
  }

  values(id: string): readonly number[] {
    return this.#courses.get(id)?.values ?? [];
  }

  /** Another market: its prices have nothing to do with the old ones. */
  clear(): void {
    this.#era += 1;
    this.#courses.clear();
    for (const [id, listeners] of this.#wanted) {
      this.#ask(id);
      for (const listener of listeners) listener();
    }
  }

  /** Follows an issue; returns what ends that. */
  watch(id: string, listener: Listener): () => void {
    const listeners = this.#wanted.get(id) ?? new Set();
    this.#wanted.set(id, listeners);
    listeners.add(listener);
    this.#ask(id);
    const stop = this.#bus.watchQuote(id, () => {
      if (this.#see(id)) listener();
    });
    return () => {
      stop();
      listeners.delete(listener);
      if (listeners.size === 0) this.#wanted.delete(id);
    };
  }

  /** Takes the last price in; true where the line has changed. */
  #see(id: string): boolean {
    const quote = this.#bus.quote(id);
    if (!quote || quote.last === null) return false;
    const course = this.#courses.get(id) ?? { values: [], begunAt: 0, fetched: false, drawnAt: 0 };
    this.#courses.set(id, course);
    const { values } = course;
    if (quote.exchangeTs - course.begunAt >= STEP_MS || values.length === 0) {
      values.push(quote.last);
      course.begunAt = quote.exchangeTs;
      if (values.length > POINTS) values.shift();
      return true;
    }
    if (values[values.length - 1] === quote.last) return false;
    values[values.length - 1] = quote.last;
    if (quote.receivedTs - course.drawnAt < REDRAW_MS) return false;
    course.drawnAt = quote.receivedTs;
    return true;
  }

  #ask(id: string): void {
    if (!this.#history() || this.#courses.get(id)?.fetched === true || this.#queue.includes(id)) return;
    this.#queue.push(id);
    this.#next();
  }

  #next(): void {
    const client = this.#client();
    while (client && this.#running < AT_ONCE) {
      const id = this.#queue.shift();
      if (id === undefined) return;
      // Scrolled away before its turn came.
      if (!this.#wanted.has(id)) continue;
      this.#running += 1;
      void this.#fetch(client, id).finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }

  /** A line that could not be fetched grows from the prices that are seen. */
  async #fetch(client: CoreClient, id: string): Promise<void> {
    const era = this.#era;
    try {
      const table = await client.market.candles({ instrumentId: id, interval: INTERVAL, limit: POINTS });
      if (era !== this.#era) return;
      const begunAt = table.columns.openTs[table.length - 1] ?? 0;
      this.#courses.set(id, { values: Array.from(table.columns.close), begunAt, fetched: true, drawnAt: 0 });
      this.#see(id);
      for (const listener of this.#wanted.get(id) ?? []) listener();
    } catch {
      const course = this.#courses.get(id) ?? { values: [], begunAt: 0, fetched: false, drawnAt: 0 };
      this.#courses.set(id, { ...course, fetched: true });
    }
  }
}
