/** What a price is counted in: the minor units of a currency, hundredths for bonds, futures and options of Korea, 1/10^8 for futures abroad. */
import { decimalText, scaledFrom } from '../num/index.ts';
import { currencyFrom, currencyText } from './currency.ts';
import { FUTURES_ABROAD_SCALE, futuresProductOf, isFutureAbroad } from './futures-abroad.ts';
import { currencyOf, productOf, type AccountCurrency, type InstrumentId } from './instrument.ts';

/** Points in 1/10^8, shown with so many places: POINT2 (docs/adr/0015). */
export type PointUnit = `POINT${number}`;
/** HUNDREDTH: 1/100 of a won or point (docs/adr/0013). */
export type PriceUnit = AccountCurrency | 'HUNDREDTH' | PointUnit;

const PLACES = 2;
/** Hundredths of a whole won or point. */
export const HUNDREDTHS = 100;

/** Units of 1/10^8 in a point. */
export const POINT_ONE = 100_000_000;

/** true for what is counted in points of 1/10^8. */
export function isPointUnit(unit: string): unit is PointUnit {
  return unit.startsWith('POINT');
}

/** What the prices of an issue are counted in, by its id. */
export function priceUnitOf(id: InstrumentId): PriceUnit {
  if (isFutureAbroad(id)) return `POINT${futuresProductOf(id)?.places ?? PLACES}`;
  return productOf(id) === 'stock' ? currencyOf(id) : 'HUNDREDTH';
}

/** A price without its unit: 1,026,500 hundredths are "10,265.00", 1,902,500 in dollars "190.25". */
export function priceText(price: number, unit: PriceUnit): string {
  const isPoint = isPointUnit(unit);
  if (unit !== 'HUNDREDTH' && !isPoint) return currencyText(price, unit);
  const text = isPoint
    ? decimalText(Math.abs(price), FUTURES_ABROAD_SCALE, Number(unit.slice('POINT'.length)))
    : decimalText(Math.abs(price), PLACES, PLACES);
  const [whole = '', fraction = ''] = text.split('.');
  const grouped = `${price < 0 ? '−' : ''}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
  return fraction === '' ? grouped : `${grouped}.${fraction}`;
}

/** Plain decimal text as a price; null where it is none, or finer than the unit goes. */
export function priceFrom(text: string, unit: PriceUnit): number | null {
  if (isPointUnit(unit)) return scaledFrom(text, FUTURES_ABROAD_SCALE);
  return unit === 'HUNDREDTH' ? scaledFrom(text, PLACES) : currencyFrom(text, unit);
}
