/** What is kept of a table: the round trip of its columns, saves in their order, and live changes of its rows. */
import { describe, expect, it } from 'vitest';
import { ColumnsDocument } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { documentOf, filtersOf, stateOf } from '../../../renderer/ui/table/column-state.ts';
import { ColumnsKeeper } from '../../../renderer/ui/table/columns-keeper.ts';
import { oneOfValues } from '../../../renderer/ui/table/one-of-filter.ts';
import { changeBetween } from '../../../renderer/ui/table/row-feed.ts';

const DOCUMENT: ColumnsDocument = {
  columns: [
    { colId: 'price', width: 91, hide: false, sort: 'desc', sortIndex: 0, pinned: 'left' },
    { colId: 'issue', width: null, hide: false, sort: null, sortIndex: null, pinned: null },
    { colId: 'gone', width: 50, hide: true, sort: null, sortIndex: null, pinned: null },
  ],
  filters: { price: { filterType: 'number', type: 'greaterThan', filter: 5 }, gone: { values: ['a'] } },
};

describe('the columns of a table', () => {
  it('come back as they were left, in order, width, sort and place', () => {
    const known = new Set(['price', 'issue', 'gone']);
    const state = stateOf(DOCUMENT, known);
    expect(documentOf(state, filtersOf(DOCUMENT, known))).toEqual(DOCUMENT);
    expect(ColumnsDocument.parse(documentOf(state, DOCUMENT.filters))).toEqual(DOCUMENT);
  });

  it('leave out what the program no longer has', () => {
    const known = new Set(['price', 'issue']);
    expect(stateOf(DOCUMENT, known).map(({ colId }) => colId)).toEqual(['price', 'issue']);
    expect(Object.keys(filtersOf(DOCUMENT, known))).toEqual(['price']);
  });

  it('keep no width of a column that shares what is left', () => {
    const { columns } = documentOf([{ colId: 'issue', width: 233.4, flex: 1, hide: null, pinned: true }], {});
    expect(columns).toEqual([
      { colId: 'issue', width: null, hide: false, sort: null, sortIndex: null, pinned: 'left' },
    ]);
    expect(documentOf([{ colId: 'a', width: 88.6, flex: null }], {}).columns[0]?.width).toBe(89);
  });
});

const arranged = (width: number): ColumnsDocument => ({
  columns: [{ colId: 'a', width, hide: false, sort: null, sortIndex: null, pinned: null }],
  filters: {},
});

describe('saving', () => {
  it('goes one after the other and ends with the newest', async () => {
    const saved: ColumnsDocument[] = [];
    const gates: (() => void)[] = [];
    const keeper = new ColumnsKeeper({
      save: (_id, document) => {
        saved.push(document);
        return new Promise((resolve) => gates.push(resolve));
      },
      failed: (error) => expect.fail(String(error)),
      pause: () => Promise.resolve(),
    });
    keeper.keep('p/t', arranged(1));
    keeper.keep('p/t', arranged(2));
    keeper.keep('p/t', arranged(3));
    expect(saved).toEqual([arranged(1)]);
    expect(keeper.last('p/t')).toEqual(arranged(3));
    gates.shift()?.();
    await expect.poll(() => saved.length).toBe(2);
    expect(saved[1]).toEqual(arranged(3));
    gates.shift()?.();
  });

  it('is tried again where another window was first, and tells where it fails', async () => {
    let calls = 0;
    const failures: unknown[] = [];
    const keeper = new ColumnsKeeper({
      save: () => {
        calls += 1;
        if (calls === 1) return Promise.reject(new AppError('DOCUMENT_CHANGED'));
        return calls === 2 ? Promise.resolve() : Promise.reject(new AppError('PIPE_CLOSED'));
      },
      failed: (error) => failures.push(error),
      pause: () => Promise.resolve(),
    });
    keeper.keep('p/t', arranged(1));
    await expect.poll(() => calls).toBe(2);
    expect(failures).toEqual([]);
    keeper.keep('p/t', arranged(2));
    await expect.poll(() => failures.length).toBe(1);
    expect(calls).toBe(3);
  });

  it('gives up on a document that others change all the time', async () => {
    const failures: unknown[] = [];
    let calls = 0;
    const keeper = new ColumnsKeeper({
      save: () => {
        calls += 1;
        return Promise.reject(new AppError('DOCUMENT_CHANGED'));
      },
      failed: (error) => failures.push(error),
      pause: () => Promise.resolve(),
    });
    keeper.keep('p/t', arranged(1));
    await expect.poll(() => failures.length).toBe(1);
    expect(calls).toBe(3);
  });
});

describe('the filter by words', () => {
  it('reads its own model and nothing else', () => {
    expect(oneOfValues({ values: ['buy', 3, 'sell'] })).toEqual(['buy', 'sell']);
    for (const model of [null, 'buy', {}, { values: 'buy' }, { values: [] }]) expect(oneOfValues(model)).toBeNull();
  });
});

interface Item {
  readonly id: string;
  readonly n: number;
}
const item = (id: string, n = 0): Item => ({ id, n });
const idOf = ({ id }: Item): string => id;

describe('the change between two lists', () => {
  const [a, b, c] = [item('a'), item('b'), item('c')];

  it('knows what came in front, what came behind, what changed and what went', () => {
    const b2 = item('b', 1);
    expect(changeBetween([a, b], [c, a, b2], idOf)).toEqual({ added: [c], updated: [b2], removed: [], at: 'front' });
    expect(changeBetween([a, b], [b, c], idOf)).toEqual({ added: [c], updated: [], removed: [a], at: 'end' });
    expect(changeBetween([a, b], [a, b], idOf)).toEqual({ added: [], updated: [], removed: [], at: 'end' });
  });

  it('is given up where rows have changed places or came in between', () => {
    expect(changeBetween([a, b], [b, a], idOf)).toBeNull();
    expect(changeBetween([a, b], [a, c, b], idOf)).toBeNull();
    expect(changeBetween([a, b], [c, a, item('d'), b], idOf)).toBeNull();
  });
});
