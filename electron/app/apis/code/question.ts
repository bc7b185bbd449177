/** A call as it would be written down: its address, its fields, and which of them come from the environment. */
import { trIdOf } from '#core/broker/kis/index.ts';
import type { ChannelApi, RestApi } from '#core/catalogue/index.ts';
import type { ApiEnvironment } from '#shared/contract/index.ts';
import { officialAddress } from '../../connections/endpoint.ts';

/** Values that are read from the environment of whoever runs the code, never written. */
export const FROM_ENVIRONMENT: Readonly<Record<string, string>> = {
  CANO: 'KIS_ACCOUNT_NO',
  ACNT_PRDT_CD: 'KIS_ACCOUNT_PRODUCT',
  USER_ID: 'KIS_HTS_ID',
};

/** One field: its value as text, or the name of the variable that holds it. */
export type CodeField =
  { readonly name: string; readonly text: string } | { readonly name: string; readonly variable: string };

export interface CodeCall {
  readonly api: RestApi;
  readonly environment: 'paper' | 'real';
  readonly trId: string | null;
  /** Where KIS_URL points if it is not set. */
  readonly restUrl: string;
  readonly fields: readonly CodeField[];
  /** Choose the TR id and are not sent. */
  readonly selectors: Readonly<Record<string, string>>;
}

export interface CodeChannel {
  readonly api: ChannelApi;
  readonly environment: 'paper' | 'real';
  readonly trId: string;
  readonly restUrl: string;
  readonly wsUrl: string;
  /** null: the user's HTS id, from the environment. */
  readonly key: string | null;
}

/** The emulator of this process speaks as the real environment does. */
export function brokerSide(env: ApiEnvironment): 'paper' | 'real' {
  return env === 'paper' ? 'paper' : 'real';
}

function fieldOf(name: string, text: string): CodeField {
  const variable = FROM_ENVIRONMENT[name.toUpperCase()];
  return variable === undefined ? { name, text } : { name, variable };
}

/** Throws KIS_NOT_IN_PAPER and KIS_PARAM_CHOICE, as the call itself would. */
export function codeCall(api: RestApi, env: ApiEnvironment, params: Readonly<Record<string, string>>): CodeCall {
  const environment = brokerSide(env);
  const sent = new Map(api.request.map(({ name, default: fallback }) => [name, fallback ?? '']));
  const selectors: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    if (sent.has(name) || (api.paging?.keys.includes(name) ?? false)) sent.set(name, value);
    else selectors[name] = value;
  }
  return {
    api,
    environment,
    trId: trIdOf(api, environment, { params, select: params }),
    restUrl: officialAddress(environment).restUrl,
    fields: [...sent].map(([name, text]) => fieldOf(name, text)),
    selectors,
  };
}

export function codeChannel(api: ChannelApi, env: ApiEnvironment, key: string): CodeChannel {
  const environment = brokerSide(env);
  const { restUrl, wsUrl } = officialAddress(environment);
  const trId = trIdOf(api, environment, { params: {} }) ?? '';
  return { api, environment, trId, restUrl, wsUrl, key: api.encrypted ? null : key };
}
