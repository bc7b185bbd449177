/** Counts calls as the server may count them: a call holds its place until a second after the server has surely counted it. */

/** Held places end one millisecond later, because a window may count both of its ends. */
const WINDOW_MS = 1_001;

/** One call in the window. */
export interface Place {
  readonly ledger: boolean;
  /** When it is free again; Infinity while the call has not left us. */
  freeAtMs: number;
}

export class SecondWindow {
  #places: Place[] = [];

  /** Takes a place at once; it is held until `written` and `settled` tell when it becomes free. */
  hold(options: { readonly ledger: boolean }): Place {
    const place: Place = { ledger: options.ledger, freeAtMs: Infinity };
    this.#places.push(place);
    return place;
  }

  /** The call went out: the server counts it at most `jitterMs` later. */
  written(place: Place, times: { readonly nowMs: number; readonly jitterMs: number }): void {
    place.freeAtMs = times.nowMs + times.jitterMs + WINDOW_MS;
  }

  /** The answer is here, so the server has counted the call by now. */
  answered(place: Place, nowMs: number): void {
    place.freeAtMs = Math.min(place.freeAtMs, nowMs + WINDOW_MS);
  }

  /** The call never left us. */
  unsent(place: Place): void {
    place.freeAtMs = -Infinity;
  }

  /** Places held now. */
  count(nowMs: number, options: { readonly ledger: boolean }): number {
    this.#places = this.#places.filter((place) => place.freeAtMs > nowMs);
    return options.ledger ? this.#places.filter((place) => place.ledger).length : this.#places.length;
  }

  /** When fewer than `limit` places will be held; Infinity while that hangs on calls that have not left us. */
  freeAtMs(limit: number, options: { readonly ledger: boolean }): number {
    const ends = this.#places
      .filter((place) => place.ledger || !options.ledger)
      .map((place) => place.freeAtMs)
      .toSorted((a, b) => a - b);
    return ends[ends.length - limit] ?? -Infinity;
  }
}
