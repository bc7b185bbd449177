/** One call of the catalogue for a person who looks: every parameter as given, the account filled in, never an order. */
import type { Contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { OutputOf } from '#shared/rpc/index.ts';
import {
  isOrderApi,
  trIdOf,
  type KisAnswer,
  type KisEndpoint,
  type KisPages,
  type KisRestClient,
} from '#core/broker/kis/index.ts';
import { kisCatalogue, type KisApi, type RestApi } from '#core/catalogue/index.ts';
import type { ConnectionKeys } from '../connections/entry.ts';

const HIDDEN = '***';
/** The field that stands for a whole body. */
const WHOLE_BODY = '*';

/** Whoever can make the call. */
export interface ApiCaller {
  readonly endpoint: Pick<KisEndpoint, 'environment' | 'kind'>;
  readonly keys: ConnectionKeys;
  readonly rest: Pick<KisRestClient, 'pages' | 'hashKey'>;
}

export interface ApiCall {
  readonly api: string;
  readonly params: Readonly<Record<string, string>>;
  readonly all: boolean;
  /** Where an earlier answer to the same question ended; absent: the first page. */
  readonly from?: Readonly<Record<string, string>> | undefined;
}

type CallAnswer = Omit<OutputOf<Contract['kis']['call']['output']>, 'callId' | 'ms' | 'next'>;

/** What came, and where the next page begins: that may hold the account, so it stays here. */
export interface Called {
  readonly answer: CallAnswer;
  readonly next: Readonly<Record<string, string>> | null;
  /** Rows of all blocks; a record is one. */
  readonly rows: number;
}

/** Whether an API hands out keys or tokens. */
export function isSecretApi(api: KisApi): boolean {
  return api.path.startsWith('/oauth2');
}

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
export function hidden(value: unknown, keys: ConnectionKeys): unknown {
  const { appKey, appSecret, accountNo, htsId } = keys;
  const secrets = [appKey, appSecret, accountNo, ...(htsId === null ? [] : [htsId])];
  if (typeof value === 'string') {
    return secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), value);
  }
  if (Array.isArray(value)) return value.map((item) => hidden(item, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hidden(item, keys)]));
}

/** The hash of a body, as an answer; the whole body is one field. */
async function hashOf(caller: ApiCaller, api: RestApi, wish: ApiCall): Promise<KisPages> {
  const text = wish.params[WHOLE_BODY] ?? '';
  let body: Readonly<Record<string, unknown>>;
  try {
    body = JSON.parse(text) as typeof body;
  } catch {
    throw new AppError('KIS_PARAM', { name: WHOLE_BODY, why: '{"이름":"값"} 모양의 JSON으로 적으세요.', id: api.id });
  }
  const texts = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
  const block = { HASH: await caller.rest.hashKey(texts), BODY: text };
  const answer = { blocks: { body: block }, top: {}, messageCode: '', message: '', more: false };
  return { pages: [answer], complete: true, error: null, next: null };
}

/** Rows of all blocks; a record counts as one, and what stands beside them not at all. */
function rowsOf(blocks: Readonly<Record<string, unknown>>): number {
  return Object.entries(blocks)
    .filter(([name]) => name !== 'top')
    .reduce((sum, [, block]) => sum + (Array.isArray(block) ? block.length : 1), 0);
}

/** Throws KIS_API_UNKNOWN, KIS_ORDER_API, KIS_SECRET_API, KIS_NOT_IN_PAPER, KIS_PARAM and what the broker refuses. */
export async function callApi(caller: ApiCaller, wish: ApiCall, signal: AbortSignal): Promise<Called> {
  const api = kisCatalogue().rest(wish.api);
  if (isOrderApi(api.id)) throw new AppError('KIS_ORDER_API', { id: api.id });
  if (isSecretApi(api)) throw new AppError('KIS_SECRET_API', { id: api.id });
  const { environment } = caller.endpoint;
  if (environment === 'paper' && !api.paper) throw new AppError('KIS_NOT_IN_PAPER', { name: api.name });
  // Lower-case selectors choose the TR id and are not sent.
  const chosen = new Set((api.trIdBy ?? []).flatMap(({ when }) => Object.keys(when)));
  const sent = Object.entries(wish.params).filter(([name]) => !(chosen.has(name) && name === name.toLowerCase()));
  const params = Object.fromEntries(sent);
  const call = { api: api.id, params, select: wish.params, lane: 'background', signal } as const;
  const found = api.request.some(({ name }) => name === WHOLE_BODY)
    ? await hashOf(caller, api, wish)
    : await caller.rest.pages(call, { from: wish.from, ...(wish.all ? {} : { maxPages: 1 }) });
  const { pages } = found;
  const [first] = pages;
  const last = pages.at(-1);
  if (!first || !last) throw found.error;
  const blocks = hidden({ ...joined(pages), top: first.top }, caller.keys) as Record<string, unknown>;
  const answer = {
    api: api.id,
    trId: trIdOf(api, environment, { params: wish.params, select: wish.params }),
    messageCode: first.messageCode,
    message: hidden(first.message, caller.keys) as string,
    blocks,
    complete: found.complete && (wish.all || !last.more),
    pages: pages.length,
    synthetic: first.synthetic === true,
    endpoint: caller.endpoint.kind,
  };
  return { answer, next: found.next, rows: rowsOf(blocks) };
}
