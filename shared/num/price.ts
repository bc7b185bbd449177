/** Prices as integers scaled by the instrument's `priceScale` (0 decimal places for won). */
import { safeInt } from './checked.ts';

declare const priceBrand: unique symbol;
/** Price per unit in 10^-priceScale of the currency; for Korean issues, whole won. */
export type Price = number & { readonly [priceBrand]: true };

/** Brands a non-negative safe integer as a price. */
export function price(value: number): Price {
  if (safeInt(value, 'price') < 0) throw new RangeError(`price is negative: ${value}`);
  return value as Price;
}
