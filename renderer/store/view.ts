/** What the user has chosen to look at: issue, account, looks. Kept by the core as preferences. */
import { create } from 'zustand';
import type { Preferences } from '#shared/contract/index.ts';
import { Interval } from '#shared/domain/index.ts';

export interface ViewState {
  /** True once the core's preferences have arrived. */
  readonly loaded: boolean;
  readonly instrumentId: string | null;
  readonly accountId: string | null;
  readonly interval: Interval;
  /** The first issues of the first watchlist; told by client/watchlists.ts. */
  readonly watchlist: readonly string[];
  readonly recents: readonly string[];
  readonly panelLists: Preferences['panelLists'];
  readonly theme: Preferences['theme'];
  readonly upDown: Preferences['upDown'];
  readonly language: Preferences['language'];
  readonly viClasses: Preferences['viClasses'];
  readonly workspaceId: string | null;
  readonly tourDone: boolean;
}

export const DEFAULT_INTERVAL: Interval = '1m';

export const useView = create<ViewState>(() => ({
  loaded: false,
  instrumentId: null,
  accountId: null,
  interval: DEFAULT_INTERVAL,
  watchlist: [],
  recents: [],
  panelLists: {},
  theme: 'dark',
  upDown: 'kr',
  language: 'ko',
  viClasses: {},
  workspaceId: null,
  tourDone: false,
}));

/** Takes over the core's preferences. */
export function applyPreferences(preferences: Preferences): void {
  const interval = Interval.safeParse(preferences.interval);
  useView.setState({
    loaded: true,
    instrumentId: preferences.instrumentId,
    accountId: preferences.accountId,
    interval: interval.success ? interval.data : DEFAULT_INTERVAL,
    recents: preferences.recents,
    panelLists: preferences.panelLists,
    theme: preferences.theme,
    upDown: preferences.upDown,
    language: preferences.language,
    viClasses: preferences.viClasses,
    workspaceId: preferences.workspaceId,
    tourDone: preferences.tourDone,
  });
}
