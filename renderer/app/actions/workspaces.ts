/** Workspaces, their panels, and how everything looks. */
import type { Preferences } from '#shared/contract/index.ts';
import { DEFAULT_NOTICES, NOTICES_ID } from '#shared/domain/index.ts';
import type { Action } from '../../client/actions.tsx';
import type { Workstation } from '../../client/workstation.ts';
import { showView } from '../../store/work.ts';
import { useView } from '../../store/view.ts';
import { useWorkspaces } from '../../store/workspaces.ts';
import type { TextKey } from '../../text/index.ts';
import type { PanelView } from '../../ui/panel-view.ts';
import type { WorkspaceKeeper } from '../dock/keeper.ts';
import { opens, roomOf } from './make.ts';

const panel = roomOf('panels');
const workspace = roomOf('workspace');
const look = roomOf('looks');
const help = roomOf('help');

const NTH = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Keys of the panels that are looked at most in passing. */
const PANEL_KEYS: Readonly<Record<string, string>> = {
  rules: 'F2',
  line: 'F3',
  alerts: 'F4',
  board: 'F7',
  conditional: 'F8',
  threats: 'F9',
};

/** F6 walks the panels in the order of the page. */
function focusNextPanel(): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')];
  const at = panels.findIndex((each) => each.contains(document.activeElement));
  panels[(at + 1) % panels.length]?.focus();
}

/** One action a view: brings it to the front, or adds it. */
export function panelActions(views: readonly Pick<PanelView, 'id' | 'title'>[]): readonly Action[] {
  return [
    panel('next-panel', { label: 'action.nextPanel', icon: 'list', keys: 'F6', run: focusNextPanel }),
    ...views.map(({ id, title }) => {
      const keys = PANEL_KEYS[id];
      return panel(`show-${id}`, {
        label: title,
        icon: 'list',
        ...(keys === undefined ? {} : { keys }),
        run: () => showView(id),
      });
    }),
  ];
}

/** Alt and a figure: the workspaces in the order of their tabs. */
export function workspaceActions(keeper: WorkspaceKeeper): readonly Action[] {
  const nth = (at: number): string | undefined => [...(useWorkspaces.getState().bodies?.keys() ?? [])][at];
  return [
    ...NTH.map((n) =>
      workspace(`workspace-${n}`, {
        label: `action.workspace.${n}` as TextKey,
        icon: 'list',
        keys: `Alt+${n}`,
        enabled: () => nth(n - 1) !== undefined,
        run: () => {
          const id = nth(n - 1);
          if (id !== undefined) void keeper.open(id);
        },
      }),
    ),
    workspace('workspace-put-back', { label: 'workspace.putBack', icon: 'refresh', run: () => void keeper.putBack() }),
  ];
}

/** The next of some values, round. */
function nextOf<T>(values: readonly [T, ...T[]], now: T): T {
  return values[(values.indexOf(now) + 1) % values.length] ?? values[0];
}

/** Do not disturb, on or off. */
function turnQuiet(workstation: Workstation): void {
  workstation.documents
    .edit('notices', NOTICES_ID, (body) => {
      const notices = body ?? DEFAULT_NOTICES;
      return { ...notices, quiet: { ...notices.quiet, now: !notices.quiet.now } };
    })
    .catch((error: unknown) => workstation.fail(error));
}

export function lookActions(workstation: Workstation): readonly Action[] {
  const set = (change: Partial<Preferences>): void => void workstation.setPreferences(change);
  const view = useView.getState;
  return [
    look('next-theme', {
      label: 'action.nextTheme',
      icon: 'gear',
      keys: 'Ctrl+Alt+T',
      run: () => set({ theme: nextOf(['dark', 'light', 'hc'], view().theme) }),
    }),
    look('next-palette', {
      label: 'action.nextPalette',
      icon: 'gear',
      run: () => set({ upDown: nextOf(['kr', 'west', 'safe'], view().upDown) }),
    }),
    look('next-language', {
      label: 'action.nextLanguage',
      icon: 'gear',
      run: () => set({ language: nextOf(['ko', 'en'], view().language) }),
    }),
    look(...opens('alerts', { label: 'alerts.title', icon: 'bell', keys: 'Ctrl+Alt+N' })),
    look('quiet', { label: 'action.quiet', icon: 'bell', run: () => turnQuiet(workstation) }),
    look(...opens('settings', { label: 'settings.title', icon: 'gear', keys: 'Ctrl+,' })),
  ];
}

export function helpActions(startTour: () => void): readonly Action[] {
  return [
    help(...opens('palette', { label: 'top.find', icon: 'search', keys: 'Ctrl+K' })),
    help(...opens('shortcuts', { label: 'shortcuts.title', icon: 'info', keys: '?' })),
    help('tour', { label: 'tour.title', icon: 'info', run: startTour }),
  ];
}
