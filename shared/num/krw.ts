/** Money in whole won (원). */
import { mulDiv, mulInt, safeInt, type Rounding } from './checked.ts';

declare const krwBrand: unique symbol;
/** Whole won, may be negative (a loss, an unpaid balance). */
export type Krw = number & { readonly [krwBrand]: true };

/** Brands a safe integer as won; throws on fractions and overflow. */
export function krw(value: number): Krw {
  return safeInt(value, 'krw') as Krw;
}

export const ZERO_KRW = krw(0);

export function addKrw(a: Krw, b: Krw): Krw {
  return krw(a + b);
}

export function subKrw(a: Krw, b: Krw): Krw {
  return krw(a - b);
}

/** Amount of a trade: price (won per unit) × quantity (units). */
export function amountKrw(price: number, quantity: number): Krw {
  return krw(mulInt(price, quantity));
}

/** Share of an amount at a rate in parts per billion, rounded to a multiple of `unit` won. */
export function shareKrw(amount: Krw, ratePpb: number, rounding: Rounding, unit = 1): Krw {
  return krw(mulDiv(amount, ratePpb, 1_000_000_000 * unit, rounding) * unit);
}
