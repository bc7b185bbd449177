/** Rows of a sheet in a grid: sorted, filtered, copied and written to a file; rows lead to issues or to other sheets. */
import type { ColDef } from 'ag-grid-community';
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { SheetAnswer, SheetBlock, SheetColumn } from '#shared/contract/index.ts';
import type { SheetCell } from '#shared/domain/index.ts';
import { useView } from '../../store/view.ts';
import { useText, type Language, type Translate } from '../../text/index.ts';
import { UNKNOWN } from '../format.ts';
import { Grid, type MenuPlace } from '../grid.tsx';
import { figureColumn, textColumn } from '../table/column.ts';
import { useTable } from '../table/handle.ts';
import { TableTools } from '../table/tools.tsx';
import { cellText, isFigure, named, toneOf } from './cell.ts';

export interface GridRow {
  readonly key: number;
  readonly issue: string | null;
  readonly cells: readonly SheetCell[];
}

/** Widths that fit most names and figures, pixels. */
const LEAST = 76;
const MOST = 170;
const PER_LETTER = 12;
const TITLE = 320;

function widthOf(column: SheetColumn, header: string): number {
  if (/titl|cntt$|agenda/.test(column.id) && column.kind === 'text') return TITLE;
  const least = column.kind === 'text' ? 110 : LEAST;
  return Math.min(MOST, Math.max(least, header.length * PER_LETTER + 18));
}

function columnsOf(
  columns: readonly SheetColumn[],
  heads: readonly (string | null)[] | null,
  how: { readonly t: Translate; readonly language: Language },
): readonly ColDef<GridRow>[] {
  return columns.map((column, place) => {
    const header = heads?.[place] ?? named(column, how.language);
    const cell = (row: GridRow): SheetCell => row.cells[place] ?? null;
    const common = { id: column.id, header, width: widthOf(column, header) };
    if (!isFigure(column)) return textColumn<GridRow>({ ...common, value: (row) => cellText(column, cell(row), how) });
    const figure = figureColumn<GridRow>({
      ...common,
      value: (row) => {
        const value = cell(row);
        return typeof value === 'number' ? value : null;
      },
      show: (value) => cellText(column, value, how),
      tone: (row) => toneOf(column, cell(row)),
    });
    // What is not known is a dash, never nothing and never 0.
    return {
      ...figure,
      valueFormatter: (p) => (typeof p.value === 'number' ? cellText(column, p.value, how) : UNKNOWN),
    };
  });
}

export function GridTable(props: {
  readonly title: string;
  /** Names the table for what is kept of its columns. */
  readonly name: string;
  readonly block: SheetBlock;
  readonly answer: SheetAnswer['blocks'][number];
  readonly isSelected: (row: GridRow) => boolean;
  readonly onRow: (row: GridRow) => void;
  readonly onMenu: (row: GridRow, at: MenuPlace) => void;
  readonly testId: string;
}): JSX.Element {
  const { title, block, answer, testId } = props;
  const t = useText();
  const language = useView((state) => state.language);
  const table = useTable<GridRow>();
  const columns = useMemo(
    () => columnsOf(block.columns, answer.heads, { t, language }),
    [block.columns, answer.heads, t, language],
  );
  const rows = useMemo(() => answer.rows.map((row, key): GridRow => ({ ...row, key })), [answer.rows]);
  return (
    <section className="fillcol" aria-label={title}>
      <div className="tbar">
        <span className="l">{title}</span>
        <span className="l num">{t('sheet.rows', { count: rows.length })}</span>
        <span className="sp" />
        <TableTools table={table} file={title} testId={`${testId}-tools`} />
      </div>
      <Grid
        table={table}
        columns={columns}
        rows={rows}
        rowId={({ key }) => String(key)}
        rowTestId={({ key }) => `${testId}-row-${key}`}
        isSelected={props.isSelected}
        onRow={props.onRow}
        onMenu={props.onMenu}
        name={props.name}
        label={title}
        testId={testId}
      />
    </section>
  );
}
