/** The form that tells an environment without its colour. */
import type { Environment } from '#shared/domain/index.ts';
import type { IconName } from './icons.tsx';

/** The icon of an environment; the lock of the real one is closed until it is armed. */
export function environmentIcon(environment: Environment, armed: boolean): IconName {
  switch (environment) {
    case 'simulation':
      return 'flask';
    case 'live':
      return 'wave';
    case 'paper':
      return 'doc';
    case 'real':
      return armed ? 'unlock' : 'lock';
  }
}
