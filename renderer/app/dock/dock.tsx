/** The work area: panels docked as the user has arranged them. */
import {
  type DockviewApi,
  DockviewReact,
  type DockviewReadyEvent,
  type DockviewTheme,
  type SerializedDockview,
} from 'dockview-react';
import { type JSX, useCallback, useEffect, useMemo, useState } from 'react';
import type { PlacedPanel } from '#shared/domain/index.ts';
import { useWorkstation } from '../../client/context.tsx';
import { useWorkspaces } from '../../store/workspaces.ts';
import { useWork } from '../../store/work.ts';
import { text, useText } from '../../text/index.ts';
import { MenuButton } from '../../ui/controls.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Empty } from '../../ui/panel.tsx';
import { MAIN_WINDOW } from '../../client/windows.ts';
import { panelView } from '../panels.ts';
import { addPanel, dockStands, setDock, showInDock } from './acts.ts';
import { factoryArrangement } from './factory.ts';
import { GroupHead } from './head.tsx';
import { keptSizes, treeOf } from './kept-sizes.ts';
import type { WorkspaceKeeper } from './keeper.ts';
import { useKeeper } from './keeper-context.tsx';
import { dockMessages } from './messages.ts';
import { PanelHost } from './panel-host.tsx';
import { PanelChoices } from './panel-list.tsx';
import { dockShape, readDock, unplaced } from './saved-dock.ts';
import { PanelTab } from './tab.tsx';

const THEME: DockviewTheme = {
  name: 'maru',
  className: 'maru-dock',
  gap: 4,
  dndOverlayMounting: 'absolute',
  dndPanelOverlay: 'group',
};

const COMPONENTS = { panel: PanelHost };

/** The nonce under which the page's policy lets style elements in. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/** Nothing is placed. */
function EmptyDock(): JSX.Element {
  const t = useText();
  const keeper = useKeeper();
  return (
    <Empty icon="list" title={t('dock.empty')} body={t('dock.emptyBody')} testId="dock-empty">
      <MenuButton
        className="btn"
        label={t('dock.addPanel')}
        testId="dock-add"
        face={
          <>
            {t('dock.addPanel')}
            <Icon name="down" size="sm" />
          </>
        }
      >
        {(close) => (
          <PanelChoices
            onChoose={(id) => {
              close();
              addPanel(id, undefined);
            }}
          />
        )}
      </MenuButton>
      <button type="button" className="btn" data-testid="dock-put-back" onClick={() => void keeper.putBack()}>
        {t('workspace.putBack')}
      </button>
    </Empty>
  );
}

/** Places panels one after another, for an arrangement that cannot be read. */
function placeAnew(api: DockviewApi, panels: Readonly<Record<string, PlacedPanel>>): void {
  api.clear();
  for (const [id, panel] of Object.entries(panels)) api.addPanel({ id, component: 'panel', title: panel.view });
}

interface Laid {
  /** The factory's own arrangement, untouched: it is laid out again where the window changes. */
  readonly factory: boolean;
  readonly broken: boolean;
}

/** Lays out this window of the workspace in force. */
function layOut(api: DockviewApi, keeper: WorkspaceKeeper, windowId: string): Laid {
  const saved = keeper.window();
  const body = keeper.current();
  const room = { width: api.width, height: api.height };
  if (saved.dock === null && windowId === MAIN_WINDOW) {
    const { dock, panels } = factoryArrangement(body?.factory ?? 'day', room, (view) => panelView(view) !== undefined);
    keeper.laidOut({ ...panels, ...saved.panels });
    api.fromJSON(dock, { reuseExistingPanels: true });
    return { factory: true, broken: false };
  }
  const dock = saved.dock === null ? null : readDock(saved);
  try {
    if (dock) {
      api.fromJSON(dock, { reuseExistingPanels: true });
      for (const id of unplaced(dock, saved.panels)) {
        const panel = saved.panels[id];
        if (panel) api.addPanel({ id, component: 'panel', title: panel.view });
      }
      return { factory: false, broken: false };
    }
  } catch (error) {
    reportError(error);
  }
  placeAnew(api, saved.panels);
  return { factory: false, broken: saved.dock !== null };
}

/** Follows the user's hand, and tells the keeper what has changed. A window that grows or shrinks changes nothing. */
function useArrangement(api: DockviewApi | null, box: HTMLElement | null): void {
  const keeper = useKeeper();
  const workstation = useWorkstation();
  const era = useWorkspaces((state) => state.era);
  const ready = useWorkspaces((state) => state.bodies !== null);
  const windowId = useWorkspaces((state) => state.windowId);
  useEffect(() => {
    if (!api || !box || !ready) return;
    api.layout(box.clientWidth, box.clientHeight, true);
    let shape = '';
    let room = '';
    let last = api.toJSON();
    let mending = false;
    const measure = (): string => `${api.width}x${api.height}`;
    const lay = (): Laid => {
      const laid = layOut(api, keeper, windowId);
      last = api.toJSON();
      shape = dockShape(last);
      room = measure();
      return laid;
    };
    let laid = lay();
    if (laid.broken) {
      workstation.notify({
        level: 'caution',
        title: text('workspace.brokenTitle'),
        body: text('workspace.brokenBody'),
      });
    }
    const watch = api.onDidLayoutChange(() => {
      // While a group covers the others, or before the next workspace is laid out, there is no arrangement to keep.
      if (mending || era !== useWorkspaces.getState().era || api.hasMaximizedGroup()) return;
      let json = api.toJSON();
      if (room !== measure()) {
        room = measure();
        shape = dockShape(json);
        last = json;
        return;
      }
      if (treeOf(json) !== treeOf(last)) {
        mending = true;
        api.fromJSON(keptSizes(last, json), { reuseExistingPanels: true });
        mending = false;
        json = api.toJSON();
      }
      last = json;
      const next = dockShape(json);
      if (next === shape) return;
      shape = next;
      laid = { factory: false, broken: false };
      keep(keeper, json);
    });
    // The factory's own arrangement suits the window, whatever size it takes.
    const sizes = new ResizeObserver(() => {
      if (!laid.factory || room === `${box.clientWidth}x${box.clientHeight}`) return;
      api.layout(box.clientWidth, box.clientHeight, true);
      laid = lay();
    });
    sizes.observe(box);
    dockStands();
    return () => {
      sizes.disconnect();
      watch.dispose();
    };
  }, [api, box, keeper, workstation, era, ready, windowId]);
}

/** Panels that were closed are forgotten together with their place. */
function keep(keeper: WorkspaceKeeper, json: SerializedDockview): void {
  const { panels } = useWorkspaces.getState();
  const standing = Object.fromEntries(Object.entries(panels).filter(([id]) => json.panels[id] !== undefined));
  if (Object.keys(standing).length !== Object.keys(panels).length) useWorkspaces.setState({ panels: standing });
  keeper.arranged(json);
}

/** Brings to the front what actions ask for. */
function useAsked(api: DockviewApi | null): void {
  useEffect(() => {
    if (!api) return;
    return useWork.subscribe((now) => {
      if (now.asked !== null) showInDock(now.asked);
    });
  }, [api]);
}

export function Dock(): JSX.Element {
  const language = useText();
  const [api, setApi] = useState<DockviewApi | null>(null);
  const ready = useCallback((event: DockviewReadyEvent) => {
    setDock(event.api);
    setApi(event.api);
  }, []);
  useEffect(() => () => setDock(null), []);
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  useArrangement(api, box);
  useAsked(api);
  // Named in the language in force.
  const messages = useMemo(() => dockMessages(language), [language]);
  return (
    <div className="dock" ref={setBox} data-testid="dock">
      <DockviewReact
        components={COMPONENTS}
        defaultTabComponent={PanelTab}
        rightHeaderActionsComponent={GroupHead}
        watermarkComponent={EmptyDock}
        theme={THEME}
        nonce={nonce}
        messages={messages}
        onReady={ready}
      />
    </div>
  );
}
