/** The user's watchlists: kept as documents, changed one after another, seen alike in every window. */
import type { Instrument, Watchlist } from '#shared/domain/index.ts';
import type { Ids } from '#shared/ports.ts';
import { useView } from '../store/view.ts';
import type { Documents } from './document-line.ts';
import { addIssues, idsOf, newWatchlist, removeIssues } from './watchlist-ops.ts';
import { wordsOf } from './words-of.ts';

/** Issues shown on a first start, where nothing was chosen yet. */
const FIRST_ISSUES = 20;
/** Other panels ask the core about at most this many issues of the first list at once. */
const MIRRORED = 100;
/** How often a change is made anew where another window was first. */
const TRIES = 4;
/** The list that is made on a first start. */
export const FIRST_LIST = 'first';

/** A list and its name among the documents. */
export interface NamedList {
  readonly id: string;
  readonly list: Watchlist;
}

/** Ids of the issues in the market worth most at their base prices; those whose shares are not known come last. */
export function largest(list: readonly Instrument[], inMarket: ReadonlySet<string>): string[] {
  return list
    .filter((instrument) => inMarket.has(instrument.id))
    .map((instrument) => ({ id: instrument.id, worth: (instrument.listedShares ?? 0) * instrument.basePrice }))
    .sort((a, b) => b.worth - a.worth)
    .slice(0, FIRST_ISSUES)
    .map((entry) => entry.id);
}

/** Lists in the user's order. */
export function inOrder(lists: ReadonlyMap<string, Watchlist>): readonly NamedList[] {
  return [...lists]
    .map(([id, list]) => ({ id, list }))
    .sort((a, b) => a.list.place - b.list.place || (a.id < b.id ? -1 : 1));
}

export class Watchlists {
  readonly #documents: Documents;
  readonly #ids: Ids;
  readonly #fail: (error: unknown) => void;
  /** Changes run one after another: each is made to what the one before has left. */
  #line: Promise<unknown> = Promise.resolve();
  #following = false;

  constructor(parts: { readonly documents: Documents; readonly ids: Ids; readonly fail: (error: unknown) => void }) {
    this.#documents = parts.documents;
    this.#ids = parts.ids;
    this.#fail = parts.fail;
  }

  /** In the user's order; empty until they are known. */
  lists(): readonly NamedList[] {
    return inOrder(this.#documents.list('watchlist') ?? new Map());
  }

  get(id: string): Watchlist | undefined {
    return this.#documents.list('watchlist')?.get(id);
  }

  /**
   * Makes the first list where there is none: of the issues that an older version kept as a preference, else of those the
   * market offers. Returns the issues of the first list.
   */
  async begin(old: readonly string[], offered: () => readonly string[], name: string): Promise<readonly string[]> {
    this.#follow();
    await this.#documents.load('watchlist');
    if (this.lists().length === 0) {
      const ids = old.length > 0 ? old : offered();
      if (ids.length > 0) await this.#run(() => this.#make(ids, name));
    }
    const [first] = this.lists();
    return first ? idsOf(first.list) : [];
  }

  /** Another window may have made it in the meantime: then it stands. */
  async #make(ids: readonly string[], name: string): Promise<void> {
    if (this.lists().length > 0) return;
    try {
      await this.#documents.save('watchlist', FIRST_LIST, newWatchlist(name, 0, ids));
    } catch (error) {
      if (wordsOf(error).code !== 'DOCUMENT_CHANGED') throw error;
    }
  }

  /** Other panels know the first list by the view. */
  #follow(): void {
    if (this.#following) return;
    this.#following = true;
    this.#documents.watch('watchlist', null, () => {
      const [first] = this.lists();
      if (!first) return;
      const ids = idsOf(first.list).slice(0, MIRRORED);
      if (ids.join() !== useView.getState().watchlist.join()) useView.setState({ watchlist: ids });
    });
  }

  #run<T>(act: () => Promise<T>): Promise<T | null> {
    const done = this.#line.then(act).catch((error: unknown) => {
      this.#fail(error);
      return null;
    });
    this.#line = done;
    return done;
  }

  /** Changes a list; false where that failed, which has been told. A change that changes nothing is not kept. */
  async change(id: string, act: (list: Watchlist) => Watchlist): Promise<boolean> {
    return (await this.#run(() => this.#change(id, act))) ?? false;
  }

  async #change(id: string, act: (list: Watchlist) => Watchlist): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      const list = this.get(id);
      if (!list) return false;
      const next = act(list);
      if (next === list) return true;
      try {
        await this.#documents.save('watchlist', id, next);
        return true;
      } catch (error) {
        if (wordsOf(error).code !== 'DOCUMENT_CHANGED' || tries >= TRIES) throw error;
        await this.#newer(id, list);
      }
    }
  }

  /** Waits until the core has told what another window has made of a list. */
  #newer(id: string, seen: Watchlist): Promise<void> {
    return new Promise((resolve) => {
      if (this.get(id) !== seen) {
        resolve();
        return;
      }
      const stop = this.#documents.watch('watchlist', null, () => {
        if (this.get(id) === seen) return;
        queueMicrotask(() => stop());
        resolve();
      });
    });
  }

  /** Makes a list after the others; returns its id, or null where that failed. */
  create(name: string, folders?: Watchlist['folders']): Promise<string | null> {
    return this.#run(async () => {
      const id = this.#ids.next();
      const place = Math.max(-1, ...this.lists().map((each) => each.list.place)) + 1;
      const empty = newWatchlist(name, place);
      await this.#documents.save('watchlist', id, folders ? { ...empty, folders } : empty);
      return id;
    });
  }

  /** Removes a list; returns what brings it back, or null where that failed. */
  remove(id: string): Promise<(() => Promise<boolean>) | null> {
    return this.#run(async () => {
      const list = this.get(id);
      if (!list) return null;
      await this.#documents.remove('watchlist', id);
      return async () =>
        (await this.#run(async () => {
          await this.#documents.save('watchlist', id, list);
          return true;
        })) ?? false;
    });
  }

  /** Moves a list one place up or down among the others. */
  async step(id: string, by: -1 | 1): Promise<void> {
    const order = this.lists().map((each) => each.id);
    const from = order.indexOf(id);
    const other = order[from + by];
    if (from === -1 || other === undefined) return;
    order[from + by] = id;
    order[from] = other;
    for (const [place, each] of order.entries())
      await this.change(each, (list) => (list.place === place ? list : { ...list, place }));
  }

  /** Puts an issue on the first list. */
  watch(instrumentId: string): void {
    const [first] = this.lists();
    if (first) void this.change(first.id, (list) => addIssues(list, [instrumentId]));
  }

  /** Takes an issue off the first list. */
  unwatch(instrumentId: string): void {
    const [first] = this.lists();
    if (first && idsOf(first.list).includes(instrumentId))
      void this.change(first.id, (list) => removeIssues(list, [instrumentId]));
  }
}
