/** Every panel that can be placed in a workspace. A new panel is one line here. */
import { accountView, performanceView } from '../panels/account/index.ts';
import { cashView } from '../panels/cash/index.ts';
import { boardView } from '../panels/board/index.ts';
import { alertsView } from '../panels/alerts/index.ts';
import { basketView } from '../panels/basket/index.ts';
import { chartView } from '../panels/chart/index.ts';
import { explorerView } from '../panels/explorer/index.ts';
import { journalView } from '../panels/journal/index.ts';
import { heatmapView } from '../panels/heatmap/index.ts';
import { companyView } from '../panels/company/index.ts';
import { conditionalView } from '../panels/conditional/index.ts';
import { mastersView } from '../panels/masters/index.ts';
import { lineView } from '../panels/line/index.ts';
import { orderBookView } from '../panels/order-book/index.ts';
import { orderTicketView } from '../panels/order-ticket/index.ts';
import { fillsView, ordersView } from '../panels/orders/index.ts';
import { positionsView } from '../panels/positions/index.ts';
import { profitView } from '../panels/profit/index.ts';
import { rankingsView } from '../panels/rankings/index.ts';
import { riskView } from '../panels/risk/index.ts';
import { rulesView } from '../panels/rules/index.ts';
import { scenariosView } from '../panels/scenarios/index.ts';
import { screenerView } from '../panels/screener/index.ts';
import { sheetsView } from '../panels/sheets/index.ts';
import { tapeView } from '../panels/tape/index.ts';
import { threatsView } from '../panels/threats/index.ts';
import { watchlistView } from '../panels/watchlist/index.ts';
import type { PanelView } from '../ui/panel-view.ts';

export const PANEL_VIEWS: readonly PanelView[] = [
  chartView,
  orderBookView,
  orderTicketView,
  tapeView,
  rulesView,
  companyView,
  ordersView,
  fillsView,
  conditionalView,
  positionsView,
  basketView,
  accountView,
  performanceView,
  cashView,
  profitView,
  journalView,
  watchlistView,
  alertsView,
  threatsView,
  riskView,
  boardView,
  rankingsView,
  heatmapView,
  screenerView,
  sheetsView,
  mastersView,
  scenariosView,
  explorerView,
  lineView,
];

const BY_ID = new Map(PANEL_VIEWS.map((view) => [view.id, view]));

/** The view of a placed panel; undefined: the program no longer has it. */
export function panelView(id: string): PanelView | undefined {
  return BY_ID.get(id);
}
