/** A REST client of KIS on fake time, with a server whose answers a test writes. */
import { createServerClock, type LearningServerClock } from '#core/broker/kis/server-clock.ts';
import {
  createKisRest,
  createMemoryTokenStore,
  kisLimits,
  type KisLimits,
  type KisRestClient,
  type TokenStore,
} from '#core/broker/kis/rest/index.ts';
import type { KisKeys } from '#core/broker/kis/ports.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { TransportError, type HttpAnswer, type HttpRequest, type Transport } from '#core/platform/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createMemoryLog, type LogLine } from './memory-log.ts';

/** What the stand-in server does with a request: an answer, a fault, or either after a while. */
export type Reply = HttpAnswer | TransportError | Promise<HttpAnswer | TransportError>;

/** A JSON answer. */
export function json(
  body: unknown,
  options: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): HttpAnswer {
  return raw(JSON.stringify(body), options);
}

/** An answer of any text. */
export function raw(
  text: string,
  options: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): HttpAnswer {
  return { status: options.status ?? 200, headers: options.headers ?? {}, body: Buffer.from(text) };
}

/** Success with blocks. */
export function success(
  blocks: Readonly<Record<string, unknown>> = {},
  headers: Record<string, string> = {},
): HttpAnswer {
  return json({ rt_cd: '0', msg_cd: 'MCA00000', msg1: '정상처리 되었습니다.  ', ...blocks }, { headers });
}

/** A refusal in the envelope of calls. */
export function refusal(code: string, text: string, status = 200): HttpAnswer {
  return json({ rt_cd: '1', msg_cd: code, msg1: text }, { status });
}

/** Keys made up for one run. */
export function madeUpKeys(seed = 1): KisKeys {
  const rng = Rng.from(seed, 'keys');
  const letters = (length: number): string =>
    Array.from({ length }, () => 'ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz0123456789'.charAt(rng.int(54))).join('');
  const digits = (length: number): string => Array.from({ length }, () => rng.int(10)).join('');
  return { appKey: letters(36), appSecret: letters(180), accountNo: digits(8), productCode: '01', htsId: 'user1' };
}

export interface KisStand {
  readonly rest: KisRestClient;
  readonly time: FakeTime;
  readonly keys: KisKeys;
  readonly requests: HttpRequest[];
  /** Requests that are no token calls. */
  readonly calls: HttpRequest[];
  readonly issues: HttpRequest[];
  readonly serverClock: LearningServerClock;
  readonly log: readonly LogLine[];
  epoch: number;
  /** Answers every call that is no token call. */
  reply: (request: HttpRequest) => Reply;
  /** Answers token calls. */
  issue: (request: HttpRequest) => Reply;
}

export interface StandOptions {
  readonly environment?: 'paper' | 'real';
  readonly limits?: Partial<KisLimits>;
  readonly tokenStore?: TokenStore;
  readonly time?: FakeTime;
  readonly keys?: KisKeys;
}

/** A client with a server that grants tokens and answers with empty success until a test says otherwise. */
export function kisStand(options: StandOptions = {}): KisStand {
  const environment = options.environment ?? 'real';
  const time = options.time ?? createFakeTime();
  const { logger, lines } = createMemoryLog();
  const keys = options.keys ?? madeUpKeys();
  const serverClock = createServerClock(time);
  let issued = 0;
  const transport: Transport = {
    async request(request) {
      stand.requests.push(request);
      request.written?.();
      const path = new URL(request.url).pathname;
      const auth = path.startsWith('/oauth2/') || path === '/uapi/hashkey';
      if (path === '/oauth2/tokenP') stand.issues.push(request);
      if (!auth) stand.calls.push(request);
      const reply = await (auth ? stand.issue : stand.reply)(request);
      if (reply instanceof TransportError) throw reply;
      return reply;
    },
    openSocket: () => {
      throw new Error('no sockets here');
    },
  };
  const stand: KisStand = {
    rest: createKisRest({
      endpoint: { environment, kind: 'emulator', restUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:1' },
      keys: () => keys,
      tokenStore: options.tokenStore ?? createMemoryTokenStore(),
      transport,
      catalogue: kisCatalogue(),
      clock: time.clock,
      timers: time.timers,
      serverClock,
      rng: Rng.from(1, 'rest'),
      logger,
      limits: { ...kisLimits(environment, sessionDate('2026-11-26')), ...options.limits },
      epoch: () => stand.epoch,
    }),
    time,
    keys,
    requests: [],
    calls: [],
    issues: [],
    serverClock,
    log: lines,
    epoch: 0,
    reply: () => success(),
    issue: (request) => {
      if (request.url.endsWith('/oauth2/tokenP'))
        return json({ access_token: `token-${(issued += 1)}`, token_type: 'Bearer', expires_in: 86_400 });
      if (request.url.endsWith('/oauth2/Approval')) return json({ approval_key: `approval-${(issued += 1)}` });
      return json({ code: 200, message: '성공' });
    },
  };
  return stand;
}
