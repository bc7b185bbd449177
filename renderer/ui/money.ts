/** Prices and amounts in the currency they are in: whole won, or 1/10,000 of a foreign one. */
import {
  currencyFrom,
  currencyOf,
  currencyText,
  currencyWords,
  signedCurrencyText,
  type Account,
  type AccountCurrency,
} from '#shared/domain/index.ts';
import { FOREIGN_ONE } from '#shared/num/index.ts';
import { number, signed, UNKNOWN, valueShort } from './format.ts';
import { parseWhole } from './parse.ts';

/** 1,902,500 in dollars is "190.25"; 55,850 in won "55,850". */
export function money(value: number, currency: AccountCurrency): string {
  return currency === 'KRW' ? number(value) : currencyText(value, currency);
}

/** The same where no column says what it is in: "$190.25", "55,850". */
export function cash(value: number, currency: AccountCurrency): string {
  return currency === 'KRW' ? number(value) : signedCurrencyText(value, currency);
}

/** The same with its sign; zero has none. */
export function signedMoney(value: number, currency: AccountCurrency): string {
  if (currency === 'KRW') return signed(value);
  return value > 0 ? `+${currencyText(value, currency)}` : currencyText(value, currency);
}

/** A known amount as `cash` writes it, or the mark for what is not known. */
export function moneyOr(value: number | null | undefined, currency: AccountCurrency): string {
  return value === null || value === undefined ? UNKNOWN : cash(value, currency);
}

/** Traded value in a narrow column, in whole units of the currency. */
export function moneyShort(value: number, currency: AccountCurrency): string {
  return currency === 'KRW'
    ? valueShort(value)
    : `${currencyWords(currency).sign}${valueShort(Math.floor(value / FOREIGN_ONE))}`;
}

/** What a person types as a price: whole won with their units, or another currency with up to four places. */
export function parseMoney(text: string, currency: AccountCurrency): number | null {
  if (currency === 'KRW') return parseWhole(text);
  const amount = currencyFrom(text.replace(/^(?:HK|JP|CN)?[$¥₫]|\s/gu, ''), currency);
  return amount === null || amount < 0 ? null : amount;
}

/** The currency of an account; won where it is not told. */
export function accountCurrency(account: Pick<Account, 'currency'> | null | undefined): AccountCurrency {
  return account?.currency ?? 'KRW';
}

/** The currency of a position, an order or a fill is that of its issue. */
export function issueMoney(value: number, instrumentId: string): string {
  return money(value, currencyOf(instrumentId));
}
