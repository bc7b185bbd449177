/** The calls without token and envelope: access token, its return, approval key, hashkey. */
import type { RestApi } from '#core/catalogue/index.ts';
import { TransportError } from '#core/platform/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { KisAnswer, KisEndpoint, KisKeys } from '../ports.ts';
import type { ReadAnswer } from './answer.ts';
import type { CallLimiter } from './call-limiter.ts';
import type { RestCounter } from './health.ts';
import type { KisLimits } from './limits.ts';
import { badAnswerError, codeError, codeFacts, faultError, type CodeFacts } from './problem.ts';
import { requestOf } from './request.ts';
import type { IssuedToken } from './token-keeper.ts';
import type { Wire } from './wire.ts';

export interface AuthCallsParts {
  readonly endpoint: KisEndpoint;
  readonly keys: () => KisKeys;
  readonly catalogue: { rest(id: string): RestApi };
  readonly limits: KisLimits;
  readonly limiter: CallLimiter;
  readonly wire: Wire;
  readonly counter: RestCounter;
  /** Told of every refusal before it is thrown. */
  readonly heard: (facts: CodeFacts) => void;
}

const GRANT = 'client_credentials';

export class AuthCalls {
  readonly #parts: AuthCallsParts;

  constructor(parts: AuthCallsParts) {
    this.#parts = parts;
  }

  async issueToken(): Promise<IssuedToken> {
    const { appKey, appSecret } = this.#parts.keys();
    const { top } = await this.#call('auth.token', { grant_type: GRANT, appkey: appKey, appsecret: appSecret });
    const accessToken = needed(top['access_token']);
    return {
      accessToken,
      expiresIn: top['expires_in'] ?? '',
      expiresAt: top['access_token_token_expired'] ?? '',
    };
  }

  /** false: the broker does not know the token any more. */
  async revokeToken(accessToken: string): Promise<boolean> {
    const { appKey, appSecret } = this.#parts.keys();
    try {
      await this.#call('auth.revoke', { appkey: appKey, appsecret: appSecret, token: accessToken });
      return true;
    } catch (error) {
      const code = error instanceof AppError ? error.params['code'] : undefined;
      if (typeof code === 'string' && codeFacts({ code, text: '' }).handling === 'token') return false;
      throw error;
    }
  }

  async approvalKey(): Promise<string> {
    const { appKey, appSecret } = this.#parts.keys();
    const { top } = await this.#call('auth.approval', { grant_type: GRANT, appkey: appKey, secretkey: appSecret });
    return needed(top['approval_key']);
  }

  /** HASH of a body; the broker takes orders without it. */
  async hashKey(body: Readonly<Record<string, string>>): Promise<string> {
    const { top } = await this.#call('auth.hashkey', body);
    return needed(top['HASH']);
  }

  async #call(id: string, fields: Readonly<Record<string, string>>): Promise<KisAnswer> {
    const { endpoint, catalogue, keys, limits, limiter, wire } = this.#parts;
    const request = requestOf({
      restUrl: endpoint.restUrl,
      api: catalogue.rest(id),
      trId: null,
      fields,
      keys: keys(),
      accessToken: null,
      next: false,
      timeoutMs: limits.timeoutMs,
    });
    // Orders wait for it, so it goes with them.
    const place = await limiter.acquire({ lane: 'order', ledger: false });
    const read = await wire.send(request, { place, envelope: false });
    if (!(read instanceof TransportError) && read.kind === 'ok') return read.answer;
    const error = this.#errorOf(read, endpoint);
    this.#parts.counter.failed(error);
    throw error;
  }

  #errorOf(read: TransportError | Exclude<ReadAnswer, { kind: 'ok' }>, endpoint: KisEndpoint): AppError {
    if (read instanceof TransportError) return faultError(read, new URL(endpoint.restUrl).host);
    if (read.kind === 'bad') return badAnswerError(read.why, read.status);
    const facts = codeFacts(read);
    this.#parts.heard(facts);
    return codeError(facts);
  }
}

function needed(value: string | undefined): string {
  if (value === undefined || value === '') throw badAnswerError('shape', 200);
  return value;
}
