/** Starts the screen: finds its door, keeps the line, draws the window. */
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './theme/bars.css';
import './theme/session.css';
import './theme/panels.css';
import './theme/cells.css';
import './theme/ladder.css';
import './theme/ticket.css';
import './theme/chart.css';
import './theme/overlays.css';
import './theme/practice.css';
import './theme/rules.css';
import './theme/environment.css';
import './theme/connections.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { Shell } from './app/shell.tsx';
import { WorkstationProvider } from './client/context.tsx';
import { findDoor } from './client/pipes.ts';
import { Supervisor } from './client/supervisor.ts';
import { Workstation } from './client/workstation.ts';
import { setLink } from './store/connection.ts';
import { followLooks } from './theme/looks.ts';
import { beforePaint, browserClock, browserIds, browserTimers } from './ui/platform.ts';

// The page's policy forbids code made from text.
z.config({ jitless: true });

const report = (error: unknown): void => reportError(error);

const workstation = new Workstation({ clock: browserClock, ids: browserIds, timers: browserTimers, report });
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

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <WorkstationProvider value={workstation}>
    <Shell />
  </WorkstationProvider>,
);
void supervisor.start();
