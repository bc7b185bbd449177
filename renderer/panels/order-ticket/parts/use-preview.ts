/** Asks the core what its guard would say of the draft, while it is written and as prices move. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { OrderPreview } from '#shared/contract/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import type { CoreClient } from '../../../client/supervisor.ts';
import { wordsOf } from '../../../client/workstation.ts';
import type { DraftOrder } from '../../../store/on-the-way.ts';
import { browserTimers, debounced } from '../../../ui/platform.ts';
import type { Condition } from './condition.ts';

const QUIET_MS = 120;
/** Prices, cash and session go on while the draft stands still. */
const AGAIN_MS = 1_000;

/** The answer to a question as it stands; null while it is being asked for. */
export interface AskedState<Answer> {
  readonly preview: Answer | null;
  readonly error: ErrorEnvelope | null;
}

export type PreviewState = AskedState<OrderPreview>;

const ASKING: AskedState<never> = { preview: null, error: null };

/** Asks the same again and again while it stands; null: nothing is asked. `ask` must be one function for good. */
function useAsked<Question extends object, Answer>(
  question: Question | null,
  revision: number,
  ask: (client: CoreClient, question: Question, signal: AbortSignal) => Promise<Answer>,
): AskedState<Answer> {
  const { client, era } = useClient();
  const { clock } = useWorkstation();
  const [state, setState] = useState<{ readonly key: string; readonly answer: AskedState<Answer> }>({
    key: '',
    answer: ASKING,
  });
  const asked = useRef(Number.NEGATIVE_INFINITY);
  const key = question ? JSON.stringify(question) : '';
  // One object per content, however often the ticket is drawn.
  const stands = useMemo(() => (key === '' ? null : (JSON.parse(key) as Question)), [key]);
  useEffect(() => {
    if (!client || !stands) return;
    let abort = new AbortController();
    const put = (): void => {
      abort.abort();
      abort = new AbortController();
      const { signal } = abort;
      ask(client, stands, signal)
        .then((preview) => {
          if (!signal.aborted) setState({ key, answer: { preview, error: null } });
        })
        .catch((error: unknown) => {
          if (!signal.aborted) setState({ key, answer: { preview: null, error: wordsOf(error) } });
        });
    };
    const quiet = debounced(put, QUIET_MS);
    // Another issue is asked about at once; what is being typed, when the hand rests.
    if (clock.monotonicMs() - asked.current > QUIET_MS) put();
    else quiet.ask();
    asked.current = clock.monotonicMs();
    const again = browserTimers.every(AGAIN_MS, put);
    return () => {
      quiet.cancel();
      again.cancel();
      abort.abort();
    };
  }, [client, era, stands, key, revision, clock, ask]);
  return state.key === key ? state.answer : ASKING;
}

const askOrder = (client: CoreClient, order: DraftOrder, signal: AbortSignal): Promise<OrderPreview> =>
  client.trading.preview(order, { signal });

export function usePreview(order: DraftOrder | null, revision: number): PreviewState {
  return useAsked(order, revision, askOrder);
}

/** Why Maru would not take a condition; null: it would. */
export interface ConditionPreview {
  readonly denial: OrderPreview['denial'];
}

const askCondition = (client: CoreClient, { entry, legs }: Condition, signal: AbortSignal): Promise<ConditionPreview> =>
  client.trading.previewMandate({ entry, legs: [...legs] }, { signal });

export function useConditionPreview(condition: Condition | null, revision: number): AskedState<ConditionPreview> {
  return useAsked(condition, revision, askCondition);
}
