/** Mandates in words and figures, the same in ticket, list and chart. */
import { priceUnitOf, type Mandate, mandateKind, type MandateTerms, triggerPrice } from '#shared/domain/index.ts';
import type { Translate } from '../text/index.ts';
import { percent } from '../ui/format.ts';
import { money } from '../ui/money.ts';

const PPB_PER_PERCENT = 10_000_000;

/** "≤ 54,000", "≥ 58,000", "−500", "−3.00%": what sets a mandate off. */
export function triggerText({
  side,
  trigger,
  instrumentId,
}: Pick<MandateTerms, 'side' | 'trigger' | 'instrumentId'>): string {
  const unit = priceUnitOf(instrumentId);
  if (trigger.kind === 'price') return `${trigger.when === 'atOrBelow' ? '≤' : '≥'} ${money(trigger.price, unit)}`;
  const { distance } = trigger;
  const sign = side === 'sell' ? -1 : 1;
  if (distance.by === 'rate') return percent((sign * distance.value) / PPB_PER_PERCENT);
  return `${side === 'sell' ? '−' : '+'}${money(distance.value, unit)}`;
}

/** "손절 ≤ 54,000". */
export function mandateText(t: Translate, mandate: Pick<MandateTerms, 'side' | 'trigger' | 'instrumentId'>): string {
  return `${t(`mandate.kind.${mandateKind(mandate)}`)} ${triggerText(mandate)}`;
}

/** How far the last price still is from the trigger, in the price unit and as a share of the last price; null: not known. */
export function distanceTo(
  mandate: Pick<Mandate, 'side' | 'trigger' | 'extreme'>,
  last: number | null | undefined,
): { readonly amount: number; readonly share: number } | null {
  const at = triggerPrice(mandate);
  if (at === null || last === null || last === undefined || last === 0) return null;
  return { amount: at - last, share: (at - last) / last };
}
