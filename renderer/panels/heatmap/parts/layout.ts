/** Where each issue stands on the heat map: a treemap of groups, and the neighbour in a direction. */
import { hierarchy, treemap } from 'd3-hierarchy';

/** Height of a group's name, pixels. */
export const GROUP_HEAD = 18;

export interface MapEntry {
  readonly place: number;
  readonly group: string;
  /** Area; entries of 0 or less are left out. */
  readonly weight: number;
}

export interface Tile {
  readonly place: number;
  readonly group: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface GroupBox extends Omit<Tile, 'place'> {
  /** false: too flat for its name. */
  readonly named: boolean;
  /** Places within, the largest first. */
  readonly places: readonly number[];
}

export interface MapLayout {
  readonly tiles: readonly Tile[];
  readonly groups: readonly GroupBox[];
}

interface Datum {
  readonly place: number;
  readonly group: string;
  readonly weight: number;
  readonly children: readonly Datum[] | null;
}

/** Whether a group is high enough for its name and its tiles. */
function roomForName(box: { readonly y0: number; readonly y1: number }): boolean {
  return box.y1 - box.y0 >= GROUP_HEAD * 2;
}

/** Lays entries out on a plane of some pixels; the largest stand top left. */
export function layoutMap(
  entries: readonly MapEntry[],
  size: { readonly width: number; readonly height: number },
): MapLayout {
  if (size.width < 1 || size.height < 1) return { tiles: [], groups: [] };
  const byGroup = new Map<string, Datum[]>();
  for (const { place, group, weight } of entries) {
    if (!(weight > 0)) continue;
    const own = byGroup.get(group);
    const datum = { place, group, weight, children: null };
    if (own) own.push(datum);
    else byGroup.set(group, [datum]);
  }
  if (byGroup.size === 0) return { tiles: [], groups: [] };
  const children = [...byGroup].map(([group, each]): Datum => ({ place: -1, group, weight: 0, children: each }));
  const root = hierarchy<Datum>({ place: -1, group: '', weight: 0, children }, (datum) => datum.children)
    .sum((datum) => datum.weight)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const laid = treemap<Datum>()
    .size([size.width, size.height])
    .paddingInner(1)
    .paddingTop((node) => (node.data.group !== '' && node.data.children !== null && roomForName(node) ? GROUP_HEAD : 0))
    .round(true)(root);
  const tiles: Tile[] = [];
  const groups: GroupBox[] = [];
  for (const group of laid.children ?? []) {
    const { x0, y0, x1, y1 } = group;
    const places = (group.children ?? []).map(({ data }) => data.place);
    groups.push({ group: group.data.group, x0, y0, x1, y1, named: roomForName(group), places });
    for (const leaf of group.children ?? []) {
      const { place } = leaf.data;
      tiles.push({ place, group: group.data.group, x0: leaf.x0, y0: leaf.y0, x1: leaf.x1, y1: leaf.y1 });
    }
  }
  return { tiles, groups };
}

/** The tile under a point. */
export function tileAt(layout: MapLayout, x: number, y: number): Tile | null {
  return layout.tiles.find((tile) => x >= tile.x0 && x < tile.x1 && y >= tile.y0 && y < tile.y1) ?? null;
}

/** The group whose name is under a point. */
export function groupAt(layout: MapLayout, x: number, y: number): GroupBox | null {
  return (
    layout.groups.find((box) => box.named && x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y0 + GROUP_HEAD) ??
    null
  );
}

export type Way = 'left' | 'right' | 'up' | 'down';

/** The nearest tile in a direction, by its middle; sideways distance counts twice. null at the edge. */
export function neighbour(layout: MapLayout, from: Tile, way: Way): Tile | null {
  const [fromX, fromY] = [(from.x0 + from.x1) / 2, (from.y0 + from.y1) / 2];
  let best: Tile | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const tile of layout.tiles) {
    if (tile.place === from.place) continue;
    const beyond =
      way === 'left'
        ? tile.x1 <= from.x0
        : way === 'right'
          ? tile.x0 >= from.x1
          : way === 'up'
            ? tile.y1 <= from.y0
            : tile.y0 >= from.y1;
    if (!beyond) continue;
    const dx = Math.abs((tile.x0 + tile.x1) / 2 - fromX);
    const dy = Math.abs((tile.y0 + tile.y1) / 2 - fromY);
    const distance = way === 'left' || way === 'right' ? dx + dy * 2 : dy + dx * 2;
    if (distance >= least) continue;
    least = distance;
    best = tile;
  }
  return best;
}

/** Steps of colour on each side of no change. */
export const HEAT_STEPS = 4;

/** The step of a figure, −4 to 4, where `full` and beyond is the last; 0 where it is not known or rounds to nothing. */
export function heatStep(figure: number | null, full: number): number {
  if (figure === null || !Number.isFinite(figure)) return 0;
  const size = Math.abs(figure) / full;
  const step = size < 0.01 ? 0 : size < 0.2 ? 1 : size < 0.5 ? 2 : size < 0.9 ? 3 : HEAT_STEPS;
  return figure < 0 ? -step : step;
}
