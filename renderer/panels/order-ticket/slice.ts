/** Orders on their way from each ticket. It outlives the panel: a ticket that is covered, moved or drawn anew never forgets that an answer is owed. */
import { create } from 'zustand';
import type { DraftOrder } from './parts/draft-order.ts';

export interface OnTheWay {
  readonly order: DraftOrder;
  readonly allowDuplicate: boolean;
  /** Sent again with the same gesture, it cannot become a second order. */
  readonly requestId: string;
  /** lost: the line broke before the answer came; nobody knows yet whether the order arrived. */
  readonly state: 'sent' | 'lost';
}

/** By ticket and environment in force; what one environment owes says nothing of another. */
export const useOnTheWay = create<Readonly<Record<string, OnTheWay>>>(() => ({}));

export function setOnTheWay(ticket: string, next: OnTheWay | null): void {
  useOnTheWay.setState((state) => {
    const rest = Object.fromEntries(Object.entries(state).filter(([key]) => key !== ticket));
    return next === null ? rest : { ...rest, [ticket]: next };
  }, true);
}

/** May another order leave this ticket? Not before the last one's answer is known, unless it is that same order. */
export function maySend(open: OnTheWay | undefined, order: DraftOrder, allowDuplicate: boolean): boolean {
  if (!open) return true;
  if (open.state === 'sent') return false;
  return sameGesture(open, order, allowDuplicate);
}

/** The same order asked for in the same way. */
export function sameGesture(open: OnTheWay, order: DraftOrder, allowDuplicate: boolean): boolean {
  return JSON.stringify([open.order, open.allowDuplicate]) === JSON.stringify([order, allowDuplicate]);
}
