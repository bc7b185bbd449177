/** Notices at the bottom right: at most three, what needs an act until it is acknowledged, the rest for a moment. */
import { type JSX, useEffect, useState } from 'react';
import { type Alert, breaksQuiet } from '#shared/domain/index.ts';
import { type Notice, useNotices } from '../../client/notices.ts';
import { dismiss, useOverlay } from '../../store/overlay.ts';
import { useText } from '../../text/index.ts';
import { time } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { LEVEL_ICON } from '../../ui/level-icon.ts';
import { browserClock, browserTimers } from '../../ui/platform.ts';
import { isQuietNow, useHerald } from './herald.ts';

const SHOWN = 3;
const FOLD_MS = 6_000;

interface Toast extends Pick<Notice, 'key' | 'level' | 'title' | 'body' | 'ts'> {
  readonly count: number;
  /** The user has read it. */
  readonly acknowledge: () => void;
}

/** What came since this window opened and nobody has acknowledged, and the screen's own notices, newest last. */
function useToasts(): readonly Toast[] {
  const [openedTs] = useState(() => browserClock.now());
  const { notices: told, settings, acknowledge } = useNotices();
  const { notices: own, dismissed } = useOverlay();
  useHerald(told, settings, openedTs);
  const quiet = isQuietNow(settings);
  const shown = told.filter(
    ({ key, unseen, ts, level }) =>
      unseen && ts > openedTs && !dismissed.has(key) && (!quiet || breaksQuiet(level, 'sight')),
  );
  return [
    ...shown.map((notice) => ({ ...notice, count: notice.keys.length, acknowledge: () => acknowledge([notice]) })),
    ...own.map(({ id, at, ...notice }) => ({ ...notice, key: id, ts: at, count: 1, acknowledge: () => dismiss(id) })),
  ]
    .sort((a, b) => a.ts - b.ts)
    .slice(-SHOWN);
}

/** Only what asks for nothing goes by itself. */
const folds = (level: Alert['level']): boolean => level === 'info';

function ToastBox({ toast }: { readonly toast: Toast }): JSX.Element {
  const t = useText();
  const { key, level, title, body, ts, count, acknowledge } = toast;
  useEffect(() => {
    if (!folds(level)) return;
    const timer = browserTimers.after(FOLD_MS, () => dismiss(key));
    return () => timer.cancel();
  }, [level, key]);
  return (
    <div className={`toast ${level}`} role={folds(level) ? 'status' : 'alert'} data-testid={`toast-${level}`}>
      <Icon name={LEVEL_ICON[level]} />
      <div>
        <b>
          {title}
          {count > 1 && <span className="num"> ×{count}</span>}
        </b>
        <span>{body}</span>
        <div className="mut num">{time(ts)}</div>
      </div>
      <button type="button" className="btn sm" onClick={acknowledge} data-testid="toast-dismiss">
        {t('common.ack')}
      </button>
    </div>
  );
}

export function Toasts(): JSX.Element {
  const toasts = useToasts();
  return (
    <div className="toasts" aria-live="polite">
      {toasts.map((toast) => (
        <ToastBox key={toast.key} toast={toast} />
      ))}
    </div>
  );
}
