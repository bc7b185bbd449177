/** What the user does to the list of a panel, and the way back from what was taken away. */
import { useCallback, useMemo, useState } from 'react';
import type { Watchlist } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import {
  addFolder,
  addIssues,
  foldFolder,
  idsOf,
  moveFolder,
  moveIssue,
  placeOf,
  putBackFolder,
  removeFolder,
  removeIssues,
  renameFolder,
  stepIssue,
  type WatchPlace,
} from '../../../client/watchlist-ops.ts';
import type { NamedList } from '../../../client/watchlists.ts';
import { nameOf } from '../../../store/instruments.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';

/** The longest name of a list or a folder. */
export const NAME_CHARS = 40;

/** Something was taken away, and can be brought back. */
export interface Undo {
  readonly text: string;
  /** null: nothing to bring back, it is only said. */
  readonly run: (() => Promise<unknown>) | null;
}

export interface ListActs {
  readonly undo: Undo | null;
  readonly say: (text: string) => void;
  readonly forgetUndo: () => void;
  readonly show: (id: string) => void;
  readonly create: () => void;
  readonly rename: (name: string) => void;
  readonly duplicate: () => void;
  readonly remove: () => void;
  readonly step: (by: -1 | 1) => void;
  readonly add: (ids: readonly string[], at?: Partial<WatchPlace>) => void;
  readonly take: (id: string) => void;
  readonly move: (id: string, to: WatchPlace) => void;
  readonly stepRow: (id: string, by: -1 | 1) => void;
  readonly addFolder: () => void;
  readonly renameFolder: (at: number, name: string) => void;
  readonly removeFolder: (at: number) => void;
  readonly stepFolder: (at: number, by: -1 | 1) => void;
  readonly fold: (at: number, collapsed: boolean) => void;
  readonly change: (act: (list: Watchlist) => Watchlist) => Promise<boolean>;
}

/** Puts a list into this panel; kept by the panel's name. */
function useShow(): (id: string) => void {
  const workstation = useWorkstation();
  const { panelId } = usePanel();
  return useCallback(
    (id: string) => {
      const { panelLists } = useView.getState();
      void workstation.setPreferences({ panelLists: { ...panelLists, [panelId]: id } });
    },
    [workstation, panelId],
  );
}

export function useListActs(lists: readonly NamedList[], shown: NamedList | null): ListActs {
  const t = useText();
  const { watchlists } = useWorkstation();
  const show = useShow();
  const [undo, setUndo] = useState<Undo | null>(null);
  const id = shown?.id ?? '';
  const list = shown?.list ?? null;
  return useMemo(() => {
    const change = (act: (list: Watchlist) => Watchlist): Promise<boolean> => watchlists.change(id, act);
    const back = (text: string, act: (list: Watchlist) => Watchlist): void =>
      setUndo({ text, run: () => watchlists.change(id, act) });
    const make = (name: string, folders?: Watchlist['folders']): void => {
      void watchlists.create(name.slice(0, NAME_CHARS), folders).then((made) => {
        if (made !== null) show(made);
      });
    };
    return {
      undo,
      say: (text) => setUndo({ text, run: null }),
      forgetUndo: () => setUndo(null),
      show,
      create: () => make(t('watch.newName', { number: lists.length + 1 })),
      rename: (name) => void change((old) => ({ ...old, name })),
      duplicate: () => {
        if (list) make(t('watch.copyName', { name: list.name.slice(0, NAME_CHARS - 10) }), list.folders);
      },
      remove: () => {
        if (!list) return;
        void watchlists.remove(id).then((bringBack) => {
          if (bringBack)
            setUndo({
              text: t('watch.removedList', { name: list.name }),
              run: () => bringBack().then(() => show(id)),
            });
        });
      },
      step: (by) => void watchlists.step(id, by),
      add: (ids, at) => void change((old) => addIssues(old, ids, at)),
      take: (issue) => {
        const place = list && placeOf(list, issue);
        if (!place) return;
        void change((old) => removeIssues(old, [issue])).then((done) => {
          if (done) back(t('watch.removed', { name: nameOf(issue) }), (old) => addIssues(old, [issue], place));
        });
      },
      move: (issue, to) => void change((old) => moveIssue(old, issue, to)),
      stepRow: (issue, by) => void change((old) => stepIssue(old, issue, by)),
      addFolder: () => void change((old) => addFolder(old, t('watch.newFolderName'))),
      renameFolder: (at, name) => void change((old) => renameFolder(old, at, name)),
      removeFolder: (at) => {
        const folder = list?.folders[at];
        if (!folder) return;
        void change((old) => removeFolder(old, at)).then((done) => {
          if (done)
            back(t('watch.removedFolder', { name: folder.name || t('watch.unnamed') }), (old) =>
              putBackFolder(old, at, folder),
            );
        });
      },
      stepFolder: (at, by) => void change((old) => moveFolder(old, at, by === 1 ? at + 2 : at - 1)),
      fold: (at, collapsed) => void change((old) => foldFolder(old, at, collapsed)),
      change,
    };
  }, [watchlists, id, list, lists.length, show, undo, t]);
}

/** The folder that new issues go into: that of the issue in view, else the first. */
export function folderFor(list: Watchlist, selected: string | null): number {
  return (selected === null ? null : placeOf(list, selected))?.folder ?? 0;
}

export function holds(list: Watchlist, id: string): boolean {
  return idsOf(list).includes(id);
}
