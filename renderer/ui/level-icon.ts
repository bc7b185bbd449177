/** The picture of each level of an alert. */
import type { Alert } from '#shared/domain/index.ts';
import type { IconName } from './icons.tsx';

export const LEVEL_ICON: Readonly<Record<Alert['level'], IconName>> = {
  info: 'check',
  caution: 'bell',
  high: 'warn',
  critical: 'stop',
};
