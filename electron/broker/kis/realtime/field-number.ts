/** Reads one number of a frame from its bytes, in every spelling that servers use. */

/** Longer than any number that is one. */
const LONGEST = 40;
const SPELLING = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/**
 * The number in `bytes[start, end)`, or NaN where there is none. Padding with spaces or zeros and a sign are read;
 * an empty field, a lone sign, exponents and words are not numbers, and nothing is guessed from them.
 */
export function fieldNumber(bytes: Buffer, start: number, end: number): number {
  if (end - start > LONGEST) return NaN;
  const text = bytes.toString('latin1', start, end).trim();
  if (!SPELLING.test(text)) return NaN;
  const value = Number(text);
  // "-0.00" is nothing, not less than nothing.
  return value === 0 ? 0 : value;
}
