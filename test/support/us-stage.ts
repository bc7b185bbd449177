/** The American part of the KIS client before the offline KIS, in one process on fake time. */
import {
  createUsDesk,
  createUsFeed,
  usAccountId,
  type UsDesk,
  type UsFeed,
  type UsFeedTrade,
} from '#core/broker/index.ts';
import type { BrokerEvent } from '#core/broker/index.ts';
import type { InstrumentId } from '#shared/domain/index.ts';
import { KIS_ACCOUNT, openKisStage, type KisStage, type StageOptions } from './kis-stage.ts';
import { createMemoryLog } from './memory-log.ts';

export const DOLLARS = usAccountId(KIS_ACCOUNT);
export const AAPL: InstrumentId = 'NASD:AAPL';

export interface UsStage extends Omit<KisStage, 'desk' | 'feed' | 'events'> {
  readonly desk: UsDesk;
  readonly feed: UsFeed;
  readonly events: BrokerEvent[];
  readonly trades: UsFeedTrade[];
  /** Best bid and ask as the offline KIS has them now; 1/10,000 dollar. */
  touch(id: InstrumentId): Promise<{ readonly bid: number; readonly ask: number }>;
}

/** Opened in the after-market of 2026-11-23 in New York. */
export async function openUsStage(options: StageOptions = {}): Promise<UsStage> {
  const stage = await openKisStage(options);
  const { rest, realtime, serverClock, time, keys } = stage;
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const events: BrokerEvent[] = [];
  const trades: UsFeedTrade[] = [];
  const desk = createUsDesk({
    environment: options.env ?? 'real',
    accountId: DOLLARS,
    name: '달러',
    keys,
    rest,
    realtime,
    serverClock,
    clock,
    timers,
    logger,
    currentEpoch: () => stage.epoch,
  });
  desk.events((event) => events.push(event));
  const feed = createUsFeed({
    rest,
    realtime,
    serverClock,
    clock,
    logger,
    traded: (trade) => trades.push(trade),
    changed: () => undefined,
  });
  const close = stage.close.bind(stage);
  return Object.assign(stage, {
    desk,
    feed,
    events,
    trades,
    touch: async (id: InstrumentId) => {
      const stop = feed.want({ instrumentId: id, what: 'book', rank: 'focus' });
      await time.advance(3_000);
      stop();
      const book = feed.depth(id);
      return { bid: book?.bids[0]?.price ?? 0, ask: book?.asks[0]?.price ?? 0 };
    },
    close: async () => {
      desk.close();
      feed.close();
      await close();
    },
  });
}
