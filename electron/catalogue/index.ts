/** All APIs of KIS as data, read from resources/kis at the first question: a workstation that never asks pays nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { ChannelApi, KisApi, RestApi } from './api.ts';
import { nearest } from './nearest.ts';

export type {
  ChannelApi,
  KisApi,
  NoticeLabels,
  Paging,
  RequestField,
  ResponseBlock,
  ResponseField,
  RestApi,
  TrIdRule,
} from './api.ts';
export {
  masterLayouts,
  type MarketMasterFile,
  type MasterField,
  type MasterFile,
  type MasterLayout,
  type MasterLayouts,
} from './masters.ts';
export { nearest } from './nearest.ts';
export { officialList, type ListRow } from './official-list.ts';
export { isOrderApi } from './order-apis.ts';
export { recipeBook, type Recipe, type RecipeBook, type SampleFolder } from './recipes.ts';

/** The catalogue, by id. */
export interface KisCatalogue {
  /** All of them, in the order of the list. */
  readonly apis: readonly KisApi[];
  /** A REST API. Throws KIS_API_UNKNOWN with the nearest names. */
  rest(id: string): RestApi;
  /** A real-time channel. Throws KIS_API_UNKNOWN with the nearest names. */
  channel(id: string): ChannelApi;
  /** Either kind; undefined where there is none. */
  find(id: string): KisApi | undefined;
  /** The error for an id that is not there, with the nearest names. */
  unknown(id: string): AppError;
}

/** Two folders up both from the source and from the built entries, which all lie in out/main. */
const FOLDER = join(import.meta.dirname, '..', '..', 'resources', 'kis');

function load(): KisCatalogue {
  const text = readFileSync(join(FOLDER, 'catalogue.json'), 'utf8');
  // Our own file, held against these types by test/unit/catalogue.
  const { apis } = JSON.parse(text) as { readonly apis: readonly KisApi[] };
  const byId = new Map(apis.map((api) => [api.id, api]));
  const unknown = (id: string): AppError => {
    const near = nearest(id, [...byId.keys()]);
    return new AppError('KIS_API_UNKNOWN', { id: id.slice(0, 80), near: near.length > 0 ? near.join(', ') : '없음' });
  };
  return {
    apis,
    rest(id) {
      const api = byId.get(id);
      if (api?.kind !== 'rest') throw unknown(id);
      return api;
    },
    channel(id) {
      const api = byId.get(id);
      if (api?.kind !== 'ws') throw unknown(id);
      return api;
    },
    find: (id) => byId.get(id),
    unknown,
  };
}

let loaded: KisCatalogue | undefined;

/** The catalogue; the first call reads and parses it. */
export function kisCatalogue(): KisCatalogue {
  loaded ??= load();
  return loaded;
}
