/** Orders on credit at the desk over the real client and the offline KIS: bought on a loan, repaid, refused; orders in cash beside them as ever. */
import { afterEach, describe, expect, it } from 'vitest';
import { KisCredit, type KisBroker } from '#core/broker/index.ts';
import { openKisBroker } from '#core/app/environments/kis-broker.ts';
import { MarketHub } from '#core/market/index.ts';
import { Desk, TradingGate } from '#core/trading/index.ts';
import type { InstrumentId, NewOrder, OrderCredit } from '#shared/domain/index.ts';
import { ownPart } from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import { MemoryJournal } from '#test/support/desk-stand.ts';
import { openKisStage } from '#test/support/kis-stage.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { PLAIN } from '#test/support/plain-order.ts';
import { SAMSUNG, TEST_LISTING } from '#test/support/simulator.ts';

const ACCOUNT = 'kis-credit';
const TODAY = '2026-11-24';
const find = (id: InstrumentId) => TEST_LISTING.find((issue) => issue.id === id);
const closers: (() => unknown)[] = [];
let requests = 0;

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const BUY: OrderCredit = { act: 'loanOpen', money: 'house', loanDate: null };
const SELL: OrderCredit = { act: 'loanClose', money: 'house', loanDate: TODAY };

async function opened(env: 'real' | 'paper' = 'real') {
  const gate = new TradingGate();
  const stage = await openKisStage({ env, currentEpoch: () => gate.epoch });
  closers.push(() => stage.close());
  const { rest, realtime, serverClock, time, feed, keys } = stage;
  const { clock, timers } = time;
  const { logger } = createMemoryLog();
  const nothing = { length: 0, columns: {} as never };
  const listed = { instruments: () => TEST_LISTING, find, dailyCandles: () => nothing };
  const hub = new MarketHub({ feed, clock, timers, logger, ...listed });
  closers.push(() => hub.close());
  const journal = new MemoryJournal();
  const line = { environment: env, rest, realtime, serverClock, clock, timers, logger } as const;
  const account = { ...line, keys, currentEpoch: () => gate.epoch };
  const about = { connectionId: ACCOUNT, name: '신용', find, power: null, bondWishes: { tell: () => undefined } };
  const credit = env === 'real' ? new KisCredit({ accountId: ACCOUNT, keys, rest, clock, logger }) : null;
  let ids = 0;
  const start = async (): Promise<{ readonly broker: KisBroker; readonly desk: Desk }> => {
    const broker = openKisBroker(account, about);
    const next = (): string => `id-${journal.entries.length}-${(ids += 1)}`;
    const desk = new Desk({
      ...{ journal, broker, market: hub, clock, timers, ids: { next }, log: logger, gate },
      ...(credit ? { credit } : {}),
    });
    closers.push(() => desk.stop());
    closers.push(() => broker.close());
    closers.push(
      broker.events(({ kind }) => {
        if (kind !== 'account') credit?.forget();
      }),
    );
    await stage.drive(desk.start());
    await stage.drive(hub.prepare(SAMSUNG));
    await time.advance(5_000);
    return { broker, desk };
  };
  /** As the handler does it: asked anew, then sent. */
  const sent = async (desk: Desk, change: Partial<NewOrder>) => {
    const wish = order(change);
    await stage.drive(hub.prepare(SAMSUNG));
    if (credit) await stage.drive(credit.prepare(wish, true));
    const ack = await stage.drive(desk.submit(wish));
    await time.advance(8_000);
    return ack;
  };
  return { stage, credit, sent, start, hub, ...(await start()) };
}

const order = (change: Partial<NewOrder> = {}): NewOrder => ({
  requestId: `request-${(requests += 1)}`,
  accountId: ACCOUNT,
  instrumentId: SAMSUNG,
  side: 'buy',
  type: 'market',
  timeInForce: 'day',
  ...PLAIN,
  price: null,
  quantity: 10,
  allowDuplicate: true,
  ...change,
});

describe('an order on credit', () => {
  it('buys with the money of the firm, stands as a loan of the day, and a sale of that loan repays it', async () => {
    const { stage, credit, sent, desk, hub } = await opened();
    const { simulator, accountId } = stage.emulator;
    const before = simulator.account(accountId).cashD2Krw;
    expect(await sent(desk, { credit: BUY })).toMatchObject({ state: 'accepted' });
    const [bought] = desk.orders({ accountId: ACCOUNT, open: false, limit: 9 });
    expect(bought).toMatchObject({ state: 'filled', credit: BUY });
    const value = bought?.filledValue ?? 0;
    const lent = value - ownPart(krw(value));
    expect(await stage.drive(credit?.lots() ?? Promise.reject(new Error('no credit')))).toEqual([
      {
        instrumentId: SAMSUNG,
        name: '삼성전자',
        kind: '자기융자',
        money: 'house',
        loanDate: TODAY,
        expires: '2027-02-22',
        quantity: 10,
        sellable: 10,
        loanKrw: lent,
      },
    ]);
    // Only the own part has left the cash, and what is lent is not one's own.
    await stage.time.advance(60_000);
    const [shown] = desk.accounts();
    const firm = simulator.account(accountId);
    expect(shown).toMatchObject({ cashD2Krw: firm.cashD2Krw, loanKrw: lent });
    expect(firm.cashD2Krw).toBeGreaterThan(before - value);
    const equity = desk.performance(ACCOUNT).equityKrw;
    const last = hub.facts(SAMSUNG)?.last ?? 0;
    expect(equity).toBe(firm.cashD2Krw - lent + last * 10);
    expect(await sent(desk, { side: 'sell', quantity: 4, credit: SELL })).toMatchObject({ state: 'accepted' });
    const [left] = await stage.drive(credit?.lots() ?? Promise.reject(new Error('no credit')));
    expect(left).toMatchObject({ quantity: 6, sellable: 6 });
    expect(left?.loanKrw).toBeLessThan(lent);
    expect(simulator.holdings(accountId)).toMatchObject([{ kind: 'loan', quantity: 6, debtKrw: left?.loanKrw }]);
    await stage.time.advance(60_000);
    expect(desk.accounts()[0]).toMatchObject({ accountId: ACCOUNT, loanKrw: left?.loanKrw });
    expect(desk.positions(ACCOUNT)).toMatchObject([{ instrumentId: SAMSUNG, quantity: 6 }]);
  });

  it('is refused before it leaves: more than the broker lends, a loan that is not there, terms against the side, no answer', async () => {
    const { stage, credit, sent, desk } = await opened();
    const codeOf = async (change: Partial<NewOrder>): Promise<string | undefined> =>
      (await sent(desk, change)).reason?.code;
    expect(await codeOf({ credit: BUY, quantity: 10_000 })).toBe('GUARD_CREDIT_POWER');
    expect(await codeOf({ side: 'sell', quantity: 1, credit: SELL })).toBe('GUARD_CREDIT_LOT');
    expect(await codeOf({ credit: { ...BUY, loanDate: TODAY } })).toBe('GUARD_CREDIT_TERMS');
    credit?.forget();
    const unasked = await stage.drive(desk.submit(order({ credit: BUY })));
    expect(unasked.reason?.code).toBe('GUARD_CREDIT_UNKNOWN');
    // Nothing of it reached the firm.
    expect(stage.emulator.books().orders).toEqual([]);
  });

  it('keeps the loan it repays apart: the money of the market is not that of the house', async () => {
    const { sent, desk } = await opened();
    await sent(desk, { credit: { ...BUY, money: 'market' }, quantity: 3 });
    const wrong = await sent(desk, { side: 'sell', quantity: 1, credit: SELL });
    expect(wrong.reason?.code).toBe('GUARD_CREDIT_LOT');
    const right = await sent(desk, { side: 'sell', quantity: 3, credit: { ...SELL, money: 'market' } });
    expect(right).toMatchObject({ state: 'accepted', reason: null });
    expect(desk.positions(ACCOUNT).filter(({ quantity }) => quantity > 0)).toEqual([]);
  });

  it('is withdrawn, is not moved to another price, and is still one on credit after a restart', async () => {
    const { stage, sent, desk, start } = await opened();
    const low = stage.emulator.simulator.issue(SAMSUNG)?.lowerLimit ?? 0;
    const resting = await sent(desk, { type: 'limit', price: low, quantity: 2, credit: BUY });
    expect(resting).toMatchObject({ state: 'accepted' });
    const moved = await stage.drive(
      desk.replace({ requestId: `request-${(requests += 1)}`, orderId: resting.orderId, price: low + 100 }),
    );
    expect(moved.reason?.code).toBe('GUARD_CREDIT_REPLACE');
    desk.stop();
    const again = await start();
    const [kept] = again.desk.orders({ accountId: ACCOUNT, open: true, limit: 9 });
    expect(kept).toMatchObject({ orderId: resting.orderId, credit: BUY });
    await stage.drive(again.desk.cancel({ requestId: `request-${(requests += 1)}`, orderId: resting.orderId }));
    await stage.time.advance(8_000);
    expect(again.desk.orders({ accountId: ACCOUNT, open: true, limit: 9 })).toEqual([]);
  });

  it('is never taken for an equal order in cash', async () => {
    const { stage, sent, desk } = await opened();
    const first = order({ credit: BUY, requestId: 'same-request' });
    await sent(desk, first);
    const { credit: _credit, ...cash } = first;
    await expect(stage.drive(desk.submit(cash))).rejects.toMatchObject({ code: 'REQUEST_REUSED' });
  });
});

describe('orders in cash', () => {
  it('go as they always went where credit is offered: no call about credit, nothing borrowed', async () => {
    const { stage, sent, desk } = await opened();
    expect(await sent(desk, { quantity: 5 })).toMatchObject({ state: 'accepted' });
    expect(await sent(desk, { side: 'sell', quantity: 5 })).toMatchObject({ state: 'accepted' });
    const [account] = desk.accounts();
    expect(account?.loanKrw).toBeUndefined();
    expect(stage.emulator.simulator.holdings(stage.emulator.accountId)).toEqual([]);
    expect(desk.orders({ accountId: ACCOUNT, open: false, limit: 9 }).map(({ credit }) => credit)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('paper', () => {
  it('takes no orders on credit, and says so before anything is sent', async () => {
    const { stage, sent, desk } = await opened('paper');
    const refused = await sent(desk, { credit: BUY });
    expect(refused).toMatchObject({ state: 'denied', reason: { code: 'GUARD_CREDIT_NONE' } });
    expect(stage.emulator.books().orders).toEqual([]);
  });
});
