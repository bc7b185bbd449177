/** The last few samples of a measure and their quantiles. */

/** Keeps the newest `size` samples. */
export interface SampleWindow {
  add(value: number): void;
  /** The quantile (0–1) of what is kept, null when empty. */
  quantile(q: number): number | null;
  readonly count: number;
}

/** A window over the newest `size` samples. */
export function createSampleWindow(size: number): SampleWindow {
  if (!Number.isSafeInteger(size) || size < 1) throw new RangeError(`not a window size: ${size}`);
  const samples: number[] = [];
  let next = 0;
  return {
    add(value) {
      samples[next] = value;
      next = (next + 1) % size;
    },
    quantile(q) {
      if (samples.length === 0) return null;
      const sorted = samples.toSorted((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? sorted[0] ?? null;
    },
    get count() {
      return samples.length;
    },
  };
}
