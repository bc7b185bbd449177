/** The market as a map (시장 지도). */
import type { PanelView } from '../../ui/panel-view.ts';
import { HeatmapInfo, HeatmapPanel } from './panel.tsx';

export const heatmapView: PanelView = {
  id: 'heatmap',
  title: 'panel.heatmap',
  room: 'market',
  linked: true,
  Body: HeatmapPanel,
  Info: HeatmapInfo,
};
