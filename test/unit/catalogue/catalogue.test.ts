/** The catalogue held against the official list: every row has its API, every id its place, every field a meaning. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isOrderApi, kisCatalogue, masterLayouts, nearest, type KisApi, type RestApi } from '#core/catalogue/index.ts';
import { AppError } from '#shared/errors/index.ts';
import coverage from '#resources/kis/coverage.json' with { type: 'json' };

const catalogue = kisCatalogue();
const rests = catalogue.apis.filter((api): api is RestApi => api.kind === 'rest');
const channels = catalogue.apis.filter((api) => api.kind === 'ws');

/** Selectors that choose a TR id and are not sent. */
const SELECTORS = ['side', 'session', 'period', 'market', 'action'];

function idsOf(api: KisApi): readonly { readonly real: string | null; readonly paper: string | null }[] {
  return api.trIdBy ?? [api.trId];
}

function codeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error instanceof AppError ? [error.code, error.params] : error;
  }
}

describe('the list', () => {
  it('has 334 rows, each with its API, and 49 of them in paper', () => {
    expect(coverage.rows).toHaveLength(334);
    for (const row of coverage.rows) {
      const api = catalogue.find(row.apiId);
      expect(api, row.name).toBeDefined();
      expect(api?.inOfficialList, row.name).toBe(true);
    }
    expect(coverage.rows.filter(({ paper }) => paper)).toHaveLength(49);
  });

  it('says of every API whether paper answers it: where any of its rows does', () => {
    const paper = new Set(coverage.rows.filter((row) => row.paper).map((row) => row.apiId));
    const listed = new Set(coverage.rows.map((row) => row.apiId));
    for (const api of catalogue.apis) {
      if (!listed.has(api.id)) expect(api.inOfficialList, api.id).toBe(false);
      else expect(api.paper, api.id).toBe(paper.has(api.id));
    }
  });

  it('knows 339 APIs under ids of their own, 279 REST and 60 channels', () => {
    expect(catalogue.apis).toHaveLength(339);
    expect(new Set(catalogue.apis.map(({ id }) => id)).size).toBe(339);
    expect([rests.length, channels.length]).toEqual([279, 60]);
  });
});

describe('TR ids', () => {
  it('are there for all but the four calls that hand out keys, and in paper wherever paper answers', () => {
    for (const api of catalogue.apis) {
      const ids = idsOf(api);
      if (api.product === 'auth') {
        expect(ids, api.id).toEqual([{ real: null, paper: null }]);
        continue;
      }
      expect(
        ids.every(({ real }) => real !== null),
        api.id,
      ).toBe(true);
      if (api.paper)
        expect(
          ids.some(({ paper }) => paper !== null),
          api.id,
        ).toBe(true);
      for (const id of ids.flatMap(({ real, paper }) => [real, paper])) {
        if (id !== null) expect(id, api.id).toMatch(/^[A-Z0-9]{8,13}$/);
      }
    }
  });

  it('lead to one API each', () => {
    const owners = new Map<string, string>();
    for (const api of catalogue.apis) {
      for (const id of new Set(idsOf(api).flatMap(({ real, paper }) => [real, paper]))) {
        if (id === null) continue;
        expect(owners.get(id) ?? api.id, id).toBe(api.id);
        owners.set(id, api.id);
      }
    }
  });

  it('of an American sell in paper is VTTT1001U, not what swapping a letter makes', () => {
    const rule = catalogue
      .rest('overseas-stock.order')
      .trIdBy?.find(({ when }) => when['side'] === 'sell' && when['OVRS_EXCG_CD']?.includes('NASD'));
    expect(rule).toMatchObject({ real: 'TTTT1006U', paper: 'VTTT1001U' });
  });

  it('depend on request fields and known selectors only', () => {
    for (const api of rests) {
      for (const key of (api.trIdBy ?? []).flatMap(({ when }) => Object.keys(when))) {
        const known = api.request.some(({ name }) => name === key) || SELECTORS.includes(key);
        expect(known, `${api.id} ${key}`).toBe(true);
      }
    }
  });

  it('of orders are those of POST calls below trading, and only they end with U', () => {
    for (const api of rests.filter(({ product }) => product !== 'auth')) {
      const changes = idsOf(api).some(({ real }) => real?.endsWith('U') === true);
      expect(isOrderApi(api), api.id).toBe(changes);
    }
    expect(rests.filter(isOrderApi)).toHaveLength(18);
  });
});

describe('fields', () => {
  it('are named once in their request, block or channel, and each has a label', () => {
    for (const api of catalogue.apis) {
      const lists =
        api.kind === 'ws' ? [api.columns] : [api.request, ...Object.values(api.response).map((b) => b.fields)];
      for (const fields of lists) {
        const names = fields.map(({ name }) => name.toLowerCase());
        expect(new Set(names).size, api.id).toBe(names.length);
        for (const { name, label } of fields) expect(label, `${api.id} ${name}`).not.toBe('');
      }
    }
  });

  it('page in a known way, by keys that can be sent', () => {
    for (const { id, paging, request } of rests) {
      if (paging === null) continue;
      expect(['tr_cont', 'key', 'time'], id).toContain(paging.kind);
      for (const key of paging.keys)
        expect(
          request.some(({ name }) => name.toUpperCase() === key),
          `${id} ${key}`,
        ).toBe(true);
      if (paging.kind !== 'tr_cont') expect(paging.how ?? paging.responseKeys.join(), id).not.toBe('');
    }
  });

  it('of cash orders know the order types of 2026-09-14', () => {
    const types = catalogue.rest('domestic-stock.order-cash').request.find(({ name }) => name === 'ORD_DVSN');
    expect(Object.keys(types?.values ?? {})).toEqual(
      expect.arrayContaining(['27', '28', '29', '41', '42', '43', '44', '45', '46', '47', '00', '24']),
    );
    expect(types?.note).toContain('2026-09-14');
  });

  it('of channels stand in wire order', () => {
    expect(catalogue.channel('domestic-stock.ccnl-krx').columns).toHaveLength(46);
    expect(catalogue.channel('domestic-stock.asking-price-krx').columns).toHaveLength(59);
    expect(catalogue.channel('domestic-stock.ccnl-notice')).toMatchObject({ encrypted: true });
    expect(channels.filter(({ encrypted }) => encrypted)).toHaveLength(7);
  });
});

describe('asking', () => {
  it('refuses an unknown id and the wrong kind with the nearest names', () => {
    expect(codeOf(() => catalogue.rest('domestic-stock.inquire-prise'))).toEqual([
      'KIS_API_UNKNOWN',
      { id: 'domestic-stock.inquire-prise', near: expect.stringContaining('domestic-stock.inquire-price') as string },
    ]);
    expect(codeOf(() => catalogue.rest('domestic-stock.ccnl-krx'))).toMatchObject(['KIS_API_UNKNOWN', {}]);
    expect(codeOf(() => catalogue.channel('domestic-stock.inquire-price'))).toMatchObject(['KIS_API_UNKNOWN', {}]);
    expect(codeOf(() => catalogue.rest('~'))).toEqual(['KIS_API_UNKNOWN', { id: '~', near: '없음' }]);
    expect(catalogue.find('nothing')).toBeUndefined();
  });

  it('finds names by what stands in them and by letters that differ', () => {
    const names = ['inquire-price', 'inquire-balance', 'order-cash'];
    expect(nearest('balance', names)).toEqual(['inquire-balance']);
    expect(nearest('ordr-cash', names)).toEqual(['order-cash']);
    expect(nearest('entirely-other', names)).toEqual([]);
  });

  it('reads the file once', () => {
    expect(kisCatalogue()).toBe(catalogue);
  });
});

describe('files', () => {
  it('say where they come from and of when', () => {
    for (const name of ['catalogue', 'coverage', 'masters']) {
      const text = readFileSync(new URL(`../../../resources/kis/${name}.json`, import.meta.url), 'utf8');
      const { source, date } = JSON.parse(text) as { source: string; date: string };
      expect(source.length, name).toBeGreaterThan(20);
      expect(date, name).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      // One API a line, so that a change shows as the line it changes.
      if (name === 'catalogue') expect(text.split('\n').filter((line) => line.startsWith('  {'))).toHaveLength(339);
    }
  });

  it('lay out 18 masters whose fields fill their records', () => {
    const { masters } = masterLayouts();
    expect(masters).toHaveLength(18);
    for (const { id, format, recordBytes, fields } of masters) {
      const width = fields.reduce((sum, field) => sum + (field.width ?? 0), 0);
      if (format === 'fixed' && recordBytes !== undefined) expect(width, id).toBe(recordBytes);
    }
  });
});
