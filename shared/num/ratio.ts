/** Rates as integers in parts per billion (ppb): the broker's 0.0140527 % is not a whole number of parts per million. */
import { safeInt } from './checked.ts';

declare const ppbBrand: unique symbol;
/** 1 % = 10,000,000 ppb. */
export type Ppb = number & { readonly [ppbBrand]: true };

export const PPB_ONE = 1_000_000_000;

/** Brands a safe integer as parts per billion. */
export function ppb(value: number): Ppb {
  return safeInt(value, 'ppb') as Ppb;
}
