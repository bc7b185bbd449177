/** Asks the core what applies to an issue now, again every few seconds and whenever its phase changes. */
import { useEffect, useState } from 'react';
import type { RuleSheet } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import type { ViClass } from '#shared/market/index.ts';
import { useClient, useWorkstation } from '../../../client/context.tsx';
import { useQuote } from '../../../client/hooks.ts';
import { wordsOf } from '../../../client/workstation.ts';
import { useCore } from '../../../store/core.ts';
import { useView } from '../../../store/view.ts';
import { browserTimers } from '../../../ui/platform.ts';

/** Prices, phases and limits go on while the sheet is read. */
const AGAIN_MS = 2_000;

export interface RulesState {
  /** The last sheet of the issue; null before the first. */
  readonly sheet: RuleSheet | null;
  readonly error: ErrorEnvelope | null;
  /** What the user has said of the VI class; null: nothing. */
  readonly viClass: ViClass | null;
  /** Says which VI class the issue has; 'unknown' takes it back. */
  readonly setViClass: (viClass: ViClass) => void;
}

export function useRules(instrumentId: string | null): RulesState {
  const { client, era } = useClient();
  const phase = useQuote(instrumentId)?.phase;
  const marketPhase = useCore((state) => state.moment?.phase);
  const [state, setState] = useState<Pick<RulesState, 'sheet' | 'error'>>({ sheet: null, error: null });
  const workstation = useWorkstation();
  const viClass = useView((view) => (instrumentId === null ? null : (view.viClasses[instrumentId] ?? null)));
  useEffect(() => {
    if (!client || instrumentId === null) return;
    let abort = new AbortController();
    const ask = (): void => {
      abort.abort();
      abort = new AbortController();
      const { signal } = abort;
      client.market
        .rules({ instrumentId, viClass }, { signal })
        .then((sheet) => {
          if (!signal.aborted) setState({ sheet, error: null });
        })
        .catch((error: unknown) => {
          if (!signal.aborted) setState((old) => ({ ...old, error: wordsOf(error) }));
        });
    };
    ask();
    const again = browserTimers.every(AGAIN_MS, ask);
    return () => {
      again.cancel();
      abort.abort();
    };
  }, [client, era, instrumentId, phase, marketPhase, viClass]);
  const setViClass = (next: ViClass): void => {
    if (instrumentId === null) return;
    const { [instrumentId]: _old, ...others } = useView.getState().viClasses;
    void workstation.setPreferences({ viClasses: next === 'unknown' ? others : { ...others, [instrumentId]: next } });
  };
  const { sheet, error } = state;
  return { viClass, sheet: sheet?.instrumentId === instrumentId ? sheet : null, error, setViClass };
}
