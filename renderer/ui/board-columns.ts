/** Columns of tables over the board, by the field of the screener that they show. */
import type { ColDef } from 'ag-grid-community';
import { BOARD_FLAGS } from '#shared/domain/index.ts';
import { FIELD_UNITS, type ScreenField } from '#shared/market/index.ts';
import type { BoardView } from '../client/board.ts';
import { carryIssue } from '../client/issue-drag.ts';
import type { Translate } from '../text/index.ts';
import { changeCell } from './cells.tsx';
import { direction, factor, krwSummary, number, percent, signed, UNKNOWN, valueShort } from './format.ts';
import { liveCell } from './table/live-cell.ts';
import { choiceColumn, figureColumn, textColumn } from './table/column.ts';

const SHORT = new Set<ScreenField>(['value', 'cap']);
const SIGNED = new Set<ScreenField>(['change', 'gap', 'return5', 'return20', 'return60', 'fromHigh52', 'fromLow52']);

/** A figure of a field as it is written. */
export function fieldText(field: ScreenField, value: number | null): string {
  if (value === null) return UNKNOWN;
  switch (FIELD_UNITS[field]) {
    case 'won':
      if (field === 'changeWon') return signed(value);
      return field === 'cap' ? krwSummary(value) : SHORT.has(field) ? valueShort(value) : number(value);
    case 'percent':
      return SIGNED.has(field) ? percent(value) : `${value.toFixed(2)}%`;
    case 'shares':
      return number(Math.round(value));
    case 'times':
      return `${factor(value)}×`;
    case 'position':
      return number(Math.round(value));
    case 'flag':
      return value === 1 ? '●' : '';
  }
}

const WIDTHS: Partial<Record<ScreenField, number>> = { cap: 100, value: 68, volume: 84, last: 76 };

/** Name and code; dragging the cell carries the issue. */
function nameColumn<Row extends BoardView>(t: Translate): ColDef<Row> {
  return {
    ...textColumn<Row>({
      id: 'name',
      header: t('board.col.name'),
      flex: 1,
      minWidth: 104,
      maxWidth: 320,
      value: (row) => row.name,
      tip: (row) => `${row.name} ${row.code}`,
    }),
    getQuickFilterText: (p) => `${p.data.name} ${p.data.code}`,
    cellRenderer: liveCell<Row>({
      start(element, row) {
        element.className = 'px bname';
        element.draggable = true;
        element.ondragstart = ({ dataTransfer }) => {
          if (dataTransfer) carryIssue(dataTransfer, row.id);
        };
        const name = document.createElement('b');
        const code = document.createElement('span');
        name.textContent = row.name;
        code.textContent = row.code;
        code.className = 'mut num';
        element.replaceChildren(name, code);
        return () => undefined;
      },
    }),
  };
}

function changeColumn<Row extends BoardView>(t: Translate): ColDef<Row> {
  return {
    ...figureColumn<Row>({
      id: 'change',
      header: t('field.change'),
      width: 80,
      value: (row) => row.change,
      show: (value) => percent(value),
    }),
    cellRenderer: changeCell<Row>({
      read: (row) => (row.change === null ? null : { change: row.change, text: percent(row.change) }),
    }),
  };
}

/** The column of one field; a figure that is not live is grey. */
export function fieldColumn<Row extends BoardView>(t: Translate, field: ScreenField, hide = false): ColDef<Row> {
  if (field === 'change') return { ...changeColumn<Row>(t), hide };
  const column = figureColumn<Row>({
    id: field,
    header: t(`field.${field}`),
    width: WIDTHS[field] ?? 84,
    hide,
    value: (row) => row[field],
    show: (value) => fieldText(field, value),
    ...(SIGNED.has(field) || field === 'last' || field === 'changeWon'
      ? { tone: (row: Row) => direction(field === 'last' ? row.change : row[field]) }
      : {}),
  });
  return column;
}

/** State of a row in words: halts and limits, and that it is a record. */
export function stateText(t: Translate, row: BoardView): string {
  const words: string[] = [];
  if (row.flags & BOARD_FLAGS.halted) words.push(t('board.state.halted'));
  if (row.flags & BOARD_FLAGS.interrupted) words.push(t('board.state.interrupted'));
  if (row.flags & BOARD_FLAGS.upper) words.push(t('board.state.upper'));
  if (row.flags & BOARD_FLAGS.lower) words.push(t('board.state.lower'));
  if (row.flags & BOARD_FLAGS.unpriced) words.push(t('board.state.unpriced'));
  return words.join(' ');
}

/** Name, market, fields, state. `shown`: visible at once; the rest may be taken from the list of columns. */
export function boardColumns(
  t: Translate,
  parts: {
    readonly shown: readonly ScreenField[];
    readonly more: readonly ScreenField[];
    readonly age: (row: BoardView) => string;
  },
): readonly ColDef<BoardView>[] {
  return [
    nameColumn(t),
    ...parts.shown.map((field) => fieldColumn(t, field)),
    choiceColumn<BoardView, 'KOSPI' | 'KOSDAQ' | 'KONEX'>({
      id: 'market',
      header: t('board.col.market'),
      width: 64,
      value: (row) => row.market,
      show: (market) => t(`market.${market}`),
      choices: ['KOSPI', 'KOSDAQ', 'KONEX'],
    }),
    ...parts.more.map((field) => fieldColumn(t, field, true)),
    textColumn<BoardView>({ id: 'state', header: t('board.col.state'), width: 78, value: (row) => stateText(t, row) }),
    textColumn<BoardView>({ id: 'age', header: t('board.col.age'), width: 92, value: parts.age, className: 'mut num' }),
  ];
}

/** The name alone with some fields, for a narrow list. */
export function listColumns<Row extends BoardView>(
  t: Translate,
  fields: readonly ScreenField[],
): readonly ColDef<Row>[] {
  return [nameColumn<Row>(t), ...fields.map((field) => fieldColumn<Row>(t, field))];
}
