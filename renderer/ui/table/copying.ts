/** Copies rows of a table: what is selected, or everything that is shown. */
import type { GridApi } from 'ag-grid-community';
import { browserClock, browserTimers } from '../platform.ts';
import { gridSource, shownNodes } from './grid-rows.ts';
import { Pace, type RowSource } from './row-source.ts';
import { tsvText } from './written.ts';

/** Rows that fit a clipboard; the grid of a spreadsheet ends here too. */
export const COPY_LIMIT = 100_000;

/** What Ctrl C takes of a grid. */
export function copySource<Row>(api: GridApi<Row>): RowSource {
  const selected = shownNodes(api, true);
  const nodes = selected.length > 0 ? selected : shownNodes(api, false);
  return gridSource(api, nodes.slice(0, COPY_LIMIT));
}

/** Copies rows as tab-separated text; returns how many. Throws what the browser says where it does not let us. */
export async function copyRows(source: RowSource, header: boolean): Promise<number> {
  let count = 0;
  const text = await tsvText(
    source,
    {
      pace: new Pace({ clock: browserClock, timers: browserTimers }),
      signal: new AbortController().signal,
      progress: (rows) => {
        count = rows;
      },
    },
    header,
  );
  await navigator.clipboard.writeText(text);
  return count;
}
