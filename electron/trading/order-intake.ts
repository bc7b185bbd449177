/** What the broker shows of one order, taken into its record: a new number, how it waits, an order believed lost. */
import { isPriced } from '#shared/domain/index.ts';
import type { BrokerOrder } from '../broker/index.ts';
import type { OrderRecord } from './order-record.ts';
import type { Step } from './step.ts';

/** A change took effect: the order goes on under its new number. */
export function takeReplacement(step: Step, record: OrderRecord, row: BrokerOrder): void {
  const { orderId } = record.order;
  step.advance(record, 'replace', {
    kind: 'orderReplaced',
    orderId,
    brokerOrderNo: row.brokerOrderNo,
    price: row.price,
    type: row.type,
    ts: step.now,
  });
  takeStanding(step, record, row);
}

/** What the broker shows of how an order waits, where it is news: the venue, the price taken from the book, a stop reached. */
export function takeStanding(step: Step, record: OrderRecord, row: BrokerOrder): void {
  const { order } = record;
  if (row.brokerOrderNo !== order.brokerOrderNo) return;
  const venue = row.venue ?? order.venue;
  const price = isPriced(order.type) ? order.price : (row.price ?? order.price);
  // A repeated or late row does not undo it.
  const triggered = order.triggered || row.triggered;
  if (venue === order.venue && price === order.price && triggered === order.triggered) return;
  step.emit({ kind: 'orderStanding', orderId: order.orderId, venue, price, triggered, ts: step.now });
  if (triggered && !order.triggered) step.alert('info', 'STOP_TRIGGERED', { name: step.nameOf(order) });
}

/** What an order asks, as its row tells it. */
export function termsOf(row: BrokerOrder) {
  const { accountId, instrumentId, side, type, timeInForce, session, route } = row;
  const { price, stopPrice, quantity, sessionDate, exchangeTs } = row;
  const kind = { type, timeInForce, session, route };
  return { accountId, instrumentId, side, ...kind, price, stopPrice, quantity, sessionDate, exchangeTs };
}

/** An order given up for lost turns out to exist. */
export function relink(step: Step, record: OrderRecord, brokerOrderNo: string): void {
  const { orderId } = record.order;
  if (!step.advance(record, 'relink', { kind: 'orderRelinked', orderId, brokerOrderNo, ts: step.now })) return;
  step.alert('high', 'ORDER_RELINKED', { name: step.nameOf(record.order) });
}
