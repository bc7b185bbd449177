/** An issue dragged from one panel to another, as typed data. */
import type { DragEvent } from 'react';
import { InstrumentId } from '#shared/domain/index.ts';

const ISSUE_TYPE = 'application/x-maru-issue';

/** Makes an element one that carries an issue; other programs get its code as text. */
export function issueDragProps(instrumentId: string): {
  readonly draggable: true;
  readonly onDragStart: (event: DragEvent) => void;
} {
  return {
    draggable: true,
    onDragStart: (event) => carryIssue(event.dataTransfer, instrumentId),
  };
}

/** Puts an issue into a drag that has begun. */
export function carryIssue(transfer: DataTransfer, instrumentId: string): void {
  transfer.setData(ISSUE_TYPE, instrumentId);
  transfer.setData('text/plain', instrumentId.split(':')[1] ?? instrumentId);
  transfer.effectAllowed = 'copyMove';
}

/** Whether a drag over an element carries an issue; its name is told only by the drop. */
export function carriesIssue(event: { readonly dataTransfer: DataTransfer | null }): boolean {
  return event.dataTransfer?.types.includes(ISSUE_TYPE) ?? false;
}

/** The issue that was dropped; null where it was something else. */
export function droppedIssue(event: { readonly dataTransfer: DataTransfer | null }): string | null {
  const read = InstrumentId.safeParse(event.dataTransfer?.getData(ISSUE_TYPE));
  return read.success ? read.data : null;
}
