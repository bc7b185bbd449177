/** A saved arrangement read again: checked, stripped of what has no panel, and comparable whatever the size of the window. */
import type { SerializedDockview } from 'dockview-react';
import { z } from 'zod';
import type { PlacedPanel, WorkspaceWindow } from '#shared/domain/index.ts';

type Orientation = SerializedDockview['grid']['orientation'];
/** The library's own names of the two directions; its module needs a page, this one does not. */
const NAMES: unknown[] = ['HORIZONTAL', 'VERTICAL'];
export const [HORIZONTAL, VERTICAL] = NAMES as [Orientation, Orientation];

/** Branches deeper than this are no layout that a person made. */
const DEEPEST = 12;

const Leaf = z.object({
  type: z.literal('leaf'),
  size: z.number().nonnegative(),
  data: z.object({ views: z.array(z.string()), activeView: z.string().optional(), id: z.string() }),
});
interface SavedBranch {
  readonly type: 'branch';
  readonly size: number;
  readonly data: readonly SavedNode[];
}
type SavedNode = z.infer<typeof Leaf> | SavedBranch;

function nodeAt(depth: number): z.ZodType<SavedNode> {
  if (depth >= DEEPEST) return Leaf;
  return z.union([
    Leaf,
    z.object({
      type: z.literal('branch'),
      size: z.number().nonnegative(),
      data: z.lazy(() => z.array(nodeAt(depth + 1))),
    }),
  ]);
}

const SavedDock = z.object({
  grid: z.object({
    root: nodeAt(0),
    width: z.number().positive(),
    height: z.number().positive(),
    orientation: z.enum(['HORIZONTAL', 'VERTICAL']),
  }),
  activeGroup: z.string().optional(),
});

/** Leaves out panels that are not in `panels`, those seen twice, and places that stay empty. */
function pruned(node: SavedNode, panels: Readonly<Record<string, PlacedPanel>>, seen: Set<string>): SavedNode | null {
  if (node.type === 'leaf') {
    const views = node.data.views.filter((id) => panels[id] !== undefined && !seen.has(id));
    for (const id of views) seen.add(id);
    const [first] = views;
    if (first === undefined) return null;
    const active = node.data.activeView;
    return {
      ...node,
      data: { ...node.data, views, activeView: active !== undefined && views.includes(active) ? active : first },
    };
  }
  const data = node.data.map((part) => pruned(part, panels, seen)).filter((part) => part !== null);
  return data.length === 0 ? null : { ...node, data };
}

/** What was saved, ready for the docking library; null: it cannot be read, and the panels are to be placed anew. */
export function readDock({ dock, panels }: WorkspaceWindow): SerializedDockview | null {
  const read = SavedDock.safeParse(dock);
  if (!read.success) return null;
  const { grid, activeGroup } = read.data;
  const seen = new Set<string>();
  const root = pruned(grid.root, panels, seen);
  if (root?.type !== 'branch') return null;
  return {
    grid: {
      root: root as SerializedDockview['grid']['root'],
      width: grid.width,
      height: grid.height,
      orientation: grid.orientation === 'HORIZONTAL' ? HORIZONTAL : VERTICAL,
    },
    panels: Object.fromEntries(
      [...seen].map((id) => [id, { id, contentComponent: 'panel', title: panels[id]?.view ?? '' }]),
    ),
    ...(activeGroup === undefined ? {} : { activeGroup }),
  };
}

/** Panels of a window that a saved arrangement names nowhere: they are placed after it, so that none is lost. */
export function unplaced(dock: SerializedDockview, panels: Readonly<Record<string, PlacedPanel>>): readonly string[] {
  return Object.keys(panels).filter((id) => dock.panels[id] === undefined);
}

/** Parts per thousand of the parent: what stays the same when the window grows. */
const SHARES = 1_000;

function shapeOf(node: SavedNode, share: number): unknown {
  if (node.type === 'leaf') return [share, node.data.views, node.data.activeView];
  const whole = node.data.reduce((sum, part) => sum + part.size, 0) || 1;
  return [share, node.data.map((part) => shapeOf(part, Math.round((part.size / whole) * SHARES)))];
}

/** An arrangement as text that two equal ones share, in windows of any size. */
export function dockShape(dock: SerializedDockview): string {
  return JSON.stringify([dock.grid.orientation, shapeOf(dock.grid.root as SavedNode, SHARES)]);
}
