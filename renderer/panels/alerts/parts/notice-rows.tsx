/** The lines of the notification centre, by what they are about; what is not acknowledged stands out. */
import { type JSX, useState } from 'react';
import type { NoticeKind } from '#shared/domain/index.ts';
import { type NoticeCentre, useNotices } from '../../../client/notices.ts';
import { usePanel } from '../../../client/panel-context.tsx';
import { useText } from '../../../text/index.ts';
import { Segment } from '../../../ui/controls.tsx';
import { time } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { LEVEL_ICON } from '../../../ui/level-icon.ts';

const KINDS = ['all', 'price', 'fill', 'order', 'system'] as const;

/** Filter, "acknowledge all" and the lines, newest first. */
export function NoticeRows({
  centre,
  looksOnly,
}: {
  readonly centre: NoticeCentre;
  readonly looksOnly: boolean;
}): JSX.Element {
  const t = useText();
  const [kind, setKind] = useState<'all' | NoticeKind>('all');
  const { notices, unseen, settings, acknowledge, acknowledgeAll, change } = centre;
  const shown = kind === 'all' ? notices : notices.filter((notice) => notice.kind === kind);
  const { quiet } = settings;
  return (
    <>
      <div className="tbar wrap al-bar">
        <Segment
          label={t('notices.kind')}
          choices={KINDS.map((value) => ({ value, label: t(`notices.${value}`) }))}
          value={kind}
          onChange={setKind}
          testId="notices-kind"
        />
        <i className="spring" />
        {!looksOnly && (
          <>
            <button
              type="button"
              className={quiet.now ? 'btn sm on' : 'btn sm'}
              aria-pressed={quiet.now}
              title={t('notices.quietHint')}
              data-testid="notices-quiet"
              onClick={() => change({ quiet: { ...quiet, now: !quiet.now } })}
            >
              {t('notices.quiet')}
            </button>
            <button
              type="button"
              className="btn sm"
              disabled={unseen === 0}
              data-testid="notices-ack-all"
              onClick={acknowledgeAll}
            >
              {t('notices.ackAll')}
            </button>
          </>
        )}
      </div>
      <ul className="al-told" data-testid="alerts-told">
        {shown.map((notice) => (
          <li key={notice.key} className={`${notice.level} ${notice.unseen ? 'new' : ''}`} data-unseen={notice.unseen}>
            <Icon name={LEVEL_ICON[notice.level]} />
            <div>
              <b>{notice.title}</b>
              {notice.keys.length > 1 && <span className="num mut"> ×{notice.keys.length}</span>}
              <div className="mut">{notice.body}</div>
            </div>
            <span className="num l">{time(notice.ts)}</span>
            {notice.unseen && !looksOnly ? (
              <button
                type="button"
                className="btn sm"
                aria-label={t('notices.ackOne', { title: notice.title })}
                data-testid="notice-ack"
                onClick={() => acknowledge([notice])}
              >
                {t('common.ack')}
              </button>
            ) : (
              <span />
            )}
          </li>
        ))}
        {shown.length === 0 && (
          <li className="none mut">{t(kind === 'all' ? 'alerts.empty' : 'notices.noneOfKind')}</li>
        )}
      </ul>
    </>
  );
}

/** The same in a panel. */
export function ToldRows(): JSX.Element {
  const { looksOnly } = usePanel();
  return <NoticeRows centre={useNotices()} looksOnly={looksOnly} />;
}
