/** One field of an answer as a typed cell; what is not there, blank or something else is null with the reason, never 0. */
import type { SheetCell } from '../domain/index.ts';
import type { Column, ColumnMore, MoneyUnit } from './define.ts';

/** Why a cell is null. */
export type Gap = 'gaps' | 'zero' | 'missing' | 'unreadable';

export type ReadCell = { readonly value: Exclude<SheetCell, null> } | { readonly value: null; readonly why: Gap };

/** Fields of one record by their names in lower case. */
export type Fields = ReadonlyMap<string, string>;

const NUMBER = /^([+-]?)0*(\d+)(?:\.(\d*))?$/;
const PER_UNIT: Readonly<Record<MoneyUnit, bigint>> = {
  won: 1n,
  man: 10_000n,
  million: 1_000_000n,
  eok: 100_000_000n,
  billion: 1_000_000_000n,
};
const BELOW: ReadonlySet<string> = new Set(['4', '5']);
const ABOVE: ReadonlySet<string> = new Set(['1', '2']);

const none = (why: Gap): ReadCell => ({ value: null, why });

/** The texts of a record; what is neither text nor number is left out. */
export function fieldsOf(record: unknown): Fields {
  const found = new Map<string, string>();
  if (typeof record !== 'object' || record === null) return found;
  for (const [name, value] of Object.entries(record)) {
    if (typeof value === 'string') found.set(name.toLowerCase(), value.trim());
    else if (typeof value === 'number') found.set(name.toLowerCase(), String(value));
  }
  return found;
}

/** "-0012.50" in whole `per` of its unit; null: it is no whole number of them, or too large. */
function whole(text: string, per: bigint): number | null {
  const parts = NUMBER.exec(text);
  if (!parts) return null;
  const [, sign = '', digits = '0', fraction = ''] = parts;
  const scale = 10n ** BigInt(fraction.length);
  const product = BigInt(digits + fraction) * per;
  if (product % scale !== 0n) return null;
  const size = Number(product / scale);
  if (!Number.isSafeInteger(size)) return null;
  return sign === '-' && size !== 0 ? -size : size;
}

function figure(text: string): number | null {
  return NUMBER.test(text) ? Number(text) : null;
}

/** A figure with the sign that stands in a field of its own; brokers write both "-100" and "100" beside a 5. */
function turned(value: number, more: ColumnMore, fields: Fields): number {
  const sign = more.sign === undefined ? undefined : fields.get(more.sign.toLowerCase());
  if (sign === undefined || value === 0) return value;
  if (BELOW.has(sign)) return -Math.abs(value);
  return ABOVE.has(sign) ? Math.abs(value) : value;
}

/** "20261126", "2026/11/26", "2026-11-26" → "2026-11-26"; null: no day. */
function dayText(text: string): string | null {
  const parts = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/.exec(text);
  if (!parts) return null;
  const [, year = '', month = '', date = ''] = parts;
  return Number(month) < 1 || Number(month) > 12 || Number(date) < 1 || Number(date) > 31
    ? null
    : `${year}-${month}-${date}`;
}

function monthText(text: string): string | null {
  const parts = /^(\d{4})[-/.]?(\d{2})[-/.]?(?:\d{2})?$/.exec(text);
  return parts && Number(parts[2]) >= 1 && Number(parts[2]) <= 12 ? `${parts[1]}-${parts[2]}` : null;
}

function timeText(text: string): string | null {
  const parts = /^([01]\d|2[0-4]):?([0-5]\d)(?::?([0-5]\d))?$/.exec(text);
  return parts ? `${parts[1]}:${parts[2]}${parts[3] === undefined ? '' : `:${parts[3]}`}` : null;
}

const given = (value: Exclude<SheetCell, null> | null): ReadCell => (value === null ? none('unreadable') : { value });

function moment(kind: 'date' | 'month' | 'time', text: string): ReadCell {
  // The broker fills a day or an hour that is none with zeros.
  if (/^[0:/.-]+$/.test(text)) return none('gaps');
  return given(kind === 'date' ? dayText(text) : kind === 'month' ? monthText(text) : timeText(text));
}

/** The typed value of a column in a record. */
export function readCell([field, kind, , , more = {}]: Column, fields: Fields): ReadCell {
  const text = fields.get(field.toLowerCase());
  if (text === undefined) return none('missing');
  if (text === '') return none('gaps');
  switch (kind) {
    case 'text':
    case 'choice':
    case 'issue':
      return { value: text };
    case 'date':
    case 'month':
    case 'time':
      return moment(kind, text);
    case 'flag':
      return given(text === 'Y' ? true : text === 'N' ? false : null);
    case 'won':
    case 'count': {
      const value = whole(text.replaceAll(',', ''), PER_UNIT[more.unit ?? 'won']);
      return value === null ? none('unreadable') : { value: turned(value, more, fields) };
    }
    case 'price':
    case 'change':
    case 'percent':
    case 'ratio': {
      const value = figure(text.replaceAll(',', ''));
      if (value === null) return none('unreadable');
      // Nothing is traded at 0: the broker has no price to tell.
      if (value === 0 && (kind === 'price' || more.zeroless === true)) return none('zero');
      return { value: turned(value, more, fields) };
    }
  }
}
