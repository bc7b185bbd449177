/** Checked integer arithmetic: every product and quotient of money stays an exact safe integer or throws. */

export type Rounding = 'floor' | 'ceil' | 'halfUp';

/** Returns `value` if it is a safe integer; otherwise throws with `name` in the message. */
export function safeInt(value: number, name = 'value'): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} is not a safe integer: ${value}`);
  return value;
}

/** Exact a × b of safe integers; throws outside ±(2^53 − 1). */
export function mulInt(a: number, b: number): number {
  return safeInt(safeInt(a) * safeInt(b), 'product');
}

/** Exact a × b ÷ divisor with named rounding; the product may exceed 2^53, the result may not. `divisor` > 0. */
export function mulDiv(a: number, b: number, divisor: number, rounding: Rounding): number {
  const product = a * b;
  if (Number.isSafeInteger(product)) return safeInt(divInt(product, divisor, rounding));
  const p = BigInt(safeInt(a)) * BigInt(safeInt(b));
  const d = BigInt(safeInt(divisor));
  let quotient = p / d;
  const rest = p % d;
  if (rounding === 'floor' && rest < 0n) quotient -= 1n;
  if (rounding === 'ceil' && rest > 0n) quotient += 1n;
  if (rounding === 'halfUp') {
    const floor = rest < 0n ? quotient - 1n : quotient;
    const positiveRest = rest < 0n ? rest + d : rest;
    quotient = positiveRest * 2n >= d ? floor + 1n : floor;
  }
  return safeInt(Number(quotient), 'quotient');
}

/** Integer division with named rounding (towards −∞, +∞, or nearest with halves up). `divisor` > 0. */
export function divInt(a: number, divisor: number, rounding: Rounding): number {
  if (divisor <= 0) throw new RangeError(`divisor must be positive: ${divisor}`);
  // a − (a mod divisor) never leaves the range of a, so both steps are exact.
  const signedRest = a % divisor;
  const floor = (a - signedRest) / divisor - (signedRest < 0 ? 1 : 0);
  const rest = signedRest < 0 ? signedRest + divisor : signedRest;
  if (rest === 0 || rounding === 'floor') return floor;
  if (rounding === 'ceil') return floor + 1;
  return rest >= divisor - rest ? floor + 1 : floor;
}
