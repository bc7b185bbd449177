/** Whose turn is next: a binary heap of instants, ties by place, so that the order is the same whichever way it was filled. */

export class ActQueue {
  readonly #places: Int32Array;
  readonly #instants: Float64Array;
  #length = 0;

  /** Holds at most `places` turns. */
  constructor(places: number) {
    this.#places = new Int32Array(places);
    this.#instants = new Float64Array(places);
  }

  /** Instant of the next turn; infinity where there is none. */
  get nextTs(): number {
    return this.#length === 0 ? Number.POSITIVE_INFINITY : (this.#instants[0] as number);
  }

  /** Place of the next turn. */
  get next(): number {
    return this.#places[0] as number;
  }

  add(ts: number, place: number): void {
    let at = this.#length;
    this.#length += 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(ts, place, above)) break;
      this.#move(above, at);
      at = above;
    }
    this.#set(at, ts, place);
  }

  /** Gives the place whose turn it was its next instant. */
  putBack(ts: number): void {
    const length = this.#length;
    const place = this.next;
    let at = 0;
    for (let left = 1; left < length; left = 2 * at + 1) {
      const right = left + 1;
      const least =
        right < length && this.#isBefore(this.#instants[right] as number, this.#places[right] as number, left)
          ? right
          : left;
      if (this.#isBefore(ts, place, least)) break;
      this.#move(least, at);
      at = least;
    }
    this.#set(at, ts, place);
  }

  #isBefore(ts: number, place: number, at: number): boolean {
    const instant = this.#instants[at] as number;
    return ts < instant || (ts === instant && place < (this.#places[at] as number));
  }

  #move(from: number, to: number): void {
    this.#instants[to] = this.#instants[from] as number;
    this.#places[to] = this.#places[from] as number;
  }

  #set(at: number, ts: number, place: number): void {
    this.#instants[at] = ts;
    this.#places[at] = place;
  }
}
