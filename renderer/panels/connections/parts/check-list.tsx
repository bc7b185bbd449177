/** A connection tried step by step, with words for each. */
import type { JSX } from 'react';
import { useCallback, useEffect, useState } from 'react';
import type { ConnectionCheck } from '#shared/contract/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useText } from '../../../text/index.ts';
import { number } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { failureText } from './failure.ts';

const STEPS = ['address', 'token', 'account', 'approval', 'socket', 'notice', 'clock'] as const;

export type CheckState =
  | { readonly phase: 'running' }
  | { readonly phase: 'done'; readonly checks: readonly ConnectionCheck[] }
  | { readonly phase: 'failed'; readonly text: string };

/** Tries a connection at once, and again when asked. */
export function useChecks(connectionId: string): { readonly state: CheckState; readonly again: () => void } {
  const workstation = useWorkstation();
  const [state, setState] = useState<CheckState>({ phase: 'running' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const { client } = workstation;
    if (!client) return;
    const abort = new AbortController();
    client.kis
      .test({ connectionId }, { signal: abort.signal })
      .then((checks) => {
        if (!abort.signal.aborted) setState({ phase: 'done', checks });
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState({ phase: 'failed', text: failureText(error) });
      });
    return () => abort.abort();
  }, [workstation, connectionId, round]);
  const again = useCallback(() => {
    setState({ phase: 'running' });
    setRound((old) => old + 1);
  }, []);
  return { state, again };
}

export function passed(state: CheckState): boolean {
  return state.phase === 'done' && state.checks.every((check) => check.ok);
}

export function CheckList({ state }: { readonly state: CheckState }): JSX.Element {
  const t = useText();
  if (state.phase === 'failed') {
    return (
      <p className="err" role="alert" data-testid="check-failed">
        {state.text}
      </p>
    );
  }
  if (state.phase === 'running') {
    return (
      <ul className="checks" aria-busy="true" data-testid="check-running">
        {STEPS.map((step) => (
          <li key={step} className="wait">
            <Icon name="clock" />
            <b>{t(`check.${step}`)}</b>
            <span>{t('check.waiting')}</span>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className="checks" role="status" data-testid="check-list">
      {state.checks.map((check) => (
        <li key={check.step} className={check.ok ? 'ok' : 'bad'} data-testid={`check-${check.step}`} data-ok={check.ok}>
          <Icon name={check.ok ? 'check' : 'x'} />
          <b>{check.nameKo}</b>
          <span>
            {check.ok
              ? t(`check.${check.step}.ok`)
              : check.reason
                ? `${check.reason.messageKo} ${check.reason.actionKo} (${check.reason.code})`
                : t('check.bad')}
          </span>
          <span className="num l">{number(Math.round(check.ms))} ms</span>
        </li>
      ))}
    </ul>
  );
}
