/** The REST side of the server: who calls, with which right, how often, and which answer it gets. */
import { createHash } from 'node:crypto';
import type { HttpAnswer } from '../platform/index.ts';
import type { ApiMap, Meant } from './api-map.ts';
import type { Otherwise } from './answers.ts';
import type { CallFault, Faults } from './faults.ts';
import { groundOfCall, pensionsFor } from './domestic/pensions.ts';
import { Params, type Answerer, type Call, type Ground, type Reply } from './ground.ts';
import { incoming, type Incoming } from './incoming.ts';
import type { EmulatorServer, NoAnswer } from './ports.ts';
import { RateGate } from './rate-gate.ts';
import { GATEWAY, gateway, missing, query, Refused, type GatewayCode } from './refusals.ts';
import { longStampText, padded } from './server-text.ts';
import { shapedBlocks } from './shape.ts';
import type { Tokens } from './tokens.ts';

export interface GateParts {
  readonly ground: Ground;
  readonly tokens: Tokens;
  readonly apis: ApiMap;
  readonly faults: Faults;
  readonly answers: ReadonlyMap<string, Answerer>;
  readonly otherwise: Otherwise;
  /** Whether the market here answers a call. */
  readonly knows: (call: Call) => boolean;
  readonly wallMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

interface Said {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
type Asked = Parameters<EmulatorServer['handle']>[0];

/** Fields that older clients do not know. @source samples/ (requests without them) */
const FORGIVEN: ReadonlySet<string> = new Set(['EXCG_ID_DVSN_CD', 'KEYB', 'FID_ETC_CLS_CODE', 'FID_FAKE_TICK_INCU_YN']);
/** Product codes of the accounts of futures and options, by the product of the API. @source protocol.md §2 */
const DERIVATIVE_PRODUCTS: Readonly<Record<string, readonly string[]>> = {
  'domestic-futureoption': ['03'],
  'overseas-futureoption': ['08'],
};
const JSON_TYPE = 'application/json; charset=utf-8';
const MAINTENANCE_PAGE =
  '<!DOCTYPE html><html lang="ko"><head><title>시스템 점검</title></head><body><h1>503 Service Unavailable</h1><p>시스템 점검 중입니다.</p></body></html>';

/** The flat fields of a JSON body, every value as text. */
function fieldsOf(body: string): readonly (readonly [string, string])[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw query('OPSQ9997');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw query('OPSQ9997');
  return Object.entries(parsed).map(([name, value]) => {
    if (value === null) return [name, ''] as const;
    return [name, typeof value === 'string' ? value : JSON.stringify(value)] as const;
  });
}

export class Gate {
  readonly #parts: GateParts;
  readonly #calls: RateGate;
  readonly #ledger: RateGate;

  constructor(parts: GateParts) {
    this.#parts = parts;
    const { settings } = parts.ground;
    this.#calls = new RateGate(() => settings.callsPerSecond);
    this.#ledger = new RateGate(() => settings.ledgerCallsPerSecond ?? Infinity);
  }

  async handle(asked: Asked): Promise<HttpAnswer | NoAnswer> {
    const call = incoming(asked);
    const tr = call.headers['tr_id'] ?? call.path;
    const isOrder = call.method === 'POST' && call.path.includes('/trading/');
    const fault = this.#parts.faults.take({ tr, isOrder });
    if (fault?.kind === 'slow') await this.#parts.pause(fault.ms);
    else if (fault) return this.#wrong(fault, call);
    return this.#packed(await this.#said(call));
  }

  async #wrong(fault: Exclude<CallFault, { kind: 'slow' }>, call: Incoming): Promise<HttpAnswer | NoAnswer> {
    switch (fault.kind) {
      case 'cut':
        if (fault.when === 'after') await this.#said(call);
        return { none: 'cut', read: fault.when === 'after' };
      case 'silence':
        if (fault.taken) await this.#said(call);
        return { none: 'silent', read: fault.taken };
      case 'gateway': {
        const code = fault.code as GatewayCode;
        const text = code in GATEWAY ? GATEWAY[code] : '일시적 오류가 발생했습니다.';
        return this.#packed(this.#refusal(call, new Refused(fault.code, text, code === 'EGW00133' ? 403 : 500)));
      }
      case 'html': {
        if (fault.taken) await this.#said(call);
        const headers = { 'content-type': 'text/html; charset=utf-8' };
        return this.#packed({ status: fault.status, headers, body: MAINTENANCE_PAGE });
      }
      case 'truncated': {
        const said = await this.#said(call);
        return this.#packed({ ...said, body: said.body.slice(0, Math.floor(said.body.length / 2)) });
      }
      case 'status':
        return this.#packed({ status: fault.status, headers: { 'content-type': 'text/plain' }, body: '' });
    }
  }

  async #said(call: Incoming): Promise<Said> {
    try {
      switch (call.path) {
        case '/oauth2/tokenP':
          return this.#token(call);
        case '/oauth2/revokeP':
          return this.#revoke(call);
        case '/oauth2/Approval':
          return this.#approval(call);
        case '/uapi/hashkey':
          return this.#hashkey(call);
        default:
          return await this.#service(call);
      }
    } catch (error) {
      if (error instanceof Refused) return this.#refusal(call, error);
      this.#parts.ground.logger.error('a call failed inside', { path: call.path, error: String(error) });
      return this.#refusal(call, gateway('EGW00002'));
    }
  }

  #packed({ status, headers, body }: Said): HttpAnswer {
    const date = new Date(this.#parts.ground.now()).toUTCString();
    return { status, headers: { ...headers, date }, body: Buffer.from(body) };
  }

  #refusal(call: Incoming, { code, message, http }: Refused): Said {
    const body = call.path.startsWith('/oauth2/')
      ? { error_description: message, error_code: code }
      : { rt_cd: code.startsWith('OPSQ') ? '2' : '1', msg_cd: code, msg1: message };
    const status = call.path.startsWith('/oauth2/') && http >= 400 ? 403 : http;
    const tr = call.headers['tr_id'];
    const headers = { 'content-type': JSON_TYPE, ...(tr === undefined ? {} : { tr_id: tr, tr_cont: '' }) };
    return { status, headers, body: JSON.stringify(body) };
  }

  // Authentication

  #checkJson(call: Incoming): Params {
    if (call.method !== 'POST') throw gateway('EGW00101');
    if (!/^application\/json\b/i.test(call.headers['content-type'] ?? '')) throw gateway('EGW00132');
    return new Params(fieldsOf(call.body));
  }

  #checkKeys(key: string, secret: string): void {
    const { facts } = this.#parts.ground;
    if (key === '') throw gateway('EGW00102');
    if (key !== facts.appKey) throw gateway('EGW00103');
    if (secret === '') throw gateway('EGW00104');
    if (secret !== facts.appSecret) throw gateway('EGW00105');
  }

  #checkGrant(params: Params): void {
    const grant = params.text('grant_type');
    if (grant === '') throw gateway('EGW00115');
    if (grant !== 'client_credentials') throw gateway('EGW00116');
  }

  #token(call: Incoming): Said {
    const params = this.#checkJson(call);
    this.#checkGrant(params);
    this.#checkKeys(params.text('appkey'), params.text('appsecret'));
    const { token, expiresTs, lifeS } = this.#parts.tokens.issue();
    return {
      status: 200,
      headers: { 'content-type': JSON_TYPE },
      body: JSON.stringify({
        access_token: token,
        access_token_token_expired: longStampText(expiresTs),
        token_type: 'Bearer',
        expires_in: lifeS,
      }),
    };
  }

  #revoke(call: Incoming): Said {
    const params = this.#checkJson(call);
    this.#checkKeys(params.text('appkey'), params.text('appsecret'));
    if (!this.#parts.tokens.revoke(params.text('token'))) throw gateway('EGW00121');
    const body = JSON.stringify({ code: 200, message: '접근토큰 폐기에 성공하였습니다' });
    return { status: 200, headers: { 'content-type': JSON_TYPE }, body };
  }

  #approval(call: Incoming): Said {
    const params = this.#checkJson(call);
    this.#checkGrant(params);
    this.#checkKeys(params.text('appkey'), params.text('secretkey') || params.text('appsecret'));
    const body = JSON.stringify({ approval_key: this.#parts.tokens.approve() });
    return { status: 200, headers: { 'content-type': JSON_TYPE }, body };
  }

  #hashkey(call: Incoming): Said {
    this.#checkJson(call);
    this.#checkKeys(call.headers['appkey'] ?? '', call.headers['appsecret'] ?? '');
    const body = JSON.stringify({ BODY: JSON.parse(call.body) as unknown, HASH: hashOf(call.body) });
    return { status: 200, headers: { 'content-type': JSON_TYPE }, body };
  }

  // Services

  async #service(call: Incoming): Promise<Said> {
    const { headers } = call;
    this.#checkBearer(headers['authorization'] ?? '');
    this.#checkKeys(headers['appkey'] ?? '', headers['appsecret'] ?? '');
    const custtype = headers['custtype'] ?? '';
    if (custtype !== '' && custtype !== 'P' && custtype !== 'B') throw gateway('EGW00208');
    if (!this.#calls.pass(this.#parts.wallMs())) throw gateway('EGW00201');
    const trId = (headers['tr_id'] ?? '').trim();
    if (trId === '') throw query('OPSQ9999');
    const meant = this.#meant(call, trId);
    if (call.method !== meant.api.method) throw query('OPSQ0002');
    const params = call.method === 'GET' ? new Params(call.query) : this.#checkJson(call);
    const hash = headers['hashkey'];
    if (hash !== undefined && hash !== '' && hash !== hashOf(call.body)) throw gateway('EGW00131');
    this.#checkAccount(meant, params);
    for (const field of meant.api.request) {
      if (field.required && field.blank !== true && !params.has(field.name) && !FORGIVEN.has(field.name)) {
        throw missing(field.name);
      }
    }
    if (call.path.includes('/trading/') && !this.#ledger.pass(this.#parts.wallMs())) throw gateway('EGW00215');
    const { answers, otherwise, ground, knows } = this.#parts;
    const asked = { ...meant, trId, params, next: (headers['tr_cont'] ?? '').trim() === 'N' };
    const answer = knows(asked) ? answers.get(meant.api.id) : undefined;
    return this.#reply(meant, trId, await (answer ?? otherwise)(asked, groundOfCall(ground, params)));
  }

  #checkBearer(text: string): void {
    if (text === '') throw gateway('EGW00122');
    const match = /^Bearer\s+(\S+)$/i.exec(text);
    if (!match) throw gateway('EGW00205');
    this.#parts.tokens.check(match[1] as string);
  }

  #meant(call: Incoming, trId: string): Meant {
    const { env } = this.#parts.ground.facts;
    const meant = this.#parts.apis.call(trId, call.path);
    if (!meant) throw query('OPSQ0002');
    if (env === 'real' && meant.env === 'paper') throw query('OPSQ0002');
    // Some paper ids work that the official list does not know of. @source protocol.md §14
    const isLacking = meant.env === 'real' || (meant.env === 'both' && !meant.api.paper);
    if (env === 'paper' && isLacking) throw gateway('EGW00213');
    return meant;
  }

  /** The number has further accounts: under product code 03 one of futures and options, under 08 one of those abroad, under 22 and 29 the pensions. */
  #checkAccount({ api }: Meant, params: Params): void {
    const { account, env } = this.#parts.ground.facts;
    const [number, product = ''] = account.split('-');
    const further = DERIVATIVE_PRODUCTS[api.product] ?? pensionsFor(api.id, env);
    const products = [product, ...further];
    const isOwn = !params.has('CANO') || params.text('CANO') === number;
    const isProduct = !params.has('ACNT_PRDT_CD') || products.includes(params.text('ACNT_PRDT_CD'));
    if (!isOwn || !isProduct) throw query('OPSQ2000');
  }

  #reply(meant: Meant, trId: string, reply: Reply): Said {
    const { blocks, top = {}, said = ['MCA00000', '정상처리 되었습니다.'], trCont = '' } = reply;
    const [code, text] = said;
    const body = {
      ...top,
      ...shapedBlocks(meant.api, blocks),
      rt_cd: '0',
      msg_cd: code,
      msg1: code.startsWith('KIOK') ? padded(text) : text,
    };
    const headers = { 'content-type': JSON_TYPE, tr_id: trId, tr_cont: trCont, gt_uid: this.#uid(trId) };
    return { status: 200, headers: { ...headers, ...reply.headers }, body: JSON.stringify(body) };
  }

  #uid(trId: string): string {
    return createHash('md5').update(`${trId}${this.#parts.ground.now()}`).digest('hex').toUpperCase();
  }
}

/** HASH of an order's body: 64 hexadecimal digits. */
function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
