/** Issues by condition (조건 검색). */
import type { PanelView } from '../../ui/panel-view.ts';
import { ScreenerInfo, ScreenerPanel } from './panel.tsx';

export const screenerView: PanelView = {
  id: 'screener',
  title: 'panel.screener',
  room: 'market',
  linked: true,
  Body: ScreenerPanel,
  Info: ScreenerInfo,
};
