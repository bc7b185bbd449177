/** Why nothing can be sent in the environment in force, and the way out: it is being switched, or the real one is locked. */
import type { JSX } from 'react';
import { useEnvironment } from '../../../store/environment.ts';
import { openDialog } from '../../../store/overlay.ts';
import { type TextKey, useText } from '../../../text/index.ts';
import { Icon } from '../../../ui/icons.tsx';

/** What the environment blocks every order with; null where it does not. */
export function useEnvironmentBlock(): TextKey | null {
  return useEnvironment(({ status, followed }) => {
    if (status === null) return null;
    if (status.phase === 'switching' || followed === null) return 'ticket.switching';
    return status.lock.state === 'locked' ? 'ticket.locked' : null;
  });
}

export function LockNote(): JSX.Element {
  const t = useText();
  return (
    <div className="guard lock" role="status" data-testid="ticket-locked">
      <div className="h">
        <Icon name="lock" />
        {t('lock.locked')}
        <span className="mono">REAL_LOCKED</span>
      </div>
      <p>{t('lock.ticket')}</p>
      <button type="button" className="btn env" data-testid="ticket-unlock" onClick={() => openDialog('arm')}>
        {t('lock.open')}
      </button>
    </div>
  );
}
