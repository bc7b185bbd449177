/** What an American order costs in the units of a dollar account: 1/10,000 dollar. */
import type { Side } from '../../domain/index.ts';
import { mulDiv, USD_CENT } from '../../num/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { overseasCharges } from './overseas-costs.ts';
import type { OverseasExchangeCode } from './overseas-facts.ts';

/** 1/10,000 dollar. */
export interface UsCharges {
  readonly commission: number;
  /** Fees of the agencies on sales (SEC, TAF). */
  readonly tax: number;
}

/**
 * Charges of an order so far, `amount` in 1/10,000 dollar; the firm and the agencies charge whole cents.
 * @source resources/markets/us.json fees
 */
export function usCharges(question: {
  readonly exchange: OverseasExchangeCode;
  readonly side: Side;
  readonly amount: number;
  readonly quantity: number;
  readonly date: SessionDate;
}): UsCharges {
  const { exchange, side, amount, quantity, date } = question;
  const amountMinor = mulDiv(amount, 1, USD_CENT, 'halfUp');
  const { lines, totalMinor } = overseasCharges({ exchange, side, amountMinor, quantity, date });
  const commission = lines.find(({ name }) => name === 'commission')?.amountMinor ?? 0;
  return { commission: commission * USD_CENT, tax: (totalMinor - commission) * USD_CENT };
}
