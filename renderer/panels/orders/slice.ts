/** Which orders the blotter shows. */
import { create } from 'zustand';

export type OrderFilter = 'all' | 'open' | 'ended';

interface OrdersSlice {
  readonly filter: OrderFilter;
}

export const useOrdersSlice = create<OrdersSlice>(() => ({ filter: 'all' }));
