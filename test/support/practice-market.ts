/** A practice market for tests of more than one day: a fund and three stocks, one account, and a desk where it is wanted. */
import { SimulatedBroker } from '#core/broker/index.ts';
import { MarketHub } from '#core/market/index.ts';
import type { Simulator } from '#core/simulator/index.ts';
import { DEFAULT_TRADING_SETTINGS, Desk, TradingGate } from '#core/trading/index.ts';
import type { OrderAck } from '#shared/contract/index.ts';
import type { InstrumentId, KrxInstrument, NewOrder } from '#shared/domain/index.ts';
import type { MemoryJournal } from './desk-stand.ts';
import { createMemoryLog } from './memory-log.ts';
import { openSimulator, PLAIN_ORDER, SAMSUNG, TEST_LISTING, WALL_AFTER_MS, type TestSimulator } from './simulator.ts';
import { tempFolder } from './temp-folder.ts';

export const FUND = 'KRX:069500';
export const LISTING: readonly KrxInstrument[] = [
  ...TEST_LISTING,
  {
    ...(TEST_LISTING[0] as KrxInstrument),
    id: FUND,
    code: '069500',
    nameKo: 'KODEX 200',
    basePrice: 40_000,
    product: 'etp',
  },
];

function noHistory() {
  const nothing = new Float64Array(0);
  return {
    length: 0,
    columns: { openTs: nothing, open: nothing, high: nothing, low: nothing, close: nothing, volume: nothing },
  };
}

/** A practice market with one account. */
export interface Practice extends TestSimulator {
  readonly folder: string;
  readonly accountId: string;
}

/** A practice market on 2026-11-24, standing past 09:00, and one account. */
export async function practice(): Promise<Practice> {
  const folder = tempFolder();
  const test = await openSimulator(folder, { wallMs: WALL_AFTER_MS, listing: () => LISTING });
  test.simulator.pause();
  await test.simulator.step(60_000);
  const { accountId } = test.simulator.createAccount({ name: '하나' });
  return { ...test, folder, accountId };
}

/** A market order that is filled at once as far as it goes. */
export function order(at: Practice, side: 'buy' | 'sell', quantity: number, instrumentId: InstrumentId = SAMSUNG) {
  const kind = { side, type: 'market', timeInForce: 'ioc', ...PLAIN_ORDER } as const;
  return at.simulator.submit({ accountId: at.accountId, instrumentId, ...kind, price: null, quantity });
}

/** To the next day, past its opening auction. */
export async function toNextOpen(simulator: Simulator): Promise<void> {
  await simulator.jump('nextDay');
  await simulator.jump('open');
  await simulator.step(60_000);
}

/** A desk on the practice market, as the program puts it together. */
export class Trader {
  readonly desk: Desk;
  readonly #broker: SimulatedBroker;
  readonly #at: Practice;
  static #ids = 0;

  constructor(at: Practice, journal: MemoryJournal) {
    const { simulator, time } = at;
    const { clock, timers } = time;
    const { logger } = createMemoryLog();
    const hub = new MarketHub({
      feed: simulator,
      clock,
      timers,
      logger,
      instruments: () => LISTING,
      find: (id) => LISTING.find((each) => each.id === id),
      dailyCandles: noHistory,
    });
    const gate = new TradingGate();
    this.#at = at;
    this.#broker = new SimulatedBroker({ exchange: simulator, timers, logger, currentEpoch: () => gate.epoch });
    const ids = { next: () => `id-${(Trader.#ids += 1)}` };
    const settings = () => DEFAULT_TRADING_SETTINGS;
    this.desk = new Desk({
      journal,
      broker: this.#broker,
      market: hub,
      clock,
      timers,
      ids,
      log: logger,
      settings,
      gate,
    });
  }

  async start(): Promise<void> {
    const started = this.desk.start();
    await this.#at.time.settle();
    await started;
  }

  async submit(change: Pick<NewOrder, 'side' | 'type' | 'price' | 'quantity'>): Promise<OrderAck> {
    const requestId = `request-${String((Trader.#ids += 1)).padStart(6, '0')}`;
    const timeInForce = change.type === 'market' ? 'ioc' : 'day';
    const order = { requestId, accountId: this.#at.accountId, instrumentId: SAMSUNG, timeInForce, ...change } as const;
    const answer = this.desk.submit({ ...order, ...PLAIN_ORDER, allowDuplicate: true });
    await this.#at.time.settle();
    return answer;
  }

  alerts(): string[] {
    return this.desk.snapshot().flatMap((delta) => (delta.kind === 'alert' ? [delta.alert.titleKo] : []));
  }

  stop(): void {
    this.desk.stop();
    this.#broker.close();
  }
}
