/** Watchlist (관심 종목). */
import { idsOf } from '../../client/watchlist-ops.ts';
import type { PanelView } from '../../ui/panel-view.ts';
import { useShownList, Watchlist } from './panel.tsx';

export const watchlistView: PanelView = {
  id: 'watchlist',
  title: 'panel.watchlist',
  room: 'watch',
  linked: true,
  many: true,
  Body: Watchlist,
  useCount: () => {
    const list = useShownList()?.shown?.list;
    return list ? idsOf(list).length : null;
  },
};
