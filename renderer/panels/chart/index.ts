/** Candle chart (차트). */
import { LiveInfo } from '../../ui/live-info.tsx';
import type { PanelView } from '../../ui/panel-view.ts';
import { ChartPanel } from './panel.tsx';

export const chartView: PanelView = {
  id: 'chart',
  title: 'panel.chart',
  room: 'issue',
  linked: true,
  many: true,
  Body: ChartPanel,
  Info: LiveInfo,
};
