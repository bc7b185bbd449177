/** Acts on a watchlist: nothing else moves, nothing is lost, every act has a way back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Watchlist, WATCHED_LIMIT } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  addFolder,
  addIssues,
  FOLDERS_LIMIT,
  foldFolder,
  idsOf,
  moveFolder,
  moveIssue,
  newWatchlist,
  placeOf,
  putBackFolder,
  removeFolder,
  removeIssues,
  renameFolder,
  stepIssue,
} from '../../../renderer/client/watchlist-ops.ts';

const id = (at: number): string => `KRX:${String(at).padStart(6, '0')}`;
const lists = fc
  .uniqueArray(fc.nat(60), { minLength: 1, maxLength: 30 })
  .chain((ids) =>
    fc.record({ ids: fc.constant(ids), cuts: fc.array(fc.nat(ids.length), { minLength: 0, maxLength: 4 }) }),
  )
  .map(({ ids, cuts }): Watchlist => {
    const edges = [0, ...cuts.toSorted((a, b) => a - b), ids.length];
    return {
      name: '목록',
      place: 0,
      folders: edges.slice(1).map((edge, at) => ({
        name: `폴더 ${at}`,
        collapsed: false,
        instrumentIds: ids.slice(edges[at] ?? 0, edge).map(id),
      })),
    };
  });
const withIssue = lists.chain((list) => fc.record({ list: fc.constant(list), issue: fc.constantFrom(...idsOf(list)) }));
const without = (list: Watchlist, issue: string): readonly string[] => idsOf(list).filter((each) => each !== issue);
const codeThrown = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
  return 'nothing';
};

describe('an issue', () => {
  it('comes back to where it was', () => {
    fc.assert(
      fc.property(withIssue, ({ list, issue }) => {
        const place = placeOf(list, issue);
        const gone = removeIssues(list, [issue]);
        expect(idsOf(gone)).toEqual(without(list, issue));
        expect(addIssues(gone, [issue], place ?? {})).toEqual(list);
      }),
    );
  });

  it('moves alone', () => {
    fc.assert(
      fc.property(withIssue, fc.nat(6), fc.nat(40), ({ list, issue }, folder, index) => {
        const moved = moveIssue(list, issue, { folder, index });
        expect(without(moved, issue)).toEqual(without(list, issue));
        expect(idsOf(moved)).toHaveLength(idsOf(list).length);
        expect(Watchlist.parse(moved)).toEqual(moved);
      }),
    );
  });

  it('lands before the one on which it was dropped', () => {
    fc.assert(
      fc.property(withIssue, fc.nat(29), ({ list, issue }, at) => {
        const target = idsOf(list)[at % idsOf(list).length] ?? issue;
        const place = placeOf(list, target);
        if (!place || target === issue) return;
        const order = idsOf(moveIssue(list, issue, place));
        expect(order.indexOf(issue)).toBe(order.indexOf(target) - 1);
      }),
    );
  });

  it('goes down through all folders and up again, step by step', () => {
    fc.assert(
      fc.property(withIssue, ({ list, issue }) => {
        const steps = 80;
        let walked = list;
        for (let at = 0; at < steps; at += 1) walked = stepIssue(walked, issue, 1);
        expect(idsOf(walked).at(-1)).toBe(issue);
        expect(without(walked, issue)).toEqual(without(list, issue));
        for (let at = 0; at < steps; at += 1) walked = stepIssue(walked, issue, -1);
        expect(placeOf(walked, issue)).toEqual({ folder: 0, index: 0 });
      }),
    );
  });

  it('takes a step back with the step against it', () => {
    fc.assert(
      fc.property(withIssue, ({ list, issue }) => {
        const down = stepIssue(list, issue, 1);
        if (down !== list) expect(stepIssue(down, issue, -1)).toEqual(list);
      }),
    );
  });

  it('is on a list once, and a list has an end', () => {
    const list = newWatchlist('a', 0, [id(1), id(1), id(2)]);
    expect(idsOf(list)).toEqual([id(1), id(2)]);
    expect(addIssues(list, [id(2)])).toBe(list);
    const full = newWatchlist(
      'a',
      0,
      Array.from({ length: WATCHED_LIMIT }, (_, at) => id(at)),
    );
    expect(codeThrown(() => addIssues(full, [id(WATCHED_LIMIT)]))).toBe('WATCH_FULL');
    expect(addIssues(full, [id(3)])).toBe(full);
  });

  it('finds a folder even in a list that has none', () => {
    expect(addIssues({ name: 'a', place: 0, folders: [] }, [id(1)]).folders).toHaveLength(1);
  });
});

describe('a folder', () => {
  it('comes back with its issues, but without those that were added again meanwhile', () => {
    fc.assert(
      fc.property(lists, fc.nat(4), (list, at) => {
        const folder = list.folders[at % list.folders.length];
        if (!folder) return;
        const gone = removeFolder(list, at % list.folders.length);
        expect(putBackFolder(gone, at % list.folders.length, folder)).toEqual(list);
        const [first] = folder.instrumentIds;
        if (first === undefined) return;
        const back = putBackFolder(addIssues(gone, [first]), at % list.folders.length, folder);
        expect(idsOf(back)).toHaveLength(back.folders.flatMap((each) => each.instrumentIds).length);
        expect(new Set(idsOf(back))).toEqual(new Set(idsOf(list)));
      }),
    );
  });

  it('moves with what is in it', () => {
    fc.assert(
      fc.property(lists, fc.nat(5), fc.nat(6), (list, from, to) => {
        const moved = moveFolder(list, from, to);
        expect(moved.folders.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
          list.folders.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        );
      }),
    );
    const three = ['a', 'b', 'c'].reduce<Watchlist>(addFolder, { ...newWatchlist('x', 0), folders: [] });
    const names = (list: Watchlist): string => list.folders.map((folder) => folder.name).join('');
    expect(names(moveFolder(three, 0, 2))).toBe('bac');
    expect(names(moveFolder(three, 0, 3))).toBe('bca');
    expect(names(moveFolder(three, 2, 0))).toBe('cab');
  });

  it('is named, folded, and counted', () => {
    const list = foldFolder(renameFolder(addFolder(newWatchlist('x', 0), '방산'), 1, '조선'), 1, true);
    expect(list.folders[1]).toEqual({ name: '조선', collapsed: true, instrumentIds: [] });
    let full = newWatchlist('x', 0);
    for (let at = 1; at < FOLDERS_LIMIT; at += 1) full = addFolder(full, `f${at}`);
    expect(codeThrown(() => addFolder(full, 'more'))).toBe('WATCH_FOLDERS_FULL');
  });
});
