/** Prices and amounts in the currency they are in: whole won, or 1/10,000 dollar as dollars. */
import { currencyOf, type Account, type AccountCurrency } from '#shared/domain/index.ts';
import { usdFrom, usdText } from '#shared/num/index.ts';
import { MINUS, number, signed, UNKNOWN, valueShort } from './format.ts';
import { parseWhole } from './parse.ts';

/** 1,902,500 in dollars is "190.25"; 55,850 in won "55,850". */
export function money(value: number, currency: AccountCurrency): string {
  return currency === 'USD' ? usdText(value) : number(value);
}

/** The same where no column says what it is in: "$190.25", "55,850". */
export function cash(value: number, currency: AccountCurrency): string {
  if (currency === 'KRW') return number(value);
  return value < 0 ? `${MINUS}$${usdText(-value)}` : `$${usdText(value)}`;
}

/** The same with its sign; zero has none. */
export function signedMoney(value: number, currency: AccountCurrency): string {
  if (currency === 'KRW') return signed(value);
  return value > 0 ? `+${usdText(value)}` : usdText(value);
}

/** A known amount as `cash` writes it, or the mark for what is not known. */
export function moneyOr(value: number | null | undefined, currency: AccountCurrency): string {
  return value === null || value === undefined ? UNKNOWN : cash(value, currency);
}

/** Traded value in a narrow column, in whole won or whole dollars. */
export function moneyShort(value: number, currency: AccountCurrency): string {
  return currency === 'USD' ? `$${valueShort(Math.floor(value / 10_000))}` : valueShort(value);
}

/** What a person types as a price: whole won with their units, or dollars with up to four places. */
export function parseMoney(text: string, currency: AccountCurrency): number | null {
  if (currency === 'KRW') return parseWhole(text);
  const dollars = usdFrom(text.replace(/[\s$]/g, ''));
  return dollars === null || dollars < 0 ? null : dollars;
}

/** The currency of an account; won where it is not told. */
export function accountCurrency(account: Pick<Account, 'currency'> | null | undefined): AccountCurrency {
  return account?.currency ?? 'KRW';
}

/** The currency of a position, an order or a fill is that of its issue. */
export function issueMoney(value: number, instrumentId: string): string {
  return money(value, currencyOf(instrumentId));
}
