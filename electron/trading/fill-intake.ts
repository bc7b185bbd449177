/** Executions into fills, trusted by the cumulative quantity of the broker's number. */
import { fillEvent, nextOrderState, productOf } from '#shared/domain/index.ts';
import type { BrokerExecution } from '../broker/index.ts';
import type { OrderRecord } from './order-record.ts';
import type { Step } from './step.ts';

/**
 * known: nothing new · taken: recorded · gap: something before it is missing, so it must be asked for ·
 * broken: cannot be, trading was halted.
 */
export type FillOutcome = 'known' | 'taken' | 'gap' | 'broken';

interface Part {
  readonly price: number;
  readonly quantity: number;
}

/**
 * What is missing as fills with whole prices. Of a broker that tells totals only, the prices are those between which the
 * average lies, so that the sum is exact; null where the total is less than what is booked already.
 */
function partsOf(
  execution: BrokerExecution,
  missing: { readonly quantity: number; readonly value: number },
): readonly Part[] | null {
  const { quantity } = missing;
  const whole = [{ price: execution.price, quantity }];
  if (execution.cumulativeValue === undefined) return whole;
  const value = execution.cumulativeValue - missing.value;
  if (value === execution.price * quantity) return whole;
  const price = Math.floor(value / quantity);
  if (price < 1) return null;
  const dearer = value - price * quantity;
  const parts = [
    { price, quantity: quantity - dearer },
    { price: price + 1, quantity: dearer },
  ];
  return parts.filter((part) => part.quantity > 0);
}

/** Takes one execution of an order whose number is known. `reconciled`: it was asked for, not told. */
export function takeExecution(
  step: Step,
  record: OrderRecord,
  execution: BrokerExecution,
  reconciled: boolean,
): FillOutcome {
  const { order } = record;
  const known = record.numbers.get(execution.brokerOrderNo);
  if (!known || execution.cumulativeQty <= known.cumulativeQty) return 'known';
  const quantity = execution.cumulativeQty - known.cumulativeQty;
  // A notice that does not follow the last one is not cut to fit: the whole list is asked for.
  if (quantity > execution.quantity || (quantity < execution.quantity && !reconciled)) return 'gap';
  const commissionKrw = execution.cumulativeCommissionKrw - known.commissionKrw;
  const taxKrw = execution.cumulativeTaxKrw - known.taxKrw;
  const total = order.filledQty + quantity;
  const what = fillEvent({ quantity: order.quantity, filledQty: total });
  const { quantity: held } = step.state.holding(order.accountId, order.instrumentId);
  const isOurs = execution.instrumentId === order.instrumentId && execution.side === order.side;
  // Only futures and options are sold without being held.
  const isHeld = order.side === 'buy' || quantity <= held || productOf(order.instrumentId) === 'derivative';
  const isPossible = isOurs && commissionKrw >= 0 && taxKrw >= 0 && isHeld;
  if (!isPossible || nextOrderState(order.state, what) === 'broken') {
    step.broken('DESK_FILL_BROKEN', { name: step.nameOf(order), quantity, total });
    return 'broken';
  }
  const parts = partsOf(execution, { quantity, value: known.value });
  if (parts === null) {
    step.broken('DESK_FILL_BROKEN', { name: step.nameOf(order), quantity, total });
    return 'broken';
  }
  const late = order.state === 'canceled' || order.state === 'expired';
  let { cumulativeQty } = known;
  let costs = { commissionKrw, taxKrw };
  for (const part of parts) {
    cumulativeQty += part.quantity;
    step.emit({
      kind: 'fillRecorded',
      orderId: order.orderId,
      fillId: step.ids.next(),
      brokerOrderNo: execution.brokerOrderNo,
      venue: execution.venue,
      ...part,
      cumulativeQty,
      ...costs,
      exchangeTs: execution.exchangeTs,
      sessionDate: execution.sessionDate,
      settlementDate: execution.settlementDate,
      reconciled,
      ts: step.now,
    });
    costs = { commissionKrw: 0, taxKrw: 0 };
  }
  if (late) step.alert('high', 'LATE_FILL', { name: step.nameOf(order), quantity });
  return 'taken';
}
