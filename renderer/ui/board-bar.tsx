/** What the market panels have in common: which board, which markets, and how old it is. */
import type { JSX } from 'react';
import type { BoardHead, BoardPulse, BoardScope } from '#shared/domain/index.ts';
import { setBoardScope } from '../store/board.ts';
import { useConnection } from '../store/connection.ts';
import { openDialog } from '../store/overlay.ts';
import { useView } from '../store/view.ts';
import { useText } from '../text/index.ts';
import { Segment } from './controls.tsx';
import { dateLong, number, time } from './format.ts';
import { Empty, Skeleton } from './states.tsx';

export type MarketChoice = 'all' | 'KOSPI' | 'KOSDAQ' | 'KONEX';

export function ScopeChoice({ scope, testId }: { readonly scope: BoardScope; readonly testId: string }): JSX.Element {
  const t = useText();
  return (
    <Segment
      label={t('board.scope')}
      value={scope}
      choices={[
        { value: 'market', label: t('board.scope.market') },
        { value: 'records', label: t('board.scope.records'), title: t('board.scope.recordsHint') },
      ]}
      onChange={setBoardScope}
      testId={testId}
    />
  );
}

export function MarketFilter(props: {
  readonly value: MarketChoice;
  readonly onChange: (value: MarketChoice) => void;
  readonly testId: string;
}): JSX.Element {
  const t = useText();
  return (
    <Segment
      label={t('board.market')}
      value={props.value}
      choices={[
        { value: 'all', label: t('board.market.all') },
        { value: 'KOSPI', label: t('market.KOSPI') },
        { value: 'KOSDAQ', label: t('market.KOSDAQ') },
      ]}
      onChange={props.onChange}
      testId={props.testId}
    />
  );
}

/** What the board covers and since when it stands; never silent about figures that are old. */
export function BoardAge(props: {
  readonly head: BoardHead | null;
  readonly pulse: BoardPulse | null;
  readonly historyDate: string | null;
}): JSX.Element | null {
  const { head, pulse, historyDate } = props;
  const t = useText();
  const language = useView((state) => state.language);
  const open = useConnection((state) => state.link.phase === 'open');
  if (!head || !pulse) return null;
  const count = number(head.instrumentIds.length);
  const history =
    historyDate === null ? t('board.noHistory') : t('board.history', { date: dateLong(historyDate, language) });
  if (head.scope === 'records') {
    return (
      <span className="fresh poll" data-testid="board-age" title={history}>
        {t('board.age.records', { date: dateLong(head.sessionDate ?? '', language), count })}
      </span>
    );
  }
  if (!open) {
    return (
      <span className="fresh stale" data-testid="board-age" title={history}>
        {t('board.age.lost', { time: time(pulse.exchangeTs) })}
      </span>
    );
  }
  if (pulse.staleSince !== null) {
    return (
      <span className="fresh stale" data-testid="board-age" title={history}>
        {t('board.age.stale', { time: time(pulse.staleSince) })}
      </span>
    );
  }
  const followed = head.coverage === 'followed';
  return (
    <span className={followed ? 'fresh poll' : 'fresh'} data-testid="board-age" title={history}>
      {followed
        ? t('board.age.followed', { live: number(pulse.live), count })
        : t('board.age.live', { time: time(pulse.exchangeTs), count })}
    </span>
  );
}

/** Stands where a board has no rows; null where it has. */
export function BoardEmpty({ head }: { readonly head: BoardHead | null }): JSX.Element | null {
  const t = useText();
  if (!head) return <Skeleton rows={12} />;
  if (head.instrumentIds.length > 0) return null;
  const records = head.scope === 'records';
  return (
    <Empty
      icon="list"
      title={t(records ? 'board.empty.records' : 'board.empty.market')}
      body={t(records ? 'board.empty.recordsBody' : 'board.empty.marketBody')}
      testId="board-empty"
    >
      {records && (
        <button type="button" className="btn" onClick={() => openDialog('import')}>
          {t('import.title')}
        </button>
      )}
    </Empty>
  );
}
