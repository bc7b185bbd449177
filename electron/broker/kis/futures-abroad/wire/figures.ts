/** Figures in the broker's rows of futures abroad: prices into 1/10^8 of a point, amounts into 1/10,000 of the currency, contracts. */
import { FUTURES_ABROAD_SCALE } from '#shared/domain/index.ts';
import { scaledFrom } from '#shared/num/index.ts';
import { text, unreadable, type AnyRow } from '../../domestic/wire/fields.ts';

/** Decimal places of an amount in a foreign currency (docs/adr/0008). */
const AMOUNT_PLACES = 4;

function figure(row: AnyRow, name: string, places: number): number | null {
  const told = text(row, name);
  if (told === '') return null;
  const scaled = scaledFrom(told, places, 'halfUp');
  if (scaled === null) throw unreadable(`${name}: ${told.slice(0, 20)}`);
  return scaled;
}

/**
 * A price of a quote, in 1/10^8; 0 where the field is empty. Quotes leave decimals out: 6882.5 with a shift of 4 is 0.68825.
 * @source KIS portal, notes of the quotes of futures abroad: read them with sCalcDesz of ffcode.mst
 */
export const quoted = (row: AnyRow, name: string, shift: number): number =>
  figure(row, name, FUTURES_ABROAD_SCALE - shift) ?? 0;

/** A price of the ledger, in 1/10^8; null where the field is empty. */
export const booked = (row: AnyRow, name: string): number | null => figure(row, name, FUTURES_ABROAD_SCALE);

/** An amount in 1/10,000 of the currency; null where the field is empty. */
export const amount = (row: AnyRow, name: string): number | null => figure(row, name, AMOUNT_PLACES);

/** The same; throws KIS_ANSWER_BAD where it is missing, which must not look like zero. */
export function told(row: AnyRow, name: string): number {
  const value = amount(row, name);
  if (value === null) throw unreadable(`${name} 없음`);
  return value;
}

/** Contracts; 0 where the field is empty. */
export const contracts = (row: AnyRow, name: string): number => figure(row, name, 0) ?? 0;
