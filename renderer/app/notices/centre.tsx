/** The notification centre behind the bell. What asks for nothing counts as seen once it was looked at; the rest is acknowledged. */
import { type JSX, useEffect, useLayoutEffect, useRef } from 'react';
import { useNotices } from '../../client/notices.ts';
import { NoticeRows } from '../../panels/alerts/index.ts';
import { closeDialog, openDialog } from '../../store/overlay.ts';
import { showView } from '../../store/work.ts';
import { useText } from '../../text/index.ts';
import { openerNow } from '../../ui/dialog.tsx';
import { usePhone } from '../../ui/media.ts';

/** Closes by Escape and by a press elsewhere, and gives the focus back to where it came from. */
function useWayOut(): React.RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  before.current ??= openerNow();
  useLayoutEffect(() => {
    const own = box.current;
    return () => {
      // A press elsewhere has taken the focus with it.
      const { activeElement } = document;
      const ours = activeElement === document.body || own?.contains(activeElement) === true;
      if (ours && before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    };
  }, []);
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (!(event.target as HTMLElement).closest('.alist, .bell')) closeDialog();
    };
    const escape = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') closeDialog();
    };
    box.current?.focus();
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', escape);
    };
  }, []);
  return box;
}

export function NoticeCentre(): JSX.Element {
  const t = useText();
  const centre = useNotices();
  const looksOnly = usePhone();
  const box = useWayOut();
  const latest = useRef(centre);
  useEffect(() => {
    latest.current = centre;
  });
  useEffect(
    () => () => {
      const { notices, acknowledge } = latest.current;
      if (!looksOnly)
        acknowledge(notices.filter(({ unseen, level }) => unseen && (level === 'info' || level === 'caution')));
    },
    [looksOnly],
  );
  return (
    <div
      ref={box}
      className="alist"
      role="dialog"
      tabIndex={-1}
      aria-label={t('alerts.title')}
      data-testid="alert-list"
    >
      <NoticeRows centre={centre} looksOnly={looksOnly} />
      {!looksOnly && (
        <div className="tbar al-foot">
          <button
            type="button"
            className="btn sm"
            data-testid="notices-to-panel"
            onClick={() => {
              closeDialog();
              showView('alerts');
            }}
          >
            {t('notices.toPanel')}
          </button>
          <button
            type="button"
            className="btn sm"
            data-testid="notices-settings"
            onClick={() => openDialog('settings')}
          >
            {t('notices.settings')}
          </button>
        </div>
      )}
    </div>
  );
}
