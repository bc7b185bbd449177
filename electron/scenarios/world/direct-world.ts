/** A world whose orders go to the simulated firm directly: for scenarios without faults of venue and broker. */
import { SimulatedBroker } from '#core/broker/index.ts';
import { MarketHub } from '#core/market/index.ts';
import { Simulator } from '#core/simulator/index.ts';
import { Desk, TradingGate } from '#core/trading/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { sourcesOf } from '../recorded-days.ts';
import { countingIds, NO_COLUMNS } from './parts.ts';
import { RunJournal } from './run-journal.ts';
import { steppedFeed } from './stepped-feed.ts';
import { driveTime } from './virtual-time.ts';
import type { World, WorldWish } from './world.ts';

/** Opens the world before the opening auction of its first day. */
export async function openDirectWorld(wish: WorldWish): Promise<World> {
  const { time, folder, plan, date, records, listing, accounts, logger } = wish;
  const { clock, timers } = time;
  const simulator = new Simulator({
    folder,
    clock,
    timers,
    ids: countingIds('firm'),
    logger,
    calendar: krxCalendar,
    listing: () => listing,
    ...sourcesOf(records),
    first: { plan, date },
    passing: true,
  });
  await driveTime(time, simulator.open());
  const accountIds = new Map(
    accounts.map(({ id, cashKrw, holdings }) => {
      const { accountId } = simulator.createAccount({ name: id, startingCashKrw: Math.max(10_000, cashKrw), holdings });
      return [id, accountId] as const;
    }),
  );
  const byId = new Map(listing.map((issue) => [issue.id, issue]));
  const hub = new MarketHub({
    feed: steppedFeed(simulator),
    clock,
    timers,
    logger,
    instruments: () => listing,
    find: (id) => byId.get(id),
    dailyCandles: () => ({ length: 0, columns: NO_COLUMNS }),
  });
  const gate = new TradingGate();
  const journal = new RunJournal();
  const broker = new SimulatedBroker({ exchange: simulator, timers, logger, currentEpoch: () => gate.epoch });
  const desk = new Desk({ journal, broker, market: hub, clock, timers, ids: countingIds('desk'), log: logger, gate });
  await driveTime(time, desk.start());
  return {
    simulator,
    hub,
    desk,
    gate,
    journal,
    accountIds,
    faults: null,
    firmId: (accountId) => accountId,
    skewMs: () => null,
    step: async (ms) => {
      await simulator.step(ms);
    },
    nextDay: async () => {
      await simulator.jump('nextDay');
    },
    async close() {
      desk.stop();
      hub.close();
      broker.close();
      await simulator.close();
    },
  };
}
