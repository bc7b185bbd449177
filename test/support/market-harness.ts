/** The harness of a broker that stands on the simulated market: the market's side of it, the same whoever the broker is. */
import type { Broker } from '#core/broker/index.ts';
import type { Simulator } from '#core/simulator/index.ts';
import type { BrokerHarness } from '#test/contract/broker.suite.ts';
import type { FakeTime } from './fake-time.ts';
import { SAMSUNG } from './simulator.ts';

/** A harness on a market that stands still; `make` builds the broker and its account. */
export function marketHarness(market: {
  readonly simulator: Simulator;
  readonly time: FakeTime;
  readonly make: (currentEpoch: () => number) => {
    readonly broker: Broker;
    readonly accountId: string;
    readonly close: () => void;
  };
}): BrokerHarness {
  const { simulator, time, make } = market;
  let epoch = 1;
  const { broker, accountId, close } = make(() => epoch);
  return {
    broker,
    accountId,
    instrumentId: SAMSUNG,
    touch() {
      const view = simulator.issue(SAMSUNG);
      if (!view) throw new Error('not in the market');
      const { bestBid: bid, bestBidQty: bidQty, bestAsk: ask, bestAskQty: askQty, upperLimit, lowerLimit } = view;
      return { bid, bidQty, ask, askQty, upperLimit, lowerLimit };
    },
    epoch: () => epoch,
    raiseEpoch: () => {
      epoch += 1;
    },
    settle: () => time.settle(),
    closeSession: async () => {
      await simulator.jump('dayEnd');
    },
    dispose: async () => {
      close();
      await simulator.close();
    },
  };
}
