/** The real-time client before the offline KIS: in memory on time that stands, and over real sockets of loopback. */
import { afterEach, describe, expect, it } from 'vitest';
import { createKisRealtime, type KisRealtimeClient, type KisRealtimeParts } from '#core/broker/kis/realtime/index.ts';
import type { ChannelRecord, WishRank, WishState } from '#core/broker/kis/ports.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { memoryTransport, type Emulator } from '#core/emulator/index.ts';
import { serveEmulator } from '#core/emulator/serve.ts';
import { createSocketOpener, systemClock, systemTimers } from '#core/platform/index.ts';
import { Rng } from '#shared/rng/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import { openEmulator } from '#test/support/emulator.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';

const TRADES = 'domestic-stock.ccnl-krx';
const NOTICES = 'domestic-stock.ccnl-notice';
const closers: Array<() => Promise<void> | void> = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function approvalKey(emulator: Emulator): Promise<string> {
  const { appKey, appSecret } = emulator.facts;
  const answer = await emulator.handle({
    method: 'POST',
    url: '/oauth2/Approval',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', appkey: appKey, secretkey: appSecret }),
  });
  if ('none' in answer) throw new Error('no answer');
  return (JSON.parse(answer.body.toString()) as { readonly approval_key: string }).approval_key;
}

function clientOf(
  emulator: Emulator,
  parts: Pick<KisRealtimeParts, 'clock' | 'timers' | 'transport'> & Partial<KisRealtimeParts>,
) {
  const log = createMemoryLog();
  const client = createKisRealtime({
    endpoint: {
      environment: emulator.facts.env,
      kind: 'emulator',
      restUrl: 'http://127.0.0.1',
      wsUrl: 'ws://127.0.0.1',
    },
    approvalKey: () => approvalKey(emulator),
    catalogue: kisCatalogue(),
    rng: Rng.from(3),
    logger: log.logger,
    ...parts,
  });
  closers.push(() => client.close());
  return { client, log };
}

function want(
  client: KisRealtimeClient,
  key: string,
  options: { readonly api?: string; readonly rank?: WishRank } = {},
) {
  const states: WishState[] = [];
  const records: ChannelRecord[] = [];
  const stop = client.want({
    api: options.api ?? TRADES,
    key,
    rank: options.rank ?? 'list',
    record: (record) => void records.push(record),
    state: (state) => void states.push(state),
  });
  return { states, records, stop };
}

async function inMemory(options: Parameters<typeof openEmulator>[1] = {}, env: 'paper' | 'real' = 'real') {
  const { emulator, time } = await openEmulator(env, options);
  closers.push(() => emulator.close());
  const transport = memoryTransport(emulator, { timers: time.timers, latencyMs: 5 });
  const heard: EpochMs[] = [];
  const made = clientOf(emulator, {
    clock: time.clock,
    timers: time.timers,
    transport,
    serverClock: { heard: (at) => void heard.push(at) },
  });
  /** Lets the market live, and what it sends arrive. */
  const live = async (ms: number): Promise<void> => {
    await emulator.simulator.step(ms);
    await time.advance(200);
  };
  return { emulator, time, transport, heard, live, ...made };
}

describe('in memory', () => {
  it('hears trades with their numbers, in the order of the market, and the time of the server', async () => {
    const { emulator, time, live, client, heard } = await inMemory();
    const [trades, book] = [want(client, '005930'), want(client, '005930', { api: 'domestic-stock.asking-price-krx' })];
    await time.advance(1_000);
    await live(30_000);
    expect(trades.states).toEqual(['waiting', 'live']);
    expect(trades.records.length).toBeGreaterThan(5);
    expect(book.records.length).toBeGreaterThan(0);
    const volumes = trades.records.map((record) => record['ACML_VOL'] as number);
    expect(volumes).toEqual(volumes.toSorted((a, b) => a - b));
    expect(trades.records.at(-1)?.['STCK_PRPR']).toBe(emulator.simulator.issue('KRX:005930')?.last);
    await time.advance(15_000);
    expect(heard.length).toBeGreaterThan(0);
    expect(client.health()).toMatchObject({ registrations: 2, problem: null, isUnencrypted: true });
    expect(client.keptFrames()).toEqual([]);
  });

  it('lives on through broken lines, and hears everything again', async () => {
    const { emulator, time, transport, live, client } = await inMemory();
    const trades = want(client, '005930');
    await time.advance(1_000);
    for (const break_ of [
      () => emulator.faults.socket({ kind: 'drop', midFrame: true }),
      () => emulator.faults.socket({ kind: 'close', code: 1001 }),
      () => transport.setOffline(true),
    ]) {
      break_();
      await time.advance(2_000);
      transport.setOffline(false);
      await time.advance(90_000);
      expect(trades.states.at(-1)).toBe('live');
      const before = trades.records.length;
      await live(20_000);
      expect(trades.records.length).toBeGreaterThan(before);
    }
    expect(client.health().gaps).toBe(3);
  });

  it('gives up a line that fell silent', async () => {
    const { emulator, time, client } = await inMemory();
    const trades = want(client, '005930');
    await time.advance(1_000);
    emulator.faults.socket({ kind: 'mute', ms: 100_000 });
    await time.advance(70_000);
    expect(client.health().socket.reconnects).toBeGreaterThan(0);
    await time.advance(180_000);
    expect(trades.states.at(-1)).toBe('live');
  });

  it('waits its turn while the key is in use, and renews an approval that has run out', async () => {
    const { emulator, time, client } = await inMemory();
    const trades = want(client, '005930');
    await time.advance(1_000);
    emulator.faults.server({ kind: 'holdSession', ms: 40_000 });
    emulator.faults.socket({ kind: 'drop' });
    await time.advance(5_000);
    expect(client.health().socket.state).toBe('inUse');
    await time.advance(180_000);
    expect(trades.states.at(-1)).toBe('live');
    emulator.faults.server({ kind: 'expireApprovals' });
    emulator.faults.socket({ kind: 'drop' });
    await time.advance(180_000);
    expect(trades.states.at(-1)).toBe('live');
  });

  it('reads on when columns grow or fall away, with an alarm', async () => {
    const { emulator, time, live, client } = await inMemory();
    const trades = want(client, '005930');
    await time.advance(1_000);
    emulator.faults.socket({ kind: 'columns', more: 3 });
    await live(20_000);
    emulator.faults.socket({ kind: 'columns', more: -2 });
    await live(20_000);
    emulator.faults.socket({ kind: 'garbage', text: '0|H0STCNT0|003|1^2' });
    await time.advance(100);
    expect(client.keptFrames().map(({ kind }) => kind)).toEqual(['extra', 'fewer', 'broken']);
    expect(trades.records.every((record) => typeof record['STCK_PRPR'] === 'number')).toBe(true);
    expect(trades.records.at(-1)?.['MRKT_TRTM_CLS_CODE']).toBeUndefined();
    expect(client.health().streams[0]?.alarmKo).toContain('49');
  });

  it('learns a smaller limit of the server', async () => {
    const { emulator, time, client } = await inMemory({ settings: { registrations: 2 } });
    const apis = [TRADES, 'domestic-stock.asking-price-krx', 'domestic-stock.exp-ccnl-krx'];
    const wishers = apis.map((api) => want(client, '005930', { api }));
    const best = want(client, '000660', { rank: 'orders' });
    await time.advance(20_000);
    expect(client.health().registrationLimit).toBe(2);
    expect(best.states.at(-1)).toBe('live');
    expect(wishers.map(({ states }) => states.at(-1))).toEqual(['live', 'waiting', 'waiting']);
    expect(emulator.registrations()).toHaveLength(2);
  });

  it.each(['paper', 'real'] as const)(
    'opens the notices of %s, and refuses a wrong HTS id without a loop',
    async (env) => {
      const { emulator, time, client } = await inMemory({}, env);
      const notices = want(client, emulator.facts.htsId, { api: NOTICES, rank: 'orders' });
      await time.advance(1_000);
      expect(notices.states.at(-1)).toBe('live');
      const answer = emulator.simulator.submit({
        accountId: emulator.accountId,
        instrumentId: 'KRX:005930',
        side: 'buy',
        type: 'market',
        timeInForce: 'day',
        session: 'regular',
        route: 'KRX',
        price: null,
        stopPrice: null,
        quantity: 3,
      });
      expect(answer.ok).toBe(true);
      await time.advance(1_000);
      await emulator.simulator.step(1_000);
      await time.advance(1_000);
      expect(client.keptFrames()).toEqual([]);
      const fills = notices.records.filter((record) => record['CNTG_YN'] === '2');
      expect(fills.reduce((sum, record) => sum + (record['CNTG_QTY'] as number), 0)).toBe(3);
      expect(fills[0]).toMatchObject({ STCK_SHRN_ISCD: '005930', SELN_BYOV_CLS: '02' });
      notices.stop();
      const wrong = want(client, 'nobody', { api: NOTICES, rank: 'orders' });
      const trades = want(client, '005930');
      await time.advance(300_000);
      expect(wrong.states.at(-1)).toBe('refused');
      expect(trades.states.at(-1)).toBe('live');
      expect(client.health().socket.reconnects).toBe(2);
    },
  );
});

describe('over loopback', () => {
  it('trades, breaks and comes back over real sockets', async () => {
    const { emulator } = await openEmulator('real', { clock: systemClock, timers: systemTimers });
    closers.push(() => emulator.close());
    const served = await serveEmulator(emulator, { host: '127.0.0.1', port: 0, wsPort: 0 });
    closers.push(() => served.close());
    const { client } = clientOf(emulator, {
      clock: systemClock,
      timers: systemTimers,
      transport: { openSocket: createSocketOpener() },
      endpoint: { environment: 'real', kind: 'emulator', restUrl: served.rest, wsUrl: served.ws },
      settings: { firstWaitMs: 20 },
    });
    const until = async (check: () => boolean): Promise<void> => {
      for (let n = 0; n < 500 && !check(); n += 1) await new Promise((wake) => setTimeout(wake, 10));
      expect(check()).toBe(true);
    };
    const trades = want(client, '005930');
    await until(() => trades.states.at(-1) === 'live');
    await emulator.simulator.step(20_000);
    await until(() => trades.records.length > 0);
    emulator.faults.socket({ kind: 'drop' });
    await until(() => client.health().gaps === 1);
    const before = trades.records.length;
    await emulator.simulator.step(20_000);
    await until(() => trades.records.length > before);
    client.close();
    await until(() => emulator.registrations().length === 0);
  });
});
