/** AG Grid in our clothes: only the parts of it that we use, styled by our tokens. */
import {
  CellStyleModule,
  ClientSideRowModelModule,
  type ColDef,
  ColumnApiModule,
  type GridApi,
  type ICellRendererComp,
  type ICellRendererParams,
  ModuleRegistry,
  PinnedRowModule,
  RenderApiModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  themeQuartz,
  TooltipModule,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import type { JSX } from 'react';
import { useCallback, useEffect, useMemo, useState } from 'react';

ModuleRegistry.registerModules([
  ClientSideRowModelModule,
  CellStyleModule,
  ColumnApiModule,
  PinnedRowModule,
  RenderApiModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  TooltipModule,
]);

const theme = themeQuartz.withParams({
  backgroundColor: 'var(--s1)',
  foregroundColor: 'var(--ink1)',
  borderColor: 'var(--line1)',
  accentColor: 'var(--ink1)',
  chromeBackgroundColor: 'var(--s1)',
  headerBackgroundColor: 'var(--s1)',
  headerTextColor: 'var(--ink3)',
  headerFontSize: 11,
  headerFontWeight: 400,
  fontFamily: 'inherit',
  fontSize: 12,
  dataFontSize: 12,
  rowHeight: 24,
  headerHeight: 26,
  spacing: 4,
  cellHorizontalPadding: 6,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  columnBorder: false,
  headerColumnBorder: false,
  rowBorder: { color: 'var(--grid)', style: 'solid', width: 1 },
  rowHoverColor: 'transparent',
  selectedRowBackgroundColor: 'var(--s3)',
  tooltipBackgroundColor: 'var(--s3)',
  tooltipTextColor: 'var(--ink1)',
  iconSize: 12,
});

/** The nonce under which the page's policy lets style elements in. */
const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export interface GridProps<Row> {
  readonly columns: readonly ColDef<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** data-testid of a row. */
  readonly rowTestId?: (row: Row) => string;
  readonly isSelected?: (row: Row) => boolean;
  readonly onRow?: (row: Row) => void;
  /** A double click. */
  readonly onOpen?: (row: Row) => void;
  /** The row of totals. */
  readonly total?: Row | null;
  readonly label: string;
  readonly testId: string;
}

/** A table of rows; live figures are drawn by cells that watch the market bus, not by new rows. */
export function Grid<Row extends object>(props: GridProps<Row>): JSX.Element {
  const { columns, rowId, rowTestId, isSelected, onRow, onOpen, total } = props;
  const defs = useMemo(() => [...columns], [columns]);
  const rows = useMemo(() => [...props.rows], [props.rows]);
  const pinned = useMemo(() => (total ? [total] : []), [total]);
  const classRules = useMemo(
    () => ({
      sel: (params: { data: Row | undefined }) => params.data !== undefined && (isSelected?.(params.data) ?? false),
    }),
    [isSelected],
  );
  const [api, setApi] = useState<GridApi<Row> | null>(null);
  // The grid asks the rules again only when a row is drawn.
  useEffect(() => {
    api?.redrawRows();
  }, [api, classRules]);
  const activate = useCallback(
    (row: Row | undefined) => {
      if (row) onRow?.(row);
    },
    [onRow],
  );
  return (
    <div className="grid" role="region" aria-label={props.label} data-testid={props.testId}>
      <AgGridReact<Row>
        onGridReady={(event) => setApi(event.api)}
        onGridPreDestroyed={() => setApi(null)}
        theme={theme}
        styleNonce={styleNonce}
        columnDefs={defs}
        defaultColDef={{
          resizable: false,
          sortable: true,
          suppressMovable: true,
          unSortIcon: false,
          suppressHeaderMenuButton: true,
        }}
        rowData={rows}
        getRowId={(params) => rowId(params.data)}
        rowClassRules={classRules}
        pinnedBottomRowData={pinned}
        processRowPostCreate={({ eRow, node }) => {
          if (rowTestId && node.data && !node.rowPinned) eRow.dataset['testid'] = rowTestId(node.data);
        }}
        onRowClicked={(event) => activate(event.data)}
        onCellKeyDown={(event) => {
          if (event.event instanceof KeyboardEvent && event.event.key === 'Enter') activate(event.data);
        }}
        onRowDoubleClicked={(event) => {
          if (event.data) onOpen?.(event.data);
        }}
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
    </div>
  );
}

/** What a live cell does: draw once, and be told when it is gone. */
export interface LiveCell<Row> {
  /** Draws into the element and returns what stops the drawing. */
  start(element: HTMLElement, row: Row): () => void;
}

/** A cell that draws itself outside React. */
export function liveCell<Row>(cell: LiveCell<Row>): new () => ICellRendererComp<Row> {
  return class implements ICellRendererComp<Row> {
    readonly #element = document.createElement('span');
    #stop: () => void = () => undefined;

    init(params: ICellRendererParams<Row>): void {
      this.#element.className = 'px';
      if (params.data) this.#stop = cell.start(this.#element, params.data);
    }

    getGui(): HTMLElement {
      return this.#element;
    }

    refresh(params: ICellRendererParams<Row>): boolean {
      this.#stop();
      this.#element.className = 'px';
      this.#element.textContent = '';
      if (params.data) this.#stop = cell.start(this.#element, params.data);
      return true;
    }

    destroy(): void {
      this.#stop();
    }
  };
}
