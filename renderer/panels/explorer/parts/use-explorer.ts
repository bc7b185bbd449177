/** Keeps the explorer fed by the core, and carries its calls there. */
import { useCallback, useEffect } from 'react';
import type { Contract } from '#shared/contract/index.ts';
import type { OutputOf } from '#shared/rpc/index.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import type { CoreClient } from '../../../client/supervisor.ts';
import { wordsOf } from '../../../client/words-of.ts';
import { joined, setExplorer, type ShownAnswer, useExplorer, valuesOf } from '../slice.ts';

type Answer = OutputOf<Contract['kis']['call']['output']>;

/** The list, the recipes, where calls can go and what was called; asked for again by whoever is the core then. */
export function useCatalogue(): void {
  const workstation = useWorkstation();
  const { client, era } = useClient();
  useEffect(() => {
    if (!client) return;
    const { apis } = client;
    const load = async (): Promise<void> => {
      const [rows, recipes, places, calls] = await Promise.all([
        useExplorer.getState().rows ?? apis.list({}),
        apis.recipes({}),
        apis.places({}),
        apis.history({}),
      ]);
      setExplorer({ rows, recipes, places, calls });
    };
    load().catch((error: unknown) => workstation.fail(error));
  }, [client, era, workstation]);
}

/** All that is known of the API in view, asked for once. */
export function useDetail(id: string | null): void {
  const workstation = useWorkstation();
  const { client } = useClient();
  const known = useExplorer(({ details }) => id !== null && details[id] !== undefined);
  useEffect(() => {
    if (!client || id === null || known) return;
    client.apis
      .describe({ id })
      .then((detail) => setExplorer(({ details }) => ({ details: { ...details, [id]: detail } })))
      .catch((error: unknown) => workstation.fail(error));
  }, [client, id, known, workstation]);
}

export type Ask = 'first' | 'next' | 'all';

function shown(answer: Answer, at: number): ShownAnswer {
  return { ...answer, at, env: useExplorer.getState().env };
}

async function ask(client: CoreClient, id: string, what: Ask, now: () => number): Promise<void> {
  const { details, typed, env, answers } = useExplorer.getState();
  const detail = details[id];
  if (!detail) return;
  const before = what === 'next' ? answers[id] : undefined;
  const abort = new AbortController();
  setExplorer(({ errors }) => ({
    busy: { id, stop: () => abort.abort() },
    errors: Object.fromEntries(Object.entries(errors).filter(([each]) => each !== id)),
  }));
  try {
    const after = before?.callId ?? null;
    const params = valuesOf(detail, typed[id]);
    const answer = await client.kis.call(
      { api: id, env, params, all: what === 'all', after },
      { signal: abort.signal },
    );
    const next = shown(answer, now());
    setExplorer(({ answers: all, result }) => ({
      answers: { ...all, [id]: before ? { ...joined(before, next), env: before.env } : next },
      result: result === 'raw' ? 'raw' : 'table',
    }));
  } catch (error) {
    const words = wordsOf(error);
    if (words.code !== 'CANCELED') setExplorer(({ errors }) => ({ errors: { ...errors, [id]: words } }));
  } finally {
    setExplorer({ busy: null });
  }
  setExplorer({ calls: await client.apis.history({}) });
}

/** Asks for the first page, the next one, or all of them. */
export function useAsk(): (id: string, what: Ask) => void {
  const workstation = useWorkstation();
  return useCallback(
    (id, what) => {
      void workstation.act((client) => ask(client, id, what, () => workstation.clock.now()));
    },
    [workstation],
  );
}
