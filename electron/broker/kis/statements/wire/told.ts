/** Figures of statements: what the broker left empty is not told, which is something else than 0. */
import type { ProfitDay, ProfitFigures } from '#shared/domain/index.ts';
import { scaledFrom } from '#shared/num/index.ts';
import { text, unreadable, type AnyRow } from '../../domestic/wire/fields.ts';

/** Percent with seven places is parts per billion. */
const PERCENT_TO_PPB = 7;

/**
 * A figure × 10^`digits`; null where the field is empty, or where it is too large to be counted so finely (dong). Throws
 * KIS_ANSWER_BAD where it is no number.
 */
export function told(row: AnyRow, name: string, digits = 0): number | null {
  const written = text(row, name);
  if (written === '') return null;
  const scaled = scaledFrom(written, digits, 'halfUp');
  if (scaled === null && !/^[+-]?[\d,]+(\.\d*)?$/.test(written)) throw unreadable(`${name}: ${written.slice(0, 20)}`);
  return scaled;
}

/** A percentage in parts per billion. */
export function toldRate(row: AnyRow, name: string): number | null {
  return told(row, name, PERCENT_TO_PPB);
}

/** Nothing told at all. */
export const UNTOLD: ProfitFigures = {
  boughtQty: null,
  boughtKrw: null,
  soldQty: null,
  soldKrw: null,
  realisedKrw: null,
  commissionKrw: null,
  taxKrw: null,
  interestKrw: null,
  returnPpb: null,
};

/** A sum of which no part is missing; null: one is, or there is none. */
export function wholeSum(parts: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const part of parts) {
    if (part === null) return null;
    sum += part;
  }
  return parts.length === 0 ? null : sum;
}

const SUMMED = [
  'boughtQty',
  'boughtKrw',
  'soldQty',
  'soldKrw',
  'realisedKrw',
  'commissionKrw',
  'taxKrw',
  'interestKrw',
] as const;

/** Rows put together; a rate cannot be added up, and is left open. */
export function summed(rows: readonly ProfitFigures[]): ProfitFigures {
  const sums = SUMMED.map((key) => [key, wholeSum(rows.map((row) => row[key]))] as const);
  return { ...UNTOLD, ...Object.fromEntries(sums) };
}

/** Rows put together by their day, newest first. */
export function byDay(rows: readonly ProfitDay[]): ProfitDay[] {
  const days = new Map<string, ProfitDay[]>();
  for (const row of rows) days.set(row.date, [...(days.get(row.date) ?? []), row]);
  return [...days].sort(([a], [b]) => (a < b ? 1 : -1)).map(([date, of]) => ({ date, ...summed(of) }));
}
