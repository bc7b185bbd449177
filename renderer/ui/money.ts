/** Prices and amounts in what they are counted in: whole won, 1/10,000 of a foreign currency, 1/100 for the prices of bonds, futures and options, 1/10^8 for those of futures abroad. */
import {
  currencyWords,
  isPointUnit,
  priceFrom,
  priceText,
  priceUnitOf,
  signedCurrencyText,
  type Account,
  type AccountCurrency,
  type PriceUnit,
} from '#shared/domain/index.ts';
import { FOREIGN_ONE } from '#shared/num/index.ts';
import { number, signed, UNKNOWN, valueShort } from './format.ts';
import { parseWhole } from './parse.ts';

/** 1,902,500 in dollars is "190.25"; 55,850 in won "55,850"; a price of 1,026,500 hundredths "10,265.00". */
export function money(value: number, unit: PriceUnit): string {
  return unit === 'KRW' ? number(value) : priceText(value, unit);
}

/** The same where no column says what it is in: "$190.25", "55,850". */
export function cash(value: number, unit: PriceUnit): string {
  return unit === 'KRW' || unit === 'HUNDREDTH' || isPointUnit(unit)
    ? money(value, unit)
    : signedCurrencyText(value, unit);
}

/** The same with its sign; zero has none. */
export function signedMoney(value: number, unit: PriceUnit): string {
  if (unit === 'KRW') return signed(value);
  return value > 0 ? `+${priceText(value, unit)}` : priceText(value, unit);
}

/** A known amount as `cash` writes it, or the mark for what is not known. */
export function moneyOr(value: number | null | undefined, unit: PriceUnit): string {
  return value === null || value === undefined ? UNKNOWN : cash(value, unit);
}

/** Traded value in a narrow column, in whole units of the currency. */
export function moneyShort(value: number, currency: AccountCurrency): string {
  return currency === 'KRW'
    ? valueShort(value)
    : `${currencyWords(currency).sign}${valueShort(Math.floor(value / FOREIGN_ONE))}`;
}

/** What a person types as a price: whole won with their units, another currency with up to four places, hundredths with up to two. */
export function parseMoney(text: string, unit: PriceUnit): number | null {
  if (unit === 'KRW') return parseWhole(text);
  const amount = priceFrom(text.replace(/^(?:HK|JP|CN)?[$¥₫]|\s/gu, ''), unit);
  return amount === null || amount < 0 ? null : amount;
}

/** The currency of an account; won where it is not told. */
export function accountCurrency(account: Pick<Account, 'currency'> | null | undefined): AccountCurrency {
  return account?.currency ?? 'KRW';
}

/** A price of an issue, in what its prices are counted in. */
export function issuePrice(value: number, instrumentId: string): string {
  return money(value, priceUnitOf(instrumentId));
}
