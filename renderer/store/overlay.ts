/** What lies over the work area: one dialog at a time, and notices. */
import { create } from 'zustand';

export type DialogName =
  | 'palette'
  | 'import'
  | 'replay'
  | 'synthetic'
  | 'crash'
  | 'new-account'
  | 'resume'
  | 'adopt'
  | 'override'
  | 'shortcuts'
  | 'settings'
  | 'alerts'
  | 'switch'
  | 'arm'
  | 'pin'
  | 'wizard'
  | 'connections';

/** A message of the screen itself, such as the core's answer to an act. Alerts of the core are kept at the desk. */
export interface Notice {
  readonly id: string;
  readonly level: 'info' | 'caution' | 'high';
  readonly title: string;
  readonly body: string;
  readonly at: number;
}

/** At most this many are kept; the oldest go. */
export const NOTICES_LIMIT = 20;

interface OverlayStore {
  readonly dialog: DialogName | null;
  readonly notices: readonly Notice[];
  /** What has been folded away in this window. */
  readonly dismissed: ReadonlySet<string>;
}

export const useOverlay = create<OverlayStore>(() => ({ dialog: null, notices: [], dismissed: new Set() }));

export function openDialog(dialog: DialogName): void {
  useOverlay.setState({ dialog });
}

export function closeDialog(): void {
  useOverlay.setState({ dialog: null });
}

export function addNotice(notice: Notice): void {
  useOverlay.setState((state) => ({ notices: [...state.notices, notice].slice(-NOTICES_LIMIT) }));
}

export function dismiss(id: string): void {
  useOverlay.setState((state) => ({
    notices: state.notices.filter((notice) => notice.id !== id),
    dismissed: new Set([...state.dismissed, id]),
  }));
}
