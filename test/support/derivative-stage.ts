/** Futures and options of the KIS client before the offline KIS, in one process on fake time. */
import {
  createDerivativeBroker,
  derivativePart,
  DerivativePower,
  type BrokerEvent,
  type FeedPart,
  type KisBroker,
  type PartTrade,
} from '#core/broker/index.ts';
import { Contracts } from '#core/market/index.ts';
import type { InstrumentId } from '#shared/domain/index.ts';
import { openKisStage, type KisStage, type StageOptions } from './kis-stage.ts';
import { createMemoryLog } from './memory-log.ts';

export const FUTURES_ACCOUNT = 'kis-futures';
export const FUTURE: InstrumentId = 'KRXF:A01612';
export const CALL: InstrumentId = 'KRXF:B01612360';
export const SHARE_FUTURE: InstrumentId = 'KRXJ:A11612';

export interface DerivativeStage extends Omit<KisStage, 'broker' | 'feed'> {
  readonly broker: KisBroker;
  readonly part: FeedPart;
  readonly power: DerivativePower;
  readonly contracts: Contracts;
  readonly events: BrokerEvent[];
  readonly trades: PartTrade[];
  /** Best bid and ask as the offline KIS has them now; 1/100. */
  touch(id: InstrumentId): { readonly bid: number; readonly ask: number };
}

/** Opened on 2026-11-24 in continuous trading; the account is the one of product code 03. */
export async function openDerivativeStage(options: StageOptions = {}): Promise<DerivativeStage> {
  const stage = await openKisStage(options);
  const { rest, realtime, serverClock, time } = stage;
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const keys = { ...stage.keys, productCode: '03' };
  const fields = { CANO: keys.accountNo, ACNT_PRDT_CD: keys.productCode };
  const environment = options.env ?? 'real';
  const power = new DerivativePower({ environment, rest, fields, clock, timers, logger, serverClock });
  const contracts = new Contracts(() => undefined);
  const trades: PartTrade[] = [];
  const part = derivativePart(
    {
      rest,
      realtime,
      serverClock,
      environment,
      clock,
      timers,
      logger,
      issues: () => [],
      find: (id) => contracts.find(id),
      learnt: (id, facts) => contracts.learn(id, facts),
      power,
    },
    { traded: (trade) => trades.push(trade), changed: () => undefined },
  );
  const broker = createDerivativeBroker({
    environment,
    accountId: FUTURES_ACCOUNT,
    name: '선물옵션',
    keys,
    rest,
    realtime,
    serverClock,
    clock,
    timers,
    logger,
    currentEpoch: options.currentEpoch ?? (() => stage.epoch),
    isKnown: () => false,
    power,
  });
  const events: BrokerEvent[] = [];
  broker.events((event) => events.push(event));
  const close = stage.close.bind(stage);
  const opened = Object.assign(stage, {
    broker,
    part,
    power,
    contracts,
    events,
    trades,
    touch: (id: InstrumentId) => {
      const { book } = stage.emulator.contracts.seat(id.slice(5)) ?? { book: null };
      return { bid: book?.best('buy') ?? 0, ask: book?.best('sell') ?? 0 };
    },
    close: async () => {
      broker.close();
      part.close();
      await close();
    },
  });
  for (let tries = 0; keys.htsId !== null && !broker.hasNotices && tries < 100; tries += 1) await time.advance(50);
  return opened;
}
