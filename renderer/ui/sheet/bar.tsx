/** Where a sheet comes from, what it has cost, how old it is; and the ways to ask again. */
import type { JSX } from 'react';
import { useEffect, useReducer } from 'react';
import type { SheetInfo } from '#shared/contract/index.ts';
import type { Asking } from '../../client/sheet-feed.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useConnection } from '../../store/connection.ts';
import type { Reading } from '../../store/sheets.ts';
import { useText } from '../../text/index.ts';
import { IconButton } from '../controls.tsx';
import { browserTimers } from '../platform.ts';
import { spanText } from '../span-text.ts';

/** How often an age is drawn anew, milliseconds. */
const AGE_MS = 5_000;

function Age({ at }: { readonly at: number }): JSX.Element {
  const t = useText();
  const { clock } = useWorkstation();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = browserTimers.every(AGE_MS, redraw);
    return () => timer.cancel();
  }, []);
  return <span className="num">{t('sheet.age', { span: spanText(t, Math.max(0, clock.now() - at)) })}</span>;
}

export function SheetBar(props: {
  readonly info: SheetInfo;
  readonly reading: Reading;
  readonly onAsk: (how: Asking) => void;
  readonly testId: string;
}): JSX.Element {
  const { info, reading, onAsk, testId } = props;
  const { answer, busy } = reading;
  const t = useText();
  const online = useConnection((state) => state.link.phase === 'open');
  return (
    <span className="sheet-bar" data-testid={testId}>
      {answer?.synthetic && (
        <b className="made" title={t('sheet.madeUp')} data-testid={`${testId}-made`}>
          {t('sheet.synthetic')}
        </b>
      )}
      {answer && answer.unavailable === null && <Age at={answer.at} />}
      <span className="num" data-testid={`${testId}-cost`}>
        {answer ? t('sheet.spent', { count: answer.calls }) : t('sheet.cost', { count: info.calls })}
      </span>
      {answer?.incomplete && (
        <button
          type="button"
          className="btn sm"
          disabled={busy || !online}
          onClick={() => onAsk('more')}
          data-testid={`${testId}-more`}
        >
          {t('sheet.more')}
        </button>
      )}
      <IconButton
        icon="refresh"
        size="sm"
        label={t('sheet.refresh', { count: info.calls })}
        disabled={busy || !online || info.unavailable !== null}
        onClick={() => onAsk('refresh')}
        testId={`${testId}-refresh`}
      />
    </span>
  );
}
