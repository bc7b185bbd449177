/** Decimal text and whole numbers, without a fraction in between: "190.25" in 1/10,000 dollar is 1,902,500. */
import { safeInt, type Rounding } from './checked.ts';

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/**
 * Decimal text × 10^`digits` as a whole number; null where the text is no plain decimal. Places beyond `digits` must be
 * zeros, or are rounded where `rounding` says how.
 */
export function scaledFrom(text: string, digits: number, rounding: Rounding | 'exact' = 'exact'): number | null {
  const match = DECIMAL.exec(text.trim().replaceAll(',', ''));
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (!match || whole + fraction === '') return null;
  const kept = (whole + fraction.slice(0, digits).padEnd(digits, '0')).replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(digits);
  const isWhole = !/[1-9]/.test(rest);
  if (!isWhole && rounding === 'exact') return null;
  const size = Number(kept);
  if (!Number.isSafeInteger(size)) return null;
  const negative = sign === '-';
  // Away from zero: a ceiling of a gain, a floor of a loss, and halves up, which for a loss is towards zero.
  const half = (rest[0] ?? '0') > '5' || (rest.startsWith('5') && (!negative || /[1-9]/.test(rest.slice(1))));
  const away = !isWhole && (rounding === 'halfUp' ? half : (rounding === 'floor') === negative);
  const scaled = size + (away ? 1 : 0);
  return safeInt(negative && scaled !== 0 ? -scaled : scaled);
}

/** A whole number ÷ 10^`digits` as decimal text with at least `least` places: 1,902,500 with 4 and 2 is "190.25". */
export function decimalText(value: number, digits: number, least = 0): string {
  const size = String(Math.abs(safeInt(value))).padStart(digits + 1, '0');
  const whole = size.slice(0, size.length - digits);
  let fraction = size.slice(size.length - digits);
  while (fraction.length > least && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${value < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
