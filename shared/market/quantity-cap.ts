/** Largest quantity of one order (호가수량 제한). */
import facts from '#resources/krx/quantity-cap.json' with { type: 'json' };
import { mulDiv } from '../num/index.ts';

/**
 * Units one order may carry, at least 1; null where the listed shares are not known.
 * @source resources/krx/quantity-cap.json
 */
export function quantityCap(issue: {
  readonly basePrice: number;
  readonly listedShares: number | null;
}): number | null {
  const { basePrice, listedShares } = issue;
  if (listedShares === null) return null;
  // Comparing shares with a quotient keeps the product, which may pass 2^53, out of it.
  const tier = facts.tiers.find((t) => listedShares >= t.capitalisationFromKrw / basePrice);
  if (!tier) throw new RangeError('quantity cap without a last tier');
  const cap =
    tier.valueKrw !== undefined
      ? mulDiv(tier.valueKrw, 1, basePrice, 'floor')
      : mulDiv(listedShares, tier.percent, 100, 'floor');
  return Math.max(1, cap);
}
