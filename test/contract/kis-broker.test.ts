/** KIS paper and KIS real as brokers, each before the offline KIS of the same process. */
import type { Broker } from '#core/broker/index.ts';
import { KIS_ACCOUNT, openKisStage, type KisStage } from '#test/support/kis-stage.ts';
import { SAMSUNG } from '#test/support/simulator.ts';
import { brokerSuite, type BrokerHarness } from './broker.suite.ts';
import { orderTypesSuite } from './order-types.suite.ts';

/** What the offline KIS's codes stand for; the broker has published none for these, so the client shows its words. */
const MEANING: Readonly<Record<string, string>> = {
  APBK0506: 'EXCH_TICK',
  APBK0507: 'EXCH_LIMIT',
  APBK0512: 'EXCH_VENUE_TYPE',
  APBK0515: 'EXCH_TYPE_HOURS',
  APBK0516: 'EXCH_CONDITIONAL_LIMIT',
  APBK0521: 'EXCH_STOP_PRICE',
};
/** News, confirming inquiry, figures: all of it has arrived by then. */
const SETTLE_MS = 6_000;

/** The broker whose calls move the time until they are answered. */
function driven(stage: KisStage): Broker {
  return new Proxy<Broker>(stage.broker, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const result: unknown = Reflect.apply(member, target, args);
        return result instanceof Promise ? stage.drive(result) : result;
      };
    },
  });
}

async function makeHarness(env: 'paper' | 'real'): Promise<BrokerHarness> {
  const stage = await openKisStage({ env });
  const { simulator } = stage.emulator;
  return {
    broker: driven(stage),
    accountId: KIS_ACCOUNT,
    instrumentId: SAMSUNG,
    touch() {
      const view = simulator.issue(SAMSUNG);
      if (!view) throw new Error('not in the market');
      const { bestBidQty: bidQty, bestAsk: ask, bestAskQty: askQty, upperLimit, lowerLimit } = view;
      // A price of nothing is no price that KIS could be asked for.
      const bid = view.bestBid || view.basePrice;
      return { bid, bidQty, ask, askQty, upperLimit, lowerLimit };
    },
    epoch: () => stage.epoch,
    raiseEpoch: () => {
      stage.epoch += 1;
    },
    settle: async () => {
      await stage.time.advance(SETTLE_MS);
    },
    closeSession: async () => {
      await stage.drive(simulator.jump('dayEnd'));
      await stage.drive(stage.broker.account(KIS_ACCOUNT));
    },
    meaning: ({ code, params }) => (code === 'KIS_REFUSED' ? (MEANING[String(params?.['code'])] ?? null) : null),
    dispose: () => stage.close(),
  };
}

brokerSuite('KIS real', () => makeHarness('real'));
brokerSuite('KIS paper', () => makeHarness('paper'));
orderTypesSuite('KIS real', () => makeHarness('real'));
// Paper knows KRX only; what it says of the others is a refusal of ours.
orderTypesSuite('KIS paper', () => makeHarness('paper'), ['KRX']);
