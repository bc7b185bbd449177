/** Which of the broker's orders is which of ours, where no number says so: by issue, side, quantity, price and time, or not at all. */
import { isPriced, type Order } from '#shared/domain/index.ts';
import type { BrokerOrder } from '../broker/index.ts';
import type { OrderRecord } from './order-record.ts';

export interface MatchWindow {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** True where the broker's order may be the one we sent. */
export function fits(record: OrderRecord, row: BrokerOrder, window: MatchWindow): boolean {
  const { order, sentTs } = record;
  return (
    sentTs !== null &&
    row.receivedTs >= sentTs - window.beforeMs &&
    row.receivedTs <= sentTs + window.afterMs &&
    hasTermsOf(order, row)
  );
}

function hasTermsOf(order: Order, row: BrokerOrder): boolean {
  return (
    row.accountId === order.accountId &&
    row.sessionDate === order.sessionDate &&
    row.instrumentId === order.instrumentId &&
    row.side === order.side &&
    row.type === order.type &&
    row.timeInForce === order.timeInForce &&
    row.session === order.session &&
    row.route === order.route &&
    row.stopPrice === order.stopPrice &&
    // A price taken from the book was not known when the order left.
    (!isPriced(order.type) || row.price === order.price) &&
    row.quantity === order.quantity
  );
}

export interface Matching {
  /** Exactly one fits, both ways. */
  readonly pairs: readonly { readonly record: OrderRecord; readonly row: BrokerOrder }[];
  /** Ours with more than one candidate, or one that several want; with how many candidates. */
  readonly ambiguous: readonly { readonly record: OrderRecord; readonly count: number }[];
  /** The broker's that fit none of ours. */
  readonly strangers: readonly BrokerOrder[];
}

/** Pairs ours with the broker's where there is no doubt. */
export function matchOrders(
  records: readonly OrderRecord[],
  rows: readonly BrokerOrder[],
  window: MatchWindow,
): Matching {
  const pairs: { record: OrderRecord; row: BrokerOrder }[] = [];
  const ambiguous: { record: OrderRecord; count: number }[] = [];
  for (const record of records) {
    const candidates = rows.filter((row) => fits(record, row, window));
    const [only] = candidates;
    if (!only) continue;
    const wanted = records.filter((other) => fits(other, only, window)).length;
    if (candidates.length === 1 && wanted === 1) pairs.push({ record, row: only });
    else ambiguous.push({ record, count: candidates.length });
  }
  const strangers = rows.filter((row) => !records.some((record) => fits(record, row, window)));
  return { pairs, ambiguous, strangers };
}
