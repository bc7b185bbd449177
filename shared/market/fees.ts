/** What trading costs: the broker's commission (수수료) and the taxes on selling (제세금), by date. */
import facts from '#resources/krx/fees.json' with { type: 'json' };
import type { Market, Side } from '../domain/index.ts';
import { krw, ppb, shareKrw, type Krw, type Ppb, type Rounding } from '../num/index.ts';
import type { SessionDate } from '../time/index.ts';
import { inForce } from './dated.ts';
import type { Product } from './tick-size.ts';

export interface ChargeQuestion {
  /** All fills of one order so far: Σ price × quantity in won. */
  readonly cumulativeValue: number;
  readonly side: Side;
  readonly market: Market;
  /** Date of the trade, which decides the rates. */
  readonly date: SessionDate;
  readonly product?: Product;
}

/** Totals for the order so far; a fill costs the difference to the totals before it. */
export interface Charges {
  readonly commissionKrw: Krw;
  readonly taxKrw: Krw;
}

/** Commission rate in ppb of the traded amount. */
export function commissionPpb(date: SessionDate, product: Product = 'stock'): Ppb {
  const plan = inForce(facts.commission, date);
  if (!plan) throw new RangeError(`commission is not known for ${date}`);
  return ppb(product === 'stock' ? plan.stockPpb : plan.etpPpb);
}

/** Securities transaction tax plus rural tax in ppb of the amount sold; ETF and ETN are exempt. */
export function sellTaxPpb(question: {
  readonly market: Market;
  readonly date: SessionDate;
  readonly product?: Product;
}): Ppb {
  if (question.product === 'etp') return ppb(0);
  const rates = facts.sellTax.filter((rate) => rate.market === question.market);
  const rate = inForce(rates, question.date);
  if (!rate) throw new RangeError(`sell tax of ${question.market} is not known for ${question.date}`);
  return ppb(rate.transactionPpb + rate.ruralPpb);
}

/**
 * Charges on the cumulative amount of an order, so that cutting it into more fills changes nothing: commission cut down
 * to 10 won, tax (from the total rate) cut down to 1 won. Both roundings are unconfirmed.
 * @source resources/krx/fees.json
 */
export function chargesOn(question: ChargeQuestion): Charges {
  const amount = krw(question.cumulativeValue);
  const { commissionRounding, taxRounding } = facts;
  const share = (rate: Ppb, rule: { readonly mode: string; readonly unitKrw: number }): Krw =>
    shareKrw(amount, rate, rule.mode as Rounding, rule.unitKrw);
  return {
    commissionKrw: share(commissionPpb(question.date, question.product), commissionRounding),
    taxKrw: question.side === 'sell' ? share(sellTaxPpb(question), taxRounding) : krw(0),
  };
}
