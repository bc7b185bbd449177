/** A world whose orders and prices go through the whole KIS client before the offline KIS, so that faults meet its real code. */
import {
  createChannelPoll,
  createKisBroker,
  createKisFeed,
  createKisRealtime,
  createKisRest,
  createMemoryTokenStore,
  createServerClock,
  heardBy,
  kisLimits,
  type KisEndpoint,
} from '#core/broker/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { createEmulator, memoryTransport } from '#core/emulator/index.ts';
import { MarketHub } from '#core/market/index.ts';
import { Desk, TradingGate } from '#core/trading/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { sourcesOf } from '../recorded-days.ts';
import { countingIds, NO_COLUMNS } from './parts.ts';
import { RunJournal } from './run-journal.ts';
import { driveTime } from './virtual-time.ts';
import type { World, WorldWish } from './world.ts';

/** Issues whose prices come by the socket: it has room for some forty channels. */
const FOLLOWED = 15;
/** One way over the wire, milliseconds. */
const LATENCY_MS = 15;
/**
 * The market goes a step of a second ahead of the run, and tells whole seconds: two clocks that go alike are seen apart by
 * less than this.
 */
const ALIKE_MS = 2_000;

function apartMs(skewMs: number | null): number | null {
  return skewMs !== null && Math.abs(skewMs) < ALIKE_MS ? 0 : skewMs;
}

const TOGETHER_MS = 20;

/** Bytes that look like none, and repeat with the seed: nothing of a run is secret. */
function seededBytes(seed: number): (size: number) => Uint8Array {
  const rng = Rng.from(seed, 'run/keys');
  return (size) => Uint8Array.from({ length: size }, () => rng.int(256));
}

/** Opens the world before the opening auction of its first day. Throws SCENARIO_ONE_ACCOUNT. */
export async function openKisWorld(wish: WorldWish): Promise<World> {
  const { time, folder, plan, date, records, listing, accounts, logger, seed } = wish;
  const { clock, timers } = time;
  const [account] = accounts;
  if (!account || accounts.length > 1) throw new AppError('SCENARIO_ONE_ACCOUNT');
  const catalogue = kisCatalogue();
  const emulator = await driveTime(
    time,
    createEmulator({
      env: 'real',
      folder,
      clock,
      timers,
      ids: countingIds('firm'),
      logger,
      random: seededBytes(seed),
      calendar: krxCalendar,
      catalogue,
      listing: () => listing,
      seed,
      first: { plan, date },
      records: sourcesOf(records),
      still: true,
      holdings: account.holdings,
      settings: { startingCashKrw: Math.max(10_000, account.cashKrw) },
    }),
  );
  // The client learns the server's clock from its first answer: both must show the same.
  time.skip(Math.max(0, emulator.now() - clock.now()));
  const { appKey, appSecret, account: number, htsId } = emulator.facts;
  const [accountNo = '', productCode = ''] = number.split('-');
  const keys = { appKey, appSecret, accountNo, productCode, htsId };
  const transport = memoryTransport(emulator, { timers, latencyMs: LATENCY_MS, rng: Rng.from(seed, 'run/wire') });
  const url = { restUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:1' };
  const endpoint: KisEndpoint = { environment: 'real', kind: 'emulator', ...url };
  const serverClock = createServerClock({ clock });
  const gate = new TradingGate();
  const currentEpoch = (): number => gate.epoch;
  const shared = { endpoint, transport, catalogue, clock, timers, serverClock, logger };
  const rest = createKisRest({
    ...shared,
    keys: () => keys,
    tokenStore: createMemoryTokenStore(),
    rng: Rng.from(seed, 'run/rest'),
    limits: kisLimits('real', date),
    epoch: currentEpoch,
  });
  const realtime = createKisRealtime({
    ...shared,
    serverClock: heardBy(serverClock, clock),
    approvalKey: (renew) => {
      if (renew === true) rest.dropApprovalKey();
      return rest.approvalKey();
    },
    rng: Rng.from(seed, 'run/realtime'),
    poll: createChannelPoll(rest),
  });
  /** Market and run go on together: a server that stands still would be taken for one whose clock is wrong. */
  const together = async <Result>(work: Promise<Result>): Promise<Result> => {
    let done = false;
    const finish = (): void => void (done = true);
    const finished = (): boolean => done;
    work.then(finish, finish);
    while (!finished()) {
      await emulator.step(TOGETHER_MS);
      await time.advance(TOGETHER_MS);
    }
    return work;
  };
  await together(rest.ensureToken());
  const byId = new Map(listing.map((issue) => [issue.id, issue]));
  const known = { environment: 'real', rest, realtime, serverClock, clock, timers, logger } as const;
  const find = (id: string) => byId.get(id);
  const broker = createKisBroker({ ...known, accountId: account.id, name: account.id, keys, currentEpoch, find });
  const feed = createKisFeed({ ...known, instruments: () => listing, find });
  const hub = new MarketHub({
    feed,
    clock,
    timers,
    logger,
    instruments: () => listing,
    find,
    dailyCandles: () => ({ length: 0, columns: NO_COLUMNS }),
  });
  const journal = new RunJournal();
  const desk = new Desk({ journal, broker, market: hub, clock, timers, ids: countingIds('desk'), log: logger, gate });
  await together(desk.start());
  // What a screen would look at comes by the socket; the rest is asked for when an order wants it.
  hub.follow(listing.slice(0, FOLLOWED).map(({ id }) => id));
  return {
    simulator: emulator.simulator,
    hub,
    desk,
    gate,
    journal,
    accountIds: new Map([[account.id, account.id]]),
    faults: { faults: emulator.faults, setOffline: (offline) => transport.setOffline(offline) },
    firmId: () => emulator.accountId,
    skewMs: () => apartMs(serverClock.skewMs()),
    step: (ms) => emulator.step(ms),
    nextDay: () => emulator.nextDay(),
    async close() {
      desk.stop();
      hub.close();
      broker.close();
      feed.close();
      realtime.close();
      rest.close();
      await emulator.close();
    },
  };
}
