/** Brings a grid into the arrangement the user left it in, and keeps every change to it. */
import type { ColDef, GridApi } from 'ag-grid-community';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ColumnsDocument } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { usePanel } from '../../client/panel-context.tsx';
import type { Workstation } from '../../client/workstation.ts';
import { browserTimers } from '../platform.ts';
import { arranged, documentOf, firstState, filtersOf, sameDocument, stateOf } from './column-state.ts';
import { ColumnsKeeper } from './columns-keeper.ts';

/** How long to wait for the revision of another window, milliseconds. */
const REVISION_WAIT_MS = 200;

const KEEPERS = new WeakMap<Workstation, ColumnsKeeper>();

function keeperOf(workstation: Workstation): ColumnsKeeper {
  const known = KEEPERS.get(workstation);
  if (known) return known;
  const keeper = new ColumnsKeeper({
    save: (id, document) => workstation.documents.save('columns', id, document),
    failed: (error) => workstation.fail(error),
    pause: () => new Promise((resolve) => browserTimers.after(REVISION_WAIT_MS, resolve)),
  });
  KEEPERS.set(workstation, keeper);
  return keeper;
}

/** Names of the columns; null where one has none, so that nothing could be kept under it. */
function namesOf<Row>(columns: readonly ColDef<Row>[]): ReadonlySet<string> | null {
  const ids = columns.map(({ colId }) => colId);
  return ids.every((id) => id !== undefined) ? new Set(ids) : null;
}

export interface KeptColumns<Row> {
  /** The columns as the user has arranged them. */
  readonly defs: ColDef<Row>[];
  /** true: the table is kept, so its columns may be moved and sized. */
  readonly kept: boolean;
  /** Keeps the grid as it stands. */
  readonly keep: () => void;
  /** Back to the program's own arrangement. */
  readonly reset: () => void;
}

/** `name` names the table within its panel. */
export function useKeptColumns<Row>(parts: {
  readonly api: GridApi<Row> | null;
  readonly name: string;
  readonly columns: readonly ColDef<Row>[];
  /** Told after an arrangement was applied: how many filters it has. */
  readonly applied: (filters: number) => void;
}): KeptColumns<Row> {
  const { api, name, columns, applied } = parts;
  const workstation = useWorkstation();
  const { panelId } = usePanel();
  const keeper = keeperOf(workstation);
  const names = useMemo(() => namesOf(columns), [columns]);
  const id = `${panelId}/${name}`;
  const kept = names !== null;
  const [learnt, setLearnt] = useState(0);

  const show = useCallback(
    (document: ColumnsDocument | null): void => {
      if (!api || api.isDestroyed() || !document || !names) return;
      api.applyColumnState({ state: stateOf(document, names), applyOrder: true });
      const filters = filtersOf(document, names);
      if (JSON.stringify(filters) !== JSON.stringify(api.getFilterModel())) api.setFilterModel(filters);
      applied(Object.keys(filters).length);
    },
    [api, names, applied],
  );

  // New columns, such as in another language, come as the program has them.
  useEffect(() => show(keeper.last(id)), [show, keeper, id]);

  useEffect(() => {
    if (!kept) return;
    const { documents } = workstation;
    const take = (): void => {
      const document = documents.list('columns', id)?.get(id) ?? null;
      const last = keeper.last(id);
      if (!document || (last && sameDocument(document, last))) return;
      keeper.learn(id, document);
      setLearnt((count) => count + 1);
      show(keeper.last(id));
    };
    take();
    return documents.watch('columns', id, take);
  }, [workstation, keeper, id, kept, show]);

  const keep = useCallback((): void => {
    if (!api || api.isDestroyed() || !kept) return;
    keeper.keep(id, documentOf(api.getColumnState(), api.getFilterModel()));
  }, [api, keeper, id, kept]);

  const reset = useCallback((): void => {
    if (!api || api.isDestroyed()) return;
    api.applyColumnState({ state: firstState(columns), applyOrder: true });
    api.setFilterModel(null);
    keep();
    setLearnt((count) => count + 1);
  }, [api, columns, keep]);

  // Whatever else makes the grid take its columns anew, they come as they were left.
  const defs = useMemo(
    () => arranged(columns, kept ? keeper.last(id) : null),
    [columns, kept, keeper, id, learnt], // eslint-disable-line react-hooks/exhaustive-deps
  );

  return { defs, kept, keep, reset };
}
