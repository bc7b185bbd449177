/** What a table and its tools share: the grid once it stands, and what was typed into the tools. */
import type { GridApi } from 'ag-grid-community';
import { useState } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import type { RowSource } from './row-source.ts';

export interface TableState<Row> {
  readonly api: GridApi<Row> | null;
  /** What rows must hold to be shown. */
  readonly quick: string;
  /** The row of filters under the head. */
  readonly filterRow: boolean;
  /** Columns with a filter in force. */
  readonly filtered: number;
  /** Rows of a table that pages through its source instead of holding them; null: those of the grid. */
  readonly source: (() => RowSource) | null;
  /** Keeps the columns as they stand, after the tools have changed them. */
  readonly keep: (() => void) | null;
  /** Puts the columns back as the program has them. */
  readonly reset: (() => void) | null;
}

export type TableHandle<Row> = StoreApi<TableState<Row>>;

function createTable<Row>(): TableHandle<Row> {
  return createStore<TableState<Row>>(() => ({
    api: null,
    quick: '',
    filterRow: false,
    filtered: 0,
    source: null,
    keep: null,
    reset: null,
  }));
}

/** A handle for one table, kept as long as the component. */
export function useTable<Row>(): TableHandle<Row> {
  const [table] = useState(createTable<Row>);
  return table;
}

/** Reads from a handle; drawn again as it changes. */
export function useTableState<Row, Picked>(table: TableHandle<Row>, pick: (state: TableState<Row>) => Picked): Picked {
  return useStore(table, pick);
}
