/** Amounts and units in the broker's rows: decimal text of any length into whole numbers, never through a fraction. */
import { currencyWords, type ForeignCurrency } from '#shared/domain/index.ts';
import { decimalText, FOREIGN_DIGITS, scaledFrom } from '#shared/num/index.ts';
import { text, unreadable, type AnyRow } from '../../domestic/wire/fields.ts';

/** 1/10,000 of the currency; 0 where the field is empty. Finer parts, which averages have, are rounded to the nearest. */
export function amount(row: AnyRow, name: string): number {
  const told = text(row, name);
  if (told === '') return 0;
  const scaled = scaledFrom(told, FOREIGN_DIGITS, 'halfUp');
  if (scaled === null) throw unreadable(`${name}: ${told.slice(0, 20)}`);
  return scaled;
}

/** The same of a day's turnover, which in dong can be too large to count so finely: 0, as if it were not told. */
export function turnover(row: AnyRow, name: string): number {
  return scaledFrom(text(row, name), FOREIGN_DIGITS, 'halfUp') ?? 0;
}

/** Whole units; 0 where the field is empty. Parts of a share are not ours to trade and are cut off. */
export function units(row: AnyRow, name: string): number {
  const told = text(row, name);
  if (told === '') return 0;
  const scaled = scaledFrom(told, 0, 'floor');
  if (scaled === null) throw unreadable(`${name}: ${told.slice(0, 20)}`);
  return scaled;
}

/** A price as an order carries it: "190.25" dollars, "2700" yen. */
export function priceText(price: number, currency: ForeignCurrency): string {
  return decimalText(price, FOREIGN_DIGITS, currencyWords(currency).places);
}
