/** Environments, the lock of the real one, and the connections to KIS. */
import type { Environment } from '#shared/domain/index.ts';
import type { Action } from '../../client/actions.tsx';
import { openWizard } from '../../client/connections.ts';
import type { Workstation } from '../../client/workstation.ts';
import { useEnvironment } from '../../store/environment.ts';
import { environmentIcon } from '../../ui/environment-icon.ts';
import { ENVIRONMENTS } from '../environment-switch.tsx';
import { opens, roomOf } from './make.ts';

const action = roomOf('environment');

/** Where an environment can be switched to now: its only connection; null where there is none. */
function openChoice(environment: Environment): { readonly connectionId: string | null } | null {
  const choices = useEnvironment.getState().status?.choices ?? [];
  const open = choices.filter((choice) => choice.environment === environment && choice.reasonKo === null);
  // Of several connections none is taken by a key: which account it is, is chosen in the menu.
  return open.length === 1 ? (open[0] ?? null) : null;
}

export function environmentActions(workstation: Workstation): readonly Action[] {
  const lock = (): string => useEnvironment.getState().status?.lock.state ?? 'none';
  return [
    ...ENVIRONMENTS.map((environment, index) =>
      action(`env-${environment}`, {
        label: `action.env.${environment}`,
        icon: environmentIcon(environment, false),
        keys: `Ctrl+${index + 1}`,
        enabled: () => openChoice(environment) !== null,
        run: () => {
          const choice = openChoice(environment);
          if (choice) workstation.switchTo({ environment, connectionId: choice.connectionId });
        },
      }),
    ),
    action('lock-real', {
      label: 'lock.now',
      icon: 'lock',
      keys: 'Ctrl+L',
      enabled: () => lock() === 'armed',
      run: () => workstation.lockReal(),
    }),
    action(...opens('arm', { label: 'lock.open', icon: 'unlock', enabled: () => lock() === 'locked' })),
    action(...opens('pin', { label: 'pin.setOrChange', icon: 'lock' })),
    action('wizard', { label: 'wizard.open', icon: 'plus', run: () => openWizard() }),
    action(...opens('connections', { label: 'conn.title', icon: 'plug' })),
  ];
}
