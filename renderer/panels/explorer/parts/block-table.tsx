/** A block of an answer, or the last messages of a channel, as a table with Korean names. */
import type { ColDef } from 'ag-grid-community';
import type { JSX } from 'react';
import { useMemo } from 'react';
import type { ApiColumn } from '#shared/contract/index.ts';
import { useText } from '../../../text/index.ts';
import { UNKNOWN } from '../../../ui/format.ts';
import { Grid } from '../../../ui/grid.tsx';
import { figureColumn, textColumn } from '../../../ui/table/column.ts';
import { useTable } from '../../../ui/table/handle.ts';
import { TableTools } from '../../../ui/table/tools.tsx';
import type { AnswerRow } from '../slice.ts';
import { fieldOf, figureOf, figureText, isFigure, valueText } from './values.ts';

interface Row {
  readonly key: number;
  readonly values: AnswerRow;
}

/** Letters of an API that name its tables: what is kept is kept under a short name. */
const NAME_LETTERS = 48;

/** Names a table of an API, for what is kept of its columns. */
export function tableName(api: string, block: string): string {
  return `${api.slice(0, NAME_LETTERS)}.${block}`.replace(/[^A-Za-z0-9._-]/g, '-');
}

/** Rows that tell what a column holds. */
const LOOKED_AT = 30;
/** Widths that fit most names and figures, pixels. */
const LEAST = 64;
const MOST = 190;
const PER_LETTER = 12;

function widthOf(label: string): number {
  return Math.min(MOST, Math.max(LEAST, label.length * PER_LETTER + 18));
}

/** Columns of what came: those of the catalogue in their order, behind them what it does not know. */
function columnsOf(known: readonly ApiColumn[], rows: readonly Row[]): readonly ColDef<Row>[] {
  const names = new Set(known.map(({ name }) => name.toLowerCase()));
  const strange = [...new Set(rows.slice(0, LOOKED_AT).flatMap(({ values }) => Object.keys(values)))].filter(
    (name) => !names.has(name.toLowerCase()),
  );
  const all = [...known, ...strange.map((name) => ({ name, label: name, kind: 'open' as const, codes: [] }))];
  return all.map((column) => {
    const { name, label } = column;
    const common = { id: name, header: label, width: widthOf(label), tip: () => `${label} (${name})` };
    const looked = rows.slice(0, LOOKED_AT).map(({ values }) => fieldOf(values, name));
    return isFigure(column, looked)
      ? figureColumn<Row>({
          ...common,
          value: ({ values }) => figureOf(fieldOf(values, name)),
          show: (_, { values }) => figureText(fieldOf(values, name)),
        })
      : textColumn<Row>({ ...common, value: ({ values }) => valueText(column, fieldOf(values, name)) });
  });
}

export function RowsTable(props: {
  readonly title: string;
  readonly file: string;
  /** Names the table for what is kept of its columns. */
  readonly name: string;
  readonly columns: readonly ApiColumn[];
  readonly rows: readonly AnswerRow[];
  /** Newest first, each with a number that stays. */
  readonly keyOf?: (row: AnswerRow, place: number) => number;
  readonly testId: string;
}): JSX.Element {
  const { title, rows, columns, keyOf, testId } = props;
  const t = useText();
  const tools = useTable<Row>();
  const keyed = useMemo(
    () => rows.map((values, place): Row => ({ key: keyOf?.(values, place) ?? place, values })),
    [rows, keyOf],
  );
  const shape = keyed.length === 0 ? '' : Object.keys(keyed[0]?.values ?? {}).join();
  const defs = useMemo(() => columnsOf(columns, keyed), [columns, shape]); // eslint-disable-line react-hooks/exhaustive-deps
  return (
    <section className="block" aria-label={title}>
      <div className="tbar">
        <b>{title}</b>
        <span className="note num">{t('unit.count', { count: rows.length })}</span>
        <span className="sp" />
        <TableTools table={tools} file={props.file} testId={testId} />
      </div>
      {rows.length === 0 ? (
        <p className="note inset" data-testid={`${testId}-none`}>
          {t('explorer.noRows')}
        </p>
      ) : (
        <Grid
          columns={defs}
          rows={keyed}
          rowId={(row) => String(row.key)}
          table={tools}
          label={title}
          name={props.name}
          testId={testId}
        />
      )}
    </section>
  );
}

function Value({ column, value }: { readonly column: ApiColumn; readonly value: unknown }): JSX.Element {
  if (isFigure(column, [value])) return <dd className="num r">{figureText(value)}</dd>;
  return <dd>{valueText(column, value) || UNKNOWN}</dd>;
}

/** A record: one line a field. */
export function RecordTable(props: {
  readonly title: string;
  readonly columns: readonly ApiColumn[];
  readonly record: AnswerRow;
  readonly testId: string;
}): JSX.Element {
  const { title, columns, record, testId } = props;
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  const strange = Object.keys(record)
    .filter((name) => !names.has(name.toLowerCase()))
    .map((name) => ({ name, label: name, kind: 'open' as const, codes: [] }));
  return (
    <section className="block rec" aria-label={title}>
      <div className="tbar">
        <b>{title}</b>
      </div>
      <dl data-testid={testId}>
        {[...columns, ...strange].map((column) => (
          <div key={column.name} title={column.name}>
            <dt>{column.label}</dt>
            <Value column={column} value={fieldOf(record, column.name)} />
          </div>
        ))}
      </dl>
    </section>
  );
}
