/** Views that are asked for before the dock stands: all are shown once it does, in order, the newest in front. */
import type { DockviewApi } from 'dockview-react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlacedPanel } from '#shared/domain/index.ts';
import { dockStands, setDock, showInDock } from '../../../renderer/app/dock/acts.ts';
import { useWorkspaces } from '../../../renderer/store/workspaces.ts';

/** The views themselves need a page, and what is shown of them is not at issue. */
vi.mock('../../../renderer/app/panels.ts', () => ({ panelView: (id: string) => ({ id, many: false }) }));

interface Shown {
  readonly id: string;
  readonly api: { readonly width: number; readonly height: number; setActive(): void };
}

/** A dock with these panels, and what is in front, in the order in which it came there. */
function dockOf(placed: Readonly<Record<string, PlacedPanel>>): {
  readonly api: DockviewApi;
  readonly front: readonly string[];
} {
  const front: string[] = [];
  const panelOf = (id: string): Shown => ({
    id,
    api: { width: 400, height: 300, setActive: () => void front.push(useWorkspaces.getState().panels[id]?.view ?? '') },
  });
  const panels = Object.keys(placed).map(panelOf);
  useWorkspaces.setState({ panels: placed });
  const api = {
    panels,
    activePanel: panels[0],
    getPanel: (id: string) => panels.find((panel) => panel.id === id),
    addPanel: ({ id }: { readonly id: string }) => {
      const panel = panelOf(id);
      panels.push(panel);
      panel.api.setActive();
    },
  };
  return { api: api as unknown as DockviewApi, front };
}

const placed = (view: string): PlacedPanel => ({ view, group: 'A', instrumentId: null });

describe('views that are asked for before the dock stands', () => {
  beforeEach(() => setDock(null));

  it('are all shown once it does, the newest in front', () => {
    showInDock('chart');
    showInDock('scenarios');
    showInDock('threats');
    const { api, front } = dockOf({ c: placed('chart'), t: placed('threats') });
    setDock(api);
    showInDock('orders');
    expect(front).toEqual([]);
    dockStands();
    expect(front).toEqual(['chart', 'scenarios', 'threats', 'orders']);
  });

  it('are shown once each, where they were asked for last', () => {
    showInDock('threats');
    showInDock('chart');
    showInDock('threats');
    const { api, front } = dockOf({ c: placed('chart') });
    setDock(api);
    dockStands();
    expect(front).toEqual(['chart', 'threats']);
    expect(Object.values(useWorkspaces.getState().panels).filter(({ view }) => view === 'threats')).toHaveLength(1);
  });

  it('are not shown again when the dock stands anew', () => {
    showInDock('threats');
    const first = dockOf({ c: placed('chart') });
    setDock(first.api);
    dockStands();
    setDock(null);
    const second = dockOf({ c: placed('chart') });
    setDock(second.api);
    dockStands();
    expect([first.front, second.front]).toEqual([['threats'], []]);
  });
});
