/** Keeps the desktop's native menu the same as the list of actions, and runs what is chosen there. A browser has none. */
import { useEffect, useRef } from 'react';
import type { ShellWord } from '#shared/contract/index.ts';
import { ACTION_ROOMS, type Action } from '../client/actions.tsx';
import { findShell } from '../client/shell.ts';
import { useCore } from '../store/core.ts';
import { useDesk } from '../store/desk.ts';
import { useEnvironment } from '../store/environment.ts';
import { useOverlay } from '../store/overlay.ts';
import { useView } from '../store/view.ts';
import { useWorkspaces } from '../store/workspaces.ts';
import { type Language, translate } from '../text/index.ts';
import { browserTimers } from '../ui/platform.ts';
import { mayRun } from './hotkeys.ts';

/** What decides whether an action can run now. */
const STORES = [useCore, useDesk, useEnvironment, useOverlay, useView, useWorkspaces] as const;
/** The menu is told of a change at most so often, milliseconds: fills may come by the hundred. */
const GAP_MS = 250;

/** The list as the native menu takes it. */
export function menuOf(actions: readonly Action[], language: Language): Extract<ShellWord, { readonly kind: 'menu' }> {
  return {
    kind: 'menu',
    language,
    rooms: ACTION_ROOMS.map((room) => ({
      id: room,
      label: translate(language, `keys.room.${room}`),
      actions: actions
        .filter((action) => action.room === room)
        .map((action) => ({
          id: action.id,
          label: translate(language, action.label),
          keys: action.keys,
          enabled: mayRun(action),
        })),
    })).filter((room) => room.actions.length > 0),
  };
}

export function useNativeMenu(actions: readonly Action[]): void {
  const language = useView((state) => state.language);
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    findShell()?.onAct((id) => {
      const action = latest.current.find((each) => each.id === id);
      if (action && mayRun(action)) action.run();
    });
  }, []);
  useEffect(() => {
    const shell = findShell();
    if (!shell) return;
    let told = '';
    let waiting = false;
    let gone = false;
    const tell = (): void => {
      waiting = false;
      if (gone) return;
      const word = menuOf(actions, language);
      const text = JSON.stringify(word);
      if (text === told) return;
      told = text;
      shell.tell(word);
    };
    const later = (): void => {
      if (waiting) return;
      waiting = true;
      browserTimers.after(GAP_MS, tell);
    };
    tell();
    const stops = STORES.map((store) => store.subscribe(later));
    return () => {
      gone = true;
      for (const stop of stops) stop();
    };
  }, [actions, language]);
}
