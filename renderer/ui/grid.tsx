/** AG Grid in our clothes: the one table of the program, kept as the user arranges it. */
import type {
  ColDef,
  ColumnMovedEvent,
  ColumnResizedEvent,
  FilterChangedEvent,
  GridApi,
  GridOptions,
  SortChangedEvent,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import type { JSX, KeyboardEvent, MouseEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useWorkstation } from '../client/context.tsx';
import { useText } from '../text/index.ts';
import { browserTimers, framed } from './platform.ts';
import { copyRows, copySource } from './table/copying.ts';
import { useTable, useTableState, type TableHandle } from './table/handle.ts';
import { useKeptColumns } from './table/kept-columns.ts';
import { gridWords } from './table/locale.ts';
import { gridTheme, HEAD_HEIGHT, styleNonce } from './table/modules.ts';
import { BLOCK_ROWS, BLOCKS_KEPT, datasourceOf, type PageSource } from './table/paging.ts';
import { RowFeed } from './table/row-feed.ts';

export { liveCell, type LiveCell } from './table/live-cell.ts';

/** Where a context menu was asked for, pixels of the window. */
export interface MenuPlace {
  readonly left: number;
  readonly top: number;
}

export interface GridProps<Row> {
  readonly columns: readonly ColDef<Row>[];
  readonly rows?: readonly Row[];
  /** Instead of rows: a source that is paged through. Which of the two is fixed with the first drawing. */
  readonly pages?: PageSource<Row>;
  readonly rowId: (row: Row) => string;
  /** data-testid of a row. */
  readonly rowTestId?: (row: Row) => string;
  readonly isSelected?: (row: Row) => boolean;
  readonly onRow?: (row: Row) => void;
  /** A double click. */
  readonly onOpen?: (row: Row) => void;
  /** The context menu of a row: right button, Shift F10 or the menu key. */
  readonly onMenu?: (row: Row, at: MenuPlace) => void;
  /** The row of totals. */
  readonly total?: Row | null;
  /** Several rows of totals, made from the rows that the filters let through. */
  readonly totalsOf?: (rows: readonly Row[]) => readonly Row[];
  /** Shared with the tools of the table. */
  readonly table?: TableHandle<Row>;
  /** Names the table within its panel for what is kept of it; absent: `testId`. */
  readonly name?: string;
  /** Rows can be selected to be copied; absent: where the table has tools. */
  readonly select?: 'many' | 'none';
  /** What only one table asks of the library: rows over the whole width, and what becomes of sorted rows. */
  readonly options?: Pick<GridOptions<Row>, 'isFullWidthRow' | 'fullWidthCellRenderer' | 'postSortRows'>;
  readonly label: string;
  readonly testId: string;
}

const SELECT_MANY = { mode: 'multiRow', checkboxes: false, headerCheckbox: false, enableClickSelection: true } as const;
const PAGED = { rowModelType: 'infinite', cacheBlockSize: BLOCK_ROWS, maxBlocksInCache: BLOCKS_KEPT } as const;
/** How long live changes are gathered, milliseconds. */
const GATHER_MS = 40;
/** How long the note about what was copied stands, milliseconds. */
const NOTE_MS = 2_500;

/** True for what the user did; the program's own changes are not kept again. */
function byUser({ source }: { readonly source?: string }): boolean {
  return source?.startsWith('ui') === true || source === 'columnFilter';
}

/** A table of rows; live figures are drawn by cells that watch the market bus, not by new rows. */
export function Grid<Row extends object>(props: GridProps<Row>): JSX.Element {
  const { columns, rows, pages, rowId, rowTestId, isSelected, onRow, onOpen, onMenu } = props;
  const t = useText();
  const ownTable = useTable<Row>();
  const table = props.table ?? ownTable;
  const api = useTableState(table, (state) => state.api);
  const quick = useTableState(table, (state) => state.quick);
  const filterRow = useTableState(table, (state) => state.filterRow);
  const applied = useCallback(
    (filtered: number): void => table.setState((state) => ({ filtered, filterRow: state.filterRow || filtered > 0 })),
    [table],
  );
  const { defs, kept, keep, reset } = useKeptColumns({ api, name: props.name ?? props.testId, columns, applied });
  useEffect(() => table.setState({ keep, reset: kept ? reset : null }), [table, kept, keep, reset]);
  const totals = useTotals(api, props.totalsOf);
  const pinned = useMemo(() => [...totals, ...(props.total ? [props.total] : [])], [props.total, totals]);
  const many = (props.select ?? (props.table ? 'many' : 'none')) === 'many';

  useRows(api, rows, rowId);
  const datasource = useDatasource(pages);

  // What the rows on the screen were drawn with.
  const drawn = useRef(isSelected);
  const classRules = useMemo(
    () => ({
      sel: (params: { data: Row | undefined }) => params.data !== undefined && (drawn.current?.(params.data) ?? false),
    }),
    [],
  );
  // The grid asks the rules again only when a row is drawn: those that change are.
  useEffect(() => {
    const before = drawn.current;
    drawn.current = isSelected;
    const rowNodes = api?.getRenderedNodes().filter(({ data }) => data && before?.(data) !== isSelected?.(data));
    if (rowNodes && rowNodes.length > 0) api?.redrawRows({ rowNodes });
  }, [api, isSelected]);

  const { note, say } = useNote();
  const copy = (header: boolean): void => {
    if (!api) return;
    copyRows(copySource(api), header)
      .then((count) => say(t('grid.copied', { count })))
      .catch(() => say(t('grid.copyFailed')));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || !api) return;
    const command = event.ctrlKey || event.metaKey;
    // By the key's place: a Korean keyboard gives another letter.
    if (command && !event.altKey && event.code === 'KeyC') {
      event.preventDefault();
      event.stopPropagation();
      copy(event.shiftKey);
    } else if (many && command && !event.altKey && !event.shiftKey && event.code === 'KeyA') {
      event.preventDefault();
      event.stopPropagation();
      api.selectAll('filtered');
    } else if (many && event.key === 'Escape' && api.getSelectedNodes().length > 0) {
      event.stopPropagation();
      api.deselectAll();
    }
  };
  const onContextMenu = (event: MouseEvent): void => {
    if (!onMenu || !api || !(event.target instanceof Element)) return;
    const id = event.target.closest('.ag-row')?.getAttribute('row-id');
    const row = id === null || id === undefined ? undefined : api.getRowNode(id)?.data;
    if (!row) return;
    event.preventDefault();
    onMenu(row, { left: event.clientX, top: event.clientY });
  };
  const kepts = {
    onColumnMoved: (event: ColumnMovedEvent<Row>) => {
      if (event.finished && byUser(event)) keep();
    },
    onColumnResized: (event: ColumnResizedEvent<Row>) => {
      if (event.finished && byUser(event)) keep();
    },
    onSortChanged: (event: SortChangedEvent<Row>) => {
      if (byUser(event)) keep();
    },
    onFilterChanged: (event: FilterChangedEvent<Row>) => {
      table.setState({ filtered: Object.keys(event.api.getFilterModel()).length });
      if (byUser(event)) keep();
    },
  };
  return (
    <div
      className="grid"
      role="group"
      aria-label={props.label}
      data-testid={props.testId}
      onKeyDown={onKey}
      onContextMenu={onContextMenu}
    >
      <AgGridReact<Row>
        {...(props.options ?? {})}
        {...kepts}
        {...(datasource ? { ...PAGED, datasource } : {})}
        {...(many ? { rowSelection: SELECT_MANY } : {})}
        onGridReady={(event) => table.setState({ api: event.api })}
        onGridPreDestroyed={() => table.setState({ api: null, keep: null, reset: null })}
        theme={gridTheme}
        styleNonce={styleNonce}
        columnDefs={defs}
        defaultColDef={useMemo(
          () => ({
            resizable: kept,
            sortable: !pages,
            suppressMovable: !kept,
            unSortIcon: false,
            suppressHeaderMenuButton: true,
            suppressHeaderFilterButton: true,
            floatingFilter: filterRow,
            filterParams: { maxNumConditions: 2 },
          }),
          [kept, filterRow, pages],
        )}
        localeText={useMemo(() => gridWords(t), [t])}
        quickFilterText={quick}
        floatingFiltersHeight={HEAD_HEIGHT}
        asyncTransactionWaitMillis={GATHER_MS}
        getRowId={(params) => rowId(params.data)}
        rowClassRules={classRules}
        pinnedBottomRowData={pinned}
        processRowPostCreate={({ eRow, node }) => {
          if (rowTestId && node.data && !node.rowPinned) eRow.dataset['testid'] = rowTestId(node.data);
        }}
        onRowClicked={(event) => {
          if (event.data && !event.rowPinned) onRow?.(event.data);
        }}
        onCellKeyDown={(event) => {
          const enter = event.event instanceof globalThis.KeyboardEvent && event.event.key === 'Enter';
          if (enter && event.data) onRow?.(event.data);
        }}
        onRowDoubleClicked={(event) => {
          if (event.data && !event.rowPinned) onOpen?.(event.data);
        }}
        loading={false}
        ensureDomOrder
        // As wide as theme/base.css makes it: measuring fails where the browser hides its bars.
        scrollbarWidth={8}
        suppressNoRowsOverlay
        suppressDragLeaveHidesColumns
        suppressColumnVirtualisation
        enableCellTextSelection={false}
        animateRows={false}
        tooltipShowDelay={600}
      />
      <span className={note === '' ? 'sr' : 'gridnote'} role="status" data-testid={`${props.testId}-note`}>
        {note}
      </span>
    </div>
  );
}

/** Feeds the grid; `rows` absent: it pages. */
function useRows<Row>(api: GridApi<Row> | null, rows: readonly Row[] | undefined, rowId: (row: Row) => string): void {
  const name = useRef(rowId);
  useEffect(() => {
    name.current = rowId;
  }, [rowId]);
  const pages = rows === undefined;
  const feed = useMemo(
    () => (api && !pages ? new RowFeed<Row>(api, (row) => name.current(row), browserTimers) : null),
    [api, pages],
  );
  useEffect(() => () => feed?.close(), [feed]);
  useEffect(() => {
    if (feed && rows && api && !api.isDestroyed()) feed.set(rows);
  }, [feed, rows, api]);
}

function useDatasource<Row>(pages: PageSource<Row> | undefined): ReturnType<typeof datasourceOf> | undefined {
  const workstation = useWorkstation();
  const key = pages?.key;
  return useMemo(
    () => (pages ? datasourceOf(pages, (error) => workstation.fail(error)) : undefined),
    [key, workstation], // eslint-disable-line react-hooks/exhaustive-deps
  );
}

/** Totals of the rows that are shown, made anew as they change. */
function useTotals<Row>(
  api: GridApi<Row> | null,
  totalsOf: ((rows: readonly Row[]) => readonly Row[]) | undefined,
): readonly Row[] {
  const [totals, setTotals] = useState<readonly Row[]>([]);
  useEffect(() => {
    if (!api || !totalsOf) return;
    const count = framed(() => {
      if (api.isDestroyed()) return;
      const rows: Row[] = [];
      api.forEachNodeAfterFilter(({ data }) => {
        if (data !== undefined) rows.push(data);
      });
      setTotals(totalsOf(rows));
    });
    count();
    api.addEventListener('modelUpdated', count);
    return () => {
      if (!api.isDestroyed()) api.removeEventListener('modelUpdated', count);
    };
  }, [api, totalsOf]);
  return totals;
}

/** A sentence about the table that goes away by itself. */
function useNote(): { readonly note: string; readonly say: (text: string) => void } {
  const [note, setNote] = useState('');
  useEffect(() => {
    if (note === '') return;
    const timer = browserTimers.after(NOTE_MS, () => setNote(''));
    return () => timer.cancel();
  }, [note]);
  return { note, say: setNote };
}
