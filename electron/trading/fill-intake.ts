/** Executions into fills, trusted by the cumulative quantity of the broker's number. */
import { fillEvent, nextOrderState } from '#shared/domain/index.ts';
import type { BrokerExecution } from '../broker/index.ts';
import type { OrderRecord } from './order-record.ts';
import type { Step } from './step.ts';

/**
 * known: nothing new · taken: recorded · gap: something before it is missing, so it must be asked for ·
 * broken: cannot be, trading was halted.
 */
export type FillOutcome = 'known' | 'taken' | 'gap' | 'broken';

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
  const { held } = { held: step.state.holding(order.accountId, order.instrumentId).quantity };
  const name = step.nameOf(order);
  if (execution.instrumentId !== order.instrumentId || execution.side !== order.side) {
    step.broken(`${name}: 다른 종목이나 다른 방향의 체결 ${execution.brokerOrderNo}`);
    return 'broken';
  }
  if (commissionKrw < 0 || taxKrw < 0 || (order.side === 'sell' && quantity > held)) {
    step.broken(`${name}: 체결 ${quantity}주, 보유 ${held}주, 수수료 ${commissionKrw}원, 세금 ${taxKrw}원`);
    return 'broken';
  }
  const what = fillEvent({ quantity: order.quantity, filledQty: order.filledQty + quantity });
  if (nextOrderState(order.state, what) === 'broken') {
    step.broken(`${name}: 주문 ${order.quantity}주에 체결 ${order.filledQty + quantity}주 (${order.state})`);
    return 'broken';
  }
  const late = order.state === 'canceled' || order.state === 'expired';
  step.emit({
    kind: 'fillRecorded',
    orderId: order.orderId,
    fillId: step.ids.next(),
    brokerOrderNo: execution.brokerOrderNo,
    price: execution.price,
    quantity,
    cumulativeQty: execution.cumulativeQty,
    commissionKrw,
    taxKrw,
    exchangeTs: execution.exchangeTs,
    sessionDate: execution.sessionDate,
    settlementDate: execution.settlementDate,
    reconciled,
    ts: step.now,
  });
  if (late) step.alert('high', 'LATE_FILL', { name, quantity });
  return 'taken';
}
