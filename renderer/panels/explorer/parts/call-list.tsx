/** The calls of this run, the newest first; one of them can be taken up again. */
import type { JSX } from 'react';
import type { ApiCallRecord } from '#shared/contract/index.ts';
import { useText } from '../../../text/index.ts';
import { number, time } from '../../../ui/format.ts';
import { Empty } from '../../../ui/states.tsx';
import { setExplorer, showApi, useExplorer } from '../slice.ts';
import { walkEntries } from './walk.ts';

function again({ api, env, params }: ApiCallRecord): void {
  // What the core fills is not typed again.
  const typed = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== '***'));
  showApi(api, { params: typed });
  setExplorer({ env });
}

function Call({ call, first }: { readonly call: ApiCallRecord; readonly first: boolean }): JSX.Element {
  const t = useText();
  const told = call.reason?.messageKo ?? t('explorer.callOf', { pages: call.pages, rows: number(call.rows) });
  return (
    <button
      type="button"
      className="api"
      tabIndex={first ? 0 : -1}
      title={told}
      data-testid={`call-${call.api}`}
      onClick={() => again(call)}
    >
      <span className="nm">
        {call.name}
        <small className={call.reason ? 'midc' : ''}>
          <span className="num">{time(call.at)}</span> · {t(`explorer.env.${call.env}`)} · {told} ·{' '}
          <span className="num">{t('explorer.ms', { ms: number(call.ms) })}</span>
        </small>
      </span>
    </button>
  );
}

export function CallList(): JSX.Element {
  const t = useText();
  const calls = useExplorer((state) => state.calls);
  if (calls.length === 0)
    return <Empty icon="list" title={t('explorer.noCalls')} body={t('explorer.noCallsBody')} testId="calls-none" />;
  return (
    <nav className="apis" aria-label={t('explorer.calls')} onKeyDown={walkEntries} data-testid="explorer-calls">
      {calls.map((call, place) => (
        <Call key={call.callId} call={call} first={place === 0} />
      ))}
    </nav>
  );
}
