/** The user's watchlists: made once, changed one after another, the same in every window. */
import { beforeEach, describe, expect, it } from 'vitest';
import { DocumentStore } from '#core/storage/index.ts';
import { Documents } from '../../../renderer/client/document-line.ts';
import { addIssues, idsOf, removeIssues } from '../../../renderer/client/watchlist-ops.ts';
import { FIRST_LIST, largest, Watchlists } from '../../../renderer/client/watchlists.ts';
import { wordsOf } from '../../../renderer/client/words-of.ts';
import { useView } from '../../../renderer/store/view.ts';
import { documentClient } from '../../support/document-client.ts';
import { plainIssue } from '../../support/issue-names.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const [SAMSUNG, HYNIX, NAVER] = ['KRX:005930', 'KRX:000660', 'KRX:035420'] as const;

let folder: string;
let store: DocumentStore;
let failures: string[];
let named = 0;

/** A window of the workstation. */
function openWindow(from: DocumentStore = store): Watchlists {
  const documents = new Documents();
  documents.attach(documentClient(from));
  return new Watchlists({
    documents,
    ids: { next: () => `list-${(named += 1)}` },
    fail: (error) => failures.push(wordsOf(error).code),
  });
}
const begin = (
  lists: Watchlists,
  old: readonly string[] = [],
  offered: readonly string[] = [],
): Promise<readonly string[]> => lists.begin(old, () => offered, '관심 종목');
const kept = (id: string): readonly string[] => {
  const body = new DocumentStore(folder).list('watchlist', id)[0]?.body;
  return body === undefined ? [] : idsOf(body as never);
};

beforeEach(() => {
  folder = tempFolder();
  store = new DocumentStore(folder);
  failures = [];
  useView.setState({ watchlist: [] });
});

describe('the first list', () => {
  it('takes over what an older version kept, all of it and in order', async () => {
    const old = Array.from({ length: 100 }, (_, at) => `KRX:${String(at).padStart(6, '0')}`);
    expect(await begin(openWindow(), old, [SAMSUNG])).toEqual(old);
    expect(kept(FIRST_LIST)).toEqual(old);
    expect(useView.getState().watchlist).toEqual(old);
  });

  it('is made once: what the user has changed since stands', async () => {
    const lists = openWindow();
    await begin(lists, [SAMSUNG, HYNIX]);
    await lists.change(FIRST_LIST, (list) => removeIssues(list, [SAMSUNG]));
    expect(await begin(openWindow(new DocumentStore(folder)), [SAMSUNG, HYNIX])).toEqual([HYNIX]);
  });

  it('is the largest issues of the market where nothing was kept', async () => {
    expect(await begin(openWindow(), [], [HYNIX, NAVER])).toEqual([HYNIX, NAVER]);
  });

  it('waits where the market has no issues yet', async () => {
    const lists = openWindow();
    expect(await begin(lists)).toEqual([]);
    expect(lists.lists()).toEqual([]);
    expect(await begin(lists, [], [HYNIX])).toEqual([HYNIX]);
  });

  it('is one, where two windows start at once', async () => {
    const [one, two] = [openWindow(), openWindow()];
    await Promise.all([begin(one, [SAMSUNG]), begin(two, [SAMSUNG])]);
    expect(failures).toEqual([]);
    expect(store.list('watchlist', null)).toHaveLength(1);
  });

  it('takes the largest issues of the market and none outside it', () => {
    const list = [
      plainIssue('000001', '작은', { listedShares: 10 }),
      plainIssue('000002', '큰', { listedShares: 1_000_000 }),
      plainIssue('000003', '모르는', { listedShares: null }),
      plainIssue('000004', '밖', { listedShares: 9_000_000 }),
    ];
    const inMarket = new Set(['KRX:000001', 'KRX:000002', 'KRX:000003']);
    expect(largest(list, inMarket)).toEqual(['KRX:000002', 'KRX:000001', 'KRX:000003']);
  });
});

describe('changes', () => {
  it('made at once all stand', async () => {
    const lists = openWindow();
    await begin(lists, [SAMSUNG]);
    lists.watch(HYNIX);
    lists.watch(HYNIX);
    lists.watch(NAVER);
    lists.unwatch(SAMSUNG);
    await lists.change(FIRST_LIST, (list) => list);
    expect(kept(FIRST_LIST)).toEqual([HYNIX, NAVER]);
    expect(failures).toEqual([]);
  });

  it('of two windows all stand', async () => {
    const [one, two] = [openWindow(), openWindow()];
    await begin(one, [SAMSUNG]);
    await begin(two);
    await Promise.all([
      one.change(FIRST_LIST, (list) => addIssues(list, [HYNIX])),
      two.change(FIRST_LIST, (list) => addIssues(list, [NAVER])),
    ]);
    expect(new Set(kept(FIRST_LIST))).toEqual(new Set([SAMSUNG, HYNIX, NAVER]));
    expect(failures).toEqual([]);
  });

  it('that fail are told and do not stop the next', async () => {
    const lists = openWindow();
    await begin(lists, [SAMSUNG]);
    const broken = await lists.change(FIRST_LIST, (list) => ({ ...list, name: '' }));
    expect(broken).toBe(false);
    expect(failures).toEqual(['DOCUMENT_INVALID']);
    expect(await lists.change(FIRST_LIST, (list) => addIssues(list, [HYNIX]))).toBe(true);
  });
});

describe('several lists', () => {
  it('are made, moved, removed and brought back', async () => {
    const lists = openWindow();
    await begin(lists, [SAMSUNG]);
    const second = (await lists.create('둘째')) ?? '';
    const third = (await lists.create('셋째', [{ name: '방산', collapsed: true, instrumentIds: [NAVER] }])) ?? '';
    const names = (): readonly string[] => lists.lists().map(({ list }) => list.name);
    expect(names()).toEqual(['관심 종목', '둘째', '셋째']);
    await lists.step(third, -1);
    expect(names()).toEqual(['관심 종목', '셋째', '둘째']);
    await lists.step(third, -1);
    await lists.step(third, -1);
    expect(names()).toEqual(['셋째', '관심 종목', '둘째']);
    expect(useView.getState().watchlist).toEqual([NAVER]);
    const undo = await lists.remove(third);
    expect(names()).toEqual(['관심 종목', '둘째']);
    expect(await undo?.()).toBe(true);
    expect(names()).toEqual(['셋째', '관심 종목', '둘째']);
    expect(lists.get(third)?.folders[0]).toMatchObject({ name: '방산', collapsed: true });
    expect(lists.get(second)?.name).toBe('둘째');
    expect(failures).toEqual([]);
  });
});
