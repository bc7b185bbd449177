/** A scripted broker seen as a real firm shows itself: holdings with their cost, no starting cash, fills as totals, time to the second. */
import type { Broker, BrokerAccount, BrokerExecution, BrokerPosition } from '#core/broker/index.ts';
import type { InstrumentId } from '#shared/domain/index.ts';
import { epochMs } from '#shared/time/index.ts';
import type { ScriptedBroker } from './scripted-broker.ts';

export interface TotalsView {
  /** What the holdings of the account cost, by issue. */
  readonly costs: Map<InstrumentId, number>;
  /** Runs once between the executions and the positions of the next inquiry. */
  between: (() => void) | null;
}

const toSecond = (execution: BrokerExecution): BrokerExecution => ({
  ...execution,
  exchangeTs: epochMs(Math.floor(execution.exchangeTs / 1_000) * 1_000),
});

/** One execution for each order number: all that it filled, at the average price cut down to a won. */
function totalsOf(executions: readonly BrokerExecution[]): BrokerExecution[] {
  const totals = new Map<string, BrokerExecution>();
  for (const execution of executions) {
    const { brokerOrderNo, price, quantity } = execution;
    const before = totals.get(brokerOrderNo);
    const cumulativeValue = (before?.cumulativeValue ?? 0) + price * quantity;
    const sum = (before?.quantity ?? 0) + quantity;
    totals.set(brokerOrderNo, {
      ...toSecond(execution),
      price: Math.floor(cumulativeValue / sum),
      quantity: sum,
      cumulativeQty: sum,
      cumulativeValue,
    });
  }
  return [...totals.values()];
}

/** The broker through that window. */
export function totalsBroker(broker: ScriptedBroker, view: TotalsView): Broker {
  const account = (facts: BrokerAccount): BrokerAccount => ({ ...facts, startingCashKrw: null });
  return {
    capabilities: broker.capabilities,
    accounts: async () => (await broker.accounts()).map(account),
    account: async (accountId) => account(await broker.account(accountId)),
    submit: (cleared) => broker.submit(cleared),
    replace: (cleared) => broker.replace(cleared),
    cancel: (request) => broker.cancel(request),
    openOrders: (accountId) => broker.openOrders(accountId),
    orders: (accountId, session) => broker.orders(accountId, session),
    executions: async (accountId, session) => totalsOf(await broker.executions(accountId, session)),
    adjustments: async () => [],
    positions: async (accountId) => {
      view.between?.();
      view.between = null;
      const positions = await broker.positions(accountId);
      return positions
        .filter(({ quantity }) => quantity > 0)
        .map((position): BrokerPosition => ({ ...position, costKrw: view.costs.get(position.instrumentId) ?? 0 }));
    },
    events: (listener) =>
      broker.events((event) => {
        // Of a fill this firm tells no costs; they are computed, here as there.
        if (event.kind === 'account') listener({ ...event, account: account(event.account) });
        else listener(event);
      }),
  };
}
