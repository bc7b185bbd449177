/** The account (계좌) and what it has earned (성과). */
import type { PanelView } from '../../ui/panel-view.ts';
import { AccountPanel } from './panel.tsx';
import { PerformancePanel } from './performance.tsx';

export const accountView: PanelView = { id: 'account', title: 'panel.account', room: 'orders', Body: AccountPanel };
export const performanceView: PanelView = {
  id: 'performance',
  title: 'panel.performance',
  room: 'orders',
  Body: PerformancePanel,
};
export { NewAccountDialog } from './new-account.tsx';
