/** Calls and channels written as code. */
import { kisCatalogue, type KisApi } from '#core/catalogue/index.ts';
import type { ApiCopyForm, ApiEnvironment } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { isSecretApi } from '../../kis/api-call.ts';
import { orderOf } from '../orders.ts';
import { asCommand } from './cli.ts';
import { asCurl } from './curl.ts';
import { callAsPython, channelAsPython } from './python.ts';
import { codeCall, codeChannel } from './question.ts';
import { callAsTypeScript, channelAsTypeScript } from './typescript.ts';

export { collection } from './postman.ts';

export interface CodeWish {
  readonly api: string;
  readonly env: ApiEnvironment;
  readonly params: Readonly<Record<string, string>>;
  /** Of a channel. */
  readonly key: string;
  readonly form: ApiCopyForm;
}

function refuse(api: KisApi): void {
  // Code that sends an order would go around the guard and the journal.
  if (orderOf(api.id)) throw new AppError('KIS_ORDER_API', { id: api.id });
  if (isSecretApi(api)) throw new AppError('KIS_SECRET_API', { id: api.id });
}

/** Throws KIS_API_UNKNOWN, KIS_ORDER_API, KIS_SECRET_API, KIS_NOT_IN_PAPER, KIS_PARAM_CHOICE; INPUT_INVALID for forms without channels. */
export function asCode({ api: id, env, params, key, form }: CodeWish): string {
  const catalogue = kisCatalogue();
  const api = catalogue.find(id);
  if (!api) throw catalogue.unknown(id);
  refuse(api);
  if (api.kind === 'ws') {
    const channel = codeChannel(api, env, key);
    if (form === 'typescript') return channelAsTypeScript(channel);
    if (form === 'python') return channelAsPython(channel);
    throw new AppError('INPUT_INVALID', { where: form, why: '실시간 채널은 TypeScript와 Python으로만 복사합니다.' });
  }
  const call = codeCall(api, env, params);
  switch (form) {
    case 'curl':
      return asCurl(call);
    case 'typescript':
      return callAsTypeScript(call);
    case 'python':
      return callAsPython(call);
    case 'cli':
      return asCommand(call, env);
  }
}
