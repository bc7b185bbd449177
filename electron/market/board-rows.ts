/** Rows of the board as they travel: one, and those that have changed. */
import { BOARD_COLUMNS, type BoardRow } from '#shared/domain/index.ts';
import type { BoardColumns } from '#shared/market/index.ts';

/** One row as it travels. */
export function boardRow(columns: BoardColumns, place: number): BoardRow {
  const row: number[] = [place];
  for (const name of BOARD_COLUMNS) row.push(columns[name][place] ?? 0);
  return row;
}

/** Rows that differ between what was told and what is; afterwards they are told. */
export function boardDelta(told: BoardColumns, now: BoardColumns): BoardRow[] {
  const length = now.last.length;
  const rows: BoardRow[] = [];
  for (let place = 0; place < length; place += 1) {
    if (BOARD_COLUMNS.every((name) => told[name][place] === now[name][place])) continue;
    for (const name of BOARD_COLUMNS) told[name][place] = now[name][place] ?? 0;
    rows.push(boardRow(now, place));
  }
  return rows;
}
