/** Notices: at most three at the bottom right of the work area, the rest in the list behind the bell. */
import type { JSX } from 'react';
import { useEffect } from 'react';
import type { Alert } from '#shared/domain/index.ts';
import { useDesk } from '../store/desk.ts';
import { closeDialog, dismiss, useOverlay } from '../store/overlay.ts';
import { useText } from '../text/index.ts';
import { time } from '../ui/format.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { browserTimers } from '../ui/platform.ts';

const SHOWN = 3;
const FOLD_MS = 6_000;

interface Toast {
  readonly id: string;
  readonly level: Alert['level'];
  readonly title: string;
  readonly body: string;
  readonly ts: number;
}

const ICON: Readonly<Record<Alert['level'], IconName>> = {
  info: 'check',
  caution: 'bell',
  high: 'warn',
  critical: 'stop',
};

/** Alerts that came since this window opened, and the screen's own notices, newest last. */
function useToasts(): readonly Toast[] {
  const alerts = useDesk((state) => state.alerts);
  const { notices, dismissed, seenTs } = useOverlay();
  return [
    ...alerts
      .filter((alert) => alert.ts > seenTs && !dismissed.has(alert.alertId))
      .map((alert) => ({
        id: alert.alertId,
        level: alert.level,
        title: alert.titleKo,
        body: alert.bodyKo,
        ts: alert.ts,
      })),
    ...notices.map((notice) => ({ ...notice, ts: notice.at })),
  ]
    .sort((a, b) => a.ts - b.ts)
    .slice(-SHOWN);
}

function ToastBox({ toast }: { readonly toast: Toast }): JSX.Element {
  const t = useText();
  const folds = toast.level === 'info';
  useEffect(() => {
    if (!folds) return;
    const timer = browserTimers.after(FOLD_MS, () => dismiss(toast.id));
    return () => timer.cancel();
  }, [folds, toast.id]);
  return (
    <div className={`toast ${toast.level}`} role={folds ? 'status' : 'alert'} data-testid={`toast-${toast.level}`}>
      <Icon name={ICON[toast.level]} />
      <div>
        <b>{toast.title}</b>
        <span>{toast.body}</span>
        <div className="mut num">{time(toast.ts)}</div>
      </div>
      <button type="button" className="btn sm" onClick={() => dismiss(toast.id)} data-testid="toast-dismiss">
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
        <ToastBox key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

/** All alerts of this session, newest first. */
export function AlertList(): JSX.Element {
  const t = useText();
  const alerts = useDesk((state) => state.alerts);
  const newest = alerts[alerts.length - 1]?.ts ?? 0;
  useEffect(() => {
    useOverlay.setState((state) => ({ seenTs: Math.max(state.seenTs, newest) }));
  }, [newest]);
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (!(event.target as HTMLElement).closest('.alist, .bell')) closeDialog();
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') closeDialog();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', escape);
    };
  }, []);
  return (
    <div className="alist" role="dialog" aria-label={t('alerts.title')} data-testid="alert-list">
      {alerts.length === 0 && <div className="a">{t('alerts.empty')}</div>}
      {alerts.toReversed().map((alert) => (
        <div key={alert.alertId} className={`a ${alert.level}`}>
          <Icon name={ICON[alert.level]} />
          <div>
            <b>{alert.titleKo}</b>
            <div className="s">{alert.bodyKo}</div>
          </div>
          <span className="l num">{time(alert.ts)}</span>
        </div>
      ))}
    </div>
  );
}
