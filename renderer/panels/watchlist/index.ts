/** Watchlist (관심 종목). */
import type { PanelView } from '../../ui/panel-view.ts';
import { Watchlist } from './panel.tsx';
import { useView } from '../../store/view.ts';

export const watchlistView: PanelView = {
  id: 'watchlist',
  title: 'panel.watchlist',
  room: 'watch',
  linked: true,
  many: true,
  Body: Watchlist,
  useCount: () => useView((state) => state.watchlist.length),
};
