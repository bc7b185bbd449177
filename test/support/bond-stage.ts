/** The bond part of the KIS client before the offline KIS, with a desk on it, in one process on fake time. */
import {
  bondAccountId,
  bondPart,
  createBondDesk,
  createKisFeed,
  joinDesks,
  joinFeeds,
  type BondDesk,
  type KisFeed,
} from '#core/broker/index.ts';
import { findBond, MarketHub } from '#core/market/index.ts';
import { Desk, TradingGate } from '#core/trading/index.ts';
import type { InstrumentId } from '#shared/domain/index.ts';
import { MemoryJournal } from './desk-stand.ts';
import { KIS_ACCOUNT, openKisStage, type KisStage, type StageOptions } from './kis-stage.ts';
import { createMemoryLog } from './memory-log.ts';
import { TEST_LISTING } from './simulator.ts';

export const BONDS = bondAccountId(KIS_ACCOUNT);
export const CORPORATE: InstrumentId = 'BOND:KR6000009A04';

export interface BondStage extends Omit<KisStage, 'feed'> {
  readonly bonds: BondDesk;
  readonly feed: KisFeed;
  readonly hub: MarketHub;
  /** The desk in force; another one after `restart`. */
  readonly desk: Desk;
  readonly gate: TradingGate;
  /** A new desk on the same journal, as after a restart. */
  restart(): Promise<void>;
}

/** Opened in the continuous session of 2026-11-24, with the desk started. */
export async function openBondStage(options: StageOptions = {}): Promise<BondStage> {
  const gate = new TradingGate();
  const stage = await openKisStage({ env: 'real', ...options, currentEpoch: () => gate.epoch });
  const { rest, realtime, serverClock, time, keys, broker: won } = stage;
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const parts = { rest, realtime, serverClock, clock, timers, logger };
  const bonds = createBondDesk({
    ...parts,
    keys,
    connectionId: KIS_ACCOUNT,
    name: '시험 (채권)',
    currentEpoch: () => gate.epoch,
    cash: () => won.account(KIS_ACCOUNT),
  });
  const find = (id: InstrumentId) => TEST_LISTING.find((issue) => issue.id === id) ?? findBond(id);
  const instruments = () => TEST_LISTING;
  const feed = joinFeeds(createKisFeed({ environment: 'real', ...parts, instruments, find }), [
    (told) => bondPart({ ...parts, issues: () => [], find, wanted: (id) => bonds.wanted(id) }, told),
  ]);
  const nothing = { length: 0, columns: {} as never };
  const hub = new MarketHub({ feed, clock, timers, logger, instruments, find, dailyCandles: () => nothing });
  const journal = new MemoryJournal();
  const open = (): Desk => {
    let ids = 0;
    const next = (): string => `id-${journal.entries.length}-${(ids += 1)}`;
    const broker = joinDesks(won, [bonds]);
    return new Desk({ journal, broker, market: hub, clock, timers, ids: { next }, log: logger, gate });
  };
  let desk = open();
  await stage.drive(desk.start());
  const close = stage.close.bind(stage);
  const added = {
    bonds,
    feed,
    hub,
    gate,
    restart: async () => {
      desk.stop();
      desk = open();
      await stage.drive(desk.start());
      await time.advance(20_000);
    },
    close: async () => {
      desk.stop();
      bonds.close();
      hub.close();
      feed.close();
      await close();
    },
  };
  return Object.defineProperties(stage, {
    ...Object.getOwnPropertyDescriptors(added),
    desk: { get: () => desk },
  }) as unknown as BondStage;
}
