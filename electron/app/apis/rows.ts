/** The list of all APIs: the official one in its order, behind it what it leaves out. */
import { kisCatalogue, officialList, type KisApi } from '#core/catalogue/index.ts';
import type { ApiRow } from '#shared/contract/index.ts';
import { isSecretApi } from '../kis/api-call.ts';
import { orderOf } from './orders.ts';

/** TR ids of an environment, each once. */
function trIds(api: KisApi, environment: 'real' | 'paper'): string[] {
  const all = [api.trId, ...(api.trIdBy ?? [])].map((rule) => rule[environment]);
  return [...new Set(all.filter((id) => id !== null))];
}

function rowOf(
  api: KisApi,
  named: { readonly no: number | null; readonly name: string; readonly group: string },
): ApiRow {
  // "[국내주식]주문/계좌"; "OAuth인증" has no menus.
  const parts = /^\[(.+?)\](.*)$/.exec(named.group);
  return {
    no: named.no,
    id: api.id,
    name: named.name,
    category: parts?.[1] ?? named.group,
    menu: parts?.[2] ?? '',
    kind: api.kind,
    method: api.kind === 'rest' ? api.method : null,
    path: api.path,
    trIds: { real: trIds(api, 'real'), paper: trIds(api, 'paper') },
    paper: api.paper,
    order: orderOf(api.id),
    secret: isSecretApi(api),
  };
}

/** 334 rows of the official list, then the APIs that are in none. */
export function apiRows(): ApiRow[] {
  const catalogue = kisCatalogue();
  const listed = officialList().flatMap(({ apiId, name, group }, place) => {
    const api = catalogue.find(apiId);
    return api ? [rowOf(api, { no: place + 1, name, group })] : [];
  });
  const named = new Set(listed.map(({ id }) => id));
  const others = catalogue.apis.filter(({ id }) => !named.has(id)).map((api) => rowOf(api, { no: null, ...api }));
  return [...listed, ...others];
}
