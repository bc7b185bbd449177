/** What is kept of a table: order, width, visibility, sort and place of its columns, and their filters. */
import type { ColDef, ColumnState, FilterModel } from 'ag-grid-community';
import type { ColumnsDocument } from '#shared/domain/index.ts';

type KeptColumn = ColumnsDocument['columns'][number];

/** A column that shares what is left has no width of its own. */
function kept(state: ColumnState): KeptColumn {
  const shares = typeof state.flex === 'number' && state.flex > 0;
  return {
    colId: state.colId,
    width: shares || typeof state.width !== 'number' ? null : Math.round(state.width),
    hide: state.hide === true,
    sort: state.sort ?? null,
    sortIndex: state.sortIndex ?? null,
    pinned: state.pinned === 'left' || state.pinned === true ? 'left' : state.pinned === 'right' ? 'right' : null,
  };
}

/** The document of a table as it stands. */
export function documentOf(columns: readonly ColumnState[], filters: FilterModel): ColumnsDocument {
  return { columns: columns.map(kept), filters };
}

/** A document as the grid takes it; columns that the program no longer has are left out. */
export function stateOf(document: ColumnsDocument, known: ReadonlySet<string>): ColumnState[] {
  return document.columns
    .filter(({ colId }) => known.has(colId))
    .map(({ colId, width, hide, sort, sortIndex, pinned }) => ({
      colId,
      hide,
      sort,
      sortIndex,
      pinned,
      ...(width === null ? {} : { width, flex: null }),
    }));
}

/** Columns with the arrangement of a document in them: new ones, such as in another language, do not undo it. */
export function arranged<Row>(columns: readonly ColDef<Row>[], document: ColumnsDocument | null): ColDef<Row>[] {
  if (!document) return [...columns];
  const kept = new Map(document.columns.map((column, at) => [column.colId, { ...column, at }]));
  const placeOf = (column: ColDef<Row>): number => kept.get(column.colId ?? '')?.at ?? kept.size;
  return columns
    .map((column) => {
      const own = kept.get(column.colId ?? '');
      if (!own) return column;
      const { flex: _flex, ...rest } = column;
      const size = own.width === null ? column : { ...rest, width: own.width };
      return { ...size, hide: own.hide };
    })
    .sort((a, b) => placeOf(a) - placeOf(b));
}

/** The columns as the program has them. */
export function firstState<Row>(columns: readonly ColDef<Row>[]): ColumnState[] {
  return columns.flatMap(({ colId, hide, width, flex }) =>
    colId === undefined
      ? []
      : [
          {
            colId,
            hide: hide ?? false,
            sort: null,
            pinned: null,
            flex: flex ?? null,
            ...(width === undefined ? {} : { width }),
          },
        ],
  );
}

/** The filters of a document on columns that are still there. */
export function filtersOf(document: ColumnsDocument, known: ReadonlySet<string>): FilterModel {
  return Object.fromEntries(Object.entries(document.filters).filter(([colId]) => known.has(colId)));
}

/** True where two documents say the same. */
export function sameDocument(a: ColumnsDocument, b: ColumnsDocument): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
