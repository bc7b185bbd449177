/** Finds the API that a call means by its TR id, as the server does: from the catalogue, older ids included. */
import type { ChannelApi, KisApi, RestApi } from '../catalogue/index.ts';

/** An API under one of its ids. */
export interface Meant {
  readonly api: RestApi;
  /** Where the id belongs. */
  readonly env: 'paper' | 'real' | 'both';
  /** What the id alone says: the side of an order, for one. */
  readonly select: Readonly<Record<string, string>>;
}

export interface MeantChannel {
  readonly channel: ChannelApi;
  readonly env: 'paper' | 'real' | 'both';
}

/**
 * Sides of the ids from before EXCG_ID_DVSN_CD.
 * @source protocol.md §7
 */
const OLD_SIDES: Readonly<Record<string, string>> = {
  TTTC0801U: 'sell',
  VTTC0801U: 'sell',
  TTTC0802U: 'buy',
  VTTC0802U: 'buy',
};
/** Ids seen in samples that the catalogue does not list. @source protocol.md §7, samples/ */
const MORE_OLD: Readonly<Record<string, readonly string[]>> = {
  'domestic-stock.order-cash': ['TTTC0801U', 'VTTC0801U', 'TTTC0802U', 'VTTC0802U'],
  'domestic-stock.order-rvsecncl': ['TTTC0803U', 'VTTC0803U'],
  'domestic-stock.inquire-psbl-rvsecncl': ['TTTC8036R'],
  'domestic-stock.inquire-daily-ccld': ['TTTC8001R', 'VTTC8001R', 'CTSC9115R', 'VTSC9115R'],
};

const isPaperId = (id: string): boolean => id.startsWith('V') || /^H0[A-Z]{2}CNI9$/.test(id);

function idsOf(
  api: KisApi,
): readonly { readonly id: string; readonly env: Meant['env']; readonly select: Meant['select'] }[] {
  const found: { id: string; env: Meant['env']; select: Meant['select'] }[] = [];
  const add = (real: string | null, paper: string | null, select: Meant['select']): void => {
    if (real !== null) found.push({ id: real, env: real === paper ? 'both' : 'real', select });
    if (paper !== null && paper !== real) found.push({ id: paper, env: 'paper', select });
  };
  add(api.trId.real, api.trId.paper, {});
  for (const { when, real, paper } of api.trIdBy ?? []) {
    const side = when['side'];
    const period = when['period'];
    const session = when['session'];
    const action = when['action'];
    const select = {
      ...(typeof side === 'string' ? { side } : {}),
      ...(typeof period === 'string' ? { period } : {}),
      ...(typeof session === 'string' ? { session } : {}),
      ...(typeof action === 'string' ? { action } : {}),
    };
    add(real, paper, select);
  }
  for (const id of [...(api.oldTrIds ?? []), ...(MORE_OLD[api.id] ?? [])]) {
    const side = OLD_SIDES[id];
    found.push({ id, env: isPaperId(id) ? 'paper' : 'real', select: side === undefined ? {} : { side } });
  }
  return found;
}

export class ApiMap {
  readonly #calls = new Map<string, Meant[]>();
  readonly #channels = new Map<string, MeantChannel>();

  constructor(apis: readonly KisApi[]) {
    for (const api of apis) {
      const ids = idsOf(api);
      if (api.kind === 'ws') {
        for (const { id, env } of ids) if (!this.#channels.has(id)) this.#channels.set(id, { channel: api, env });
        continue;
      }
      for (const { id, env, select } of ids) {
        const known = this.#calls.get(id) ?? [];
        if (!known.some((each) => each.api === api)) this.#calls.set(id, [...known, { api, env, select }]);
      }
    }
  }

  /** The API of an id on a path; undefined where the id is unknown or belongs to another path. */
  call(trId: string, path: string): Meant | undefined {
    return this.#calls.get(trId)?.find(({ api }) => api.path === path);
  }

  channel(trId: string): MeantChannel | undefined {
    return this.#channels.get(trId);
  }
}
