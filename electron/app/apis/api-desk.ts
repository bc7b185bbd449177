/** Carries single calls of the catalogue to whoever answers them, and remembers each without its secrets. */
import type { z } from 'zod';
import type { ApiCallRecord, ApiEnvironment, ApiPlace, Contract } from '#shared/contract/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Clock, Ids } from '#shared/ports.ts';
import type { OutputOf } from '#shared/rpc/index.ts';
import type { EndpointKind } from '#shared/domain/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import type { StoredConnection } from '../connections/connection-file.ts';
import type { Connections } from '../connections/connections.ts';
import { fittingConnection } from '../environments/choices.ts';
import type { Front } from '../environments/front.ts';
import { callApi, hidden, type ApiCaller, type Called } from '../kis/api-call.ts';
import type { KisLines } from '../kis/lines.ts';
import { CallHistory } from './call-history.ts';

type CallWish = z.output<Contract['kis']['call']['input']>;
type CallAnswer = OutputOf<Contract['kis']['call']['output']>;

export interface ApiDeskParts {
  readonly connections: Connections;
  readonly lines: KisLines;
  readonly front: Front;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Answers from an emulator in this process. */
  readonly simulatorCaller: () => Promise<ApiCaller>;
}

/** Fields that name the account, whoever wrote them. */
const ACCOUNT_FIELD = /^(CANO|ACNT_PRDT_CD|USER_ID)$/i;
const HIDDEN = '***';

type Target = Pick<CallWish, 'api' | 'env' | 'endpoint' | 'params'>;

export class ApiDesk {
  readonly history = new CallHistory();
  readonly #parts: ApiDeskParts;

  constructor(parts: ApiDeskParts) {
    this.#parts = parts;
  }

  /** One call that places no order, or the pages after one. Throws as `callApi` does. */
  async call(wish: CallWish, signal: AbortSignal): Promise<CallAnswer> {
    const { clock, ids } = this.#parts;
    const place = wish.after === null ? null : this.history.after(wish.after);
    const target: Target = place ?? wish;
    const callId = ids.next();
    const startMs = clock.monotonicMs();
    let caller: ApiCaller | null = null;
    let called: Called | null = null;
    let failure: unknown = null;
    try {
      caller = await this.#caller(target);
      called = await callApi(caller, { ...target, all: wish.all, from: place?.from }, signal);
    } catch (error) {
      failure = error;
    }
    const ms = Math.max(0, Math.round(clock.monotonicMs() - startMs));
    const record = recordOf({ callId, at: clock.now(), ms, target, caller, called, failure });
    this.history.add(record, called?.next ? { ...target, from: called.next } : null);
    if (called === null) throw failure;
    return { ...called.answer, callId, ms, next: called.next !== null };
  }

  /** Where calls can go now, each environment once. */
  places(): ApiPlace[] {
    const own = { env: 'simulator', endpoint: 'emulator', label: null, inForce: false, reasonKo: null } as const;
    return [own, this.#place('paper'), this.#place('real')];
  }

  /** The connection that a call of an environment goes over: the one in force where it fits, else the first that does. */
  connectionOf(env: Exclude<ApiEnvironment, 'simulator'>, endpoint: EndpointKind | null = null): StoredConnection {
    const { connections, front } = this.#parts;
    const inForce = front.inForceOrNull;
    const id = inForce?.connectionId ?? null;
    const stored = id === null ? undefined : connections.all().find(({ connectionId }) => connectionId === id);
    if (stored?.kind === env && (endpoint === null || stored.endpoint === endpoint)) return stored;
    return firstConnection(connections, env, endpoint);
  }

  async #caller({ env, endpoint }: Target): Promise<ApiCaller> {
    if (env === 'simulator') return this.#parts.simulatorCaller();
    return this.#parts.lines.of(this.connectionOf(env, endpoint).connectionId);
  }

  #place(env: Exclude<ApiEnvironment, 'simulator'>): ApiPlace {
    const { connections, front } = this.#parts;
    try {
      const stored = this.connectionOf(env);
      const { label, accountMasked, endpoint, connectionId } = stored;
      const gone = connections.keptIn(stored) === 'none' ? toEnvelope(new AppError('KIS_NO_KEYS')) : null;
      return {
        env,
        endpoint,
        label: label === '' ? accountMasked : label,
        inForce: front.inForceOrNull?.connectionId === connectionId,
        reasonKo: gone && `${gone.messageKo} ${gone.actionKo}`,
      };
    } catch (error) {
      const { messageKo, actionKo } = toEnvelope(error);
      return { env, endpoint: 'official', label: null, inForce: false, reasonKo: `${messageKo} ${actionKo}` };
    }
  }
}

function firstConnection(
  connections: Connections,
  env: Exclude<ApiEnvironment, 'simulator'>,
  endpoint: EndpointKind | null,
): StoredConnection {
  if (endpoint === null) return fittingConnection(connections, { environment: env, connectionId: null });
  const found = connections
    .all()
    .find((stored) => stored.kind === env && stored.endpoint === endpoint && connections.keptIn(stored) !== 'none');
  if (!found) throw new AppError('ENVIRONMENT_ABSENT', { why: '맞는 연결이 없습니다.' });
  return found;
}

/** A call as it may be read again: nothing of keys or account is in it. */
function recordOf(facts: {
  readonly callId: string;
  readonly at: number;
  readonly ms: number;
  readonly target: Target;
  readonly caller: ApiCaller | null;
  readonly called: Called | null;
  readonly failure: unknown;
}): ApiCallRecord {
  const { callId, at, ms, target, caller, called, failure } = facts;
  const typed = Object.fromEntries(
    Object.entries(target.params).map(([name, value]) => [name, ACCOUNT_FIELD.test(name) ? HIDDEN : value]),
  );
  const told = called === null ? toEnvelope(failure) : null;
  return {
    callId,
    at,
    api: target.api,
    name: kisCatalogue().find(target.api)?.name ?? target.api,
    env: target.env,
    endpoint: caller?.endpoint.kind ?? null,
    params: (caller ? hidden(typed, caller.keys) : typed) as Record<string, string>,
    pages: called?.answer.pages ?? 0,
    rows: called?.rows ?? 0,
    ms,
    synthetic: called?.answer.synthetic ?? false,
    reason: told && { code: told.code, messageKo: told.messageKo, actionKo: told.actionKo },
  };
}
