/** My orders (주문) and my fills (내 체결). */
import type { PanelView } from '../../ui/panel-view.ts';
import { FillsPanel, useFillCount } from './fills.tsx';
import { OrdersPanel, useOrderCount } from './panel.tsx';

export const ordersView: PanelView = {
  id: 'orders',
  title: 'panel.orders',
  room: 'orders',
  Body: OrdersPanel,
  useCount: useOrderCount,
};
export const fillsView: PanelView = {
  id: 'fills',
  title: 'panel.fills',
  room: 'orders',
  Body: FillsPanel,
  useCount: useFillCount,
};
