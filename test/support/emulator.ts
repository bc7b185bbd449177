/** An offline KIS for tests: three issues, time that stands until it is moved, keys made up on the spot. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '#core/emulator/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createMemoryLog } from './memory-log.ts';
import { TEST_LISTING, WALL_AFTER_MS } from './simulator.ts';

/** The server and the time it lives in. */
export interface TestEmulator {
  readonly emulator: Emulator;
  readonly time: FakeTime;
}

/** A folder that goes with the server, and not with a test: some servers serve several. */
function ownFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'maru-emulator-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Opened on 2026-11-24 past 09:01, its market standing still until `emulator.simulator.step`. */
export async function openEmulator(
  env: 'paper' | 'real' = 'real',
  overrides: Partial<EmulatorOptions> = {},
): Promise<TestEmulator> {
  const time = createFakeTime(WALL_AFTER_MS);
  let ids = 0;
  const own = overrides.folder === undefined ? ownFolder() : null;
  const emulator = await createEmulator({
    env,
    folder: own?.path ?? '',
    clock: time.clock,
    timers: time.timers,
    ids: { next: () => `emulator-${(ids += 1)}` },
    logger: createMemoryLog().logger,
    random: (size) => randomBytes(size),
    calendar: krxCalendar,
    catalogue: kisCatalogue(),
    listing: () => TEST_LISTING,
    still: true,
    ...overrides,
  });
  const close = emulator.close.bind(emulator);
  emulator.close = async () => {
    await close();
    own?.remove();
  };
  if (overrides.still !== false && overrides.market !== 'us') await emulator.step(60_000);
  return { emulator, time };
}

/** A record of an answer. */
export type Fields = Readonly<Record<string, string>>;

/** What the tests look for in a body; what is not there is undefined. */
export interface Body {
  readonly rt_cd: string;
  readonly msg_cd: string;
  readonly msg1: string;
  readonly error_code: string;
  readonly access_token: string;
  readonly access_token_token_expired: string;
  readonly approval_key: string;
  readonly code: number;
  readonly HASH: string;
  readonly ctx_area_fk100: string;
  readonly ctx_area_nk100: string;
  /** A record or rows. */
  readonly output: { readonly ODNO: string; readonly stck_prpr: string; readonly length: number };
  readonly output1: readonly Fields[];
}

/** An answer with its body read. */
export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: Body;
}

/** A client of a few lines, written from the protocol alone. */
export class PlainClient {
  readonly emulator: Emulator;
  token = '';

  constructor(emulator: Emulator) {
    this.emulator = emulator;
  }

  /** CANO and ACNT_PRDT_CD. */
  get account(): { readonly CANO: string; readonly ACNT_PRDT_CD: string } {
    const [CANO = '', ACNT_PRDT_CD = ''] = this.emulator.facts.account.split('-');
    return { CANO, ACNT_PRDT_CD };
  }

  async send(request: Parameters<Emulator['handle']>[0]): Promise<Said> {
    const said = await this.emulator.handle(request);
    if ('none' in said) throw new Error(`no answer: ${said.none}`);
    return { status: said.status, headers: said.headers, json: JSON.parse(said.body.toString('utf8')) as Body };
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Said> {
    const type = { 'content-type': 'application/json; charset=utf-8' };
    return this.send({ method: 'POST', url: path, headers: { ...type, ...headers }, body: JSON.stringify(body) });
  }

  async login(): Promise<this> {
    const { appKey: appkey, appSecret: appsecret } = this.emulator.facts;
    const said = await this.post('/oauth2/tokenP', { grant_type: 'client_credentials', appkey, appsecret });
    this.token = said.json.access_token;
    return this;
  }

  async approval(): Promise<string> {
    const { appKey: appkey, appSecret: secretkey } = this.emulator.facts;
    const said = await this.post('/oauth2/Approval', { grant_type: 'client_credentials', appkey, secretkey });
    return said.json.approval_key;
  }

  headers(tr: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
    const { appKey: appkey, appSecret: appsecret } = this.emulator.facts;
    return { authorization: `Bearer ${this.token}`, appkey, appsecret, tr_id: tr, custtype: 'P', ...more };
  }

  get(
    path: string,
    tr: string,
    query: Readonly<Record<string, string>>,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Said> {
    const url = `${path}?${new URLSearchParams(query).toString()}`;
    return this.send({ method: 'GET', url, headers: this.headers(tr, more), body: null });
  }

  /** An order at home: TR id, division, quantity, price. */
  order(tr: string, fields: Readonly<Record<string, string>>): Promise<Said> {
    const path = '/uapi/domestic-stock/v1/trading/order-cash';
    const usual = { PDNO: '005930', ORD_DVSN: '00', ORD_QTY: '1', ORD_UNPR: '0' };
    return this.post(path, { ...this.account, ...usual, ...fields }, this.headers(tr));
  }

  change(tr: string, fields: Readonly<Record<string, string>>): Promise<Said> {
    const path = '/uapi/domestic-stock/v1/trading/order-rvsecncl';
    const usual = { KRX_FWDG_ORD_ORGNO: '06010', ORD_DVSN: '00', ORD_QTY: '0', ORD_UNPR: '0', QTY_ALL_ORD_YN: 'Y' };
    return this.post(path, { ...this.account, ...usual, ...fields }, this.headers(tr));
  }
}

/** A socket's client: what it heard, and how it ended. */
export class PlainSocket {
  readonly heard: string[] = [];
  /** Close codes; null: without a close frame. */
  readonly ended: (number | null)[] = [];
  readonly #session: ReturnType<Emulator['connect']>;
  readonly #approval: string;

  constructor(emulator: Emulator, approval: string) {
    this.#approval = approval;
    this.#session = emulator.connect({
      send: (text) => void this.heard.push(text),
      ping: () => undefined,
      close: (code) => void this.ended.push(code),
    });
  }

  say(text: string): void {
    this.#session.received(text);
  }

  pong(text: string): void {
    this.#session.pong(text);
  }

  leave(): void {
    this.#session.closed();
  }

  /** Subscribes (1) or unsubscribes (2), and gives msg_cd of what was said last. */
  ask(trId: string, trKey: string, trType = '1'): string {
    const header = { approval_key: this.#approval, custtype: 'P', tr_type: trType, 'content-type': 'utf-8' };
    this.say(JSON.stringify({ header, body: { input: { tr_id: trId, tr_key: trKey } } }));
    const last = this.acks().at(-1);
    return last?.body.msg_cd ?? '';
  }

  acks(): readonly Ack[] {
    return this.heard
      .filter((text) => text.startsWith('{') && text.includes('"body"'))
      .map((text) => JSON.parse(text) as Ack);
  }

  /** Payloads of a channel's frames as [count, fields]. */
  frames(trId: string): readonly (readonly [count: number, fields: readonly string[]])[] {
    return this.heard
      .filter((text) => /^[01]\|/.test(text) && text.split('|')[1] === trId)
      .map((text) => {
        const [, , count = '', payload = ''] = text.split('|');
        return [Number(count), payload.split('^')] as const;
      });
  }
}

/** An acknowledgement. */
export interface Ack {
  readonly header: { readonly tr_id: string; readonly tr_key: string; readonly encrypt: string };
  readonly body: {
    readonly rt_cd: string;
    readonly msg_cd: string;
    readonly msg1: string;
    readonly output?: { readonly iv: string; readonly key: string };
  };
}
