/** Builds the HTTP request of a call: every field of the catalogue in its order, headers, and the keys only where they belong. */
import type { RestApi } from '#core/catalogue/index.ts';
import type { HttpRequest } from '#core/platform/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { KisKeys } from '../ports.ts';

/** What can stand in a header. */
const PRINTABLE = /^[\x21-\x7e]+$/;

function accountPart(value: string, form: RegExp): string {
  if (!form.test(value)) throw new AppError('KIS_ACCOUNT_FORM');
  return value;
}

/** Fields that the keys know, where the caller leaves them out. */
function fromKeys(name: string, keys: KisKeys): string | undefined {
  if (name === 'CANO') return accountPart(keys.accountNo, /^\d{8}$/);
  if (name === 'ACNT_PRDT_CD') return accountPart(keys.productCode, /^\d{2}$/);
  return name.toUpperCase() === 'USER_ID' ? (keys.htsId ?? undefined) : undefined;
}

/** Every field of the API with its value: as given, else from the keys, else its default, else empty. */
export function fieldsOf(
  api: RestApi,
  given: Readonly<Record<string, string>>,
  keys: KisKeys,
): Readonly<Record<string, string>> {
  const known = new Set([...api.request.map((field) => field.name), ...(api.paging?.keys ?? [])]);
  for (const name of Object.keys(given))
    if (!known.has(name)) throw new AppError('KIS_PARAM_UNKNOWN', { name, id: api.id });
  const fields = api.request.map(({ name, default: fallback }): [string, string] => [
    name,
    given[name] ?? fromKeys(name, keys) ?? fallback ?? '',
  ]);
  return { ...Object.fromEntries(fields), ...given };
}

export interface RequestParts {
  readonly restUrl: string;
  readonly api: RestApi;
  readonly trId: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly keys: KisKeys;
  readonly accessToken: string | null;
  /** true: the page after the one before. */
  readonly next: boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

function queryOf(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** A call as it goes out. */
export function requestOf(parts: RequestParts): HttpRequest {
  const { api, fields, keys, accessToken, trId } = parts;
  if (!PRINTABLE.test(keys.appKey) || !PRINTABLE.test(keys.appSecret)) throw new AppError('KIS_KEYS_FORM');
  const url = `${parts.restUrl}${api.path}`;
  const query = queryOf(fields);
  const get = api.method === 'GET';
  return {
    method: api.method,
    url: get && query !== '' ? `${url}?${query}` : url,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
      ...(api.path.startsWith('/oauth2/') ? {} : { appkey: keys.appKey, appsecret: keys.appSecret }),
      ...(trId === null ? {} : { tr_id: trId, tr_cont: parts.next ? 'N' : '', custtype: 'P' }),
    },
    body: get ? null : JSON.stringify(fields),
    timeoutMs: parts.timeoutMs,
    ...(parts.signal ? { signal: parts.signal } : {}),
  };
}
