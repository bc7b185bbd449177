/** Who looks at what, and what each last saw; a value is made once however many look at it. */
import type { Logger } from '#shared/ports.ts';

interface Watched<V> {
  readonly listeners: Set<(value: V) => void>;
  /** What was last told; undefined before the first, and after `forget`. */
  last: V | undefined;
}

export class WatchList<K extends string, V> {
  readonly #logger: Logger;
  readonly #watched = new Map<K, Watched<V>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  keys(): IterableIterator<K> {
    return this.#watched.keys();
  }

  has(key: K): boolean {
    return this.#watched.has(key);
  }

  /** Tells `now` at once, if there is anything to tell. */
  add(key: K, listener: (value: V) => void, now: V | undefined): () => void {
    let watched = this.#watched.get(key);
    if (!watched) this.#watched.set(key, (watched = { listeners: new Set(), last: now }));
    // One function may be given twice; each gets its own place.
    const own = (value: V): void => listener(value);
    watched.listeners.add(own);
    if (now !== undefined) this.#tell(own, now);
    return () => {
      watched.listeners.delete(own);
      if (watched.listeners.size === 0 && this.#watched.get(key) === watched) this.#watched.delete(key);
    };
  }

  /** Tells a value to all who look at `key`, unless it is what they last heard. */
  publish(key: K, value: V | undefined, same: (a: V, b: V) => boolean): void {
    const watched = this.#watched.get(key);
    if (!watched || value === undefined) return;
    if (watched.last !== undefined && same(watched.last, value)) return;
    watched.last = value;
    for (const listener of watched.listeners) this.#tell(listener, value);
  }

  /** The next value is told even if it is the same. */
  forget(): void {
    for (const watched of this.#watched.values()) watched.last = undefined;
  }

  clear(): void {
    this.#watched.clear();
  }

  #tell(listener: (value: V) => void, value: V): void {
    try {
      listener(value);
    } catch (error) {
      this.#logger.error('a watcher of the market failed', { error: String(error) });
    }
  }
}
