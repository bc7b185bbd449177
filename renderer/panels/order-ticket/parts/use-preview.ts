/** Asks the core what its guard would say of the draft, while it is written and as prices move. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { OrderPreview } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import { wordsOf } from '../../../client/workstation.ts';
import type { DraftOrder } from '../../../store/on-the-way.ts';
import { browserTimers, debounced } from '../../../ui/platform.ts';

const QUIET_MS = 120;
/** Prices, cash and session go on while the draft stands still. */
const AGAIN_MS = 1_000;

export interface PreviewState {
  /** The answer to the draft as it stands; null while it is being asked for. */
  readonly preview: OrderPreview | null;
  readonly error: ErrorEnvelope | null;
}

const ASKING: PreviewState = { preview: null, error: null };

export function usePreview(order: DraftOrder | null, revision: number): PreviewState {
  const { client, era } = useClient();
  const { clock } = useWorkstation();
  const [state, setState] = useState<{ readonly key: string; readonly answer: PreviewState }>({
    key: '',
    answer: ASKING,
  });
  const asked = useRef(Number.NEGATIVE_INFINITY);
  const key = order ? JSON.stringify(order) : '';
  // One object per content, however often the ticket is drawn.
  const draft = useMemo(() => (key === '' ? null : (JSON.parse(key) as DraftOrder)), [key]);
  useEffect(() => {
    if (!client || !draft) return;
    let abort = new AbortController();
    const ask = (): void => {
      abort.abort();
      abort = new AbortController();
      const { signal } = abort;
      client.trading
        .preview(draft, { signal })
        .then((preview) => {
          if (!signal.aborted) setState({ key, answer: { preview, error: null } });
        })
        .catch((error: unknown) => {
          if (!signal.aborted) setState({ key, answer: { preview: null, error: wordsOf(error) } });
        });
    };
    const quiet = debounced(ask, QUIET_MS);
    // Another issue is asked about at once; what is being typed, when the hand rests.
    if (clock.monotonicMs() - asked.current > QUIET_MS) ask();
    else quiet.ask();
    asked.current = clock.monotonicMs();
    const again = browserTimers.every(AGAIN_MS, ask);
    return () => {
      quiet.cancel();
      again.cancel();
      abort.abort();
    };
  }, [client, era, draft, key, revision, clock]);
  return state.key === key ? state.answer : ASKING;
}
