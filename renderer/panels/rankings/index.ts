/** What moves and is traded most (순위). */
import type { PanelView } from '../../ui/panel-view.ts';
import { RankingsInfo, RankingsPanel } from './panel.tsx';

export const rankingsView: PanelView = {
  id: 'rankings',
  title: 'panel.rankings',
  room: 'market',
  linked: true,
  many: true,
  Body: RankingsPanel,
  Info: RankingsInfo,
};
