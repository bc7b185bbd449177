/** Calls written as code are run as they are copied: curl, TypeScript and Python against an offline KIS on loopback; and the Postman collection by its form. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asCode, collection } from '#core/app/apis/code/index.ts';
import { kisCatalogue, isOrderApi, type RestApi } from '#core/catalogue/index.ts';
import { serveEmulator, type ServedEmulator } from '#core/emulator/serve.ts';
import type { Emulator } from '#core/emulator/index.ts';
import { systemClock, systemTimers } from '#core/platform/index.ts';
import type { AppError } from '#shared/errors/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { openEmulator } from '#test/support/emulator.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const TODAY = sessionDate('2026-11-27');

let emulator: Emulator;
let served: ServedEmulator;

beforeAll(async () => {
  const opened = await openEmulator('real', {
    clock: systemClock,
    timers: systemTimers,
    settings: { callsPerSecond: 1_000, tokenEveryMs: 0 },
  });
  emulator = opened.emulator;
  served = await serveEmulator(emulator, { host: '127.0.0.1', port: 0, wsPort: 0 });
});

afterAll(async () => {
  await served.close();
  await emulator.close();
});

function environment(): NodeJS.ProcessEnv {
  const { appKey, appSecret, account, htsId } = emulator.facts;
  const [number = '', product = ''] = account.split('-');
  return {
    ...process.env,
    KIS_URL: served.rest,
    KIS_WS_URL: served.ws,
    KIS_APP_KEY: appKey,
    KIS_APP_SECRET: appSecret,
    KIS_ACCOUNT: account,
    KIS_ACCOUNT_NO: number,
    KIS_ACCOUNT_PRODUCT: product,
    KIS_HTS_ID: htsId,
  };
}

/** What a program of its own says; `until` ends one that goes on for ever. */
function said(command: string, args: readonly string[], until?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (until?.test(out)) child.kill('SIGINT');
    });
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('exit', (code) => {
      if (code === 0 || (until?.test(out) ?? false)) resolve(out);
      else reject(new Error(`${command} ended with ${code}: ${errors}`));
    });
  });
}

const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

const PRICE = {
  api: 'domestic-stock.inquire-price',
  params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
};
const BALANCE = {
  api: 'domestic-stock.inquire-balance',
  params: {
    AFHR_FLPR_YN: 'N',
    INQR_DVSN: '02',
    UNPR_DVSN: '01',
    FUND_STTL_ICLD_YN: 'N',
    FNCG_AMT_AUTO_RDPT_YN: 'N',
    PRCS_DVSN: '00',
  },
};
const ODD = { api: 'domestic-stock.news-title', params: { FID_TITL_CNTT: `'"$(id) \\ 삼성` } };
const calls = [PRICE, BALANCE, ODD];

const code = (
  wish: { readonly api: string; readonly params?: Record<string, string> },
  form: 'curl' | 'typescript' | 'python',
  key = '',
) => asCode({ params: {}, key, env: 'real', form, ...wish });

describe('copied code', () => {
  it.skipIf(!has('curl'))('runs as curl', { timeout: 30_000 }, async () => {
    for (const call of calls) expect(await said('sh', ['-c', code(call, 'curl')]), call.api).toContain('"rt_cd":"0"');
  });

  it.skipIf(!has('python3'))('runs as Python', { timeout: 30_000 }, async () => {
    for (const call of calls)
      expect(await said('python3', ['-c', code(call, 'python')]), call.api).toContain('"rt_cd": "0"');
  });

  it('runs as TypeScript, calls and channels', { timeout: 60_000 }, async () => {
    const node = (text: string, until?: RegExp) =>
      said(process.execPath, ['--input-type=module-typescript', '--eval', text], until);
    for (const call of calls) expect(await node(code(call, 'typescript')), call.api).toMatch(/"output1?": /);
    const stepping = systemTimers.every(200, () => void emulator.step(1_000));
    try {
      const channel = code({ api: 'domestic-stock.ccnl-krx' }, 'typescript', '005930');
      expect(await node(channel, /STCK_PRPR/)).toContain('"MKSC_SHRN_ISCD":"005930"');
    } finally {
      stepping.cancel();
    }
  });

  it('holds no key, and is refused for orders and tokens', () => {
    const { appKey, appSecret, account } = emulator.facts;
    for (const api of kisCatalogue().apis) {
      for (const form of ['curl', 'typescript', 'python', 'cli'] as const) {
        const wish = {
          api: api.id,
          env: 'real',
          params: starts(api.kind === 'rest' ? api : null),
          key: '005930',
          form,
        } as const;
        let text: string;
        try {
          text = asCode(wish);
        } catch (error) {
          const { code: why } = error as AppError;
          const order = isOrderApi(api) || api.path.startsWith('/oauth2');
          expect(order || (api.kind === 'ws' && ['curl', 'cli'].includes(form)), `${api.id} ${form} ${why}`).toBe(true);
          continue;
        }
        expect(isOrderApi(api), api.id).toBe(false);
        for (const secret of [appKey, appSecret, account.slice(0, 8)]) expect(text).not.toContain(secret);
      }
    }
  });
});

/** Selectors by their first rule. */
function starts(api: RestApi | null): Record<string, string> {
  const [rule] = api?.trIdBy ?? [];
  return Object.fromEntries(Object.entries(rule?.when ?? {}).map(([key, value]) => [key, [value].flat()[0] ?? '']));
}

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: {
    readonly method: string;
    readonly header: readonly { readonly key: string; readonly value: string }[];
    readonly url: { readonly raw: string; readonly host: readonly string[]; readonly path: readonly string[] };
    readonly body?: { readonly mode: string; readonly raw: string };
  };
}

describe('the Postman collection', () => {
  const made = JSON.parse(JSON.stringify(collection(kisCatalogue().apis, TODAY))) as {
    readonly info: { readonly name: string; readonly schema: string };
    readonly item: readonly Item[];
    readonly variable: readonly { readonly key: string; readonly value: string }[];
  };
  const items = made.item.flatMap(({ item }) => item ?? []);

  it('holds every REST API by the schema, with variables in place of keys', () => {
    expect(made.info.schema).toContain('v2.1.0');
    expect(items.length).toBe(kisCatalogue().apis.filter(({ kind }) => kind === 'rest').length);
    for (const { name, request } of items) {
      expect(request?.url.host, name).toEqual(['{{KIS_URL}}']);
      expect(request?.url.raw.startsWith(`{{KIS_URL}}/${request.url.path.join('/')}`), name).toBe(true);
      if (request?.method === 'POST') expect(() => JSON.parse(request.body?.raw ?? '') as unknown, name).not.toThrow();
    }
    const used = new Set([...JSON.stringify(made.item).matchAll(/\{\{(\w+)\}\}/g)].map(([, key]) => key));
    expect([...used].toSorted()).toEqual(made.variable.map(({ key }) => key).toSorted());
    for (const { key, value } of made.variable) if (key !== 'KIS_URL') expect(value, key).toBe('');
  });
});
