/** Sends one order that the guard let pass, and keeps what became of it in the list of the day: placed, refused, or lost on the way. */
import type { Cleared } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { SubmitAnswer, SubmitOrder } from '../../broker.ts';
import { refusalOf } from '../domestic/order-form.ts';
import { orderReceipt } from '../domestic/wire/order-cash.ts';
import type { KisCall, KisRest } from '../ports.ts';
import type { ListedOrders } from './listed-orders.ts';

/** The broker's answer to an order. Throws where nobody knows what became of it; the list then remembers its terms. */
export async function sendOrder(
  from: { readonly rest: KisRest; readonly clock: Clock; readonly orders: ListedOrders },
  order: {
    readonly cleared: Cleared<SubmitOrder>;
    /** Terms as the list shows them. */
    readonly terms: Omit<Parameters<ListedOrders['placed']>[0], 'no' | 'receivedTs'>;
    readonly call: () => KisCall;
    /** The number under which the records keep the order; the broker's own if absent. */
    readonly keptAs?: (no: string) => string;
    /** Told the number before the order is in the list. */
    readonly numbered?: (no: string) => void;
  },
): Promise<SubmitAnswer> {
  const { rest, clock, orders } = from;
  const { cleared, terms, call, numbered, keptAs = (no: string) => no } = order;
  const receivedTs = clock.now();
  try {
    const receipt = orderReceipt(await rest.call({ ...call(), pass: { cleared } }));
    // Taken, but under which number? An inquiry tells.
    if (receipt.no === '') throw new AppError('KIS_OUTCOME_UNKNOWN');
    const no = keptAs(receipt.no);
    numbered?.(no);
    orders.placed({ no, ...terms, receivedTs });
    return { ok: true, brokerOrderNo: no };
  } catch (error) {
    orders.lost({ ...terms, sentTs: receivedTs });
    return refusalOf(error);
  }
}
