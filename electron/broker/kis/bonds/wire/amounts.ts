/** Prices, money and units of bonds in the broker's rows: decimal text into whole numbers, never through a fraction. */
import { decimalText, scaledFrom } from '#shared/num/index.ts';
import { text, unreadable, type AnyRow } from '../../domestic/wire/fields.ts';

/** Decimal places of a bond price: won for 10,000 won of face amount, in 1/100. */
const PLACES = 2;

function scaled(row: AnyRow, name: string, places: number): number {
  const told = text(row, name);
  if (told === '') return 0;
  const value = scaledFrom(told, places, 'halfUp');
  if (value === null) throw unreadable(`${name}: ${told.slice(0, 20)}`);
  return value;
}

/** A price in 1/100 won; 0 where the field is empty. */
export const bondPrice = (row: AnyRow, name: string): number => scaled(row, name, PLACES);

/** Whole won; 0 where the field is empty. */
export const won = (row: AnyRow, name: string): number => scaled(row, name, 0);

/** Units of 1,000 won of face amount; 0 where the field is empty. */
export function faceUnits(row: AnyRow, name: string): number {
  const told = text(row, name);
  if (told === '') return 0;
  const units = scaledFrom(told, 0);
  if (units === null || units < 0) throw unreadable(`${name}: ${told.slice(0, 20)}`);
  return units;
}

/** A yield in millionths: 4.478 % is 44,780; null where none is told. A yield may be below zero. */
export function yieldPpm(row: AnyRow, name: string): number | null {
  const told = text(row, name);
  const value = told === '' ? null : scaledFrom(told, 4, 'halfUp');
  return value === 0 ? null : value;
}

/** A price as an order carries it: "10265", "10265.5". */
export function priceText(price: number): string {
  return decimalText(price, PLACES);
}
