/** The table of a watchlist: folders over the whole width, issues with live figures, keys and dragging. */
import type { GridOptions } from 'ag-grid-community';
import type { JSX, KeyboardEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Watchlist } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useIssueNow } from '../../../client/panel-context.tsx';
import { useAccount, usePositions } from '../../../client/hooks.ts';
import type { WatchPlace } from '../../../client/watchlist-ops.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { useText } from '../../../text/index.ts';
import { Grid, type MenuPlace } from '../../../ui/grid.tsx';
import { useCompact } from '../../../ui/media.ts';
import { browserTimers } from '../../../ui/platform.ts';
import { type TableHandle, useTableState } from '../../../ui/table/handle.ts';
import { holds, type ListActs } from './acts.ts';
import { watchColumns } from './columns.ts';
import { useRowDragging } from './dragging.ts';
import { FolderHeading, FolderProvider, type FolderActs } from './folder-row.tsx';
import { freshnessOf } from './freshness.ts';
import { RowMenu } from './row-menu.tsx';
import { regroup, type WatchRow, watchRows } from './rows.ts';
import { useSparks } from './sparks.ts';

/** How often a table that is sorted by live figures is sorted again, milliseconds: rows that jump at every tick cannot be hit. */
const RESORT_MS = 5_000;
/** How often the age of quotes is written anew, milliseconds. */
const AGE_MS = 1_000;

const OPTIONS: Pick<GridOptions<WatchRow>, 'isFullWidthRow' | 'fullWidthCellRenderer' | 'postSortRows'> = {
  isFullWidthRow: ({ rowNode }) => rowNode.data?.kind === 'folder',
  fullWidthCellRenderer: FolderHeading,
  postSortRows: ({ nodes }) => regroup(nodes),
};

function ticks(run: () => void): () => void {
  const timer = browserTimers.every(AGE_MS, run);
  return () => timer.cancel();
}

/** Whether a sort is in force; sorts again by itself while one is. */
function useSorted(table: TableHandle<WatchRow>): boolean {
  const api = useTableState(table, (state) => state.api);
  const [sorted, setSorted] = useState(false);
  useEffect(() => {
    if (!api) return;
    const read = (): void => setSorted(api.getColumnState().some((column) => (column.sort ?? null) !== null));
    read();
    api.addEventListener('sortChanged', read);
    return () => {
      if (!api.isDestroyed()) api.removeEventListener('sortChanged', read);
    };
  }, [api]);
  useEffect(() => {
    if (!sorted || !api) return;
    const timer = browserTimers.every(RESORT_MS, () => {
      if (!api.isDestroyed()) api.refreshClientSideRowModel('sort');
    });
    return () => timer.cancel();
  }, [sorted, api]);
  return sorted;
}

/** The columns, which read holdings as they are now. */
function useColumns(table: TableHandle<WatchRow>): ReturnType<typeof watchColumns> {
  const t = useText();
  const workstation = useWorkstation();
  const compact = useCompact();
  const sparks = useSparks();
  const api = useTableState(table, (state) => state.api);
  const positions = usePositions(useAccount()?.accountId ?? null);
  const held = useRef(new Map(positions.map((position) => [position.instrumentId, position])));
  useEffect(() => {
    held.current = new Map(positions.map((position) => [position.instrumentId, position]));
    api?.refreshCells({ columns: ['held', 'gain', 'gainRate'], force: true });
  }, [positions, api]);
  return useMemo(
    () =>
      watchColumns({
        bus: workstation.bus,
        sparks,
        t,
        compact,
        position: (id) => held.current.get(id),
        freshness: (quote) => freshnessOf(quote, workstation.clock.now(), t),
        ticks,
      }),
    [workstation, sparks, t, compact],
  );
}

export function WatchTable(props: {
  readonly list: Watchlist;
  readonly acts: ListActs;
  readonly table: TableHandle<WatchRow>;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onType: () => void;
  readonly onNameFolder: (at: number) => void;
}): JSX.Element {
  const { list, acts, table, selected, onSelect, onNameFolder } = props;
  const t = useText();
  const byId = useInstruments((state) => state.byId);
  const api = useTableState(table, (state) => state.api);
  const rows = useMemo(() => watchRows(list, byId), [list, byId]);
  const columns = useColumns(table);
  const sorted = useSorted(table);
  const [menu, setMenu] = useState<{ readonly id: string; readonly at: MenuPlace } | null>(null);
  const isSelected = useMemo(() => (row: WatchRow) => row.id === selected, [selected]);
  const follow = useRef(false);
  const issueNow = useIssueNow();

  const drop = useCallback(
    (id: string, to: WatchPlace) => {
      if (!holds(list, id)) acts.add([id], to);
      else if (sorted) acts.say(t('watch.sorted'));
      else acts.move(id, to);
    },
    [list, acts, sorted, t],
  );
  const dragging = useRowDragging(list, drop);
  const folders = useMemo<FolderActs>(
    () => ({ fold: acts.fold, remove: acts.removeFolder, step: acts.stepFolder, rename: onNameFolder }),
    [acts, onNameFolder],
  );

  // The row that the keys have chosen or moved stays in view and in focus, wherever it has gone.
  useEffect(() => {
    if (!api || !follow.current || selected === null) return;
    const timer = browserTimers.after(0, () => {
      const node = api.isDestroyed() ? undefined : api.getRowNode(selected);
      if (!node || node.rowIndex === null) return;
      follow.current = false;
      api.ensureIndexVisible(node.rowIndex);
      api.setFocusedCell(node.rowIndex, 'name');
    });
    return () => timer.cancel();
  }, [api, selected, rows]);

  const walk = (step: -1 | 1): void => {
    const ids: string[] = [];
    api?.forEachNodeAfterFilterAndSort((node) => {
      if (node.data?.kind === 'issue') ids.push(node.data.id);
    });
    const chosen = issueNow();
    const at = chosen === null ? -1 : ids.indexOf(chosen);
    const next = ids[at === -1 ? (step === 1 ? 0 : ids.length - 1) : at + step];
    if (next === undefined) return;
    follow.current = true;
    onSelect(next);
  };
  const keyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const chosen = issueNow();
    if (target.closest('input, .menu') !== null || menu !== null || !event.currentTarget.contains(target)) return;
    const command = event.ctrlKey || event.metaKey;
    const taken = (act: () => void): void => {
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !event.altKey && !event.shiftKey) {
      // On the head the arrows are the grid's own.
      if (target.closest('.ag-header') !== null) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      taken(() => {
        if (!command) walk(step);
        else if (sorted) acts.say(t('watch.sorted'));
        else if (chosen !== null && holds(list, chosen)) {
          follow.current = true;
          acts.stepRow(chosen, step);
        }
      });
    } else if (event.key === 'Delete' && !command && !event.altKey && chosen !== null) taken(() => acts.take(chosen));
    else if (command && event.code === 'KeyZ' && acts.undo?.run)
      taken(() => {
        void acts.undo?.run?.();
        acts.forgetUndo();
      });
    else if (event.key === 'Insert') taken(props.onType);
    // A letter goes on into the field, which has the focus by then; what an input method holds does too.
    else if (!command && !event.altKey && /^(?:[^\s?]|Process)$/.test(event.key)) {
      event.stopPropagation();
      props.onType();
    }
  };
  return (
    <FolderProvider value={folders}>
      <div className="wtable" onKeyDownCapture={keyDown} {...dragging}>
        <Grid
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowTestId={(row) => `watch-row-${row.id}`}
          isSelected={isSelected}
          onRow={(row) => {
            if (row.kind === 'issue') onSelect(row.id);
          }}
          onMenu={(row, at) => {
            if (row.kind === 'issue') setMenu({ id: row.id, at });
          }}
          table={table}
          select="none"
          options={OPTIONS}
          label={t('panel.watchlist')}
          testId="watchlist-grid"
        />
        {menu && (
          <RowMenu id={menu.id} at={menu.at} list={list} acts={acts} sorted={sorted} onClose={() => setMenu(null)} />
        )}
      </div>
    </FolderProvider>
  );
}
