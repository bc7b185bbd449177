/** Figures in the broker's rows of futures and options: index points or won with decimals into 1/100, won, contracts. */
import { decimalText, scaledFrom } from '#shared/num/index.ts';
import { text, unreadable, type AnyRow } from '../../domestic/wire/fields.ts';

/** Decimal places of a price. */
const PLACES = 2;

function figure(row: AnyRow, name: string, places: number): number {
  const told = text(row, name);
  if (told === '') return 0;
  const scaled = scaledFrom(told, places, 'halfUp');
  if (scaled === null) throw unreadable(`${name}: ${told.slice(0, 20)}`);
  return scaled;
}

/** A price in 1/100; 0 where the field is empty. Averages, which have more places, are rounded to the nearest. */
export const points = (row: AnyRow, name: string): number => figure(row, name, PLACES);

/** Whole won, contracts or counts; 0 where the field is empty. */
export const whole = (row: AnyRow, name: string): number => figure(row, name, 0);

/** A price as an order carries it: "355.05", "70000". */
export function pointsText(price: number): string {
  return decimalText(price, PLACES, price % 100 === 0 ? 0 : PLACES);
}
