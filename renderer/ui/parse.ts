/** What a person types into a number field: 1,234 · 3만 · 2억 · 1.5억 · 1억 2,000만. */

const UNITS: Readonly<Record<string, number>> = { 천: 1_000, 만: 10_000, 억: 100_000_000, 조: 1_000_000_000_000 };
/** The unit of ten thousand, as it is written. */
export const TEN_THOUSAND = Object.keys(UNITS).find((name) => UNITS[name] === 10_000) ?? '';
const WHOLE = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;
const MAX_INPUT_CHARS = 40;

/** The typed whole number, or null where the text is none (empty, a sign, a rest after the units, out of the safe range). */
export function parseWhole(text: string): number | null {
  const compact = text.replace(/\s/g, '');
  if (compact === '' || compact.length > MAX_INPUT_CHARS) return null;
  let total = 0;
  let lastUnit = Number.POSITIVE_INFINITY;
  let rest = compact;
  while (rest !== '') {
    const part = /^([\d,.]+)([천만억조]?)/.exec(rest);
    if (!part) return null;
    const [whole, digits = '', unitName = ''] = part;
    if (!WHOLE.test(digits)) return null;
    const unit = unitName === '' ? 1 : (UNITS[unitName] ?? 1);
    // Units fall from left to right, so that 3만 2억 is not read as anything.
    if (unit >= lastUnit) return null;
    lastUnit = unit;
    const value = scaled(digits.replaceAll(',', ''), unit);
    if (value === null) return null;
    total += value;
    rest = rest.slice(whole.length);
  }
  return Number.isSafeInteger(total) ? total : null;
}

/** digits × unit, exactly; null where a fraction of one would be left. */
function scaled(digits: string, unit: number): number | null {
  const [whole = '0', fraction = ''] = digits.split('.');
  const trimmed = fraction.replace(/0+$/, '');
  const places = trimmed.length;
  const power = 10 ** places;
  if (places > 0 && unit % power !== 0) return null;
  const value = Number(whole) * unit + (places > 0 ? Number(trimmed) * (unit / power) : 0);
  return Number.isSafeInteger(value) ? value : null;
}
