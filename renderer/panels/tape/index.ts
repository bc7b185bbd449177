/** Trades of the market (체결). */
import type { PanelView } from '../../ui/panel-view.ts';
import { TapeInfo, TapePanel } from './panel.tsx';

export const tapeView: PanelView = {
  id: 'tape',
  title: 'panel.tape',
  room: 'issue',
  linked: true,
  many: true,
  Body: TapePanel,
  Info: TapeInfo,
};
