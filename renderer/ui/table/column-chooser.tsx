/** Which columns a table shows, in what order, and which of them stay in view. */
import type { Column } from 'ag-grid-community';
import type { JSX } from 'react';
import { useReducer } from 'react';
import { useText } from '../../text/index.ts';
import { IconButton } from '../controls.tsx';
import { factsOf } from './column.ts';
import { type TableHandle, useTableState } from './handle.ts';

/** Places of a column in the order of the grid, tools left out. */
function listed(columns: readonly Column[]): Column[] {
  return columns.filter((column) => factsOf(column.getColDef()).tool !== true);
}

export function ColumnChooser<Row extends object>(props: {
  readonly table: TableHandle<Row>;
  readonly testId: string;
}): JSX.Element | null {
  const { table, testId } = props;
  const t = useText();
  const api = useTableState(table, (state) => state.api);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  if (!api) return null;
  const all = api.getAllGridColumns();
  const columns = listed(all);
  const change = (act: () => void): void => {
    act();
    table.getState().keep?.();
    redraw();
  };
  const move = (column: Column, by: -1 | 1): void => {
    const beside = columns[columns.indexOf(column) + by];
    if (beside) change(() => api.moveColumns([column], all.indexOf(beside)));
  };
  return (
    <div className="chooser" data-testid={`${testId}-chooser`}>
      {columns.map((column) => {
        const id = column.getColId();
        const name = column.getColDef().headerName ?? id;
        const pinned = column.isPinned();
        return (
          <div className="ln" key={id}>
            <label className="el">
              <input
                type="checkbox"
                checked={column.isVisible()}
                data-testid={`${testId}-column-${id}`}
                onChange={(event) => change(() => api.setColumnsVisible([column], event.target.checked))}
              />
              {name}
            </label>
            <IconButton
              icon="up"
              size="sm"
              label={t('grid.moveUp', { name })}
              disabled={columns.indexOf(column) === 0}
              onClick={() => move(column, -1)}
            />
            <IconButton
              icon="down"
              size="sm"
              label={t('grid.moveDown', { name })}
              disabled={columns.indexOf(column) === columns.length - 1}
              onClick={() => move(column, 1)}
            />
            <IconButton
              icon="lock"
              size="sm"
              label={t(pinned ? 'grid.unpin' : 'grid.pin', { name })}
              pressed={pinned}
              onClick={() => change(() => api.setColumnsPinned([column], pinned ? null : 'left'))}
              testId={`${testId}-pin-${id}`}
            />
          </div>
        );
      })}
      <button
        type="button"
        className="btn sm"
        data-testid={`${testId}-reset`}
        onClick={() => {
          table.getState().reset?.();
          redraw();
        }}
      >
        {t('grid.reset')}
      </button>
    </div>
  );
}
