/** Profit of a period and money by currency (기간 손익). */
import type { PanelView } from '../../ui/panel-view.ts';
import { ProfitPanel } from './panel.tsx';

export const profitView: PanelView = {
  id: 'profit',
  title: 'panel.profit',
  room: 'orders',
  wide: true,
  Body: ProfitPanel,
};
