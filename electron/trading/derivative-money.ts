/** What the guard knows of the margin of futures and options: the broker's own answer, as long as nothing was sent since. */
import { productOf, type GuardedOrder, type InstrumentId, type IssueFacts, type Side } from '#shared/domain/index.ts';
import type { DeskState } from './desk-state.ts';

/** Whose units are looked at: of futures and options those of orders on the order's own side, which may close what is held. */
export function closingSide(order: { readonly instrumentId: InstrumentId; readonly side: Side }): Side {
  return productOf(order.instrumentId) === 'derivative' ? order.side : 'sell';
}

/**
 * Contracts that the broker would let be opened on the order's side; null where it has not told, or where an order was
 * sent after it was asked; undefined for anything but futures and options.
 */
export function openableOf(
  order: Pick<GuardedOrder, 'instrumentId' | 'side'>,
  issue: IssueFacts | undefined,
  from: { readonly accountId: string; readonly state: DeskState },
): number | null | undefined {
  if (productOf(order.instrumentId) !== 'derivative') return undefined;
  const told = issue?.openable;
  if (!told) return null;
  const { accountId, state } = from;
  // At the very instant counts as later: an answer is worth nothing if it may be older than an order.
  const isOld = state.recent.since(told.askedTs - 1).some(({ orderId }) => {
    const before = state.record(orderId)?.order;
    return (
      before !== undefined && before.accountId === accountId && before.state !== 'denied' && before.state !== 'created'
    );
  });
  return isOld ? null : told[order.side];
}

/** What is left of it behind orders that would be sent before. */
export function openableBehind(
  openable: number | null | undefined,
  ahead: readonly { readonly instrumentId: InstrumentId; readonly quantity: number }[],
): number | null | undefined {
  if (typeof openable !== 'number') return openable;
  const taken = ahead
    .filter(({ instrumentId }) => productOf(instrumentId) === 'derivative')
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return Math.max(0, openable - taken);
}
