/** Where tiles of the heat map stand, and the way from one to the next. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupAt,
  GROUP_HEAD,
  heatStep,
  layoutMap,
  neighbour,
  tileAt,
  type MapEntry,
  type Way,
} from '../../../renderer/panels/heatmap/parts/layout.ts';

const SIZE = { width: 600, height: 400 };
const entry = fc.record({
  group: fc.constantFrom('KOSPI', 'KOSDAQ', 'other'),
  weight: fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.constantFrom(0, -5, Number.NaN)),
});

function placed(entries: readonly Omit<MapEntry, 'place'>[]): MapEntry[] {
  return entries.map((each, place) => ({ ...each, place }));
}

describe('the layout', () => {
  it('gives every issue with a weight one tile, within its group, over no other', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
        const layout = layoutMap(placed(entries), SIZE);
        const wanted = placed(entries).filter(({ weight }) => weight > 0);
        expect(layout.tiles.map(({ place }) => place).sort((a, b) => a - b)).toEqual(wanted.map(({ place }) => place));
        for (const tile of layout.tiles) {
          const box = layout.groups.find(({ group }) => group === tile.group);
          expect(
            box && tile.x0 >= box.x0 - 1 && tile.x1 <= box.x1 + 1 && tile.y1 <= box.y1 + 1,
            JSON.stringify([tile, box]),
          ).toBe(true);
          for (const other of layout.tiles) {
            if (other === tile) continue;
            const apart = other.x0 >= tile.x1 || other.x1 <= tile.x0 || other.y0 >= tile.y1 || other.y1 <= tile.y0;
            expect(apart, JSON.stringify([tile, other])).toBe(true);
          }
        }
      }),
    );
  });

  it('puts the largest first and the area after the weight', () => {
    const { tiles, groups } = layoutMap(
      placed([
        { group: 'KOSPI', weight: 1 },
        { group: 'KOSPI', weight: 8 },
        { group: 'KOSPI', weight: 2 },
      ]),
      SIZE,
    );
    expect(groups[0]?.places).toEqual([1, 2, 0]);
    const area = (place: number): number => {
      const tile = tiles.find((each) => each.place === place);
      return tile ? (tile.x1 - tile.x0) * (tile.y1 - tile.y0) : 0;
    };
    expect(area(1) / area(2)).toBeCloseTo(4, 0);
  });

  it('lays nothing out on no plane', () => {
    expect(layoutMap(placed([{ group: 'KOSPI', weight: 1 }]), { width: 0, height: 10 }).tiles).toEqual([]);
    expect(layoutMap([], SIZE)).toEqual({ tiles: [], groups: [] });
  });
});

describe('finding a tile', () => {
  const layout = layoutMap(
    placed([
      { group: 'KOSPI', weight: 4 },
      { group: 'KOSPI', weight: 3 },
      { group: 'KOSDAQ', weight: 3 },
      { group: 'KOSDAQ', weight: 1 },
    ]),
    SIZE,
  );

  it('goes by the point, or by the name of a group', () => {
    for (const tile of layout.tiles) expect(tileAt(layout, tile.x0 + 1, tile.y0 + 1)).toBe(tile);
    for (const box of layout.groups)
      expect(groupAt(layout, box.x0 + 1, box.y0 + GROUP_HEAD / 2)).toBe(box.named ? box : null);
    expect(tileAt(layout, -1, -1)).toBeNull();
  });

  it('goes by keys, and every tile can be reached', () => {
    const [first] = layout.tiles;
    if (!first) throw new Error('no tile');
    const reached = new Set([first]);
    for (const tile of reached) {
      for (const way of ['left', 'right', 'up', 'down'] as const satisfies readonly Way[]) {
        const next = neighbour(layout, tile, way);
        if (next) reached.add(next);
        if (next && way === 'right') expect(next.x0).toBeGreaterThanOrEqual(tile.x1);
      }
    }
    expect(reached.size).toBe(4);
    expect(neighbour(layout, first, 'left')).toBeNull();
  });
});

describe('the step of colour', () => {
  it.each([
    [0, 0],
    [0.04, 0],
    [0.5, 1],
    [-0.5, -1],
    [2, 2],
    [-4, -3],
    [4.5, 4],
    [30, 4],
    [null, 0],
    [Number.NaN, 0],
  ])('of %s percent is %s', (figure, step) => {
    expect(heatStep(figure, 5) + 0).toBe(step);
  });
});
