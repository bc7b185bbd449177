/** Records that the first Maru wrote, opened by this one: every order, fill and won is still there. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SimulatedBroker } from '#core/broker/index.ts';
import { LOG_UPCASTERS } from '#core/simulator/log-entry.ts';
import { Journal } from '#core/storage/index.ts';
import { Desk, DESK_UPCASTERS, TradingGate } from '#core/trading/index.ts';
import { Fill, Order } from '#shared/domain/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { issueFacts, SAMSUNG } from '#test/support/desk-stand.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { testSimulator } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** One desk and one exchange of version 1 after two days: 11 orders, 8 fills, a replace, a cancel, an order of another program. */
const STORED = new URL('../../fixtures/records-v1/', import.meta.url).pathname;
const ACCOUNT = 'id-000001';
const DAYS = ['2026-03-03', '2026-03-04'].map(sessionDate);

function stored(): string {
  const folder = tempFolder();
  for (const name of ['journal.db', 'simulator.db']) cpSync(join(STORED, name), join(folder, name));
  return folder;
}

const versions = (journal: Journal): Set<number> => new Set([...journal.read()].map(({ v }) => v));

describe('records of version 1', () => {
  it('are at the versions before every step, and read as of now', () => {
    const folder = stored();
    for (const [name, role, upcasters, expected] of [
      // An order as it is written has come to version 3 since.
      ['journal.db', 'journal', DESK_UPCASTERS, [1, 2, 3]],
      ['simulator.db', 'simulator', LOG_UPCASTERS, [1, 2]],
    ] as const) {
      const path = join(folder, name);
      const before = Journal.open({ path, role });
      expect(versions(before)).toEqual(new Set([1]));
      before.close();
      const now = Journal.open({ path, role, upcasters });
      expect(versions(now)).toEqual(new Set(expected));
      expect(now.verify()).toMatchObject({ ok: true, entries: now.lastSeq });
      now.close();
    }
  });

  it('give the exchange its books back, to the won', async () => {
    const { simulator } = testSimulator(stored());
    await simulator.open();
    simulator.pause();
    // The market of then cannot go on by the rules of now: its day ends, and what was open expires.
    expect(simulator.openOrders(ACCOUNT)).toEqual([]);
    expect(simulator.account(ACCOUNT)).toMatchObject({
      startingCashKrw: 100_000_000,
      cashD1Krw: 57_015_290,
      cashD2Krw: 57_377_015,
      reservedKrw: 0,
    });
    expect(simulator.positions(ACCOUNT)).toEqual([
      { accountId: ACCOUNT, instrumentId: SAMSUNG, quantity: 609, sellable: 609 },
    ]);
    const orders = DAYS.flatMap((day) => simulator.orders(ACCOUNT, day));
    expect(orders.map(({ status }) => status).sort()).toEqual([
      ...['canceled', 'canceled', 'expired', 'expired', 'expired'],
      ...['filled', 'filled', 'filled', 'filled', 'replaced'],
    ]);
    for (const order of orders) {
      expect(order).toMatchObject({
        route: 'KRX',
        session: 'regular',
        venue: 'KRX',
        stopPrice: null,
        triggered: false,
      });
    }
    expect(DAYS.flatMap((day) => simulator.executions(ACCOUNT, day)).map(({ venue }) => venue)).toEqual(
      Array.from({ length: 8 }, () => 'KRX'),
    );
    await simulator.close();
  });

  it('give the desk its orders and fills back, agree with the exchange, and go on', async () => {
    const folder = stored();
    const { simulator, time } = testSimulator(folder);
    await simulator.open();
    simulator.pause();
    const path = join(folder, 'journal.db');
    const journal = Journal.open({ path, role: 'journal', upcasters: DESK_UPCASTERS });
    const gate = new TradingGate();
    const { logger, lines } = createMemoryLog();
    const broker = new SimulatedBroker({
      exchange: simulator,
      timers: time.timers,
      logger,
      currentEpoch: () => gate.epoch,
    });
    let ids = 0;
    const desk = new Desk({
      journal,
      broker,
      market: { facts: () => issueFacts(), exchangeNow: () => time.clock.now() },
      clock: time.clock,
      timers: time.timers,
      ids: { next: () => `new-${(ids += 1)}` },
      log: logger,
      gate,
    });
    const started = desk.start();
    await time.advance(20);
    await started;
    const orders = desk.orders({ accountId: ACCOUNT, open: false, limit: 100 }).map((order) => Order.parse(order));
    const fills = desk.fills({ accountId: ACCOUNT, limit: 100 }).map((fill) => Fill.parse(fill));
    expect(orders).toHaveLength(11);
    expect(orders.filter(({ external }) => external)).toHaveLength(1);
    for (const order of orders) expect(order).toMatchObject({ route: 'KRX', session: 'regular', stopPrice: null });
    expect(orders.filter(({ state }) => state === 'expired')).toHaveLength(3);
    expect(fills).toHaveLength(8);
    expect(fills.every(({ venue }) => venue === 'KRX')).toBe(true);
    expect(desk.positions(ACCOUNT)).toEqual([
      {
        accountId: ACCOUNT,
        instrumentId: SAMSUNG,
        quantity: 609,
        sellable: 609,
        costKrw: 42_633_889,
        realisedKrw: 10_904,
      },
    ]);
    expect(desk.tradingState.state).toBe('active');
    expect(desk.status).toBe('ready');
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(journal.verify()).toMatchObject({ ok: true });
    desk.stop();
    broker.close();
    journal.close();
    await simulator.close();
  });
});
