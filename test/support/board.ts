/** Boards made to measure. */
import { BOARD_COLUMNS, type BoardColumn, type BoardHead, type BoardItem } from '#shared/domain/index.ts';
import { BoardTable } from '#shared/market/index.ts';

export type BoardFigures = Partial<Record<BoardColumn, number>> & { readonly shares?: number };

/** The items of a board with these rows; what is not given is 0. */
export function boardItems(rows: readonly BoardFigures[], head: Partial<BoardHead> = {}): BoardItem[] {
  return [
    {
      kind: 'head',
      scope: 'market',
      sessionDate: '2026-03-03',
      instrumentIds: rows.map((_, place) => `KRX:${String(place).padStart(6, '0')}`),
      listedShares: rows.map(({ shares = 0 }) => shares),
      coverage: 'all',
      ...head,
    },
    { kind: 'pulse', exchangeTs: 1, staleSince: null, live: rows.length },
    ...rows.map((row, place) => [place, ...BOARD_COLUMNS.map((name) => row[name] ?? 0)]),
  ];
}

export function boardTable(rows: readonly BoardFigures[], head: Partial<BoardHead> = {}): BoardTable {
  const table = new BoardTable();
  table.apply(boardItems(rows, head), true);
  return table;
}
