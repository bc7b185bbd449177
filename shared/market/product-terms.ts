/** Ticks and charges of bonds, futures and options of KRX; ticks of futures abroad. */
import facts from '#resources/krx/product-charges.json' with { type: 'json' };
import { FUTURES_ABROAD_SCALE, futuresProductOf, productOf, type InstrumentId, type Side } from '../domain/index.ts';
import { mulDiv, scaledFrom } from '../num/index.ts';
import type { SessionDate } from '../time/index.ts';
import { derivativeTerms } from './derivatives/products.ts';
import { isSettledByDifference } from './value.ts';
import type { TickTable } from './tick-size.ts';

/** One won of the price for 10,000 won of face amount. @source resources/krx/product-charges.json bondTick */
const BOND_TICKS: TickTable = [{ lt: null, tick: facts.bondTick.tick }];

/** The ticks of a bond, a future or an option in 1/100; null: not known. */
export function productTicks(id: InstrumentId): TickTable | null {
  const future = futuresProductOf(id);
  const tick = future && scaledFrom(future.tick, FUTURES_ABROAD_SCALE);
  if (tick !== null) return [{ lt: null, tick }];
  return productOf(id) === 'bond' ? BOND_TICKS : (derivativeTerms(id)?.ticks ?? null);
}

function rateOf(id: InstrumentId): number {
  if (productOf(id) === 'bond') return facts.commission.bondPpb;
  return isSettledByDifference(id) ? facts.commission.futurePpb : facts.commission.optionPpb;
}

/**
 * Charges on an amount in won: the firm's commission as a rule of thumb, no tax on trading. What was really taken comes
 * with the fill. @source resources/krx/product-charges.json
 */
export function productCharges(
  id: InstrumentId,
  { amount }: { readonly side: Side; readonly amount: number; readonly date: SessionDate },
): { readonly commission: number; readonly tax: number } {
  return { commission: mulDiv(Math.abs(amount), rateOf(id), 1_000_000_000, 'floor'), tax: 0 };
}
