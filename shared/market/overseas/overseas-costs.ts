/** What trading abroad costs, in minor units of the currency; and changing won for it. */
import fx from '#resources/markets/fx.json' with { type: 'json' };
import type { Side } from '../../domain/index.ts';
import { krw, mulDiv, PPB_ONE, safeInt, type Krw, type Rounding } from '../../num/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { inForce } from '../dated.ts';
import { overseasMarket, type OverseasExchangeCode, type OverseasFee, type Sourced } from './overseas-facts.ts';

const POWERS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/** Units per whole of the currency: 100 for dollars, 1 for yen. */
export function minorPerWhole(digits: number): number {
  const power = POWERS[digits];
  if (power === undefined) throw new RangeError(`${digits} decimal places`);
  return power;
}

/** Amount of a trade in minor units, rounded to the nearest: scaled price × quantity. */
export function overseasAmount(
  exchange: OverseasExchangeCode,
  trade: { readonly price: number; readonly quantity: number },
): number {
  const { digits, priceScale } = overseasMarket(exchange);
  const finer = minorPerWhole(Math.max(0, priceScale - digits));
  return mulDiv(trade.price * minorPerWhole(Math.max(0, digits - priceScale)), trade.quantity, finer, 'halfUp');
}

export interface OverseasChargeQuestion {
  readonly exchange: OverseasExchangeCode;
  readonly side: Side;
  /** Amount and units of the order so far; minor units. */
  readonly amountMinor: number;
  readonly quantity: number;
  readonly date: SessionDate;
  /** The account's own commission rate; the usual one of KIS if absent. */
  readonly commissionPpb?: number;
}

/** One line of what an order costs; minor units. */
export interface OverseasFeeLine extends Sourced {
  readonly name: string;
  readonly nameKo: string;
  readonly amountMinor: number;
}

export interface OverseasCharges {
  readonly lines: readonly OverseasFeeLine[];
  readonly totalMinor: number;
}

function amountOf(fee: OverseasFee, question: OverseasChargeQuestion, minorPerUnit: number): number {
  const { amountMinor, quantity, commissionPpb } = question;
  const unit = fee.roundingUnit;
  const mode = fee.rounding as Rounding;
  const ppb = fee.name === 'commission' ? (commissionPpb ?? fee.ppb) : fee.ppb;
  const amount =
    ppb !== null
      ? mulDiv(amountMinor, ppb, PPB_ONE * unit, mode) * unit
      : mulDiv(quantity, (fee.microPerUnit ?? 0) * minorPerUnit, 1_000_000 * unit, mode) * unit;
  return fee.capMinor === null ? amount : Math.min(amount, fee.capMinor);
}

/**
 * Charges on an order so far: a fill costs the difference to the totals before it. A fee that is not known for the date
 * stands as a line of nothing, marked as unconfirmed.
 * @source resources/markets/*.json fees
 */
export function overseasCharges(question: OverseasChargeQuestion): OverseasCharges {
  const { exchange, side, date } = question;
  const market = overseasMarket(exchange);
  const minor = minorPerWhole(market.digits);
  const names = [...new Set(market.fees.map(({ name }) => name))];
  const lines: OverseasFeeLine[] = [];
  for (const name of names) {
    const rows = market.fees.filter((fee) => fee.name === name && fee.sides.includes(side));
    const [first] = rows;
    if (!first) continue;
    const fee = inForce(rows, date);
    if (fee) {
      const { nameKo, status, source } = fee;
      lines.push({ name, nameKo, amountMinor: amountOf(fee, question, minor), status, source });
    } else {
      lines.push({ name, nameKo: first.nameKo, amountMinor: 0, status: 'U', source: `not known for ${date}` });
    }
  }
  return { lines, totalMinor: safeInt(lines.reduce((sum, line) => sum + line.amountMinor, 0)) };
}

/** Won per whole unit of a currency × 1,000,000. */
export type FxRate = number;
const RATE_SCALE = 1_000_000;

export interface FxTerms {
  /** Base rate (매매기준율): won per whole unit × 1,000,000. */
  readonly rate: FxRate;
  /** Decimal places of the currency's money. */
  readonly digits: number;
  /** Spread either way in ppb; what is usually quoted if absent. */
  readonly spreadPpb?: number;
  /** Percent of the spread taken off (환율 우대); the usual 90 if absent. */
  readonly discountPercent?: number;
}

/** How sure the usual spread and discount are. @source resources/markets/fx.json */
export const FX_FACTS: { readonly spread: Sourced; readonly discount: Sourced } = fx;

function margin({ rate, spreadPpb = fx.spread.ppb, discountPercent = fx.discount.usual }: FxTerms): number {
  if (discountPercent < 0 || discountPercent > 100) throw new RangeError(`discount of ${discountPercent} %`);
  return mulDiv(rate, spreadPpb * (100 - discountPercent), PPB_ONE * 100, 'ceil');
}

/** Rates at which the customer buys and sells the currency, won × 1,000,000. */
export function fxRates(terms: FxTerms): { readonly buy: FxRate; readonly sell: FxRate } {
  const away = margin(terms);
  return { buy: safeInt(terms.rate + away), sell: safeInt(terms.rate - away) };
}

/** Minor units that `won` buys, cut down. */
export function buyCurrency(won: Krw, terms: FxTerms): number {
  return mulDiv(won, RATE_SCALE * minorPerWhole(terms.digits), fxRates(terms).buy, 'floor');
}

/** Won that `minor` units bring, cut down. */
export function sellCurrency(minor: number, terms: FxTerms): Krw {
  return krw(mulDiv(minor, fxRates(terms).sell, RATE_SCALE * minorPerWhole(terms.digits), 'floor'));
}
