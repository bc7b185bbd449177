/** Foreign accounts at the desk: orders in America and Hong Kong through guard, preview, KIS and the books, beside the won account. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createKisFeed,
  foreignAccountId,
  joinDesks,
  foreignPart,
  joinFeeds,
  type KisFeed,
} from '#core/broker/index.ts';
import { moneyIn } from '#core/emulator/index.ts';
import { findForeign, MarketHub, FOREIGN_LISTING } from '#core/market/index.ts';
import { Desk, TradingGate } from '#core/trading/index.ts';
import type { InstrumentId, NewOrder } from '#shared/domain/index.ts';
import { MemoryJournal } from '#test/support/desk-stand.ts';
import { KIS_ACCOUNT } from '#test/support/kis-stage.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { PLAIN } from '#test/support/plain-order.ts';
import { TEST_LISTING } from '#test/support/simulator.ts';
import { AAPL, DOLLARS, openForeignStage, type ForeignStage } from '#test/support/foreign-stage.ts';

let stage: ForeignStage;
let feed: KisFeed;
let hub: MarketHub;
let desk: Desk;
const gate = new TradingGate();
let journal: MemoryJournal;
let requests = 0;

function openDesk(): Desk {
  const { clock, timers } = stage.time;
  let ids = 0;
  const next = (): string => `id-${journal.entries.length}-${(ids += 1)}`;
  const { logger: log } = createMemoryLog();
  const broker = joinDesks(stage.broker, [stage.desk, ...stage.others]);
  return new Desk({ journal, broker, market: hub, clock, timers, ids: { next }, log, gate });
}

/** `lot`: of the issue, as the broker's symbol file tells it; else only the broker's own answer does. */
async function begin(
  id: InstrumentId,
  { lot, ...options }: NonNullable<Parameters<typeof openForeignStage>[0]> & { readonly lot?: number } = {},
): Promise<void> {
  stage = await openForeignStage({ env: 'real', ...options, currentEpoch: () => gate.epoch });
  Object.defineProperty(stage, 'epoch', { get: () => gate.epoch });
  const { rest, realtime, serverClock, time } = stage;
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const abroad = (asked: string) => {
    const issue = findForeign(asked);
    return issue && lot !== undefined && asked === id ? { ...issue, lotSize: lot } : issue;
  };
  const find = (asked: string) => TEST_LISTING.find((issue) => issue.id === asked) ?? abroad(asked);
  const instruments = () => [...TEST_LISTING, ...FOREIGN_LISTING];
  const parts = { rest, realtime, serverClock, clock, timers, logger };
  const won = createKisFeed({ environment: options.env ?? 'real', ...parts, instruments, find });
  feed = joinFeeds(won, [(told) => foreignPart({ ...parts, issues: () => FOREIGN_LISTING, find: abroad }, told)]);
  const nothing = { length: 0, columns: {} as never };
  hub = new MarketHub({ feed, clock, timers, logger, instruments, find, dailyCandles: () => nothing });
  journal = new MemoryJournal();
  desk = openDesk();
  await stage.drive(desk.start());
  await stage.drive(hub.prepare(id));
  await stage.time.advance(5_000);
}

afterEach(async () => {
  desk.stop();
  hub.close();
  feed.close();
  await stage.close();
});

const order = (change: Partial<NewOrder> = {}): NewOrder => ({
  requestId: `request-${(requests += 1)}`,
  accountId: DOLLARS,
  instrumentId: AAPL,
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  ...PLAIN,
  price: last(),
  quantity: 2,
  allowDuplicate: true,
  ...change,
});

/** The last price, on the tick of a cent. */
function last(): number {
  return Math.floor((hub.facts(AAPL)?.last ?? 0) / 100) * 100;
}

const denialOf = (change: Partial<NewOrder>) => {
  const { requestId: _requestId, allowDuplicate: _allowDuplicate, ...draft } = order(change);
  return desk.preview(draft).denial;
};

describe('the dollar account', () => {
  beforeEach(() => begin(AAPL));

  it('stands beside the won account, each in its own currency', () => {
    expect(
      desk.accounts().map(({ accountId, currency = 'KRW', cashD2Krw }) => [accountId, currency, cashD2Krw]),
    ).toEqual([
      [KIS_ACCOUNT, 'KRW', 100_000_000],
      [DOLLARS, 'USD', 1_000_000_000],
    ]);
    expect(desk.performance(DOLLARS)).toMatchObject({ startingCashKrw: 1_000_000_000, returnPpb: 0 });
  });

  it('is the only one that American orders are paid from, and Korean orders are not', async () => {
    await stage.drive(hub.prepare('KRX:005930'));
    expect(denialOf({ accountId: KIS_ACCOUNT })?.code).toBe('GUARD_FOREIGN_ACCOUNT');
    expect(denialOf({ instrumentId: 'KRX:005930', price: 50_000 })?.code).toBe('GUARD_KRW_ACCOUNT');
  });

  it('previews an order in dollars, with commission and the SEC fee in whole cents', () => {
    const { requestId: _requestId, allowDuplicate: _allowDuplicate, ...draft } = order({ price: 2_300_000 });
    const price = last();
    const buy = desk.preview({ ...draft, price, quantity: 3 });
    expect(buy.denial).toBeNull();
    expect(buy.amountKrw).toBe(price * 3);
    // 0.25 % of the amount, cut down to a cent.
    expect(buy.commissionKrw).toBe(Math.floor((price * 3 * 25) / 1_000_000) * 100);
    expect(buy.taxKrw).toBe(0);
    expect(buy.totalKrw).toBe(buy.amountKrw + buy.commissionKrw);
    expect(buy.settlementDate).toBe('2026-11-24');
    expect(buy.buyingPowerAfterKrw).toBe(1_000_000_000 - buy.totalKrw);
    const most = buy.maxQuantity;
    expect(denialOf({ price, quantity: most })).toBeNull();
    expect(denialOf({ price, quantity: most + 1 })?.code).toBe('GUARD_FOREIGN_CASH');
  });

  it('denies in the words of dollars what the market or the user would not take', () => {
    const tick = denialOf({ price: last() + 50 });
    expect(tick?.code).toBe('GUARD_FOREIGN_TICK');
    expect(tick?.messageKo).toBe('가격이 호가 단위 0.01달러에 맞지 않습니다.');
    expect(denialOf({ type: 'market', price: null })?.code).toBe('GUARD_FOREIGN_TYPE');
    expect(denialOf({ timeInForce: 'ioc' })?.code).toBe('GUARD_FOREIGN_TYPE');
    expect(denialOf({ price: last() * 2 })?.code).toBe('GUARD_COLLAR');
    expect(denialOf({ quantity: 100_000 })).toMatchObject({
      code: 'GUARD_FOREIGN_NOTIONAL',
      messageKo: '한 번에 3,500,000.00달러까지입니다.',
    });
    expect(denialOf({ side: 'sell', quantity: 1 })?.code).toBe('GUARD_SELLABLE');
    expect(denialOf({ instrumentId: 'NYSE:BA', price: 2_000_000 })?.code).toBe('GUARD_FOREIGN_NO_PRICE');
  });

  it('buys and sells, books every ten-thousandth of a dollar, and finds all of it again', async () => {
    const price = last() + 50_000;
    const buy = await stage.drive(desk.submit(order({ price, quantity: 4 })));
    expect(buy).toMatchObject({ state: 'accepted' });
    await stage.time.advance(25_000);
    const bought = desk.orders({ accountId: DOLLARS, open: false, limit: 1 })[0];
    expect(bought).toMatchObject({ state: 'filled', filledQty: 4, sessionDate: '2026-11-23' });
    const fills = desk.fills({ accountId: DOLLARS, limit: 10 });
    expect(fills.reduce((sum, fill) => sum + fill.price * fill.quantity, 0)).toBe(bought?.filledValue);
    expect(denialOf({})?.code).toBe('GUARD_STALE');
    await stage.drive(hub.prepare(AAPL));
    await stage.drive(desk.submit(order({ side: 'sell', price: last() - 50_000, quantity: 4 })));
    await stage.time.advance(25_000);
    expect(desk.positions(DOLLARS)).toMatchObject([{ instrumentId: AAPL, quantity: 0, costKrw: 0 }]);
    const performance = desk.performance(DOLLARS);
    const account = desk.accounts().find(({ accountId }) => accountId === DOLLARS);
    expect(performance.realisedKrw).toBe((account?.cashD2Krw ?? 0) - 1_000_000_000);
    expect(performance.commissionKrw % 100).toBe(0);
    expect(performance.taxKrw).toBeGreaterThan(0);
    expect(desk.tradingState.state).toBe('active');
    const before = { fills: desk.fills({ accountId: DOLLARS, limit: 10 }), positions: desk.positions(DOLLARS) };
    desk.stop();
    desk = openDesk();
    await stage.drive(desk.start());
    await stage.time.advance(20_000);
    expect(desk.fills({ accountId: DOLLARS, limit: 10 })).toEqual(before.fills);
    expect(desk.positions(DOLLARS)).toEqual(before.positions);
    expect(desk.tradingState.state).toBe('active');
  });

  it('never sends an order twice whose answer was cut off, and finds it by asking', async () => {
    stage.emulator.faults.call({ kind: 'cut', when: 'after' }, { only: 'orders' });
    const ack = await stage.drive(desk.submit(order({ price: 1_900_000, quantity: 1 })));
    expect(ack.state).toBe('unconfirmed');
    await stage.time.advance(20_000);
    const orders = desk.orders({ accountId: DOLLARS, open: false, limit: 10 });
    expect(orders).toMatchObject([{ orderId: ack.orderId, state: 'accepted', external: false }]);
    expect(await stage.drive(stage.desk.openOrders())).toHaveLength(1);
    expect(desk.tradingState.state).toBe('active');
  });
});

describe('the account of Hong Kong', () => {
  const TENCENT = 'SEHK:00700';
  const HKD = foreignAccountId(KIS_ACCOUNT, 'HKD');
  const inHongKong = (change: Partial<NewOrder> = {}): NewOrder =>
    order({ accountId: HKD, instrumentId: TENCENT, price: 3_800_000, quantity: 100, ...change });
  const denied = (change: Partial<NewOrder>) => {
    const { requestId: _requestId, allowDuplicate: _allowDuplicate, ...draft } = inHongKong(change);
    return desk.preview(draft);
  };

  it('knows lot, tick, account and holidays of its market before an order leaves', async () => {
    await begin(TENCENT, { more: ['HKD'], emulator: { startAt: '11:20' } });
    const { denial, warnings, commissionKrw, taxKrw } = denied({});
    expect(denial).toBeNull();
    expect(warnings).toEqual(['이 거래소의 휴장일을 모릅니다. 오늘 쉬는 날이면 거래소가 주문을 거부합니다.']);
    // 0.3 % of 38,000 dollars; stamp duty of 38 and levies of 3.23.
    expect([commissionKrw, taxKrw]).toEqual([1_140_000, 412_300]);
    expect(denied({ quantity: 150 }).denial).toMatchObject({
      code: 'GUARD_LOT',
      messageKo: '수량이 매매 단위 100주에 맞지 않습니다.',
    });
    expect(denied({ price: 3_801_000 }).denial).toMatchObject({
      code: 'GUARD_FOREIGN_TICK',
      messageKo: '가격이 호가 단위 0.20홍콩달러에 맞지 않습니다.',
    });
    expect(denied({ accountId: DOLLARS }).denial?.code).toBe('GUARD_FOREIGN_ACCOUNT');
    expect(denied({ quantity: 100_000 }).denial?.code).toBe('GUARD_FOREIGN_NOTIONAL');
  });

  it('places, moves and withdraws an order, and its records are those of the broker', async () => {
    await begin(TENCENT, { more: ['HKD'], emulator: { startAt: '11:20' } });
    const ack = await stage.drive(desk.submit(inHongKong()));
    expect(ack.state).toBe('accepted');
    await stage.time.advance(5_000);
    const moved = { requestId: 'hong-kong-move', orderId: ack.orderId, price: 3_802_000 };
    await stage.drive(desk.replace(moved));
    await stage.time.advance(5_000);
    const one = { accountId: HKD, open: false, limit: 5 } as const;
    expect(desk.orders(one)).toMatchObject([{ state: 'accepted', price: 3_802_000, sessionDate: '2026-11-24' }]);
    await stage.drive(desk.cancel({ requestId: 'hong-kong-cancel', orderId: ack.orderId }));
    await stage.time.advance(5_000);
    expect(desk.orders(one)).toMatchObject([{ state: 'canceled', filledQty: 0 }]);
    const account = desk.accounts().find(({ accountId }) => accountId === HKD);
    expect(account).toMatchObject({ currency: 'HKD', buyingPowerKrw: 8_000_000_000 });
    expect(desk.tradingState.state).toBe('active');
  });

  it('takes an order on paper once the symbol file has told the lot, and withdraws it', async () => {
    const settings = { asia: moneyIn(['HKD']) };
    await begin(TENCENT, { env: 'paper', more: ['HKD'], lot: 100, emulator: { startAt: '11:20', settings } });
    expect(denied({ quantity: 150 }).denial?.code).toBe('GUARD_LOT');
    await stage.drive(hub.prepare(TENCENT));
    const ack = await stage.drive(desk.submit(inHongKong()));
    expect(ack).toMatchObject({ state: 'accepted', reason: null });
    await stage.time.advance(10_000);
    await stage.drive(desk.cancel({ requestId: 'hong-kong-paper', orderId: ack.orderId }));
    await stage.time.advance(20_000);
    expect(desk.orders({ accountId: HKD, open: false, limit: 5 })).toMatchObject([{ state: 'canceled', filledQty: 0 }]);
  });

  it('refuses on paper, where nobody tells the lot', async () => {
    const settings = { asia: moneyIn(['HKD']) };
    await begin(TENCENT, { env: 'paper', more: ['HKD'], emulator: { startAt: '11:20', settings } });
    expect(denied({}).denial?.code).toBe('GUARD_LOT_UNKNOWN');
    expect(denied({ accountId: DOLLARS, instrumentId: 'SHAA:600519' }).denial?.code).toBe('GUARD_FOREIGN_ACCOUNT');
  });
});
