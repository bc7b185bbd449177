/** Puts rows into a grid: few at once, many in slices, and live changes as transactions that the grid gathers. */
import type { GridApi } from 'ag-grid-community';
import type { Timers } from '#shared/ports.ts';

/** Rows that are put in at once; more go in slices of this size, a turn each. */
export const FEED_SLICE = 2_000;
/** Rows from which live changes go in as transactions; below, the grid compares a whole list faster than it waits. */
const LIVE_FROM = 200;

/** What is different between two lists of rows. */
export interface RowChange<Row> {
  readonly added: readonly Row[];
  readonly updated: readonly Row[];
  readonly removed: readonly Row[];
  /** Where the added ones stand: before all others, or behind them. */
  readonly at: 'front' | 'end';
}

/**
 * The change from one list to another; null where rows have changed places, so that the grid must take the list as a
 * whole. Rows are compared by identity: one that is the same object has not changed.
 */
export function changeBetween<Row>(
  before: readonly Row[],
  after: readonly Row[],
  rowId: (row: Row) => string,
): RowChange<Row> | null {
  const old = new Map(before.map((row) => [rowId(row), row]));
  const added: Row[] = [];
  const updated: Row[] = [];
  const kept: string[] = [];
  let at: RowChange<Row>['at'] = 'end';
  for (const [place, row] of after.entries()) {
    const id = rowId(row);
    const was = old.get(id);
    if (was === undefined) {
      if (added.length === 0) at = place === 0 ? 'front' : 'end';
      // Behind the first kept row a front ends; nothing kept may follow an end.
      else if (at === 'front' && kept.length > 0) return null;
      added.push(row);
      continue;
    }
    if (at === 'end' && added.length > 0) return null;
    kept.push(id);
    if (was !== row) updated.push(row);
    old.delete(id);
  }
  const gone = new Set(old.keys());
  const order = gone.size === 0 ? before : before.filter((row) => !gone.has(rowId(row)));
  if (order.length !== kept.length || order.some((row, place) => rowId(row) !== kept[place])) return null;
  return { added, updated, removed: [...old.values()], at };
}

export class RowFeed<Row> {
  readonly #api: GridApi<Row>;
  readonly #rowId: (row: Row) => string;
  readonly #timers: Timers;
  #rows: readonly Row[] = [];
  /** Rises with each list, so that slices of an older one stop. */
  #list = 0;
  /** Slices are still on their way. */
  #loading = false;

  constructor(api: GridApi<Row>, rowId: (row: Row) => string, timers: Timers) {
    this.#api = api;
    this.#rowId = rowId;
    this.#timers = timers;
  }

  /** Shows these rows. */
  set(rows: readonly Row[]): void {
    if (rows === this.#rows && !this.#loading) return;
    const large = rows.length > FEED_SLICE;
    const live = rows.length > LIVE_FROM && this.#rows.length > 0 && !this.#loading;
    const change = live ? changeBetween(this.#rows, rows, this.#rowId) : null;
    const few = change !== null && change.added.length + change.updated.length + change.removed.length <= FEED_SLICE;
    this.#rows = rows;
    this.#list += 1;
    if (change && few) this.#apply(change);
    else if (large) this.#load(rows);
    else {
      this.#loading = false;
      this.#api.flushAsyncTransactions();
      // Below the slice the grid compares by id itself and keeps the order.
      this.#api.setGridOption('rowData', [...rows]);
    }
  }

  close(): void {
    this.#list += 1;
  }

  #apply({ added, updated, removed, at }: RowChange<Row>): void {
    this.#api.applyTransactionAsync({
      ...(added.length > 0 ? { add: [...added], ...(at === 'front' ? { addIndex: 0 } : {}) } : {}),
      ...(updated.length > 0 ? { update: [...updated] } : {}),
      ...(removed.length > 0 ? { remove: [...removed] } : {}),
    });
  }

  #load(rows: readonly Row[]): void {
    const list = this.#list;
    this.#loading = true;
    this.#api.flushAsyncTransactions();
    this.#api.setGridOption('rowData', rows.slice(0, FEED_SLICE));
    const next = (from: number): void => {
      if (list !== this.#list || this.#api.isDestroyed()) return;
      if (from >= rows.length) {
        this.#loading = false;
        return;
      }
      this.#api.applyTransaction({ add: rows.slice(from, from + FEED_SLICE) });
      this.#timers.yieldTurn(() => next(from + FEED_SLICE));
    };
    this.#timers.yieldTurn(() => next(FEED_SLICE));
  }
}
