/** Orders on their way from each panel that sends: the ticket, the ladder. It outlives the panel: one that is covered, moved or drawn anew never forgets that an answer is owed. */
import { create } from 'zustand';
import type { NewOrder, Order, Side } from '#shared/domain/index.ts';

/** A draft that can be asked about or sent, once it has a request id. */
export type DraftOrder = Omit<NewOrder, 'requestId' | 'allowDuplicate'>;

export interface OnTheWay {
  readonly order: DraftOrder;
  readonly allowDuplicate: boolean;
  /** Sent again with the same gesture, it cannot become a second order. */
  readonly requestId: string;
  /** lost: the line broke before the answer came; nobody knows yet whether the order arrived. */
  readonly state: 'sent' | 'lost';
}

/** By environment in force and panel (`senderOf`); what one environment owes says nothing of another. */
export type OrdersOnTheWay = Readonly<Record<string, OnTheWay>>;

export const useOnTheWay = create<OrdersOnTheWay>(() => ({}));

/** Names a panel that sends within an environment. */
export function senderOf(generation: number, panelId: string): string {
  return `${generation}|${panelId}`;
}

export function setOnTheWay(sender: string, next: OnTheWay | null): void {
  useOnTheWay.setState((state) => {
    const rest = Object.fromEntries(Object.entries(state).filter(([key]) => key !== sender));
    return next === null ? rest : { ...rest, [sender]: next };
  }, true);
}

/** May another order leave this panel? Not before the last one's answer is known, unless it is that same order. */
export function maySend(open: OnTheWay | undefined, order: DraftOrder, allowDuplicate: boolean): boolean {
  if (!open) return true;
  if (open.state === 'sent') return false;
  return sameGesture(open, order, allowDuplicate);
}

/** The same order asked for in the same way. */
export function sameGesture(open: OnTheWay, order: DraftOrder, allowDuplicate: boolean): boolean {
  return JSON.stringify([open.order, open.allowDuplicate]) === JSON.stringify([order, allowDuplicate]);
}

/**
 * Sides of an issue on which an order of the account may stand that nobody knows of yet: its answer was lost in another
 * panel, or the broker has not confirmed it. A second one there is asked about first.
 */
export function unknownSides(
  of: {
    /** The panel that asks; what it owes itself holds it back anyway. */
    readonly sender: string;
    readonly accountId: string | null;
    readonly instrumentId: string;
  },
  known: { readonly onTheWay: OrdersOnTheWay; readonly orders: Iterable<Order> },
): ReadonlySet<Side> {
  const [generation] = of.sender.split('|');
  const sides = new Set<Side>();
  for (const [sender, { order, state }] of Object.entries(known.onTheWay)) {
    if (sender === of.sender || state !== 'lost' || !sender.startsWith(`${generation}|`)) continue;
    if (order.accountId === of.accountId && order.instrumentId === of.instrumentId) sides.add(order.side);
  }
  for (const { accountId, instrumentId, side, state } of known.orders)
    if (state === 'unconfirmed' && accountId === of.accountId && instrumentId === of.instrumentId) sides.add(side);
  return sides;
}
