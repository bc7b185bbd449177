/** Every API of the broker, to be found, filled in, called and written as code (API 탐색기). */
import type { PanelView } from '../../ui/panel-view.ts';
import { ExplorerPanel } from './panel.tsx';

export const explorerView: PanelView = {
  id: 'explorer',
  title: 'panel.explorer',
  room: 'market',
  wide: true,
  Body: ExplorerPanel,
};
