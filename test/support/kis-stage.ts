/** The whole KIS client before the offline KIS in one process on fake time: REST, socket, broker. */
import {
  createChannelPoll,
  createKisBroker,
  createKisFeed,
  createKisRealtime,
  createKisRest,
  createMemoryTokenStore,
  createServerClock,
  kisLimits,
  type DomesticSettings,
  type KisBroker,
  type KisEndpoint,
  type KisFeed,
  type KisKeys,
  type KisRealtimeClient,
  type KisRestClient,
  type LearningServerClock,
} from '#core/broker/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { memoryTransport, serveEmulator, type Emulator, type EmulatorOptions } from '#core/emulator/index.ts';
import { createHttpClient, createSocketOpener, systemClock, systemTimers } from '#core/platform/index.ts';
import type { Timers } from '#shared/ports.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { openEmulator } from './emulator.ts';
import type { FakeTime } from './fake-time.ts';
import { createMemoryLog, type LogLine } from './memory-log.ts';
import { TEST_LISTING } from './simulator.ts';

export const KIS_ACCOUNT = 'kis-account';

export interface KisStage {
  readonly emulator: Emulator;
  readonly time: FakeTime;
  readonly rest: KisRestClient;
  readonly realtime: KisRealtimeClient;
  readonly broker: KisBroker;
  readonly feed: KisFeed;
  readonly serverClock: LearningServerClock;
  readonly transport: ReturnType<typeof memoryTransport>;
  readonly keys: KisKeys;
  readonly lines: readonly LogLine[];
  /** Epoch of the trading state. */
  epoch: number;
  /** Moves the time until the promise has settled. */
  drive<T>(work: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly env?: 'paper' | 'real';
  readonly emulator?: Partial<EmulatorOptions>;
  readonly htsId?: boolean;
  readonly settings?: Partial<DomesticSettings>;
  readonly seed?: number;
  /** One way over the wire, milliseconds. */
  readonly latencyMs?: number;
  readonly currentEpoch?: () => number;
  /** Over real sockets of loopback and in real time, with waits that a test can afford. */
  readonly sockets?: boolean;
}

/** Real time in the shape of the fake one. */
function realTime(): FakeTime {
  const advance = (ms: number): Promise<void> => new Promise((done) => void systemTimers.after(ms, done));
  return { clock: systemClock, timers: systemTimers, advance, settle: () => advance(0) };
}

/** The wires between client and server. */
async function wiresOf(emulator: Emulator, options: StageOptions, timers: Timers) {
  const { seed = 1, latencyMs = 5 } = options;
  const memory = memoryTransport(emulator, { timers, latencyMs, rng: Rng.from(seed, 'wire') });
  const nowhere = { restUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:1', close: () => Promise.resolve() };
  if (options.sockets !== true) return { ...nowhere, transport: memory };
  const served = await serveEmulator(emulator, { host: '127.0.0.1', port: 0, wsPort: 0 });
  const http = createHttpClient();
  const transport: typeof memory = {
    request: (request) => http.request(request),
    openSocket: createSocketOpener(),
    setOffline: () => emulator.faults.socket({ kind: 'drop' }),
  };
  const close = async (): Promise<void> => {
    await http.close();
    await served.close();
  };
  return { restUrl: served.rest, wsUrl: served.ws, transport, close };
}

/** Waits in real time: a second where the broker asks for a minute. */
const BRIEF = {
  tokenGuardMs: 1_000,
  timeoutMs: 1_500,
  triesWithinMs: 3_000,
  callsPerSecond: 20,
  ledgerPerSecond: 20,
} as const;
const BRIEF_LINE = { inUseWaitMs: 1_000, firstWaitMs: 200, stableMs: 1_000, connectsPerMinute: 60 } as const;

/** Moves the time in small steps until the work is done; fails after a quarter of an hour of it. */
export async function driveTime<T>(time: FakeTime, work: Promise<T>, stepMs = 20): Promise<T> {
  let done = false;
  const finish = (): void => void (done = true);
  work.then(finish, finish);
  for (let ms = 0; !done; ms += stepMs) {
    if (ms > 900_000) throw new Error('the work never ends');
    await time.advance(ms === 0 ? 0 : stepMs);
  }
  return work;
}

/** Everything opened, its token issued and its notices live. */
export async function openKisStage(options: StageOptions = {}): Promise<KisStage> {
  const { env = 'real', seed = 1, sockets = false } = options;
  const own = sockets ? realTime() : null;
  const opened = await openEmulator(env, {
    ...options.emulator,
    ...(own ? { clock: own.clock, timers: own.timers, settings: { tokenEveryMs: 1_000, callsPerSecond: 20 } } : {}),
  });
  const { emulator } = opened;
  const time = own ?? opened.time;
  const { logger, lines } = createMemoryLog();
  const { clock, timers } = time;
  const { appKey, appSecret, account, htsId } = emulator.facts;
  const [accountNo = '', productCode = ''] = account.split('-');
  const keys: KisKeys = { appKey, appSecret, accountNo, productCode, htsId: options.htsId === false ? null : htsId };
  const wires = await wiresOf(emulator, options, timers);
  const { transport } = wires;
  const endpoint: KisEndpoint = {
    environment: env,
    kind: 'emulator',
    restUrl: wires.restUrl,
    wsUrl: wires.wsUrl,
  };
  const serverClock = createServerClock({ clock });
  const catalogue = kisCatalogue();
  const currentEpoch = options.currentEpoch ?? (() => stage.epoch);
  const rest = createKisRest({
    endpoint,
    keys: () => keys,
    tokenStore: createMemoryTokenStore(),
    transport,
    catalogue,
    clock,
    timers,
    serverClock,
    rng: Rng.from(seed, 'rest'),
    logger,
    limits: { ...kisLimits(env, sessionDate('2026-11-24')), ...(sockets ? BRIEF : {}) },
    epoch: currentEpoch,
  });
  const realtime = createKisRealtime({
    endpoint,
    approvalKey: (renew) => {
      if (renew === true) rest.dropApprovalKey();
      return rest.approvalKey();
    },
    transport,
    catalogue,
    clock,
    timers,
    rng: Rng.from(seed, 'realtime'),
    logger,
    poll: createChannelPoll(rest),
    ...(sockets ? { settings: BRIEF_LINE } : {}),
  });
  // The server's clock is known before the day and its parts are asked for.
  await driveTime(time, rest.ensureToken());
  const broker = createKisBroker({
    environment: env,
    accountId: KIS_ACCOUNT,
    name: '시험',
    keys,
    rest,
    realtime,
    serverClock,
    clock,
    timers,
    logger,
    currentEpoch,
    find: (id) => TEST_LISTING.find((issue) => issue.id === id),
    ...(options.settings ? { settings: options.settings } : {}),
  });
  const feed = createKisFeed({
    environment: env,
    rest,
    realtime,
    serverClock,
    clock,
    timers,
    logger,
    instruments: () => TEST_LISTING,
    find: (id) => TEST_LISTING.find((issue) => issue.id === id),
  });
  const stage: KisStage = {
    emulator,
    time,
    rest,
    realtime,
    broker,
    feed,
    serverClock,
    transport,
    keys,
    lines,
    epoch: 1,
    drive: (work) => driveTime(time, work),
    close: async () => {
      broker.close();
      feed.close();
      realtime.close();
      rest.close();
      await wires.close();
      await emulator.close();
    },
  };
  for (let tries = 0; keys.htsId !== null && !broker.hasNotices && tries < 100; tries += 1) await time.advance(50);
  await stage.drive(broker.account(KIS_ACCOUNT));
  return stage;
}
