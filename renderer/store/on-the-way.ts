/** Orders on their way from each panel that sends: the ticket, the ladder. It outlives the panel: one that is covered, moved or drawn anew never forgets that an answer is owed. */
import { create } from 'zustand';
import type { EnvironmentStatus, MandateTerms, NewOrder, Order, Side } from '#shared/domain/index.ts';

/** A draft that can be asked about or sent, once it has a request id. */
export type DraftOrder = Omit<NewOrder, 'requestId' | 'allowDuplicate'>;

/** What Maru is to keep with an order, or instead of it. */
export interface WithCondition {
  readonly legs: readonly MandateTerms[];
  /** true: nothing is sent now; the order only names account, issue, side and quantity. */
  readonly alone: boolean;
}

export interface OnTheWay {
  readonly order: DraftOrder;
  /** null: a plain order. */
  readonly condition: WithCondition | null;
  readonly allowDuplicate: boolean;
  /** Sent again with the same gesture, it cannot become a second order. */
  readonly requestId: string;
  /** lost: the line broke before the answer came; nobody knows yet whether the order arrived. */
  readonly state: 'sent' | 'lost';
}

/** By environment in force and panel (`senderOf`); what one environment owes says nothing of another. */
export type OrdersOnTheWay = Readonly<Record<string, OnTheWay>>;

export const useOnTheWay = create<OrdersOnTheWay>(() => ({}));

/** Names a panel that sends within an environment. The environment is named with its generation, since a core that starts anew counts from the beginning. */
export function senderOf(
  status: Pick<EnvironmentStatus, 'environment' | 'connectionId' | 'generation'> | null,
  panelId: string,
): string {
  const place = status ? [status.environment, status.connectionId ?? '', status.generation].join('.') : '';
  return `${place}|${panelId}`;
}

export function setOnTheWay(sender: string, next: OnTheWay | null): void {
  useOnTheWay.setState((state) => {
    const rest = Object.fromEntries(Object.entries(state).filter(([key]) => key !== sender));
    return next === null ? rest : { ...rest, [sender]: next };
  }, true);
}

/** What a gesture asks for. */
export type Gesture = Pick<OnTheWay, 'order' | 'condition' | 'allowDuplicate'>;

/** May another order leave this panel? Not before the last one's answer is known, unless it is that same order. */
export function maySend(open: OnTheWay | undefined, next: Gesture): boolean {
  if (!open) return true;
  if (open.state === 'sent') return false;
  return sameGesture(open, next);
}

/** The same order asked for in the same way. */
export function sameGesture(open: Gesture, next: Gesture): boolean {
  const said = ({ order, condition, allowDuplicate }: Gesture): string =>
    JSON.stringify([order, condition, allowDuplicate]);
  return said(open) === said(next);
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
  const [place] = of.sender.split('|');
  const sides = new Set<Side>();
  const orders = [...known.orders];
  // What the desk has heard of is not unknown any more, though the panel that sent it may be gone.
  const heard = new Set(orders.map((order) => order.requestId));
  for (const [sender, { order, requestId, state }] of Object.entries(known.onTheWay)) {
    if (sender === of.sender || state !== 'lost' || !sender.startsWith(`${place}|`)) continue;
    if (heard.has(requestId) || heard.has(`${requestId}:entry`)) continue;
    if (order.accountId === of.accountId && order.instrumentId === of.instrumentId) sides.add(order.side);
  }
  for (const { accountId, instrumentId, side, state } of orders)
    if (state === 'unconfirmed' && accountId === of.accountId && instrumentId === of.instrumentId) sides.add(side);
  return sides;
}
