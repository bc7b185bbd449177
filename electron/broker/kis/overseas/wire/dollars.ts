/** Dollars and units in the broker's rows: decimal text of any length into whole numbers, never through a fraction. */
import { decimalText, scaledFrom, USD_DIGITS } from '#shared/num/index.ts';
import { text, unreadable, type AnyRow } from '../../domestic/wire/fields.ts';

/** 1/10,000 dollar; 0 where the field is empty. Finer parts, which averages have, are rounded to the nearest. */
export function dollars(row: AnyRow, name: string): number {
  const told = text(row, name);
  if (told === '') return 0;
  const scaled = scaledFrom(told, USD_DIGITS, 'halfUp');
  if (scaled === null) throw unreadable(`${name}: ${told.slice(0, 20)}`);
  return scaled;
}

/** Whole units; 0 where the field is empty. Parts of a share are not ours to trade and are cut off. */
export function units(row: AnyRow, name: string): number {
  const told = text(row, name);
  if (told === '') return 0;
  const scaled = scaledFrom(told, 0, 'floor');
  if (scaled === null) throw unreadable(`${name}: ${told.slice(0, 20)}`);
  return scaled;
}

/** A price as an order carries it: "190.25". */
export function priceText(price: number): string {
  return decimalText(price, USD_DIGITS, 2);
}
