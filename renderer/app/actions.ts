/** Everything a user can do by name or key. Palette, hotkeys and the list of keys read this. */
import { type Environment, MAX_SPEED, isOpen } from '#shared/domain/index.ts';
import { openWizard } from '../client/connections.ts';
import type { Workstation } from '../client/workstation.ts';
import { useCore } from '../store/core.ts';
import { useDesk } from '../store/desk.ts';
import { writeOrder } from '../store/draft.ts';
import { atBroker, useEnvironment, usesKis } from '../store/environment.ts';
import { type DialogName, openDialog } from '../store/overlay.ts';
import { useView } from '../store/view.ts';
import { showView } from '../store/work.ts';
import { useWorkspaces } from '../store/workspaces.ts';
import type { TextKey } from '../text/index.ts';
import { environmentIcon } from '../ui/environment-icon.ts';
import type { IconName } from '../ui/icons.tsx';
import type { WorkspaceKeeper } from './dock/keeper.ts';
import { ENVIRONMENTS } from './environment-switch.tsx';

export interface Action {
  readonly id: string;
  readonly label: TextKey;
  readonly icon: IconName;
  /** As "Ctrl+Shift+X"; null where there is none. */
  readonly keys: string | null;
  readonly enabled: () => boolean;
  readonly run: () => void;
}

const WORKSPACE_KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `action.workspace.${n}` as TextKey);

const always = (): boolean => true;
const inSimulation = (): boolean => !usesKis(useCore.getState().environment);
const hasMarket = (): boolean => useCore.getState().status !== null;

function dialogAction(
  id: DialogName,
  label: TextKey,
  icon: IconName,
  of: { readonly keys?: string; readonly enabled?: () => boolean } = {},
): Action {
  const { keys = null, enabled = always } = of;
  return { id: `open-${id}`, label, icon, keys, enabled, run: () => openDialog(id) };
}

/** F6 walks the panels in the order of the page. */
function focusNextPanel(): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')];
  const at = panels.findIndex((panel) => panel.contains(document.activeElement));
  panels[(at + 1) % panels.length]?.focus();
}

function marketActions(workstation: Workstation): readonly Action[] {
  return [
    {
      id: 'toggle-play',
      label: 'action.togglePlay',
      icon: 'pause',
      keys: 'Ctrl+Space',
      enabled: hasMarket,
      run: () => workstation.market.togglePlay(),
    },
    {
      id: 'step',
      label: 'play.step',
      icon: 'stepf',
      keys: null,
      enabled: () => useCore.getState().status?.running === false,
      run: () => workstation.market.step(),
    },
    {
      id: 'speed-1',
      label: 'action.speed1',
      icon: 'play',
      keys: null,
      enabled: hasMarket,
      run: () => workstation.market.setSpeed(1),
    },
    {
      id: 'speed-max',
      label: 'action.speedMax',
      icon: 'skip',
      keys: null,
      enabled: hasMarket,
      run: () => workstation.market.setSpeed(MAX_SPEED),
    },
    {
      id: 'jump-open',
      label: 'action.jumpOpen',
      icon: 'skip',
      keys: null,
      enabled: hasMarket,
      run: () => workstation.market.jump('open'),
    },
    {
      id: 'jump-close-auction',
      label: 'action.jumpCloseAuction',
      icon: 'skip',
      keys: null,
      enabled: hasMarket,
      run: () => workstation.market.jump('closeAuction'),
    },
    {
      id: 'jump-close',
      label: 'action.jumpClose',
      icon: 'skip',
      keys: null,
      enabled: hasMarket,
      run: () => workstation.market.jump('close'),
    },
    {
      id: 'jump-after-market',
      label: 'action.jumpAfterMarket',
      icon: 'skip',
      keys: null,
      enabled: hasMarket,
      run: () => workstation.market.jump('afterMarket'),
    },
    {
      id: 'jump-day-end',
      label: 'action.jumpDayEnd',
      icon: 'skip',
      keys: null,
      enabled: hasMarket,
      run: () => workstation.market.jump('dayEnd'),
    },
    {
      id: 'jump-next-day',
      label: 'action.jumpNextDay',
      icon: 'skip',
      keys: null,
      enabled: hasMarket,
      run: () => workstation.market.jump('nextDay'),
    },
  ];
}

/** Where an environment can be switched to now: its only connection, or the first of several; null where none. */
function openChoice(environment: Environment): { readonly connectionId: string | null } | null {
  const choices = useEnvironment.getState().status?.choices ?? [];
  const open = choices.filter((choice) => choice.environment === environment && choice.reasonKo === null);
  // Of several connections none is taken by a key: which account it is, is chosen in the menu.
  return open.length === 1 ? (open[0] ?? null) : null;
}

function environmentActions(workstation: Workstation): readonly Action[] {
  const lock = (): string => useEnvironment.getState().status?.lock.state ?? 'none';
  return [
    ...ENVIRONMENTS.map((environment, index): Action => ({
      id: `env-${environment}`,
      label: `action.env.${environment}`,
      icon: environmentIcon(environment, false),
      keys: `Ctrl+${index + 1}`,
      enabled: () => openChoice(environment) !== null,
      run: () => {
        const choice = openChoice(environment);
        if (choice) workstation.switchTo({ environment, connectionId: choice.connectionId });
      },
    })),
    {
      id: 'lock-real',
      label: 'lock.now',
      icon: 'lock',
      keys: 'Ctrl+L',
      enabled: () => lock() === 'armed',
      run: () => workstation.lockReal(),
    },
    dialogAction('arm', 'lock.open', 'unlock', { enabled: () => lock() === 'locked' }),
    dialogAction('pin', 'pin.setOrChange', 'lock'),
    { id: 'wizard', label: 'wizard.open', icon: 'plus', keys: null, enabled: always, run: () => openWizard() },
    dialogAction('connections', 'conn.title', 'plug'),
    { id: 'line', label: 'panel.line', icon: 'wave', keys: 'F3', enabled: always, run: () => showView('line') },
  ];
}

/** Alt and a figure: the workspaces in the order of their tabs. */
function workspaceActions(keeper: WorkspaceKeeper): readonly Action[] {
  const nth = (at: number): string | undefined => [...(useWorkspaces.getState().bodies?.keys() ?? [])][at];
  return WORKSPACE_KEYS.map((label, at) => ({
    id: `workspace-${at + 1}`,
    label,
    icon: 'list',
    keys: `Alt+${at + 1}`,
    enabled: () => nth(at) !== undefined,
    run: () => {
      const id = nth(at);
      if (id !== undefined) void keeper.open(id);
    },
  }));
}

export function actionsOf(workstation: Workstation, keeper: WorkspaceKeeper): readonly Action[] {
  const account = (): string | null => {
    const { accounts } = useDesk.getState();
    const chosen = useView.getState().accountId;
    if (chosen !== null && accounts.has(chosen)) return chosen;
    const [first] = accounts.keys();
    return first ?? null;
  };
  return [
    dialogAction('palette', 'top.find', 'search', { keys: 'Ctrl+K' }),
    {
      id: 'buy',
      label: 'action.buy',
      icon: 'plus',
      keys: 'Ctrl+B',
      enabled: always,
      run: () => writeOrder({ side: 'buy' }),
    },
    {
      id: 'sell',
      label: 'action.sell',
      icon: 'minus',
      keys: 'Ctrl+S',
      enabled: always,
      run: () => writeOrder({ side: 'sell' }),
    },
    {
      id: 'cancel-open',
      label: 'orders.cancelAll',
      icon: 'x',
      keys: 'Ctrl+Delete',
      enabled: () => [...useDesk.getState().orders.values()].some((order) => isOpen(order.state)),
      run: () => workstation.cancelAll(account()),
    },
    {
      id: 'halt',
      label: 'top.kill',
      icon: 'stop',
      keys: 'Ctrl+Shift+X',
      enabled: () => useDesk.getState().tradingState?.state !== 'halted',
      run: () => workstation.halt(),
    },
    {
      id: 'resume',
      label: 'resume.title',
      icon: 'play',
      keys: null,
      enabled: () => useDesk.getState().tradingState?.state === 'halted',
      run: () => openDialog('resume'),
    },
    {
      id: 'adopt',
      label: 'adopt.title',
      icon: 'shield',
      keys: null,
      enabled: () =>
        useDesk.getState().tradingState?.state === 'halted' &&
        ['paper', 'real'].includes(useCore.getState().environment),
      run: () => openDialog('adopt'),
    },
    {
      id: 'reduce',
      label: 'action.reduce',
      icon: 'shield',
      keys: null,
      enabled: () => useDesk.getState().tradingState?.state === 'active',
      run: () => void workstation.act((client) => client.trading.setTradingState({ state: 'reducing' })),
    },
    {
      id: 'activate',
      label: 'action.activate',
      icon: 'check',
      keys: null,
      enabled: () => useDesk.getState().tradingState?.state === 'reducing',
      run: () => void workstation.act((client) => client.trading.setTradingState({ state: 'active' })),
    },
    ...workspaceActions(keeper),
    ...marketActions(workstation),
    {
      id: 'rules',
      label: 'action.rules',
      icon: 'book',
      keys: 'F2',
      enabled: () => useView.getState().instrumentId !== null,
      run: () => showView('rules'),
    },
    ...environmentActions(workstation),
    dialogAction('import', 'import.title', 'dl', { enabled: inSimulation }),
    dialogAction('replay', 'plan.openReplay', 'candle', { enabled: inSimulation }),
    dialogAction('synthetic', 'plan.openSynthetic', 'flask', { enabled: inSimulation }),
    dialogAction('crash', 'plan.openCrash', 'warn', { enabled: inSimulation }),
    dialogAction('new-account', 'account.newMore', 'user', {
      enabled: () => !atBroker(useCore.getState().environment),
    }),
    { id: 'next-panel', label: 'action.nextPanel', icon: 'list', keys: 'F6', enabled: always, run: focusNextPanel },
    dialogAction('settings', 'settings.title', 'gear', { keys: 'Ctrl+,' }),
    dialogAction('shortcuts', 'shortcuts.title', 'info', { keys: '?' }),
  ];
}
