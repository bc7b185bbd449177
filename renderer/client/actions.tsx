/** The one list of what a user can do by name or key: menu, palette, hotkeys, context menus and tests read it. */
import { createContext, useContext } from 'react';
import type { TextKey } from '../text/index.ts';
import type { IconName } from '../ui/icons.tsx';

/** Rooms of the list, in the order of the menu. */
export const ACTION_ROOMS = ['orders', 'market', 'panels', 'workspace', 'environment', 'looks', 'help'] as const;
export type ActionRoom = (typeof ACTION_ROOMS)[number];

export interface Action {
  /** Saved bindings name the action by it: never renamed. */
  readonly id: string;
  readonly room: ActionRoom;
  readonly label: TextKey;
  readonly icon: IconName;
  /** As "Ctrl+Shift+X"; null where there is none. */
  readonly keys: string | null;
  readonly enabled: () => boolean;
  readonly run: () => void;
}

const ActionsContext = createContext<readonly Action[]>([]);

export const ActionsProvider = ActionsContext.Provider;

export function useActions(): readonly Action[] {
  return useContext(ActionsContext);
}

/** Some actions by their ids, in the order asked for; those that cannot run now are left out. */
export function pickActions(actions: readonly Action[], ids: readonly string[]): readonly Action[] {
  return ids.flatMap((id) => actions.filter((action) => action.id === id && action.enabled()));
}
