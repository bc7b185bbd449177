/** What stands in the way of a switch, listed, and the question whether to switch all the same. */
import type { JSX } from 'react';
import { dropSwitch } from '../client/environment.ts';
import { useWorkstation } from '../client/context.tsx';
import { useEnvironment } from '../store/environment.ts';
import { closeDialog } from '../store/overlay.ts';
import { useText } from '../text/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';

export function SwitchDialog(): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const change = useEnvironment((state) => state.change);
  const environment = useEnvironment((state) => state.status?.environment ?? 'simulation');
  const stay = (): void => {
    dropSwitch();
    closeDialog();
  };
  if (change.phase !== 'blocked') return null;
  const { target, blockers } = change;
  const to = t(`env.${target.environment}`);
  return (
    <Dialog
      title={t('switch.title', { name: to })}
      closeLabel={t('common.close')}
      onClose={stay}
      testId="switch-dialog"
      foot={
        <>
          <button type="button" className="btn lg" autoFocus onClick={stay} data-testid="switch-stay">
            {t('switch.stay', { name: t(`env.${environment}`) })}
          </button>
          <span className="sp" />
          <button
            type="button"
            className="btn pri lg"
            onClick={() => workstation.switchTo(target, true)}
            data-testid="switch-confirm"
          >
            {t('switch.confirm', { name: to })}
          </button>
        </>
      }
    >
      <p>{t('switch.body')}</p>
      <ul className="blockers">
        {blockers.map((blocker, index) => (
          <li key={`${blocker.kind}${blocker.orderId ?? index}`} data-testid="switch-blocker">
            <Icon name="warn" />
            <span>
              <b>{t(`blocker.${blocker.kind}`)}</b> {blocker.textKo}
            </span>
          </li>
        ))}
      </ul>
      <p className="note">{t('switch.note')}</p>
    </Dialog>
  );
}
