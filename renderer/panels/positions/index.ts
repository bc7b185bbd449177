/** What I hold (잔고). */
import type { PanelView } from '../../ui/panel-view.ts';
import { PositionsInfo, PositionsPanel, usePositionCount } from './panel.tsx';

export const positionsView: PanelView = {
  id: 'positions',
  title: 'panel.positions',
  room: 'orders',
  linked: true,
  Body: PositionsPanel,
  Info: PositionsInfo,
  useCount: usePositionCount,
};
