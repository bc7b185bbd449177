/** The rows of a watchlist: folders as headings, issues below them in the user's order. */
import type { IRowNode } from 'ag-grid-community';
import { codeOf, type Instrument, type Watchlist } from '#shared/domain/index.ts';

export interface IssueRow {
  readonly kind: 'issue';
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly folder: number;
}

export interface FolderRow {
  readonly kind: 'folder';
  readonly id: string;
  readonly folder: number;
  readonly name: string;
  readonly count: number;
  readonly collapsed: boolean;
}

export type WatchRow = IssueRow | FolderRow;

/** A list of one nameless folder needs no headings. */
export function hasHeadings(list: Watchlist): boolean {
  return list.folders.length > 1 || list.folders.some((folder) => folder.name !== '');
}

/** An issue stands once, where it stands first. */
export function watchRows(list: Watchlist, byId: ReadonlyMap<string, Instrument>): readonly WatchRow[] {
  const headings = hasHeadings(list);
  const seen = new Set<string>();
  return list.folders.flatMap(({ name, collapsed, instrumentIds }, folder): WatchRow[] => {
    const issues = instrumentIds
      .filter((id) => !seen.has(id) && seen.add(id))
      .map((id): IssueRow => ({
        kind: 'issue',
        id,
        name: byId.get(id)?.nameKo ?? codeOf(id),
        code: codeOf(id),
        folder,
      }));
    if (!headings) return issues;
    const head: FolderRow = { kind: 'folder', id: `folder-${folder}`, folder, name, count: issues.length, collapsed };
    return collapsed ? [head] : [head, ...issues];
  });
}

/** Puts sorted rows back under their folders; the sort holds within each. Changes the array, as the grid asks. */
export function regroup(nodes: IRowNode<WatchRow>[]): void {
  const folders = new Map<number, IRowNode<WatchRow>[]>();
  for (const node of nodes) {
    if (!node.data) continue;
    const group = folders.get(node.data.folder) ?? [];
    folders.set(node.data.folder, group);
    if (node.data.kind === 'folder') group.unshift(node);
    else group.push(node);
  }
  const order = [...folders].sort(([a], [b]) => a - b).flatMap(([, group]) => group);
  for (const [at, node] of order.entries()) nodes[at] = node;
}
