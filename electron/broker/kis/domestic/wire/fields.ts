/** Reading the broker's fields: every value is text, padded as it pleases the server, and names differ in case. */
import { AppError } from '#shared/errors/index.ts';
import { kstInstant, sessionDate, SECOND_MS, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { KisAnswer, KisRow } from '../../ports.ts';

/** A row of an answer or of a channel. */
export type AnyRow = Readonly<Record<string, string | number>>;

/** A field by its name as the catalogue writes it, or in the other case; blanks cut off, empty where it is missing. */
export function text(row: AnyRow, name: string): string {
  const value = row[name] ?? row[name.toUpperCase()] ?? row[name.toLowerCase()];
  return value === undefined ? '' : String(value).trim();
}

/** A whole number; 0 where the field is empty. Fractions that the server appends ("70000.0000") are cut off. */
export function whole(row: AnyRow, name: string): number {
  const value = row[name];
  if (typeof value === 'number') return Math.trunc(value);
  const told = text(row, name);
  if (told === '') return 0;
  const number = Number(told);
  if (!Number.isFinite(number)) throw unreadable(`${name}: ${told.slice(0, 20)}`);
  return Math.trunc(number);
}

/** The error for an answer that does not say what it must. */
export function unreadable(why: string): AppError {
  return new AppError('KIS_ANSWER_BAD', { why });
}

/** The rows of a block; one record is one row, a missing block none. */
export function rowsOf(answer: KisAnswer, block: string): readonly KisRow[] {
  const found = answer.blocks[block];
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly KisRow[]) : [found as KisRow];
}

/** The only or first record of a block. */
export function recordOf(answer: KisAnswer, block: string): KisRow {
  const [first] = rowsOf(answer, block);
  if (first === undefined) throw unreadable(`${block} 없음`);
  return first;
}

/** "YYYYMMDD" as a date; null where it is none. */
export function dateOf(told: string): SessionDate | null {
  if (!/^\d{8}$/.test(told)) return null;
  try {
    return sessionDate(`${told.slice(0, 4)}-${told.slice(4, 6)}-${told.slice(6, 8)}`);
  } catch {
    return null;
  }
}

/** A date as the broker writes it. */
export function dateText(date: SessionDate): string {
  return date.replaceAll('-', '');
}

/** "HHMMSS" on a date as an instant; null where it is no time of day. */
export function instantOf(date: SessionDate, told: string): EpochMs | null {
  const time = told.padStart(6, '0');
  if (!/^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(time)) return null;
  const [hour, minute, second] = [time.slice(0, 2), time.slice(2, 4), time.slice(4, 6)].map(Number) as [
    number,
    number,
    number,
  ];
  return kstInstant(date, ((hour * 60 + minute) * 60 + second) * SECOND_MS);
}

/** Digits of an order number (ODNO); shorter ones are padded, so that one order has one name. */
const NUMBER_DIGITS = 10;

/** An order number in its one form; empty for none ("", "0", blanks). */
export function orderNo(told: string): string {
  return /^0*$/.test(told) ? '' : told.padStart(NUMBER_DIGITS, '0');
}
