/** The board as its reader holds it: one array a column, filled by the items of the stream. */
import {
  BOARD_COLUMNS,
  BOARD_HISTORY_COLUMNS,
  type BoardColumn,
  type BoardHead,
  type BoardHistoryColumn,
  type BoardHistoryHead,
  type BoardItem,
  type BoardPulse,
  type InstrumentId,
} from '../../domain/index.ts';

export type BoardColumns = Readonly<Record<BoardColumn, Float64Array>>;
export type HistoryColumns = Readonly<Record<BoardHistoryColumn, Float64Array>>;

function empty<Name extends string>(names: readonly Name[], length: number, fill = 0): Record<Name, Float64Array> {
  return Object.fromEntries(names.map((name) => [name, new Float64Array(length).fill(fill)])) as Record<
    Name,
    Float64Array
  >;
}

/** Columns of no rows yet known. */
export function emptyBoardColumns(length: number): Record<BoardColumn, Float64Array> {
  return empty(BOARD_COLUMNS, length);
}

export class BoardTable {
  head: BoardHead | null = null;
  pulse: BoardPulse | null = null;
  columns: BoardColumns = emptyBoardColumns(0);
  /** −1 where not known. */
  history: HistoryColumns = empty(BOARD_HISTORY_COLUMNS, 0, -1);
  historyDate: string | null = null;
  #places: ReadonlyMap<InstrumentId, number> = new Map();

  get length(): number {
    return this.head?.instrumentIds.length ?? 0;
  }

  /** The row of an issue; undefined: not on the board. */
  placeOf(id: InstrumentId): number | undefined {
    return this.#places.get(id);
  }

  idAt(place: number): InstrumentId | undefined {
    return this.head?.instrumentIds[place];
  }

  /** Takes a batch; returns the places that changed, or null where everything may have. */
  apply(items: readonly BoardItem[], snapshot: boolean): readonly number[] | null {
    const changed: number[] = [];
    let whole = snapshot;
    if (snapshot) this.#begin(items);
    for (const item of items) {
      if (!Array.isArray(item)) {
        if (item.kind === 'pulse') this.pulse = item;
        else if (!snapshot) {
          this.#place(item);
          whole = true;
        }
        continue;
      }
      const [place = -1] = item;
      if (place < 0 || place >= this.length) continue;
      for (const [at, name] of BOARD_COLUMNS.entries()) this.columns[name][place] = item[at + 1] ?? 0;
      changed.push(place);
    }
    return whole ? null : changed;
  }

  /** Puts the history beside the rows it belongs to; issues it does not name stay unknown. */
  takeHistory(table: { readonly header: BoardHistoryHead; readonly columns: HistoryColumns }): void {
    const { header, columns } = table;
    const own = empty(BOARD_HISTORY_COLUMNS, this.length, -1);
    for (const [from, id] of header.instrumentIds.entries()) {
      const place = this.#places.get(id);
      if (place === undefined) continue;
      for (const name of BOARD_HISTORY_COLUMNS) own[name][place] = columns[name][from] ?? -1;
    }
    this.history = own;
    this.historyDate = header.recordDate;
  }

  /** Forgets everything: another environment has nothing to do with it. */
  clear(): void {
    this.#place({
      kind: 'head',
      scope: 'market',
      sessionDate: null,
      instrumentIds: [],
      listedShares: [],
      coverage: 'all',
    });
    this.head = null;
    this.pulse = null;
  }

  #begin(items: readonly BoardItem[]): void {
    const head = items.find((item): item is BoardHead => !Array.isArray(item) && item.kind === 'head');
    if (head) this.#place(head);
  }

  #place(head: BoardHead): void {
    this.head = head;
    this.columns = emptyBoardColumns(head.instrumentIds.length);
    this.history = empty(BOARD_HISTORY_COLUMNS, head.instrumentIds.length, -1);
    this.historyDate = null;
    this.#places = new Map(head.instrumentIds.map((id, place) => [id, place]));
  }
}
