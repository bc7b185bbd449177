/** The simulated broker on the simulated market. */
import { describe, expect, it } from 'vitest';
import { MAX_WAITING_NOTICES, SimulatedBroker, type BrokerEvent, type SimulatedExchange } from '#core/broker/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { marketHarness } from '#test/support/market-harness.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { openSimulator, WALL_AFTER_MS } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { brokerSuite, type BrokerHarness } from './broker.suite.ts';
import { orderTypesSuite } from './order-types.suite.ts';

async function makeHarness(): Promise<BrokerHarness> {
  const { simulator, time } = await openSimulator(tempFolder(), { wallMs: WALL_AFTER_MS });
  simulator.pause();
  // Past 09:00:30, when NXT goes on too.
  await simulator.step(60_000);
  return marketHarness({
    simulator,
    time,
    make(currentEpoch) {
      const { accountId } = simulator.createAccount({ name: '시험' });
      const { timers } = time;
      const broker = new SimulatedBroker({
        exchange: simulator,
        timers,
        logger: createMemoryLog().logger,
        currentEpoch,
      });
      return { broker, accountId, close: () => broker.close() };
    },
  });
}

brokerSuite('the simulated broker', makeHarness);
orderTypesSuite('the simulated broker', makeHarness);

describe('the simulated broker alone', () => {
  it('says that the line was cut when more notices come than it keeps', async () => {
    let notify: (notice: BrokerEvent) => void = () => undefined;
    const exchange = {
      watchNotices: (listener: (notice: BrokerEvent) => void) => {
        notify = listener;
        return () => undefined;
      },
    } as unknown as SimulatedExchange;
    const time = createFakeTime();
    const broker = new SimulatedBroker({
      exchange,
      timers: time.timers,
      logger: createMemoryLog().logger,
      currentEpoch: () => 0,
    });
    const heard: BrokerEvent[] = [];
    broker.events((event) => heard.push(event));
    for (let i = 0; i <= MAX_WAITING_NOTICES; i += 1) notify({ kind: 'connection', state: 'up' });
    await time.settle();
    expect(heard).toEqual([
      { kind: 'connection', state: 'down' },
      { kind: 'connection', state: 'up' },
      { kind: 'connection', state: 'up' },
    ]);
  });
});
