/** Which orders and fills the blotters show. */
import { create } from 'zustand';

export type OrderFilter = 'all' | 'open' | 'today' | 'ended';

interface OrdersSlice {
  readonly filter: OrderFilter;
  /** The order to bring into view; `count` rises with every asking. */
  readonly shown: { readonly orderId: string; readonly count: number } | null;
  /** Only the fills of this order. */
  readonly fillsOf: string | null;
}

export const useOrdersSlice = create<OrdersSlice>(() => ({ filter: 'all', shown: null, fillsOf: null }));

/** Brings an order into view, whatever was filtered. */
export function showOrder(orderId: string): void {
  useOrdersSlice.setState(({ shown }) => ({ filter: 'all', shown: { orderId, count: (shown?.count ?? 0) + 1 } }));
}
