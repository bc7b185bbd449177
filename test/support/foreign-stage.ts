/** The foreign part of the KIS client before the offline KIS, in one process on fake time. */
import {
  createForeignDesks,
  createForeignFeed,
  foreignAccountId,
  type AccountDesk,
  type ForeignFeed,
  type ForeignFeedTrade,
} from '#core/broker/index.ts';
import type { BrokerEvent } from '#core/broker/index.ts';
import type { ForeignCurrency, InstrumentId } from '#shared/domain/index.ts';
import { KIS_ACCOUNT, openKisStage, type KisStage, type StageOptions } from './kis-stage.ts';
import { createMemoryLog } from './memory-log.ts';

export const DOLLARS = foreignAccountId(KIS_ACCOUNT, 'USD');
export const AAPL: InstrumentId = 'NASD:AAPL';

export interface ForeignStage extends Omit<KisStage, 'desk' | 'feed' | 'events'> {
  readonly desk: AccountDesk;
  /** Of the other currencies asked for. */
  readonly others: readonly AccountDesk[];
  readonly feed: ForeignFeed;
  readonly events: BrokerEvent[];
  readonly trades: ForeignFeedTrade[];
  /** Best bid and ask as the offline KIS has them now; 1/10,000 of the currency. */
  touch(id: InstrumentId): Promise<{ readonly bid: number; readonly ask: number }>;
}

/** Opened in the after-market of 2026-11-23 in New York, which is the morning of the 24th in Asia. */
export async function openForeignStage(
  options: StageOptions & { readonly currency?: ForeignCurrency; readonly more?: readonly ForeignCurrency[] } = {},
): Promise<ForeignStage> {
  const { currency = 'USD', more = [] } = options;
  const stage = await openKisStage(options);
  const { rest, realtime, serverClock, time, keys } = stage;
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const events: BrokerEvent[] = [];
  const trades: ForeignFeedTrade[] = [];
  const [desk, ...others] = createForeignDesks({
    environment: options.env ?? 'real',
    currencies: [currency, ...more],
    connectionId: KIS_ACCOUNT,
    nameOf: (each) => each,
    keys,
    rest,
    realtime,
    serverClock,
    clock,
    timers,
    logger,
    currentEpoch: () => stage.epoch,
  });
  if (!desk) throw new RangeError('no currency');
  desk.events((event) => events.push(event));
  const feed = createForeignFeed({
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
    others,
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
      for (const each of [desk, ...others]) each.close();
      feed.close();
      await close();
    },
  });
}
