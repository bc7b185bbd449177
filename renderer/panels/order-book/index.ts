/** Ten levels of the market (호가). */
import { LiveInfo } from '../../ui/live-info.tsx';
import type { PanelView } from '../../ui/panel-view.ts';
import { OrderBookPanel } from './panel.tsx';

export const orderBookView: PanelView = {
  id: 'order-book',
  title: 'panel.orderBook',
  room: 'issue',
  linked: true,
  many: true,
  Body: OrderBookPanel,
  Info: LiveInfo,
};
