/** The order in which the executions of one day are booked: as they happened, and no sale before the purchase it needs. */
import { productOf, type InstrumentId } from '#shared/domain/index.ts';
import type { BrokerExecution } from '../broker/index.ts';

/** The executions of each order number, oldest first: what the number had filled rises. */
function byOrder(executions: readonly BrokerExecution[]): BrokerExecution[][] {
  const lists = new Map<string, BrokerExecution[]>();
  for (const execution of executions) {
    const list = lists.get(execution.brokerOrderNo);
    if (list) list.push(execution);
    else lists.set(execution.brokerOrderNo, [execution]);
  }
  for (const list of lists.values()) list.sort((a, b) => a.cumulativeQty - b.cumulativeQty);
  return [...lists.values()];
}

function isEarlier(a: BrokerExecution, b: BrokerExecution): boolean {
  if (a.exchangeTs !== b.exchangeTs) return a.exchangeTs < b.exchangeTs;
  return a.side !== b.side ? a.side === 'buy' : a.brokerOrderNo < b.brokerOrderNo;
}

/**
 * Sorts the executions of one account and day by time; within an order what it had filled decides. Some brokers tell only
 * totals with one time for each order: a sale of more than is held by then waits for the purchases behind it.
 * `held`: units before the first of them; `isKnown`: booked before, so that it moves nothing any more.
 */
export function inBookingOrder(
  executions: readonly BrokerExecution[],
  facts: {
    readonly held: (id: InstrumentId) => number;
    readonly isKnown: (execution: BrokerExecution) => boolean;
  },
): readonly BrokerExecution[] {
  const lists = byOrder(executions);
  const held = new Map<InstrumentId, number>();
  const unitsOf = (id: InstrumentId): number => held.get(id) ?? facts.held(id);
  const sorted: BrokerExecution[] = [];
  const canCome = (next: BrokerExecution): boolean =>
    next.side === 'buy' ||
    facts.isKnown(next) ||
    next.quantity <= unitsOf(next.instrumentId) ||
    productOf(next.instrumentId) === 'derivative';
  while (sorted.length < executions.length) {
    let best: BrokerExecution[] | null = null;
    let fitting: BrokerExecution[] | null = null;
    for (const list of lists) {
      const [head] = list;
      if (!head) continue;
      if (best === null || isEarlier(head, best[0] ?? head)) best = list;
      if (canCome(head) && (fitting === null || isEarlier(head, fitting[0] ?? head))) fitting = list;
    }
    // Where none can be, the earliest comes, and whoever books it finds that it cannot be.
    const next = (fitting ?? best)?.shift();
    if (!next) break;
    if (!facts.isKnown(next)) {
      const sign = next.side === 'buy' ? 1 : -1;
      held.set(next.instrumentId, unitsOf(next.instrumentId) + sign * next.quantity);
    }
    sorted.push(next);
  }
  return sorted;
}
