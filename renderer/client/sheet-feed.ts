/** Reads sheets of reference data for the panels: the list once for each environment, a sheet when it is wanted. */
import { useCallback, useEffect } from 'react';
import type { SheetInfo } from '#shared/contract/index.ts';
import { useEnvironment } from '../store/environment.ts';
import { NOT_READ, readingKey, setReading, setSheets, useSheetStore, type Reading } from '../store/sheets.ts';
import { useClient, useWorkstation } from './context.tsx';
import type { CoreClient } from './supervisor.ts';
import { wordsOf } from './words-of.ts';

/** Every sheet, by id; null until the core has told them. */
export function useSheets(): ReadonlyMap<string, SheetInfo> | null {
  const workstation = useWorkstation();
  const { client, era } = useClient();
  const environment = useEnvironment((state) => `${state.status?.environment} ${state.status?.connectionId}`);
  const known = useSheetStore((state) => (state.list === null ? null : state.byId));
  useEffect(() => {
    if (!client) return;
    client.sheets
      .list({})
      .then(({ sheets, source }) => setSheets(sheets, source))
      .catch((error: unknown) => workstation.fail(error));
  }, [client, era, environment, workstation]);
  return known;
}

export type Asking = 'kept' | 'refresh' | 'more';

async function read(
  client: CoreClient,
  wish: { readonly sheet: string; readonly params: Readonly<Record<string, string>>; readonly how: Asking },
): Promise<void> {
  const { sheet, params, how } = wish;
  const key = readingKey(sheet, params);
  if (useSheetStore.getState().readings[key]?.busy) return;
  setReading(key, { busy: true });
  const before = useSheetStore.getState().source;
  try {
    const wanted = { sheet, params: { ...params }, refresh: how === 'refresh', more: how === 'more' };
    const answer = await client.sheets.read(wanted);
    // Another environment has come in the meantime: this is not its answer.
    if (useSheetStore.getState().source !== before) return;
    setReading(key, { answer, error: null, busy: false });
    useSheetStore.setState(({ spent }) => ({ spent: spent + answer.calls }));
  } catch (error) {
    setReading(key, { error: wordsOf(error), busy: false });
  }
}

/**
 * A sheet with its inputs. It is read as soon as it is wanted, and then only when `ask` is called; `params` null: what it
 * needs is not known yet.
 */
export function useReading(
  sheet: string,
  params: Readonly<Record<string, string>> | null,
  wanted: boolean,
): Reading & { readonly ask: (how: Asking) => void } {
  const { client } = useClient();
  const key = params === null ? null : readingKey(sheet, params);
  const reading = useSheetStore((state) => (key === null ? undefined : state.readings[key]));
  const source = useSheetStore((state) => state.source);
  const ask = useCallback(
    (how: Asking): void => {
      if (client && params !== null) void read(client, { sheet, params, how });
    },
    [client, sheet, key], // eslint-disable-line react-hooks/exhaustive-deps
  );
  const fresh = reading === undefined;
  useEffect(() => {
    if (wanted && fresh && source !== null) ask('kept');
  }, [wanted, fresh, source, ask]);
  return { ...(reading ?? NOT_READ), ask };
}
