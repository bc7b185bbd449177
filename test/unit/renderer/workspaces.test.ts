/** Workspaces: layouts for every width, arrangements read again, windows that change the same one. */
import type { SerializedDockview } from 'dockview-react';
import { beforeEach, describe, expect, it } from 'vitest';
import { FACTORY_WORKSPACES, type PlacedPanel, Workspace } from '#shared/domain/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import { toEnvelope, AppError } from '#shared/errors/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { factoryArrangement } from '../../../renderer/app/dock/factory.ts';
import { WorkspaceKeeper } from '../../../renderer/app/dock/keeper.ts';
import { keptSizes, treeOf } from '../../../renderer/app/dock/kept-sizes.ts';
import { dockShape, HORIZONTAL, readDock, unplaced } from '../../../renderer/app/dock/saved-dock.ts';
import { type Said, WindowsLine, windowIdOf } from '../../../renderer/client/windows.ts';
import { useLinks } from '../../../renderer/store/links.ts';
import { changePanel, useWorkspaces } from '../../../renderer/store/workspaces.ts';

const ROOMS = [
  { width: 1_272, height: 560 },
  { width: 1_912, height: 928 },
  { width: 2_552, height: 1_290 },
];

function chart(group: PlacedPanel['group'] = 'A'): PlacedPanel {
  return { view: 'chart', group, instrumentId: null };
}

describe('factory workspaces', () => {
  it.each(FACTORY_WORKSPACES.flatMap((id) => ROOMS.map((room) => [id, room.width, room] as const)))(
    '%s at %i fills the room',
    (factory, _width, room) => {
      const { dock, panels } = factoryArrangement(factory, room, () => true);
      const read = readDock({ dock: JSON.parse(JSON.stringify(dock)) as Record<string, unknown>, panels });
      expect(read && dockShape(read)).toBe(dockShape(dock));
      const parts = dock.grid.root.data as unknown as readonly { readonly size: number }[];
      const along = dock.grid.orientation === HORIZONTAL ? room.width : room.height;
      expect(parts.reduce((sum, part) => sum + part.size, 0)).toBe(along);
    },
  );

  it('are documents that the core takes', () => {
    const { dock, panels } = factoryArrangement('day', { width: 1_912, height: 928 }, () => true);
    const body = {
      name: '데이',
      place: 0,
      factory: 'day',
      windows: { main: { dock, panels } },
      links: { B: 'KRX:005930' },
    };
    expect(Workspace.safeParse(JSON.parse(JSON.stringify(body))).success).toBe(true);
  });

  it('leave out what the program does not have, without a hole', () => {
    const { dock, panels } = factoryArrangement('day', { width: 1_912, height: 928 }, (view) => view !== 'order-book');
    expect(Object.values(panels).map((panel) => panel.view)).not.toContain('order-book');
    expect(readDock({ dock: JSON.parse(JSON.stringify(dock)) as Record<string, unknown>, panels })).not.toBeNull();
  });
});

describe('a saved arrangement', () => {
  const { dock, panels } = factoryArrangement('day', { width: 1_912, height: 928 }, () => true);
  const saved = (): Record<string, unknown> => JSON.parse(JSON.stringify(dock)) as Record<string, unknown>;

  it('has the same shape in a window of another size', () => {
    const larger = JSON.parse(JSON.stringify(dock), (key, value: unknown) =>
      ['size', 'width', 'height'].includes(key) ? (value as number) * 1.5 : value,
    ) as typeof dock;
    expect(dockShape(larger)).toBe(dockShape(dock));
  });

  it('loses the places of panels that are gone, and nothing else', () => {
    const { 'day-chart': _chart, ...rest } = panels;
    const read = readDock({ dock: saved(), panels: rest });
    expect(Object.keys(read?.panels ?? {}).sort()).toEqual(Object.keys(rest).sort());
  });

  it('says which panels it names nowhere', () => {
    const more = { ...panels, 'chart-9': chart() };
    const read = readDock({ dock: saved(), panels: more });
    expect(read && unplaced(read, more)).toEqual(['chart-9']);
  });

  it('keeps a panel whose view this version does not have', () => {
    const read = readDock({
      dock: saved(),
      panels: { ...panels, 'day-chart': { ...chart(), view: 'from-the-future' } },
    });
    expect(read?.panels['day-chart']).toBeDefined();
  });

  it.each([null, {}, { grid: 1 }, { grid: { root: { type: 'leaf' }, width: 0, height: 0, orientation: 'UP' } }])(
    'is none where it cannot be read: %j',
    (broken) => {
      expect(readDock({ dock: broken, panels })).toBeNull();
    },
  );
});

describe('sizes', () => {
  const leaf = (size: number, ...views: readonly string[]) => ({
    type: 'leaf' as const,
    size,
    data: { id: views.join(), views: [...views] },
  });
  const dockOf = (...data: readonly unknown[]): SerializedDockview =>
    ({
      grid: { root: { type: 'branch', size: 500, data }, width: 1_000, height: 500, orientation: HORIZONTAL },
      panels: {},
    }) as never;
  const sizes = (dock: SerializedDockview): readonly number[] =>
    (dock.grid.root.data as unknown as readonly { readonly size: number }[]).map((part) => part.size);
  const before = dockOf(leaf(200, 'a'), leaf(500, 'b'), leaf(300, 'c'));

  it('of a row stay when a panel comes, which takes half of its neighbour', () => {
    const after = dockOf(leaf(250, 'a'), leaf(250, 'b'), leaf(250, 'x'), leaf(250, 'c'));
    expect(sizes(keptSizes(before, after))).toEqual([200, 250, 250, 300]);
  });

  it('stay when a panel goes, whose room the largest takes', () => {
    expect(sizes(keptSizes(before, dockOf(leaf(500, 'a'), leaf(500, 'b'))))).toEqual([200, 800]);
  });

  it('stay when a panel becomes a tab of another', () => {
    expect(sizes(keptSizes(before, dockOf(leaf(500, 'a', 'c'), leaf(500, 'b'))))).toEqual([200, 800]);
  });

  it('stay below, whatever changes above', () => {
    const column = { type: 'branch', size: 600, data: [leaf(100, 'b'), leaf(400, 'd')] };
    const old = dockOf(leaf(400, 'a'), column);
    const next = dockOf(
      leaf(333, 'a'),
      { ...column, size: 333, data: [leaf(250, 'b'), leaf(250, 'd')] },
      leaf(334, 'x'),
    );
    const [, inner] = keptSizes(old, next).grid.root.data as unknown as readonly {
      readonly data: readonly { readonly size: number }[];
    }[];
    expect(inner?.data.map((part) => part.size)).toEqual([100, 400]);
  });

  it('tell a tree that has changed from one that was only stretched', () => {
    expect(treeOf(dockOf(leaf(1, 'a'), leaf(2, 'b')))).toBe(treeOf(dockOf(leaf(9, 'a'), leaf(8, 'b'))));
    expect(treeOf(dockOf(leaf(1, 'a', 'b')))).not.toBe(treeOf(dockOf(leaf(1, 'a'), leaf(1, 'b'))));
  });
});

/** A core with documents, as the keeper sees it. */
function stage(stored: Readonly<Record<string, Workspace>> = {}) {
  const bodies = new Map<string, Workspace>(Object.entries(stored));
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  let refuse: string | null = null;
  const saves: [string, Workspace][] = [];
  const documents = {
    list: () => new Map(bodies),
    watch: (_kind: string, _id: string | null, listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load: () => Promise.resolve(new Map(bodies)),
    save: (_kind: string, id: string, body: Workspace) => {
      if (refuse !== null) {
        const error = new RemoteError(toEnvelope(new AppError('DOCUMENT_CHANGED')));
        refuse = null;
        return Promise.reject(error);
      }
      saves.push([id, body]);
      bodies.set(id, body);
      changed();
      return Promise.resolve();
    },
    remove: (_kind: string, id: string) => {
      bodies.delete(id);
      changed();
      return Promise.resolve();
    },
  };
  const { timers } = createFakeTime();
  const said: Said[] = [];
  let hear: (event: { data: unknown }) => void = () => undefined;
  const windows = new WindowsLine('main', {
    postMessage: (message: Said) => said.push(message),
    addEventListener: (_type: string, listener: unknown) => (hear = listener as typeof hear),
  });
  const told: string[] = [];
  let next = 0;
  const keeper = new WorkspaceKeeper({
    documents: documents as never,
    windows,
    timers,
    ids: { next: () => `0000000${(next += 1)}-x` },
    firstIssues: () => ['KRX:000660', 'KRX:035420'],
    choose: () => undefined,
    tell: (title) => told.push(title),
    fail: (error) => {
      throw error;
    },
  });
  return {
    keeper,
    bodies,
    saves,
    said,
    told,
    refuseOnce: () => (refuse = 'DOCUMENT_CHANGED'),
    elsewhere(id: string, body: Workspace) {
      bodies.set(id, body);
      changed();
    },
    hear: (message: Said) => hear({ data: message }),
  };
}

const arrangement = factoryArrangement('day', { width: 1_912, height: 928 }, () => true);

beforeEach(() => {
  useWorkspaces.setState({ bodies: null, currentId: 'day', panels: {}, era: 0, openWindows: new Set() });
  useLinks.setState({ issues: {} });
});

describe('the keeper', () => {
  it('opens the factory workspaces where none is stored, and stores none by itself', async () => {
    const { keeper, saves } = stage();
    keeper.follow(null);
    keeper.laidOut(arrangement.panels);
    await keeper.flush();
    expect([...(useWorkspaces.getState().bodies?.keys() ?? [])]).toEqual([...FACTORY_WORKSPACES]);
    expect(useLinks.getState().issues).toMatchObject({ B: 'KRX:000660', C: 'KRX:035420' });
    expect(saves).toEqual([]);
  });

  it('saves what the hand has moved, with the links, and restores it exactly', async () => {
    const { keeper, bodies } = stage();
    keeper.follow(null);
    keeper.laidOut(arrangement.panels);
    keeper.arranged(arrangement.dock);
    changePanel('day-chart', { group: 'C' });
    useLinks.setState({ issues: { C: 'KRX:005380' } });
    await keeper.flush();
    const again = stage(Object.fromEntries(bodies));
    useWorkspaces.setState({ bodies: null, panels: {} });
    useLinks.setState({ issues: {} });
    again.keeper.follow('day');
    expect(again.keeper.window().dock).toEqual(arrangement.dock);
    expect(useWorkspaces.getState().panels['day-chart']?.group).toBe('C');
    expect(useLinks.getState().issues).toEqual({ C: 'KRX:005380' });
  });

  it('keeps each window its own part where two save at once', async () => {
    const { keeper, bodies, refuseOnce, told } = stage();
    keeper.follow(null);
    keeper.laidOut(arrangement.panels);
    keeper.arranged(arrangement.dock);
    await keeper.flush();
    const before = bodies.get('day');
    if (!before) throw new Error('not saved');
    const other = { ...before, windows: { ...before.windows, w2: { dock: null, panels: { x: chart() } } } };
    bodies.set('day', other);
    refuseOnce();
    changePanel('day-chart', { group: 'D' });
    await keeper.flush();
    expect(bodies.get('day')?.windows['w2']).toEqual(other.windows['w2']);
    expect(bodies.get('day')?.windows['main']?.panels['day-chart']?.group).toBe('D');
    expect(told).toEqual([]);
  });

  it('takes over what another screen did to the same window, and says so', async () => {
    const { keeper, bodies, refuseOnce, told } = stage();
    keeper.follow(null);
    keeper.laidOut(arrangement.panels);
    keeper.arranged(arrangement.dock);
    await keeper.flush();
    const before = bodies.get('day');
    if (!before) throw new Error('not saved');
    bodies.set('day', {
      ...before,
      windows: { main: { dock: arrangement.dock as never, panels: { 'day-chart': chart('H') } } },
    });
    refuseOnce();
    changePanel('day-chart', { group: 'D' });
    await keeper.flush();
    expect(told).toHaveLength(1);
    expect(useWorkspaces.getState().panels['day-chart']?.group).toBe('H');
  });

  it('goes to the first workspace where another window took away the one in force', () => {
    const own: Workspace = { name: '내 것', place: 5, factory: null, windows: {}, links: {} };
    const { keeper, told, bodies, elsewhere } = stage({ mine: own });
    keeper.follow('mine');
    expect(useWorkspaces.getState().currentId).toBe('mine');
    bodies.delete('mine');
    elsewhere('other', own);
    expect(useWorkspaces.getState().currentId).toBe('day');
    expect(told).toHaveLength(1);
  });

  it('copies a workspace under new panel names, takes it away, and brings it back', async () => {
    const { keeper, bodies } = stage();
    keeper.follow(null);
    keeper.laidOut(arrangement.panels);
    keeper.arranged(arrangement.dock);
    await keeper.create('복사', null);
    const id = useWorkspaces.getState().currentId;
    const copy = bodies.get(id);
    expect(copy?.name).toBe('복사');
    const names = Object.keys(copy?.windows['main']?.panels ?? {});
    expect(names).toHaveLength(Object.keys(arrangement.panels).length);
    expect(names.filter((name) => arrangement.panels[name])).toEqual([]);
    expect(readDock(copy?.windows['main'] ?? { dock: null, panels: {} })).not.toBeNull();
    await keeper.remove(id);
    expect(useWorkspaces.getState().currentId).toBe('day');
    expect(keeper.removed()).toBe('복사');
    await keeper.bringBack();
    expect(useWorkspaces.getState().currentId).toBe(id);
    expect(bodies.get(id)).toEqual(copy);
  });

  it('follows another window to its workspace, and counts the windows that are open', () => {
    const { keeper, hear } = stage();
    keeper.follow(null);
    hear({ kind: 'here', from: 'w2' });
    hear({ kind: 'workspace', from: 'w2', id: 'monitor' });
    expect(useWorkspaces.getState().currentId).toBe('monitor');
    expect([...useWorkspaces.getState().openWindows].sort()).toEqual(['main', 'w2']);
    hear({ kind: 'gone', from: 'w2' });
    expect([...useWorkspaces.getState().openWindows]).toEqual(['main']);
  });
});

describe('a window', () => {
  it('is named by its address, and by nothing else that stands there', () => {
    expect(windowIdOf('')).toBe('main');
    expect(windowIdOf('?window=w2')).toBe('w2');
    expect(windowIdOf('?window=../x')).toBe('main');
  });
});
