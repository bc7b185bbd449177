/** What the core is asked for and not told by a stream: asked at once, asked again when `key` changes or on a wish. */
import { useCallback, useEffect, useState } from 'react';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useClient } from '../../../client/context.tsx';
import type { CoreClient } from '../../../client/supervisor.ts';
import { wordsOf } from '../../../client/words-of.ts';
import { browserTimers } from '../../../ui/platform.ts';

export interface Asked<T> {
  /** The last answer; it stays while another is on its way. null: none yet. */
  readonly value: T | null;
  /** Why there was no answer to the last question. */
  readonly error: ErrorEnvelope | null;
  readonly again: () => void;
}

/** `ask` may be a new function at every render; `key` says when it means something else. `everyMs`: asked again so often. */
export function useAsked<T>(
  ask: (client: CoreClient, signal: AbortSignal) => Promise<T>,
  key: string,
  everyMs: number | null = null,
): Asked<T> {
  const { client, era } = useClient();
  const [answer, setAnswer] = useState<{ readonly value: T | null; readonly error: ErrorEnvelope | null }>({
    value: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    if (everyMs === null) return;
    const timer = browserTimers.every(everyMs, again);
    return () => timer.cancel();
  }, [everyMs, again]);
  useEffect(() => {
    if (!client) return;
    const abort = new AbortController();
    ask(client, abort.signal)
      .then((value) => {
        if (!abort.signal.aborted) setAnswer({ value, error: null });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setAnswer((old) => ({ value: old.value, error: wordsOf(error) }));
      });
    return () => abort.abort();
    // `key` stands for `ask`.
  }, [client, era, key, round]); // eslint-disable-line react-hooks/exhaustive-deps
  return { ...answer, again };
}
