/** The tools of a table: find, filter, columns, copy, export. */
import type { JSX } from 'react';
import { useState } from 'react';
import { useWorkstation } from '../../client/context.tsx';
import { useText } from '../../text/index.ts';
import { IconButton, MenuButton, MenuItem, TextField } from '../controls.tsx';
import { number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import { copyRows, copySource } from './copying.ts';
import { exportSource, exportTable, type FileKind } from './exporting.ts';
import { type TableHandle, useTableState } from './handle.ts';

interface Running {
  readonly abort: AbortController;
  readonly rows: number;
  readonly total: number | null;
}

export function TableTools<Row extends object>(props: {
  readonly table: TableHandle<Row>;
  /** Title of an exported file. */
  readonly file: string;
  readonly testId: string;
  /** The table pages through its rows: what is in the core is found there, not here. */
  readonly paged?: boolean;
  /** A table of a few rows, in which nothing need be found. */
  readonly small?: boolean;
}): JSX.Element {
  const { table, testId } = props;
  const t = useText();
  const filterRow = useTableState(table, (state) => state.filterRow);
  const filtered = useTableState(table, (state) => state.filtered);
  const quick = useTableState(table, (state) => state.quick);
  const canReset = useTableState(table, (state) => state.reset !== null);
  const { running, begin } = useExport(table, props.file);
  if (running) return <ExportProgress running={running} testId={testId} />;
  return (
    <span className="ttools">
      {!props.paged && !props.small && (
        <>
          <TextField
            label={t('grid.find')}
            text={quick}
            icon="search"
            placeholder={t('grid.find')}
            onText={(text) => table.setState({ quick: text })}
            maxLength={60}
            testId={`${testId}-quick`}
          />
          <span className={filtered > 0 ? 'fbtn on' : 'fbtn'}>
            <IconButton
              icon="funnel"
              label={filtered > 0 ? t('grid.filteredBy', { count: filtered }) : t('grid.filterRow')}
              pressed={filterRow}
              onClick={() => table.setState({ filterRow: !filterRow })}
              testId={`${testId}-filter-row`}
            />
          </span>
        </>
      )}
      {canReset && (
        <MenuButton
          className="ib"
          kind="form"
          label={t('grid.columns')}
          face={<Icon name="columns" />}
          testId={`${testId}-columns`}
        >
          {() => <ColumnChooser table={table} testId={testId} />}
        </MenuButton>
      )}
      <MenuButton className="ib" label={t('grid.out')} face={<Icon name="dl" />} testId={`${testId}-out`}>
        {(close) => <OutMenu table={table} testId={testId} close={close} begin={begin} paged={props.paged ?? false} />}
      </MenuButton>
    </span>
  );
}

function OutMenu<Row extends object>(props: {
  readonly table: TableHandle<Row>;
  readonly testId: string;
  readonly paged: boolean;
  readonly close: () => void;
  readonly begin: (kind: FileKind) => void;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const copy = (): void => {
    const { api } = props.table.getState();
    if (api) copyRows(copySource(api), true).catch((error: unknown) => workstation.fail(error));
    props.close();
  };
  const save = (kind: FileKind): void => {
    props.close();
    props.begin(kind);
  };
  return (
    <>
      {!props.paged && (
        <MenuItem onClick={copy} testId={`${props.testId}-copy`}>
          <Icon name="copy" /> {t('grid.copy')}
          <kbd className="end">Ctrl Shift C</kbd>
        </MenuItem>
      )}
      <MenuItem onClick={() => save('csv')} testId={`${props.testId}-csv`}>
        <Icon name="doc" /> {t('grid.csv')}
      </MenuItem>
      <MenuItem onClick={() => save('xlsx')} testId={`${props.testId}-xlsx`}>
        <Icon name="doc" /> {t('grid.xlsx')}
      </MenuItem>
    </>
  );
}

function useExport<Row extends object>(
  table: TableHandle<Row>,
  title: string,
): { readonly running: Running | null; readonly begin: (kind: FileKind) => void } {
  const workstation = useWorkstation();
  const [running, setRunning] = useState<Running | null>(null);
  const begin = (kind: FileKind): void => {
    const source = exportSource(table.getState());
    if (!source || running) return;
    const abort = new AbortController();
    setRunning({ abort, rows: 0, total: source.total });
    const { signal } = abort;
    const progress = (rows: number): void => setRunning((now) => now && { ...now, rows });
    exportTable({ kind, title, source, signal, progress })
      .catch((error: unknown) => {
        // Who cancels wants no message.
        if (!signal.aborted) workstation.fail(error);
      })
      .finally(() => setRunning(null));
  };
  return { running, begin };
}

function ExportProgress({ running, testId }: { readonly running: Running; readonly testId: string }): JSX.Element {
  const t = useText();
  const { rows, total, abort } = running;
  const share = total === null || total === 0 ? null : Math.min(1, rows / total);
  const words =
    total === null
      ? t('grid.exportingSome', { rows: number(rows) })
      : t('grid.exporting', { rows: number(rows), total: number(total) });
  return (
    <span className="ttools" role="status" data-testid={`${testId}-progress`}>
      <span className="l num">{words}</span>
      <progress className="bar" aria-label={words} {...(share === null ? {} : { value: share, max: 1 })} />
      <button type="button" className="btn sm" onClick={() => abort.abort()} data-testid={`${testId}-stop`}>
        {t('common.cancel')}
      </button>
    </span>
  );
}
