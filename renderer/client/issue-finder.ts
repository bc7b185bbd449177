/** Asks the core once for each issue that the screen has to name and no listing knows: one that only the symbol masters tell of. */
import { InstrumentId, type Instrument, type Watchlist } from '#shared/domain/index.ts';
import type { Timers } from '#shared/ports.ts';
import { useDesk } from '../store/desk.ts';
import { learnInstruments, markUnknown, onMissing, useInstruments } from '../store/instruments.ts';
import { useLinks } from '../store/links.ts';
import { useView } from '../store/view.ts';

/** What finds issues: the core. */
interface Finding {
  readonly market: {
    find(input: { readonly instrumentIds: string[] }): Promise<{ readonly instruments: readonly Instrument[] }>;
  };
}

/** How many the core takes at a time. */
const AT_ONCE = 200;
/** Ids remembered as asked for; past it all are asked for again when they are wanted again. */
const MOST_ASKED = 10_000;
/** A desk that moves many times a second is looked through a few times. */
const REST_MS = 100;

/** Every issue that panels show from what they follow: view, groups, desk. */
function* shown(): Iterable<string> {
  const { instrumentId, recents, watchlist } = useView.getState();
  if (instrumentId !== null) yield instrumentId;
  yield* recents;
  yield* watchlist;
  yield* Object.values(useLinks.getState().issues);
  const { orders, positions, mandates, fills } = useDesk.getState();
  for (const map of [positions, orders, mandates, fills]) for (const each of map.values()) yield each.instrumentId;
}

export class IssueFinder {
  readonly #timers: Timers;
  readonly #lists: () => Iterable<Watchlist>;
  readonly #asked = new Set<string>();
  readonly #wanted = new Set<string>();
  #core: Finding | null = null;
  #planned = false;
  #asking = false;

  /** `lists`: the user's watchlists, as far as they are known. */
  constructor(parts: { readonly timers: Timers; readonly lists: () => Iterable<Watchlist> }) {
    this.#timers = parts.timers;
    this.#lists = parts.lists;
  }

  /** Follows what is shown and asks this core; returns what stops it. */
  attach(core: Finding): () => void {
    this.#core = core;
    const look = (): void => this.look();
    const stops = [useView.subscribe(look), useLinks.subscribe(look), useDesk.subscribe(look)];
    onMissing((id) => this.#want(id));
    return () => {
      for (const stop of stops) stop();
      onMissing(() => undefined);
      this.#core = null;
      this.#asked.clear();
      this.#wanted.clear();
    };
  }

  /** The listing is new, or an import was: what was not known may be, and what was learnt may have changed. */
  renew(): void {
    this.#asked.clear();
    for (const id of useInstruments.getState().learnt.keys()) this.#wanted.add(id);
    this.look();
  }

  /** Looks through what is shown before long. */
  look(): void {
    if (this.#planned || !this.#core) return;
    this.#planned = true;
    this.#timers.after(REST_MS, () => {
      this.#planned = false;
      // Before the listing has come every issue would be unknown.
      if (!useInstruments.getState().loaded) return;
      for (const id of shown()) this.#want(id);
      for (const { folders } of this.#lists())
        for (const { instrumentIds } of folders) for (const id of instrumentIds) this.#want(id);
      this.#ask();
    });
  }

  #want(id: string): void {
    const { loaded, byId } = useInstruments.getState();
    if (!loaded || byId.has(id) || this.#asked.has(id) || !InstrumentId.safeParse(id).success) return;
    if (this.#asked.size >= MOST_ASKED) this.#asked.clear();
    this.#asked.add(id);
    this.#wanted.add(id);
    this.look();
  }

  #ask(): void {
    const core = this.#core;
    if (this.#asking || !core || this.#wanted.size === 0) return;
    const instrumentIds = [...this.#wanted].slice(0, AT_ONCE);
    for (const id of instrumentIds) this.#wanted.delete(id);
    this.#asking = true;
    core.market
      .find({ instrumentIds })
      // An issue without a name is shown by its code: nothing is lost that the user has to hear of.
      .then(
        ({ instruments }) => {
          learnInstruments(instruments);
          const known = new Set(instruments.map(({ id }) => id));
          markUnknown(instrumentIds.filter((id) => !known.has(id)));
        },
        // An issue without a name is shown by its code: nothing is lost that the user has to hear of.
        () => undefined,
      )
      .finally(() => {
        this.#asking = false;
        this.#ask();
      });
  }
}
