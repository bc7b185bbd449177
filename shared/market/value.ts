/** What a quantity of an issue is worth at a price: the one place that knows how bonds and derivatives are counted. */
import {
  derivativeFamilyOf,
  futuresProductOf,
  isFutureAbroad,
  POINT_ONE,
  productOf,
  type InstrumentId,
} from '../domain/index.ts';
import { FOREIGN_ONE, mulDiv } from '../num/index.ts';
import { derivativeTerms } from './derivatives/products.ts';

/** Price × quantity × `num` ÷ `den` is an amount in minor units of the account's currency. */
export interface ValueUnit {
  readonly num: number;
  readonly den: number;
}

const ONE: ValueUnit = { num: 1, den: 1 };
/** Prices are 1/100 won for 10,000 won of face amount; one unit of quantity is 1,000 won of face. */
const BOND: ValueUnit = { num: 1, den: 1_000 };
/** Points of 1/10^8 into 1/10,000 of the currency. */
const POINT_DEN = POINT_ONE / FOREIGN_ONE;

/**
 * How an issue is counted; null for a derivative that nobody knows the worth of.
 * @source resources/kis/catalogue.json domestic-bond.buy (ORD_QTY2, BOND_ORD_UNPR); resources/krx/derivatives.json
 */
export function valueUnit(id: InstrumentId): ValueUnit | null {
  const product = productOf(id);
  if (product === 'stock') return ONE;
  if (product === 'bond') return BOND;
  if (isFutureAbroad(id)) {
    const future = futuresProductOf(id);
    return future && { num: future.perPoint, den: POINT_DEN };
  }
  const terms = derivativeTerms(id);
  return terms && { num: terms.multiplierKrw, den: 100 };
}

/**
 * What `quantity` is worth at `price`, in minor units of the account's currency, rounded down in size; below zero for a
 * quantity below zero. A derivative of unknown worth counts as nothing. Throws RangeError beyond the safe integers.
 */
export function valueOf(id: InstrumentId, price: number, quantity: number): number {
  const unit = valueUnit(id);
  if (unit === null) return 0;
  const size = mulDiv(price * unit.num, Math.abs(quantity), unit.den, 'floor');
  return quantity < 0 ? -size : size;
}

/** Cost per unit as a price of the issue, rounded half up; 0 where nothing is held or the worth is not known. */
export function averagePriceOf(id: InstrumentId, costKrw: number, quantity: number): number {
  const unit = valueUnit(id);
  if (unit === null || quantity === 0) return 0;
  return mulDiv(Math.abs(costKrw), unit.den, Math.abs(quantity) * unit.num, 'halfUp');
}

/** true for what is settled by its gain or loss (선물), false for what is paid for (주식, 채권, 옵션). */
export function isSettledByDifference(id: InstrumentId): boolean {
  if (isFutureAbroad(id)) return true;
  return derivativeFamilyOf(id) !== null && /^[1A]/.test(id.slice(id.indexOf(':') + 1));
}
