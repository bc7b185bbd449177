/** What an order abroad costs in the units of a foreign account: 1/10,000 of the currency. */
import type { Side } from '../../domain/index.ts';
import { FOREIGN_ONE, mulDiv } from '../../num/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { minorPerWhole, overseasCharges } from './overseas-costs.ts';
import { overseasMarket, type OverseasExchangeCode } from './overseas-facts.ts';

/** 1/10,000 of the currency. */
export interface ForeignCharges {
  readonly commission: number;
  /** Everything else: stamp duty, levies, and in America the fees of the agencies on sales (SEC, TAF). */
  readonly tax: number;
}

/**
 * Charges of an order so far, `amount` in 1/10,000 of the currency; firm and agencies charge whole coins: cents, yen, dong.
 * @source resources/markets/*.json fees
 */
export function foreignCharges(question: {
  readonly exchange: OverseasExchangeCode;
  readonly side: Side;
  readonly amount: number;
  readonly quantity: number;
  readonly date: SessionDate;
}): ForeignCharges {
  const { exchange, side, amount, quantity, date } = question;
  const coin = FOREIGN_ONE / minorPerWhole(overseasMarket(exchange).digits);
  const amountMinor = mulDiv(amount, 1, coin, 'halfUp');
  const { lines, totalMinor } = overseasCharges({ exchange, side, amountMinor, quantity, date });
  const commission = lines.find(({ name }) => name === 'commission')?.amountMinor ?? 0;
  return { commission: commission * coin, tax: (totalMinor - commission) * coin };
}
