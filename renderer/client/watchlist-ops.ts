/** What can be done to a watchlist: each act gives a new list in which every other issue keeps its place. */
import { type Watchlist, WATCHED_LIMIT, type WatchFolder } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** Folders of one list; the schema's bound. */
export const FOLDERS_LIMIT = 200;

/** Where an issue stands: the number of its folder, and its number within it. */
export interface WatchPlace {
  readonly folder: number;
  readonly index: number;
}

const NO_FOLDER: WatchFolder = { name: '', collapsed: false, instrumentIds: [] };

/** The issues of a list from top to bottom, each once. */
export function idsOf(list: Watchlist): readonly string[] {
  return [...new Set(list.folders.flatMap((folder) => folder.instrumentIds))];
}

export function placeOf(list: Watchlist, id: string): WatchPlace | null {
  for (const [folder, { instrumentIds }] of list.folders.entries()) {
    const index = instrumentIds.indexOf(id);
    if (index !== -1) return { folder, index };
  }
  return null;
}

/** A list of one nameless folder. */
export function newWatchlist(name: string, place: number, ids: readonly string[] = []): Watchlist {
  return { name, place, folders: [{ ...NO_FOLDER, instrumentIds: [...new Set(ids)].slice(0, WATCHED_LIMIT) }] };
}

function withFolder(list: Watchlist, at: number, change: (folder: WatchFolder) => WatchFolder): Watchlist {
  return { ...list, folders: list.folders.map((folder, number) => (number === at ? change(folder) : folder)) };
}

/** Puts issues that the list does not hold yet into a folder, by default at the end of the first. Throws WATCH_FULL. */
export function addIssues(list: Watchlist, ids: readonly string[], at: Partial<WatchPlace> = {}): Watchlist {
  const known = new Set(idsOf(list));
  const fresh = [...new Set(ids)].filter((id) => !known.has(id));
  if (fresh.length === 0) return list;
  if (known.size + fresh.length > WATCHED_LIMIT)
    throw new AppError('WATCH_FULL', { limit: WATCHED_LIMIT, count: known.size });
  const whole = list.folders.length === 0 ? { ...list, folders: [NO_FOLDER] } : list;
  const folder = Math.min(Math.max(at.folder ?? 0, 0), whole.folders.length - 1);
  return withFolder(whole, folder, (old) => {
    const index = Math.min(at.index ?? old.instrumentIds.length, old.instrumentIds.length);
    return { ...old, instrumentIds: old.instrumentIds.toSpliced(index, 0, ...fresh) };
  });
}

export function removeIssues(list: Watchlist, ids: readonly string[]): Watchlist {
  const gone = new Set(ids);
  return {
    ...list,
    folders: list.folders.map((folder) => ({
      ...folder,
      instrumentIds: folder.instrumentIds.filter((id) => !gone.has(id)),
    })),
  };
}

/** Moves an issue before the one that stands at a place now; an index beyond the folder puts it last. */
export function moveIssue(list: Watchlist, id: string, to: WatchPlace): Watchlist {
  const from = placeOf(list, id);
  if (!from || to.folder < 0 || to.folder >= list.folders.length) return list;
  const index = from.folder === to.folder && from.index < to.index ? to.index - 1 : to.index;
  return addIssues(removeIssues(list, [id]), [id], { folder: to.folder, index });
}

/** Moves an issue one place up (−1) or down (+1), over the edge of its folder into the next one. */
export function stepIssue(list: Watchlist, id: string, step: -1 | 1): Watchlist {
  const from = placeOf(list, id);
  if (!from) return list;
  const { folder, index } = from;
  const own = list.folders[folder]?.instrumentIds.length ?? 0;
  if (step === -1) {
    if (index > 0) return moveIssue(list, id, { folder, index: index - 1 });
    const above = list.folders[folder - 1];
    return above ? moveIssue(list, id, { folder: folder - 1, index: above.instrumentIds.length }) : list;
  }
  if (index < own - 1) return moveIssue(list, id, { folder, index: index + 2 });
  return moveIssue(list, id, { folder: folder + 1, index: 0 });
}

/** A new folder below the others. Throws WATCH_FOLDERS_FULL. */
export function addFolder(list: Watchlist, name: string): Watchlist {
  if (list.folders.length >= FOLDERS_LIMIT) throw new AppError('WATCH_FOLDERS_FULL', { limit: FOLDERS_LIMIT });
  return { ...list, folders: [...list.folders, { ...NO_FOLDER, name }] };
}

export function renameFolder(list: Watchlist, at: number, name: string): Watchlist {
  return withFolder(list, at, (folder) => ({ ...folder, name }));
}

export function foldFolder(list: Watchlist, at: number, collapsed: boolean): Watchlist {
  return withFolder(list, at, (folder) => ({ ...folder, collapsed }));
}

/** Takes a folder away with what is in it; `putBackFolder` is the way back. */
export function removeFolder(list: Watchlist, at: number): Watchlist {
  return { ...list, folders: list.folders.filter((_, number) => number !== at) };
}

/** Puts a folder where it was, with those of its issues that are not in the list again since. */
export function putBackFolder(list: Watchlist, at: number, folder: WatchFolder): Watchlist {
  const known = new Set(idsOf(list));
  const back = { ...folder, instrumentIds: folder.instrumentIds.filter((id) => !known.has(id)) };
  return { ...list, folders: list.folders.toSpliced(Math.min(at, list.folders.length), 0, back) };
}

/** Moves a folder before the one that has a number now. */
export function moveFolder(list: Watchlist, from: number, to: number): Watchlist {
  const folder = list.folders[from];
  if (!folder) return list;
  const rest = list.folders.toSpliced(from, 1);
  const at = Math.min(Math.max(from < to ? to - 1 : to, 0), rest.length);
  return { ...list, folders: rest.toSpliced(at, 0, folder) };
}

/** Puts issues into the folders that they name, making those that are missing. Throws WATCH_FULL, WATCH_FOLDERS_FULL. */
export function addSorted(
  list: Watchlist,
  rows: readonly { readonly id: string; readonly folder: string }[],
): Watchlist {
  let next = list;
  for (const name of new Set(rows.map((row) => row.folder))) {
    let folder = next.folders.findIndex((each) => each.name === name);
    if (folder === -1) {
      next = addFolder(next, name);
      folder = next.folders.length - 1;
    }
    const ids = rows.filter((row) => row.folder === name).map((row) => row.id);
    next = addIssues(next, ids, { folder });
  }
  return next;
}
