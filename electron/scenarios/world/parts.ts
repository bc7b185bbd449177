/** Small parts that both kinds of world are made of. */
import type { Ids } from '#shared/ports.ts';

/** Ids that count: a run repeats byte for byte. */
export function countingIds(prefix: string): Ids {
  let count = 0;
  return { next: () => `${prefix}-${String((count += 1)).padStart(8, '0')}` };
}

const EMPTY = new Float64Array(0);
/** No days before the first of the run. */
export const NO_COLUMNS = { openTs: EMPTY, open: EMPTY, high: EMPTY, low: EMPTY, close: EMPTY, volume: EMPTY };
