/** A desk on a stand: scripted broker, memory journal, still clock, a market that says what the test wants. */
import {
  Desk,
  DEFAULT_TRADING_SETTINGS,
  TradingGate,
  type JournalPort,
  type MarketTrade,
  type MarketView,
  type TradingSettings,
} from '#core/trading/index.ts';
import type { Broker } from '#core/broker/index.ts';
import type { JournalEntry, NewJournalEntry } from '#core/storage/index.ts';
import type { IssueFacts, NewOrder, Order, VenueFacts } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Logger } from '#shared/ports.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createMemoryLog } from './memory-log.ts';
import { ScriptedBroker, type ScriptedBrokerOptions } from './scripted-broker.ts';
import { PLAIN } from './plain-order.ts';

export const SAMSUNG = 'KRX:005930';

/** A venue in its continuous session around 10,000 won. */
export function venueFacts(change: Partial<VenueFacts> = {}): VenueFacts {
  const { phase = 'continuous' } = change;
  return {
    venuePhase: phase,
    phase,
    interruption: null,
    preCloseOpen: false,
    postCloseOpen: false,
    last: 10_000,
    bid: 9_990,
    ask: 10_000,
    ...change,
  };
}

/** Facts of an open market around 10,000 won; a test changes what it is about. */
export function issueFacts(change: Partial<IssueFacts> = {}): IssueFacts {
  return {
    instrument: {
      id: SAMSUNG,
      code: '005930',
      nameKo: '삼성전자',
      nameEn: null,
      market: 'KOSPI',
      priceScale: 0,
      lotSize: 1,
      basePrice: 10_000,
      listedShares: null,
      suspended: false,
      kospi200: null,
      asOf: '2025-02-11',
    },
    inMarket: true,
    sessionDate: sessionDate('2025-02-11'),
    krx: venueFacts(),
    nxt: null,
    product: 'stock',
    onNxt: false,
    singlePrice: null,
    firstPricePending: false,
    noReference: false,
    halted: false,
    base: 10_000,
    upperLimit: 13_000,
    lowerLimit: 7_000,
    last: 10_000,
    staleSince: null,
    nextOpen: null,
    ...change,
  };
}

/** A journal in memory that can be full, and that tells before and after each append. */
export class MemoryJournal implements JournalPort {
  readonly entries: JournalEntry[] = [];
  full = false;
  before: (entries: readonly NewJournalEntry[]) => void = () => undefined;
  after: (entries: readonly NewJournalEntry[]) => void = () => undefined;

  append(entries: readonly NewJournalEntry[]): readonly { readonly seq: number }[] {
    this.before(entries);
    if (this.full) throw new AppError('DISK_FULL', { path: 'memory' });
    const written = entries.map((entry, i) => ({ ...structuredClone(entry), seq: this.entries.length + i + 1 }));
    this.entries.push(...written);
    this.after(entries);
    return written;
  }

  *read(fromSeq = 1): IterableIterator<JournalEntry> {
    yield* this.entries.slice(fromSeq - 1);
  }

  kinds(): string[] {
    return this.entries.map(({ kind }) => kind.replace('desk.', ''));
  }
}

export interface StandOptions extends Partial<Pick<ScriptedBrokerOptions, 'accounts' | 'noticeMs'>> {
  readonly settings?: Partial<TradingSettings>;
  /** The journal to write instead of the one in memory. */
  readonly record?: JournalPort;
  /** The broker as the desk sees it: one that tells less, or other things. */
  readonly view?: (broker: ScriptedBroker) => Broker;
}

/** Everything around one broker; desks come and go on it. */
export class DeskStand {
  readonly time: FakeTime = createFakeTime(Date.UTC(2025, 1, 11, 1));
  readonly journal = new MemoryJournal();
  readonly log = createMemoryLog();
  readonly broker: ScriptedBroker;
  readonly submitMs: number[] = [];
  market = new Map<string, IssueFacts>([[SAMSUNG, issueFacts()]]);
  desk: Desk;
  /** How far the exchange's clock stands from ours, milliseconds. */
  exchangeMs = 0;
  readonly #trades = new Set<(trade: MarketTrade) => void>();
  readonly #settings: TradingSettings;
  readonly #record: JournalPort;
  readonly #view: (broker: ScriptedBroker) => Broker;
  #generation = 0;
  #id = 0;
  #request = 0;

  constructor(options: StandOptions = {}) {
    this.#settings = { ...DEFAULT_TRADING_SETTINGS, ...options.settings };
    this.#record = options.record ?? this.journal;
    this.#view = options.view ?? ((broker) => broker);
    const { clock, timers } = this.time;
    this.broker = new ScriptedBroker({
      clock,
      timers,
      noticeMs: options.noticeMs ?? 1,
      ...(options.accounts ? { accounts: options.accounts } : {}),
    });
    this.desk = this.#makeDesk();
  }

  /** Starts the desk and lets its first inquiry finish. */
  static async open(options: StandOptions = {}): Promise<DeskStand> {
    const stand = new DeskStand(options);
    await stand.start();
    return stand;
  }

  async start(): Promise<void> {
    const started = this.desk.start();
    await this.time.advance(10);
    await started;
  }

  /** The process dies here and now: nothing of this desk reaches the broker or the journal any more. */
  kill(): void {
    this.#generation += 1;
    this.desk.stop();
    this.desk = this.#makeDesk();
  }

  /** Dies and comes back. */
  async crash(): Promise<void> {
    this.kill();
    await this.start();
  }

  order(change: Partial<NewOrder> = {}): NewOrder {
    this.#request += 1;
    return {
      requestId: `request-${String(this.#request).padStart(6, '0')}`,
      accountId: 'A1',
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      ...PLAIN,
      price: 10_000,
      quantity: 10,
      allowDuplicate: true,
      ...change,
    };
  }

  /** A trade of the market, told to whoever watches. */
  trade(trade: MarketTrade): void {
    for (const listener of [...this.#trades]) listener(trade);
  }

  requestId(): string {
    return this.order().requestId;
  }

  /** Submits and waits until the broker has answered and told. */
  async submit(change: Partial<NewOrder> = {}) {
    const answer = this.desk.submit(this.order(change));
    await this.time.advance(10);
    return answer;
  }

  /** Buys and lets it fill whole. */
  async buy(quantity: number, price = 10_000): Promise<string> {
    const ack = await this.submit({ quantity, price });
    this.broker.fill(ack.brokerOrderNo ?? '', quantity, price);
    await this.time.advance(10);
    return ack.orderId;
  }

  find(orderId: string): Order {
    const order = this.orders().find((each) => each.orderId === orderId);
    if (!order) throw new Error(`no order ${orderId}`);
    return order;
  }

  orders(accountId = 'A1'): Order[] {
    return this.desk.orders({ accountId, open: false, limit: 5_000 });
  }

  alerts(): string[] {
    return this.desk.snapshot().flatMap((delta) => (delta.kind === 'alert' ? [delta.alert.titleKo] : []));
  }

  #makeDesk(): Desk {
    const generation = this.#generation;
    const isDead = (): boolean => generation !== this.#generation;
    const { clock, timers } = this.time;
    const market: MarketView = {
      facts: (id) => this.market.get(id),
      exchangeNow: () => epochMs(clock.now() + this.exchangeMs),
      watchTrades: (listener) => {
        this.#trades.add(listener);
        return () => void this.#trades.delete(listener);
      },
    };
    const journal: JournalPort = {
      append: (entries) => {
        if (isDead()) throw new Error('dead');
        return this.#record.append(entries);
      },
      read: (fromSeq) => this.#record.read(fromSeq),
    };
    const ids = {
      next: () => {
        this.#id += 1;
        return `id-${String(this.#id).padStart(8, '0')}`;
      },
    };
    return new Desk({
      journal,
      broker: mortal(this.#view(this.broker), isDead),
      market,
      clock,
      timers,
      ids,
      log: mortalLog(this.log.logger, isDead),
      settings: () => this.#settings,
      gate: new TradingGate(),
      observeSubmitMs: (ms) => this.submitMs.push(ms),
    });
  }
}

/** The broker as seen by a process that may have died: then no call leaves it any more. */
function mortal(broker: Broker, isDead: () => boolean): Broker {
  return new Proxy<Broker>(broker, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown =>
        isDead() ? new Promise(() => undefined) : Reflect.apply(member, target, args);
    },
  });
}

/** What a dead process says is not heard. */
function mortalLog(logger: Logger, isDead: () => boolean): Logger {
  const error: Logger['error'] = (message, facts) => {
    if (!isDead()) logger.error(message, facts);
  };
  return { ...logger, error };
}
