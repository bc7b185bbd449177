/** What indicators are made of: running figures that take a value, and can take the last one back. */

/** A running figure; null until it has seen enough. `undo` takes back the last `push`, once. */
export interface Running {
  push(value: number): number | null;
  undo(): void;
}

/** The last `size` values in order of arrival. */
export class Window {
  readonly size: number;
  readonly #values: Float64Array;
  #count = 0;
  #lost = 0;

  constructor(size: number) {
    this.size = size;
    this.#values = new Float64Array(size);
  }

  get full(): boolean {
    return this.#count >= this.size;
  }

  /** The value `back` places before the newest; NaN before there is one. */
  at(back: number): number {
    if (back >= Math.min(this.#count, this.size)) return Number.NaN;
    return this.#values[(this.#count - 1 - back) % this.size] ?? Number.NaN;
  }

  push(value: number): void {
    const place = this.#count % this.size;
    this.#lost = this.#values[place] ?? 0;
    this.#values[place] = value;
    this.#count += 1;
  }

  undo(): void {
    this.#count -= 1;
    this.#values[this.#count % this.size] = this.#lost;
  }

  /** Folds the values that are there, the newest first. */
  fold(from: number, join: (sum: number, value: number, back: number) => number): number {
    let sum = from;
    for (let back = 0; back < Math.min(this.#count, this.size); back += 1) sum = join(sum, this.at(back), back);
    return sum;
  }
}

/** A figure of the last `size` values, from the `size`-th on. */
export function windowed(size: number, figure: (window: Window) => number): Running {
  const window = new Window(size);
  return {
    push(value) {
      window.push(value);
      return window.full ? figure(window) : null;
    },
    undo: () => window.undo(),
  };
}

export const sma = (size: number): Running =>
  windowed(size, (window) => window.fold(0, (sum, value) => sum + value) / size);
export const highest = (size: number): Running =>
  windowed(size, (window) => window.fold(Number.NEGATIVE_INFINITY, (most, value) => Math.max(most, value)));
export const lowest = (size: number): Running =>
  windowed(size, (window) => window.fold(Number.POSITIVE_INFINITY, (least, value) => Math.min(least, value)));
/** The newest weighs most. */
export const wma = (size: number): Running =>
  windowed(
    size,
    (window) => window.fold(0, (sum, value, back) => sum + value * (size - back)) / ((size * (size + 1)) / 2),
  );
/** Standard deviation of all values, not of a sample. */
export const deviation = (size: number): Running =>
  windowed(size, (window) => {
    const mean = window.fold(0, (sum, value) => sum + value) / size;
    return Math.sqrt(window.fold(0, (sum, value) => sum + (value - mean) ** 2) / size);
  });
/** Mean distance from the mean. */
export const meanDeviation = (size: number): Running =>
  windowed(size, (window) => {
    const mean = window.fold(0, (sum, value) => sum + value) / size;
    return window.fold(0, (sum, value) => sum + Math.abs(value - mean)) / size;
  });

/** Goes on by `weight` of each new value; begins with the mean of the first `size`. */
function smoothed(size: number, weight: number): Running {
  let count = 0;
  let value = 0;
  let before = { count, value };
  return {
    push(next) {
      before = { count, value };
      count += 1;
      value = count <= size ? value + (next - value) / count : value + (next - value) * weight;
      return count >= size ? value : null;
    },
    undo() {
      ({ count, value } = before);
    },
  };
}

export const ema = (size: number): Running => smoothed(size, 2 / (size + 1));
/** Wilder's smoothing. */
export const rma = (size: number): Running => smoothed(size, 1 / size);

/** A sum of everything so far. */
export function total(): Running {
  let sum = 0;
  let before = 0;
  return {
    push(value) {
      before = sum;
      sum += value;
      return sum;
    },
    undo() {
      sum = before;
    },
  };
}

/** The value before the newest; null before there are two. */
export function previous(): Running {
  const window = new Window(2);
  return {
    push(value) {
      window.push(value);
      return window.full ? window.at(1) : null;
    },
    undo: () => window.undo(),
  };
}

/** Feeds a figure only with values that are known, and takes back only what it was fed. */
export function after(running: Running): { push(value: number | null): number | null; undo(): void } {
  let fed = false;
  return {
    push(value) {
      fed = value !== null;
      return value === null ? null : running.push(value);
    },
    undo() {
      if (fed) running.undo();
    },
  };
}
