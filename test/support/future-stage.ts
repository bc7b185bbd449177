/** Futures abroad of the KIS client before the offline KIS, in one process on fake time. */
import {
  createFutureBroker,
  createFuturePoll,
  createKisFeed,
  futurePart,
  joinFeeds,
  type BrokerEvent,
  type FeedPart,
  type KisBroker,
  type KisFeed,
} from '#core/broker/index.ts';
import { futuresProductOf, type FutureAbroadInstrument, type InstrumentId } from '#shared/domain/index.ts';
import { openKisStage, type KisStage, type StageOptions } from './kis-stage.ts';
import { createMemoryLog } from './memory-log.ts';
import { TEST_LISTING } from './simulator.ts';

export const FUTURES_ABROAD_ACCOUNT = 'kis-futures-abroad';
export const ES: InstrumentId = 'OVF:ESZ26';
export const CL: InstrumentId = 'OVF:CLF27';

/** A contract as the symbol master tells it: quotes leave out the decimals that are shown. */
export function masterFuture(id: InstrumentId): FutureAbroadInstrument | undefined {
  const product = futuresProductOf(id);
  if (!product) return undefined;
  return {
    id,
    code: id.slice(4),
    nameKo: product.nameKo,
    nameEn: null,
    market: 'FUTURES_ABROAD',
    priceScale: 8,
    currency: product.currency,
    lotSize: 1,
    basePrice: 0,
    listedShares: null,
    suspended: false,
    kospi200: null,
    exchange: product.exchange,
    quoteShift: product.places,
    lastDay: null,
    asOf: '2026-11-24',
  };
}

export interface FutureStage extends Omit<KisStage, 'broker' | 'feed'> {
  readonly broker: KisBroker;
  readonly part: FeedPart;
  readonly feed: KisFeed;
  readonly events: BrokerEvent[];
  /** REST in place of the channels. */
  readonly poll: ReturnType<typeof createFuturePoll>;
}

/** Opened on 2026-11-24 in the Korean day, in the account of product code 08. */
export async function openFutureStage(options: StageOptions = {}): Promise<FutureStage> {
  const stage = await openKisStage({ env: 'real', ...options });
  const { rest, realtime, serverClock, time } = stage;
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const parts = { rest, realtime, serverClock, clock, timers, logger };
  const opened: FeedPart[] = [];
  const find = (id: InstrumentId) => masterFuture(id) ?? TEST_LISTING.find((issue) => issue.id === id);
  const feed = joinFeeds(createKisFeed({ environment: 'real', ...parts, instruments: () => TEST_LISTING, find }), [
    (told) => {
      const part = futurePart({ ...parts, find: masterFuture }, told);
      opened.push(part);
      return part;
    },
  ]);
  const broker = createFutureBroker({
    ...parts,
    environment: 'real',
    connectionId: FUTURES_ABROAD_ACCOUNT,
    name: '해외선물',
    keys: { ...stage.keys, productCode: '08' },
  });
  const events: BrokerEvent[] = [];
  broker.events((event) => events.push(event));
  const close = stage.close.bind(stage);
  return Object.assign(stage, {
    broker,
    feed,
    part: opened[0] as FeedPart,
    events,
    poll: createFuturePoll(rest),
    close: async () => {
      broker.close();
      feed.close();
      await close();
    },
  });
}
