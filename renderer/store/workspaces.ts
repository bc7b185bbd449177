/** The user's workspaces as this window knows them, and the panels of the one in force. */
import { create } from 'zustand';
import type { PlacedPanel, Workspace } from '#shared/domain/index.ts';

interface WorkspaceStore {
  /** Which window of the workspace this one is. */
  readonly windowId: string;
  /** By id, the factory's first; null until the core has told them. */
  readonly bodies: ReadonlyMap<string, Workspace> | null;
  readonly currentId: string;
  /** Panels of this window, by their id. */
  readonly panels: Readonly<Record<string, PlacedPanel>>;
  /** Rises when the dock has to be laid out again from what is stored. */
  readonly era: number;
  /** Windows of the workspace that are open now, this one included. */
  readonly openWindows: ReadonlySet<string>;
}

export const FIRST_WORKSPACE = 'day';

export const useWorkspaces = create<WorkspaceStore>(() => ({
  windowId: 'main',
  bodies: null,
  currentId: FIRST_WORKSPACE,
  panels: {},
  era: 0,
  openWindows: new Set(),
}));

/** Changes what a panel is: its group, or its own issue. */
export function changePanel(panelId: string, change: Partial<PlacedPanel>): void {
  useWorkspaces.setState(({ panels }) => {
    const panel = panels[panelId];
    return panel ? { panels: { ...panels, [panelId]: { ...panel, ...change } } } : {};
  });
}
