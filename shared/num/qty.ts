/** Quantities in whole trading units (주). */
import { safeInt } from './checked.ts';

declare const qtyBrand: unique symbol;
/** Non-negative whole number of units. */
export type Qty = number & { readonly [qtyBrand]: true };

/** Brands a non-negative safe integer as a quantity. */
export function qty(value: number): Qty {
  if (safeInt(value, 'qty') < 0) throw new RangeError(`quantity is negative: ${value}`);
  return value as Qty;
}
