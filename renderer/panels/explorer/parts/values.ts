/** Values of an answer for the eye; the broker writes every one of them as text. */
import type { ApiColumn } from '#shared/contract/index.ts';
import { MINUS, UNKNOWN } from '../../../ui/format.ts';

const NUMBER = /^([+-]?)0*(\d+)(\.\d+)?$/;

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : '';
}

/** A field of a record whatever the case of its name: the broker writes some of them in capitals. */
export function fieldOf(record: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name];
  const low = name.toLowerCase();
  const written = Object.keys(record).find((each) => each.toLowerCase() === low);
  return written === undefined ? undefined : record[written];
}

/** The number in a value; null: it holds none, which is not 0. */
export function figureOf(value: unknown): number | null {
  const text = textOf(value);
  return NUMBER.test(text) ? Number(text) : null;
}

/** "-0012345.60" → "−12,345.60": every digit stays that says something; what is no number stays as it is. */
export function figureText(value: unknown): string {
  const text = textOf(value);
  const parts = NUMBER.exec(text);
  if (!parts) return text === '' ? UNKNOWN : text;
  const [, sign = '', whole = '', fraction = ''] = parts;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign === '-' ? MINUS : ''}${grouped}${fraction}`;
}

/** A text with what its code means. */
export function valueText({ codes }: ApiColumn, value: unknown): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  const text = textOf(value);
  const meaning = codes.find(({ code }) => code === text && code !== '');
  return meaning ? `${text} ${meaning.name}` : text;
}

/** Whether a column holds figures: the catalogue says so, or it may and every value that came is one. */
export function isFigure({ kind }: ApiColumn, values: readonly unknown[]): boolean {
  if (kind !== 'open') return kind === 'figure';
  const texts = values.map(textOf).filter((text) => text !== '');
  return texts.length > 0 && texts.every((text) => NUMBER.test(text));
}
