/** Currency (통화): how amounts of each are written, and what they are called. */
import { z } from 'zod';
import { foreignFrom, foreignText, FOREIGN_ONE, mulDiv, scaledFrom } from '../num/index.ts';
import { type AccountCurrency, ForeignCurrency } from './instrument.ts';

/** What one unit of a currency is in won, as somebody told it. */
export const WonRate = z.strictObject({
  currency: ForeignCurrency,
  /** Millionths of a won. */
  wonPpm: z.int().positive(),
  /** Wall time when it was told. */
  at: z.int(),
  sourceKo: z.string(),
});
export type WonRate = z.infer<typeof WonRate>;

const MILLION = 1_000_000;

/** What an amount in 1/10,000 of the currency is in whole won at a rate; for the eye only, no order is judged by it. */
export function wonWorth(amount: number, { wonPpm }: WonRate): number {
  return mulDiv(amount, wonPpm, FOREIGN_ONE * MILLION, 'halfUp');
}

interface CurrencyWords {
  /** Behind an amount: "190.25달러". */
  readonly unitKo: string;
  /** Of an account. */
  readonly nameKo: string;
  /** Before an amount where no column says what it is in. */
  readonly sign: string;
  /** Decimal places that are always written. */
  readonly places: number;
}

const WORDS: Readonly<Record<AccountCurrency, CurrencyWords>> = {
  KRW: { unitKo: '원', nameKo: '원화', sign: '', places: 0 },
  USD: { unitKo: '달러', nameKo: '달러', sign: '$', places: 2 },
  HKD: { unitKo: '홍콩달러', nameKo: '홍콩달러', sign: 'HK$', places: 2 },
  JPY: { unitKo: '엔', nameKo: '엔화', sign: 'JP¥', places: 0 },
  CNY: { unitKo: '위안', nameKo: '위안화', sign: 'CN¥', places: 2 },
  VND: { unitKo: '동', nameKo: '베트남동', sign: '₫', places: 0 },
};

/** How a currency is written. */
export function currencyWords(currency: AccountCurrency): CurrencyWords {
  return WORDS[currency];
}

/** An amount in minor units of its currency without its unit: 1,902,500 in dollars is "190.25", 55,850 in won "55,850". */
export function currencyText(minor: number, currency: AccountCurrency): string {
  if (currency === 'KRW')
    return `${minor < 0 ? '−' : ''}${String(Math.abs(minor)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
  return foreignText(minor, WORDS[currency].places);
}

/** The same with the sign of the currency: "$190.25", "−HK$1.00"; won as they are. */
export function signedCurrencyText(minor: number, currency: AccountCurrency): string {
  const text = `${WORDS[currency].sign}${currencyText(Math.abs(minor), currency)}`;
  return minor < 0 ? `−${text}` : text;
}

/** Plain decimal text in minor units of the currency; null where it is none, or finer than the currency goes. */
export function currencyFrom(text: string, currency: AccountCurrency): number | null {
  return currency === 'KRW' ? scaledFrom(text, 0) : foreignFrom(text);
}
