/** What a draft would cost and what the guard would say of it; sends nothing. */
import { GUARD_RULES, countedPrice, fittingQuantity } from '#shared/domain/index.ts';
import { envelope } from '#shared/errors/index.ts';
import { chargesOn, dearestWay, krxCalendar, settlementDate } from '#shared/market/index.ts';
import { amountKrw } from '#shared/num/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { OrderPreview } from '#shared/contract/index.ts';
import type { Guard, OrderDraft } from './guard.ts';
import { reasonOf } from './order-record.ts';

function settlementOf(date: SessionDate): SessionDate | null {
  try {
    return settlementDate(krxCalendar, date);
  } catch (error) {
    // Beyond the known calendar the date stays unknown.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The preview of a draft at the instant `now` (wall time). */
export function previewOf(guard: Guard, draft: OrderDraft, now: number): OrderPreview {
  const { facts, denial, warnings } = guard.judgeDraft(draft, now);
  const told = {
    denial: denial ? reasonOf(denial.code, denial.params) : null,
    rules: GUARD_RULES,
    warnings: warnings.map(({ code, params }) => envelope(code, params).messageKo),
  };
  const { issue } = facts;
  const price = issue ? countedPrice(draft, issue) : 0;
  const { notionalCapKrw } = facts.settings;
  // An absurd quantity is denied above; its cost is not worked out.
  if (!issue || price === 0 || draft.quantity > Math.floor(notionalCapKrw / price)) {
    const nothing = { amountKrw: 0, commissionKrw: 0, taxKrw: 0, totalKrw: 0, settlementDate: null, maxQuantity: 0 };
    return {
      ...told,
      ...nothing,
      buyingPowerAfterKrw: facts.powerKrw,
      ...(issue ? { maxQuantity: maxQuantity(draft, facts, price) } : {}),
    };
  }
  const amount = amountKrw(price, draft.quantity);
  const { market } = issue.instrument;
  const { product, sessionDate: date } = issue;
  const way = dearestWay({ date, product, orderValue: amount });
  const charges = chargesOn({ cumulativeValue: amount, side: draft.side, market, product, date, ...way });
  const costs = charges.commissionKrw + charges.taxKrw;
  const total = draft.side === 'buy' ? amount + costs : amount - costs;
  return {
    ...told,
    amountKrw: amount,
    commissionKrw: charges.commissionKrw,
    taxKrw: charges.taxKrw,
    totalKrw: total,
    settlementDate: settlementOf(issue.sessionDate),
    // On margin a purchase uses its margin only; one without a price holds more than it is likely to cost.
    buyingPowerAfterKrw:
      draft.side === 'buy' ? facts.powerKrw - Math.min(total, facts.cashFor(draft.quantity)) : facts.powerKrw + total,
    maxQuantity: maxQuantity(draft, facts, price),
  };
}

function maxQuantity(draft: OrderDraft, facts: ReturnType<Guard['judgeDraft']>['facts'], price: number): number {
  const { settings, exchangeQuantityCap, issue } = facts;
  const cap = Math.min(
    settings.quantityCap,
    exchangeQuantityCap ?? settings.quantityCap,
    Math.floor(settings.notionalCapKrw / price),
  );
  if (draft.side === 'sell') return Math.min(cap, Math.max(0, facts.held - facts.reserved));
  return fittingQuantity(facts, cap, issue?.instrument.lotSize ?? 1);
}
