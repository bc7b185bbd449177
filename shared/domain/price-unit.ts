/** What a price is counted in: the minor units of a currency, or hundredths for bonds, futures and options, whose amounts are whole won. */
import { decimalText, scaledFrom } from '../num/index.ts';
import { currencyFrom, currencyText } from './currency.ts';
import { currencyOf, productOf, type AccountCurrency, type InstrumentId } from './instrument.ts';

/** HUNDREDTH: 1/100 of a won or point (docs/adr/0013). */
export type PriceUnit = AccountCurrency | 'HUNDREDTH';

const PLACES = 2;
/** Hundredths of a whole won or point. */
export const HUNDREDTHS = 100;

/** What the prices of an issue are counted in, by its id. */
export function priceUnitOf(id: InstrumentId): PriceUnit {
  return productOf(id) === 'stock' ? currencyOf(id) : 'HUNDREDTH';
}

/** A price without its unit: 1,026,500 hundredths are "10,265.00", 1,902,500 in dollars "190.25". */
export function priceText(price: number, unit: PriceUnit): string {
  if (unit !== 'HUNDREDTH') return currencyText(price, unit);
  const text = decimalText(Math.abs(price), PLACES, PLACES);
  const [whole = '', fraction = ''] = text.split('.');
  return `${price < 0 ? '−' : ''}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${fraction}`;
}

/** Plain decimal text as a price; null where it is none, or finer than the unit goes. */
export function priceFrom(text: string, unit: PriceUnit): number | null {
  return unit === 'HUNDREDTH' ? scaledFrom(text, PLACES) : currencyFrom(text, unit);
}
