/** One call of the catalogue for a person who looks: every parameter as given, the account filled in, never an order. */
import type { Contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { OutputOf } from '#shared/rpc/index.ts';
import { isOrderApi, trIdOf, type KisAnswer, type KisEnvironment, type KisRest } from '#core/broker/kis/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import type { ConnectionKeys } from '../connections/entry.ts';

const HIDDEN = '***';

/** Whoever can make the call. */
export interface ApiCaller {
  readonly endpoint: { readonly environment: KisEnvironment };
  readonly keys: ConnectionKeys;
  readonly rest: Pick<KisRest, 'call' | 'pages'>;
}

export interface ApiCall {
  readonly api: string;
  readonly params: Readonly<Record<string, string>>;
  readonly all: boolean;
}

type CallAnswer = OutputOf<Contract['kis']['call']['output']>;

/** Rows of all pages under the name of their block; a block that is one record is the first page's. */
function joined(pages: readonly KisAnswer[]): Record<string, unknown> {
  const blocks: Record<string, unknown> = {};
  for (const { blocks: found } of pages) {
    for (const [name, block] of Object.entries(found)) {
      const before = blocks[name];
      const rows: readonly unknown[] | null = Array.isArray(block) ? block : null;
      if (rows === null) blocks[name] ??= block;
      else blocks[name] = [...(Array.isArray(before) ? (before as unknown[]) : []), ...rows];
    }
  }
  return blocks;
}

/** What the broker repeats of keys and account is not told again: keys can be written, never read back. */
function hidden(value: unknown, keys: ConnectionKeys): unknown {
  const { appKey, appSecret, accountNo, htsId } = keys;
  const secrets = [appKey, appSecret, accountNo, ...(htsId === null ? [] : [htsId])];
  if (typeof value === 'string') {
    return secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), value);
  }
  if (Array.isArray(value)) return value.map((item) => hidden(item, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hidden(item, keys)]));
}

/** Throws KIS_API_UNKNOWN, KIS_ORDER_API, KIS_NOT_IN_PAPER, KIS_PARAM and what the broker refuses. */
export async function callApi(caller: ApiCaller, wish: ApiCall, signal: AbortSignal): Promise<CallAnswer> {
  const api = kisCatalogue().rest(wish.api);
  if (isOrderApi(api.id)) throw new AppError('KIS_ORDER_API', { id: api.id });
  if (api.path.startsWith('/oauth2')) throw new AppError('KIS_SECRET_API', { id: api.id });
  const { environment } = caller.endpoint;
  if (environment === 'paper' && !api.paper) throw new AppError('KIS_NOT_IN_PAPER', { name: api.name });
  // Lower-case selectors choose the TR id and are not sent.
  const chosen = new Set((api.trIdBy ?? []).flatMap(({ when }) => Object.keys(when)));
  const sent = Object.entries(wish.params).filter(([name]) => !(chosen.has(name) && name === name.toLowerCase()));
  const params = Object.fromEntries(sent);
  const call = { api: api.id, params, select: wish.params, lane: 'background', signal } as const;
  const { pages, complete, error } = wish.all
    ? await caller.rest.pages(call)
    : await caller.rest.call(call).then((answer) => ({ pages: [answer], complete: !answer.more, error: null }));
  const [first] = pages;
  if (!first) throw error;
  return {
    api: api.id,
    trId: trIdOf(api, environment, { params: wish.params, select: wish.params }),
    messageCode: first.messageCode,
    message: hidden(first.message, caller.keys) as string,
    blocks: hidden({ ...joined(pages), top: first.top }, caller.keys) as Record<string, unknown>,
    complete,
    pages: pages.length,
    synthetic: first.synthetic === true,
  };
}
