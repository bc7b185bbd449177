/** The REST client against the offline KIS in memory: every API of the catalogue, the limit, and the faults of a bad day. */
import { describe, expect, it } from 'vitest';
import {
  createKisRest,
  createMemoryTokenStore,
  createServerClock,
  isOrderApi,
  kisLimits,
  type KisCall,
  type KisLimits,
  type KisRestClient,
  type ServerClock,
} from '#core/broker/kis/index.ts';
import { kisCatalogue, type RestApi } from '#core/catalogue/index.ts';
import { memoryTransport, type Emulator } from '#core/emulator/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { openEmulator } from '#test/support/emulator.ts';
import type { FakeTime } from '#test/support/fake-time.ts';
import { driveTime } from '#test/support/kis-stage.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';

interface Stand {
  readonly emulator: Emulator;
  readonly rest: KisRestClient;
  readonly time: FakeTime;
  readonly serverClock: ServerClock;
  drive<T>(work: Promise<T>): Promise<T>;
}

async function open(
  env: 'paper' | 'real',
  options: { readonly latencyMs?: number; readonly callsPerSecond?: number; readonly limits?: Partial<KisLimits> } = {},
): Promise<Stand> {
  const { callsPerSecond } = options;
  const { emulator, time } = await openEmulator(
    env,
    callsPerSecond === undefined ? {} : { settings: { callsPerSecond } },
  );
  const { appKey, appSecret, account, htsId } = emulator.facts;
  const [accountNo = '', productCode = ''] = account.split('-');
  const { latencyMs = 0 } = options;
  const serverClock = createServerClock({ clock: time.clock });
  const rest = createKisRest({
    endpoint: { environment: env, kind: 'emulator', restUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:1' },
    keys: () => ({ appKey, appSecret, accountNo, productCode, htsId }),
    tokenStore: createMemoryTokenStore(),
    transport: memoryTransport(emulator, { timers: time.timers, latencyMs, rng: Rng.from(7, 'wire') }),
    catalogue: kisCatalogue(),
    clock: time.clock,
    timers: time.timers,
    serverClock,
    rng: Rng.from(7, 'rest'),
    logger: createMemoryLog().logger,
    limits: {
      ...kisLimits(env, sessionDate('2026-11-24')),
      ...(callsPerSecond === undefined ? {} : { callsPerSecond, ledgerPerSecond: callsPerSecond }),
      ...options.limits,
    },
    epoch: () => 0,
  });
  return { emulator, rest, time, serverClock, drive: (work) => driveTime(time, work, 5) };
}

const PRICE: KisCall = {
  api: 'domestic-stock.inquire-price',
  params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
};

/** Values that an API needs and the catalogue has no example of. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'overseas-stock.inquire-psamount': { ITEM_CD: 'AAPL' },
  'etfetn.inquire-asking-price': { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
};

/** What the samples of an API ask, under its first rule for the TR id; the account comes from the keys. */
function question(api: RestApi): { readonly params: Record<string, string>; readonly select: Record<string, string> } {
  const when = Object.entries(api.trIdBy?.[0]?.when ?? {});
  const select = Object.fromEntries(
    when.map(([key, value]): [string, string] => [key, typeof value === 'string' ? value : (value[0] ?? '')]),
  );
  const params: Record<string, string> = {};
  for (const { name, example } of api.request)
    if (example !== undefined && name !== 'CANO' && name !== 'ACNT_PRDT_CD') params[name] = example;
  for (const [key, value] of Object.entries(select)) if (key !== key.toLowerCase()) params[key] = value;
  return { params: { ...params, ...NEEDED[api.id] }, select };
}

describe('every API of the catalogue', () => {
  it.each(['real', 'paper'] as const)(
    'answers in %s to its last page, or says that the environment lacks it',
    async (env) => {
      const stand = await open(env, { callsPerSecond: 10_000 });
      const told: string[] = [];
      let pages = 0;
      const ask = async (api: RestApi): Promise<void> => {
        const { params, select } = question(api);
        try {
          const result = await stand.rest.pages({ api: api.id, params, select });
          pages += result.pages.length;
          if (!result.complete) told.push(`${api.id}: partial after ${result.pages.length}: ${String(result.error)}`);
          if (!api.paper && env === 'paper') told.push(`${api.id}: answered though paper lacks it`);
        } catch (error) {
          const lacks = (error as { code?: string }).code === 'KIS_NOT_IN_PAPER' && !stand.rest.offers(api.id);
          if (!lacks) told.push(`${api.id}: ${String(error)}`);
        }
      };
      const asked = kisCatalogue().apis.filter(
        (api) => api.kind === 'rest' && !isOrderApi(api.id) && api.product !== 'auth',
      );
      await stand.drive(Promise.all((asked as RestApi[]).map(ask)));
      expect(told).toEqual([]);
      expect(pages).toBeGreaterThan(env === 'real' ? 300 : 30);
    },
    30_000,
  );
});

async function failed(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'it went through',
    (error: unknown) => error,
  );
}

const refusals = (stand: Stand): readonly string[] =>
  stand.rest.health().errors.map(({ code, count }) => `${code} ${count}`);

describe('the limit', () => {
  it.each([
    ['real', 100, 0],
    ['real', 100, 35],
    ['paper', 20, 35],
  ] as const)(
    'of %s is not passed by %d reads at once over a line of uneven length, and is used',
    async (env, reads, latencyMs) => {
      const stand = await open(env, { latencyMs });
      await stand.drive(stand.rest.ensureToken());
      await stand.time.advance(5_000);
      const startMs = stand.time.clock.monotonicMs();
      await stand.drive(Promise.all(Array.from({ length: reads }, () => stand.rest.call(PRICE))));
      expect(refusals(stand)).toEqual([]);
      const perSecond = reads / ((stand.time.clock.monotonicMs() - startMs) / 1_000);
      expect(perSecond / (env === 'real' ? 20 : 2)).toBeGreaterThanOrEqual(0.95);
    },
  );

  it('of a server that counts fewer is found by being refused, and no read is lost', async () => {
    const stand = await open('real', {
      callsPerSecond: 10,
      limits: { callsPerSecond: 20, ledgerPerSecond: 10, tries: 12 },
    });
    const answers = await stand.drive(Promise.all(Array.from({ length: 60 }, () => stand.rest.call(PRICE))));
    expect(answers).toHaveLength(60);
    expect(refusals(stand)[0]).toMatch(/^EGW00201/);
  });
});

/** What one call meets on a bad day. */
const FAULTS = [
  { kind: 'cut', when: 'after' },
  { kind: 'silence', taken: true },
  { kind: 'html', status: 503 },
  { kind: 'truncated' },
  { kind: 'gateway', code: 'EGW00301' },
  { kind: 'status', status: 502 },
] as const;

describe('a bad day', () => {
  it('lets a read be asked again; a cancel goes out once, and its outcome is not known', async () => {
    const stand = await open('real');
    await stand.drive(stand.rest.ensureToken());
    const errors = (): number => stand.rest.health().errors.reduce((total, { count }) => total + count, 0);
    const fields = { ORGN_ODNO: '0000000001', RVSE_CNCL_DVSN_CD: '02', QTY_ALL_ORD_YN: 'Y' };
    const order = { tr: 'TTTC0013U', isOrder: true };
    for (const fault of FAULTS) {
      const before = errors();
      stand.emulator.faults.call(fault, { only: 'others' });
      await stand.drive(stand.rest.call(PRICE));
      expect(errors(), fault.kind).toBe(before + 1);
      stand.emulator.faults.call(fault, { only: 'orders' }, 5);
      const cancel = stand.rest.call({ api: 'domestic-stock.order-rvsecncl', params: fields, pass: 'cancel' });
      expect(await stand.drive(failed(cancel)), fault.kind).toMatchObject({ code: 'KIS_OUTCOME_UNKNOWN' });
      // Four of the five faults still wait: it was sent once.
      for (let i = 0; i < 4; i += 1) expect(stand.emulator.faults.take(order), fault.kind).toEqual(fault);
      expect(stand.emulator.faults.take(order), fault.kind).toBeNull();
    }
  });

  it('costs one new token where all end at once, and no read', async () => {
    const stand = await open('real');
    await stand.drive(stand.rest.call(PRICE));
    await stand.time.advance(61_000);
    stand.emulator.faults.server({ kind: 'expireTokens' });
    expect(await stand.drive(Promise.all(Array.from({ length: 10 }, () => stand.rest.call(PRICE))))).toHaveLength(10);
    expect(stand.rest.tokenFacts().state).toBe('valid');
    // Given back, it is gone at the server too.
    await stand.time.advance(61_000);
    expect(await stand.drive(stand.rest.revokeToken())).toBe(true);
    await stand.drive(stand.rest.call(PRICE));
    expect(await stand.drive(stand.rest.revokeToken())).toBe(true);
    expect(await stand.drive(failed(stand.rest.call(PRICE)))).toMatchObject({ code: 'KIS_TOKEN_GUARD' });
    await stand.time.advance(61_000);
    await stand.drive(stand.rest.call(PRICE));
  });

  it('passes: a storm of refusals, a foreign account, a clock nine hours off', async () => {
    const stand = await open('real');
    await stand.drive(stand.rest.ensureToken());
    stand.emulator.faults.server({ kind: 'rateStorm', ms: 3_000 });
    expect(await stand.drive(Promise.all(Array.from({ length: 10 }, () => stand.rest.call(PRICE))))).toHaveLength(10);
    const other = stand.rest.call({ api: 'domestic-stock.inquire-balance', params: { CANO: '00000000' } });
    expect(await stand.drive(failed(other))).toMatchObject({ code: 'KIS_INPUT', params: { code: 'OPSQ2000' } });
    expect(await stand.drive(stand.rest.approvalKey())).toMatch(/^[0-9a-f-]{36}$/);
    expect(await stand.drive(stand.rest.hashKey({ PDNO: '005930' }))).toMatch(/^[0-9a-f]{64}$/i);
    const offsetMs = 9 * 3_600_000;
    const before = stand.serverClock.skewMs() ?? 0;
    stand.emulator.faults.server({ kind: 'clock', offsetMs });
    await stand.drive(stand.rest.call(PRICE));
    expect(Math.abs((stand.serverClock.skewMs() ?? 0) - before - offsetMs)).toBeLessThan(2_000);
    expect(stand.rest.tokenFacts().state).toBe('valid');
  });
});
