/** What prices and quantities of an issue are counted in, in words: won and shares, points and contracts, thousands of won of face amount. */
import { currencyOf, derivativeFamilyOf, isFutureAbroad, productOf } from '#shared/domain/index.ts';
import type { Translate } from '../text/index.ts';
import { number } from './format.ts';

/** Behind a price: "원", "달러", "P". */
export function priceWord(t: Translate, instrumentId: string): string {
  return derivativeFamilyOf(instrumentId) === 'index' || isFutureAbroad(instrumentId)
    ? t('unit.point')
    : t(`currency.${currencyOf(instrumentId)}`);
}

const COUNT_WORDS = { stock: 'unit.share', bond: 'unit.face', derivative: 'unit.contract' } as const;
const COUNT_TEXTS = { stock: 'unit.shares', bond: 'unit.faces', derivative: 'unit.contracts' } as const;
const COUNT_SUBJECTS = { stock: 'unit.sharesAre', bond: 'unit.facesAre', derivative: 'unit.contractsAre' } as const;

/** Behind a quantity: "주", "천원", "계약". */
export function countWord(t: Translate, instrumentId: string): string {
  return t(COUNT_WORDS[productOf(instrumentId)]);
}

/** "10주", "500천원", "3계약". */
export function countText(t: Translate, count: number, instrumentId: string): string {
  return t(COUNT_TEXTS[productOf(instrumentId)], { count: number(count) });
}

/** What is held: of a future or option the side and the size, "매도 2". */
export function heldText(t: Translate, count: number, instrumentId: string): string {
  if (productOf(instrumentId) !== 'derivative') return quantityText(t, count, instrumentId);
  return `${t(count < 0 ? 'side.sell' : 'side.buy')} ${number(Math.abs(count))}`;
}

/** What is held, in words: "10주", "매도 2계약". */
export function heldWords(t: Translate, count: number, instrumentId: string): string {
  const words = countText(t, Math.abs(count), instrumentId);
  return productOf(instrumentId) === 'derivative' ? `${t(count < 0 ? 'side.sell' : 'side.buy')} ${words}` : words;
}

/** The same at the head of a sentence about it: "10주가", "500천원이". */
export function countSubject(t: Translate, count: number, instrumentId: string): string {
  return t(COUNT_SUBJECTS[productOf(instrumentId)], { count: number(count) });
}

/** In a column of quantities: a bond says that it counts thousands of won. */
export function quantityText(t: Translate, count: number, instrumentId: string): string {
  return productOf(instrumentId) === 'bond' ? countText(t, count, instrumentId) : number(count);
}
