/** What a user does to the dock: add a panel, move one to a window of its own. */
import type { DockviewApi, IDockviewPanel } from 'dockview-react';
import { useMemo } from 'react';
import { WINDOWS_LIMIT } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { FIRST_GROUP } from '../../store/links.ts';
import { useWorkspaces } from '../../store/workspaces.ts';
import { text } from '../../text/index.ts';
import { browserIds } from '../../ui/platform.ts';
import { panelView } from '../panels.ts';
import type { WorkspaceKeeper } from './keeper.ts';
import { useKeeper } from './keeper-context.tsx';

/** The dock on the screen; null before it stands. */
let dock: DockviewApi | null = null;
/** true once the workspace in force has been laid out in it. */
let laidOut = false;
/** Views that were asked for before that, each once, the newest last: all are shown, and the newest ends in front. */
let wanted: readonly string[] = [];

export function setDock(api: DockviewApi | null): void {
  dock = api;
  if (!api) laidOut = false;
}

/** The dock shows its workspace now: what was asked for meanwhile is shown. */
export function dockStands(): void {
  laidOut = true;
  const views = wanted;
  wanted = [];
  for (const view of views) showInDock(view);
}

export function currentDock(): DockviewApi | null {
  return dock;
}

/** Adds a view beside a panel of its kind, else as a tab of it. */
export function addPanel(viewId: string, beside: IDockviewPanel | undefined): void {
  const view = panelView(viewId);
  if (!dock || !view) return;
  const { panels } = useWorkspaces.getState();
  const placed = Object.keys(panels).find((id) => panels[id]?.view === viewId && dock?.getPanel(id));
  if (placed !== undefined && !view.many) {
    dock.getPanel(placed)?.api.setActive();
    return;
  }
  const id = `${viewId}-${browserIds.next().slice(0, 8)}`;
  const same = beside !== undefined && panels[beside.id]?.view === viewId;
  const group = beside === undefined ? 'A' : (panels[beside.id]?.group ?? 'A');
  useWorkspaces.setState({ panels: { ...panels, [id]: { view: viewId, group, instrumentId: null } } });
  dock.addPanel({
    id,
    component: 'panel',
    title: viewId,
    ...(beside ? { position: { referencePanel: beside, direction: same ? 'right' : 'within' } } : {}),
  });
}

/** A panel of the same room, beside which a view is at home. */
function kinOf(viewId: string): IDockviewPanel | undefined {
  const room = panelView(viewId)?.room;
  const { panels } = useWorkspaces.getState();
  return dock?.panels.findLast((panel) => panelView(panels[panel.id]?.view ?? '')?.room === room);
}

/** A panel of the widest group; the highest of several. */
function widest(): IDockviewPanel | undefined {
  const wider = (a: IDockviewPanel, b: IDockviewPanel): boolean =>
    a.api.width > b.api.width || (a.api.width === b.api.width && a.api.height > b.api.height);
  return dock?.panels.reduce<IDockviewPanel | undefined>(
    (best, panel) => (best === undefined || wider(panel, best) ? panel : best),
    undefined,
  );
}

/** Shows a view: brings it to the front, that of the first group before others, or adds it to the group in use. */
export function showInDock(viewId: string): void {
  const api = dock;
  if (!api || !laidOut) {
    wanted = [...wanted.filter((each) => each !== viewId), viewId];
    return;
  }
  const { panels } = useWorkspaces.getState();
  const placed = Object.keys(panels).filter((each) => panels[each]?.view === viewId && api.getPanel(each));
  const id = placed.find((each) => panels[each]?.group === FIRST_GROUP) ?? placed[0];
  const home = panelView(viewId)?.wide === true ? widest() : kinOf(viewId);
  if (id === undefined) addPanel(viewId, home ?? api.activePanel ?? api.panels[0]);
  else api.getPanel(id)?.api.setActive();
}

/** The first free name of a window. */
function freeWindow(keeper: WorkspaceKeeper): string {
  const windows = keeper.current()?.windows ?? {};
  for (let n = 2; ; n += 1) if (windows[`w${n}`] === undefined) return `w${n}`;
}

export interface DockActs {
  add(viewId: string, beside: IDockviewPanel | undefined): void;
  /** Moves a panel to a new window. */
  toWindow(panel: IDockviewPanel): Promise<void>;
  /** Opens a window of the workspace, a new one where none is named; false where there can be no more. */
  openWindow(windowId: string | null): boolean;
}

export function useDockActs(): DockActs {
  const keeper = useKeeper();
  const workstation = useWorkstation();
  return useMemo(() => {
    const openWindow = (windowId: string | null): boolean => {
      const desktop = window.maru !== undefined;
      if (desktop && useWorkspaces.getState().openWindows.size >= WINDOWS_LIMIT) {
        workstation.notify({
          level: 'caution',
          title: text('workspace.blockedTitle'),
          body: text('workspace.tooMany', { count: WINDOWS_LIMIT }),
        });
        return false;
      }
      const opened = window.open(`/?window=${windowId ?? freeWindow(keeper)}`, '_blank', 'popup,width=1280,height=800');
      // The desktop's shell opens the window itself, so that it is bound to no other.
      if (opened !== null || desktop) return true;
      workstation.notify({
        level: 'caution',
        title: text('workspace.blockedTitle'),
        body: text('workspace.blockedBody'),
      });
      return false;
    };
    return {
      add: addPanel,
      openWindow,
      async toWindow(panel) {
        const windowId = freeWindow(keeper);
        const { panels } = useWorkspaces.getState();
        const placed = panels[panel.id];
        if (!placed) return;
        // The window first, within the user's press: a browser lets nothing else open one.
        if (!openWindow(windowId)) return;
        await keeper.place(windowId, { [panel.id]: placed });
        panel.api.close();
      },
    };
  }, [keeper, workstation]);
}
