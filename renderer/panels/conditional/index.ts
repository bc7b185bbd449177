/** Orders that Maru keeps until their price is reached (조건 주문). */
import type { PanelView } from '../../ui/panel-view.ts';
import { ConditionalPanel, useStandingCount } from './panel.tsx';

export const conditionalView: PanelView = {
  id: 'conditional',
  title: 'panel.conditional',
  room: 'orders',
  linked: true,
  Body: ConditionalPanel,
  useCount: useStandingCount,
};
