/** Where an order stands by what an inquiry says of it: the broker names no state, only quantities and what followed. */
import type { BrokerOrder } from '../../broker.ts';
import type { KnownOrder } from './known-order.ts';
import type { SessionClock } from './session-clock.ts';
import type { OrderRow } from './wire/order-row.ts';

/** Told apart by: units left, units refused, a later number that names this one, its kind, and the hour. */
export function endOf(about: {
  readonly row: OrderRow;
  readonly order: KnownOrder;
  /** All numbers of the day. */
  readonly rows: readonly OrderRow[];
  readonly clock: SessionClock;
}): BrokerOrder['status'] {
  const { row, order, rows, clock } = about;
  const { date, timeInForce } = order.facts;
  if (order.rest === 0) return 'filled';
  // The broker's word goes before the clock's: what still waits there is not over because an hour has come.
  if (row.restQty > 0) return clock.isPast(date) ? 'expired' : 'open';
  if (row.rejectedQty > 0 && row.filledQty === 0) return 'rejected';
  const followers = rows.filter((each) => each.originalNo === row.no);
  if (followers.some((each) => !each.isCancel && each.rejectedQty === 0)) return 'replaced';
  if (order.cancelAsked || followers.some((each) => each.isCancel)) return 'canceled';
  // Both ends are shown as canceled units.
  if (timeInForce === 'ioc' || timeInForce === 'fok') return 'canceled';
  const isLate = clock.isOver(date) || clock.now() >= clock.day().regularEndTs || timeInForce === 'gtp';
  return isLate ? 'expired' : 'canceled';
}
