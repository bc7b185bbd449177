/** Tables that page through what is too long to hold: the grid asks for blocks of rows as they come into view. */
import type { IDatasource } from 'ag-grid-community';

/** Rows of one block. */
export const BLOCK_ROWS = 200;
/** Blocks kept; older ones are asked for again. */
export const BLOCKS_KEPT = 40;

export interface PageSource<Row> {
  /** Another key: other rows; the table begins anew. */
  readonly key: string;
  /** Rows from `start` on, at most `count`; `last` is how many there are in all, null while that is not known. */
  rows(start: number, count: number): Promise<{ readonly rows: readonly Row[]; readonly last: number | null }>;
}

export function datasourceOf<Row>(pages: PageSource<Row>, failed: (error: unknown) => void): IDatasource {
  return {
    getRows(asked) {
      const { startRow, endRow } = asked;
      pages
        .rows(startRow, endRow - startRow)
        .then(({ rows, last }) => asked.successCallback([...rows], last ?? undefined))
        .catch((error: unknown) => {
          asked.failCallback();
          failed(error);
        });
    },
  };
}
