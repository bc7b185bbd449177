/** Price alerts, and what was told (알림). */
import type { PanelView } from '../../ui/panel-view.ts';
export { NoticeRows } from './parts/notice-rows.tsx';
import { AlertsPanel, useArmedCount } from './panel.tsx';

export const alertsView: PanelView = {
  id: 'alerts',
  title: 'panel.alerts',
  room: 'watch',
  linked: true,
  Body: AlertsPanel,
  useCount: useArmedCount,
};
