/** Sends a call, asks for more pages, gives it up; and says what it costs. */
import type { JSX } from 'react';
import type { ApiDetail, ApiRow } from '#shared/contract/index.ts';
import { useConnection } from '../../../store/connection.ts';
import { useText } from '../../../text/index.ts';
import { number } from '../../../ui/format.ts';
import { useExplorer } from '../slice.ts';
import { EnvChoice, useEnv } from './env-choice.tsx';
import type { Ask } from './use-explorer.ts';

/** Calls of this run so far: every page was one. */
function useSpent(): number {
  return useExplorer((state) => state.calls.reduce((sum, { pages, reason }) => sum + (reason ? 1 : pages), 0));
}

export function SendBar(props: {
  readonly row: ApiRow;
  readonly detail: ApiDetail;
  readonly onAsk: (what: Ask) => void;
}): JSX.Element {
  const { row, detail, onAsk } = props;
  const t = useText();
  const { env, why } = useEnv(row);
  const busy = useExplorer((state) => state.busy);
  const answer = useExplorer((state) => state.answers[row.id]);
  const online = useConnection((state) => state.link.phase === 'open');
  const spent = useSpent();
  const shut = busy !== null || why !== null || !online;
  const pages = detail.paging.kind === 'next';
  return (
    <div className="send-bar">
      <EnvChoice row={row} />
      <span className="sp" />
      {busy ? (
        <button type="button" className="btn" onClick={busy.stop} data-testid="explorer-stop">
          {t('explorer.stop')}
        </button>
      ) : (
        <button
          type="button"
          className="btn pri"
          disabled={shut}
          onClick={() => onAsk('first')}
          data-testid="explorer-send"
        >
          {t('explorer.send')}
        </button>
      )}
      {pages && (
        <>
          <button
            type="button"
            className="btn"
            disabled={shut || answer?.next !== true || answer.env !== env}
            onClick={() => onAsk('next')}
            data-testid="explorer-next"
          >
            {t('explorer.next')}
          </button>
          <button
            type="button"
            className="btn"
            disabled={shut}
            title={t('explorer.allCost')}
            onClick={() => onAsk('all')}
            data-testid="explorer-all"
          >
            {t('explorer.all')}
          </button>
        </>
      )}
      <small className="note num cost" data-testid="explorer-cost">
        {t('explorer.cost', { spent: number(spent) })}
        {detail.rateNote !== null && ` · ${detail.rateNote}`}
        {detail.paging.kind === 'time' && ` · ${t('explorer.byTime')}`}
      </small>
    </div>
  );
}
