/** Reads rows and cells out of a grid: what is shown, in its order, as it leaves the program. */
import type { ColDef, Column, GridApi, IRowNode } from 'ag-grid-community';
import { factsOf } from './column.ts';
import type { OutCell } from './out-cell.ts';
import { type OutRow, type RowSource, slicesOf } from './row-source.ts';

/** The columns of data that are shown, left to right. */
export function dataColumns<Row>(api: GridApi<Row>): Column[] {
  return api
    .getAllDisplayedColumns()
    .filter((column) => factsOf<unknown>(column.getColDef() as ColDef<unknown>).tool !== true);
}

function cellOf<Row>(api: GridApi<Row>, node: IRowNode<Row>, column: Column): OutCell {
  const { out } = factsOf<Row>(column.getColDef() as ColDef<Row>);
  if (out && node.data !== undefined) return out(node.data);
  const value: unknown = api.getCellValue({ rowNode: node, colKey: column, useFormatter: true });
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** Names of columns as the head has them. */
export function headerOf(columns: readonly Column[]): string[] {
  return columns.map((column) => column.getColDef().headerName ?? column.getColId());
}

/** One row of a table that pages, read by the same columns. */
export function outRow(columns: readonly Column[], row: unknown): OutRow {
  return columns.map((column) => factsOf(column.getColDef() as ColDef<unknown>).out?.(row) ?? null);
}

/** Rows that pass the filters, in the order of the sort; with `selected` only those that are selected. */
export function shownNodes<Row>(api: GridApi<Row>, selected: boolean): IRowNode<Row>[] {
  const nodes: IRowNode<Row>[] = [];
  api.forEachNodeAfterFilterAndSort((node) => {
    if (!selected || node.isSelected() === true) nodes.push(node);
  });
  return nodes;
}

/** The rows of a grid as they leave it. */
export function gridSource<Row>(api: GridApi<Row>, nodes: readonly IRowNode<Row>[]): RowSource {
  const columns = dataColumns(api);
  return {
    header: headerOf(columns),
    total: nodes.length,
    slices: () => slicesOf(nodes, (node) => columns.map((column) => cellOf(api, node, column))),
  };
}
