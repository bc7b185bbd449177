/** An index counted from the board itself: Maru's own figure, where the market publishes none. */
import type { BoardTable } from './board-table.ts';

/** Where the own index stands at the base prices of the session. */
export const OWN_INDEX_BASE = 1_000;

export interface BoardIndex {
  /** Capitalisation now over that at the base prices, times OWN_INDEX_BASE. */
  readonly value: number;
  /** Change from the base in percent. */
  readonly changePercent: number;
  /** Issues counted: priced, with known shares. */
  readonly issues: number;
  readonly rising: number;
  readonly falling: number;
}

/** The index of some rows, weighted by capitalisation; null where no row can be counted. Rows from records count only on a board of records. */
export function boardIndex(table: BoardTable, takes: (place: number) => boolean): BoardIndex | null {
  const { head, columns } = table;
  if (!head) return null;
  let now = 0;
  let then = 0;
  let issues = 0;
  let rising = 0;
  let falling = 0;
  for (let place = 0; place < head.instrumentIds.length; place += 1) {
    const last = columns.last[place] ?? 0;
    const base = columns.base[place] ?? 0;
    const shares = head.listedShares[place] ?? 0;
    const old = head.scope === 'market' && (columns.asOf[place] ?? 0) !== 0;
    if (base <= 0 || shares <= 0 || old || !takes(place)) continue;
    // An issue that has not been traded yet stands at its base, as in a published index.
    now += shares * (last > 0 ? last : base);
    then += shares * base;
    issues += 1;
    if (last > base) rising += 1;
    else if (last > 0 && last < base) falling += 1;
  }
  if (then === 0) return null;
  const ratio = now / then;
  return { value: OWN_INDEX_BASE * ratio, changePercent: (ratio - 1) * 100, issues, rising, falling };
}
