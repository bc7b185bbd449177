/** All 334 rows of the broker's list in one pass against the offline KIS, through the real client: typed answers, pages to their end, what paper lacks refused. */
import { describe, expect, it } from 'vitest';
import { isOrderApi, kisCatalogue, officialList, type KisApi } from '#core/catalogue/index.ts';
import { hearChannels, hearRest, type Heard } from '#test/support/all-apis.ts';

const catalogue = kisCatalogue();
const rest = catalogue.apis.filter(({ kind }) => kind === 'rest');

/** What is wrong with what was heard of an API that is offered. */
function faults({ api, outcome, code, faults: found }: Heard): readonly string[] {
  return outcome === 'refused' ? [`${api.id}: refused with ${code}`] : found;
}

/** Paper has no id for it where the list says no. */
const isOffered = (api: KisApi, env: 'paper' | 'real'): boolean => env === 'real' || api.paper;

describe('every row of the list', () => {
  it.each(['real', 'paper'] as const)(
    'is answered over REST in %s with every field, to the last page, or refused because paper lacks it',
    async (env) => {
      const heard = await hearRest(env);
      expect([...heard.keys()].toSorted()).toEqual(rest.map(({ id }) => id).toSorted());
      const all = [...heard.values()];
      const offered = all.filter(({ api }) => isOffered(api, env));
      expect(offered.flatMap(faults)).toEqual([]);
      const lacking = all.filter(({ api }) => !isOffered(api, env));
      for (const { api, code } of lacking) expect(code, api.id).toBe('KIS_NOT_IN_PAPER');
      expect(lacking.length).toBe(env === 'real' ? 0 : rest.filter(({ paper }) => !paper).length);
      // Most of the list is made up, and most of what pages has more than one page.
      const paged = offered.filter(({ api, pages }) => api.kind === 'rest' && api.paging !== null && pages > 1);
      expect(offered.filter(({ synthetic }) => synthetic).length).toBeGreaterThan(env === 'real' ? 200 : 5);
      expect(paged.length).toBeGreaterThan(env === 'real' ? 60 : 2);
      expect(offered.filter(({ api }) => isOrderApi(api)).length).toBe(
        rest.filter((api) => isOrderApi(api) && isOffered(api, env)).length,
      );
    },
    60_000,
  );

  it('that is a channel is registered, and its records are read', async () => {
    const heard = await hearChannels();
    expect(heard.size).toBe(catalogue.apis.length - rest.length);
    expect([...heard.values()].flatMap(faults)).toEqual([]);
    // Order notices of five markets that are not here, and expected trades of NXT, which has no auction.
    expect([...heard.values()].filter(({ outcome }) => outcome === 'registered').length).toBe(6);
  }, 60_000);

  it('leads to an API of the two passes', () => {
    const rows = officialList();
    expect(rows.length).toBe(334);
    for (const { apiId } of rows) expect(catalogue.find(apiId), apiId).toBeDefined();
  });
});
