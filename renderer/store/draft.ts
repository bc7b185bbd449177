/** The order being written. Nothing here has been sent. */
import { create } from 'zustand';
import { isPriced, type OrderType, type Route, type Side, type TimeInForce } from '#shared/domain/index.ts';

export interface DraftState {
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly route: Route;
  /** As typed; empty where nothing was. */
  readonly priceText: string;
  readonly stopText: string;
  readonly quantityText: string;
  /** Rises when a field of the ticket should take the focus. */
  readonly focus: { readonly field: 'price' | 'quantity'; readonly count: number };
}

const EMPTY = {
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  route: 'KRX',
  priceText: '',
  stopText: '',
  quantityText: '',
} as const;

export const useDraft = create<DraftState>(() => ({ ...EMPTY, focus: { field: 'quantity', count: 0 } }));

/** Throws the order away that was being written: it was meant for another environment. */
export function dropDraft(): void {
  useDraft.setState(EMPTY);
}

export function setDraft(change: Partial<Omit<DraftState, 'focus'>>): void {
  useDraft.setState(change);
}

/** Opens the ticket on a side and puts the cursor into a field. */
export function writeOrder(change: Partial<Omit<DraftState, 'focus'>>, field: 'price' | 'quantity' = 'quantity'): void {
  useDraft.setState((state) => ({ ...change, focus: { field, count: state.focus.count + 1 } }));
}

/** Takes a price into the ticket; a type that carries none becomes a limit order. */
export function pickPrice(priceText: string): void {
  const { type } = useDraft.getState();
  writeOrder({ priceText, ...(isPriced(type) ? {} : { type: 'limit' }) });
}
