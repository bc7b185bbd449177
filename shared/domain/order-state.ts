/** The life of an order as one table: (state, event) → next state, absorbed, or a broken invariant. Architecture §6. */
import type { Order, OrderState } from './order.ts';

/**
 * What can befall an order.
 * deny: our guard refuses · submit: recorded and about to leave · withhold: recorded, but stopped before the broker was called ·
 * accept: the broker's number is known · reject: refused by broker or exchange · lose: no answer (timeout, cut, crash) ·
 * neverArrive: found not to exist at the broker · relink: found after all, although believed never to have arrived ·
 * fillPart, fillWhole, fillExcess: an execution that leaves a rest, none, or goes beyond the quantity ·
 * replace: a change took effect · cancel, expire: the rest is gone.
 */
export const ORDER_EVENTS = [
  'deny',
  'submit',
  'withhold',
  'accept',
  'reject',
  'lose',
  'neverArrive',
  'relink',
  'fillPart',
  'fillWhole',
  'fillExcess',
  'replace',
  'cancel',
  'expire',
] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/** absorbed: says nothing new · broken: cannot be true together with what is recorded, so trading halts. */
export type OrderStep = OrderState | 'absorbed' | 'broken';

type Row = Readonly<Partial<Record<OrderEvent, OrderStep>>>;

/** What is not listed is broken. */
const TABLE: Readonly<Record<OrderState, Row>> = {
  created: { deny: 'denied', submit: 'submitting' },
  denied: {},
  // Notices match by number only, and the number is not known yet: none can reach an order in these two states.
  submitting: { accept: 'accepted', reject: 'rejected', withhold: 'rejected', lose: 'unconfirmed' },
  unconfirmed: { accept: 'accepted', reject: 'rejected', neverArrive: 'rejected', lose: 'absorbed' },
  accepted: {
    accept: 'absorbed',
    lose: 'absorbed',
    reject: 'rejected',
    fillPart: 'partiallyFilled',
    fillWhole: 'filled',
    replace: 'accepted',
    cancel: 'canceled',
    expire: 'expired',
  },
  partiallyFilled: {
    accept: 'absorbed',
    lose: 'absorbed',
    fillPart: 'partiallyFilled',
    fillWhole: 'filled',
    replace: 'partiallyFilled',
    cancel: 'canceled',
    expire: 'expired',
  },
  // A late fill may have completed an order that was canceled, and its cancel notice may be repeated: both are harmless.
  filled: { accept: 'absorbed', lose: 'absorbed', cancel: 'absorbed', expire: 'absorbed' },
  // Money moved, so a late fill wins. All three ends say that nothing rests any more, so they agree with each other.
  canceled: {
    accept: 'absorbed',
    lose: 'absorbed',
    reject: 'absorbed',
    cancel: 'absorbed',
    expire: 'absorbed',
    fillPart: 'canceled',
    fillWhole: 'filled',
  },
  expired: {
    accept: 'absorbed',
    lose: 'absorbed',
    reject: 'absorbed',
    cancel: 'absorbed',
    expire: 'absorbed',
    fillPart: 'expired',
    fillWhole: 'filled',
  },
  rejected: {
    lose: 'absorbed',
    reject: 'absorbed',
    neverArrive: 'absorbed',
    cancel: 'absorbed',
    expire: 'absorbed',
    relink: 'accepted',
  },
};

/** The state after an event, or what else to make of it. */
export function nextOrderState(state: OrderState, event: OrderEvent): OrderStep {
  return TABLE[state][event] ?? 'broken';
}

/** Which kind of fill brings an order of `quantity` to a total of `filledQty`. */
export function fillEvent(facts: { readonly quantity: number; readonly filledQty: number }): OrderEvent {
  if (facts.filledQty > facts.quantity) return 'fillExcess';
  return facts.filledQty === facts.quantity ? 'fillWhole' : 'fillPart';
}

/** True while the order may still trade at the broker, or might be there. */
export function isOpen(state: OrderState): boolean {
  return state === 'submitting' || state === 'unconfirmed' || state === 'accepted' || state === 'partiallyFilled';
}

/** True while the order rests at the broker under a number we know. */
export function isResting(state: OrderState): boolean {
  return state === 'accepted' || state === 'partiallyFilled';
}

/** What can befall the change that an order has under way. */
export const PENDING_EVENTS = [
  'replaceAsked',
  'replaceConfirmed',
  'replaceRefused',
  'cancelAsked',
  'cancelRefused',
  'ended',
] as const;
export type PendingEvent = (typeof PENDING_EVENTS)[number];
export type Pending = Order['pending'];

/** The pending field after an event; 'broken' where it cannot be. A cancel outranks a replace and outlives its confirmation. */
export function nextPending(pending: Pending, event: PendingEvent): Pending | 'broken' {
  switch (event) {
    case 'replaceAsked':
      return pending === 'none' ? 'replace' : 'broken';
    case 'replaceConfirmed':
    case 'replaceRefused':
      return pending === 'cancel' ? 'cancel' : 'none';
    case 'cancelAsked':
      return 'cancel';
    case 'cancelRefused':
      return pending === 'replace' ? 'replace' : 'none';
    case 'ended':
      return 'none';
  }
}
