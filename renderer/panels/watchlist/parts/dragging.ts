/** Rows that are dragged: within the list they change places, elsewhere they are issues; issues from elsewhere are put in. */
import type { DragEvent, MouseEvent } from 'react';
import { useMemo, useRef } from 'react';
import type { Watchlist } from '#shared/domain/index.ts';
import { carriesIssue, carryIssue, droppedIssue } from '../../../client/issue-drag.ts';
import { placeOf, type WatchPlace } from '../../../client/watchlist-ops.ts';

const MARKS = ['drop-above', 'drop-below'] as const;

function rowUnder(target: EventTarget): { readonly element: HTMLElement; readonly id: string } | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('.ag-row') : null;
  const id = element?.getAttribute('row-id') ?? null;
  return element && id !== null ? { element, id } : null;
}

function inLowerHalf(event: DragEvent, element: HTMLElement): boolean {
  const box = element.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

/** Where something dropped on a row goes: before or after it; on a heading to the front of its folder; beside all rows to the end. */
export function dropPlace(list: Watchlist, rowId: string | null, below: boolean): WatchPlace {
  const end = { folder: Math.max(list.folders.length - 1, 0), index: Number.MAX_SAFE_INTEGER };
  if (rowId === null) return end;
  const heading = /^folder-(\d+)$/.exec(rowId);
  if (heading) return { folder: Number(heading[1]), index: 0 };
  const place = placeOf(list, rowId);
  return place ? { folder: place.folder, index: place.index + (below ? 1 : 0) } : end;
}

export interface RowDragging {
  readonly onMouseDownCapture: (event: MouseEvent) => void;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** Handlers for the element around the table; `onIssue` gets the issue and where it was dropped. */
export function useRowDragging(list: Watchlist, onIssue: (id: string, to: WatchPlace) => void): RowDragging {
  const marked = useRef<HTMLElement | null>(null);
  return useMemo(() => {
    const unmark = (): void => {
      marked.current?.classList.remove(...MARKS);
      marked.current = null;
    };
    return {
      onMouseDownCapture: (event) => {
        const row = rowUnder(event.target);
        // The grid makes its rows itself, and none of them draggable.
        if (row && placeOf(list, row.id)) row.element.draggable = true;
      },
      onDragStart: (event) => {
        const row = rowUnder(event.target);
        if (row && placeOf(list, row.id)) carryIssue(event.dataTransfer, row.id);
      },
      onDragOver: (event) => {
        if (!carriesIssue(event)) return;
        event.preventDefault();
        // The panel itself would take it as the issue to show.
        event.stopPropagation();
        const row = rowUnder(event.target);
        unmark();
        if (!row) return;
        const below = row.id.startsWith('folder-') || inLowerHalf(event, row.element);
        row.element.classList.add(below ? MARKS[1] : MARKS[0]);
        marked.current = row.element;
      },
      onDragLeave: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) unmark();
      },
      onDrop: (event) => {
        unmark();
        const id = droppedIssue(event);
        if (id === null) return;
        event.preventDefault();
        event.stopPropagation();
        const row = rowUnder(event.target);
        onIssue(id, dropPlace(list, row?.id ?? null, row !== null && inLowerHalf(event, row.element)));
      },
    };
  }, [list, onIssue]);
}
