/** Columns of the tables: a raw value to sort, filter and export by, and a text for the eye. */
import type { ColDef, ITooltipParams } from 'ag-grid-community';
import { OneOfFilter, type OneOfParams } from './one-of-filter.ts';
import type { OutCell } from './out-cell.ts';

/** What our own machinery reads from a column. */
export interface ColumnFacts<Row> {
  /** The cell as it leaves the program; absent: the text on the screen. */
  readonly out?: (row: Row) => OutCell;
  /** No column of data: neither copied nor exported, and not offered in the list of columns. */
  readonly tool?: boolean;
}

/** The facts of a column; none where it was not made here. */
export function factsOf<Row>(def: ColDef<Row>): ColumnFacts<Row> {
  return (def.context as ColumnFacts<Row> | undefined) ?? {};
}

interface Common<Row> {
  /** Names the column for good: saved tables know it by this. */
  readonly id: string;
  readonly header: string;
  /** Pixels; or a share of what is left by `flex`. */
  readonly width?: number;
  readonly flex?: number;
  readonly minWidth?: number;
  readonly maxWidth?: number;
  /** Hidden until the user wants to see it. */
  readonly hide?: boolean;
  readonly className?: string;
  readonly tip?: (row: Row) => string;
}

/** Least width of a column, pixels. */
const LEAST_WIDTH = 36;

function common<Row>(spec: Common<Row>): ColDef<Row> {
  const { tip } = spec;
  return {
    colId: spec.id,
    headerName: spec.header,
    headerTooltip: spec.header,
    minWidth: spec.minWidth ?? LEAST_WIDTH,
    ...(spec.maxWidth === undefined ? {} : { maxWidth: spec.maxWidth }),
    ...(spec.width === undefined ? {} : { width: spec.width }),
    ...(spec.flex === undefined ? {} : { flex: spec.flex }),
    ...(spec.hide === undefined ? {} : { hide: spec.hide }),
    ...(spec.className === undefined ? {} : { cellClass: spec.className }),
    ...(tip === undefined ? {} : { tooltip: (p: ITooltipParams<Row>) => (p.data ? tip(p.data) : '') }),
  };
}

function facts<Row>(out: (row: Row) => OutCell): { readonly context: ColumnFacts<Row> } {
  return { context: { out } };
}

export function textColumn<Row>(spec: Common<Row> & { readonly value: (row: Row) => string }): ColDef<Row> {
  return {
    ...common(spec),
    filter: 'agTextColumnFilter',
    valueGetter: (p) => (p.data ? spec.value(p.data) : ''),
    ...facts(spec.value),
  };
}

/** A figure at the right; `out` is the value in the unit that a person reads, where that is another than `value` counts. */
export function figureColumn<Row>(
  spec: Common<Row> & {
    readonly value: (row: Row) => number | null;
    readonly show: (value: number, row: Row) => string;
    readonly out?: (value: number, row: Row) => number;
    readonly tone?: (row: Row) => 'u' | 'd' | 'f' | '';
  },
): ColDef<Row> {
  const { out, tone, show } = spec;
  const readable = (row: Row): number | null => {
    const value = spec.value(row);
    return value === null || !out ? value : out(value, row);
  };
  return {
    ...common(spec),
    headerClass: 'r',
    cellClass: `r num ${spec.className ?? ''}`.trim(),
    filter: 'agNumberColumnFilter',
    filterValueGetter: (p) => (p.data ? readable(p.data) : null),
    valueGetter: (p) => (p.data ? spec.value(p.data) : null),
    valueFormatter: (p) => (p.data && typeof p.value === 'number' ? show(p.value, p.data) : ''),
    getQuickFilterText: (p) => (typeof p.value === 'number' ? `${p.value} ${show(p.value, p.data)}` : ''),
    comparator: (a: number | null, b: number | null) =>
      (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY),
    ...(tone
      ? {
          cellClassRules: {
            u: (p) => p.data !== undefined && tone(p.data) === 'u',
            d: (p) => p.data !== undefined && tone(p.data) === 'd',
          },
        }
      : {}),
    ...facts(readable),
  };
}

/** One of a few words; the filter offers them all. */
export function choiceColumn<Row, Value extends string>(
  spec: Common<Row> & {
    readonly value: (row: Row) => Value | null;
    readonly show: (value: Value) => string;
    readonly choices: readonly Value[];
  },
): ColDef<Row> {
  const word = (row: Row): string => {
    const value = spec.value(row);
    return value === null ? '' : spec.show(value);
  };
  const params: OneOfParams = {
    choices: spec.choices.map((value) => ({ value, label: spec.show(value) })),
  };
  return {
    ...common(spec),
    filter: OneOfFilter,
    filterParams: params,
    valueGetter: (p) => (p.data ? spec.value(p.data) : null),
    valueFormatter: (p) => (p.data ? word(p.data) : ''),
    getQuickFilterText: (p) => word(p.data),
    ...facts(word),
  };
}

/** An instant in Korea: sorted as it happened, filtered and exported as it is written. */
export function instantColumn<Row>(
  spec: Common<Row> & {
    /** Epoch milliseconds. */
    readonly value: (row: Row) => number | null;
    readonly show: (value: number) => string;
    /** In full, for a file; absent: as shown. */
    readonly full?: (value: number) => string;
  },
): ColDef<Row> {
  const shown = (row: Row): string => {
    const value = spec.value(row);
    return value === null ? '' : spec.show(value);
  };
  return {
    ...common({ ...spec, className: spec.className ?? 'num mut' }),
    filter: 'agTextColumnFilter',
    filterValueGetter: (p) => (p.data ? shown(p.data) : ''),
    valueGetter: (p) => (p.data ? spec.value(p.data) : null),
    valueFormatter: (p) => (p.data ? shown(p.data) : ''),
    getQuickFilterText: (p) => shown(p.data),
    ...facts<Row>((row) => {
      const value = spec.value(row);
      return value === null ? null : (spec.full ?? spec.show)(value);
    }),
  };
}

/** A column of buttons: it is no data. */
export function toolColumn<Row>(spec: Common<Row> & Pick<ColDef<Row>, 'cellRenderer'>): ColDef<Row> {
  const tool: ColumnFacts<Row> = { tool: true };
  return {
    ...common(spec),
    headerTooltip: '',
    sortable: false,
    filter: false,
    floatingFilter: false,
    cellRenderer: spec.cellRenderer as unknown,
    context: tool,
  };
}
