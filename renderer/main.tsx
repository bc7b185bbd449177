/** Starts the screen: finds its door, keeps the line, draws the window. */
import './theme/measures.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './theme/bars.css';
import './theme/session.css';
import 'dockview-react/dist/styles/dockview.css';
import './theme/panels.css';
import './theme/states.css';
import './theme/dock.css';
import './theme/help.css';
import './theme/phone.css';
import './theme/basket.css';
import './theme/alerts.css';
import './theme/threats.css';
import './theme/profit.css';
import './theme/risk.css';
import './theme/cells.css';
import './theme/table.css';
import './theme/board.css';
import './theme/masters.css';
import './theme/ladder.css';
import './theme/auction.css';
import './theme/guard.css';
import './theme/ticket.css';
import './theme/order-entry.css';
import './theme/chart.css';
import './theme/draw.css';
import './theme/dialogs.css';
import './theme/overlays.css';
import './theme/practice.css';
import './theme/rules.css';
import './theme/environment.css';
import './theme/connections.css';
import './theme/explorer.css';
import './theme/sheets.css';
import './theme/watch.css';
import './theme/scenarios.css';
import './theme/scenario-results.css';
import './theme/paper.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { WorkspaceKeeper } from './app/dock/keeper.ts';
import { KeeperProvider } from './app/dock/keeper-context.tsx';
import { Shell } from './app/shell.tsx';
import { WorkstationProvider } from './client/context.tsx';
import { findDoor } from './client/pipes.ts';
import { Supervisor } from './client/supervisor.ts';
import { WindowsLine, windowIdOf } from './client/windows.ts';
import { joinWindows } from './client/windows-join.ts';
import { Workstation } from './client/workstation.ts';
import { useWorkspaces } from './store/workspaces.ts';
import { useView } from './store/view.ts';
import { setLink } from './store/connection.ts';
import { followLooks } from './theme/looks.ts';
import { isPhone } from './ui/media.ts';
import { beforePaint, browserClock, browserIds, browserTimers } from './ui/platform.ts';

// The page's policy forbids code made from text.
z.config({ jitless: true });

/** The issues watched, without the one in view. */
function firstIssues(): readonly string[] {
  const { watchlist, instrumentId } = useView.getState();
  return watchlist.filter((id) => id !== instrumentId);
}

/** Runs once the core has told the user's preferences. */
function whenLoaded(run: () => void): void {
  if (useView.getState().loaded) {
    run();
    return;
  }
  const stop = useView.subscribe((state) => {
    if (!state.loaded) return;
    stop();
    run();
  });
}

const report = (error: unknown): void => reportError(error);

const workstation = new Workstation({
  clock: browserClock,
  ids: browserIds,
  timers: browserTimers,
  report,
  looksOnly: isPhone,
});
const supervisor = new Supervisor({
  door: findDoor(),
  clock: browserClock,
  timers: browserTimers,
  schedule: beforePaint,
  tell: setLink,
  attach: (client) => workstation.attach(client),
  report,
});
workstation.use(supervisor);

const tellFocus = (): void => supervisor.setFocused(document.visibilityState === 'visible');
document.addEventListener('visibilitychange', tellFocus);
tellFocus();

followLooks(document.documentElement);

const windows = new WindowsLine(windowIdOf(location.search), new BroadcastChannel('maru-windows'));
useWorkspaces.setState({ windowId: windows.id });
const keeper = new WorkspaceKeeper({
  documents: workstation.documents,
  windows,
  timers: browserTimers,
  ids: browserIds,
  firstIssues: () => firstIssues(),
  choose: (workspaceId) => void workstation.setPreferences({ workspaceId }),
  tell: (title, body) => workstation.notify({ level: 'info', title, body }),
  fail: (error) => workstation.fail(error),
});
joinWindows(windows);
whenLoaded(() => keeper.follow(useView.getState().workspaceId));
addEventListener('pagehide', () => {
  void keeper.flush();
  windows.say({ kind: 'gone', from: windows.id });
});

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <WorkstationProvider value={workstation}>
    <KeeperProvider value={keeper}>
      <Shell />
    </KeeperProvider>
  </WorkstationProvider>,
);
void supervisor.start();
