/** Which basket is in view, so that others can put one there. */
import { create } from 'zustand';

interface BasketChoice {
  /** null: the first. */
  readonly basketId: string | null;
}

export const useBasketChoice = create<BasketChoice>(() => ({ basketId: null }));

export function chooseBasket(basketId: string): void {
  useBasketChoice.setState({ basketId });
}
