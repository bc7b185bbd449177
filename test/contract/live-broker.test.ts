/** Real prices, invented fills: the live firm behind the broker's port, with the simulated market in the place of the real one. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SimulatedBroker } from '#core/broker/index.ts';
import { LIVE_TYPES, LiveFirm } from '#core/broker/live/index.ts';
import { factsOf } from '#core/market/index.ts';
import { LOG_UPCASTERS, RunLog } from '#core/simulator/index.ts';
import { Journal } from '#core/storage/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { marketHarness } from '#test/support/market-harness.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { openSimulator, SAMSUNG, TEST_LISTING, WALL_AFTER_MS } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { brokerSuite, Customer, type BrokerHarness } from './broker.suite.ts';

/** The firm on a market that stands still; `reopen` gives another one on the same record. */
async function makeStand() {
  const folder = tempFolder();
  const { simulator, time } = await openSimulator(folder, { wallMs: WALL_AFTER_MS });
  simulator.pause();
  await simulator.step(60_000);
  let ids = 0;
  const makeFirm = (): LiveFirm =>
    new LiveFirm({
      feed: simulator,
      log: new RunLog(
        Journal.open({ path: join(folder, 'live.db'), role: 'simulator', upcasters: LOG_UPCASTERS }),
        time.clock,
      ),
      calendar: krxCalendar,
      ready: () => true,
      firstAccount: { name: '첫 계좌', startingCashKrw: 100_000_000 },
      facts: (id) => {
        const instrument = TEST_LISTING.find((each) => each.id === id);
        return instrument && factsOf(simulator, instrument, null);
      },
      ids: { next: () => `live-${(ids += 1)}` },
      logger: createMemoryLog().logger,
    });
  return { simulator, time, makeFirm };
}

async function makeHarness(): Promise<BrokerHarness> {
  const { simulator, time, makeFirm } = await makeStand();
  return marketHarness({
    simulator,
    time,
    make(currentEpoch) {
      const firm = makeFirm();
      const { accountId } = firm.createAccount({ name: '시험' });
      const broker = new SimulatedBroker({
        exchange: firm,
        timers: time.timers,
        logger: createMemoryLog().logger,
        currentEpoch,
        capabilities: { environment: 'live', orderTypes: LIVE_TYPES },
      });
      const close = (): void => {
        broker.close();
        firm.close();
      };
      return { broker, accountId, close };
    },
  });
}

brokerSuite('the live firm', makeHarness);

describe('the live firm', () => {
  it('takes up its open orders, holdings and cash after a restart, and lets them trade on', async () => {
    const { simulator, time, makeFirm } = await makeStand();
    const first = makeFirm();
    const { accountId } = first.createAccount({ name: '시험' });
    const bid = simulator.issue(SAMSUNG)!.bestBid;
    const order = { accountId, instrumentId: SAMSUNG, side: 'buy', timeInForce: 'day', route: 'KRX' } as const;
    const kind = { type: 'limit', session: 'regular', stopPrice: null } as const;
    const answer = first.submit({ ...order, ...kind, price: bid, quantity: 5 });
    expect(answer.ok).toBe(true);
    first.close();
    const second = makeFirm();
    expect(second.openOrders(accountId)).toMatchObject([{ price: bid, quantity: 5, filledQty: 0 }]);
    // The market runs on until somebody trades through the price, or the day ends: either way nothing is lost.
    await simulator.jump('closeAuction');
    await time.settle();
    const { sessionDate } = second.account(accountId);
    const [row] = second.orders(accountId, sessionDate);
    const bought = second.executions(accountId, sessionDate).reduce((sum, { quantity }) => sum + quantity, 0);
    expect(row?.filledQty).toBe(bought);
    expect(second.positions(accountId)[0]?.quantity ?? 0).toBe(bought);
    second.close();
    await simulator.close();
  });

  it('expires what is open when the day ends and goes on with the next', async () => {
    const h = await makeHarness();
    const me = new Customer(h);
    await me.submit({ price: h.touch().lowerLimit, quantity: 1 });
    await h.closeSession();
    await h.settle();
    expect(me.of('expired')).toHaveLength(1);
    expect(await h.broker.openOrders(h.accountId)).toEqual([]);
    await h.dispose();
  });

  it('says plainly that it cannot judge the other types', async () => {
    const h = await makeHarness();
    const me = new Customer(h);
    expect(await me.submit({ type: 'mid', price: null, route: 'NXT' })).toMatchObject({ ok: false, code: 'EXCH_TYPE' });
    await h.dispose();
  });
});
