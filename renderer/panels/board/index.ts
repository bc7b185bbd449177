/** The whole market in one table (전종목). */
import type { PanelView } from '../../ui/panel-view.ts';
import { BoardInfo, BoardPanel } from './panel.tsx';

export { IndexStrip } from './index-strip.tsx';

export const boardView: PanelView = {
  id: 'board',
  title: 'panel.board',
  room: 'market',
  linked: true,
  many: true,
  Body: BoardPanel,
  Info: BoardInfo,
};
