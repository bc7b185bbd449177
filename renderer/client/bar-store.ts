/** Candles of one series in columns, oldest first: a million of them are 48 MB and not a million objects. */

/** A candle on the screen; prices in the price unit, `openTs` as the core gave it. */
export interface Bar {
  readonly openTs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** What reads bars: an array is one as well. */
export interface BarList {
  readonly length: number;
  /** Negative places count from the end, as those of arrays. */
  at(place: number): Bar | undefined;
  slice(from?: number, to?: number): Bar[];
}

const NAMES = ['openTs', 'open', 'high', 'low', 'close', 'volume'] as const;
type Columns = Record<(typeof NAMES)[number], Float64Array>;

const FIRST_ROOM = 1_024;

function columnsFor(capacity: number): Columns {
  return Object.fromEntries(NAMES.map((name) => [name, new Float64Array(capacity)])) as Columns;
}

export class BarStore implements BarList {
  #columns: Columns = columnsFor(FIRST_ROOM);
  #start = 0;
  #end = 0;

  /** Columns as they travel; they must be in order of time. */
  static of(columns: Readonly<Record<(typeof NAMES)[number], ArrayLike<number>>>, length: number): BarStore {
    const store = new BarStore();
    store.#columns = columnsFor(Math.max(FIRST_ROOM, length * 2));
    for (const name of NAMES) {
      const into = store.#columns[name];
      const from = columns[name];
      for (let place = 0; place < length; place += 1) into[place] = from[place] ?? 0;
    }
    store.#end = length;
    return store;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  at(place: number): Bar | undefined {
    const row = place < 0 ? this.#end + place : this.#start + place;
    if (row < this.#start || row >= this.#end) return undefined;
    const { openTs, open, high, low, close, volume } = this.#columns;
    return {
      openTs: openTs[row] ?? 0,
      open: open[row] ?? 0,
      high: high[row] ?? 0,
      low: low[row] ?? 0,
      close: close[row] ?? 0,
      volume: volume[row] ?? 0,
    };
  }

  slice(from = 0, to = this.length): Bar[] {
    const begin = Math.max(0, from < 0 ? this.length + from : from);
    const end = Math.min(this.length, to < 0 ? this.length + to : to);
    const bars: Bar[] = [];
    for (let place = begin; place < end; place += 1) {
      const bar = this.at(place);
      if (bar) bars.push(bar);
    }
    return bars;
  }

  /** Place of the first bar that opens at an instant or later. */
  placeFrom(ts: number): number {
    const { openTs } = this.#columns;
    let low = this.#start;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((openTs[middle] ?? 0) < ts) low = middle + 1;
      else high = middle;
    }
    return low - this.#start;
  }

  /** Takes a bar in its order, over the one that opened at the same time; true: it is the newest. */
  put(bar: Bar): boolean {
    const place = this.placeFrom(bar.openTs);
    const known = this.at(place)?.openTs === bar.openTs;
    if (!known) {
      this.#makeRoom(0, 1);
      const row = this.#start + place;
      for (const name of NAMES) this.#columns[name].copyWithin(row + 1, row, this.#end);
      this.#end += 1;
    }
    for (const name of NAMES) this.#columns[name][this.#start + place] = bar[name];
    return place === this.length - 1;
  }

  /** Puts the bars of another before its own; those that are not older than its first are left out. Gives how many came. */
  putBefore(older: BarStore): number {
    const first = this.at(0);
    const count = first ? older.placeFrom(first.openTs) : older.length;
    this.#makeRoom(count, 0);
    const from = older.#start;
    this.#start -= count;
    for (const name of NAMES) this.#columns[name].set(older.#columns[name].subarray(from, from + count), this.#start);
    return count;
  }

  /** Room for so many rows at both ends; grows by half of what there is, so that adding stays cheap. */
  #makeRoom(before: number, after: number): void {
    const capacity = this.#columns.openTs.length;
    if (this.#start >= before && capacity - this.#end >= after) return;
    const spare = Math.max(FIRST_ROOM, this.length >>> 1);
    const start = before === 0 ? this.#start : before + spare;
    const wider = columnsFor(start + this.length + after + spare);
    for (const name of NAMES) wider[name].set(this.#columns[name].subarray(this.#start, this.#end), start);
    this.#end = start + this.length;
    this.#start = start;
    this.#columns = wider;
  }
}
