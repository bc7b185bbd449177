/** Large levels of one order book that are watched: when they came, what traded at their price, and whether they vanished. */
export const BUY = 1;
export const SELL = -1;
const MOST = 16;
/** The trade that took a level may be told a little after the book without it. */
const WAIT_MS = 500;

/** A level that has just been seen. */
export interface LargeLevel {
  readonly side: number;
  readonly price: number;
  readonly size: number;
  readonly ts: number;
  /** 1: the best price. */
  readonly level: number;
  /** It came up near the best price, and when is known. */
  readonly counts: boolean;
}

interface Suspect {
  side: number;
  price: number;
  /** The most that stood there, what is left, and what traded since it came. */
  peak: number;
  left: number;
  traded: number;
  ts: number;
  level: number;
  counts: boolean;
  /** When it was seen gone; 0: it stands. */
  goneTs: number;
}

export class Suspects {
  readonly #all: Suspect[] = [];
  count = 0;
  /** One of them has gone and is not judged yet. */
  pending = false;

  knows(side: number, price: number): boolean {
    for (let i = 0; i < this.count; i += 1) {
      const each = this.#all[i] as Suspect;
      if (each.price === price && each.side === side) return true;
    }
    return false;
  }

  /** While there is no room a level is not watched. */
  add({ side, price, size, ts, level, counts }: LargeLevel): void {
    if (this.count >= MOST) return;
    const fresh = { side, price, peak: size, left: size, traded: 0, ts, level, counts, goneTs: 0 };
    this.#all[this.count] = fresh;
    this.count += 1;
  }

  forget(): void {
    this.count = 0;
    this.pending = false;
  }

  trade(price: number, quantity: number): void {
    for (let i = 0; i < this.count; i += 1) {
      const each = this.#all[i] as Suspect;
      if (each.price === price) each.traded += quantity;
    }
  }

  /** Looks each up in a side of a new book; what lies beyond the last level shown is let go. */
  compare(side: number, levels: readonly number[], ts: number, part: number): void {
    const last = levels.length >= 2 ? (levels[levels.length - 2] as number) : NaN;
    for (let i = this.count - 1; i >= 0; i -= 1) {
      const each = this.#all[i] as Suspect;
      if (each.side !== side || each.goneTs > 0) continue;
      // A side that is empty tells nothing of where it went.
      if (!(side === BUY ? each.price >= last : each.price <= last)) {
        this.#drop(i);
        continue;
      }
      each.left = sizeAt(levels, each.price);
      if (each.left > each.peak) each.peak = each.left;
      if (each.peak - each.left >= part * each.peak) {
        each.goneTs = ts;
        this.pending = true;
      }
    }
  }

  /** Judges those that went a moment ago; `vanished` hears of those that went quickly and without trades. */
  judge(ts: number, quickMs: number, part: number, vanished: (level: number, size: number) => void): void {
    let waiting = false;
    for (let i = this.count - 1; i >= 0; i -= 1) {
      const { goneTs, ts: since, peak, left, traded, counts, level } = this.#all[i] as Suspect;
      if (goneTs === 0) continue;
      if (ts - goneTs < WAIT_MS) {
        waiting = true;
        continue;
      }
      this.#drop(i);
      if (counts && goneTs - since < quickMs && peak - left - traded >= part * peak) vanished(level, peak);
    }
    this.pending = waiting;
  }

  #drop(at: number): void {
    this.count -= 1;
    this.#all[at] = this.#all[this.count] as Suspect;
    this.#all.length = this.count;
  }
}

function sizeAt(levels: readonly number[], price: number): number {
  for (let i = 0; i + 1 < levels.length; i += 2) if (levels[i] === price) return levels[i + 1] as number;
  return 0;
}
