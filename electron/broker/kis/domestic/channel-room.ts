/** What is wanted of the channels, by how many and how urgently: one wish for each channel and key, at the highest rank asked. */
import type { EpochMs } from '#shared/time/index.ts';
import type { ChannelRecord, KisRealtime, WishRank, WishState } from '../ports.ts';

/** Highest first. */
const RANKS: readonly WishRank[] = ['orders', 'positions', 'focus', 'list'];

interface Wanted {
  readonly api: string;
  readonly key: string;
  readonly counts: Map<WishRank, number>;
  rank: WishRank | null;
  state: WishState;
  stop: () => void;
}

interface RoomParts {
  readonly realtime: KisRealtime;
  readonly record: (at: { readonly api: string; readonly key: string }, record: ChannelRecord, ts: EpochMs) => void;
  readonly state: (at: { readonly api: string; readonly key: string }, state: WishState, before: WishState) => void;
}

export class ChannelRoom {
  readonly #parts: RoomParts;
  readonly #wanted = new Map<string, Wanted>();

  constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#wanted.size;
  }

  stateOf(api: string, key: string): WishState | null {
    return this.#wanted.get(`${api}|${key}`)?.state ?? null;
  }

  want(api: string, key: string, rank: WishRank): () => void {
    const name = `${api}|${key}`;
    let wanted = this.#wanted.get(name);
    if (!wanted) {
      wanted = { api, key, counts: new Map(), rank: null, state: 'waiting', stop: () => undefined };
      this.#wanted.set(name, wanted);
    }
    const own = wanted;
    own.counts.set(rank, (own.counts.get(rank) ?? 0) + 1);
    this.#follow(own);
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      own.counts.set(rank, (own.counts.get(rank) ?? 0) - 1);
      this.#follow(own);
    };
  }

  close(): void {
    for (const { stop } of this.#wanted.values()) stop();
    this.#wanted.clear();
  }

  #follow(wanted: Wanted): void {
    const rank = RANKS.find((each) => (wanted.counts.get(each) ?? 0) > 0) ?? null;
    if (rank === wanted.rank) return;
    const { stop, api, key } = wanted;
    wanted.rank = rank;
    if (rank === null) {
      this.#wanted.delete(`${api}|${key}`);
      wanted.stop = () => undefined;
    } else {
      let current = true;
      const end = this.#parts.realtime.want({
        api,
        key,
        rank,
        record: (record, ts) => {
          if (current) this.#parts.record(wanted, record, ts);
        },
        state: (state) => {
          if (!current) return;
          const before = wanted.state;
          wanted.state = state;
          this.#parts.state(wanted, state, before);
        },
      });
      wanted.stop = () => {
        current = false;
        end();
      };
    }
    // The new wish first: a registration that both share is never given up in between.
    stop();
  }
}
