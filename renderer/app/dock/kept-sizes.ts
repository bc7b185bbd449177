/** Sizes that stay when panels come and go: the docking library would make all of a row alike. */
import type { SerializedDockview } from 'dockview-react';

interface Leaf {
  readonly type: 'leaf';
  readonly size: number;
  readonly data: { readonly id: string; readonly views: readonly string[] };
}
interface Branch {
  readonly type: 'branch';
  readonly size: number;
  readonly data: readonly Node[];
}
type Node = Leaf | Branch;

/** The panels below a node. */
function viewsOf(node: Node): readonly string[] {
  return node.type === 'leaf' ? node.data.views : node.data.flatMap(viewsOf);
}

/** Every branch of a tree with its panels. */
function branchesOf(node: Node): readonly Branch[] {
  return node.type === 'leaf' ? [] : [node, ...node.data.flatMap(branchesOf)];
}

function shared(a: readonly string[], b: ReadonlySet<string>): number {
  return a.filter((id) => b.has(id)).length;
}

/** The node among `candidates` that shares the most panels with `node`, the tightest of equals; none below half of either. */
function likest<Kind extends Node>(node: Node, candidates: readonly Kind[]): Kind | undefined {
  const own = new Set(viewsOf(node));
  let best: { readonly candidate: Kind; readonly count: number; readonly of: number } | undefined;
  for (const candidate of candidates) {
    const views = viewsOf(candidate);
    const count = shared(views, own);
    if (count === 0 || count * 2 < Math.min(own.size, views.length)) continue;
    if (!best || count > best.count || (count === best.count && views.length < best.of))
      best = { candidate, count, of: views.length };
  }
  return best?.candidate;
}

/** Sizes of a branch's parts: those that were there keep theirs, a new one takes half of its neighbour, the rest is shared out. */
function sizesOf(branch: Branch, before: Branch | undefined): readonly number[] {
  if (!before) return branch.data.map((part) => part.size);
  const whole = branch.data.reduce((sum, part) => sum + part.size, 0);
  const known = branch.data.map((part) => likest(part, before.data)?.size ?? null);
  if (known.every((size) => size === null)) return branch.data.map((part) => part.size);
  const sizes = [...known];
  known.forEach((size, at) => {
    if (size !== null) return;
    const neighbour = [at - 1, at + 1].find((each) => (sizes[each] ?? null) !== null);
    if (neighbour === undefined) return;
    const half = (sizes[neighbour] ?? 0) / 2;
    sizes[neighbour] = half;
    sizes[at] = half;
  });
  const plain = sizes.map((size, at) => size ?? branch.data[at]?.size ?? 0);
  // What was taken away leaves its room to the largest, which is the one that gives way at any other time.
  const left = whole - plain.reduce((sum, size) => sum + size, 0);
  const largest = plain.indexOf(Math.max(...plain));
  return plain.map((size, at) => (at === largest ? Math.max(60, size + left) : size));
}

function kept(node: Node, before: readonly Branch[]): Node {
  if (node.type === 'leaf') return node;
  const sizes = sizesOf(node, likest(node, before));
  return { ...node, data: node.data.map((part, at) => ({ ...kept(part, before), size: sizes[at] ?? part.size })) };
}

/** The order of panels in the tree, without sizes: what changes when a panel comes, goes or moves. */
export function treeOf(dock: SerializedDockview): string {
  const of = (node: Node): unknown => (node.type === 'leaf' ? node.data.views.toSorted() : node.data.map(of));
  return JSON.stringify(of(dock.grid.root as Node));
}

/** The arrangement `after` with the sizes that its parts had in `before`. */
export function keptSizes(before: SerializedDockview, after: SerializedDockview): SerializedDockview {
  const root = kept(after.grid.root as Node, branchesOf(before.grid.root as Node));
  return { ...after, grid: { ...after.grid, root: root as SerializedDockview['grid']['root'] } };
}
