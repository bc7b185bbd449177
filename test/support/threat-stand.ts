/** A desk on the real hub over a feed moved by hand, with a broker that can misbehave: where threats are fired and answered. */
import { MarketHub } from '#core/market/index.ts';
import { DEFAULT_TRADING_SETTINGS, Desk, TradingGate } from '#core/trading/index.ts';
import type { OrderAck } from '#shared/contract/index.ts';
import type { KrxInstrument, NewOrder, Order, OrderBook } from '#shared/domain/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { MemoryJournal } from './desk-stand.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';
import { createMemoryLog } from './memory-log.ts';
import { PLAIN } from './plain-order.ts';
import { ScriptedBroker } from './scripted-broker.ts';
import { at, FEED_DAY, StubFeed } from './stub-feed.ts';

export const SAMSUNG = 'KRX:005930';
export const HYNIX = 'KRX:000660';

const issue = (code: string, nameKo: string): KrxInstrument => ({
  id: `KRX:${code}`,
  code,
  nameKo,
  nameEn: null,
  market: 'KOSPI',
  priceScale: 0,
  lotSize: 1,
  basePrice: 70_000,
  listedShares: 1_000_000_000,
  suspended: false,
  kospi200: null,
  asOf: '2026-02-27',
});

export const STAND_LISTING: readonly KrxInstrument[] = [issue('005930', '삼성전자'), issue('000660', 'SK하이닉스')];

function nothing() {
  const none = new Float64Array(0);
  return { length: 0, columns: { openTs: none, open: none, high: none, low: none, close: none, volume: none } };
}

type Levels = OrderBook['bids'];

export class ThreatStand {
  readonly time: FakeTime = createFakeTime(at('10:00:00'));
  readonly feed = new StubFeed([SAMSUNG, HYNIX]);
  readonly journal = new MemoryJournal();
  readonly log = createMemoryLog();
  readonly broker: ScriptedBroker;
  readonly hub: MarketHub;
  gate = new TradingGate();
  desk: Desk;
  #ids = 0;
  #requests = 0;

  constructor() {
    const { clock, timers } = this.time;
    this.broker = new ScriptedBroker({ clock, timers, noticeMs: 1 });
    this.broker.session = FEED_DAY;
    this.feed.sessionNow = { ...this.feed.sessionNow, exchangeTs: clock.now() };
    this.hub = new MarketHub({
      feed: this.feed,
      clock,
      timers,
      logger: this.log.logger,
      instruments: () => STAND_LISTING,
      find: (id) => STAND_LISTING.find((each) => each.id === id),
      dailyCandles: nothing,
    });
    for (const id of [SAMSUNG, HYNIX]) this.price(id, 70_000);
    this.desk = this.#makeDesk();
  }

  static async open(): Promise<ThreatStand> {
    const stand = new ThreatStand();
    await stand.start();
    return stand;
  }

  async start(): Promise<void> {
    const started = this.desk.start();
    await this.advance(20);
    await started;
  }

  /** The program ends without a word and comes back: the same record, the same broker. */
  async crash(): Promise<void> {
    this.desk.stop();
    this.gate = new TradingGate();
    this.desk = this.#makeDesk();
    await this.start();
  }

  /** Exchange and wall go on together, the feed telling every tenth of a second that it is alive. */
  async advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 100) {
      await this.time.advance(Math.min(100, left));
      this.feed.sessionNow = { ...this.feed.sessionNow, exchangeTs: this.time.clock.now() };
      this.feed.advanced();
    }
  }

  /** The clock alone goes on; the feed is silent. */
  async silence(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 100) {
      await this.time.advance(Math.min(100, left));
      this.feed.sessionNow = { ...this.feed.sessionNow, exchangeTs: this.time.clock.now() };
    }
  }

  /** Figures of an issue at a price, with a book of one level a side around it. */
  price(id: string, last: number, change: Partial<ReturnType<StubFeed['issue']> & object> = {}): void {
    const before = this.feed.issues.get(id);
    if (!before) throw new Error(`no issue ${id}`);
    const quotes = { bestBid: last - 100, bestBidQty: 1_000, bestAsk: last, bestAskQty: 1_000 };
    this.feed.issues.set(id, { ...before, last, ...quotes, ...change });
    this.book(id, [{ price: last - 100, qty: 1_000 }], [{ price: last, qty: 1_000 }]);
  }

  book(id: string, bids: Levels, asks: Levels): void {
    const sum = (levels: Levels): number => levels.reduce((total, { qty }) => total + qty, 0);
    this.feed.depths.set(id, { bids, asks, totalBidQty: sum(bids), totalAskQty: sum(asks), expected: null });
  }

  order(change: Partial<NewOrder> = {}): NewOrder {
    this.#requests += 1;
    return {
      requestId: `request-${String(this.#requests).padStart(6, '0')}`,
      accountId: 'A1',
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      ...PLAIN,
      price: 70_000,
      quantity: 10,
      allowDuplicate: true,
      ...change,
    };
  }

  async submit(change: Partial<NewOrder> = {}): Promise<OrderAck> {
    const answer = this.desk.submit(this.order(change));
    await this.advance(20);
    return answer;
  }

  /** Buys and lets it fill whole. */
  async buy(quantity: number, price = 70_000, instrumentId = SAMSUNG): Promise<string> {
    const ack = await this.submit({ quantity, price, instrumentId });
    this.broker.fill(ack.brokerOrderNo ?? '', quantity, price);
    await this.advance(20);
    return ack.orderId;
  }

  find(orderId: string): Order {
    const order = this.desk.order(orderId);
    if (!order) throw new Error(`no order ${orderId}`);
    return order;
  }

  /** Codes of the alerts, oldest first. */
  alerts(): string[] {
    return this.desk.snapshot().flatMap((delta) => (delta.kind === 'alert' ? [delta.alert.code] : []));
  }

  #makeDesk(): Desk {
    const { clock, timers } = this.time;
    const ids = { next: () => `id-${String((this.#ids += 1)).padStart(8, '0')}` };
    const { journal, broker, hub: market, gate } = this;
    const settings = () => DEFAULT_TRADING_SETTINGS;
    return new Desk({ journal, broker, market, clock, timers, ids, log: this.log.logger, gate, settings });
  }
}

/** A moment of the feed's day. */
export const moment = (text: string) => epochMs(at(text));
